"""The order in which everything can start again after it was all down, and what never can."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bcp.engine.compile import System
from bcp.engine.order import rings_and_depths
from bcp.engine.requirements import Floats, Mode
from bcp.model.plan import Plan


@dataclass(frozen=True, slots=True)
class Restart:
    """Phases of ids, seconds until each delivers, and groups that wait for each other (all sorted)."""

    phases: tuple[tuple[str, ...], ...]
    ready_s: dict[str, float]
    deadlocks: tuple[tuple[str, ...], ...]


def restart_order(plan: Plan, system: System) -> Restart:
    """How the plan comes up from black: everything down, nothing broken, no fallback.

    A component begins to start once all its requirements, those to start too, have a value above 0,
    and delivers after its `restart`. A phase holds what can begin once the phases before it deliver.
    """
    seconds = _earliest(system, np.array([plan.components[i].restart for i in system.ids]))
    rounds = _earliest(system, np.ones(system.n))
    phases: dict[int, list[str]] = {}
    for i, name in enumerate(system.ids):
        if np.isfinite(rounds[i]):
            phases.setdefault(int(rounds[i]), []).append(name)
    return Restart(
        phases=tuple(tuple(sorted(phases[k])) for k in sorted(phases)),
        ready_s={
            name: float(seconds[i]) for name, i in sorted(system.index.items()) if np.isfinite(seconds[i])
        },
        deadlocks=_deadlocks(system, rounds),
    )


def _earliest(system: System, lasting: Floats) -> Floats:
    """When each component delivers at the earliest, shape (n,), if starting lasts `lasting` (n,); infinity: never."""
    table = system.starting
    ready = np.full(system.n, np.inf)
    while True:
        begin = np.zeros(system.n)
        for row in range(table.count):
            begin[table.owner[row]] = max(begin[table.owner[row]], _satisfied(system, row, ready))
        following = begin + lasting
        if np.array_equal(following, ready):
            return ready
        ready = following


def _satisfied(system: System, row: int, ready: Floats) -> float:
    """When a requirement's value is above 0."""
    table, enough = system.starting, int(system.enough[row])
    part = slice(table.first[row], table.first[row + 1])
    members = (
        table.member[part][table.weight[part] > 0] if table.mode[row] != Mode.QUORUM else table.member[part]
    )
    if enough == 0:
        return 0.0
    if len(members) < enough:
        return float("inf")
    return float(np.sort(ready[members])[enough - 1])


def _deadlocks(system: System, rounds: Floats) -> tuple[tuple[str, ...], ...]:
    table, owner = system.starting, system.starting.member_owner
    stuck = np.isinf(rounds)
    inner = stuck[owner] & stuck[table.member]
    ring, in_ring, _ = rings_and_depths(system.n, owner[inner], table.member[inner])
    groups: dict[int, list[str]] = {}
    for i in np.flatnonzero(in_ring).tolist():
        groups.setdefault(int(ring[i]), []).append(system.ids[i])
    return tuple(sorted(tuple(sorted(group)) for group in groups.values()))
