"""What a run means for the activities and the customers: disruptions, limits, lost contacts, impact."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from bcp.engine.levels.tolerance import LEVEL
from bcp.engine.run.timeline import Trajectory
from bcp.model.component import Bia, Component, Kind
from bcp.model.plan import Plan
from bcp.model.run import ActivityResult, Affected, QualityResult, at

Steps = Sequence[tuple[float, float]]


def disruptions(levels: Steps, below: float, horizon: float) -> tuple[tuple[float, float], ...]:
    """Maximal intervals (from, until, in seconds) with a level below `below`, up to the horizon."""
    found: list[tuple[float, float]] = []
    began: float | None = None
    for t, level in levels:
        if level < below - LEVEL:
            began = t if began is None else began
        elif began is not None:
            found.append((began, t))
            began = None
    if began is not None:
        found.append((began, horizon))
    return tuple(found)


def shortfall(
    levels: Steps,
    horizon: float,
    weight: Callable[[float], float] = lambda _: 1.0,
    also: Sequence[float] = (),
) -> float:
    """∫ weight(t) · (1 − level) dt in seconds up to the horizon, `weight` constant between the times in `also`."""
    times = sorted({t for t, _ in levels if t < horizon} | {t for t in also if 0.0 < t < horizon} | {horizon})
    total, place = 0.0, 0
    for start, end in pairwise(times):
        while place + 1 < len(levels) and levels[place + 1][0] <= start:
            place += 1
        total += weight(start) * (1.0 - levels[place][1]) * (end - start)
    return total


def stepped(values: Mapping[float, float], after: float) -> float:
    """A step function of time: the value at the largest key not above `after` (seconds); 0 before the first."""
    reached = [t for t in values if t <= after + LEVEL]
    return values[max(reached)] if reached else 0.0


def activity_results(plan: Plan, trajectory: Trajectory) -> dict[str, ActivityResult]:
    """What every activity of the plan went through, by id in sorted order."""
    return {i: activity_result(i, c, trajectory) for i, c in sorted(plan.activities.items())}


def activity_result(activity: str, component: Component, trajectory: Trajectory) -> ActivityResult:
    """What one activity went through."""
    bia, levels, horizon = component.analysis, trajectory.levels[activity], trajectory.horizon
    intervals = disruptions(levels, bia.mbco, horizon)
    lengths = [until - since for since, until in intervals]
    longest = max(lengths, default=0.0)
    place = trajectory.system.index[activity]

    def demand(t: float) -> float:
        return bia.demand / 3600.0 * trajectory.happenings.surge(place, t)

    return ActivityResult(
        downtime_s=sum(lengths),
        longest_s=longest,
        min_level=min(level for _, level in levels),
        first_below_s=intervals[0][0] if intervals else None,
        rto_met=_met(longest, bia.rto),
        mtpd_met=_met(longest, bia.mtpd),
        lost_contacts=shortfall(levels, horizon, demand, trajectory.happenings.times())
        if bia.demand
        else 0.0,
        impact=_impact(bia, longest, bool(intervals)),
        disruptions=intervals,
        rto_breach_s=_breach(intervals, bia.rto),
        mtpd_breach_s=_breach(intervals, bia.mtpd),
        quality=_quality(activity, bia, trajectory, demand),
    )


def _quality(
    activity: str, bia: Bia, trajectory: Trajectory, demand: Callable[[float], float]
) -> QualityResult | None:
    """How good what an activity delivered was; None where all of it was good."""
    steps, horizon = trajectory.quality.get(activity), trajectory.horizon
    if steps is None:
        return None
    below = [] if bia.quality_floor is None else disruptions(steps, bia.quality_floor, horizon)
    times = trajectory.happenings.times()
    return QualityResult(
        lowest=min(quality for _, quality in steps),
        first_worse_s=disruptions(steps, 1.0, horizon)[0][0],
        spoiled_contacts=shortfall(_spoilt(trajectory, activity), horizon, demand, times)
        if bia.demand
        else 0.0,
        below_floor_s=None if bia.quality_floor is None else sum(until - since for since, until in below),
    )


def _spoilt(trajectory: Trajectory, component: str) -> Steps:
    """1 less what gets through and is not good, as steps: 1 − level · (1 − quality)."""
    level, quality = tuple(trajectory.levels[component]), tuple(trajectory.quality[component])
    times = sorted({t for t, _ in (*level, *quality)})
    return [(t, 1.0 - at(level, t) * (1.0 - at(quality, t))) for t in times]


def _met(longest: float, limit: float | None) -> bool | None:
    return None if limit is None else longest <= limit + LEVEL


def _breach(intervals: tuple[tuple[float, float], ...], limit: float | None) -> float | None:
    """When a limit was first broken: that long after the beginning of the first disruption that exceeds it."""
    if limit is None:
        return None
    return next((since + limit for since, until in intervals if until - since > limit + LEVEL), None)


def _impact(bia: Bia, longest: float, disrupted: bool) -> dict[str, float]:
    return {c: stepped(bia.impact[c], longest) if disrupted else 0.0 for c in sorted(bia.impact)}


def affected(plan: Plan, trajectory: Trajectory) -> dict[str, Affected]:
    """How each customer group was hit, by id in sorted order."""
    found = {}
    for group, component in sorted(plan.of_kind(Kind.CUSTOMER_GROUP).items()):
        levels = trajectory.levels[group]
        found[group] = Affected(
            customers=component.customers * (1.0 - min(level for _, level in levels)),
            customer_hours=component.customers * shortfall(levels, trajectory.horizon) / 3600.0,
            spoiled_hours=component.customers
            * shortfall(_spoilt(trajectory, group), trajectory.horizon)
            / 3600.0
            if group in trajectory.quality
            else None,
        )
    return found
