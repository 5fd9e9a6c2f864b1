"""The order in which everything can start again after it was all down, and what never can."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from bcp.engine.levels.compile import System
from bcp.engine.levels.order import rings_and_depths
from bcp.engine.levels.requirements import Floats
from bcp.engine.recovery.startup import Startup, delivering_members, startup, ways_out
from bcp.model.plan import Plan


@dataclass(frozen=True, slots=True)
class Restart:
    """Phases of ids, seconds until each delivers, and groups that wait for each other (all sorted).

    `way_up` is what they were read from, fallbacks that stand in for a deadlock counted.
    """

    phases: tuple[tuple[str, ...], ...]
    ready_s: dict[str, float]
    deadlocks: tuple[tuple[str, ...], ...]
    way_up: Startup


def restart_order(plan: Plan, system: System) -> Restart:
    """How the plan comes up from black: everything down, nothing broken.

    A component begins to start once all its requirements, those to start too, have a value above 0,
    and delivers after its `restart`. A phase holds what can begin once the phases before it deliver.
    What waits in a deadlock delivers once a fallback stands in for it: `decision` and `lead_time` after
    all that the fallback uses delivers. Other fallbacks play no part.
    """
    unit = np.ones(system.n)
    alone = startup(system, unit)
    stand_ins = ways_out(plan, system, alone)
    phased = startup(system, unit, [replace(s, takes=1.0) for s in stand_ins]) if stand_ins else alone
    lasting = np.array([plan.components[i].restart for i in system.ids], np.float64)
    way_up = startup(system, lasting, stand_ins)
    phases: dict[int, list[str]] = {}
    for i, name in enumerate(system.ids):
        if np.isfinite(phased.ready[i]):
            phases.setdefault(int(phased.ready[i]), []).append(name)
    ready = way_up.ready.tolist()
    return Restart(
        phases=tuple(tuple(sorted(phases[k])) for k in sorted(phases)),
        ready_s={name: ready[i] for name, i in sorted(system.index.items()) if np.isfinite(ready[i])},
        deadlocks=_deadlocks(system, alone.ready),
        way_up=way_up,
    )


def _deadlocks(system: System, ready: Floats) -> tuple[tuple[str, ...], ...]:
    """The rings of what never delivers by itself, infinite in `ready` (n,)."""
    table, owner = system.starting, system.starting.member_owner
    stuck = np.isinf(ready)
    inner = stuck[owner] & stuck[table.member] & delivering_members(table)
    ring, in_ring, _ = rings_and_depths(system.n, owner[inner], table.member[inner])
    groups: dict[int, list[str]] = {}
    for i in np.flatnonzero(in_ring).tolist():
        groups.setdefault(int(ring[i]), []).append(system.ids[i])
    return tuple(sorted(tuple(sorted(group)) for group in groups.values()))
