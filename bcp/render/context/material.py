"""What a document is made from, in one value, and the names and lines of descent all its parts use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bcp.engine.levels.selectors import Lineage
from bcp.engine.people.control_path import control_paths
from bcp.engine.people.reachability import reachability, reachability_at
from bcp.model.assessment import Assessment
from bcp.model.component import Kind
from bcp.model.control_path import ControlPath
from bcp.model.plan import Plan
from bcp.model.reachability import Reachability
from bcp.model.route import RoutingPlan
from bcp.model.run import Run
from bcp.model.scenario import Scenario
from bcp.render.context.facts import ComponentFacts, FallbackFacts
from bcp.render.marks import clean
from bcp.words import Words, words

_LAST = float("inf")


@dataclass(frozen=True)
class Material:
    """A plan, the results that a document shows, and its language."""

    plan: Plan
    run: Run | None
    routes: tuple[RoutingPlan, ...]
    assessment: Assessment
    scenario: Scenario | None
    language: str

    @cached_property
    def words(self) -> Words:
        """The document's language."""
        return words(self.language)

    @cached_property
    def lineage(self) -> Lineage:
        """What rests on what."""
        return Lineage(self.plan)

    @cached_property
    def reach(self) -> Reachability:
        """Who can be reached in the run; without one, while everything works."""
        return reachability_at(self.plan, {}) if self.run is None else reachability(self.plan, self.run)

    @cached_property
    def control_paths(self) -> dict[str, ControlPath]:
        """Whether each step of each fallback can be done, by the fallback's id."""
        reach = None if self.run is None else self.reach
        paths = control_paths(self.plan, self.run, reach=reach, lineage=self.lineage)
        return {path.fallback: path for path in paths}

    @cached_property
    def priority(self) -> tuple[str, ...]:
        """The activities, the one with the shortest RTO first; those without a limit last."""

        def key(i: str) -> tuple[float, float, str, str]:
            bia = self.plan.components[i].analysis
            rto = _LAST if bia.rto is None else bia.rto
            mtpd = _LAST if bia.mtpd is None else bia.mtpd
            return rto, mtpd, self.name(i), i

        return tuple(sorted(self.plan.activities, key=key))

    @cached_property
    def activities_on(self) -> dict[str, tuple[str, ...]]:
        """For each component the activities that rest on it, by priority."""
        closure = {a: self.lineage.rests_on([a]) for a in self.priority}
        return {i: tuple(a for a in self.priority if i in closure[a]) for i in self.plan.components}

    @cached_property
    def stopped_by(self) -> dict[str, tuple[str, ...]]:
        """For each component that stops activities alone, those activities by priority."""
        found: dict[str, list[str]] = {}
        for activity in self.priority:
            for key in self.assessment.single_points.get(activity, ()):
                found.setdefault(key, []).append(activity)
        return {key: tuple(activities) for key, activities in found.items()}

    @cached_property
    def components(self) -> dict[str, ComponentFacts]:
        """Components as templates see them, those made so far."""
        return {}

    @cached_property
    def fallbacks(self) -> dict[str, FallbackFacts]:
        """Fallbacks as templates see them, those made so far."""
        return {}

    def name(self, key: str) -> str:
        """The name of a component, fallback or contact as people know it, safe to print."""
        return clean(self.plan.title(key)) or clean(key) or "–"

    def operator(self, operator: str) -> str:
        """The name of an operator, safe to print; empty for none."""
        return clean(self.plan.operator_names.get(operator, operator))

    def names(self, keys: tuple[str, ...] | list[str]) -> tuple[str, ...]:
        """Their names, in the same order."""
        return tuple(self.name(key) for key in keys)

    def way(self, chain: tuple[str, ...]) -> str:
        """A chain of components, from the first down to the last."""
        return " → ".join(self.names(chain))

    def nearest_first(self, component: str) -> tuple[str, ...]:
        """Everything below a component, by the number of steps down to it, then by name."""
        seen, row, order = {component}, [component], []
        while row:
            following = {m for i in row for m in self.lineage.below[i]} - seen
            row = sorted(following, key=lambda i: (self.name(i), i))
            seen |= following
            order += row
        return tuple(order)

    def numbers_of(self, activity: str) -> tuple[str, ...]:
        """The numbers and number ranges that an activity rests on."""
        kinds = (Kind.NUMBER, Kind.NUMBER_RANGE)
        return tuple(i for i in self.nearest_first(activity) if self.plan.components[i].kind in kinds)
