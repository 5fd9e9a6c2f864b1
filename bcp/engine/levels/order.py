"""The order in which levels are computed: what a component rests on comes first, rings as one block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from bcp.engine.levels.requirements import Bools, Ints


def rings_and_depths(n: int, owner: Ints, member: Ints) -> tuple[Ints, Bools, Ints]:
    """Rings and depths of n components, where `owner[e]` rests on `member[e]` (both shape (E,)).

    Returns three arrays of shape (n,): a ring's number (the same for all that rest on each other),
    whether the component is in a ring at all (or rests on itself), and its depth: 0 for what rests on
    nothing, otherwise one more than the deepest thing it rests on outside its own ring.
    """
    count, ring = _rings(n, owner, member)
    in_ring = np.bincount(ring, minlength=count)[ring] > 1
    in_ring[owner[owner == member]] = True
    outside = ring[owner] != ring[member]
    depth = _depths(count, ring[owner[outside]], ring[member[outside]])
    return ring, in_ring, depth[ring]


def members_first(n: int, owner: Ints, member: Ints) -> tuple[Ints, Bools]:
    """An order of n nodes in which members come first, where `owner[e]` rests on `member[e]` (both shape (E,)).

    Returns each node's rank, which no member's exceeds (nodes of one ring, and no others, have the
    same), and whether it is in a ring at all or rests on itself; both shape (n,).
    """
    count, rank = _rings(n, owner, member)
    if np.any(rank[member] > rank[owner]):  # SciPy numbers them members first, but does not promise to
        outside = rank[owner] != rank[member]
        depth = _depths(count, rank[owner[outside]], rank[member[outside]])
        place = np.empty(count, np.intp)
        place[np.argsort(depth, kind="stable")] = np.arange(count)
        rank = place[rank]
    in_ring = np.bincount(rank, minlength=count)[rank] > 1
    in_ring[owner[owner == member]] = True
    return rank, in_ring


def _rings(n: int, owner: Ints, member: Ints) -> tuple[int, Ints]:
    """How many groups of nodes that rest on each other there are, and the number of each node's (n,)."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - slow to import, and most pages and commands need none
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 - as above

    graph = csr_array((np.ones(len(owner)), (owner, member)), shape=(n, n))
    count, label = connected_components(graph, directed=True, connection="strong")
    return int(count), label.astype(np.intp)


@dataclass(frozen=True, slots=True)
class Groups:
    """Nodes in groups that rest on each other, those first that others rest on; `in_ring` has shape (n,)."""

    nodes: list[int]
    bounds: list[int]
    in_ring: Bools

    def __iter__(self) -> Iterator[list[int]]:
        """Each group's nodes."""
        for a, b in pairwise(self.bounds):
            yield self.nodes[a:b]


def groups_members_first(n: int, owner: Ints, member: Ints) -> Groups:
    """The n nodes in groups, where `owner[e]` rests on `member[e]` (both shape (E,))."""
    rank, in_ring = members_first(n, owner, member)
    order = np.argsort(rank, kind="stable")
    bounds = np.flatnonzero(np.diff(rank[order], prepend=-1, append=-1)).tolist() if n else [0]
    return Groups(order.tolist(), bounds, in_ring)


def _depths(n: int, owner: Ints, member: Ints) -> Ints:
    """Longest way down to something that rests on nothing, for an acyclic relation."""
    waiting = np.bincount(owner, minlength=n)
    by_member = np.argsort(member, kind="stable")
    owner_of = owner[by_member]
    first = np.concatenate(([0], np.cumsum(np.bincount(member, minlength=n)))).astype(np.intp)
    depth = np.zeros(n, np.intp)
    ready = np.flatnonzero(waiting == 0)
    level = 0
    while ready.size:
        depth[ready] = level
        counts = first[ready + 1] - first[ready]
        starts = np.repeat(first[ready] - np.concatenate(([0], np.cumsum(counts)[:-1])), counts)
        owners, times = np.unique(owner_of[starts + np.arange(counts.sum())], return_counts=True)
        waiting[owners] -= times
        ready = owners[waiting[owners] == 0]
        level += 1
    return depth
