"""From a plan's levels to its failure logic: which joint failures leave a component with too little.

Exact for every mode of requirement. A level below a threshold is an equation between levels below
thresholds of what the component rests on; a level that can only take certain values is asked for the
lowest of them that is enough, so that equal questions become one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from functools import partial

from bcp.engine.failure.attainable import BINARY, Attainable
from bcp.engine.failure.equations import Equations
from bcp.engine.failure.gates import ALWAYS, NEVER
from bcp.engine.failure.logic import Logic
from bcp.engine.failure.ring_cases import RingCases
from bcp.engine.failure.weighted import Levels, Term, stairs, total_below
from bcp.engine.levels.compile import Bypass, System
from bcp.engine.levels.requirements import Bools, Mode
from bcp.engine.levels.standing import HALF
from bcp.engine.levels.tolerance import LEVEL, ZERO
from bcp.engine.levels.wiring import Wiring, wiring
from bcp.errors import BcpError
from bcp.model.plan import Plan
from bcp.saying import said

_UNASKED = -3
"""Stands for the node of a question that nobody has asked yet."""

_DIGITS = 12
"""Thresholds of levels that are left open count as equal when they agree to so many decimals."""


def plan_logic(plan: Plan, system: System, targets: Iterable[str], *, with_fallbacks: bool = False) -> Logic:
    """The failure logic of some of a plan's components against their MBCO (1 for what is no activity)."""
    wanted = {t: plan.components[t].analysis.mbco for t in sorted(targets)}
    virtual = {i for i, component in plan.components.items() if component.virtual}
    return failure_logic(system, wanted, with_fallbacks=with_fallbacks, virtual=virtual)


def failure_logic(
    system: System,
    wanted: Mapping[str, float],
    *,
    with_fallbacks: bool = False,
    virtual: Collection[str] = (),
) -> Logic:
    """When each component of `wanted` delivers less than its level there (0–1), in the steady state.

    The variables are the failures of single components, which are up or down by themselves (DESIGN,
    section 5); `virtual` ones never fail, and for each top neither does the component itself. With
    fallbacks every fallback carries load whose needs serve. Raises BcpError where the plan's shares
    or rings lead to more different levels or gates than can be told apart.
    """
    asked = _Thresholds(wiring(system, with_fallbacks=with_fallbacks), frozenset(virtual))
    tops = {t: asked.top(system.index[t], wanted[t] - LEVEL) for t in sorted(wanted)}
    asked.state_all()
    gates, value = asked.equations.solved()
    found = {}
    for name, node in tops.items():
        i = system.index[name]
        found[name] = gates.without(value[node], i) if asked.counts_itself(i) else value[node]
    return gates.logic(system.ids, found)


