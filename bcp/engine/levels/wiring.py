"""A system as lists that say who feeds whom, for questions about its structure rather than its levels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bcp.engine.levels.compile import Bypass, System
from bcp.engine.levels.order import Groups, groups_members_first
from bcp.engine.levels.requirements import Ints, Mode


@dataclass(frozen=True, slots=True)
class Wiring:
    """The running requirements of a system's n components, and the fallbacks that count.

    Component i's requirements are the rows `row_first[i]` to `row_first[i + 1]`, row r's members and
    weights the places `first[r]` to `first[r + 1]` of `member` and `weight`. `carriers` holds the
    fallbacks of each component that has any with a capacity. `groups` are the components in an order
    in which what they rest on comes first, those that rest on each other (`in_ring`) together.
    """

    system: System
    row_first: list[int]
    mode: list[int]
    quorum: list[int]
    first: list[int]
    member: list[int]
    weight: list[float]
    carriers: dict[int, list[Bypass]]
    groups: Groups
    in_ring: list[bool]

    @property
    def n(self) -> int:
        """Number of components."""
        return self.system.n

    def rows(self, component: int) -> range:
        """The rows of a component's requirements."""
        return range(self.row_first[component], self.row_first[component + 1])

    def terms(self, row: int) -> list[tuple[float, int]]:
        """Weight and member, for each member of a row that has any weight."""
        span = range(self.first[row], self.first[row + 1])
        return [(self.weight[m], self.member[m]) for m in span if self.weight[m] > 0]


def wiring(system: System, *, with_fallbacks: bool) -> Wiring:
    """The wiring of a system, its fallbacks left out unless asked for."""
    table = system.running
    carriers: dict[int, list[Bypass]] = {}
    for bypass in system.bypasses if with_fallbacks else ():
        if bypass.capacity > 0:
            carriers.setdefault(bypass.protects, []).append(bypass)
    owner, member = _edges(system, carriers)
    groups = groups_members_first(system.n, owner, member)
    return Wiring(
        system=system,
        row_first=np.searchsorted(table.owner, np.arange(system.n + 1)).tolist(),
        mode=table.mode.tolist(),
        quorum=table.quorum.tolist(),
        first=table.first.tolist(),
        member=table.member.tolist(),
        weight=table.weight.tolist(),
        carriers=carriers,
        groups=groups,
        in_ring=groups.in_ring.tolist(),
    )


def _edges(system: System, carriers: dict[int, list[Bypass]]) -> tuple[Ints, Ints]:
    """From whom to whom each component's level matters: two arrays of shape (E,), owner and member."""
    table = system.running
    counted = table.weight > 0
    standing_in = [b for held in carriers.values() for b in held]
    used = [np.concatenate([b.via, b.needs]) for b in standing_in]
    owner = [np.full(len(u), b.protects, np.intp) for u, b in zip(used, standing_in, strict=True)]
    return (
        np.concatenate([table.member_owner[counted], *owner]).astype(np.intp),
        np.concatenate([table.member[counted], *used]).astype(np.intp),
    )


def graded(wiring: Wiring) -> list[bool]:
    """For each component whether it can have a level other than 0 and 1, when all else can only be up or down.

    It is one with a soft requirement, a split or a pool whose members carry less than the whole load, or
    a fallback of less than full capacity, or it rests on such a one.
    """
    table, n = wiring.system.running, wiring.n
    partly = (table.weight > 0) & (table.weight < 1)
    owners = set(table.member_owner[partly & (np.repeat(table.mode, table.arity) != Mode.QUORUM)].tolist())
    owners |= {i for i, held in wiring.carriers.items() if any(b.capacity < 1 for b in held)}
    found = [False] * n
    if not owners:
        return found
    owner, member = _edges(wiring.system, wiring.carriers)
    by_member = np.argsort(member, kind="stable")
    bearers = owner[by_member].tolist()
    start = np.searchsorted(member[by_member], np.arange(n + 1)).tolist()
    waiting = sorted(owners)
    while waiting:
        i = waiting.pop()
        if not found[i]:
            found[i] = True
            waiting.extend(bearers[start[i] : start[i + 1]])
    return found
