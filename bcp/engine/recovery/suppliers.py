"""What each supplier owes, what its contract promises, and the clauses to seek."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, inf

from bcp.engine.fate.claims import operator_of
from bcp.engine.run.metrics import stepped
from bcp.model.component import Kind
from bcp.model.contract import Ask, Clause, SupplierDemand
from bcp.model.plan import Plan
from bcp.model.recovery import Demand, Standing

_WEEKEND = 64 * 3600.0
"""Seconds from Friday 17:00 to Monday 9:00: an RTO below this does not wait for office hours."""

_WORKING_DAY = 8 * 3600.0

_MONEY = ("economy", "financial")

_WORST_FIRST = (Standing.TOO_SLOW, Standing.UNKNOWN, Standing.KEPT, Standing.NOT_ASKED)


def supplier_demands(plan: Plan, found: Sequence[Demand]) -> tuple[SupplierDemand, ...]:
    """What is asked of every supplier and operator, by name: those of which some activity asks anything.

    A component is its operator's; what is an operator or supplier itself is its own. The clauses are
    those that the plan's figures speak for and its contracts do not promise yet.
    """
    groups: dict[str, list[Demand]] = {}
    for demand in found:
        supplier = supplier_of(plan, demand.component)
        if supplier and demand.within_s is not None:
            groups.setdefault(supplier, []).append(demand)
    return tuple(_supplier(plan, supplier, groups[supplier]) for supplier in sorted(groups))


def supplier_of(plan: Plan, component: str) -> str:
    """Who delivers a component from outside; empty where nobody is named."""
    found = operator_of(plan, component)
    return component if not found and plan.components[component].kind == Kind.SUPPLIER else found


def _strictness(demand: Demand) -> tuple[bool, float, str]:
    within = inf if demand.within_s is None else demand.within_s
    return bool(demand.together_with), within, demand.component


def _slowness(demand: Demand) -> tuple[bool, int, float, str]:
    """What is needed alone first, then what is too slow, by most, then what is unknown."""
    rank = _WORST_FIRST.index(demand.standing)
    return bool(demand.together_with), rank, -(demand.gap_s or 0.0), demand.component


def _supplier(plan: Plan, supplier: str, asked: list[Demand]) -> SupplierDemand:
    slowest = min(asked, key=_slowness)
    needed = [d for d in asked if not d.together_with]
    contracts = {plan.components[d.component].contract for d in asked} - {""}
    return SupplierDemand(
        supplier=supplier,
        components=tuple(d.component for d in sorted(asked, key=lambda d: d.component)),
        strictest=min(asked, key=_strictness),
        slowest=slowest,
        contracts=tuple(sorted(contracts)),
        unpromised=tuple(sorted(d.component for d in needed if d.contract_s is None)),
        standing=slowest.standing,
        clauses=tuple(_Negotiation(plan, asked, needed).clauses()),
    )


@dataclass(frozen=True, slots=True)
class _Negotiation:
    """What one supplier delivers: all that is asked of it, and what of that is needed alone."""

    plan: Plan
    asked: list[Demand]
    needed: list[Demand]

    def clauses(self) -> Iterator[Clause]:
        """The clauses to seek, the one about time first."""
        if self.needed:
            first = min(self.needed, key=_strictness)
            promised = all(d.contract_s is not None and _within(d, d.contract_s) for d in self.needed)
            if not promised:
                yield from self._times()
                yield from self._hours(first)
                yield from self._level()
                yield from self._priority(first)
            yield self._maintenance(first)
            yield from self._penalty()
        yield from self._routes()
        yield from self._test()

    def _times(self) -> Iterator[Clause]:
        """One clause for each time to restore: the demands that leave the same time stand together."""
        groups: dict[tuple[float, str, float | None], list[Demand]] = {}
        for d in self.needed:
            if d.within_s is not None and not (d.contract_s is not None and _within(d, d.contract_s)):
                detection = self._detection(d.component)
                bridged = d.bridged_within_s
                relaxed = None if not d.bridged_by or bridged is None else bridged - detection
                groups.setdefault((d.within_s - detection, d.activity, relaxed), []).append(d)
        for (left, activity, relaxed), group in sorted(groups.items(), key=lambda item: item[0][:2]):
            yield Clause(
                ask=Ask.RESTORATION if left > 0 else Ask.SECOND_WAY,
                components=tuple(d.component for d in group),
                activity=activity,
                within_s=max(0.0, left),
                limit_s=group[0].rto_s,
                bridged_s=relaxed,
                fallbacks=tuple(sorted({f for d in group for f in d.bridged_by})),
            )

    def _detection(self, component: str) -> float:
        own = self.plan.components[component].detection
        return self.plan.defaults.detection if own is None else own

    def _hours(self, first: Demand) -> Iterator[Clause]:
        if first.rto_s is not None and first.rto_s < _WEEKEND:
            yield Clause(
                ask=Ask.HOURS, components=_ids(self.asked), activity=first.activity, limit_s=first.rto_s
            )

    def _level(self) -> Iterator[Clause]:
        level = max(d.needed_level for d in self.needed)
        if level < 1.0:
            yield Clause(ask=Ask.LEVEL, components=_ids(self.needed), level=level)

    def _priority(self, first: Demand) -> Iterator[Clause]:
        if first.mtpd_activity:
            mtpd = self.plan.components[first.mtpd_activity].analysis.mtpd
            yield Clause(
                ask=Ask.PRIORITY, components=_ids(self.needed), activity=first.mtpd_activity, limit_s=mtpd
            )

    def _maintenance(self, first: Demand) -> Clause:
        """As many working days ahead as the slowest fallback for it takes to be made ready."""
        fallbacks = sorted({f for d in self.needed for f in d.bridged_by})
        decision = self.plan.defaults.decision
        takes = [
            (decision if f.decision is None else f.decision) + (f.lead_time or 0.0)
            for f in (self.plan.fallbacks[i] for i in fallbacks)
        ]
        return Clause(
            ask=Ask.MAINTENANCE,
            components=_ids(self.needed),
            activity=first.activity,
            within_s=max(0.0, first.within_s or 0.0),
            days=max(1, ceil(max(takes) / _WORKING_DAY)) if takes else None,
            fallbacks=tuple(fallbacks),
        )

    def _penalty(self) -> Iterator[Clause]:
        """Where a contract allows longer than there is, and the plan says what that costs."""
        late = [d for d in self.needed if d.contract_s is not None and not _within(d, d.contract_s)]
        costs = [
            (stepped(steps, d.contract_s or 0.0), d)
            for d in late
            for category, steps in self.plan.components[d.activity].analysis.impact.items()
            if category in _MONEY
        ]
        if costs and max(cost for cost, _ in costs) > 0:
            amount, worst = max(costs, key=lambda item: (item[0], item[1].component))
            yield Clause(
                ask=Ask.PENALTY, components=(worst.component,), activity=worst.activity,
                within_s=worst.contract_s, amount=amount,
            )  # fmt: skip

    def _routes(self) -> Iterator[Clause]:
        """Where it delivers several things that are redundant to each other."""
        ours = {d.component for d in self.asked}
        pairs = [(d, {d.component, *d.together_with} & ours) for d in self.asked if d.together_with]
        apart = sorted({i for _, pair in pairs if len(pair) > 1 for i in pair})
        if apart:
            first = min((d for d, pair in pairs if len(pair) > 1), key=_strictness)
            yield Clause(ask=Ask.ROUTES, components=tuple(apart), activity=first.activity)

    def _test(self) -> Iterator[Clause]:
        bridged = [d for d in self.needed if d.bridged_by]
        redundant = [d for d in self.asked if d.together_with]
        if bridged:
            names = tuple(sorted({f for d in bridged for f in d.bridged_by}))
            yield Clause(ask=Ask.TEST, components=_ids(bridged), fallbacks=names)
        elif redundant:
            yield Clause(ask=Ask.TEST, components=_ids(redundant))


def _within(demand: Demand, seconds: float) -> bool:
    return demand.within_s is None or seconds <= demand.within_s


def _ids(found: Sequence[Demand]) -> tuple[str, ...]:
    return tuple(sorted(d.component for d in found))