class _Thresholds:
    """The equations for levels below thresholds, stated as they are asked for."""

    def __init__(self, wires: Wiring, virtual: frozenset[str]) -> None:
        self.equations = Equations(wires.n, lambda i: wires.system.ids[i])
        self._wires = wires
        self._possible = Attainable(wires)
        self._own = [NEVER if name in virtual else i for i, name in enumerate(wires.system.ids)]
        self._down = [_UNASKED] * wires.n
        self._nodes: dict[tuple[int, float], int] = {}
        self._waiting: list[tuple[int, int, float]] = []

    def counts_itself(self, component: int) -> bool:
        """True where the component's own failure is in its top: in a ring, and where it was worked out case by case."""
        return self._wires.in_ring[component] or component in self._possible.cases

    def top(self, component: int, threshold: float) -> int:
        """The node for: it delivers less than the threshold although it has not failed itself."""
        if self.counts_itself(component):
            return self.below(component, threshold)
        edge = self._edge(component, threshold)
        return edge if isinstance(edge, int) else self._stated(component, edge[1], NEVER)

    def below(self, component: int, threshold: float) -> int:
        """The node for: it delivers less than the threshold."""
        if self._possible.levels[component] is BINARY and 0 < threshold <= 1:
            if self._down[component] == _UNASKED:
                self._down[component] = self.equations.reserved(component)
                self._waiting.append((self._down[component], component, 1.0))
            return self._down[component]
        edge = self._edge(component, threshold)
        if isinstance(edge, int):
            return edge
        key = (component, edge[0])
        node = self._nodes.get(key)
        if node is None:
            node = self._nodes[key] = self.equations.reserved(component)
            self._waiting.append((node, component, edge[1]))
        return node

    def state_all(self) -> None:
        """State the equations that have been asked for, and those that these ask for."""
        while self._waiting:
            node, component, threshold = self._waiting.pop()
            if self._is_plain(component):
                parts = self._primary_parts(component, threshold)
                self.equations.state(node, 1, (self._own[component], *parts))
            else:
                solution = self._stated(component, threshold, self._own[component])
                self.equations.state(node, 1, (solution,))

    def _edge(self, component: int, threshold: float) -> int | tuple[float, float]:
        """A constant, or what tells the threshold from other ones, and the threshold to go on with.

        Between two levels that follow each other all thresholds say the same; the one in the middle
        leaves most room for rounding.
        """
        levels = self._possible.levels[component]
        if levels is None:
            if threshold <= ZERO:
                return NEVER
            return ALWAYS if threshold > 1.0 + ZERO else (round(threshold, _DIGITS), threshold)
        k = bisect_left(levels, threshold)
        if k == 0:
            return NEVER
        return ALWAYS if k == len(levels) else (k, (levels[k - 1] + levels[k]) / 2)

    def _is_plain(self, component: int) -> bool:
        return component not in self._possible.cases and component not in self._wires.carriers

    def _stated(self, component: int, threshold: float, own: int) -> int:
        cases = self._possible.cases.get(component)
        if cases is not None:
            return self._by_cases(cases, component, threshold)
        carriers = self._wires.carriers.get(component)
        if not carriers:
            return self._primary_below(component, own, threshold)
        terms = [Term(1.0, self._possible.primary(component), partial(self._primary_below, component, own))]
        terms += [self._carrier_term(component, bypass) for bypass in carriers]
        return self._total(terms, threshold, component)

    def _primary_below(self, component: int, own: int, threshold: float) -> int:
        """The node for: the component without fallbacks delivers less than the threshold."""
        if threshold <= 0:
            return NEVER
        return self.equations.any_of([own, *self._primary_parts(component, threshold)], component)

    def _primary_parts(self, component: int, threshold: float) -> list[int]:
        """The nodes for its requirements' values being below a threshold above 0."""
        return [self._row_below(row, component, threshold) for row in self._wires.rows(component)]

    def _row_below(self, row: int, component: int, threshold: float) -> int:
        wires = self._wires
        match wires.mode[row]:
            case Mode.NEEDS:
                m = wires.first[row]
                impact = wires.weight[m]
                if impact <= 0:
                    return ALWAYS if threshold > 1.0 + ZERO else NEVER
                asked = threshold if impact >= 1 else 1.0 - (1.0 - threshold) / impact
                return self.below(wires.member[m], asked)
            case Mode.QUORUM:
                members = wires.member[wires.first[row] : wires.first[row + 1]]
                failed = [self.below(j, threshold) for j in members]
                return self.equations.at_least(len(failed) - wires.quorum[row] + 1, failed, component)
            case _:
                return self._pool_below(row, component, threshold)

    def _pool_below(self, row: int, component: int, threshold: float) -> int:
        possible, pool = self._possible.levels, self._wires.terms(row)
        if threshold <= 1 and all(w >= 1 and possible[j] is BINARY for w, j in pool):
            return self.equations.at_least(len(pool), [self.below(j, 1.0) for _, j in pool], component)
        terms = [Term(w, possible[j], partial(self.below, j)) for w, j in pool]
        return self._total(terms, threshold, component)

    def _carrier_term(self, component: int, bypass: Bypass) -> Term:
        def below(threshold: float) -> int:
            if threshold <= 0:
                return NEVER
            if threshold > 1.0 + ZERO:
                return ALWAYS
            idle = [self.below(j, HALF - LEVEL) for j in bypass.needs.tolist()]
            low = [self.below(j, threshold) for j in bypass.via.tolist()]
            return self.equations.any_of([*idle, *low], component)

        return Term(bypass.capacity, self._possible.carried(bypass.via.tolist()), below)

    def _total(self, terms: list[Term], threshold: float, component: int) -> int:
        return total_below(terms, min(threshold, 1.0), self.equations, component, self._refusal(component))

    def _refusal(self, component: int) -> BcpError:
        return BcpError(
            said(
                "the levels of {name} come from too many different shares to be told apart.",
                name=self._wires.system.ids[component],
            ),
            said("Round the capacities, splits and impacts beneath it to fewer different figures."),
        )

    def _by_cases(self, cases: RingCases, component: int, threshold: float) -> int:
        """The node for a member of a ring that was worked out case by case: a decision an input."""
        known: dict[tuple[int, bytes], int] = {}

        def decided(axis: int, fails: Bools) -> int:
            if not fails.any():
                return NEVER
            if fails.all():
                return ALWAYS
            key = (axis, fails.tobytes())
            if key not in known:
                i, levels = cases.inputs[axis]
                steps = [
                    (self._input_below(cases, i, levels, k), decided(axis + 1, fails[k]))
                    for k in range(len(levels))
                ]
                known[key] = stairs(steps, self.equations, component)
            return known[key]

        return decided(0, cases.fails(component, threshold))

    def _input_below(self, cases: RingCases, i: int, levels: Levels, k: int) -> int:
        if k == 0:
            return NEVER
        return self._own[i] if i in cases.members else self.below(i, (levels[k - 1] + levels[k]) / 2)
