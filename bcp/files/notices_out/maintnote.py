"""Planned work as a maintenance calendar: BCOP MAINTNOTE over iCalendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from bcp.files.notices_out.mail import is_address
from bcp.files.notices_out.plain_text import one_line
from bcp.model.announcement import BEFORE, Announcement, Audience, Form, Occasion, Wording

_FOLD = 75
"""Octets of a line before it must be folded."""


def maintnote(notices: Iterable[Announcement], *, sender: str, language: str) -> bytes | None:
    """The newest revision of each planned work as one event; None where nothing is planned.

    Work has one event whatever audiences it is told to: the widest audience counts. UID stays, SEQUENCE
    rises with the revision. Work that drags on ends, as far as is known, at the next update.
    """
    planned = [n for n in notices if n.planned and n.occasion != Occasion.AFTER]
    if not planned:
        return None
    works: dict[datetime, list[Announcement]] = {}
    for notice in planned:
        works.setdefault(notice.begins, []).append(notice)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//bcp//notices//EN", "METHOD:PUBLISH"]
    for begins in sorted(works):
        lines += _event(_newest(works[begins]), sender, language)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _newest(notices: list[Announcement]) -> Announcement:
    order = [Audience.LINES, Audience.PUBLIC, *Audience]
    return min(notices, key=lambda n: (order.index(n.audience), -n.revision))


def _event(notice: Announcement, sender: str, language: str) -> list[str]:
    wording = _wording(notice, language)
    organizer = sender if is_address(sender) else "notices@invalid"
    uid = f"{notice.begins.astimezone(UTC):%Y%m%dT%H%M%SZ}-{notice.id}"
    objects = [f.component for f in notice.failing] or [notice.id]
    return [
        "BEGIN:VEVENT",
        f"UID:{_escaped(uid)}",
        f"DTSTAMP:{_utc(notice.at)}",
        f"DTSTART:{_utc(notice.begins)}",
        f"DTEND:{_utc(_end(notice))}",
        f"SEQUENCE:{notice.revision - 1}",
        f"SUMMARY:{_escaped(wording.subject if wording else notice.id)}",
        f"DESCRIPTION:{_escaped(wording.text if wording else '', lines=True)}",
        f"ORGANIZER:mailto:{organizer}",
        f"X-MAINTNOTE-PROVIDER:{_escaped(notice.organisation)}",
        "X-MAINTNOTE-ACCOUNT:" + _escaped(notice.audience.value),
        f"X-MAINTNOTE-MAINTENANCE-ID:{_escaped(notice.id)}",
        *(f"X-MAINTNOTE-OBJECT-ID:{_escaped(i)}" for i in objects),
        f"X-MAINTNOTE-IMPACT:{'OUTAGE' if notice.impact == 'all' else 'DEGRADED'}",
        f"X-MAINTNOTE-STATUS:{_status(notice)}",
        "END:VEVENT",
    ]


def _end(notice: Announcement) -> datetime:
    told = notice.ended or notice.window_end or notice.begins
    if notice.overrun:
        told = max(told, notice.next_update or notice.at)
    return max(told, notice.begins + timedelta(minutes=1))


def _status(notice: Announcement) -> str:
    if notice.occasion in BEFORE:
        return "CONFIRMED"
    return "COMPLETED" if notice.ended is not None else "IN-PROCESS"


def _wording(notice: Announcement, language: str) -> Wording | None:
    return notice.wording(language, Form.WEB) or next(iter(notice.wordings), None)


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str, *, lines: bool = False) -> str:
    """A value of type TEXT; line breaks only where asked."""
    parts = [one_line(part) for part in text.split("\n")] if lines else [one_line(text)]
    return "\\n".join(p.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,") for p in parts)


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets, none within a character, those after the first with a blank before."""
    pieces, piece, size = [], "", 0
    for ch in line:
        octets = len(ch.encode())
        if size + octets > _FOLD:
            pieces.append(piece)
            piece, size = " ", 1
        piece += ch
        size += octets
    return "\r\n".join([*pieces, piece])
