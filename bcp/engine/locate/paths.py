"""What a call rests on, and with which probability: its exposure to each component, 0 to 1.

A call needs what it goes to and, below that, what the requirements say that count all the time:

- needs: the call goes through the member; where the loss costs only a share, with that share.
- split: through one member, each with its share.
- pool: through one member, each in proportion to its capacity, for nobody says how load is shared.
- quorum k of n: through any k of the n, each choice of them as likely.

Choices are taken as independent. A call that names something on its way met it: its exposures are the
probabilities given that. So it went by that member of a split, or by one that leads there. What is named
but does not lie on any way is needed besides.

The probability that a call meets nothing of a set T is simple: at a component outside T it is the product
over its requirements, and at a split the mean over its members. All else follows by inclusion and exclusion.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from math import comb

import numpy as np

from bcp.engine.levels.order import Groups, groups_members_first
from bcp.engine.levels.requirements import Floats, Ints
from bcp.model.plan import Plan
from bcp.model.requirement import Needs, Pool, Quorum, Requirement, Split

_MOST_AT_ONCE = 12_000_000
"""Numbers held at once while exposures are computed: about 100 MB."""

_MOST_SWEEPS = 60
_MOST_HINTS = 3
_SETTLED = 1e-12
_NEVER = 1e-9


@dataclass(frozen=True, slots=True)
class Route:
    """Where a call goes to, what it met besides, what tells of its way, each some ids one of which it met; its ends."""

    goals: tuple[str, ...]
    met: tuple[str, ...] = ()
    hints: tuple[frozenset[str], ...] = ()
    ways: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """One requirement: members by number with weights that sum to 1; of a quorum, how many are taken."""

    members: tuple[int, ...]
    weights: tuple[float, ...]
    quorum: int = 0


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a call begins, by number, and what it met on its way: sets of numbers one of each of which it met."""

    nodes: tuple[int, ...]
    hints: tuple[frozenset[int], ...]
    plain: tuple[int, ...]


