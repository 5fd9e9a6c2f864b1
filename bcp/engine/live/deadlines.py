"""The latest decision on a fallback: which limit it keeps, and which cannot be kept with it any more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf

from bcp.model.last_decision import LastDecision, Missed
from bcp.model.plan import Plan
from bcp.model.run import FallbackState
from bcp.model.situation import ActivityNow, FallbackNow, Situation

_UNDECIDED = (FallbackState.DETECTING, FallbackState.WAITING)


def hurt(now: Situation) -> dict[str, ActivityNow]:
    """The activities below what is enough, with nothing decided that brings them back before the next limit breaks."""
    return {a.activity: a for a in now.activities if _presses(a, now.clock.t_s)}


def undecided(plan: Plan, now: FallbackNow) -> bool:
    """Somebody has to decide on it: one that is automatic goes on by itself as soon as the need is noticed."""
    by_itself = plan.fallbacks[now.fallback].automatic and now.state is FallbackState.DETECTING
    return now.state in _UNDECIDED and not by_itself


def last_decision(
    plan: Plan, now: FallbackNow, activities: Sequence[str], pressing: Mapping[str, ActivityNow], t_s: float
) -> LastDecision | None:
    """By when to decide on a fallback for these activities, of those that press (`hurt`).

    The limit that is named is the first that can still be kept. None where nobody has to decide, where nothing
    presses, or where the plan does not say how long it takes.
    """
    lead = plan.fallbacks[now.fallback].lead_time
    own = [pressing[i] for i in activities if i in pressing]
    if lead is None or not own or not undecided(plan, now):
        return None
    kept = [(at - lead, a.activity, name) for a in own for name, at in breaking(a) if at - lead >= t_s]
    by_s, activity, limit = min(kept, default=(None, min(own, key=_nearest).activity, ""))
    missed = tuple(
        Missed(limit=name, never=a.below_since_s is not None and at - lead < a.below_since_s,
               allowed_s=at - (a.below_since_s or 0.0))
        for a in own if a.activity == activity
        for name, at in breaking(a) if at - lead < t_s
    )  # fmt: skip
    return LastDecision(activity=activity, by_s=by_s, limit=limit, takes_s=lead, missed=missed)


def breaking(activity: ActivityNow) -> tuple[tuple[str, float], ...]:
    """The limits that are reached before it is back as things stand, by name with their scenario times."""
    back = inf if activity.back_s is None else activity.back_s
    limits = (("RTO", activity.rto_at_s), ("MTPD", activity.mtpd_at_s))
    return tuple((name, t) for name, t in limits if t is not None and t < back)


def nearest_limit(activity: ActivityNow) -> float:
    """The first limit of an activity, reached or not; infinite for none."""
    return min((t for t in (activity.rto_at_s, activity.mtpd_at_s) if t is not None), default=inf)


def _nearest(activity: ActivityNow) -> tuple[float, str]:
    return nearest_limit(activity), activity.activity


def _presses(activity: ActivityNow, t_s: float) -> bool:
    return not activity.enough and (
        activity.back_s is None or any(limit > t_s for _, limit in breaking(activity))
    )
