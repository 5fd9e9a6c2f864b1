"""The catalogue: every rule by family, and the check that applies them all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from bcp.checks import fallbacks, modelling, notices, numbers, people, recovery, shared_fate, single_points
from bcp.checks.rule import Evidence, Rule
from bcp.model.finding import Finding
from bcp.model.plan import Plan
from bcp.model.references import path_text
from bcp.model.route import SharedFate
from bcp.words import Words, words

FAMILIES = (modelling, single_points, shared_fate, fallbacks, recovery, people, notices, numbers)

RULES: tuple[Rule, ...] = tuple(rule for family in FAMILIES for rule in family.RULES)
"""Every rule, in the order in which findings are listed."""


def check(
    plan: Plan,
    *,
    single_points: Mapping[str, tuple[str, ...]],
    shared_fate: Sequence[SharedFate],
    deadlocks: Sequence[tuple[str, ...]],
    on: date | None = None,
    words: Words = words("en"),  # noqa: B008 - the words of a language are one constant value
) -> tuple[Finding, ...]:
    """Every rule that a plan without faults breaks, in the order of the catalogue and then of the plan.

    `single_points` (by activity), `shared_fate` and `deadlocks` are what the engine computes. `on` is the
    day of the check: without it nothing is too old, and every accepted risk still counts. A finding
    whose code and subject somebody has accepted, until `on` or later, is left out.
    """
    codes = frozenset(rule.code for rule in RULES)
    evidence = Evidence(plan, single_points, shared_fate, deadlocks, on, words, codes)
    accepted = {(r.code, r.subject) for r in plan.accepted_risks if on is None or r.until >= on}
    return tuple(
        f for rule in RULES for f in _findings(rule, evidence) if (f.code, f.subject) not in accepted
    )


def _findings(rule: Rule, evidence: Evidence) -> Iterator[Finding]:
    for hit in rule.broken_by(evidence):
        yield Finding(
            code=rule.code,
            severity=rule.severity,
            subject=hit.subject,
            message=evidence.words(rule.message, **hit.values),
            fix=evidence.words(rule.remedy),
            where=path_text(hit.path),
        )
