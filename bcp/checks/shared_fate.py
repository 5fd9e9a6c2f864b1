"""F: what secretly fails together."""

from __future__ import annotations

from collections.abc import Iterator

from bcp.checks.evidence import Evidence
from bcp.checks.reach import Reach
from bcp.checks.rule import Hit, Rule
from bcp.model.component import Kind
from bcp.model.fate import Fate
from bcp.model.finding import Severity
from bcp.model.requirement import Pool, Quorum, Requirement


def _shares(evidence: Evidence) -> Iterator[Hit]:
    for fate in evidence.shared_fate:
        if fate.verdict is Fate.SHARES:
            met = [meeting.component for meeting in fate.meetings] or list(fate.shared)
            yield Hit(
                fate.fallback,
                ("fallbacks", fate.fallback),
                {
                    "fallback": evidence.plan.title(fate.fallback),
                    "protected": evidence.plan.title(fate.protects),
                    "shared": evidence.names(met),
                },
            )


def _same_operator(evidence: Evidence) -> Iterator[Hit]:
    for fate in evidence.shared_fate:
        if fate.verdict is Fate.SAME_OPERATOR:
            operators = [a.removeprefix("operator:") for a in fate.same if a.startswith("operator:")]
            yield Hit(
                fate.fallback,
                ("fallbacks", fate.fallback),
                {
                    "fallback": evidence.plan.title(fate.fallback),
                    "protected": evidence.plan.title(fate.protects),
                    "operators": evidence.names(operators),
                },
            )


def _redundancy_on_one(evidence: Evidence) -> Iterator[Hit]:
    counted = ~evidence.reach.of_kind(Kind.OPERATOR)
    for i, c in evidence.plan.components.items():
        for n, requirement in enumerate(c.requires):
            if shared := _common(requirement, evidence.reach, counted):
                values = {
                    "name": c.name,
                    "members": evidence.names(requirement.members),
                    "shared": evidence.names(shared),
                }
                yield Hit(i, ("components", i, "requires", n), values)


def _common(requirement: Requirement, reach: Reach, counted: int) -> list[str]:
    """Where the ways of a redundant requirement's members first meet, among the components `counted`; sorted."""
    redundant = isinstance(requirement, Pool) or (
        isinstance(requirement, Quorum) and requirement.quorum < len(requirement.of)
    )
    if not redundant or len(requirement.members) < 2:  # noqa: PLR2004 - one member is no redundancy
        return []
    common = counted
    for member in requirement.members:
        common &= reach.below(member)
    return reach.tops(common)


RULES = (
    Rule(
        "F1", Severity.WARNING, "Fallback that shares fate with what it protects",
        "{fallback} and {protected}, which it protects, both rest on {shared}.",
        "The failure that calls for the fallback may take it away at the same time.",
        "Choose a way that does not rest on it, or have the operator separate the two in writing.",
        "8.3.3", _shares,
    ),
    Rule(
        "F2", Severity.ADVICE, "Fallback with the same operator",
        "{fallback} and {protected}, which it protects, have the same operator: {operators}. What they share is not known.",
        "Inside one operator's network two products often live on the same platform.",
        "Ask the operator which platforms, cables and sites carry both, and put the answer into the plan.",
        "8.2.3", _same_operator,
    ),
    Rule(
        "F3", Severity.WARNING, "Redundancy that rests on one thing",
        "{members} stand in for each other for {name}, but all rest on {shared}.",
        "What looks like two ways fails as one.",
        "Separate them: another platform, another cable, another site.",
        "8.3.3", _redundancy_on_one,
    ),
)  # fmt: skip
