"""When an event of a calendar takes place, as windows in UTC: starts, ends, lengths, whole days, recurrences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bcp.files.notices.calendar_lines import Component, Property
from bcp.files.notices.recurrence import days, read_rule
from bcp.files.notices.zones import Zones, calendar_date, local_time
from bcp.files.yaml_tree import refused
from bcp.model.notice import Window
from bcp.saying import said

HORIZON = timedelta(days=366)
"""Recurrences are taken as far as this from when the notice was written, or from its start where that is later."""

_MOST_WINDOWS = 400
_OLDEST = timedelta(days=3660)
"""A recurrence that began longer before it was written is refused: each of its days would have to be gone through."""

_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)")
_DURATION = re.compile(
    r"([+-]?)P(?=\w)(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?"
)


@dataclass(frozen=True, slots=True)
class Start:
    """A time of a property: local (or UTC where `utc`), a whole day where `all_day`."""

    local: datetime
    utc: bool
    all_day: bool
    found: Property

    def moment(self, zones: Zones) -> datetime:
        """The moment in UTC. Raises InvalidInputError where the zone is not known."""
        return self.local.replace(tzinfo=UTC) if self.utc else zones.utc(self.local, self.found)

    def on(self, day: date) -> Start:
        """The same time of day on another day."""
        return Start(datetime.combine(day, self.local.time()), self.utc, self.all_day, self.found)


def windows_of(
    event: Component, zones: Zones, written: datetime | None, *, without: frozenset[datetime] = frozenset()
) -> tuple[Window, ...]:
    """The windows of an event, sorted, those that begin at a moment in `without` left out.

    An event of whole days lasts from midnight to midnight of its zone, one day where it does not say.
    Without DTEND and DURATION the end is not known. Raises InvalidInputError with the line.
    """
    found = event.first("DTSTART")
    if found is None:
        fix = said("Ask the sender when the work begins.")
        raise refused(zones.file_name, event.line, said("the event has no DTSTART."), fix)
    start = _start(found, zones.file_name)
    starts = _starts(event, start, zones, written)
    windows = {}
    for one in starts:
        begins = one.moment(zones)
        if begins not in without:
            windows[begins] = _window(event, start, one, zones)
    return tuple(windows[begins] for begins in sorted(windows))


def moment_of(event: Component, name: str, zones: Zones) -> datetime | None:
    """A property's moment in UTC; None where the event has no such property. Raises InvalidInputError."""
    found = event.first(name)
    return None if found is None else _start(found, zones.file_name).moment(zones)


def _start(found: Property, file_name: str) -> Start:
    value = found.value.strip()
    whole_day = _DATE.fullmatch(value)
    if whole_day is None:
        return Start(local_time(found, file_name), value.endswith("Z"), all_day=False, found=found)
    year, month, day = (int(part) for part in whole_day.groups())
    midnight = datetime.combine(calendar_date(year, month, day, found, file_name), time())
    return Start(midnight, utc=False, all_day=True, found=found)


def _window(event: Component, first: Start, start: Start, zones: Zones) -> Window:
    """The window that begins at one start of the event, as long as the first one."""
    begins = start.moment(zones)
    end, duration = event.first("DTEND"), event.first("DURATION")
    if end is not None:
        last = _start(end, zones.file_name)
        if last.utc == start.utc and last.found.parameters.get("TZID") == first.found.parameters.get("TZID"):
            ends = Start(start.local + (last.local - first.local), last.utc, last.all_day, end).moment(zones)
        else:
            ends = begins + (last.moment(zones) - first.moment(zones))
    elif duration is not None:
        ends = begins + _length(duration, zones.file_name)
    elif start.all_day:
        ends = Start(start.local + timedelta(days=1), start.utc, True, start.found).moment(zones)
    else:
        return Window(start=begins)
    if ends <= begins:
        line = (end or duration or start.found).line
        message = said("the event ends before it begins.")
        raise refused(zones.file_name, line, message, said("Ask the sender for the right times."))
    return Window(start=begins, end=ends)


def _length(found: Property, file_name: str) -> timedelta:
    parts = _DURATION.fullmatch(found.value.strip())
    if parts is None or parts[1] == "-":
        message = said("{name}: {value!r} is no length of time.", name=found.name, value=found.value[:40])
        raise refused(file_name, found.line, message, said("It is written as PT4H."))
    weeks, count, hours, minutes, seconds = (int(p or 0) for p in parts.groups()[1:])
    length = timedelta(weeks=weeks, days=count, hours=hours, minutes=minutes, seconds=seconds)
    if length > timedelta(days=3660):
        raise refused(
            file_name,
            found.line,
            said("{name}: this is longer than ten years.", name=found.name),
            said("Check it."),
        )
    return length


def _starts(event: Component, start: Start, zones: Zones, written: datetime | None) -> list[Start]:
    starts = {start.moment(zones): start}
    for found in event.all("RRULE"):
        starts.update((s.moment(zones), s) for s in _recurring(found, start, zones, written))
    for found in event.all("RDATE"):
        starts.update((s.moment(zones), s) for s in _listed(found, zones))
    for found in event.all("EXDATE"):
        for left_out in _listed(found, zones):
            starts.pop(left_out.moment(zones), None)
    if len(starts) > _MOST_WINDOWS:
        message = said("the event takes place more than {most_windows} times.", most_windows=_MOST_WINDOWS)
        raise refused(zones.file_name, start.found.line, message, said("Leave out what is long past."))
    return list(starts.values())


def _listed(found: Property, zones: Zones) -> list[Start]:
    values = found.value.split(",")
    return [_start(Property(found.name, found.line, found.parameters, v), zones.file_name) for v in values]


def _recurring(found: Property, start: Start, zones: Zones, written: datetime | None) -> list[Start]:
    try:
        rule = read_rule(found.value)
    except ValueError as error:
        fix = said("Ask the sender to list the windows one by one.")
        raise refused(zones.file_name, found.line, str(error), fix) from error
    begins = start.moment(zones)
    seen_from = max(begins, written or begins)
    if seen_from - begins > _OLDEST:
        message = said("the recurrence began more than ten years before the notice was written.")
        raise refused(zones.file_name, found.line, message, said("Ask for a notice of the windows to come."))
    last = (seen_from + HORIZON).replace(tzinfo=None)
    if rule.until is not None:
        last = min(last, rule.until + timedelta(days=1))
    again = [start.on(day) for day in days(rule, start.local.date(), last.date())]
    return [s for s in again if rule.until is None or _not_after(s, rule.until, rule.until_utc, zones)]


def _not_after(start: Start, until: datetime, until_utc: bool, zones: Zones) -> bool:
    if until_utc:
        return start.moment(zones) <= until.replace(tzinfo=UTC)
    return start.local <= until
