"""The one thing to do now: read from how things stand and what each fallback is worth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf

from bcp.engine.live.deadlines import hurt, last_decision, nearest_limit, undecided
from bcp.model.log_entry import Told
from bcp.model.next_step import NextKind, NextStep, who_decides
from bcp.model.plan import Plan
from bcp.model.route import Verdict
from bcp.model.run import FallbackState
from bcp.model.situation import ActivityNow, FallbackNow, Situation
from bcp.model.worth import Worth

_USEFUL = (Verdict.USABLE, Verdict.UNKNOWN, Verdict.TOO_SMALL, Verdict.TOO_LATE)
_IN_USE = (FallbackState.ACTIVE, FallbackState.FAILING_BACK, FallbackState.ACTIVATING, FallbackState.BLOCKED)


def next_step(
    plan: Plan, now: Situation, worths: Sequence[Worth], waiting: Callable[[], float | None]
) -> NextStep:
    """What presses most: mark, decide, carry out, tell, find another way, else watch; once all is back, what ends it.

    A decision presses where it is for an activity that is down and does not come back in time as things stand, and
    where it brings it back sooner than what was decided already.
    `waiting` gives by when (scenario seconds) the first must be told who has not been, None for nobody; it is asked
    only where neither a decision nor its steps press.
    """
    if not now.marks and not any(not a.enough for a in now.activities):
        return NextStep(kind=NextKind.MARK)
    pressing = hurt(now)
    states = {f.fallback: f for f in now.fallbacks}
    helped = {a for w in worths if _helps(w, states[w.fallback]) for a in w.activities}
    helpless = tuple(sorted(pressing.keys() - helped, key=lambda i: (nearest_limit(pressing[i]), i)))
    return _pressing(plan, now, worths, pressing, waiting).model_copy(update={"helpless": helpless})


def _helps(worth: Worth, now: FallbackNow) -> bool:
    """Called for or under way, and nothing stands in its way."""
    return now.state is not FallbackState.IDLE and worth.verdict in _USEFUL


def _pressing(
    plan: Plan,
    now: Situation,
    worths: Sequence[Worth],
    pressing: dict[str, ActivityNow],
    waiting: Callable[[], float | None],
) -> NextStep:
    if all_back(now):
        return _ending(plan, now, waiting)
    states = {f.fallback: f for f in now.fallbacks}
    found = _decision(plan, now, worths, states, pressing) or _steps(plan, now.fallbacks)
    if found is not None:
        return found
    told_by = waiting()
    if told_by is not None:
        return NextStep(kind=NextKind.TELL, by_s=told_by)
    stuck = _stuck(worths, states, pressing)
    if stuck is not None:
        return stuck
    return NextStep(kind=NextKind.WATCH)


def all_back(now: Situation) -> bool:
    """Something was marked, all of it is back, and no activity is below what is enough."""
    back = bool(now.marks) and all(m.level >= 1.0 and not m.frozen for m in now.marks)
    return back and all(a.enough for a in now.activities)


def not_told_of_the_end(now: Situation) -> tuple[str, ...]:
    """The audiences, as the log names them, that were told something last before all of it was back."""
    if now.zero is None or not all_back(now):
        return ()
    back_s, zero = max(m.since_s for m in now.marks), now.zero
    last: dict[str, float] = {}
    for entry in now.told:
        if isinstance(entry.what, Told):
            told_s = (entry.when - zero).total_seconds()
            last[entry.what.audience] = max(told_s, last.get(entry.what.audience, told_s))
    return tuple(sorted(name for name, told_s in last.items() if told_s < back_s))


def _ending(plan: Plan, now: Situation, waiting: Callable[[], float | None]) -> NextStep:
    """All is back: say so to those who were told, end what was put in place, then close."""
    again = not_told_of_the_end(now)
    if again:
        return NextStep(kind=NextKind.TELL_AGAIN, audiences=again)
    told_by = waiting()
    if told_by is not None:
        return NextStep(kind=NextKind.TELL, by_s=told_by)
    for f in now.fallbacks:
        if f.state in _IN_USE:
            steps = plan.fallbacks[f.fallback].failback_steps
            n = next((n for n in range(len(steps)) if n not in f.failback_steps_done), len(steps))
            by = steps[n].by if n < len(steps) else None
            return NextStep(
                kind=NextKind.FAIL_BACK, fallback=f.fallback, step=n,
                who=(by,) if by else who_decides(plan, f.fallback),
            )  # fmt: skip
    return NextStep(kind=NextKind.CLOSE)


def _for(worth: Worth, pressing: dict[str, ActivityNow]) -> str:
    """The activity that a fallback would bring back sooner: the one whose limit is the nearest; empty for none."""
    arrives = 0.0 if worth.arrives_s is None else worth.arrives_s
    sooner = (i for i in worth.activities if i in pressing and arrives < (pressing[i].back_s or inf))
    return min(sooner, key=lambda i: (nearest_limit(pressing[i]), i), default="")


def _decision(
    plan: Plan,
    now: Situation,
    worths: Sequence[Worth],
    states: dict[str, FallbackNow],
    pressing: dict[str, ActivityNow],
) -> NextStep | None:
    """The decision whose time runs out first, of those that still keep a limit; then the best that helps at all."""
    asked = []
    for n, w in enumerate(worths):
        if w.verdict in _USEFUL and undecided(plan, states[w.fallback]) and _for(w, pressing):
            last = last_decision(plan, states[w.fallback], w.activities, pressing, now.clock.t_s)
            by_s = inf if last is None or last.by_s is None else last.by_s
            asked.append((by_s, _for(w, pressing) if last is None else last.activity, n, w, last))
    if not asked:
        return None
    by_s, activity, _, worth, last = min(asked, key=lambda found: found[:3])
    return NextStep(
        kind=NextKind.DECIDE, fallback=worth.fallback, activity=activity, who=who_decides(plan, worth.fallback),
        by_s=by_s if by_s < inf else None, last=last,
    )  # fmt: skip


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
    worths: Sequence[Worth], states: dict[str, FallbackNow], pressing: dict[str, ActivityNow]
) -> NextStep | None:
    """Something is down that no way around serves; named is what stands in the way of the best."""
    if not pressing:
        return None
    for worth in worths:
        if states[worth.fallback].state is not FallbackState.IDLE and _for(worth, pressing):
            return NextStep(
                kind=NextKind.STUCK,
                fallback=worth.fallback,
                activity=_for(worth, pressing),
                because=worth.because,
            )
    return NextStep(kind=NextKind.STUCK, activity=min(pressing, key=lambda i: nearest_limit(pressing[i])))
