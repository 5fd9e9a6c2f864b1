"""The order in which levels are computed: what a component rests on comes first, rings as one block."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from bcp.engine.requirements import Bools, Ints


def rings_and_depths(n: int, owner: Ints, member: Ints) -> tuple[Ints, Bools, Ints]:
    """Rings and depths of n components, where `owner[e]` rests on `member[e]` (both shape (E,)).

    Returns three arrays of shape (n,): a ring's number (the same for all that rest on each other),
    whether the component is in a ring at all (or rests on itself), and its depth: 0 for what rests on
    nothing, otherwise one more than the deepest thing it rests on outside its own ring.
    """
    graph = csr_array((np.ones(len(owner), np.int8), (owner, member)), shape=(n, n))
    count, label = connected_components(graph, directed=True, connection="strong")
    ring = label.astype(np.intp)
    in_ring = np.bincount(ring, minlength=count)[ring] > 1
    in_ring[owner[owner == member]] = True
    outside = ring[owner] != ring[member]
    depth = _depths(count, ring[owner[outside]], ring[member[outside]])
    return ring, in_ring, depth[ring]


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
