"""The scenario of a sitting as people have seen it: the base scenario, and over it every mark in the log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bcp.engine.levels.selectors import Lineage, selected
from bcp.engine.levels.tolerance import SECONDS
from bcp.engine.live.clock import SittingClock
from bcp.model.duration import duration_text
from bcp.model.log_entry import Entry, Marked
from bcp.model.plan import Plan
from bcp.model.scenario import Effect, Event, Scenario, Selector
from bcp.model.sitting import Sitting, standing

_HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A component as it was seen from a scenario second on: its own level 0–1, and whether it is frozen."""

    t_s: float
    component: str
    level: float
    frozen: bool
    entry: int
    source: str = ""

    @property
    def harms(self) -> bool:
        """True where not all is well."""
        return self.frozen or self.level < 1.0


def marks_of(entries: Sequence[Entry], clock: SittingClock) -> Mapping[str, tuple[Mark, ...]]:
    """The marks that count, by component in sorted order, each in the order of time, then of the log.

    Of two at the same second the later entry counts.
    """
    found: dict[str, dict[float, Mark]] = defaultdict(dict)
    for entry in standing(entries):
        if isinstance(entry.what, Marked):
            what = entry.what
            mark = Mark(clock.t_of(entry), what.component, what.level, what.frozen, entry.number, what.source)
            found[what.component][mark.t_s] = mark
    return {i: tuple(by_time[t] for t in sorted(by_time)) for i, by_time in sorted(found.items())}


def played(
    plan: Plan,
    sitting: Sitting,
    marks: Mapping[str, tuple[Mark, ...]],
    clock: SittingClock,
    *,
    horizon: float | None = None,
) -> Scenario:
    """The base scenario, whose hold on a component ends where somebody marked it, and every mark as an event.

    What people see comes before what was assumed: a component marked as back is back, until another event begins
    on it. A mark lasts to the next one of the same component. Surges go on, for a mark says nothing of them. What
    is marked in an incident is noticed at once. Second 0 is that of the clock; `horizon` in seconds of it.
    """
    base = sitting.scenario
    late = 0.0 if sitting.is_exercise else (sitting.begun - clock.zero).total_seconds()
    lineage = Lineage(plan)
    kept = [
        part
        for event in (base.events if base is not None else ())
        for part in _unless_marked(_later(event, late), marks, lineage)
    ]
    seen = [
        event for of_one in marks.values() for event in _mark_events(of_one, known=not sitting.is_exercise)
    ]
    events = (*kept, *sorted(seen, key=lambda e: (e.at, e.select.id)))
    if base is None:
        blank = Scenario(id=sitting.id, title={sitting.language: sitting.title, "en": sitting.title})
        return blank.model_copy(update={"events": events, "horizon": horizon})
    own = base.horizon_s + late
    return base.model_copy(
        update={"events": events, "horizon": own if horizon is None else max(own, horizon)}
    )


def _later(event: Event, by: float) -> Event:
    until = None if event.until is None else event.until + by
    return event.model_copy(update={"at": event.at + by, "until": until}) if by > 0 else event


def _unless_marked(event: Event, marks: Mapping[str, tuple[Mark, ...]], lineage: Lineage) -> Iterator[Event]:
    """An event, without its hold on components from the first time on that somebody marked them in it.

    What was seen before it began says nothing of it.
    """
    struck = selected(event.select, lineage) if marks and _holds(event.effect) else ()
    hit = {i: first for i in struck if (first := _first_within(event, marks.get(i, ()))) is not None}
    if not hit:
        yield event
        return
    others = Selector.model_validate({"all": (event.select,), "not": {"id": tuple(hit)}})
    yield event.model_copy(update={"select": others, "optional": True})
    for i, first in hit.items():
        only = event.model_copy(update={"select": Selector(id=(i,)), "until": first, "lasts": None})
        if first > event.at + SECONDS:
            yield only
        if event.effect.surge is not None:
            surge = {
                "effect": Effect(surge=event.effect.surge),
                "at": max(first, event.at),
                "until": event.end,
            }
            yield only.model_copy(update=surge)


def _first_within(event: Event, marks: tuple[Mark, ...]) -> float | None:
    """The second of the first mark from the beginning of an event on, before its end; None: there is none."""
    end = event.end
    within = (m.t_s for m in marks if m.t_s >= event.at - SECONDS and (end is None or m.t_s < end))
    return next(within, None)


def _holds(effect: Effect) -> bool:
    return effect.freeze or any(part is not None for part in (effect.level, effect.ramp, effect.quality))


def _mark_events(marks: tuple[Mark, ...], *, known: bool) -> Iterator[Event]:
    for mark, following in pairwise((*marks, None)):
        if mark is None or not mark.harms:
            continue
        level = None if mark.level >= 1.0 else mark.level
        yield Event(
            at=duration_text(mark.t_s),
            select=Selector(id=(mark.component,)),
            effect=Effect(level=level, freeze=mark.frozen),
            until=None if following is None else duration_text(following.t_s),
            detected_after="0s" if known else None,
            note={} if not mark.source else {"en": mark.source},
        )


def as_things_stand(scenario: Scenario, t_s: float) -> Scenario:
    """What is known of a scenario at second `t_s`: what has begun, and goes on where it has not ended."""
    begun = (e for e in scenario.events if e.at <= t_s + SECONDS)
    return scenario.model_copy(update={"events": tuple(_open(e, t_s) for e in begun)})


def _open(event: Event, t_s: float) -> Event:
    if event.end is None or event.end <= t_s + SECONDS:
        return event
    return event.model_copy(update={"until": None, "lasts": None})


def turns(scenario: Scenario, t_s: float) -> tuple[int, int]:
    """How many events have begun and how many have ended at `t_s`: between two turns nothing new is known."""
    ends = (e.end for e in scenario.events)
    return (
        sum(e.at <= t_s + SECONDS for e in scenario.events),
        sum(end is not None and end <= t_s + SECONDS for end in ends),
    )


def horizon_for(plan: Plan, t_s: float) -> float:
    """How far to look ahead of second `t_s`: a day, or past the longest limit; in steps of six hours."""
    limits = [
        limit
        for component in plan.activities.values()
        for limit in (component.analysis.rto, component.analysis.mtpd)
        if limit is not None
    ]
    ahead = min(max([24 * _HOUR, *(limit + _HOUR for limit in limits)]), 31 * 24 * _HOUR)
    step = 6 * _HOUR
    return step * -(-(t_s + ahead) // step)
