"""The one thing to do now: read from how things stand and what each fallback is worth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf

from bcp.model.next_step import NextKind, NextStep, who_decides
from bcp.model.plan import Plan
from bcp.model.route import Verdict
from bcp.model.run import FallbackState
from bcp.model.situation import ActivityNow, FallbackNow, Situation
from bcp.model.worth import Worth

_USEFUL = (Verdict.USABLE, Verdict.UNKNOWN, Verdict.TOO_SMALL, Verdict.TOO_LATE)
_UNDECIDED = (FallbackState.DETECTING, FallbackState.WAITING)


def next_step(
    plan: Plan, now: Situation, worths: Sequence[Worth], waiting: Callable[[], float | None]
) -> NextStep:
    """What presses most: mark, decide, carry out, tell, find another way, close, else watch.

    A decision presses where it is for an activity that is down and does not come back in time as things stand, and
    where it brings it back sooner than what was decided already.
    `waiting` gives by when (scenario seconds) the first must be told who has not been, None for nobody; it is asked
    only where neither a decision nor its steps press.
    """
    if not now.marks and not any(not a.enough for a in now.activities):
        return NextStep(kind=NextKind.MARK)
    hurt = {a.activity: a for a in now.activities if _presses(a, now.clock.t_s)}
    states = {f.fallback: f for f in now.fallbacks}
    helped = {a for w in worths if _helps(w, states[w.fallback]) for a in w.activities}
    helpless = tuple(sorted(hurt.keys() - helped, key=lambda i: (_limit(hurt[i]), i)))
    return _pressing(plan, now, worths, hurt, waiting).model_copy(update={"helpless": helpless})


def _helps(worth: Worth, now: FallbackNow) -> bool:
    """Called for or under way, and nothing stands in its way."""
    return now.state is not FallbackState.IDLE and worth.verdict in _USEFUL


def _pressing(
    plan: Plan,
    now: Situation,
    worths: Sequence[Worth],
    hurt: dict[str, ActivityNow],
    waiting: Callable[[], float | None],
) -> NextStep:
    states = {f.fallback: f for f in now.fallbacks}
    found = _decision(plan, now, worths, states, hurt) or _steps(plan, now.fallbacks)
    if found is not None:
        return found
    told_by = waiting()
    if told_by is not None:
        return NextStep(kind=NextKind.TELL, by_s=told_by)
    stuck = _stuck(worths, states, hurt)
    if stuck is not None:
        return stuck
    back = bool(now.marks) and all(m.level >= 1.0 and not m.frozen for m in now.marks)
    well = all(a.enough for a in now.activities)
    return NextStep(kind=NextKind.CLOSE if back and well else NextKind.WATCH)


def _presses(activity: ActivityNow, t_s: float) -> bool:
    """Below what is enough, with nothing decided that brings it back before the next limit breaks."""
    return not activity.enough and (
        activity.back_s is None or any(limit > t_s for limit in _breaking(activity))
    )


def _breaking(activity: ActivityNow) -> tuple[float, ...]:
    """The limits that are reached before it is back as things stand."""
    back = inf if activity.back_s is None else activity.back_s
    return tuple(t for t in (activity.rto_at_s, activity.mtpd_at_s) if t is not None and t < back)


def _for(worth: Worth, hurt: dict[str, ActivityNow]) -> str:
    """The activity that a fallback would bring back sooner: the one whose limit is the nearest; empty for none."""
    arrives = 0.0 if worth.arrives_s is None else worth.arrives_s
    sooner = (i for i in worth.activities if i in hurt and arrives < (hurt[i].back_s or inf))
    return min(sooner, key=lambda i: (_limit(hurt[i]), i), default="")


def _decision(
    plan: Plan,
    now: Situation,
    worths: Sequence[Worth],
    states: dict[str, FallbackNow],
    hurt: dict[str, ActivityNow],
) -> NextStep | None:
    """The decision whose time runs out first, of those that still keep a limit; then the best that helps at all."""
    open_ones = [w for w in worths if w.verdict in _USEFUL and _undecided(plan, states[w.fallback])]
    asked = [(*_deadline(w, now.clock.t_s, hurt), n, w) for n, w in enumerate(open_ones) if _for(w, hurt)]
    if not asked:
        return None
    by_s, activity, _, worth = min(asked, key=lambda found: found[:3])
    return NextStep(
        kind=NextKind.DECIDE, fallback=worth.fallback, activity=activity, who=who_decides(plan, worth.fallback),
        by_s=by_s if by_s < inf and plan.fallbacks[worth.fallback].lead_time is not None else None,
    )  # fmt: skip


def _undecided(plan: Plan, now: FallbackNow) -> bool:
    """Somebody has to decide on it: one that is automatic goes on by itself as soon as the need is noticed."""
    by_itself = plan.fallbacks[now.fallback].automatic and now.state is FallbackState.DETECTING
    return now.state in _UNDECIDED and not by_itself


def _deadline(worth: Worth, t_s: float, hurt: dict[str, ActivityNow]) -> tuple[float, str]:
    """The latest decision with which the first limit holds that can still be kept, and whose it is; infinite for none."""
    lead = 0.0 if worth.arrives_s is None else worth.arrives_s - t_s
    kept = [
        (limit - lead, i)
        for i in worth.activities
        if i in hurt
        for limit in _breaking(hurt[i])
        if limit - lead >= t_s
    ]
    return min(kept, default=(inf, _for(worth, hurt)))


def _steps(plan: Plan, fallbacks: Sequence[FallbackNow]) -> NextStep | None:
    """The first step that is not done of a fallback that was decided on; without steps, to say that it carries load.

    One that is blocked waits for what stands in its way, not for its steps.
    """
    for f in fallbacks:
        if f.state is not FallbackState.ACTIVATING or f.decided_s is None:
            continue
        steps = plan.fallbacks[f.fallback].steps
        n = next((n for n in range(len(steps)) if n not in f.steps_done), len(steps))
        by = steps[n].by if n < len(steps) else None
        return NextStep(
            kind=NextKind.CARRY_OUT, fallback=f.fallback, step=n, by_s=f.in_place_s,
            who=(by,) if by else who_decides(plan, f.fallback),
        )  # fmt: skip
    return None


def _stuck(
    worths: Sequence[Worth], states: dict[str, FallbackNow], hurt: dict[str, ActivityNow]
) -> NextStep | None:
    """Something is down that no way around serves; named is what stands in the way of the best."""
    if not hurt:
        return None
    for worth in worths:
        if states[worth.fallback].state is not FallbackState.IDLE and _for(worth, hurt):
            return NextStep(
                kind=NextKind.STUCK,
                fallback=worth.fallback,
                activity=_for(worth, hurt),
                because=worth.because,
            )
    return NextStep(kind=NextKind.STUCK, activity=min(hurt, key=lambda i: _limit(hurt[i])))


def _limit(activity: ActivityNow) -> float:
    return min((t for t in (activity.rto_at_s, activity.mtpd_at_s) if t is not None), default=inf)
