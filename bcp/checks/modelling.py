"""M: whether the plan is complete enough for its results to mean something."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator

from bcp.checks.evidence import Evidence
from bcp.checks.rule import Hit, Rule
from bcp.model.component import Kind
from bcp.model.finding import Severity
from bcp.model.references import WHOLE_PLAN
from bcp.model.requirement import Pool

_ROUNDING = 1e-9


def _without_bia(evidence: Evidence) -> Iterator[Hit]:
    for i, c in evidence.of_kind(Kind.ACTIVITY):
        if c.bia is None:
            yield Hit(i, ("components", i), {"name": c.name})


def _without_rto(evidence: Evidence) -> Iterator[Hit]:
    for i, c in evidence.of_kind(Kind.ACTIVITY):
        if c.bia is not None and c.bia.rto is None:
            yield Hit(i, ("components", i, "bia"), {"name": c.name})


def _without_mtpd(evidence: Evidence) -> Iterator[Hit]:
    for i, c in evidence.of_kind(Kind.ACTIVITY):
        if c.bia is not None and c.bia.mtpd is None:
            yield Hit(i, ("components", i, "bia"), {"name": c.name})


def _on_nothing(evidence: Evidence) -> Iterator[Hit]:
    for i, c in evidence.of_kind(Kind.ACTIVITY):
        if not c.requires:
            yield Hit(i, ("components", i), {"name": c.name})


def _thin_pool(evidence: Evidence) -> Iterator[Hit]:
    for i, c in evidence.plan.components.items():
        for n, requirement in enumerate(c.requires):
            if (
                isinstance(requirement, Pool)
                and (total := math.fsum(requirement.pool.values())) < 1 - _ROUNDING
            ):
                values = {
                    "name": c.name,
                    "members": evidence.names(requirement.members),
                    "share": evidence.words.percent(total),
                }
                yield Hit(i, ("components", i, "requires", n), values)


def _same_name(evidence: Evidence) -> Iterator[Hit]:
    named: dict[str, list[str]] = defaultdict(list)
    for i, c in evidence.of_kind(Kind.ACTIVITY):
        named[c.name.strip().casefold()].append(i)
    for ids in named.values():
        for i in ids[1:]:
            values = {"name": evidence.plan.components[i].name, "first": ids[0], "second": i}
            yield Hit(i, ("components", i, "name"), values)


def _never_verified(evidence: Evidence) -> Iterator[Hit]:
    components = evidence.plan.components
    if components and all(c.verified is None for c in components.values()):
        yield Hit(WHOLE_PLAN, ("components",))


def _verified_long_ago(evidence: Evidence) -> Iterator[Hit]:
    for i, c in evidence.plan.components.items():
        if c.verified is not None and evidence.is_old(c.verified):
            yield Hit(
                i, ("components", i, "verified"), {"name": c.name, "day": evidence.words.day(c.verified)}
            )


RULES = (
    Rule(
        "M1", Severity.WARNING, "Activity without a business impact analysis",
        "{name} has no business impact analysis.",
        "Without limits nothing can be said about how long it may be down.",
        "Give it a business impact analysis: MTPD, RTO, MBCO and demand.",
        "8.2.2", _without_bia, field="bia",
    ),
    Rule(
        "M2", Severity.WARNING, "Activity without a recovery time objective",
        "{name} has no recovery time objective (RTO).",
        "Without an RTO no fallback can be called fast enough.",
        "Agree with its owner when it must be back, and write that down as its RTO.",
        "8.2.2", _without_rto, field="bia.rto",
    ),
    Rule(
        "M3", Severity.ADVICE, "Activity without a maximum tolerable period of disruption",
        "{name} has no maximum tolerable period of disruption (MTPD).",
        "The RTO has nothing to stay below.",
        "Agree with its owner when a disruption becomes intolerable, and write that down as its MTPD.",
        "8.2.2", _without_mtpd, field="bia.mtpd",
    ),
    Rule(
        "M4", Severity.WARNING, "Activity that rests on nothing",
        "The plan does not say what {name} needs.",
        "No outage can reach it, so every result for it is too good.",
        "Name the numbers, systems, sites and teams that it needs.",
        "8.2.2", _on_nothing, field="requires",
    ),
    Rule(
        "M5", Severity.WARNING, "Pool that cannot carry the load",
        "{members} together carry {share} of what {name} needs, with everything up.",
        "It is short of capacity on an ordinary day, or the capacities are wrong.",
        "Give each member the share of the whole load that it can carry; together at least 1.",
        "8.3.4", _thin_pool,
    ),
    Rule(
        "M6", Severity.WARNING, "Two activities with the same name",
        "{first} and {second} are both called {name}.",
        "In documents and meetings nobody can tell them apart.",
        "Rename one of them, or make them one activity.",
        "8.2.2", _same_name,
    ),
    Rule(
        "M7", Severity.ADVICE, "Nothing has been verified",
        "No component says when somebody last checked that it is described as it is.",
        "Operators move platforms and routes without telling; an old map is trusted as a new one.",
        "Ask the operators in writing, and write down the day of the answer.",
        "8.2.2", _never_verified, field="verified",
    ),
    Rule(
        "M8", Severity.ADVICE, "Verified long ago",
        "{name} was last verified on {day}, more than a year ago.",
        "Operators move platforms and routes without telling.",
        "Ask again, and write down the day of the answer.",
        "8.6", _verified_long_ago, field="verified",
    ),
)  # fmt: skip
