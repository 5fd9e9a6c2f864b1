"""The reference's qualities: the method's section on quality, literally, at levels that are given.

The quality of a component is the share of what it delivers that is good. Levels are what they are; quality
changes none of them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bcp.model.plan import Plan
from bcp.model.requirement import Needs, Pool, Quorum, Requirement
from tests.engine.reference_levels import BELOW, ROUNDS, STILL, ZERO, Levels


@dataclass(frozen=True)
class Qualities:
    """Quality without fallbacks and as delivered, by component."""

    primary: Mapping[str, float]
    delivered: Mapping[str, float]


def parts(requirement: Requirement, x: Mapping[str, float]) -> list[tuple[str, float]]:
    """The members of a need, a pool or a split, each with the amount that passes through it."""
    if isinstance(requirement, Needs):
        return [(requirement.needs, requirement.impact * x[requirement.needs])]
    assert not isinstance(requirement, Quorum)
    weights = requirement.pool if isinstance(requirement, Pool) else requirement.split
    return [(j, weight * x[j]) for j, weight in weights.items()]


def carriers(requirement: Quorum, x: Mapping[str, float]) -> list[str]:
    """The members of a quorum whose level is not below its value."""
    enough = sorted((x[j] for j in requirement.of), reverse=True)[requirement.quorum - 1]
    return [j for j in requirement.of if x[j] >= enough - BELOW]


def requirement_quality(requirement: Requirement, x: Mapping[str, float], q: Mapping[str, float]) -> float:
    """'Of what passes through a requirement, the share that is good': the mean over its parts by their amounts.

    What a soft need's owner does without it is good; of a quorum, the k-th best of those that carry it counts.
    """
    if isinstance(requirement, Quorum):
        return sorted((q[j] for j in carriers(requirement, x)), reverse=True)[requirement.quorum - 1]
    without = 1 - requirement.impact if isinstance(requirement, Needs) else 0.0
    amounts = parts(requirement, x)
    total = without + sum(amount for _, amount in amounts)
    if total <= 0:
        return 1.0
    return (without + sum(amount * q[j] for j, amount in amounts)) / total


def primary_quality(plan: Plan, i: str, own: float, levels: Levels, q: Mapping[str, float]) -> float:
    """'The lowest of its own and its requirements''; where nothing passes nothing is spoilt."""
    if levels.primary[i] <= ZERO:
        return 1.0
    running = [r for r in plan.components[i].requires if r.during == "run"]
    return min([own, *(requirement_quality(r, levels.delivered, q) for r in running)])


def delivered_quality(
    plan: Plan, i: str, primary: float, levels: Levels, q: Mapping[str, float], active: Collection[str]
) -> float:
    """'Active fallbacks carry what they can, the component the rest', each with its own quality."""
    x = levels.delivered
    if x[i] <= ZERO:
        return 1.0
    own = [plan.fallbacks[f] for f in sorted(active) if plan.fallbacks[f].protects == i]
    amounts = [f.capacity * min((x[j] for j in f.via), default=1.0) for f in own]
    total = sum(amounts)
    if total <= ZERO:
        return primary
    taken = min(1.0, total)
    mixed = sum(
        a / total * min((q[j] for j in f.via), default=1.0) for f, a in zip(own, amounts, strict=True)
    )
    rest = max(0.0, x[i] - taken)
    return (taken * mixed + rest * primary) / (taken + rest)


def qualities(plan: Plan, own: Mapping[str, float], levels: Levels, active: Collection[str]) -> Qualities:
    """The greatest qualities (iterate downwards from 1) for own qualities, levels and active fallbacks."""
    q = dict.fromkeys(plan.components, 1.0)
    for _ in range(ROUNDS):
        primary = {i: primary_quality(plan, i, own[i], levels, q) for i in plan.components}
        new = {i: delivered_quality(plan, i, primary[i], levels, q, active) for i in plan.components}
        change = max((abs(new[i] - q[i]) for i in new), default=0.0)
        q = new
        if change <= STILL:
            return Qualities(primary, q)
    raise AssertionError("the qualities did not settle")


def spoilers(
    plan: Plan,
    events: Mapping[str, Mapping[int, float]],
    i: str,
    now: Levels,
    good: Qualities,
    active: Collection[str],
) -> frozenset[int]:
    """The events at the root of what spoils i without its fallbacks: down along what binds its quality.

    `events` gives for each component the own quality that each event on it gives it.
    """
    order: list[tuple[str, bool]] = [(i, False)]
    found: set[int] = set()
    for j, with_fallbacks in order:
        if with_fallbacks and (mine := [f for f in active if plan.fallbacks[f].protects == j]):
            following = delivering(plan, j, mine, now, good)
        else:
            found |= own_spoilers(events[j], j, now, good)
            following = [(k, True) for k in spoiling_members(plan, j, now, good)]
        order += [step for step in following if step not in order]
    return frozenset(found)


def own_spoilers(events: Mapping[int, float], i: str, now: Levels, good: Qualities) -> set[int]:
    """The events on i itself, those of the lowest quality, where its own quality binds."""
    lowest = min(events.values(), default=1.0)
    if now.primary[i] <= ZERO or lowest >= 1 or lowest > good.primary[i] + ZERO:
        return set()
    return {e for e, quality in events.items() if quality <= lowest + ZERO}


def delivering(
    plan: Plan, i: str, active: Collection[str], now: Levels, good: Qualities
) -> list[tuple[str, bool]]:
    """What spoils what i delivers with fallbacks: what they go via, and i by itself where it carries a rest."""
    x = now.delivered
    if x[i] <= ZERO or good.delivered[i] >= 1 - ZERO:
        return []
    amounts = {
        f: plan.fallbacks[f].capacity * min((x[j] for j in plan.fallbacks[f].via), default=1.0)
        for f in active
    }
    total = sum(amounts.values())
    found: list[tuple[str, bool]] = []
    if x[i] - min(1.0, total) > ZERO and good.primary[i] < 1 - ZERO:
        found.append((i, False))
    for f, amount in amounts.items():
        worst = min((good.delivered[j] for j in plan.fallbacks[f].via), default=1.0)
        if amount > ZERO and worst < 1 - ZERO:
            found += [(j, True) for j in plan.fallbacks[f].via if good.delivered[j] <= worst + ZERO]
    return found


def spoiling_members(plan: Plan, i: str, now: Levels, good: Qualities) -> list[str]:
    """The members of the requirements that bind the quality of i."""
    x, q, limit = now.delivered, good.delivered, good.primary[i]
    if now.primary[i] <= ZERO or limit >= 1 - ZERO:
        return []
    found: list[str] = []
    for r in plan.components[i].requires:
        if r.during != "run" or (value := requirement_quality(r, x, q)) > limit + ZERO:
            continue
        if isinstance(r, Quorum):
            found += [j for j in carriers(r, x) if q[j] <= value + ZERO]
        else:
            found += [j for j, amount in parts(r, x) if amount > 0 and q[j] < 1 - ZERO]
    return found
