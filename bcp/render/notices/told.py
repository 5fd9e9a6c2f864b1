"""The values that a sentence of a notice has: the facts at that minute, ready to print."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from babel import dates, numbers

from bcp.model.announcement import Announcement, Audience
from bcp.render.marks import clean

_WHOLLY = 0.01
_QUOTED = re.compile(r"'[^']*'")


def locale_of(language: str) -> str:
    """The locale whose dates and lists a language has here: British English, which knows European zones."""
    return "en_GB" if language == "en" else language


@dataclass(frozen=True, slots=True)
class ToldInstead:
    """A number to call, and the numbers or names that it stands in for."""

    number: str
    of: tuple[str, ...]
    for_all: bool
    """It stands in for every number that fails."""


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that a sentence can say. A time is on the local clock; what is not known is empty."""

    id: str
    organisation: str
    topic: str
    emergency: str
    exercise: bool
    planned: bool
    overrun: bool
    line: bool
    """What fails is lines and not numbers."""
    vital: bool
    """It goes to people who rely on alarms or care."""
    whole: bool
    """Nobody of those hit is served."""
    dead: tuple[str, ...]
    """Numbers that nobody gets through to."""
    some: tuple[str, ...]
    """Numbers that some get through to."""
    numbers: tuple[str, ...]
    """Both."""
    services: tuple[str, ...]
    """Names of the customer groups that are hit."""
    places: tuple[str, ...]
    """Where they are; empty where the plan does not say it of all of them."""
    works: tuple[str, ...]
    instead: tuple[ToldInstead, ...]
    since: str
    at_least: bool
    """Nobody saw it begin: `since` is when it was noticed."""
    now: str
    end: str
    ended: str
    window_start: str
    window_end: str
    window: str
    """From when to when planned work lasts."""
    spell: str
    """From when to when it failed."""
    next: str
    next_short: str
    next_bare: str
    """Without the words around it: 08.40."""
    replaces: str
    """When the revision was sent that this one replaces."""
    cause: str
    contact: str
    duty: str
    customers: str


def line(text: str) -> str:
    """Untrusted text on one line, without what cannot be printed."""
    return " ".join(clean(text).split())


@dataclass(frozen=True, slots=True)
class Clock:
    """How a language writes times: `clock`, `moment` and `day` are patterns of Unicode's date formats.

    `span` has the places `{start}` and `{end}`, `span_day` the place `{day}` too, for a time within one day.
    `zoned`: the zone is named behind every time, since the clocks change between the times that are told.
    """

    language: str
    clock: str
    moment: str
    day: str
    span: str
    span_day: str
    zoned: bool = field(default=False, kw_only=True)

    def full(self, moment: datetime | None) -> str:
        """Day and time; empty for none."""
        return "" if moment is None else self._in_zone(self._text(moment, self.moment), moment)

    def short(self, moment: datetime | None, now: datetime) -> str:
        """The time, with the day where it is another than that of `now`."""
        if moment is None:
            return ""
        if moment.date() != now.date():
            return self.full(moment)
        return self._in_zone(self._text(moment, self.clock), moment)

    def bare(self, moment: datetime | None) -> str:
        """The time without the words around it, for a text that has those already."""
        return "" if moment is None else self._in_zone(self._digits(moment), moment)

    def spell(self, start: datetime | None, end: datetime | None) -> str:
        """From when to when, with the day once where it is one day; empty for no end."""
        if start is None or end is None:
            return ""
        if start.utcoffset() != end.utcoffset():
            return _filled(self.span, start=self.full(start), end=self.full(end))
        if start.date() != end.date():
            text = _filled(self.span, start=self._text(start, self.moment), end=self._text(end, self.moment))
            return self._in_zone(text, end)
        day, first, last = self._text(end, self.day), self._digits(start), self._digits(end)
        return self._in_zone(_filled(self.span_day, day=day, start=first, end=last), end)

    def _in_zone(self, text: str, moment: datetime) -> str:
        return f"{text} ({self._text(moment, 'z')})" if self.zoned else text

    def _digits(self, moment: datetime) -> str:
        return self._text(moment, re.sub(_QUOTED, "", self.clock).strip())

    def _text(self, moment: datetime, pattern: str) -> str:
        text: str = dates.format_datetime(
            moment, pattern, tzinfo=moment.tzinfo, locale=locale_of(self.language)
        )
        return text


