"""Local times of a calendar as UTC: IANA zones, zones that the calendar describes itself, floating times."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from bcp.errors import BcpError
from bcp.files.notices.calendar_lines import Component, Property
from bcp.files.notices.recurrence import Rule, read_rule, recurs
from bcp.files.yaml_tree import refused
from bcp.saying import said

EARLIEST, LATEST = 1900, 2200
"""Years that a notice may speak of."""

_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)")
_OFFSET = re.compile(r"([+-])(\d\d)(\d\d)(\d\d)?")
_TWO_YEARS = 366 * 2


@dataclass(frozen=True, slots=True)
class _Observance:
    """One STANDARD or DAYLIGHT part: when it first holds, by what rule again, and its offsets from UTC."""

    first: datetime
    rule: Rule | None
    dates: tuple[datetime, ...]
    before: timedelta
    after: timedelta

    def onset(self, local: datetime) -> datetime | None:
        """The last local time, not after `local`, at which it began to hold; None where it had not yet."""
        began = [d for d in (self.first, *self.dates) if d <= local]
        if self.rule is not None and self.first <= local:
            for back in range(_TWO_YEARS):
                again = datetime.combine(local.date() - timedelta(days=back), self.first.time())
                if again < self.first:
                    break
                ended = self.rule.until is not None and self._stamp(again) > self.rule.until
                if again <= local and not ended and recurs(self.rule, self.first.date(), again.date()):
                    began.append(again)
                    break
        return max(began, default=None)

    def _stamp(self, local: datetime) -> datetime:
        return local - self.before if self.rule is not None and self.rule.until_utc else local


@dataclass(frozen=True, slots=True)
class DescribedZone:
    """A VTIMEZONE. A local time that does not exist is read with the offset before the gap, a doubled one as the first."""

    parts: tuple[_Observance, ...]

    def utc(self, local: datetime) -> datetime:
        """A local time as UTC."""
        began = [(onset, n) for n, part in enumerate(self.parts) if (onset := part.onset(local)) is not None]
        if not began:
            offset = min(self.parts, key=lambda part: part.first).before
        else:
            onset, number = max(began)
            part = self.parts[number]
            in_gap = local < onset + (part.after - part.before)
            offset = part.before if in_gap else part.after
        return (local - offset).replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Zones:
    """The zones that times of one calendar may stand in; `floating` is for times without one."""

    file_name: str
    described: Mapping[str, DescribedZone]
    floating: ZoneInfo | None

    def utc(self, local: datetime, found: Property) -> datetime:
        """A local time of a property as UTC. Raises InvalidInputError where its zone is not known."""
        name = found.parameters.get("TZID")
        if name is None:
            if self.floating is None:
                message = said("{name} is a floating time: it says no time zone.", name=found.name)
                raise refused(self.file_name, found.line, message, said("Say in which time zone to read it."))
            return local.replace(tzinfo=self.floating).astimezone(UTC)
        zone = known_zone(name)
        if zone is not None:
            return local.replace(tzinfo=zone).astimezone(UTC)
        if name in self.described:
            return self.described[name].utc(local)
        message = said(
            "the time zone {name!r} is neither an IANA zone nor described in the calendar.", name=name[:80]
        )
        raise refused(self.file_name, found.line, message, said("Ask the sender for times in UTC."))


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    return frozenset(available_timezones())


def known_zone(name: str) -> ZoneInfo | None:
    """The IANA time zone of that name; None where there is none."""
    return ZoneInfo(name) if name in _names() else None


def floating_zone(name: str | None) -> ZoneInfo | None:
    """The zone for times without one. Raises BcpError where there is no zone of that name."""
    if name is None:
        return None
    zone = known_zone(name)
    if zone is None:
        raise BcpError(
            said("{name!r} is no time zone.", name=name), said("Give an IANA name such as Europe/Stockholm.")
        )
    return zone


def zones_of(calendar: Component, file_name: str, floating: ZoneInfo | None) -> Zones:
    """The zones of a calendar. Raises InvalidInputError where it describes one that cannot be read."""
    described: dict[str, DescribedZone] = {}
    for zone in calendar.named("VTIMEZONE"):
        name = zone.first("TZID")
        if name is None:
            raise refused(
                file_name, zone.line, said("the time zone has no TZID."), said("Ask the sender to mend it.")
            )
        if known_zone(name.text) is None:
            described[name.text] = DescribedZone(_observances(zone, file_name))
    return Zones(file_name, described, floating)


def _observances(zone: Component, file_name: str) -> tuple[_Observance, ...]:
    parts = [*zone.named("STANDARD"), *zone.named("DAYLIGHT")]
    if not parts:
        message = said("the time zone says neither STANDARD nor DAYLIGHT.")
        raise refused(file_name, zone.line, message, said("Ask the sender to mend it."))
    return tuple(_observance(part, file_name) for part in parts)


def _observance(part: Component, file_name: str) -> _Observance:
    first = local_time(_needed(part, "DTSTART", file_name), file_name)
    rule = part.first("RRULE")
    try:
        read = None if rule is None else read_rule(rule.value)
    except ValueError as error:
        raise refused(
            file_name, rule.line if rule else 0, str(error), said("Ask for times in UTC.")
        ) from error
    dates = tuple(
        _moment(value, found, file_name) for found in part.all("RDATE") for value in found.value.split(",")
    )
    return _Observance(
        first,
        read,
        dates,
        _offset(_needed(part, "TZOFFSETFROM", file_name), file_name),
        _offset(_needed(part, "TZOFFSETTO", file_name), file_name),
    )


def _needed(part: Component, name: str, file_name: str) -> Property:
    found = part.first(name)
    if found is None:
        raise refused(
            file_name,
            part.line,
            said("{name} has no {name2}.", name=part.name, name2=name),
            said("Ask the sender to mend it."),
        )
    return found


def _offset(found: Property, file_name: str) -> timedelta:
    parts = _OFFSET.fullmatch(found.value.strip())
    if parts is not None:
        size = timedelta(hours=int(parts[2]), minutes=int(parts[3]), seconds=int(parts[4] or 0))
        if size < timedelta(days=1):
            return size if parts[1] == "+" else -size
    raise refused(
        file_name,
        found.line,
        said("{name}: this is no offset.", name=found.name),
        said("It is written as +0100."),
    )


def local_time(found: Property, file_name: str) -> datetime:
    """The DATE-TIME of a property without its zone. Raises InvalidInputError where it is none."""
    return _moment(found.value, found, file_name)


def _moment(value: str, found: Property, file_name: str) -> datetime:
    parts = _TIME.fullmatch(value.strip().removesuffix("Z"))
    if parts is None:
        message = said("{name}: {value!r} is no time.", name=found.name, value=value[:40])
        raise refused(file_name, found.line, message, said("A time is written as 20260303T010000Z."))
    year, month, day, hour, minute, second = (int(p) for p in parts.groups())
    return datetime.combine(
        calendar_date(year, month, day, found, file_name),
        _time_of_day(hour, minute, second, found, file_name),
    )


def _time_of_day(hour: int, minute: int, second: int, found: Property, file_name: str) -> time:
    try:
        return time(hour, minute, min(second, 59))  # 60 is a leap second
    except ValueError as error:
        message = said("{name}: there is no such time of day.", name=found.name)
        raise refused(file_name, found.line, message, said("Ask the sender to mend it.")) from error


def calendar_date(year: int, month: int, day: int, found: Property, file_name: str) -> date:
    """A date of a property. Raises InvalidInputError where there is no such day, or none of our times."""
    try:
        if EARLIEST <= year <= LATEST:
            return date(year, month, day)
    except ValueError:
        pass
    message = said(
        "{name}: there is no such day between {earliest} and {latest}.",
        name=found.name,
        earliest=EARLIEST,
        latest=LATEST,
    )
    raise refused(file_name, found.line, message, said("Ask the sender to mend it."))
