"""How many minimal cut sets there are of each order, and the smallest of them, from diagrams of sets.

Nothing is listed in order to count: a number for each order goes up through each diagram.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

import numpy as np

from bcp.engine.failure.solution import Solution

_MANY_BITS = 2_000_000_000
"""Where polynomials may have so many bits in all, each is dropped as soon as nothing needs it any more."""
FAR = 1 << 40
"""More than any order."""


@dataclass(frozen=True, slots=True)
class Families:
    """The cut sets of all regions as one array of N nodes, children and regions below before their users.

    Node i holds the sets of `low[i]`, and those of `high[i]` with what stands at its level: variable
    `holds[i]`, or any set of the node ~`holds[i]`. Nodes 0 and 1 are no set and the empty set.
    `smallest[i]` is the order of the smallest set of node i, and `top` the node of the top's sets.
    """

    low: list[int]
    high: list[int]
    holds: list[int]
    smallest: list[int]
    top: int

    def by_order(self) -> tuple[int, ...]:
        """The number of sets of order 0, 1, 2 and so on, to the last that there is."""
        width = self._added(0).bit_length() + 1
        left = self._added(width)
        found = []
        mask = (1 << width) - 1
        while left:
            found.append(left & mask)
            left >>= width
        return tuple(found)

    def variables(self) -> tuple[int, ...]:
        """The variables that are in any of the top's sets."""
        reached = [False] * len(self.low)
        reached[self.top] = True
        found = set()
        for i in range(len(self.low) - 1, 1, -1):
            if reached[i]:
                reached[self.low[i]] = reached[self.high[i]] = True
                if self.holds[i] < 0:
                    reached[~self.holds[i]] = True
                else:
                    found.add(self.holds[i])
        return tuple(sorted(found))

    def _added(self, width: int) -> int:
        """The polynomial of the top, its coefficients `width` bits apart; with width 0 the number of sets."""
        low, high, holds = self.low, self.high, self.holds
        found = [0, 1]
        last = self._last_uses() if len(low) * width * len(set(holds)) > _MANY_BITS else {}
        for i in range(2, len(low)):
            more = found[high[i]]
            held = holds[i]
            found.append(found[low[i]] + (more << width if held >= 0 else more * found[~held]))
            for done in last.get(i, ()):
                found[done] = 0
        return found[self.top]

    def _last_uses(self) -> dict[int, list[int]]:
        """For each node the nodes that no node after it uses; polynomials of many orders take much room."""
        last: dict[int, int] = {}
        for i in range(2, len(self.low)):
            last[self.low[i]] = last[self.high[i]] = i
            if self.holds[i] < 0:
                last[~self.holds[i]] = i
        freed: dict[int, list[int]] = {}
        for node, i in last.items():
            if node > 1 and node != self.top:
                freed.setdefault(i, []).append(node)
        return freed


