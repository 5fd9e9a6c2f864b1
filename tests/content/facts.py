"""What a fact of a scenario measures in a run: one function for each measure that scenarios/README.md lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bcp.engine.selectors import Lineage, has_prefix, selected
from bcp.model.component import Kind
from bcp.model.duration import seconds
from bcp.model.plan import Plan
from bcp.model.run import FallbackState, Run
from bcp.model.scenario import Scenario

Value = str | float | bool

SERVICE_PREFIXES = ("+4620", "+46771")


@dataclass(frozen=True)
class Observed:
    """A scenario as it ran on a plan."""

    plan: Plan
    scenario: Scenario
    run: Run

    def struck(self, number: int) -> tuple[str, ...]:
        """What the scenario's event of that number strikes."""
        return selected(self.scenario.events[number].select, Lineage(self.plan))

    def platforms(self) -> tuple[str, ...]:
        """The platforms that the first event strikes."""
        return tuple(i for i in self.struck(0) if self.plan.components[i].kind == Kind.PLATFORM)

    def highest(self, components: Iterable[str], t_s: float) -> float:
        """The highest level among components at scenario time `t_s` (seconds); there must be one."""
        levels = [self.run.level_at(i, t_s) for i in components]
        assert levels, "the fact is about components that the plan does not have"
        return max(levels)


def _numbers(seen: Observed, prefixes: str, time: str) -> Value:
    numbers = seen.plan.of_kind(Kind.NUMBER, Kind.NUMBER_RANGE)
    return seen.highest((i for i, c in numbers.items() if has_prefix(c, prefixes.split())), seconds(time))


def _everything(seen: Observed, time: str) -> Value:
    t_s = seconds(time)
    struck = [
        i
        for number, event in enumerate(seen.scenario.events)
        if event.effect.level is not None and event.at <= t_s
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


def _clock(scenario: Scenario, after_s: float) -> str:
    hours, minutes = scenario.clock.split(":")
    total = int(hours) * 60 + int(minutes) + int(after_s // 60)
    return f"{total // 60 % 24:02d}:{total % 60:02d}"


def _end(seen: Observed) -> Value:
    end = seen.scenario.events[0].end
    assert end is not None
    return _clock(seen.scenario, end)


def _start(seen: Observed) -> Value:
    return _clock(seen.scenario, seen.scenario.events[0].at)


MEASURES: tuple[tuple[str, Callable[..., Value]], ...] = (
    (r"level of numbers ((?:\+\d+ )+)at (\w+)", _numbers),
    (r"level of everything struck at (\w+)", _everything),
    (r"platforms struck", _platforms),
    (r"ordinary numbers on the platform at (\w+)", _ordinary),
    (r"operator move restores the vital number before the end", _moved),
    (r"time of day at the start", _start),
    (r"time of day at the end", _end),
)


def measured(measure: str, seen: Observed) -> Value:
    """The value of a measure in a run. An unknown measure is an error of the fact."""
    for pattern, function in MEASURES:
        if match := re.fullmatch(pattern, measure):
            return function(seen, *match.groups())
    raise AssertionError(f"scenarios/README.md lists no measure {measure!r}")
