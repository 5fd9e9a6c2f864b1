"""What each fallback is worth now, in the middle of an outage: usable, or why not."""

from __future__ import annotations

from collections.abc import Sequence

from bcp.engine.levels.selectors import Lineage
from bcp.engine.levels.tolerance import LEVEL
from bcp.engine.live.deadlines import hurt, last_decision
from bcp.model.assumed import doubts
from bcp.model.fate import Fate, SharedFate
from bcp.model.plan import Plan
from bcp.model.requirement import Needs
from bcp.model.route import Verdict
from bcp.model.run import FallbackState
from bcp.model.situation import ActivityNow, FallbackNow, Situation
from bcp.model.worth import Worth

_RANK = (
    Verdict.USABLE,
    Verdict.UNKNOWN,
    Verdict.TOO_SMALL,
    Verdict.TOO_LATE,
    Verdict.BLOCKED,
    Verdict.SHARES,
)
"""Late is better than never, once the outage is there."""

_CARRYING = (FallbackState.ACTIVE, FallbackState.FAILING_BACK)


def worths(plan: Plan, now: Situation, fates: Sequence[SharedFate] = ()) -> tuple[Worth, ...]:
    """Every fallback with its worth: those called for first, the best first, then by what is pressing most.

    Decided now, a fallback is in place after what is left of its lead time; it is too late where the RTO of
    an activity that is down and rests on what it protects is reached before. `fates` are the shared-fate
    verdicts of the plan: a way that works now may rest on what can take it down next, and where it is unknown
    what a way rests on, nobody knows that it works until it carries load.
    """
    unknown = {fate.fallback for fate in fates if fate.verdict == Fate.UNKNOWN}
    shared = {fate.fallback: tuple(m.component for m in fate.meetings) for fate in fates}
    lineage = Lineage(plan)
    below = {a.activity: lineage.rests_on([a.activity]) for a in now.activities}
    found = [
        _worth(
            plan,
            now,
            f,
            [a for a in now.activities if f.protects in below[a.activity]],
            shared.get(f.fallback, ()),
            unknown=f.fallback in unknown,
        )
        for f in now.fallbacks
    ]
    order = {f.fallback: f for f in now.fallbacks}

    def rank(worth: Worth) -> tuple[bool, int, float, str]:
        limit = float("inf") if worth.limit_s is None else worth.limit_s
        return (
            order[worth.fallback].state == FallbackState.IDLE,
            _RANK.index(worth.verdict),
            limit,
            worth.fallback,
        )

    return tuple(sorted(found, key=rank))


def _worth(
    plan: Plan,
    now: Situation,
    f: FallbackNow,
    activities: list[ActivityNow],
    shared: tuple[str, ...],
    *,
    unknown: bool,
) -> Worth:
    limits = [(a.rto_at_s, a.activity) for a in activities if a.rto_at_s is not None and not a.enough]
    limit_s, limit_of = min(limits, default=(None, ""))
    arrives = _arrives(plan, now, f)
    needed = max((_needed(plan, a.activity, f.protects) for a in activities), default=0.0)
    verdict, because = _verdict(plan, f, arrives, limit_s, needed)
    if verdict is Verdict.USABLE and unknown and f.state not in _CARRYING:
        verdict = Verdict.UNKNOWN
    return Worth(
        fallback=f.fallback, verdict=verdict, because=because, doubts=doubts(plan, f.fallback, limit_of),
        shares=tuple(i for i in shared if i not in because), arrives_s=arrives, limit_s=limit_s, limit_of=limit_of,
        last=last_decision(plan, f, [a.activity for a in activities], hurt(now), now.clock.t_s),
        carries=f.carries, needed=needed, activities=tuple(a.activity for a in activities),
    )  # fmt: skip


def _arrives(plan: Plan, now: Situation, f: FallbackNow) -> float | None:
    """Scenario time at which it carries load: as things stand, or if it were decided now; none: never so."""
    if f.state in _CARRYING or f.state == FallbackState.ACTIVATING:
        return f.in_place_s
    if f.stopped_by or f.carries <= LEVEL:
        return None
    return now.clock.t_s + (plan.fallbacks[f.fallback].lead_time or 0.0)


def _verdict(
    plan: Plan, f: FallbackNow, arrives: float | None, limit_s: float | None, needed: float
) -> tuple[Verdict, tuple[str, ...]]:
    """The first of these that holds: blocked, its carriers down too, lead time unknown, too late, too small."""
    carrying = f.state in _CARRYING
    if f.stopped_by and not carrying:
        return Verdict.BLOCKED, f.stopped_by
    if f.carries <= LEVEL:
        return Verdict.SHARES, f.carriers_down
    if plan.fallbacks[f.fallback].lead_time is None and not carrying:
        return Verdict.UNKNOWN, ()
    if not carrying and arrives is not None and limit_s is not None and arrives > limit_s:
        return Verdict.TOO_LATE, ()
    return (Verdict.TOO_SMALL if f.carries < needed - LEVEL else Verdict.USABLE), ()


def _needed(plan: Plan, activity: str, protects: str) -> float:
    """The share that must be carried for an activity to be at its MBCO; 0 where it can do without some of it."""
    component = plan.components[activity]
    alone = any(isinstance(r, Needs) and r.needs == protects and r.impact >= 1.0 for r in component.requires)
    return component.analysis.mbco if alone or activity == protects else 0.0
