"""S: single points of failure that nothing stands in for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from bcp.checks.rule import Evidence, Hit, Rule
from bcp.model.component import Kind
from bcp.model.finding import Severity


def _without_fallback(evidence: Evidence) -> Iterator[Hit]:
    struck: dict[str, list[str]] = defaultdict(list)
    for activity in evidence.plan.activities:
        for component in evidence.single_points.get(activity, ()):
            if not _stood_in_for(component, activity, evidence):
                struck[component].append(activity)
    for i, c in evidence.plan.components.items():
        if i in struck:
            yield Hit(i, ("components", i), {"name": c.name, "activities": evidence.names(struck[i])})


def _stood_in_for(component: str, activity: str, evidence: Evidence) -> bool:
    """Some fallback bridges what lies from the activity down to the component, and does not go via it."""
    rests = evidence.reach.rests
    return any(
        rests(activity, f.protects)
        and rests(f.protects, component)
        and not any(rests(v, component) for v in f.via)
        for _, f in evidence.fallbacks()
    )


def _number_without_fallback(evidence: Evidence) -> Iterator[Hit]:
    rests = evidence.reach.rests
    for i, c in evidence.of_kind(Kind.NUMBER, Kind.NUMBER_RANGE):
        activities = evidence.reach.activities_on(i)
        covered = any(rests(i, f.protects) or f.protects in activities for _, f in evidence.fallbacks())
        if activities and not covered:
            yield Hit(i, ("components", i), {"name": c.name, "activities": evidence.names(activities)})


RULES = (
    Rule(
        "S1", Severity.WARNING, "Single point of failure without a fallback",
        "The failure of {name} alone takes {activities} below the minimum level (MBCO), and no fallback stands in.",
        "One failure is enough, and there is nothing to do but wait for the owner of it.",
        "Add a second way that does not rest on it, or a fallback; or accept the risk until a day.",
        "8.3.3", _without_fallback,
    ),
    Rule(
        "S2", Severity.WARNING, "Number without a fallback",
        "No fallback helps those who call {name}, and {activities} depends on it.",
        "Callers of a dead number get no message and find no other way by themselves.",
        "Plan what carries the calls instead: another operator's number, a message upstream, the web.",
        "8.3.3", _number_without_fallback,
    ),
)  # fmt: skip
