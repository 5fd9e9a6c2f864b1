"""The reference's events: what they do to own states, demand and frozen components at any time."""

from __future__ import annotations

from bcp.model.component import Component
from bcp.model.plan import Plan
from bcp.model.scenario import Event, Scenario, Selector

CLOCK = 1e-9
"""Seconds within which two instants are one."""

STEPS = 20


class Happenings:
    """A scenario's events on a plan."""

    def __init__(self, plan: Plan, scenario: Scenario) -> None:
        self.events = scenario.events
        self.struck = [
            {i for i, component in plan.components.items() if is_selected(event.select, i, component)}
            for event in scenario.events
        ]

    def own_state(self, i: str, t: float) -> float:
        """By 'Own state o_i ∈ [0,1] is 1 unless events lower it (several at once: the lowest counts)'."""
        return min(self.own_values(i, t).values(), default=1.0)

    def own_values(self, i: str, t: float) -> dict[int, float]:
        """The own state that each event on i gives it at t."""
        numbers = [
            e
            for e, event in enumerate(self.events)
            if i in self.struck[e] and lowers(event) and is_active(event, t)
        ]
        return {e: self.value(e, i, t) for e in numbers}

    def value(self, e: int, i: str, t: float) -> float:
        """The own state that an event of level or ramp gives component i at t.

        'A ramp from its value at the start to `to` is 20 equal steps, step k = 0…19 at the value of its
        middle, from + (to − from)(k + ½)/20.' After them it is `to`.
        """
        event = self.events[e]
        ramp = event.effect.ramp
        if ramp is None:
            assert event.effect.level is not None
            return event.effect.level
        k = sum(t >= boundary - CLOCK for boundary in ramp_boundaries(event)) - 1
        if k == STEPS:
            return ramp.to
        start = self.ramp_start(e, i)
        return start + (ramp.to - start) * (k + 0.5) / STEPS

    def ramp_start(self, e: int, i: str) -> float:
        """The own state of component i when a ramp starts, from the other events active then.

        Of those that start with it the ones earlier in the file count.
        """
        at = self.events[e].at
        earlier = [
            other
            for other, event in enumerate(self.events)
            if i in self.struck[other]
            and lowers(event)
            and is_active(event, at)
            and (event.at, other) < (at, e)
        ]
        return min((self.value(other, i, at) for other in earlier), default=1.0)

    def is_frozen(self, i: str, t: float) -> bool:
        """By '{freeze: true} (nothing can be changed there)'."""
        return any(
            event.effect.freeze and i in self.struck[e] and is_active(event, t)
            for e, event in enumerate(self.events)
        )

    def own_qualities(self, i: str, t: float) -> dict[int, float]:
        """The own quality that each event on i gives it at t."""
        return {
            e: event.effect.quality
            for e, event in enumerate(self.events)
            if event.effect.quality is not None and i in self.struck[e] and is_active(event, t)
        }

    def surge(self, i: str, t: float) -> float:
        """How many times its normal demand an activity has: the largest of several."""
        found = [
            event.effect.surge
            for e, event in enumerate(self.events)
            if event.effect.surge is not None and i in self.struck[e] and is_active(event, t)
        ]
        return max(found, default=1.0)

    def changes(self) -> list[float]:
        """When an event begins, takes a step of its ramp or ends."""
        times: list[float] = []
        for event in self.events:
            times.append(event.at)
            times += [at for at in ramp_boundaries(event) if event.end is None or at < event.end]
            if event.end is not None:
                times.append(event.end)
        return times


def is_selected(select: Selector, i: str, component: Component) -> bool:
    """Selection by id and kind, which is all that the tests use."""
    return (not select.id or i in select.id) and (not select.kind or component.kind in select.kind)


def lowers(event: Event) -> bool:
    """True where an event has to do with own states."""
    return event.effect.level is not None or event.effect.ramp is not None


def is_active(event: Event, t: float) -> bool:
    """An event holds from `at` until its end, at which it no longer does."""
    return event.at <= t + CLOCK and (event.end is None or t < event.end - CLOCK)


def ramp_boundaries(event: Event) -> list[float]:
    """The start of each of a ramp's 20 steps, and the end of the last."""
    ramp = event.effect.ramp
    return [] if ramp is None else [event.at + ramp.over * k / STEPS for k in range(STEPS + 1)]
