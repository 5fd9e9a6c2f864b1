"""Shared fate of what stands in for each other beside fallbacks: members of pools and quorums, and operators."""

from __future__ import annotations

from collections.abc import Sequence

from bcp.engine.fate.attributes import site_of
from bcp.engine.fate.claims import Alternatives, alternatives
from bcp.engine.fate.overlaps import Ground, Met, Overlap
from bcp.engine.fate.shared_fate import asked, places, verdict_of
from bcp.engine.levels.compile import System
from bcp.engine.levels.losses import losses
from bcp.engine.levels.requirements import Floats
from bcp.engine.levels.selectors import Lineage
from bcp.model.fate import Basis, CommonPoint, Redundancy
from bcp.model.plan import Plan
from bcp.model.requirement import Pool, Quorum

_DIGITS = 9

_Left = dict[tuple[str, int | None, str], float]
"""What a requirement (its subject and number) is worth without a component."""


def redundancies(plan: Plan, system: System, *, ground: Ground | None = None) -> tuple[Redundancy, ...]:
    """The verdict on everything beside fallbacks that stands in for each other, by component; operators last.

    `system` is the plan compiled, `ground` the plan made ready, where the caller has it. Components count
    as shared from two members on. What a requirement is worth without one of them is computed for each
    alone, from the first by id on, for as many as a few seconds allow.
    """
    ready = ground or Ground(Lineage(plan))
    claimed = alternatives(plan)
    overlaps = ready.overlaps([a.claim for a in claimed])
    left = _losses(plan, system, claimed, overlaps, ready.closures.ids)
    return tuple(_redundancy(a, o, ready, left) for a, o in zip(claimed, overlaps, strict=True))


def _redundancy(claimed: Alternatives, overlap: Overlap, ground: Ground, left: _Left) -> Redundancy:
    plan, ids = ground.plan, ground.closures.ids
    own = "" if claimed.basis == Basis.OPERATORS else site_of(plan, claimed.subject)
    verdict = verdict_of(overlap, own)
    ends = tuple(ids[i] for i in overlap.open_ends.first)
    return Redundancy(
        subject=claimed.subject,
        requirement=claimed.requirement,
        basis=claimed.basis,
        members=claimed.members,
        verdict=verdict,
        shared=tuple(ids[i] for i in overlap.shared.first),
        shared_count=overlap.shared.count,
        points=tuple(_point(claimed, met, ids, left) for met in overlap.met),
        same=overlap.same,
        open_ends=ends,
        question=asked(plan, verdict, claimed.members, places(overlap.same, own), overlap.same, ends),
    )


def _point(claimed: Alternatives, met: Met, ids: tuple[str, ...], left: _Left) -> CommonPoint:
    ways = [(member, way) for member, way in zip(claimed.members, met.ways, strict=True) if way]
    component = ids[met.component]
    return CommonPoint(
        component=component,
        members=tuple(member for member, _ in ways),
        ways=tuple(tuple(ids[i] for i in way) for _, way in ways),
        left=left.get((claimed.subject, claimed.requirement, component)),
    )


def _losses(
    plan: Plan,
    system: System,
    claimed: Sequence[Alternatives],
    overlaps: Sequence[Overlap],
    ids: Sequence[str],
) -> _Left:
    """What each requirement is worth without each component on which its members meet, as far as computed."""
    wanted: dict[str, list[Alternatives]] = {}
    for alternative, overlap in zip(claimed, overlaps, strict=True):
        if alternative.requirement is not None:
            for met in overlap.met:
                wanted.setdefault(ids[met.component], []).append(alternative)
    left: _Left = {}
    for component, x in losses(system, wanted):
        for alternative in wanted[component]:
            left[alternative.subject, alternative.requirement, component] = _value(
                plan, system, alternative, x
            )
    return left


def _value(plan: Plan, system: System, alternative: Alternatives, x: Floats) -> float:
    """The value of a pool or quorum at levels `x`."""
    requirement = plan.components[alternative.subject].requires[alternative.requirement or 0]
    if isinstance(requirement, Pool):
        carried = sum(capacity * float(x[system.index[m]]) for m, capacity in requirement.pool.items())
        return round(min(1.0, carried), _DIGITS)
    levels = sorted((float(x[system.index[m]]) for m in requirement.members), reverse=True)
    enough = requirement.quorum if isinstance(requirement, Quorum) else 1
    return round(levels[enough - 1], _DIGITS)
