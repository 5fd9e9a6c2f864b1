"""A ring of failure equations unrolled into gates: exact, and with the fewest failures that agree with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bcp.engine.failure.gates import NEVER, Gates
from bcp.engine.levels.order import groups_members_first, members_first
from bcp.engine.levels.requirements import Bools, Ints
from bcp.errors import BcpError

_MOST_STEPS = 1_500_000
"""A ring that takes more gates than this to unroll is refused."""


@dataclass(frozen=True, slots=True)
class RingEquation:
    """True where at least `least` of the gates `outside` and of the ring's equations `inside` (by place) are."""

    least: int
    outside: tuple[int, ...]
    inside: tuple[int, ...]


def unrolled(ring: Sequence[RingEquation], gates: Gates, refusal: BcpError) -> list[int]:
    """The node for each equation of a ring. Raises `refusal` where that takes too many gates.

    Alternatives that imply each other in a circle are one. What is left is cut open at some equations:
    starting from none of them true, each round makes at least one more of them true for good or is
    the last one, so one round more than there are cuts is enough.
    """
    joined, place = _joined(ring)
    value = [NEVER] * len(joined)
    parts = groups_members_first(len(joined), *_edges(joined))
    for part in parts:
        if parts.in_ring[part[0]]:
            _cut_open(part, joined, gates, value, refusal)
        else:
            value[part[0]] = _evaluated(joined[part[0]], gates, value)
    return [value[p] for p in place]


def _evaluated(equation: RingEquation, gates: Gates, value: list[int]) -> int:
    return gates.gate(equation.least, [*equation.outside, *(value[i] for i in equation.inside)])


def _joined(ring: Sequence[RingEquation]) -> tuple[list[RingEquation], list[int]]:
    """The ring with equations made one that imply each other by `or` alone, and where each one went."""
    owner, member = _edges(ring)
    loose = np.array([e.least == 1 for e in ring])[owner]
    rank, _ = members_first(len(ring), owner[loose], member[loose])
    names, place = np.unique(rank, return_inverse=True)
    members: list[list[int]] = [[] for _ in names]
    for e, p in enumerate(place.tolist()):
        members[p].append(e)
    joined = []
    for p, equal in enumerate(members):
        outside = [a for e in equal for a in ring[e].outside]
        inside = [q for e in equal for i in ring[e].inside if (q := int(place[i])) != p]
        if len(equal) > 1 or ring[equal[0]].least == 1:
            outside, inside = list(dict.fromkeys(outside)), list(dict.fromkeys(inside))
        # an equation that counts itself does so only when it is true already, so leaving that out changes nothing
        joined.append(RingEquation(ring[equal[0]].least, tuple(outside), tuple(inside)))
    return joined, place.tolist()


def _edges(ring: Sequence[RingEquation]) -> tuple[Ints, Ints]:
    """Who rests on whom in a ring, by place: two arrays of shape (E,), owner and member."""
    sizes = [len(equation.inside) for equation in ring]
    member = np.array([i for equation in ring for i in equation.inside], np.intp)
    return np.repeat(np.arange(len(ring)), sizes), member


def _cut_open(
    part: list[int], ring: Sequence[RingEquation], gates: Gates, value: list[int], refusal: BcpError
) -> None:
    """Write the nodes of a part in which all rest on each other."""
    place = {e: k for k, e in enumerate(part)}
    owner = np.array([k for k, e in enumerate(part) for i in ring[e].inside if i in place], np.intp)
    member = np.array([place[i] for e in part for i in ring[e].inside if i in place], np.intp)
    cut = _cuts(len(part), owner, member, refusal)
    free = ~cut[member]
    rank, _ = members_first(len(part), owner[free], member[free])
    order = [part[k] for k in np.argsort(rank, kind="stable").tolist()]
    cuts = [part[k] for k in np.flatnonzero(cut).tolist()]
    held = dict.fromkeys(cuts, NEVER)
    for _ in range(len(cuts) + 1):
        for e in order:
            known = [held[i] if i in held else value[i] for i in ring[e].inside]
            value[e] = gates.gate(ring[e].least, [*ring[e].outside, *known])
        following = {e: value[e] for e in cuts}
        if following == held:
            return
        held = following


def _cuts(size: int, owner: Ints, member: Ints, refusal: BcpError) -> Bools:
    """Places, shape (size,), without which nothing rests on itself: in each ring the busiest, until none is left."""
    cut = np.zeros(size, np.bool_)
    while True:
        free = ~cut[owner] & ~cut[member]
        owners, members = owner[free], member[free]
        rank, in_ring = members_first(size, owners, members)
        if not in_ring.any():
            return cut
        same = rank[owners] == rank[members]
        busy = np.bincount(owners[same], minlength=size) * np.bincount(members[same], minlength=size)
        order = np.lexsort((-np.arange(size), busy, rank))
        order = order[in_ring[order]]
        last = np.flatnonzero(np.diff(rank[order], append=-1))
        cut[order[last]] = True
        if (int(cut.sum()) + 1) * size > _MOST_STEPS:
            raise refusal
