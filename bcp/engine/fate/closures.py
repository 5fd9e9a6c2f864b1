"""What many groups of components rest on, all at once: a bit a group, pushed down the requirements in one pass."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain, pairwise

import numpy as np
import numpy.typing as npt

from bcp.engine.levels.order import rings_and_depths
from bcp.engine.levels.requirements import Ints
from bcp.engine.levels.selectors import Lineage

Bits = npt.NDArray[np.uint64]
"""A row a component, a bit a group: shape (n, W) for up to 64 · W groups; group g is bit g % 64 of word g // 64."""

WORD = 64


class Closures:
    """The requirements of a plan, all of them counted, put into the order in which closures are pushed down.

    Components are numbered in the order of their ids. `below[i]` are the numbers of what component i
    requires directly, sorted. Rings are one node, since whatever reaches a part of one reaches all of it.
    """

    def __init__(self, lineage: Lineage) -> None:
        self.ids = tuple(sorted(lineage.below))
        self.index: Mapping[str, int] = {component: i for i, component in enumerate(self.ids)}
        place = self.index.__getitem__
        self.below = tuple(tuple(map(place, lineage.below[component])) for component in self.ids)
        count = np.fromiter(map(len, self.below), np.intp, self.n)
        member = np.fromiter(chain.from_iterable(self.below), np.intp, int(count.sum()))
        owner = np.repeat(np.arange(self.n), count)
        self._ring, _, depth = rings_and_depths(self.n, owner, member)
        self._levels = _levels(self._ring, depth, owner, member)

    @property
    def n(self) -> int:
        """Number of components."""
        return len(self.ids)

    def under(self, groups: Sequence[Iterable[int]]) -> Bits:
        """Which groups rest on each component, shape (n, W): a bit for a group of which it is a part, or lies below one."""
        held = np.zeros((int(self._ring.max(initial=-1)) + 1, -(-len(groups) // WORD)), np.uint64)
        for g, group in enumerate(groups):
            for i in group:
                held[self._ring[i], g // WORD] |= np.uint64(1 << g % WORD)
        for owners, first, members in self._levels:
            held[members] |= np.bitwise_or.reduceat(held[owners], first, axis=0)
        return held[self._ring]

    def ways(self, starts: Iterable[int], goals: Collection[int]) -> dict[int, tuple[int, ...]]:
        """A shortest way down from one of `starts` to each goal below them, the first by number among those."""
        came_from = dict.fromkeys(sorted(starts), -1)
        wanted = set(goals) - came_from.keys()
        row = list(came_from)
        while row and wanted:
            following = []
            for owner in row:
                for member in self.below[owner]:
                    if member not in came_from:
                        came_from[member] = owner
                        following.append(member)
            wanted = {goal for goal in wanted if goal not in came_from}
            row = following
        return {goal: way_to(goal, came_from) for goal in goals if goal in came_from}


_Level = tuple[Ints, Ints, Ints]
"""Rings of one depth, `members` (M,), with all their owners on end, `owners`, those of member m from `first[m]` on."""


def _levels(ring: Ints, depth: Ints, owner: Ints, member: Ints) -> list[_Level]:
    """The requirements between rings, the highest members first, so that owners are done before their members."""
    between = ring[owner] != ring[member]
    owners, members, depths = ring[owner[between]], ring[member[between]], depth[member[between]]
    order = np.lexsort((owners, members, -depths))
    owners, members, depths = owners[order], members[order], depths[order]
    bounds = np.flatnonzero(np.diff(depths, prepend=-1, append=-1)) if len(depths) else np.zeros(1, np.intp)
    levels = []
    for begin, end in pairwise(bounds.tolist()):
        part = members[begin:end]
        first = np.flatnonzero(np.diff(part, prepend=-1))
        levels.append((owners[begin:end], first, part[first]))
    return levels


def way_to(goal: int, came_from: Mapping[int, int]) -> tuple[int, ...]:
    """The way down to `goal`, where `came_from` says what each component was reached from, −1 for a start."""
    way = [goal]
    while came_from[way[-1]] >= 0:
        way.append(came_from[way[-1]])
    return tuple(reversed(way))
