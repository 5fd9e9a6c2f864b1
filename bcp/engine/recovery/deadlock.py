"""Black-start deadlocks: the fewest requirements to do without so that a group starts after all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from bcp.engine.levels.compile import System
from bcp.engine.recovery.restart import Restart
from bcp.engine.recovery.startup import delivering_members
from bcp.model.plan import Plan
from bcp.model.recovery import Break, Deadlock

_VISITS = 1_000_000
"""Requirements looked at before the exact search gives up; about a second."""


def deadlocks(plan: Plan, system: System, restart: Restart, *, visits: int = _VISITS) -> tuple[Deadlock, ...]:
    """Every group that waits for itself, with the requirements to break, as `restart_order` found them.

    A broken requirement counts as satisfied; what the group needs from outside counts as there. The
    fewest are chosen, among those the ones with the most `during: start`, then the first by id. Groups
    for which that takes more than `visits` looks at a requirement are broken greedily, with a bound.
    """
    group_of = {i: g for g, group in enumerate(restart.deadlocks) for i in group}
    members = _waited_for(system, group_of)
    return tuple(
        _deadlock(plan, system, restart, group, _group(system, group, members), visits)
        for group in restart.deadlocks
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """A requirement that a group cannot satisfy from outside: `wants` more of `members` inside it."""

    row: int
    owner: int
    wants: int
    members: tuple[int, ...]
    start: bool


def _waited_for(system: System, group_of: dict[str, int]) -> dict[int, list[int]]:
    """For each requirement of a component in a group, its members in the same group that count."""
    table = system.starting
    groups = np.full(system.n, -1)
    for name, number in group_of.items():
        groups[system.index[name]] = number
    rows = np.repeat(np.arange(table.count), table.arity)
    inner = (groups[table.member_owner] >= 0) & delivering_members(table)
    inner &= groups[table.member_owner] == groups[table.member]
    found: dict[int, list[int]] = {}
    for row, member in zip(rows[inner].tolist(), table.member[inner].tolist(), strict=True):
        found.setdefault(row, []).append(member)
    return found


def _group(system: System, group: Sequence[str], members: dict[int, list[int]]) -> _Group:
    table = system.starting
    counted = np.bincount(
        np.repeat(np.arange(table.count), table.arity)[delivering_members(table)], minlength=table.count
    )
    rows = []
    for owner in sorted((system.index[i] for i in group), key=system.ids.__getitem__):
        first, last = np.searchsorted(table.owner, [owner, owner + 1])
        for row in range(int(first), int(last)):
            inside = members.get(row, [])
            wants = int(system.enough[row]) - (int(counted[row]) - len(inside))
            if inside and wants > 0:
                rows.append(_Row(row, owner, wants, tuple(inside), bool(table.start[row])))
    return _Group(tuple(rows))


@dataclass
class _Group:
    """The requirements that hold a group, and what can start once some of them are broken."""

    rows: tuple[_Row, ...]
    visited: int = 0
    of_owner: dict[int, list[int]] = field(init=False)
    of_member: dict[int, list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self.of_owner, self.of_member = {}, {}
        for number, row in enumerate(self.rows):
            self.of_owner.setdefault(row.owner, []).append(number)
            for member in row.members:
                self.of_member.setdefault(member, []).append(number)

    def stuck(self, broken: Iterable[int], among: Iterable[int] | None = None) -> set[int]:
        """What still cannot start without the broken requirements; all outside `among` is taken to deliver."""
        missing = [row.wants for row in self.rows]
        for number in broken:
            missing[number] = 0
        waiting = set(self.of_owner) if among is None else set(among)
        for i in self.of_member.keys() - waiting:
            for number in self.of_member[i]:
                missing[number] -= 1
        self.visited += len(self.rows)
        free = [i for i in sorted(waiting) if all(missing[n] <= 0 for n in self.of_owner[i])]
        while free:
            i = free.pop()
            if i not in waiting:
                continue
            waiting.discard(i)
            for number in self.of_member.get(i, ()):
                missing[number] -= 1
                owner = self.rows[number].owner
                if owner in waiting and all(missing[n] <= 0 for n in self.of_owner[owner]):
                    free.append(owner)
        return waiting

    def core(self, broken: frozenset[int], stuck: set[int], visits: int) -> set[int]:
        """A part of what is stuck that stays stuck though all else delivers, as small as `visits` allow."""
        core = stuck
        for i in sorted(stuck):
            if self.visited > visits:
                break
            if i in core and (smaller := self.stuck(broken, core - {i})):
                core = smaller
        return core

    def holding(self, broken: frozenset[int], core: set[int]) -> list[int]:
        """The requirements by which a core holds itself; one of them must be broken. Those to start first."""
        found = [
            n
            for i in core
            for n in self.of_owner[i]
            if n not in broken and sum(m not in core for m in self.rows[n].members) < self.rows[n].wants
        ]
        return sorted(found, key=lambda n: (not self.rows[n].start, n))


def _deadlock(
    plan: Plan, system: System, restart: Restart, names: tuple[str, ...], group: _Group, visits: int
) -> Deadlock:
    chosen, refuted = _fewest(group, visits)
    exact = chosen is not None
    if chosen is None:
        chosen = _greedy(group)
        exact = len(chosen) == refuted + 1
    return Deadlock(
        components=names,
        breaks=tuple(_break(plan, system, group.rows[n]) for n in sorted(chosen)),
        exact=exact,
        at_least=len(chosen) if exact else refuted + 1,
        ways_out=_ways_out(system, restart, names),
    )


def _fewest(group: _Group, visits: int) -> tuple[frozenset[int] | None, int]:
    """The smallest choice with the fewest running requirements, or None; and the size that is too small."""
    for size in range(1, len(group.rows) + 1):
        for running in range(size + 1):
            found = _search(group, frozenset(), frozenset(), size, running, visits)
            if found is not None:
                return found, size - 1
            if group.visited > visits:
                return None, size - 1
    return frozenset(), 0


def _search(
    group: _Group, broken: frozenset[int], kept: frozenset[int], size: int, running: int, visits: int
) -> frozenset[int] | None:
    """A choice that adds at most `size` to `broken`, `running` of them not only to start, and none of `kept`."""
    stuck = group.stuck(broken)
    if not stuck:
        return broken
    if not size or group.visited > visits:
        return None
    for number in group.holding(broken, group.core(broken, stuck, visits)):
        left = running if group.rows[number].start else running - 1
        if number not in kept and left >= 0:
            found = _search(group, broken | {number}, kept, size - 1, left, visits)
            if found is not None or group.visited > visits:
                return found
            kept |= {number}
    return None


def _greedy(group: _Group) -> frozenset[int]:
    """A choice without a superfluous requirement: those to start first, else what most others wait for."""
    broken = {n for n, row in enumerate(group.rows) if row.start}
    while stuck := group.stuck(broken):
        most = max(sorted(stuck), key=lambda i: len(group.of_member.get(i, ())))
        broken.update(group.of_owner[most])
    running = sorted(n for n in broken if not group.rows[n].start)
    spared = _spared(group, frozenset(broken), running)
    return _spared(group, spared, sorted(spared))


def _spared(group: _Group, broken: frozenset[int], part: list[int]) -> frozenset[int]:
    """`broken` without those of a part that need not be, tried together first and then by halves."""
    if not part or not group.stuck(broken - set(part)):
        return broken - set(part)
    if len(part) == 1:
        return broken
    half = len(part) // 2
    return _spared(group, _spared(group, broken, part[half:]), part[:half])


def _break(plan: Plan, system: System, row: _Row) -> Break:
    table = system.starting
    members = tuple(sorted(system.ids[i] for i in row.members))
    return Break(
        owner=system.ids[row.owner],
        requirement=row.row - int(np.searchsorted(table.owner, row.owner)),
        members=members,
        during="start" if row.start else "run",
        stands_in=tuple(f for f in sorted(plan.fallbacks) if plan.fallbacks[f].protects in members),
    )


def _ways_out(system: System, restart: Restart, names: tuple[str, ...]) -> tuple[str, ...]:
    """The fallbacks that bring a group up, where all of it comes up."""
    way_up, group = restart.way_up, {system.index[i] for i in names}
    if not all(np.isfinite(way_up.ready[i]) for i in group):
        return ()
    return tuple(
        sorted(
            system.bypass_ids[s.bypass]
            for s, since in zip(way_up.stand_ins, way_up.stood, strict=True)
            if s.component in group and np.isfinite(since)
        )
    )
