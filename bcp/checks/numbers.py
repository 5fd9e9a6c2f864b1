"""T: telephone numbers of which the plan knows too little."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from bcp.checks.rule import Evidence, Hit, Rule
from bcp.model.component import Kind
from bcp.model.finding import Severity
from bcp.model.telephone import display, is_valid


def _on_nothing(evidence: Evidence) -> Iterator[Hit]:
    for i, c in evidence.of_kind(Kind.NUMBER, Kind.NUMBER_RANGE):
        if not c.requires:
            yield Hit(i, ("components", i), {"name": c.name})


def _without_operator(evidence: Evidence) -> Iterator[Hit]:
    for i, c in evidence.of_kind(Kind.NUMBER, Kind.NUMBER_RANGE):
        if not c.operator:
            yield Hit(i, ("components", i), {"name": c.name})


def _without_digits(evidence: Evidence) -> Iterator[Hit]:
    for i, c in evidence.of_kind(Kind.NUMBER):
        if c.e164 is None:
            yield Hit(i, ("components", i), {"name": c.name})


def _not_in_use(evidence: Evidence) -> Iterator[Hit]:
    country = evidence.plan.organisation.country
    for i, c in evidence.plan.components.items():
        if c.e164 is not None and not is_valid(c.e164, country):
            values = {"name": c.name, "number": display(c.e164, country)}
            yield Hit(i, ("components", i, "e164"), values)


def _twice(evidence: Evidence) -> Iterator[Hit]:
    holders: dict[str, list[str]] = defaultdict(list)
    for i, c in evidence.plan.components.items():
        if c.e164 is not None:
            holders[c.e164].append(i)
    for number, ids in holders.items():
        if len(ids) > 1:
            values = {
                "number": display(number, evidence.plan.organisation.country),
                "names": evidence.names(ids),
            }
            yield Hit(ids[1], ("components", ids[1], "e164"), values)


RULES = (
    Rule(
        "T1", Severity.WARNING, "Number that rests on nothing",
        "The plan does not say what carries {name}.",
        "Ordinary-looking numbers often sit on the same platform as the failed ones; nobody has asked.",
        "Ask the operator for the platform, trunk and site that carry it, and name them under requires.",
        "8.2.2", _on_nothing,
    ),
    Rule(
        "T2", Severity.ADVICE, "Number without an operator",
        "The plan does not say which operator has {name}.",
        "A carrier's failure cannot reach it, and nobody knows whom to call.",
        "Set operator: to who has it now; a number may have been ported.",
        "8.2.2", _without_operator,
    ),
    Rule(
        "T3", Severity.ADVICE, "Number without digits",
        "No digits are given for {name}.",
        "Scenarios that strike numbers by their prefix pass it by, and documents cannot print it.",
        "Set e164: in quotes, with the country code.",
        "8.2.2", _without_digits,
    ),
    Rule(
        "T4", Severity.ADVICE, "Number that is in no known range",
        "{number} ({name}) lies in no range that is known to be in use.",
        "It may be mistyped: then documents print a number that nobody answers.",
        "Call it, and correct e164 if need be.",
        "8.5", _not_in_use,
    ),
    Rule(
        "T5", Severity.WARNING, "One number in two places",
        "{number} stands on more than one component: {names}.",
        "One of them is wrong, or they are the same thing modelled twice.",
        "Keep it on one, and let the others require that one.",
        "8.2.2", _twice,
    ),
)  # fmt: skip
