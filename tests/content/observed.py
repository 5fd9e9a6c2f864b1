"""A scenario as it ran on a plan, and what the measures of facts read from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from bcp import usecases
from bcp.engine.levels.selectors import Lineage, selected
from bcp.model.component import Kind
from bcp.model.plan import Plan
from bcp.model.run import Run
from bcp.model.scenario import Scenario

Value = str | float | bool


@dataclass(frozen=True)
class Observed:
    """A scenario as it ran on a plan."""

    plan: Plan
    scenario: Scenario
    run: Run

    def struck(self, number: int) -> tuple[str, ...]:
        """What the scenario's event of that number (from 0) strikes."""
        return selected(self.scenario.events[number].select, Lineage(self.plan))

    def platforms(self) -> tuple[str, ...]:
        """The platforms that the first event strikes."""
        return tuple(i for i in self.struck(0) if self.plan.components[i].kind == Kind.PLATFORM)

    def highest(self, components: Iterable[str], t_s: float) -> float:
        """The highest level among components at scenario time `t_s` (seconds); there must be one."""
        levels = [self.run.level_at(i, t_s) for i in components]
        assert levels, "the fact is about components that the plan does not have"
        return max(levels)

    def lowest(self, component: str) -> float:
        """The lowest level that a component ever has."""
        return min(level for _, level in self.run.levels[component])

    def first_below(self, components: Iterable[str]) -> float:
        """Scenario time in seconds at which one of the components first falls below 1; there must be one."""
        return min(t for i in components for t, level in self.run.levels[i] if level < 1)

    @cached_property
    def customers(self) -> dict[str, int]:
        """How many customers each group has."""
        return {i: c.customers for i, c in self.plan.of_kind(Kind.CUSTOMER_GROUP).items()}

    def served(self, t_s: float) -> float:
        """Share of all customers that are served at scenario time `t_s` (seconds)."""
        served = sum(n * self.run.level_at(i, t_s) for i, n in self.customers.items())
        return served / sum(self.customers.values())

    def hit(self, area: str = "") -> int:
        """How many customers were hit, of the groups in an area or below it."""
        return round(sum(a.customers for i, a in self.run.affected.items() if self.within(i, area)))

    def within(self, component: str, area: str) -> bool:
        """True where a component lies in an area or below it."""
        own = self.plan.components[component].area
        return not area or own == area or own.startswith(area + "/")

    def clock(self, t_s: float) -> str:
        """The time of day at scenario time `t_s` (seconds), as 07:00."""
        hours, minutes = self.scenario.clock.split(":")
        total = int(hours) * 60 + int(minutes) + int(t_s // 60)
        return f"{total // 60 % 24:02d}:{total % 60:02d}"

    def falls(self, component: str) -> int:
        """How many times the level of a component falls."""
        return sum(after < before for (_, before), (_, after) in pairwise(self.run.levels[component]))

    def again(self, **settings: str) -> Observed:
        """The same scenario with other parameters on the same plan."""
        scenario = usecases.scenario(self.scenario.id, settings)
        return Observed(self.plan, scenario, usecases.run(self.plan, scenario))

    def with_events(self, scenario: Scenario) -> Observed:
        """Another scenario on the same plan."""
        return Observed(self.plan, scenario, usecases.run(self.plan, scenario))


def observed(organisation: str, scenario_id: str) -> Observed:
    """A library scenario with its default parameters as it runs on an example organisation."""
    plan = usecases.open_plan(f"example:{organisation}").plan
    scenario = usecases.scenario(scenario_id)
    return Observed(plan, scenario, usecases.run(plan, scenario))
