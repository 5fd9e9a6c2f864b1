"""What breaks next, and when each limit is reached: read from how a sitting unfolds after a moment."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from bcp.engine.levels.standing import HALF
from bcp.engine.levels.tolerance import LEVEL, SECONDS
from bcp.model.plan import Plan
from bcp.model.run import ActivityResult, FallbackState, Run, at
from bcp.model.situation import ActivityNow, Ahead, AheadKind

_STATES = {
    FallbackState.ACTIVE: AheadKind.IN_PLACE,
    FallbackState.BLOCKED: AheadKind.BLOCKED,
    FallbackState.EXHAUSTED: AheadKind.USED_UP,
}


def activities_now(plan: Plan, run: Run, t_s: float) -> tuple[ActivityNow, ...]:
    """Every activity at second `t_s`, the one that breaks a limit first, first; then by what falls first."""
    found = [_activity(plan, run, i, t_s) for i in plan.activities]
    return tuple(sorted(found, key=_urgency))


def _urgency(now: ActivityNow) -> tuple[bool, float, float, str]:
    limits = [t for t in (now.rto_at_s, now.mtpd_at_s) if t is not None]
    since = now.below_since_s if now.below_since_s is not None else now.falls_s
    never = float("inf")
    return (now.enough, min(limits, default=never), never if since is None else since, now.activity)


def _activity(plan: Plan, run: Run, key: str, t_s: float) -> ActivityNow:
    bia, level = plan.components[key].analysis, at(run.levels[key], t_s)
    span = _span(run.activities[key], t_s)
    if span is None:
        return ActivityNow(activity=key, level=level, enough=True)
    since, until = span
    on = since <= t_s + SECONDS
    limits = [None if limit is None else since + limit for limit in (bia.rto, bia.mtpd)]
    return ActivityNow(
        activity=key,
        level=level,
        enough=not on,
        below_since_s=since if on else None,
        falls_s=None if on else since,
        back_s=until if on and until < run.horizon_s - SECONDS else None,
        rto_at_s=limits[0],
        mtpd_at_s=limits[1],
        rto_breaks=limits[0] is not None and until > limits[0] + SECONDS,
        mtpd_breaks=limits[1] is not None and until > limits[1] + SECONDS,
    )


def _span(result: ActivityResult, t_s: float) -> tuple[float, float] | None:
    """The disruption that is on at `t_s`, else the next one."""
    return next((s for s in result.disruptions if s[1] > t_s + SECONDS), None)


def ahead(plan: Plan, run: Run, t_s: float) -> tuple[Ahead, ...]:
    """All that happens after second `t_s` in a run, in order."""
    found = {
        a for a in (*_limits(plan, run), *_components(plan, run), *_fallbacks(run)) if a.at_s > t_s + SECONDS
    }
    order = {kind: n for n, kind in enumerate(AheadKind)}
    return tuple(sorted(found, key=lambda a: (a.at_s, order[a.kind], a.subject)))


def _limits(plan: Plan, run: Run) -> Iterator[Ahead]:
    for key, component in plan.activities.items():
        bia = component.analysis
        for since, until in run.activities[key].disruptions:
            yield Ahead(at_s=since, kind=AheadKind.BELOW, subject=key)
            if until < run.horizon_s - SECONDS:
                yield Ahead(at_s=until, kind=AheadKind.BACK, subject=key)
            for limit, kind in ((bia.rto, AheadKind.RTO), (bia.mtpd, AheadKind.MTPD)):
                if limit is not None and until > since + limit + SECONDS:
                    yield Ahead(at_s=since + limit, kind=kind, subject=key)


def _components(plan: Plan, run: Run) -> Iterator[Ahead]:
    """Components that come to deliver less than half, and those that deliver half again."""
    activities = plan.activities
    for key, steps in run.levels.items():
        if key in activities:
            continue
        for (_, before), (t, after) in pairwise(steps):
            if (before < HALF - LEVEL) != (after < HALF - LEVEL):
                kind = AheadKind.DOWN if after < HALF - LEVEL else AheadKind.UP
                yield Ahead(at_s=t, kind=kind, subject=key)


def _fallbacks(run: Run) -> Iterator[Ahead]:
    for key, steps in run.fallbacks.items():
        for (_, before), (t, after) in pairwise(steps):
            if before == FallbackState.DETECTING and after != FallbackState.IDLE:
                yield Ahead(at_s=t, kind=AheadKind.NOTICED, subject=key)
            if after in _STATES and before != FallbackState.FAILING_BACK:
                yield Ahead(at_s=t, kind=_STATES[after], subject=key)


def over(horizon: float) -> Ahead:
    """The end of a scenario, as the last thing ahead in it."""
    return Ahead(at_s=horizon, kind=AheadKind.OVER, subject="")
