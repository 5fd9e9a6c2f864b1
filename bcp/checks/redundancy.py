"""F: what stands in for each other and has something in common that is no component of the plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bcp.checks.evidence import Evidence
from bcp.checks.rule import Hit, Rule
from bcp.engine.fate.attributes import OPERATOR, attributes, site_of
from bcp.engine.fate.claims import redundant
from bcp.engine.fate.shared_fate import places
from bcp.model.fate import Fate
from bcp.model.finding import Severity


def _unknown_below(evidence: Evidence) -> Iterator[Hit]:
    for fate in evidence.shared_fate:
        at = places(fate.same, site_of(evidence.plan, fate.protects))
        if fate.verdict is Fate.UNKNOWN and fate.open_ends and not at:
            values = {
                "fallback": evidence.plan.title(fate.fallback),
                "protected": evidence.plan.title(fate.protects),
                "ends": evidence.names(fate.open_ends),
            }
            yield Hit(fate.fallback, ("fallbacks", fate.fallback), values)


def _same_place(evidence: Evidence) -> Iterator[Hit]:
    for fate in evidence.shared_fate:
        at = places(fate.same, site_of(evidence.plan, fate.protects))
        if fate.verdict is not Fate.SHARES and at:
            values = {
                "fallback": evidence.plan.title(fate.fallback),
                "protected": evidence.plan.title(fate.protects),
                "places": _named(at, evidence),
            }
            yield Hit(fate.fallback, ("fallbacks", fate.fallback), values)


def _apart(evidence: Evidence) -> Iterator[tuple[Hit, tuple[str, ...]]]:
    """Redundant requirements of whose members no two rest on one thing, with what two of them have in common."""
    below = evidence.reach.below
    bearing: dict[str, list[str]] = defaultdict(list)
    for attribute, bearers in attributes(evidence.plan).items():
        for i in bearers:
            bearing[i].append(attribute)
    for i, c in evidence.plan.components.items():
        for n, requirement in enumerate(c.requires):
            members = redundant(requirement)
            seen = 0
            for member in members:
                seen = -1 if seen & below(member) else seen | below(member)
            if members and seen >= 0:
                borne = Counter(a for m in members for a in _borne(m, bearing, evidence))
                values = {"name": c.name, "members": evidence.names(members)}
                same = tuple(sorted(a for a, count in borne.items() if count > 1))
                yield Hit(i, ("components", i, "requires", n), values), same


def _borne(member: str, bearing: Mapping[str, Sequence[str]], evidence: Evidence) -> set[str]:
    """The attributes of a component and of all that it rests on."""
    return {a for i in evidence.reach.ids(evidence.reach.below(member)) for a in bearing.get(i, ())}


def _members_of_one_operator(evidence: Evidence) -> Iterator[Hit]:
    for hit, same in _apart(evidence):
        operators = [a.removeprefix(OPERATOR) for a in same if a.startswith(OPERATOR)]
        if operators:
            yield replace(hit, values={**hit.values, "operators": evidence.names(operators)})


def _members_in_one_place(evidence: Evidence) -> Iterator[Hit]:
    for hit, same in _apart(evidence):
        if at := places(same, site_of(evidence.plan, hit.subject)):
            yield replace(hit, values={**hit.values, "places": _named(at, evidence)})


def _named(attributes: tuple[str, ...], evidence: Evidence) -> str:
    return evidence.names([attribute.partition(":")[2] for attribute in attributes])


RULES = (
    Rule(
        "F4", Severity.ADVICE, "Fallback of which too little is known",
        "Whether {fallback} shares something with {protected} is not known: the plan does not say what {ends} rests on.",
        "What nobody has asked about is where the two most often meet.",
        "Ask whoever delivers it what it rests on, down to site and power, and put that into the plan.",
        "8.2.3", _unknown_below, field="requires",
    ),
    Rule(
        "F5", Severity.ADVICE, "Redundancy with one operator",
        "{members} stand in for each other for {name}, but two or more of them have the same operator: {operators}.",
        "Inside one operator's network two products often live on the same platform.",
        "Ask the operator which platforms, cables and sites carry each of them, and put the answer into the plan.",
        "8.2.3", _members_of_one_operator,
    ),
    Rule(
        "F6", Severity.WARNING, "Redundancy in one place",
        "{members} stand in for each other for {name}, but two or more of them pass {places}.",
        "One excavator, fire or power cut there takes them together.",
        "Lead one of them another way; or make the place a component that they require, so that results count it.",
        "8.3.3", _members_in_one_place,
    ),
    Rule(
        "F7", Severity.WARNING, "Fallback in the same place",
        "{fallback} and {protected}, which it protects, both pass {places}.",
        "One excavator, fire or power cut there takes both.",
        "Lead it another way; or make the place a component that both require, so that results count it.",
        "8.3.3", _same_place,
    ),
)  # fmt: skip
