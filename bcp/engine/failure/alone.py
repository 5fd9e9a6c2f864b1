"""What each single point of failure owes the activities: the level it must keep, and what must start after it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from bcp.engine.levels.compile import System
from bcp.engine.levels.edges import LEAST, Edge, Edges
from bcp.engine.levels.order import rings_and_depths
from bcp.engine.levels.requirements import Bools, Floats, Ints
from bcp.engine.levels.steady import steady
from bcp.engine.levels.tolerance import LEVEL, ZERO

BUDGET = 1_000_000_000
"""Work before demands are no longer made exact; some ten seconds. A level of a steady state is 1 of it."""

_LOOK = 1000
"""Work of a look at one component that is lowered, in the same measure."""

_JUST_BELOW = 1e-7
_PRECISE = 1e-11


@dataclass(frozen=True, slots=True)
class Owed:
    """What one component alone owes one activity: seconds of restarts `after` its return, and the way.

    `way` leads from the activity down to the component where the loss works on several ways at once;
    otherwise `owner` is the next one up.
    """

    after: float
    owner: int
    way: tuple[int, ...] = ()


@dataclass
class Alone:
    """For every component the level below which it alone takes an activity below its MBCO.

    `needed` (n,), 0 where it is not needed alone; `exact` (n,) is False where less may be enough.
    `owed[a][j]` is what j owes activity a (numbers of components).
    """

    needed: Floats
    exact: Bools
    owed: dict[int, dict[int, Owed]]

    def path(self, activity: int, component: int) -> tuple[int, ...]:
        """The way from an activity down to a component that it rests on alone."""
        way: list[int] = []
        here = component
        while here != activity:
            owed = self.owed[activity][here]
            if owed.way:
                return (*owed.way, *reversed(way))
            way.append(here)
            here = owed.owner
        return (activity, *reversed(way))


def alone(
    system: System,
    limits: Mapping[int, float],
    points: Mapping[int, Collection[int]],
    lasting: Floats,
    wanted: Sequence[float],
    *,
    virtual: Collection[int] = (),
    budget: int = BUDGET,
) -> Alone:
    """What every single point of failure owes.

    `limits` are the MBCOs of the activities, `points` their single points of failure (own states 0 or
    1), `lasting` the restarts in seconds (n,), `wanted` the levels that `inherited` hands down (n,).
    What has one owner inverts that owner's requirement; what works on several ways at once is found
    from steady states, as many as the budget allows, those nearest to the activities first. `virtual`
    components cannot fail, but pass on what is asked of them.
    """
    whole = steady(system, np.ones(system.n)).x
    kept = {a: limit for a, limit in limits.items() if limit > LEVEL and whole[a] >= limit - LEVEL}
    search = _Search(system, Edges(system.starting, whole), kept, lasting, wanted, budget)
    search.add(points, virtual)
    search.levels()
    search.debts()
    return Alone(search.needed, search.exact, search.owed)


@dataclass
class _Search:
    system: System
    edges: Edges
    limits: dict[int, float]
    lasting: Floats
    wanted: Sequence[float]
    budget: int
    cones: dict[int, Bools] = field(default_factory=dict)
    points: dict[int, set[int]] = field(default_factory=dict)
    several: dict[int, list[int]] = field(default_factory=dict)
    owed: dict[int, dict[int, Owed]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        from scipy.sparse import csr_array  # noqa: PLC0415 - slow to import, and most pages and commands need none

        n = self.system.n
        self.needed, self.exact = np.zeros(n), np.ones(n, np.bool_)
        table = self.system.starting
        counts = table.weight > 0
        ends = (table.member_owner[counts], table.member[counts])
        self.graph = csr_array((np.ones(len(ends[0]), np.int8), ends), shape=(n, n))
        self.order = _Order.of(n, *ends)

    def add(self, points: Mapping[int, Collection[int]], virtual: Collection[int]) -> None:
        """The points of each activity, virtual ones that would be some too; and which work on several ways."""
        for a in self.limits:
            self.cones[a] = self._cone(a)
            self.points[a] = set(points.get(a, ())) - {a}
        for v in sorted(virtual):
            hit = [a for a in self.limits if a != v and self.cones[a][v]]
            if hit and self._afford():
                x = self._without(v, 0.0)
                for a in hit:
                    if x[a] < self.limits[a] - LEVEL:
                        self.points[a].add(v)
        for j in sorted({j for found in self.points.values() for j in found}):
            owners = {edge.owner for edge in self.edges.above(j)}
            if len(owners) > 1 or j in self.order.rings:
                for a, found in self.points.items():
                    below = j in found and sum(bool(self.cones[a][o]) for o in owners)
                    if below and (below > 1 or j in self.order.rings):
                        self.several.setdefault(j, []).append(a)

    def _cone(self, activity: int) -> Bools:
        """Everything that an activity rests on, to start too, itself included."""
        from scipy.sparse.csgraph import breadth_first_order  # noqa: PLC0415 - slow to import

        seen = np.zeros(self.system.n, np.bool_)
        seen[breadth_first_order(self.graph, activity, return_predecessors=False)] = True
        return seen

    def _afford(self) -> bool:
        self.budget -= self.system.n
        return self.budget >= 0

    def _without(self, component: int, level: float) -> Floats:
        own = np.ones(self.system.n)
        own[component] = level
        return steady(self.system, own).x

    def levels(self) -> None:
        """The needed level of every point, from the activities downwards."""
        for a, limit in self.limits.items():
            self.needed[a] = limit
        for j in sorted({j for found in self.points.values() for j in found}, reverse=True):
            asked = max([float(self.needed[j]), *(self._asked(edge) for edge in self.edges.above(j))])
            if j in self.several:
                asked = self._several(j, asked)
            self.needed[j] = asked

    def _asked(self, edge: Edge) -> float:
        """What one way up alone asks of a member; nothing where it counts only to start."""
        return 0.0 if self.edges.start[edge.row] else self.edges.alone(edge, float(self.needed[edge.owner]))

    def _several(self, j: int, least: float) -> float:
        """The level of a component that works on several ways at once; `least` is what one way alone asks."""
        most = float(self.edges.whole[j])
        if np.all(self.edges.whole >= 1.0 - ZERO):
            most = min(most, max(least, *(self.limits[a] for a in self.several[j])))
        if least >= most - LEVEL:
            return least
        if not self._afford():
            self.exact[j] = False
            return most

        def spare(level: float) -> float:
            self.budget -= self.system.n
            x = self._without(j, level)
            return min(float(x[a]) - limit + LEVEL for a, limit in self.limits.items())

        shared = max(least, self.wanted[j])
        if least < shared < most - LEVEL and spare(shared) >= 0:
            most = shared
        if spare(most - _JUST_BELOW) < 0:
            return most
        if least > 0 and spare(least) >= 0:
            return least
        return _crossing(spare, least, most)

    def debts(self) -> None:
        """What must start after each point before each activity is back, and on which way."""
        for a in self.points:
            self.owed[a] = {}
        for j, asking in sorted(self.several.items(), reverse=True):
            if not self.exact[j] or not self._afford():
                self.exact[j] = False
                continue
            chains = self._chains(j)
            for a in asking:
                if a in chains:
                    self.owed[a][j] = _unwound(chains, a)
        for a, found in self.points.items():
            owed = self.owed[a]
            for j in sorted(found, reverse=True):
                if j not in owed and (debt := self._debt(a, j)) is not None:
                    owed[j] = debt

    def _chains(self, component: int) -> dict[int, _Chain]:
        """The longest chain of restarts from a lost component up to everything that it lowers.

        Only requirements that are then worth less than is wanted of their owner count; to start, those
        worth nothing. Inside a ring the nearest way counts, since each of it starts once.
        """
        lost = self._without(component, 0.0)
        values = self.system.gauge.values(lost) if self.system.starting.count else lost
        lowered = np.flatnonzero(lost < self.edges.whole - ZERO)
        self.budget -= 3 * self.system.n + _LOOK * len(lowered)
        row = lowered[np.argsort(self.order.depth[lowered], kind="stable")].tolist()
        found = {component: _Chain(0.0, -1)}
        for i in row:
            if i not in found and i not in self.order.rings:
                if (chain := self._chain(i, lost, values, found)) is not None:
                    found[i] = chain
            elif i in self.order.rings:
                self._around(sorted(self.order.rings[i]), lost, values, found)
        return found

    def _around(self, ring: list[int], lost: Floats, values: Floats, found: dict[int, _Chain]) -> None:
        while True:
            new = {
                i: c
                for i in ring
                if i not in found and (c := self._chain(i, lost, values, found)) is not None
            }
            if not new:
                return
            found.update(new)

    def _chain(self, owner: int, lost: Floats, values: Floats, found: Mapping[int, _Chain]) -> _Chain | None:
        """When an owner is back, through the last of the members that it misses; None where it misses none."""
        edges, down = self.edges, lost[owner] <= ZERO
        wanted = max(self.wanted[owner], float(self.needed[owner]), LEAST)
        last: _Chain | None = None
        for row in edges.rows(owner):
            start, value = edges.start[row], values[row]
            if (down and value <= ZERO) if start else value < wanted - ZERO:
                for edge in edges.below(row):
                    asked = LEAST if start else max(edges.together(edge, wanted), LEAST)
                    if edge.member not in found or lost[edge.member] >= asked - ZERO / 2:
                        continue
                    after = found[edge.member].after
                    if last is None or (after, -edge.member) > (last.after, -last.member):
                        last = _Chain(after, edge.member)
        if last is None or not down:
            return last
        return _Chain(last.after + float(self.lasting[owner]), last.member)

    def _debt(self, a: int, j: int) -> Owed | None:
        """What a component owes through one owner: that owner's debt and restart, where it goes down."""
        best: Owed | None = None
        for edge in self.edges.above(j):
            above = edge.owner
            if above != a and above not in self.owed[a]:
                continue
            if self._asked(edge) <= 0:
                continue
            further = 0.0 if above == a else self.owed[a][above].after
            after = further + float(self.lasting[above]) if self.edges.takes_down(edge) else 0.0
            if best is None or (after, -above) > (best.after, -best.owner):
                best = Owed(after, above)
        return best


