"""What a fact of a scenario measures in a run: one function for each measure that scenarios/README.md lists."""

from __future__ import annotations

import re
from collections.abc import Callable

from bcp.engine.levels.compile import compile_plan
from bcp.engine.levels.selectors import Lineage, has_prefix, selected
from bcp.engine.run.events import happenings
from bcp.model.component import Kind
from bcp.model.duration import duration_text, seconds
from bcp.model.run import FallbackState
from tests.content import incident_facts
from tests.content.observed import Observed, Value

SERVICE_PREFIXES = ("+4620", "+46771")


def _numbers(seen: Observed, prefixes: str, time: str) -> Value:
    numbers = seen.plan.of_kind(Kind.NUMBER, Kind.NUMBER_RANGE)
    return seen.highest((i for i, c in numbers.items() if has_prefix(c, prefixes.split())), seconds(time))


def _everything(seen: Observed, time: str) -> Value:
    t_s = seconds(time)
    struck = [
        i
        for number, event in enumerate(seen.scenario.events)
        if event.effect.level is not None and event.at <= t_s and (event.end is None or t_s < event.end)
        for i in seen.struck(number)
    ]
    return seen.highest(struck, t_s)


def _platforms(seen: Observed) -> Value:
    return len(seen.platforms())


def _ordinary(seen: Observed, time: str) -> Value:
    lineage = Lineage(seen.plan)
    resting = lineage.carried_by(seen.platforms())
    ordinary = [
        i
        for i, c in seen.plan.of_kind(Kind.NUMBER).items()
        if i in resting and not has_prefix(c, SERVICE_PREFIXES)
    ]
    return seen.highest(ordinary, seconds(time))


def _moved(seen: Observed) -> Value:
    struck = seen.platforms()
    operators = {seen.plan.components[i].operator for i in struck}
    end = seen.scenario.events[0].end
    others = {
        i
        for i, c in seen.plan.of_kind(Kind.PLATFORM).items()
        if c.operator in operators and i not in struck and "service-number-platform" in c.tags
    }
    moves = {f: fallback for f, fallback in seen.plan.fallbacks.items() if others & set(fallback.via)}
    return any(
        state == FallbackState.ACTIVE
        and end is not None
        and t < end
        and seen.run.level_at(move.protects, t) > 0
        for f, move in moves.items()
        for t, state in seen.run.fallbacks[f]
    )


def _length(seen: Observed) -> Value:
    event = seen.scenario.events[0]
    assert event.end is not None
    return duration_text(event.end - event.at)


def _end(seen: Observed) -> Value:
    end = seen.scenario.events[0].end
    assert end is not None
    return seen.clock(end)


def _start(seen: Observed) -> Value:
    return seen.clock(seen.scenario.events[0].at)


def _last_end(seen: Observed) -> Value:
    return seen.clock(max(e.end for e in seen.scenario.events if e.end is not None))


def _time_of_day(seen: Observed, time: str) -> Value:
    return seen.clock(seconds(time))


def _own(seen: Observed, number: str, time: str) -> Value:
    """The own state that the scenario's events give to what one of them strikes: what happened, before any fallback."""
    t_s = seconds(time)
    lineage = Lineage(seen.plan)
    happened = happenings(compile_plan(seen.plan), seen.plan, seen.scenario)
    struck = selected(seen.scenario.events[int(number) - 1].select, lineage)
    return max(float(happened.own(t_s)[happened.system.index[i]]) for i in struck)


def _own_quality(seen: Observed, number: str, time: str) -> Value:
    """The own quality that the scenario's events give to what one of them strikes."""
    happened = happenings(compile_plan(seen.plan), seen.plan, seen.scenario)
    quality = happened.quality(seconds(time))
    return max(float(quality[happened.system.index[i]]) for i in seen.struck(int(number) - 1))


def _lowest_struck(seen: Observed, number: str) -> Value:
    return min(seen.lowest(i) for i in seen.struck(int(number) - 1))


def _own_below_half(seen: Observed, time: str) -> Value:
    own = _own(seen, "1", time)
    return isinstance(own, float) and own < 0.5


def _longer(seen: Observed, time: str) -> Value:
    event = seen.scenario.events[0]
    return event.end is None or event.end - event.at > seconds(time)


def _last_after(seen: Observed, time: str) -> Value:
    return max(e.end for e in seen.scenario.events if e.end is not None) > seconds(time)


def _alike(seen: Observed) -> Value:
    first = seen.struck(0)
    return sum(seen.struck(number) == first for number in range(len(seen.scenario.events)))


def _asked_detection(seen: Observed) -> Value:
    after = seen.scenario.events[0].detected_after
    return "" if after is None else duration_text(after)


def _date(seen: Observed) -> Value:
    return seen.scenario.date


def _unseen(seen: Observed) -> Value:
    return all(
        e.silent
        for e in seen.scenario.events
        if e.effect.level is not None or e.effect.ramp or e.effect.quality is not None
    )


def _frozen(seen: Observed, time: str) -> Value:
    t_s = seconds(time)
    return any(
        e.effect.freeze and e.at <= t_s and (e.end is None or t_s < e.end) and seen.struck(number)
        for number, e in enumerate(seen.scenario.events)
    )


MEASURES: tuple[tuple[str, Callable[..., Value]], ...] = (
    (r"level of numbers ((?:\+\d+ )+)at (\w+)", _numbers),
    (r"level of everything struck at (\w+)", _everything),
    (r"platforms struck", _platforms),
    (r"ordinary numbers on the platform at (\w+)", _ordinary),
    (r"operator move restores the vital number before the end", _moved),
    (r"length of the first event", _length),
    (r"time of day at the start", _start),
    (r"time of day at the end", _end),
    (r"time of day at the last end", _last_end),
    (r"time of day at (\w+)", _time_of_day),
    (r"own level of what event (\d+) strikes at (\w+)", _own),
    (r"own quality of what event (\d+) strikes at (\w+)", _own_quality),
    (r"lowest level of what event (\d+) strikes", _lowest_struck),
    (r"highest own level of what is struck at (\w+) is below half", _own_below_half),
    (r"the first event lasts longer than (\w+)", _longer),
    (r"the last event ends after (\w+)", _last_after),
    (r"events that strike the same", _alike),
    (r"detection that the first event asks for", _asked_detection),
    (r"date", _date),
    (r"unseen by monitoring", _unseen),
    (r"something is frozen at (\w+)", _frozen),
    *incident_facts.MEASURES,
)


def measured(measure: str, seen: Observed) -> Value:
    """The value of a measure in a run. An unknown measure is an error of the fact."""
    for pattern, function in MEASURES:
        if match := re.fullmatch(pattern, measure):
            return function(seen, *match.groups())
    raise AssertionError(f"scenarios/README.md lists no measure {measure!r}")
