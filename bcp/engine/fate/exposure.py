"""What would be lost if all of one operator or area, or one platform, were down at once for a while.

For a group G of components and a length T: every component of G has own state 0 from scenario time 0
to T, monitoring sees it, and nothing else happens. Lost is ∑ ∫ demand · (1 − x) dt over the activities,
from 0 to T, as a share of ∑ demand · T. Surge and what lasts beyond T are left out, so that the figure
tells what rests on G and what the fallbacks save, not how long something takes to start again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bcp.engine.levels.compile import System, compile_plan
from bcp.engine.levels.selectors import Lineage, selected
from bcp.engine.levels.tolerance import LEVEL
from bcp.engine.run.metrics import shortfall
from bcp.engine.run.timeline import simulate
from bcp.model.component import Kind
from bcp.model.duration import DAY
from bcp.model.overview import Exposure, ExposureBy
from bcp.model.plan import Plan
from bcp.model.scenario import Effect, Event, Scenario, Selector

Group = tuple[ExposureBy, str, tuple[str, ...]]
"""By what, its name, and the components that go down together, sorted."""


def groups(plan: Plan, by: ExposureBy) -> tuple[Group, ...]:
    """The groups of a plan, by name: operators, areas with each path above them, or platforms.

    An operator's component counts to it, and a platform is one component, support systems among them.
    """
    lineage = Lineage(plan)
    match by:
        case ExposureBy.OPERATOR:
            own = {i for i, c in plan.components.items() if c.kind is Kind.OPERATOR}
            names = {c.operator for c in plan.components.values()} - {""} | own
            return tuple((by, n, selected(Selector(operator=(n,)), lineage)) for n in sorted(names))
        case ExposureBy.AREA:
            names = {path for c in plan.components.values() for path in _paths(c.area)}
            return tuple((by, n, selected(Selector(area=(n,)), lineage)) for n in sorted(names))
        case ExposureBy.PLATFORM:
            found = plan.of_kind(Kind.PLATFORM, Kind.SUPPORT_SYSTEM)
            return tuple((by, i, (i,)) for i in sorted(found))


def _paths(area: str) -> Iterator[str]:
    """An area's path and those of everything that it lies in: SE/S/1784, SE/S, SE."""
    parts = [part for part in area.split("/") if part]
    for length in range(len(parts), 0, -1):
        yield "/".join(parts[:length])


def each_exposure(plan: Plan, by: ExposureBy, *, lasts: float = DAY) -> Iterator[Exposure]:
    """Every group's exposure to an outage of `lasts` seconds, by name, each as it is computed.

    Raises BcpError where the plan cannot be run.
    """
    exposure_of = _Exposer(plan, lasts)
    for group in groups(plan, by):
        yield exposure_of(group)


def ranked(found: Iterable[Exposure]) -> tuple[Exposure, ...]:
    """The most lost first; where that is the same, what would be lost without fallbacks, then by name."""
    return tuple(sorted(found, key=lambda e: (-e.lost, -e.lost_bare, e.name)))


@dataclass
class _Exposer:
    """Runs plain failures of groups on a plan, with and without its fallbacks."""

    plan: Plan
    lasts: float

    def __post_init__(self) -> None:
        self._bare = Plan.model_validate(
            {name: getattr(self.plan, name) for name in Plan.model_fields} | {"fallbacks": {}}
        )
        self._systems = {True: compile_plan(self.plan), False: compile_plan(self._bare)}

    def __call__(self, group: Group) -> Exposure:
        by, name, components = group
        steps = self._levels(components, with_fallbacks=True)
        bare = self._levels(components, with_fallbacks=False)
        below = [
            i
            for i, levels in steps.items()
            if min(x for _, x in levels) < self.plan.components[i].analysis.mbco - LEVEL
        ]
        return Exposure(
            by=by,
            name=name,
            components=len(components),
            lost=self._share(steps),
            lost_bare=self._share(bare),
            activities=tuple(sorted(below)),
        )

    def _levels(
        self, components: tuple[str, ...], *, with_fallbacks: bool
    ) -> Mapping[str, Sequence[tuple[float, float]]]:
        event = Event(at=0, select=Selector(id=components), effect=Effect(level=0.0))
        failure = Scenario(id="plain-failure", title={"en": "Plain failure"}, events=(event,))
        failure = failure.model_copy(update={"horizon": self.lasts})
        plan = self.plan if with_fallbacks else self._bare
        system: System = self._systems[with_fallbacks]
        went = simulate(plan, failure, system=system, causes=False)
        return {i: went.levels[i] for i in self.plan.activities}

    def _share(self, levels: Mapping[str, Sequence[tuple[float, float]]]) -> float:
        demand = {i: c.analysis.demand for i, c in self.plan.activities.items()}
        if not any(demand.values()):
            demand = dict.fromkeys(demand, 1.0)
        whole = sum(demand.values()) * self.lasts
        lost = sum(demand[i] * shortfall(levels[i], self.lasts) for i in levels)
        return min(1.0, max(0.0, lost / whole)) if whole else 0.0
