"""How levels and states went, without what that means for people: all that a verdict on a fallback is read from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

from bcp.engine.levels.compile import System
from bcp.engine.run.timeline import simulate
from bcp.model.plan import Plan
from bcp.model.run import FallbackState, Run, at
from bcp.model.scenario import Effect, Event, Scenario, Selector


@dataclass(frozen=True, slots=True)
class Course:
    """What verdicts are read from: the levels and states of a run, without what it means for people."""

    levels: Mapping[str, Sequence[tuple[float, float]]]
    states: Mapping[str, Sequence[tuple[float, FallbackState]]]
    blocked: Mapping[str, tuple[str, ...]]
    horizon_s: float

    @classmethod
    def of_run(cls, happened: Run) -> Course:
        """What a run says of it."""
        return cls(happened.levels, happened.fallbacks, happened.blocked, happened.horizon_s)

    @classmethod
    def of_failure(cls, plan: Plan, component: str, system: System) -> Course:
        """What follows when this component alone fails, for good, and monitoring sees it."""
        event = Event(at=0, select=Selector(id=(component,)), effect=Effect(level=0.0))
        failure = Scenario(id="plain-failure", title={"en": "Plain failure"}, horizon="30d", events=(event,))
        went = simulate(plan, failure, system=system, causes=False)
        return cls(went.levels, went.states, went.blocked, went.horizon)

    def level_at(self, component: str, t: float) -> float:
        """Delivered level of a component at scenario time t (seconds)."""
        return at(tuple(self.levels[component]), t)

    def first(self, fallback: str, *states: FallbackState) -> float:
        """When a fallback first stood in one of the states; infinity: never."""
        return next((t for t, state in self.states[fallback] if state in states), inf)
