"""The order in which everything can start again after it was all down, and what never can."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bcp.engine.compile import System
from bcp.engine.fate import used_by
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
    """How the plan comes up from black: everything down, nothing broken.

    A component begins to start once all its requirements, those to start too, have a value above 0,
    and delivers after its `restart`. A phase holds what can begin once the phases before it deliver.
    What waits in a deadlock delivers once a fallback stands in for it: `decision` and `lead_time` after
    all that the fallback uses delivers. Other fallbacks play no part.
    """
    lasting = np.array([plan.components[i].restart for i in system.ids])
    rounds = _earliest(system, np.ones(system.n), np.full(system.n, np.inf))
    ways_out = _ways_out(plan, system, rounds)
    seconds = _with_ways_out(system, lasting, ways_out)
    phased = _with_ways_out(system, np.ones(system.n), [(i, uses, 1.0) for i, uses, _ in ways_out])
    phases: dict[int, list[str]] = {}
    for i, name in enumerate(system.ids):
        if np.isfinite(phased[i]):
            phases.setdefault(int(phased[i]), []).append(name)
    return Restart(
        phases=tuple(tuple(sorted(phases[k])) for k in sorted(phases)),
        ready_s={
            name: float(seconds[i]) for name, i in sorted(system.index.items()) if np.isfinite(seconds[i])
        },
        deadlocks=_deadlocks(system, rounds),
    )


_WayOut = tuple[int, tuple[int, ...], float]
"""A stuck component, what the fallback that stands in for it uses, and how long that takes (seconds)."""


def _ways_out(plan: Plan, system: System, rounds: Floats) -> list[_WayOut]:
    """The fallbacks that protect what cannot start by itself (infinite in `rounds`)."""
    found = []
    for f in system.bypass_ids:
        fallback = plan.fallbacks[f]
        component = system.index[fallback.protects]
        if np.isinf(rounds[component]):
            decision = plan.defaults.decision if fallback.decision is None else fallback.decision
            takes = (0.0 if fallback.automatic else decision) + (fallback.lead_time or 0.0)
            found.append((component, tuple(system.index[i] for i in used_by(fallback)), takes))
    return found


def _with_ways_out(system: System, lasting: Floats, ways_out: list[_WayOut]) -> Floats:
    """When each component delivers at the earliest, by itself or through a fallback; infinity: never."""
    bridged = np.full(system.n, np.inf)
    while True:
        ready = _earliest(system, lasting, bridged)
        following = bridged.copy()
        for component, uses, takes in ways_out:
            following[component] = min(
                following[component], max((ready[i] for i in uses), default=0.0) + takes
            )
        if np.array_equal(following, bridged):
            return ready
        bridged = following


def _earliest(system: System, lasting: Floats, bridged: Floats) -> Floats:
    """When each component delivers at the earliest, shape (n,); infinity: never.

    Starting lasts `lasting` seconds (n,); a fallback stands in from `bridged` (n,) on.
    """
    table = system.starting
    ready = bridged
    while True:
        begin = np.zeros(system.n)
        for row in range(table.count):
            begin[table.owner[row]] = max(begin[table.owner[row]], _satisfied(system, row, ready))
        following = np.minimum(begin + lasting, bridged)
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
