"""RTO and MBCO along the graph: what every component inherits from the activities, and whether it can."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from bcp.engine.failure.alone import Alone, alone
from bcp.engine.levels.compile import System
from bcp.engine.levels.requirements import Floats, Mode
from bcp.engine.levels.steady import steady
from bcp.engine.recovery.inherited import Inherited, Step, inherited
from bcp.engine.run.metrics import activity_result
from bcp.engine.run.plain_failure import plain_failure
from bcp.engine.run.timeline import simulate
from bcp.model.component import Component, Kind
from bcp.model.plan import Plan
from bcp.model.recovery import Demand
from bcp.model.run import FallbackState

RUNS = 2_000_000
"""Components times runs of plain failures before what fallbacks bridge is no longer looked at."""

_NOT_ASKED = frozenset({Kind.ACTIVITY, Kind.CUSTOMER_GROUP})


def demands(
    plan: Plan, system: System, single_points: Mapping[str, Collection[str]], *, fallbacks: bool = True
) -> tuple[Demand, ...]:
    """What the activities ask of every component that is no activity itself, by id.

    `single_points` are those of each activity without fallbacks, own states 0 or 1. A component that
    takes an activity below its MBCO alone owes it its return before the RTO, less the restarts that
    must follow. Any other owes that only together with what it is redundant to. Virtual components
    pass demands on and owe nothing. What `fallbacks` bridge is read from a run in which the component
    fails for good: the strictest ones first, as long as that is affordable.
    """
    found = demand_parts(plan, system, single_points, fallbacks=fallbacks)
    return tuple(sorted(found, key=lambda d: d.component))


def asked(plan: Plan) -> tuple[str, ...]:
    """The components of which something may be asked: what can fail and is no activity, by id."""
    return tuple(i for i, c in sorted(plan.components.items()) if c.kind not in _NOT_ASKED and not c.virtual)


def demand_parts(
    plan: Plan, system: System, single_points: Mapping[str, Collection[str]], *, fallbacks: bool = True
) -> Iterator[Demand]:
    """The same one after the other: first those that take long, the strictest at the head, then the rest."""
    asking = _Asking(plan, system, single_points)
    found = [asking.demand(i) for i in asked(plan)]
    yield from _bridged(found, asking) if fallbacks and plan.fallbacks else found


class _Asking:
    """Everything that the demands are read from, computed once."""

    def __init__(self, plan: Plan, system: System, points: Mapping[str, Collection[str]]) -> None:
        self.plan, self.system = plan, system
        self.lasting: Floats = np.array([plan.components[i].restart for i in system.ids], np.float64)
        mbco = {system.index[i]: c.analysis.mbco for i, c in plan.activities.items()}
        whole = steady(system, np.ones(system.n)).x
        self.rto = inherited(system, whole, mbco, self._limits("rto"), self.lasting)
        self.mtpd = inherited(system, whole, mbco, self._limits("mtpd"), self.lasting)
        self.alone: Alone = alone(
            system,
            mbco,
            {system.index[a]: [system.index[i] for i in points.get(a, ())] for a in sorted(plan.activities)},
            self.lasting,
            self.rto.wanted,
            virtual=[system.index[i] for i, c in plan.components.items() if c.virtual],
        )

    def _limits(self, name: str) -> dict[int, float]:
        """The RTO or MTPD of every activity that has one, in seconds."""
        found = {self.system.index[i]: getattr(c.analysis, name) for i, c in self.plan.activities.items()}
        return {i: limit for i, limit in found.items() if limit is not None}

    def owing(self, component: str) -> dict[str, float]:
        """The activities that a component takes below their MBCO alone, with the restarts that follow it."""
        j = self.system.index[component]
        return {self.system.ids[a]: owed[j].after for a, owed in self.alone.owed.items() if j in owed}

    def demand(self, component: str) -> Demand:
        """What is asked of one component, fallbacks left out."""
        c, j = self.plan.components[component], self.system.index[component]
        found = self._alone(component) if self.owing(component) else self._together(component)
        detection = self.plan.defaults.detection if c.detection is None else c.detection
        return found.model_copy(
            update={
                "needed_level": float(self.alone.needed[j]),
                "exact": bool(self.alone.exact[j]),
                "bridged_within_s": found.within_s,
                **_known(c, detection),
            }
        )

    def _alone(self, component: str) -> Demand:
        after = self.owing(component)
        rto, mtpd = self._strictest(after, "rto"), self._strictest(after, "mtpd")
        activity = rto.activity or mtpd.activity or min(after, default="")
        ids, index = self.system.ids, self.system.index
        way = self.alone.path(index[activity], index[component]) if activity else ()
        return Demand(
            component=component,
            needed_level=0.0,
            activity=activity,
            path=tuple(ids[i] for i in way),
            rto_s=rto.limit,
            after_s=after.get(activity, 0.0),
            within_s=rto.within,
            mtpd_activity=mtpd.activity,
            mtpd_within_s=mtpd.within,
        )

    def _strictest(self, after: Mapping[str, float], name: str) -> _Limit:
        limits = [
            (limit - chain, a, limit)
            for a, chain in after.items()
            if (limit := getattr(self.plan.components[a].analysis, name)) is not None
        ]
        if not limits:
            return _Limit()
        within, activity, limit = min(limits)
        return _Limit(activity, limit, within)

    def _together(self, component: str) -> Demand:
        """What is asked where others are lost too; nothing where no redundancy stands between."""
        j = self.system.index[component]
        way = self.rto.way(j)
        needed = self.alone.needed[j] > 0  # and too much to compute exactly: what is handed down is asked
        others = () if needed else self._redundant_to(way)
        if not (others or needed) or not way or self.rto.within[j] == inf:
            return Demand(component=component, needed_level=0.0)
        ids = self.system.ids
        activity = ids[way[-1].edge.owner]
        limit = self.plan.components[activity].analysis.rto
        by_mtpd = self.mtpd.within[j] < inf
        return Demand(
            component=component,
            needed_level=0.0,
            activity=activity,
            path=(*(ids[s.edge.owner] for s in reversed(way)), component),
            together_with=others,
            rto_s=limit,
            after_s=0.0 if limit is None else limit - self.rto.within[j],
            within_s=self.rto.within[j],
            mtpd_activity=ids[self._end(self.mtpd, j)] if by_mtpd else "",
            mtpd_within_s=self.mtpd.within[j] if by_mtpd else None,
        )

    def _end(self, found: Inherited, component: int) -> int:
        way = found.way(component)
        return way[-1].edge.owner if way else component

    def _redundant_to(self, way: list[Step]) -> tuple[str, ...]:
        """The other members of the first requirement on the way up that has any; to start: its owner."""
        table = self.system.starting
        for step in way:
            edge = step.edge
            if table.start[edge.row]:
                return (self.system.ids[edge.owner],)
            part = slice(table.first[edge.row], table.first[edge.row + 1])
            counts = (table.weight[part] > 0) & (table.mode[edge.row] != Mode.NEEDS)
            others = [int(i) for i in table.member[part][counts] if i != edge.member]
            if others:
                return tuple(sorted(self.system.ids[i] for i in others))
        return ()


@dataclass(frozen=True, slots=True)
class _Limit:
    """The strictest RTO or MTPD over several activities, and what remains of it (seconds)."""

    activity: str = ""
    limit: float | None = None
    within: float | None = None


def _known(component: Component, detection: float) -> dict[str, float | None]:
    """What is known about a component's own return, in seconds from its failure."""
    repair, promised = component.mttr, component.contract_time
    return {
        "restart_s": component.restart,
        "repair_s": None if repair is None else repair + component.restart,
        "contract_s": None if promised is None else detection + promised,
    }


