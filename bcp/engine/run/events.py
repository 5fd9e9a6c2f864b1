"""A scenario's events as they fall on one plan: own states, own qualities, frozen components and surges over time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bcp.engine.levels.compile import System
from bcp.engine.levels.requirements import Bools, Floats, Ints
from bcp.engine.levels.selectors import Lineage
from bcp.engine.levels.tolerance import SECONDS, ZERO
from bcp.engine.run.striking import struck
from bcp.model.plan import Plan
from bcp.model.scenario import Event, Scenario

RAMP_STEPS = 20
"""A ramp is this many equal steps, each at the value of its middle."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One event with the components it strikes (`on`, shape (m,)) and, for a ramp, their `start` values (m,)."""

    event: Event
    on: Ints
    start: Floats

    @property
    def end(self) -> float:
        """Scenario time in seconds when it ends; infinity where it does not."""
        return float("inf") if self.event.end is None else self.event.end

    def active(self, t: float) -> bool:
        """True from its beginning until just before its end."""
        return self.event.at <= t + SECONDS and t + SECONDS < self.end

    def value(self, t: float) -> Floats | None:
        """Own states it gives to what it strikes, shape (m,) or (1,); None where it does not lower any."""
        effect = self.event.effect
        if effect.level is not None:
            return np.array([effect.level])
        if effect.ramp is None:
            return None
        step = int((t - self.event.at + SECONDS) / (effect.ramp.over / RAMP_STEPS))
        if step >= RAMP_STEPS:
            return np.array([effect.ramp.to])
        return self.start + (effect.ramp.to - self.start) * ((step + 0.5) / RAMP_STEPS)

    def changes(self) -> list[float]:
        """Every time at which what it does changes, in seconds."""
        times = [self.event.at]
        if self.event.effect.ramp is not None:
            over = self.event.effect.ramp.over
            times += [self.event.at + over * k / RAMP_STEPS for k in range(1, RAMP_STEPS + 1)]
        times = [t for t in times if t < self.end - SECONDS]
        return [*times, self.end] if np.isfinite(self.end) else times


@dataclass(frozen=True, slots=True)
class Happenings:
    """All events of a scenario on one system, in the order of the scenario."""

    system: System
    items: tuple[Happening, ...]

    def times(self) -> list[float]:
        """Every time at which an event's effect changes, sorted, each once."""
        return sorted({t for item in self.items for t in item.changes()})

    def own(self, t: float) -> Floats:
        """Own states at scenario time t, shape (n,): the lowest that an active event gives, else 1."""
        own = np.ones(self.system.n)
        for item in self.items:
            value = item.value(t) if item.active(t) else None
            if value is not None:
                own[item.on] = np.minimum(own[item.on], value)
        return own

    @property
    def spoils(self) -> bool:
        """True where an event has to do with quality."""
        return any(item.event.effect.quality is not None for item in self.items)

    def quality(self, t: float) -> Floats:
        """Own qualities at scenario time t, shape (n,): the lowest that an active event gives, else 1."""
        quality = np.ones(self.system.n)
        for item in self.items:
            given = item.event.effect.quality
            if given is not None and item.active(t):
                quality[item.on] = np.minimum(quality[item.on], given)
        return quality

    def frozen(self, t: float) -> Bools:
        """Components where nothing can be changed at scenario time t, shape (n,)."""
        frozen = np.zeros(self.system.n, np.bool_)
        for item in self.items:
            if item.event.effect.freeze and item.active(t):
                frozen[item.on] = True
        return frozen

    def surge(self, component: int, t: float) -> float:
        """How many times its normal demand an activity has: the largest surge that is on, else 1."""
        on = [
            item.event.effect.surge
            for item in self.items
            if item.event.effect.surge is not None and item.active(t) and component in item.on
        ]
        return max(on, default=1.0)

    def lowering(self, component: int, t: float) -> tuple[int, ...]:
        """Numbers of the events that give a component its own state at t, where that is below 1."""
        found: list[tuple[int, float]] = []
        for number, item in enumerate(self.items):
            value = item.value(t) if item.active(t) else None
            if value is None:
                continue
            at = np.flatnonzero(item.on == component)
            if at.size:
                found.append((number, float(value[int(at[0])] if value.size > 1 else value[0])))
        lowest = min((v for _, v in found), default=1.0)
        return tuple(number for number, v in found if v <= lowest + ZERO and lowest < 1.0)

    def spoiling(self, component: int, t: float) -> tuple[int, ...]:
        """Numbers of the events that give a component its own quality at t, where that is below 1."""
        found = [
            (number, item.event.effect.quality)
            for number, item in enumerate(self.items)
            if item.event.effect.quality is not None and item.active(t) and component in item.on
        ]
        lowest = min((quality for _, quality in found), default=1.0)
        return tuple(number for number, quality in found if quality <= lowest + ZERO and lowest < 1.0)


def happenings(system: System, plan: Plan, scenario: Scenario) -> Happenings:
    """The scenario on this plan. Raises SelectorError where a selector matches nothing and that matters.

    A ramp starts from the own state that the events before it (by start, then by place in the file)
    give to the component at that moment.
    """
    lineage = Lineage(plan)
    on = [
        np.array(sorted(system.index[i] for i in struck(event, number, scenario, lineage)), np.intp)
        for number, event in enumerate(scenario.events)
    ]
    items: list[Happening | None] = [None] * len(on)
    earlier: list[Happening] = []
    for number in sorted(range(len(on)), key=lambda k: (scenario.events[k].at, k)):
        event = scenario.events[number]
        own = (
            Happenings(system, tuple(earlier)).own(event.at)
            if event.effect.ramp is not None
            else np.ones(system.n)
        )
        item = Happening(event, on[number], own[on[number]])
        items[number] = item
        earlier.append(item)
    return Happenings(system, tuple(item for item in items if item is not None))
