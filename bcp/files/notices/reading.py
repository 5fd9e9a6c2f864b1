"""Suppliers' notices from a file in whichever format: what the file holds decides, not how it is called."""

from __future__ import annotations

import re
from pathlib import Path
from zoneinfo import ZoneInfo

from bcp.files.file_bytes import file_bytes
from bcp.files.notices.alerts import read_alert
from bcp.files.notices.calendars import read_calendar_notices
from bcp.files.notices.entry import joined
from bcp.files.notices.feeds import read_atom, read_rss
from bcp.files.notices.json_text import json_source
from bcp.files.notices.mails import read_mail
from bcp.files.notices.status_entry import is_status_entry, read_status_entry
from bcp.files.notices.statuspage import read_statuspage
from bcp.files.notices.zones import floating_zone
from bcp.files.xml_source import read_xml
from bcp.files.yaml_source import Source, read_bytes
from bcp.files.yaml_tree import refused
from bcp.model.notice import Notices
from bcp.saying import said, together

MOST_BYTES = 5_000_000
"""Larger notices are refused."""

FORMATS = (
    said("a maintenance calendar (iCalendar, BCOP maintenance note)"),
    said("a carrier's e-mail (.eml)"),
    said("Statuspage's incidents.json, scheduled-maintenances.json or summary.json"),
    said("a status page's incident or maintenance as a JSON file of its own"),
    said("an Atom or RSS feed"),
    said("a CAP 1.2 alert"),
)
"""What is read."""

_HEADER = re.compile(rb"(?:From |[A-Za-z][A-Za-z0-9-]{1,60}:)")
_ENCODING = re.compile(rb"""<\?xml[^>]{0,80}encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_ENCODINGS = ("utf-8", "us-ascii", "iso-8859-1", "iso-8859-15", "windows-1252")


def read_notice_file(path: Path, *, zone: str | None = None, provider: str | None = None) -> Notices:
    """The notices of a file; see `read_notices`. Raises NotFoundError where there is no such file."""
    content = file_bytes(path, MOST_BYTES, said("the notice"))
    return read_notices(content, path.name, zone=zone, provider=provider)


def read_notices(
    content: bytes, file_name: str, *, zone: str | None = None, provider: str | None = None
) -> Notices:
    """The notices that a file's bytes hold, all of them or none.

    `zone` is the IANA time zone for times that say none; without it they are refused. `provider` names the
    carrier that wrote an e-mail, where its sender does not tell, or the page that a single entry is of. Raises InvalidInputError with every
    problem, and BcpError where what is needed to read it is not installed.
    """
    if len(content) > MOST_BYTES:
        message = said("the file is larger than {n} MB.", n=MOST_BYTES // 10**6)
        raise refused(file_name, 0, message, said("Split it, or leave out what is long past."))
    floating = floating_zone(zone)
    return joined(_read(content, file_name, floating, provider))


def _read(content: bytes, file_name: str, floating: ZoneInfo | None, provider: str | None) -> Notices:
    """The notices by the format that the first bytes show."""
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:80]
    if start[:1] == b"<":
        return _read_xml(content, file_name)
    if start[:15].upper() == b"BEGIN:VCALENDAR":
        return read_calendar_notices(read_bytes(content, file_name), file_name, floating)
    if start[:1] in (b"{", b"["):
        return _read_json(json_source(read_bytes(content, file_name), file_name), file_name, provider)
    if _HEADER.match(start):
        return read_mail(content, file_name, floating, provider)
    raise refused(
        file_name,
        1,
        said("this is no notice that can be read."),
        said("Read are: {names}.", names=together(FORMATS, "; ")),
    )


def _read_json(source: Source, file_name: str, provider: str | None) -> Notices:
    """A whole status page, or one entry of one."""
    if is_status_entry(source.data):
        return read_status_entry(source, file_name, provider)
    return read_statuspage(source, file_name)


def _read_xml(content: bytes, file_name: str) -> Notices:
    root = read_xml(_xml_text(content, file_name), file_name)
    match root.name:
        case "feed":
            return read_atom(root, file_name)
        case "rss":
            return read_rss(root, file_name)
        case "alert":
            return read_alert(root, file_name)
    message = said(
        "XML with the outermost element <{name}> is no notice that can be read.", name=root.name[:60]
    )
    raise refused(file_name, root.line, message, said("Read are: {names}.", names=together(FORMATS, "; ")))


def _xml_text(content: bytes, file_name: str) -> str:
    """The text in the encoding that it declares; UTF-8 where it declares none."""
    found = _ENCODING.match(content.lstrip()[:200])
    name = found[1].decode("ascii").lower() if found else "utf-8"
    if name == "utf-8":
        return read_bytes(content, file_name)
    if name not in _ENCODINGS:
        message = said("the encoding {name!r} is not read.", name=name)
        raise refused(file_name, 1, message, said("Save the file again with the encoding UTF-8."))
    try:
        return content.decode(name)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise refused(
            file_name, line, said("the text is not in {name}.", name=name), said("Fetch it again.")
        ) from error
