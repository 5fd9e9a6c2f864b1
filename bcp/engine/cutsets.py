"""Which components, alone or together, take an activity below its MBCO: the smallest cut sets first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from math import comb

import numpy as np

from bcp.engine.compile import System
from bcp.engine.requirements import Floats
from bcp.engine.selectors import Lineage
from bcp.engine.standing import HALF
from bcp.engine.steady import steady
from bcp.engine.tolerance import LEVEL
from bcp.errors import BcpError
from bcp.model.plan import Plan

_MOST_SETS = 300_000
"""More candidate sets than this are refused: each costs one pass over the plan."""


def cut_sets(
    plan: Plan, system: System, targets: Iterable[str], *, order: int = 1, with_fallbacks: bool = False
) -> dict[str, tuple[tuple[str, ...], ...]]:
    """For each target, the minimal sets of up to `order` components whose loss takes it below its MBCO.

    Steady state with own states 0 or 1 (DESIGN section 5); the target itself is not counted. A target
    that is below its MBCO with everything up has the empty set. A target that is no activity must be
    whole (MBCO 1). Raises BcpError where more than 300,000 sets would have to be tried.
    """
    wanted = {t: plan.components[t].analysis.mbco for t in sorted(targets)}
    lineage = Lineage(plan)
    candidates = sorted(
        {i for t in wanted for i in _beneath(t, plan, lineage, with_fallbacks=with_fallbacks)}
    )
    tried = sum(comb(len(candidates), size) for size in range(1, order + 1))
    if tried > _MOST_SETS:
        raise BcpError(
            f"cut sets up to order {order} over {len(candidates)} components mean {tried:,} sets to try.",
            "Ask for a lower order, or for one target.",
        )
    found: dict[str, list[tuple[str, ...]]] = {t: [] for t in wanted}
    for size in range(order + 1):
        for lost in combinations(candidates, size):
            open_targets = [t for t in wanted if t not in lost and not _contains(found[t], lost)]
            if not open_targets:
                continue
            x = levels_without(plan, system, lost, with_fallbacks=with_fallbacks)
            for t in open_targets:
                if x[system.index[t]] < wanted[t] - LEVEL:
                    found[t].append(lost)
    return {t: tuple(sets) for t, sets in found.items()}


def single_points(sets: Mapping[str, tuple[tuple[str, ...], ...]]) -> dict[str, tuple[str, ...]]:
    """The single points of failure: the cut sets of order 1."""
    return {t: tuple(sorted(s[0] for s in found if len(s) == 1)) for t, found in sets.items()}


def levels_without(
    plan: Plan, system: System, lost: Iterable[str], *, with_fallbacks: bool = False
) -> Floats:
    """Delivered levels in steady state, shape (n,), with the own state of `lost` at 0 and all else at 1.

    With fallbacks: every fallback carries load whose `needs` and `executes_at` serve in that state.
    """
    own = np.ones(system.n)
    own[[system.index[i] for i in lost]] = 0.0
    active = set(range(len(system.bypasses))) if with_fallbacks else set()
    while True:
        x = steady(system, own, None, active).x
        dead = {f for f in active if not _served(plan, system, f, x)}
        if not dead:
            return x
        active -= dead


def _served(plan: Plan, system: System, f: int, x: Floats) -> bool:
    fallback = plan.fallbacks[system.bypass_ids[f]]
    place = (fallback.executes_at,) if fallback.executes_at else ()
    return all(x[system.index[i]] >= HALF - LEVEL for i in (*fallback.needs, *place))


def _beneath(target: str, plan: Plan, lineage: Lineage, *, with_fallbacks: bool) -> frozenset[str]:
    """What a target rests on, and with fallbacks also what those rest on that protect any of it."""
    below = lineage.rests_on([target])
    while with_fallbacks:
        more = {
            i
            for f in plan.fallbacks.values()
            if f.protects in below
            for i in (*f.via, *f.needs, *((f.executes_at,) if f.executes_at else ()))
        }
        if more <= below:
            break
        below = lineage.rests_on(below | more)
    return below - {target}


def _contains(smaller: list[tuple[str, ...]], lost: tuple[str, ...]) -> bool:
    return any(set(s) <= set(lost) for s in smaller)