@dataclass
class Paths:
    """The running requirements of a plan; `extra` are names that rest on nothing, such as operators."""

    plan: Plan
    extra: tuple[str, ...] = ()
    ids: tuple[str, ...] = field(init=False)
    index: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.ids = (*sorted(self.plan.components), *self.extra)
        self.index = {name: i for i, name in enumerate(self.ids)}

    def exposures(self, routes: Sequence[Route]) -> tuple[Floats, tuple[int, ...]]:
        """The exposure of each route to each component it may meet: shape (routes, k), and the k numbers.

        Raises KeyError where a route goes to or met a name that is neither a component nor an extra one.
        """
        nodes = self._below({self.index[name] for route in routes for name in (*route.goals, *route.met)})
        starts = self._starts(routes, nodes)
        subsets: dict[frozenset[frozenset[int]], list[int]] = {}
        for r, start in enumerate(starts):
            for size in range(len(start.hints) + 1):
                for chosen in combinations(start.hints, size):
                    subsets.setdefault(frozenset(chosen), []).append(r)
        missed = np.zeros((len(routes), len(nodes) + 1))
        plain = np.ones((len(routes), len(nodes) + 1))
        names = sorted(subsets, key=lambda s: sorted(sorted(hint) for hint in s))
        step, wide = self._chunks(len(nodes), len(names))
        for first in range(0, len(names), step):
            chunk = names[first : first + step]
            for left in range(0, len(nodes) + 1, wide):
                columns = range(left, min(left + wide, len(nodes) + 1))
                free = self._missing(nodes, chunk, columns)
                part = slice(columns.start, columns.stop)
                for u, subset in enumerate(chunk):
                    sign = -1.0 if len(subset) % 2 else 1.0
                    for r in subsets[subset]:
                        missed[r, part] += sign * self._none(starts[r].nodes, nodes, free, u)
                        if not subset:
                            plain[r, part] = self._none(starts[r].plain, nodes, free, u)
        given = missed[:, -1:]
        chance = np.divide(missed, given, out=plain.copy(), where=given > _NEVER)
        return np.clip(1.0 - chance[:, :-1], 0.0, 1.0), tuple(nodes)

    def _none(self, starts: Iterable[int], nodes: Mapping[int, int], free: Floats, u: int) -> Floats:
        """The probability that none of what calls begin with leads to the columns or anything of subset u."""
        found = np.ones(free.shape[2])
        for node in starts:
            found *= free[nodes[node], u]
        return found

    def _chunks(self, n: int, subsets: int) -> tuple[int, int]:
        """How many subsets and columns are computed at once."""
        step = max(1, min(subsets, _MOST_AT_ONCE // max(1, n * min(n + 1, 4096))))
        return step, max(1, min(n + 1, _MOST_AT_ONCE // max(1, n * step)))

    def _starts(self, routes: Sequence[Route], nodes: Mapping[int, int]) -> list[_Start]:
        """What each route begins with, and which of the things it met tell by which way it went."""
        named = {name for route in routes for name in (*route.met, *frozenset[str]().union(*route.hints))}
        wanted = sorted({nodes[i] for name in named if (i := self.index.get(name, -1)) in nodes})
        _, wide = self._chunks(len(nodes), 1)
        free = np.ones((len(nodes), 1, len(wanted)))
        for left in range(0, len(nodes), wide):
            columns = range(left, min(left + wide, len(nodes)))
            inside = [k for k, place in enumerate(wanted) if place in columns]
            if inside:
                found = self._missing(nodes, [frozenset()], columns)
                free[:, :, inside] = found[:, :, [wanted[k] - left for k in inside]]
        place_of = {place: k for k, place in enumerate(wanted)}
        column = {node: place_of[place] for node, place in nodes.items() if place in place_of}
        return [self._start(route, nodes, free, column) for route in routes]

    def _start(
        self, route: Route, nodes: Mapping[int, int], free: Floats, column: Mapping[int, int]
    ) -> _Start:
        goals = tuple(sorted(self.index[name] for name in route.goals))
        met = tuple(sorted({self.index[name] for name in route.met} - set(goals)))
        if not goals:
            return _Start(met, (), met)
        missed = self._none(goals, nodes, free, 0)
        chance = {m: 1.0 - float(missed[column[m]]) for m in met}
        aside = tuple(m for m in met if chance[m] < _NEVER)
        telling = {frozenset({m}): p for m, p in chance.items() if _NEVER <= p <= 1.0 - _NEVER}
        for hint in route.hints:
            inside = frozenset(i for name in hint if (i := self.index.get(name, -1)) in column)
            chances = [1.0 - float(missed[column[node]]) for node in inside]
            if chances and _NEVER <= max(chances) <= 1.0 - _NEVER:
                telling.setdefault(inside, max(chances))
        first = sorted(telling, key=lambda hint: (telling[hint], sorted(hint)))[:_MOST_HINTS]
        return _Start((*goals, *aside), tuple(first), (*goals, *met))

    def _missing(
        self, nodes: Mapping[int, int], subsets: Sequence[frozenset[frozenset[int]]], columns: range
    ) -> Floats:
        """The probability that a call at each node meets neither anything of a subset nor the column's node.

        Shape (nodes, subsets, columns); the column after the last node stands for none.
        """
        free = np.ones((len(nodes), len(subsets), len(columns)))
        struck: dict[int, list[int]] = {}
        for u, subset in enumerate(subsets):
            for node in frozenset[int]().union(*subset):
                struck.setdefault(node, []).append(u)
        for group in self._order:
            inside = [node for node in group if node in nodes]
            for _ in range(_MOST_SWEEPS if len(inside) > 1 else 1):
                change = 0.0
                for node in inside:
                    row = self._row(node, nodes, free)
                    row[struck.get(node, [])] = 0.0
                    if nodes[node] in columns:
                        row[:, nodes[node] - columns.start] = 0.0
                    if len(inside) > 1:
                        change = max(change, float(np.abs(row - free[nodes[node]]).max(initial=0.0)))
                    free[nodes[node]] = row
                if change <= _SETTLED:
                    break
        return free

    def _row(self, node: int, nodes: Mapping[int, int], free: Floats) -> Floats:
        row = np.ones(free.shape[1:])
        for part in self._parts[node]:
            members = [free[nodes[m]] for m in part.members]
            if part.quorum:
                row *= _any_of(members, part.quorum)
                continue
            value = np.full(free.shape[1:], 1.0 - sum(part.weights))
            for weight, member in zip(part.weights, members, strict=True):
                value += weight * member
            row *= value
        return row

    @cached_property
    def _parts(self) -> list[list[_Part]]:
        plain = self.ids[: len(self.ids) - len(self.extra)]
        found = [
            [self._part(r) for r in self.plan.components[i].requires if r.during == "run"] for i in plain
        ]
        return [*found, *([] for _ in self.extra)]

    def _part(self, requirement: Requirement) -> _Part:
        """A requirement without members that carry nothing."""
        match requirement:
            case Needs():
                weights = {requirement.needs: requirement.impact}
            case Quorum():
                members = tuple(self.index[m] for m in requirement.of)
                return _Part(members, (), min(requirement.quorum, len(members)))
            case Pool():
                total = sum(requirement.pool.values())
                weights = {m: c / total for m, c in requirement.pool.items() if c > 0}
            case Split():
                total = sum(requirement.split.values())
                weights = {m: w / total for m, w in requirement.split.items() if w > 0}
        kept = {self.index[m]: w for m, w in weights.items() if w > 0}
        return _Part(tuple(kept), tuple(kept.values()))

    @cached_property
    def _edges(self) -> tuple[Ints, Ints]:
        """Owner and member of each membership."""
        pairs = [(i, m) for i, parts in enumerate(self._parts) for part in parts for m in part.members]
        both = np.array(pairs, np.intp).reshape(-1, 2)
        return both[:, 0], both[:, 1]

    @cached_property
    def _order(self) -> Groups:
        return groups_members_first(len(self.ids), *self._edges)

    def _below(self, starts: set[int]) -> dict[int, int]:
        """The starts and everything below them, by number, with their places."""
        seen = set(starts)
        row = list(seen)
        while row:
            for part in self._parts[row.pop()]:
                for member in part.members:
                    if member not in seen:
                        seen.add(member)
                        row.append(member)
        return {node: place for place, node in enumerate(sorted(seen))}


def _any_of(members: Sequence[Floats], k: int) -> Floats:
    """The mean over all choices of k members of the product of their values: an elementary symmetric mean."""
    sums = [np.ones_like(members[0]), *(np.zeros_like(members[0]) for _ in range(k))]
    for member in members:
        for size in range(k, 0, -1):
            sums[size] = sums[size] + sums[size - 1] * member
    return np.asarray(sums[k] / comb(len(members), k))
