"""S: single points of failure that nothing stands in for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from bcp.checks.evidence import Evidence
from bcp.checks.rule import Hit, Rule
from bcp.model.component import Kind
from bcp.model.finding import Severity
from bcp.model.references import WHOLE_PLAN


def _without_fallback(evidence: Evidence) -> Iterator[Hit]:
    struck: dict[str, list[str]] = defaultdict(list)
    activities = evidence.plan.activities
    for activity in activities:
        for component in evidence.single_points.get(activity, ()):
            if component not in activities and not any(evidence.stand_ins(component, activity)):
                struck[component].append(activity)
    for i, c in evidence.plan.components.items():
        if i in struck:
            yield Hit(i, ("components", i), {"name": c.name, "activities": evidence.names(struck[i])})


def _number_without_fallback(evidence: Evidence) -> Iterator[Hit]:
    reach = evidence.reach
    protected = reach.mask({f.protects for _, f in evidence.fallbacks()})
    under = 0
    for _, f in evidence.fallbacks():
        under |= reach.below(f.protects)
    for i, c in evidence.of_kind(Kind.NUMBER, Kind.NUMBER_RANGE):
        covered = reach.below(i) & protected or reach.mask([i]) & under
        if not covered and (activities := reach.activities_on(i)):
            yield Hit(i, ("components", i), {"name": c.name, "activities": evidence.names(activities)})


def _one_operator(evidence: Evidence) -> Iterator[Hit]:
    numbers = [c for _, c in evidence.of_kind(Kind.NUMBER, Kind.NUMBER_RANGE)]
    operators = {c.operator for c in numbers}
    if len(numbers) > 1 and len(operators) == 1 and "" not in operators:
        values = {"n": len(numbers), "operator": evidence.plan.title(operators.pop())}
        yield Hit(WHOLE_PLAN, ("components",), values)


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
    Rule(
        "S3", Severity.WARNING, "All numbers with one operator",
        "All {n} numbers of the plan are with {operator}.",
        "An inbound number lives with one operator: when that one fails, there is no other number to publish.",
        "Order a number from another operator now, try it, and plan its publication as a fallback.",
        "8.3.3", _one_operator,
    ),
)  # fmt: skip
