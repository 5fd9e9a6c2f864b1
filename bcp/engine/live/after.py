"""After-action: the times that were lived through beside those that were planned."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from bcp.engine.levels.tolerance import SECONDS
from bcp.engine.live.clock import SittingClock
from bcp.engine.live.fallbacks import CARRYING
from bcp.engine.live.unfolding import Told
from bcp.engine.run.metrics import disruptions
from bcp.model.after_action import AfterAction, LivedActivity, MeasuredFallback, TimesOf
from bcp.model.component import Bia
from bcp.model.decision import Act
from bcp.model.log_entry import Parked
from bcp.model.run import FallbackState, Run
from bcp.model.situation import LoggedDecision, Situation


def after_action(told: Told, planned: Run, lived: Run, seen: Situation, now: datetime) -> AfterAction:
    """What came of a sitting by now, or by when it was closed.

    `planned` is the run in which everything is decided as the plan has it, `lived` the one that people drove,
    both of the scenario as it was played; `seen` is the situation at that moment.
    """
    until = seen.clock.t_s
    sitting = told.sitting
    fallbacks = (_measured(told, f, planned, lived, until) for f in told.plan.fallbacks)
    return AfterAction(
        sitting=sitting.id,
        kind=sitting.kind,
        title=sitting.title,
        plan=sitting.plan,
        revision=sitting.revision,
        began=told.clock.started(now) or sitting.begun,
        closed=told.clock.closed,
        until_s=until,
        fallbacks=tuple(m for m in fallbacks if m is not None),
        activities=tuple(_lived(told, a, planned, lived, until) for a in told.plan.activities),
        decisions=seen.decisions,
        actions=seen.actions,
        parked=tuple(e.what.text for e in seen.parked if isinstance(e.what, Parked)),
        participants=seen.participants,
    )


def _measured(told: Told, key: str, planned: Run, lived: Run, until: float) -> MeasuredFallback | None:
    """A fallback's first activation; None where nothing called for it and nobody decided on it."""
    decisions = [d for d in told.decisions if d.fallback == key and d.t_s <= until + SECONDS]
    times, planned_times = _times(lived, key, until), _times(planned, key, until)
    if times.noticed_s is None and planned_times.noticed_s is None and not decisions:
        return None
    fallback = told.plan.fallbacks[key]
    decided, reported = _first_activation(decisions)
    blocked = _blocked(lived, key, decided, reported)
    decision = None
    if decided is not None and times.noticed_s is not None:
        decision = max(0.0, decided.t_s - times.noticed_s)
    zone = ZoneInfo(told.plan.organisation.timezone)
    return MeasuredFallback(
        fallback=key,
        planned=planned_times.model_copy(update={"decided_s": _planned_decision(told, key, planned_times)}),
        lived=TimesOf(
            noticed_s=times.noticed_s,
            decided_s=None if decided is None else decided.t_s,
            in_place_s=times.in_place_s,
        ),
        reported=reported is not None,
        decision_s=decision,
        lead_s=None
        if decided is None or reported is None
        else max(0.0, reported.t_s - decided.t_s - blocked),
        blocked_s=blocked,
        planned_decision_s=_decision_of(told, key),
        planned_lead_s=fallback.lead_time,
        true_to_life=_true_to_life(told.clock, times.noticed_s, decided, reported),
        held_on=reported.at.astimezone(zone).date() if reported is not None else None,
    )


def _times(run: Run, key: str, until: float) -> TimesOf:
    steps = [s for s in run.fallbacks[key] if s[0] <= until + SECONDS]
    noticed: float | None = None
    for (_, before), (t, state) in pairwise(steps):
        if before == FallbackState.DETECTING and state != FallbackState.IDLE and noticed is None:
            noticed = t
    if noticed is None and steps and steps[0][1] not in (FallbackState.IDLE, FallbackState.DETECTING):
        noticed = steps[0][0]
    return TimesOf(noticed_s=noticed, in_place_s=next((t for t, state in steps if state in CARRYING), None))


def _decision_of(told: Told, key: str) -> float:
    fallback = told.plan.fallbacks[key]
    if fallback.automatic:
        return 0.0
    return told.plan.defaults.decision if fallback.decision is None else fallback.decision


def _planned_decision(told: Told, key: str, times: TimesOf) -> float | None:
    return None if times.noticed_s is None else times.noticed_s + _decision_of(told, key)


def _first_activation(
    decisions: list[LoggedDecision],
) -> tuple[LoggedDecision | None, LoggedDecision | None]:
    """The first decision to activate, and the first report after it that it is in place, if any came.

    Where it was stood down in between, the next decision is the first. A report with no decision before it, as of
    a fallback that activates by itself, is no decision.
    """
    decided: LoggedDecision | None = None
    for decision in decisions:
        if decision.act == Act.STAND_DOWN:
            decided = None
        elif decision.act == Act.IN_PLACE:
            return decided, decision
        elif decided is None:
            decided = decision
    first = next((d for d in decisions if d.act == Act.ACTIVATE), None)
    return first, None


def _blocked(run: Run, key: str, decided: LoggedDecision | None, reported: LoggedDecision | None) -> float:
    if decided is None or reported is None:
        return 0.0
    steps = run.fallbacks[key]
    ends = [*(t for t, _ in steps[1:]), run.horizon_s]
    return sum(
        max(0.0, min(end, reported.t_s) - max(t, decided.t_s))
        for (t, state), end in zip(steps, ends, strict=True)
        if state == FallbackState.BLOCKED
    )


def _true_to_life(
    clock: SittingClock,
    noticed: float | None,
    decided: LoggedDecision | None,
    reported: LoggedDecision | None,
) -> bool:
    """True where as much real time went by as scenario time, from the first of the three to the last."""
    made = [d for d in (decided, reported) if d is not None]
    if not made:
        return True
    first, last = min(made, key=lambda d: d.at), max(made, key=lambda d: d.at)
    began, since = first.at, first.t_s
    if noticed is not None and noticed < since:
        reached = clock.reached(noticed, datetime.max.replace(tzinfo=UTC))
        began, since = (reached, noticed) if reached is not None else (began, since)
    return abs((last.at - began).total_seconds() - (last.t_s - since)) < 1.0


def _lived(told: Told, key: str, planned: Run, lived: Run, until: float) -> LivedActivity:
    bia = told.plan.components[key].analysis
    plan_down, plan_rto, plan_mtpd = _limits(planned, key, bia, until)
    down, rto, mtpd = _limits(lived, key, bia, until)
    return LivedActivity(
        activity=key,
        planned_downtime_s=plan_down,
        downtime_s=down,
        planned_rto_met=plan_rto,
        rto_met=rto,
        planned_mtpd_met=plan_mtpd,
        mtpd_met=mtpd,
    )


def _limits(run: Run, key: str, bia: Bia, until: float) -> tuple[float, bool | None, bool | None]:
    """Downtime up to a second, and whether each limit was kept until then."""
    steps = [s for s in run.levels[key] if s[0] < until]
    lengths = [end - since for since, end in disruptions(steps, bia.mbco, until)] if steps else []
    longest = max(lengths, default=0.0)
    rto, mtpd = (None if limit is None else longest <= limit + SECONDS for limit in (bia.rto, bia.mtpd))
    return sum(lengths), rto, mtpd