class Collector:
    """Collects the sets of region after region, those below first, from a solution or as they are given."""

    def __init__(self, solution: Solution) -> None:
        made, diagrams = solution.regions, solution.diagrams
        self._made = made
        self._root = [-1 if root is None else root for root in solution.sets]
        marked = diagrams.zeros(diagrams.count)
        for root in self._root:
            if root >= 0:
                marked[root] = 1
        diagrams.do("mark", diagrams.node, marked)
        nodes = np.flatnonzero(np.asarray(marked))
        nodes = nodes[nodes > 1]
        table = np.asarray(diagrams.node).reshape(-1, 4)[nodes]
        region = np.searchsorted(made.leaves, table[:, 0], side="right") - 1
        # a node may be older than those of a region below: another diagram may have needed it first
        order = np.lexsort((nodes, region))
        self._begin = np.searchsorted(region[order], np.arange(made.number + 1)).tolist()
        place = np.zeros(diagrams.count, np.intp)
        place[1] = 1
        place[nodes[order]] = np.arange(len(nodes)) - np.array(self._begin)[region[order]] + 2
        self._table = np.column_stack((table[order, 0], place[table[order, 1:3]]))
        self._local = place[np.maximum(self._root, 0)].tolist()
        self._held: list[int] = []
        self._low, self._high, self._holds, self._smallest = [0, 0], [0, 0], [0, 0], [FAR, 0]

    def weights(self, region: int) -> list[int]:
        """The order of the smallest set that each leaf of a region stands for; all below is collected."""
        leaves = self._made.leaf[self._made.leaves[region] : self._made.leaves[region + 1]]
        return [1 if a >= 0 else self._smallest[self._held[~a]] for a in leaves]

    def add(self, sets: Sequence[tuple[int, ...]] | None = None) -> None:
        """The next region: as the solution has it, or the sets of its leaves (numbered from 0) as given."""
        region = len(self._held)
        if sets is None:
            shift = len(self._low) - 2
            for level, low, high in self._table[self._begin[region] : self._begin[region + 1]].tolist():
                self._new(level, low + shift * (low > 1), high + shift * (high > 1))
            self._held.append(self._local[region] + shift)
        else:
            self._held.append(self._tree(sorted(sets), 0, self._made.leaves[region]))

    def _new(self, level: int, low: int, high: int) -> int:
        a = self._made.leaf[self._made.at[level]]
        held = a if a >= 0 else ~self._held[~a]
        self._low.append(low)
        self._high.append(high)
        self._holds.append(held)
        weight = 1 if held >= 0 else self._smallest[~held]
        self._smallest.append(min(self._smallest[low], self._smallest[high] + weight, FAR))
        return len(self._low) - 1

    def _tree(self, sets: Sequence[tuple[int, ...]], depth: int, base: int) -> int:
        """The node of sets that agree before `depth`, none within another; they are sorted."""
        if sets and len(sets[0]) == depth:
            return 1
        node = 0
        for leaf, group in reversed([(a, list(g)) for a, g in groupby(sets, key=lambda s: s[depth])]):
            high = self._tree(group, depth + 1, base)
            node = self._new(self._made.level[base + leaf], node, high)
        return node

    @property
    def families(self) -> Families:
        """All that was collected, once every region has been added."""
        return Families(self._low, self._high, self._holds, self._smallest, self._held[-1])


_Chosen = tuple[int, Any] | None
"""A linked list of variables."""


def listed(sets: Families, order: int) -> Iterator[tuple[int, ...]]:
    """All sets of up to `order` variables, as the diagram has them; no step of the walk is in vain."""
    low, high, holds = sets.low, sets.high, sets.holds
    smallest = sets.smallest
    # a node to take a set from, the nodes that still have to give one each with the size that they need
    # at least, what is chosen so far, and how much that is
    waiting: list[tuple[int, Any, int, _Chosen, int]] = [(sets.top, None, 0, None, 0)]
    if smallest[sets.top] > order:
        return
    while waiting:
        node, rest, need, chosen, size = waiting.pop()
        if node == 1:
            if rest is None:
                yield _unrolled(chosen)
            else:
                waiting.append((rest[0], rest[1], need - smallest[rest[0]], chosen, size))
            continue
        left = order - size - need
        if smallest[low[node]] <= left:
            waiting.append((low[node], rest, need, chosen, size))
        after, held = high[node], holds[node]
        if held >= 0 and smallest[after] < left:
            waiting.append((after, rest, need, (held, chosen), size + 1))
        elif held < 0 and smallest[~held] + smallest[after] <= left:
            waiting.append((~held, (after, rest), need + smallest[after], chosen, size))


def _unrolled(chosen: _Chosen) -> tuple[int, ...]:
    found = []
    while chosen is not None:
        found.append(chosen[0])
        chosen = chosen[1]
    return tuple(found)


def listing(sets: Families, names: Sequence[str], by_order: Sequence[int], most: int) -> Listing:
    """The smallest sets, sorted by order and names, up to the last order of `by_order` and `most` of them."""
    whole, fit = -1, 0
    while whole + 1 < len(by_order) and fit + by_order[whole + 1] <= most:
        whole += 1
        fit += by_order[whole]
    found = list(listed(sets, whole))
    if whole + 1 < len(by_order) and fit < most:
        more = (s for s in listed(sets, whole + 1) if len(s) > whole)
        found.extend(islice(more, most - fit))
    named = (tuple(sorted(names[v] for v in s)) for s in found)
    return Listing(tuple(sorted(named, key=lambda s: (len(s), s))), whole)


@dataclass(frozen=True, slots=True)
class Listing:
    """Cut sets by name: all up to order `complete_to`, and perhaps some of the next."""

    sets: tuple[tuple[str, ...], ...]
    complete_to: int