def _crossing(spare: Callable[[float], float], low: float, high: float) -> float:
    """Where a rising function that is below 0 just above `low` and not at `high` crosses 0."""
    below, above = spare(low), spare(high)
    while high - low > _PRECISE:
        guess = (low * above - high * below) / (above - below) if above > below else (low + high) / 2
        if spare(min(high, guess + _PRECISE)) >= 0 > spare(max(low, guess - _PRECISE)):
            return guess
        middle = (low + high) / 2
        value = spare(middle)
        if value >= 0:
            high, above = middle, value
        else:
            low, below = middle, value
    return high


@dataclass(frozen=True, slots=True)
class _Chain:
    """Restarts in seconds from a component's return until another is back, and the member it waits for."""

    after: float
    member: int


def _unwound(chains: Mapping[int, _Chain], activity: int) -> Owed:
    """What the component at the bottom of the chains owes an activity."""
    way = [activity]
    while chains[way[-1]].member >= 0:
        way.append(chains[way[-1]].member)
    return Owed(chains[activity].after, way[-2] if len(way) > 1 else activity, tuple(way))


@dataclass(frozen=True, slots=True)
class _Order:
    """The order in which owners come before what they rest on: `depth` (n,), and the ring of each in one."""

    depth: Ints
    rings: dict[int, frozenset[int]]

    @staticmethod
    def of(n: int, owner: Ints, member: Ints) -> _Order:
        """The order over these edges."""
        ring, in_ring, depth = rings_and_depths(n, owner, member)
        groups: dict[int, list[int]] = {}
        for i in np.flatnonzero(in_ring).tolist():
            groups.setdefault(int(ring[i]), []).append(i)
        whole = {label: frozenset(group) for label, group in groups.items()}
        return _Order(depth, {i: whole[label] for label, group in groups.items() for i in group})

    def last(self, waiting: Collection[int]) -> frozenset[int]:
        """One of the highest of what waits, with the ring that it is in."""
        top = max(waiting, key=lambda i: (self.depth[i], i))
        return self.rings.get(top, frozenset({top}))
