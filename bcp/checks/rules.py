"""The catalogue: every rule by family, and the check that applies them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from bcp.checks import (
    acceptances,
    activation,
    age,
    attributes,
    fallbacks,
    modelling,
    notices,
    numbers,
    people,
    reachability,
    records,
    recovery,
    redundancy,
    requirements,
    shared_fate,
    single_points,
)
from bcp.checks.choice import chosen
from bcp.checks.evidence import Computed, Evidence
from bcp.checks.rule import Hit, Rule
from bcp.model.finding import AcceptedFinding, Examination, Finding, RuleText
from bcp.model.plan import Plan
from bcp.model.references import path_text
from bcp.model.remedy import Remedy
from bcp.words import Words, words

FAMILIES = (
    modelling,
    requirements,
    attributes,
    acceptances,
    single_points,
    shared_fate,
    redundancy,
    fallbacks,
    activation,
    recovery,
    people,
    reachability,
    notices,
    numbers,
    records,
    age,
)
"""The modules that hold rules."""

LETTERS = "MSFBRPNTE"
"""The families, in the order in which their findings are listed."""

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (rule for family in FAMILIES for rule in family.RULES),
        key=lambda rule: (LETTERS.index(rule.family), rule.number),
    )
)
"""Every rule, in the order in which findings are listed."""

_BY_CODE = {rule.code: rule for rule in RULES}
_STANDARD = "ISO 22301"


def family_name(family: str, _: Words) -> str:
    """What a family of rules is called, by its letter."""
    return {
        "M": _("Model"),
        "S": _("Single points of failure"),
        "F": _("Shared fate"),
        "B": _("Fallbacks"),
        "R": _("Recovery"),
        "P": _("People"),
        "N": _("Notices"),
        "T": _("Telephone numbers"),
        "E": _("Evidence and age"),
    }[family]


def rule_texts(_: Words) -> tuple[RuleText, ...]:
    """The catalogue in one language."""
    return tuple(
        RuleText(
            code=rule.code,
            family=rule.family,
            family_name=family_name(rule.family, _),
            severity=rule.severity,
            title=_(rule.title),
            message=_(rule.message),
            reason=_(rule.reason),
            remedy=_(rule.remedy),
            clause=rule.clause,
            edit=_(rule.edit),
            field=rule.field,
        )
        for rule in RULES
    )


def examine(
    plan: Plan,
    *,
    computed: Computed = Computed(),  # noqa: B008 - nothing computed is one constant value
    on: date | None = None,
    words: Words = words("en"),  # noqa: B008 - the words of a language are one constant value
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> Examination:
    """Every rule that a plan without faults breaks, in the order of the catalogue and then of the plan.

    `on` is the day of the check: without it nothing is too old, and every accepted risk still counts. A
    finding whose code and subject somebody has accepted, until `on` or later, is told apart. `select` and
    `ignore` name codes (`S1`) or families (`F`): only the selected rules are applied, all where none is
    named, and none of the ignored ones. Raises NotFoundError where the catalogue has no such code or family.
    """
    wanted = chosen(RULES, select, ignore)
    kept: dict[str, tuple[Hit, ...]] = {}

    def hits(rule: Rule) -> tuple[Hit, ...]:
        if rule.code not in kept:
            kept[rule.code] = tuple(rule.broken_by(evidence))
        return kept[rule.code]

    def found(code: str) -> Collection[str] | None:
        return {hit.subject for hit in hits(_BY_CODE[code])} if code in _BY_CODE else None

    evidence = Evidence(plan, on, words, found, computed)
    risks = {(r.code, r.subject): r for r in plan.accepted_risks if on is None or r.until >= on}
    everything = [finding for rule in wanted for finding in _findings(rule, hits(rule), words)]
    return Examination(
        findings=tuple(f for f in everything if (f.code, f.subject) not in risks),
        accepted=tuple(
            AcceptedFinding(finding=f, risk=risk)
            for f in everything
            if (risk := risks.get((f.code, f.subject))) is not None
        ),
    )


def _findings(rule: Rule, hits: Sequence[Hit], _: Words) -> Iterator[Finding]:
    for hit in hits:
        yield Finding(
            code=rule.code,
            severity=rule.severity,
            subject=hit.subject,
            message=_(rule.message, **hit.values),
            fix=_(rule.remedy),
            where=path_text(hit.path),
            field=rule.field,
            title=_(rule.title),
            reason=_(rule.reason),
            clause=f"{_STANDARD} {rule.clause}" if rule.clause else "",
            remedy=Remedy(label=_(rule.edit, **hit.values), changes=hit.changes) if hit.changes else None,
        )
