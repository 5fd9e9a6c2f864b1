"""All files of the notices of a run: what may go out under `ready/`, what may not yet under `draft/`."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bcp.files.notices_out.atom import atom_feed
from bcp.files.notices_out.cap import cap_alert
from bcp.files.notices_out.mail import is_address, mail_bytes
from bcp.files.notices_out.maintnote import maintnote
from bcp.files.notices_out.plain_text import file_name
from bcp.files.notices_out.sms_csv import Mail, Sms, checks_csv, mail_csv, sms_csv
from bcp.files.notices_out.status_page import PageLines, status_page
from bcp.files.notices_out.text import notice_text
from bcp.model.announcement import Announcement, Audience, Form
from bcp.model.line import ContactChannel
from bcp.model.line_notice import LineNotice

_TO_ALL = (Audience.PUBLIC, Audience.VITAL)
_FIXED = (1980, 1, 1, 0, 0, 0)
"""The time of every file in an archive, so that the same notices give the same bytes."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What the files are made from.

    `revisions` are all that are due, `newest` the last of each notice. `words` are the page's texts by
    language. `sender` is the public address of whoever
    sends, empty where none was given; e-mails that people send themselves come from `mailbox`. `staff` are a mobile number and an e-mail address for each person, either may be empty.
    """

    revisions: Sequence[Announcement]
    newest: Sequence[Announcement]
    words: Mapping[str, Mapping[str, str]]
    organisation: str
    language: str
    sender: str = ""
    mailbox: str = ""
    to_lines: Sequence[LineNotice] = ()
    line_ids: Sequence[str] | None = None
    staff: Sequence[tuple[str, str]] = ()


def bundle(made: Bundle) -> dict[str, bytes]:
    """The files by name, sorted; none where there is no notice."""
    found: dict[str, bytes] = {}
    for notice in made.newest:
        folder = _folder(notice)
        for name, content in _own_files(notice, made):
            found[f"{folder}/{name}"] = content
        if (decided := notice.at_decision) is not None:
            for name, content in _texts(decided, made):
                found[f"{_folder(decided)}/{name}"] = content
    for draft in (False, True):
        folder = "draft" if draft else "ready"
        messages = list(_sms(made, draft=draft))
        mails = list(_mails(made, draft=draft))
        if messages:
            found[f"{folder}/sms.csv"] = sms_csv(messages)
        if mails:
            found[f"{folder}/email.csv"] = mail_csv(mails)
    found.update(_shared(made))
    return dict(sorted(found.items()))


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files as a ZIP archive; the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, _FIXED), content)
    return out.getvalue()


def _folder(notice: Announcement) -> str:
    return "draft" if notice.draft else "ready"


def _stem(notice: Announcement) -> str:
    stem = f"{file_name(notice.id)}-r{notice.revision}"
    return f"{stem}-with-decision" if notice.opens else stem


def _texts(notice: Announcement, made: Bundle) -> Iterator[tuple[str, bytes]]:
    for wording in notice.wordings:
        if wording.language == made.language:
            name = f"text/{_stem(notice)}-{wording.language}-{wording.form.value}.txt"
            yield name, notice_text(notice, wording).encode("utf-8", "replace")


def _own_files(notice: Announcement, made: Bundle) -> Iterator[tuple[str, bytes]]:
    """The files of one notice: its texts, e-mails, and an alert where it is for everybody."""
    stem = _stem(notice)
    yield from _texts(notice, made)
    for wording in notice.wordings:
        if wording.form == Form.EMAIL:
            to = [mail for _, mail in made.staff] if notice.audience == Audience.STAFF else []
            content = mail_bytes(
                notice, wording, sender=made.sender or made.mailbox, to=to, draft=notice.draft
            )
            yield f"email/{stem}-{wording.language}.eml", content
    if notice.audience in _TO_ALL:
        yield f"cap/{stem}.xml", cap_alert(notice, sender=made.sender)


def _shared(made: Bundle) -> Iterator[tuple[str, bytes]]:
    """Files over several notices: calendar, feeds, status page, test calls to make, data."""
    if not made.revisions:
        return
    calendar = maintnote(made.newest, sender=made.sender, language=made.language)
    if calendar is not None:
        yield "ready/maintenance.ics", calendar
    public = [n for n in made.revisions if n.audience in _TO_ALL]
    folder = "draft" if any(n.draft for n in made.newest if n.audience in _TO_ALL) else "ready"
    for code, words in made.words.items():
        feed = atom_feed(public, language=code, title=words["title"], organisation=made.organisation)
        if feed is not None:
            yield f"{folder}/feed.{code}.xml", feed
    lines = None if made.line_ids is None else PageLines(made.to_lines, made.line_ids)
    on_page = [n for n in made.newest if n.audience in (*_TO_ALL, Audience.LINES)]
    if on_page:
        folder = "draft" if any(n.draft for n in on_page) else "ready"
        yield (
            f"{folder}/status.html",
            status_page(
                made.revisions,
                made.words,
                organisation=made.organisation,
                language=made.language,
                lines=lines,
            ),
        )
    named = [
        (n.id, number)
        for newest in made.newest
        for n in newest.versions[-1:]
        for number in n.numbers
        if not number.named_as_failing
    ]
    if named:
        yield "numbers.csv", checks_csv(named)
    data = [notice.json_data() for notice in made.revisions]
    yield "notices.json", json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _sms(made: Bundle, *, draft: bool) -> Iterator[Sms]:
    """SMS to the organisation's own people and to owners of affected lines."""
    by_id = {(n.id, n.revision): n for n in made.newest if n.draft == draft}
    for notice in by_id.values():
        if notice.audience == Audience.STAFF:
            for mobile, _ in made.staff:
                yield from _to_number(notice, mobile, made.language, "")
    for told in made.to_lines:
        notice_told = by_id.get((told.notice, told.revision))
        if notice_told is not None and told.channel == ContactChannel.SMS:
            yield from _to_number(notice_told, told.address, told.language, told.line)


def _to_number(notice: Announcement, number: str, language: str, line: str) -> Iterator[Sms]:
    wording = notice.wording(language, Form.SMS)
    if number and wording is not None:
        yield Sms(number, wording.text, wording.size, language, f"{notice.id} r{notice.revision}", line)


def _mails(made: Bundle, *, draft: bool) -> Iterator[Mail]:
    """Recipients among the owners of affected lines, who opted in, and the file with their text."""
    by_id = {(n.id, n.revision): n for n in made.newest if n.draft == draft}
    for told in made.to_lines:
        notice = by_id.get((told.notice, told.revision))
        if notice is not None and told.channel == ContactChannel.EMAIL and is_address(told.address):
            file = f"email/{_stem(notice)}-{told.language}.eml"
            yield Mail(told.address, file, told.language, f"{notice.id} r{notice.revision}", told.line)
