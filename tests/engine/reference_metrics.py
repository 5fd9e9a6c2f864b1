"""The reference's activity metrics, from the stretches of time in which nothing changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bcp.model.component import Bia, Component, Kind
from bcp.model.plan import Plan
from tests.engine.reference_levels import ZERO, is_below

HOUR = 3600.0
SLACK = 1e-9


@dataclass(frozen=True)
class Stretch:
    """Levels, fallback states and surges that held from `start` to `end`, in seconds."""

    start: float
    end: float
    levels: Mapping[str, float]
    states: Mapping[str, str]
    surges: Mapping[str, float]
    qualities: Mapping[str, float]


def activity_metrics(component: Component, i: str, stretches: list[Stretch]) -> dict[str, Any]:
    """What an activity went through.

    'total downtime, longest interval, minimum level, first time below, RTO met (longest ≤ RTO), MTPD met
    (longest ≤ MTPD), lost contacts ∫ demand · surge · (1 − x) dt, impact per category'; the impact is that of
    the longest disruption.
    """
    bia = component.analysis
    broken = disruptions(bia, i, stretches)
    longest = max((end - start for start, end in broken), default=0.0)
    lost = sum(bia.demand * s.surges[i] * (1 - s.levels[i]) * (s.end - s.start) / HOUR for s in stretches)
    return {
        "downtime_s": sum(end - start for start, end in broken),
        "longest_s": longest,
        "min_level": min(s.levels[i] for s in stretches),
        "first_below_s": broken[0][0] if broken else None,
        "rto_met": None if bia.rto is None else longest <= bia.rto + SLACK,
        "mtpd_met": None if bia.mtpd is None else longest <= bia.mtpd + SLACK,
        "lost_contacts": lost,
        "impact": {category: impact(curve, longest) for category, curve in bia.impact.items()},
        "disruptions": broken,
        **quality_metrics(bia, i, stretches),
    }


def quality_metrics(bia: Bia, i: str, stretches: list[Stretch]) -> dict[str, Any]:
    """'contacts spoiled ∫ demand · surge · level · (1 − quality) dt' and the time below the floor, where spoilt."""
    lasting = [s for s in stretches if s.qualities[i] < 1 - ZERO]
    if not lasting:
        return {}
    spoilt = [(1 - s.qualities[i]) * s.levels[i] * s.surges[i] * (s.end - s.start) for s in stretches]
    floor = bia.quality_floor
    below = None if floor is None else [s for s in stretches if is_below(s.qualities[i], floor)]
    return {
        "quality": {
            "lowest": min(s.qualities[i] for s in stretches),
            "first_worse_s": next((s.start for s in stretches if is_below(s.qualities[i], 1.0)), None),
            "spoiled_contacts": bia.demand * sum(spoilt) / HOUR,
            "below_floor_s": None if below is None else sum(s.end - s.start for s in below),
        }
    }


def disruptions(bia: Bia, i: str, stretches: list[Stretch]) -> list[tuple[float, float]]:
    """By 'Disruption: maximal intervals with x < MBCO (default 1)'."""
    found: list[tuple[float, float]] = []
    for stretch in stretches:
        if not is_below(stretch.levels[i], bia.mbco):
            continue
        if found and found[-1][1] == stretch.start:
            found[-1] = (found[-1][0], stretch.end)
        else:
            found.append((stretch.start, stretch.end))
    return found


def impact(curve: Mapping[float, float], longest: float) -> float:
    """By 'a step function of the time since the disruption began: the value at the largest key not above it'."""
    reached = [key for key in curve if key <= longest + SLACK]
    return curve[max(reached)] if reached and longest > 0 else 0.0


def affected_customers(plan: Plan, stretches: list[Stretch]) -> dict[str, dict[str, float]]:
    """Customers × the deepest loss of level, and ∫ customers · (1 − level) dt in hours, per customer group."""
    found: dict[str, dict[str, float]] = {}
    for i, group in plan.of_kind(Kind.CUSTOMER_GROUP).items():
        deepest = 1 - min(s.levels[i] for s in stretches)
        hours = sum((1 - s.levels[i]) * (s.end - s.start) / HOUR for s in stretches)
        found[i] = {"customers": group.customers * deepest, "customer_hours": group.customers * hours}
        if any(s.qualities[i] < 1 - ZERO for s in stretches):
            bad = sum((1 - s.qualities[i]) * s.levels[i] * (s.end - s.start) / HOUR for s in stretches)
            found[i]["spoiled_hours"] = group.customers * bad
    return found
