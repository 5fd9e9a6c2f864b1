"""Notices as an Atom feed (RFC 4287): one entry a notice, its newest revision first in it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from html import escape

from bcp.files.notices_out.plain_text import one_line, xml_safe
from bcp.model.announcement import BEFORE, Announcement, Form, Occasion

_ATOM = "http://www.w3.org/2005/Atom"
_APP = "http://www.w3.org/2007/app"
_STATUS: Mapping[Occasion, str] = {
    Occasion.BEFORE_10_DAYS: "Scheduled",
    Occasion.BEFORE_24_HOURS: "Scheduled",
    Occasion.START: "In progress",
    Occasion.DETECTION: "Investigating",
    Occasion.UPDATE: "Update",
    Occasion.RESTORATION: "Resolved",
    Occasion.AFTER: "Postmortem",
}
"""The words that status pages use, so that programs which read theirs can read these."""


def atom_feed(
    notices: Iterable[Announcement], *, language: str, title: str, organisation: str
) -> bytes | None:
    """The feed in one language over all revisions given; None where there are none. Drafts are marked as such.

    Entry ids stay over the revisions of a notice.
    """
    threads: dict[str, list[Announcement]] = {}
    for notice in sorted(notices, key=lambda n: (n.id, -n.revision)):
        if notice.wording(language, Form.WEB) is not None:
            threads.setdefault(notice.id, []).append(notice)
    if not threads:
        return None
    newest = sorted(threads.values(), key=lambda t: (t[0].at, t[0].id), reverse=True)
    ET.register_namespace("", _ATOM)
    ET.register_namespace("app", _APP)
    feed = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": language})
    _add(feed, "id", f"urn:bcp:notices:{_urn(organisation)}:{language}")
    _add(feed, "title", f"{organisation}: {title}")
    _add(feed, "updated", newest[0][0].at.isoformat(timespec="seconds"))
    _add(ET.SubElement(feed, f"{{{_ATOM}}}author"), "name", organisation)
    for thread in newest:
        feed.append(_entry(thread, language))
    ET.indent(feed)
    return bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True)) + b"\n"


def _entry(thread: list[Announcement], language: str) -> ET.Element:
    entry = ET.Element(f"{{{_ATOM}}}entry")
    newest = thread[0]
    wording = newest.wording(language, Form.WEB)
    _add(entry, "id", f"urn:bcp:notice:{_urn(newest.id)}:{language}")
    _add(entry, "title", wording.subject if wording else newest.id)
    _add(entry, "published", thread[-1].at.isoformat(timespec="seconds"))
    _add(entry, "updated", newest.at.isoformat(timespec="seconds"))
    if newest.draft:
        control = ET.SubElement(entry, f"{{{_APP}}}control")
        ET.SubElement(control, f"{{{_APP}}}draft").text = "yes"
    content = ET.SubElement(entry, f"{{{_ATOM}}}content", {"type": "html"})
    content.text = xml_safe("".join(_revision(n, language) for n in thread))
    return entry


def _revision(notice: Announcement, language: str) -> str:
    """One revision as HTML: time, status in bold, text."""
    wording = notice.wording(language, Form.WEB)
    text = "<br>".join(escape(one_line(line)) for line in (wording.text if wording else "").split("\n"))
    status = "In progress" if notice.overrun else _STATUS[notice.occasion]
    if notice.planned and notice.occasion == Occasion.RESTORATION:
        status = "Completed"
    exercise = "EXERCISE " if notice.exercise and notice.occasion not in BEFORE else ""
    time = escape(notice.at.isoformat(timespec="minutes"))
    return f"<p><small>{time}</small><br><strong>{status}</strong> - {exercise}{text}</p>"


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}{name}").text = xml_safe(one_line(text))


def _urn(text: str) -> str:
    """The text as the end of a URN: anything but letters, digits, dots and hyphens as %XX."""
    return "".join(
        chr(b) if chr(b).isascii() and (chr(b).isalnum() or chr(b) in "-.") else f"%{b:02X}"
        for b in text.encode("utf-8", "replace")
    )
