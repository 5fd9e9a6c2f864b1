"""iCalendar files as notices: BCOP maintenance notes (X-MAINTNOTE-…), and plain events of RFC 5545."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bcp.files.notices.calendar_lines import Component, Property, read_calendars
from bcp.files.notices.calendar_times import moment_of, windows_of
from bcp.files.notices.entry import name_line, notice_of, read_each
from bcp.files.notices.plain import short_line
from bcp.files.notices.zones import Zones, zones_of
from bcp.files.yaml_tree import refused
from bcp.model.notice import Notice, NoticeImpact, NoticeObject, Notices, NoticeStatus, NotUnderstood, worst
from bcp.saying import said

MOST_RECURRING = 200
"""Events of a calendar that take place more than once."""

_MARK = "X-MAINTNOTE-"
_READ = frozenset(
    _MARK + name
    for name in ("PROVIDER", "ACCOUNT", "MAINTENANCE-ID", "OBJECT-ID", "OBJECT-IMPACT", "IMPACT", "STATUS")
)
_PROPERTY = re.compile(
    r"(BEGIN|END|DTSTART|DTEND|DTSTAMP|DURATION|UID|SEQUENCE|STATUS|SUMMARY|ORGANIZER|RESOURCES|R(RULE|DATE)"
    r"|EXDATE|RECURRENCE-ID|X-MAINTNOTE)",
    re.IGNORECASE,
)
_COLON = said("Each property has a colon before its value; fetch the file again.")


@dataclass(frozen=True, slots=True)
class _Calendar:
    """What the events of one calendar share; `moved` are the starts that other events of the file replace."""

    zones: Zones
    product: str
    called_off: bool
    moved: Mapping[str, frozenset[datetime]]

    @property
    def file_name(self) -> str:
        return self.zones.file_name


def read_calendar_notices(text: str, file_name: str, floating: ZoneInfo | None) -> Notices:
    """The events of an iCalendar text as notices.

    `floating` is the zone for times and whole days without one; where it is None those are refused. Of
    recurring events the windows of a year are taken. Raises InvalidInputError with every problem.
    """
    found: list[Notice] = []
    left: list[NotUnderstood] = []
    calendars = read_calendars(text, file_name)
    for calendar in calendars:
        left += _left_aside(calendar, file_name)
    events = [(event, of) for of in calendars for event in of.named("VEVENT")]
    again = [e for e, _ in events if e.first("RRULE") or e.first("RDATE")]
    if len(again) > MOST_RECURRING:
        message = said(
            "more than {most_recurring} events take place more than once.", most_recurring=MOST_RECURRING
        )
        raise refused(file_name, again[-1].line, message, said("Split the calendar."))
    shared = {id(of): _shared(of, file_name, floating) for of in calendars}
    found += read_each(events, lambda pair: _notice(pair[0], shared[id(pair[1])]), file_name)
    return Notices(notices=tuple(found), not_understood=tuple(left))


def _shared(calendar: Component, file_name: str, floating: ZoneInfo | None) -> _Calendar:
    zones = zones_of(calendar, file_name, floating)
    product, method = calendar.first("PRODID"), calendar.first("METHOD")
    moved: dict[str, set[datetime]] = defaultdict(set)
    for event in calendar.named("VEVENT"):
        instead = moment_of(event, "RECURRENCE-ID", zones)
        if instead is not None:
            moved[_text(event, "UID")].add(instead)
    return _Calendar(
        zones,
        product.text if product else "",
        method is not None and method.value.strip().upper() == "CANCEL",
        {uid: frozenset(starts) for uid, starts in moved.items()},
    )


def _notice(event: Component, calendar: _Calendar) -> Notice:
    """One event as a notice. Raises InvalidInputError."""
    maintnote = any(p.name.startswith(_MARK) for p in event.properties)
    zones, uid = calendar.zones, _text(event, "UID")
    stamp = moment_of(event, "DTSTAMP", zones)
    instead = moment_of(event, "RECURRENCE-ID", zones)
    without = frozenset() if instead is not None else calendar.moved.get(uid, frozenset())
    windows = windows_of(event, zones, stamp, without=without)
    status = _status(event, calendar)
    organizer = event.first("ORGANIZER")
    fields = {
        "format": "maintnote" if maintnote else "calendar",
        "provider": _text(event, _MARK + "PROVIDER") if maintnote else _sender(organizer, calendar),
        "id": _needed(event, _MARK + "MAINTENANCE-ID", calendar) if maintnote else _occurrence(uid, instead),
        "account": _text(event, _MARK + "ACCOUNT"),
        "status": status,
        "sequence": _sequence(event, calendar, none=-1 if maintnote else 0),
        "stamp": stamp,
        "windows": windows,
        "objects": _objects(event, calendar) if maintnote else _resources(event, calendar),
        "organizer": organizer.value if organizer else "",
        "uid": uid,
        "summary": _text(event, "SUMMARY"),
        "text": _text(event, "DESCRIPTION"),
    }
    if maintnote:
        _complete(event, fields["provider"], windows[-1].end if windows else None, calendar)
    return notice_of(fields, calendar.file_name, event.line)


def _complete(event: Component, provider: object, end: datetime | None, calendar: _Calendar) -> None:
    """A maintenance note says whose it is and when it ends."""
    for told, what in ((provider, _MARK + "PROVIDER"), (end, "DTEND")):
        if not told:
            message = said("the maintenance note has no {what}.", what=what)
            raise refused(
                calendar.file_name, event.line, message, said("Ask the sender for a complete note.")
            )


def _text(event: Component, name: str) -> str:
    found = event.first(name)
    return found.text.strip() if found else ""


def _needed(event: Component, name: str, calendar: _Calendar) -> str:
    text = _text(event, name)
    if not text:
        message = said("the maintenance note has no {name}.", name=name)
        raise refused(calendar.file_name, event.line, message, said("Ask the sender for a complete note."))
    return text


def _occurrence(uid: str, instead: datetime | None) -> str:
    """An event that stands for one of a series has an id of its own."""
    return uid if instead is None or not uid else f"{uid}/{instead:%Y%m%dT%H%M%SZ}"


def _sender(organizer: Property | None, calendar: _Calendar) -> str:
    """The name of whoever sent a plain event: the organizer's, else the address, else the product."""
    if organizer is None:
        return calendar.product
    address = organizer.value.strip()
    return organizer.parameters.get("CN") or re.sub("^mailto:", "", address, flags=re.IGNORECASE)


