"""Recurrence rules (RFC 5545 RRULE) of days, weeks, months and years: on which days, never without bound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bcp.saying import said

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEKDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_KNOWN = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "WKST"})
_LARGEST = 10_000
_MONTHS = 12
_LAST_DAY = 31
_ORDINALS = 53


@dataclass(frozen=True, slots=True)
class Rule:
    """A recurrence. `weekdays` are (ordinal in its month or year, 0 for each; weekday from Monday 0).

    `until` is the last moment as it stands in the rule; `until_utc` says that it is UTC, not local.
    """

    frequency: str
    interval: int = 1
    count: int | None = None
    until: datetime | None = None
    until_utc: bool = False
    weekdays: tuple[tuple[int, int], ...] = ()
    monthdays: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    week_start: int = 0


def read_rule(text: str) -> Rule:
    """The rule of an RRULE value. Raises ValueError where it is none, or recurs in a way that is not read.

    Read are DAILY, WEEKLY, MONTHLY and YEARLY with INTERVAL, COUNT or UNTIL, BYDAY, BYMONTHDAY, BYMONTH
    and WKST.
    """
    parts: dict[str, str] = {}
    for part in text.strip().upper().split(";"):
        key, equals, value = part.partition("=")
        if not equals or key in parts:
            raise ValueError(said("{part!r} is no part of a recurrence rule.", part=part[:40]))
        parts[key] = value
    unread = sorted(parts.keys() - _KNOWN)
    frequency = parts.get("FREQ", "")
    if unread or frequency not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"):
        raise ValueError(
            said(
                "a recurrence with {names} is not read.",
                names=", ".join(unread)[:80] or f"FREQ={frequency[:20]}",
            )
        )
    if "COUNT" in parts and "UNTIL" in parts:
        raise ValueError(said("a recurrence has COUNT or UNTIL, not both."))
    until = parts.get("UNTIL")
    rule = Rule(
        frequency,
        _number(parts.get("INTERVAL", "1"), 1, _LARGEST),
        _number(parts["COUNT"], 1, _LARGEST) if "COUNT" in parts else None,
        _until(until) if until is not None else None,
        until is not None and until.endswith("Z"),
        tuple(_weekday(v) for v in parts["BYDAY"].split(",")) if "BYDAY" in parts else (),
        _numbers(parts.get("BYMONTHDAY"), -_LAST_DAY, _LAST_DAY),
        _numbers(parts.get("BYMONTH"), 1, _MONTHS),
        _weekday(parts.get("WKST", "MO"))[1],
    )
    if any(n for n, _ in rule.weekdays) and frequency not in ("MONTHLY", "YEARLY"):
        raise ValueError(
            said("BYDAY with a number has no meaning in a {frequency} recurrence.", frequency=frequency)
        )
    if rule.monthdays and frequency == "WEEKLY":
        raise ValueError(said("BYMONTHDAY has no meaning in a WEEKLY recurrence."))
    return rule


def recurs(rule: Rule, first: date, day: date) -> bool:
    """Whether a recurrence that began on `first` falls on a day; COUNT and UNTIL are not looked at."""
    if day < first or (rule.months and day.month not in rule.months):
        return False
    match rule.frequency:
        case "DAILY":
            on_turn = (day - first).days % rule.interval == 0
            return on_turn and _by_weekday(rule, day) and _by_monthday(rule, day)
        case "WEEKLY":
            weeks = (_week(day, rule.week_start) - _week(first, rule.week_start)).days // 7
            named = _by_weekday(rule, day) if rule.weekdays else day.weekday() == first.weekday()
            return weeks % rule.interval == 0 and named
        case "MONTHLY":
            months = (day.year - first.year) * 12 + day.month - first.month
            return months % rule.interval == 0 and _in_month(rule, first, day)
    return (day.year - first.year) % rule.interval == 0 and _in_year(rule, first, day)


def days(rule: Rule, first: date, last: date) -> Iterator[date]:
    """The days from `first` to `last` on which it falls, at most COUNT; UNTIL is the caller's."""
    left = rule.count if rule.count is not None else -1
    day = first
    while day <= last and left:
        if recurs(rule, first, day):
            left -= 1
            yield day
        day += timedelta(days=1)


def _in_month(rule: Rule, first: date, day: date) -> bool:
    if not rule.weekdays and not rule.monthdays:
        return day.day == first.day
    return _by_weekday(rule, day) and _by_monthday(rule, day)


def _in_year(rule: Rule, first: date, day: date) -> bool:
    if not rule.weekdays and not rule.monthdays:
        return day.day == first.day and (bool(rule.months) or day.month == first.month)
    return _by_weekday(rule, day) and _by_monthday(rule, day)


def _by_monthday(rule: Rule, day: date) -> bool:
    if not rule.monthdays:
        return True
    return day.day in rule.monthdays or day.day - _length_of_month(day) - 1 in rule.monthdays


def _by_weekday(rule: Rule, day: date) -> bool:
    if not rule.weekdays:
        return True
    whole_year = rule.frequency == "YEARLY" and not rule.months
    if whole_year:
        place, size = day.timetuple().tm_yday, date(day.year, 12, 31).timetuple().tm_yday
    else:
        place, size = day.day, _length_of_month(day)
    forward, backward = (place - 1) // 7 + 1, -((size - place) // 7 + 1)
    return any(w == day.weekday() and n in (0, forward, backward) for n, w in rule.weekdays)


def _length_of_month(day: date) -> int:
    first, after = (date(day.year + m // 12, m % 12 + 1, 1) for m in (day.month - 1, day.month))
    return (after - first).days


def _week(day: date, start: int) -> date:
    return day - timedelta(days=(day.weekday() - start) % 7)


def _weekday(text: str) -> tuple[int, int]:
    found = _WEEKDAY.fullmatch(text)
    if found is None or (found[1] and not 1 <= abs(int(found[1])) <= _ORDINALS):
        raise ValueError(said("{text!r} is no weekday of a recurrence rule.", text=text[:20]))
    return int(found[1] or 0), _DAYS.index(found[2])


def _number(text: str, least: int, most: int) -> int:
    if not re.fullmatch(r"[+-]?\d{1,6}", text) or not least <= int(text) <= most or not int(text):
        raise ValueError(said("{text!r} is no number of a recurrence rule.", text=text[:20]))
    return int(text)


def _numbers(text: str | None, least: int, most: int) -> tuple[int, ...]:
    return () if text is None else tuple(_number(part, least, most) for part in text.split(","))


def _until(text: str) -> datetime:
    """The last moment; a date means its whole day."""
    if re.fullmatch(r"\d{8}", text):
        return datetime.strptime(text + "T235959", "%Y%m%dT%H%M%S")  # noqa: DTZ007 - local, or UTC as `until_utc` says
    if not re.fullmatch(r"\d{8}T\d{6}Z?", text):
        raise ValueError(said("UNTIL={text} is no time.", text=text[:30]))
    return datetime.strptime(text.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 - as above