def _bridged(found: Sequence[Demand], asking: _Asking) -> Iterator[Demand]:
    """The demands with what remains of them while fallbacks carry the load, the strictest looked at first."""
    ranked = sorted(
        (k for k, d in enumerate(found) if d.needed_level > 0 and d.within_s is not None),
        key=lambda k: (found[k].within_s or 0.0, found[k].component),
    )
    looked_at = ranked[: RUNS // max(1, asking.system.n)]
    for k in looked_at:
        yield _with_fallbacks(found[k], asking)
    done = set(looked_at)
    yield from (demand for k, demand in enumerate(found) if k not in done)


def _with_fallbacks(demand: Demand, asking: _Asking) -> Demand:
    """A demand after a look at a run in which the component fails for good.

    An activity breaks its RTO when the last disruption that fallbacks allow has lasted that long; the
    component must be back before, with the restarts that follow it.
    """
    plan = asking.plan
    happened = simulate(plan, plain_failure(demand.component), system=asking.system, causes=False)
    carried = tuple(
        f
        for f, states in sorted(happened.states.items())
        if any(state == FallbackState.ACTIVE for _, state in states)
    )
    if not carried:
        return demand
    within = [
        breach - after
        for a, after in asking.owing(demand.component).items()
        if (breach := activity_result(a, plan.components[a], happened).rto_breach_s) is not None
    ]
    remains = min(within, default=None)
    if remains is not None and demand.within_s is not None and remains <= demand.within_s:
        return demand
    return demand.model_copy(update={"bridged_by": carried, "bridged_within_s": remains})