def _status(event: Component, calendar: _Calendar) -> NoticeStatus:
    if calendar.called_off:
        return NoticeStatus.CANCELLED
    found = event.first(_MARK + "STATUS") or event.first("STATUS")
    if found is None:
        return NoticeStatus.NO_CHANGE
    try:
        return NoticeStatus(found.text.strip().lower())
    except ValueError as error:
        message = said(
            "{name}: {text!r} is no status of a maintenance.", name=found.name, text=found.text[:40]
        )
        fix = said("There are: {names}.", names=", ".join(s.value.upper() for s in NoticeStatus))
        raise refused(calendar.file_name, found.line, message, fix) from error


def _sequence(event: Component, calendar: _Calendar, none: int) -> int:
    found = event.first("SEQUENCE")
    if found is None:
        return none
    if not re.fullmatch(r"\s*\d{1,9}\s*", found.value):
        message = said("SEQUENCE: {value!r} is no whole number.", value=found.value[:40])
        raise refused(calendar.file_name, found.line, message, said("It counts revisions from 0."))
    return int(found.value)


def _objects(event: Component, calendar: _Calendar) -> tuple[NoticeObject, ...]:
    """Each circuit or service with its own impact, else the event's, else OUTAGE as the BCOP says."""
    overall = event.first(_MARK + "IMPACT")
    whole = NoticeImpact.OUTAGE if overall is None else _impact(overall.text, overall, calendar)
    found: dict[str, NoticeObject] = {}
    for named in event.all(_MARK + "OBJECT-ID"):
        name = name_line(named.text, named.name, calendar.file_name, named.line)
        if not name:
            fix = said("Ask the sender which circuit it is.")
            raise refused(calendar.file_name, named.line, said("{name} is empty.", name=named.name), fix)
        own = named.parameters.get(_MARK + "OBJECT-IMPACT")
        impact = whole if own is None else _impact(own, named, calendar)
        told = [impact, found[name].impact] if name in found else [impact]
        found[name] = NoticeObject(id=name, impact=worst(told))
    return tuple(found.values())


def _impact(text: str, found: Property, calendar: _Calendar) -> NoticeImpact:
    """An impact; a word that the BCOP does not have counts as OUTAGE, as it says."""
    word = text.strip().lower()
    if not word:
        message = said("{name}: the impact is empty.", name=found.name)
        raise refused(calendar.file_name, found.line, message, said("Ask the sender what the impact is."))
    return NoticeImpact(word) if word in set(NoticeImpact) else NoticeImpact.OUTAGE


def _resources(event: Component, calendar: _Calendar) -> tuple[NoticeObject, ...]:
    """What a plain event names as RESOURCES."""
    names: dict[str, None] = {}
    for found in event.all("RESOURCES"):
        for part in re.split(r"(?<!\\),", found.value):
            text = Property(found.name, found.line, {}, part).text
            names[name_line(text, found.name, calendar.file_name, found.line)] = None
    return tuple(NoticeObject(id=name) for name in names if name)


def _left_aside(component: Component, file_name: str) -> Iterator[NotUnderstood]:
    """Lines that are no properties, unknown X-MAINTNOTE properties, and components that are no events.

    Raises InvalidInputError for a broken line that begins as a property which is read: its meaning is lost.
    """
    for line, text in component.stray:
        if _PROPERTY.match(text):
            raise refused(
                file_name, line, said("this property cannot be read: {text!r}.", text=text[:60]), _COLON
            )
        yield _aside(file_name, line, text, said("no property: a folded line goes on after a blank"))
    for found in component.properties:
        if found.name.startswith(_MARK) and found.name not in _READ:
            yield _aside(file_name, found.line, f"{found.name}:{found.value}", said("an unknown property"))
    for child in component.children:
        if child.name in ("VTODO", "VJOURNAL"):
            yield _aside(file_name, child.line, child.name, said("no event"))
        elif child.name != "VALARM":
            yield from _left_aside(child, file_name)


def _aside(file_name: str, line: int, text: str, why: str) -> NotUnderstood:
    return NotUnderstood(where=short_line(f"{file_name}:{line}"), text=short_line(text), why=why)
