"""The reference's steady state: DESIGN section 3, 'Steady state', literally."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bcp.model.fallback import Fallback
from bcp.model.plan import Plan
from bcp.model.requirement import Needs, Pool, Quorum, Requirement, Split

ZERO = 1e-12
"""A level up to this is zero; two levels closer than this are the same."""

BELOW = 1e-9
"""A level is below a limit when it is so by more than this."""

STILL = 1e-15
ROUNDS = 200_000


@dataclass(frozen=True)
class Levels:
    """Primary levels p and delivered levels x, by component."""

    primary: Mapping[str, float]
    delivered: Mapping[str, float]


def is_below(level: float, limit: float) -> bool:
    """True where a level is below a limit by more than rounding."""
    return level < limit - BELOW


def requirement_value(requirement: Requirement, x: Mapping[str, float]) -> float:
    """A requirement's value.

    'needs j: 1 − a(1 − x_j) with impact a (default 1); pool: min(1, Σ c_j x_j); split (Σ w = 1): Σ w_j x_j;
    quorum k: the k-th largest x_j'.
    """
    if isinstance(requirement, Needs):
        return 1 - requirement.impact * (1 - x[requirement.needs])
    if isinstance(requirement, Pool):
        return min(1.0, sum(capacity * x[j] for j, capacity in requirement.pool.items()))
    if isinstance(requirement, Split):
        return sum(weight * x[j] for j, weight in requirement.split.items())
    assert isinstance(requirement, Quorum)
    return sorted((x[j] for j in requirement.of), reverse=True)[requirement.quorum - 1]


def primary_level(plan: Plan, i: str, own: float, x: Mapping[str, float], down: Collection[str]) -> float:
    """By 'p_i = 0 for i in D, else min(o_i, values of its requirements), those marked `during: start` left out'."""
    if i in down:
        return 0.0
    values = [requirement_value(r, x) for r in plan.components[i].requires if r.during == "run"]
    return min([own, *values])


def carried(fallback: Fallback, x: Mapping[str, float]) -> float:
    """By 'capacity_f · min_{j ∈ via_f} x_j'; without any `via` nothing can lower it."""
    return fallback.capacity * min((x[j] for j in fallback.via), default=1.0)


def levels(plan: Plan, own: Mapping[str, float], down: Collection[str], active: Collection[str]) -> Levels:
    """Steady state for own states, the set D of components that are down and the set A of active fallbacks.

    'x_i = min(1, p_i + Σ_{f ∈ A, f protects i} capacity_f · min_{j ∈ via_f} x_j)'; 'x is the greatest solution
    (iterate downwards from 1)'.
    """
    x = dict.fromkeys(plan.components, 1.0)
    for _ in range(ROUNDS):
        primary = {i: primary_level(plan, i, own[i], x, down) for i in plan.components}
        new = dict(primary)
        for f in active:
            fallback = plan.fallbacks[f]
            new[fallback.protects] += carried(fallback, x)
        new = {i: min(1.0, level) for i, level in new.items()}
        change = max((abs(new[i] - x[i]) for i in new), default=0.0)
        x = new
        if change <= STILL:
            return Levels(primary, x)
    raise AssertionError("the levels did not settle")