def _filled(pattern: str, **values: str) -> str:
    """The pattern with each `{name}` replaced."""
    for name, value in values.items():
        pattern = pattern.replace(f"{{{name}}}", value)
    return pattern


def clocks_change(notice: Announcement) -> bool:
    """Between the times that a notice tells the clocks change, so that one without its zone could be misread."""
    told = (
        notice.at, notice.begins, notice.known_from, notice.window_end, notice.expected_end, notice.ended,
        notice.next_update, *(revision.at for revision in notice.history[-1:]),
    )  # fmt: skip
    return len({moment.utcoffset() for moment in told if moment is not None}) > 1


class OpenClock(Clock):
    """Leaves every time open, for texts that are printed before anything has happened."""

    BLANK = "__________"

    def full(self, moment: datetime | None) -> str:
        """A place to write day and time; empty for none."""
        return "" if moment is None else self.BLANK

    def short(self, moment: datetime | None, now: datetime) -> str:  # noqa: ARG002 - the other clock's form
        """A place to write the time; empty for none."""
        return self.full(moment)

    def bare(self, moment: datetime | None) -> str:
        """A place to write the time; empty for none."""
        return self.full(moment)

    def spell(self, start: datetime | None, end: datetime | None) -> str:
        """Two places to write day and time; empty for none."""
        return "" if start is None or end is None else _filled(self.span, start=self.BLANK, end=self.BLANK)


def told_of(notice: Announcement, clock: Clock, emergency: str) -> Told:
    """The values of a notice in a language, without its topic."""
    failing = [f for f in notice.failing if f.number]
    groups = [f for f in notice.failing if not f.number]
    dead = tuple(line(f.number) for f in failing if f.level <= _WHOLLY)
    some = tuple(line(f.number) for f in failing if f.level > _WHOLLY)
    about_lines = notice.audience == Audience.LINES
    shown = () if about_lines else (*dead, *some)
    return Told(
        id=line(notice.id),
        organisation=line(notice.organisation),
        topic="",
        emergency=emergency,
        exercise=notice.exercise,
        planned=notice.planned,
        overrun=notice.overrun,
        line=about_lines or (bool(groups) and not failing),
        vital=notice.audience == Audience.VITAL,
        whole=bool(groups) and min(f.level for f in groups) <= _WHOLLY,
        dead=() if about_lines else dead,
        some=() if about_lines else some,
        numbers=shown,
        services=tuple(line(name) for name in notice.place),
        places=tuple(line(name) for name in notice.places),
        works=tuple(line(f.number) for f in notice.works),
        instead=tuple(
            ToldInstead(
                line(i.number),
                tuple(line(o) for o in i.instead_of),
                {*shown} <= {line(o) for o in i.instead_of},
            )
            for i in notice.instead
        ),
        since=clock.full(notice.known_from or notice.begins),
        at_least=notice.known_from is not None,
        now=clock.short(notice.at, notice.begins),
        end=clock.full(notice.expected_end),
        ended=clock.full(notice.ended),
        window_start=clock.full(notice.begins) if notice.planned else "",
        window_end=clock.full(notice.window_end) if notice.planned else "",
        window=clock.spell(notice.begins, notice.window_end) if notice.planned else "",
        spell=clock.spell(notice.known_from or notice.begins, notice.ended),
        next=clock.full(notice.next_update),
        next_short=clock.short(notice.next_update, notice.at),
        next_bare=clock.bare(notice.next_update),
        replaces=clock.full(notice.history[-1].at) if notice.history else "",
        cause=line(notice.cause).rstrip("."),
        contact=line(notice.contact),
        duty=line(notice.duty).rstrip("."),
        customers=_about(notice.customers, clock.language),
    )


def _about(count: int, language: str) -> str:
    """A number of people to two figures: 13 486 is told as 13 000; empty for none."""
    if count <= 0:
        return ""
    digits = 2 - len(str(count))
    text: str = numbers.format_decimal(round(count, min(0, digits)), locale=language)
    return text
