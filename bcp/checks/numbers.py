"""T: telephone numbers of which the plan knows too little."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from bcp.checks.evidence import Evidence
from bcp.checks.known_numbers import Known, Ranges, numbers_in
from bcp.checks.rule import Hit, Rule
from bcp.model.component import Kind
from bcp.model.finding import Severity
from bcp.model.references import WHOLE_PLAN, Path
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


def _unknown_in_texts(evidence: Evidence) -> Iterator[Hit]:
    country = evidence.plan.organisation.country
    known = Known(evidence.plan)
    for subject, path, name, text in _published(evidence):
        for number in numbers_in(text, country):
            if not known.has(number):
                yield Hit(subject, path, {"where": name, "number": display(number, country)})


def _published(evidence: Evidence) -> Iterator[tuple[str, Path, str, str]]:
    """Every text that people read numbers from: subject, place, what it is called, the text."""
    _ = evidence.words
    for n, message in enumerate(evidence.plan.document.messages):
        name = _("The message to {audience} ({when})", audience=message.audience, when=message.when)
        yield WHOLE_PLAN, ("document", "messages", n), name, message.text
    for i, f in evidence.fallbacks():
        for field, steps in (("steps", f.steps), ("failback_steps", f.failback_steps)):
            for n, step in enumerate(steps):
                name = _("A step of {fallback}", fallback=evidence.plan.title(i))
                yield i, ("fallbacks", i, field, n), name, f"{step.do}\n{step.expect}"


def _overlapping(evidence: Evidence) -> Iterator[Hit]:
    spans = sorted(
        (len(c.span.first), c.span.first, c.span.last, i)
        for i, c in evidence.of_kind(Kind.NUMBER_RANGE)
        if c.span is not None
    )
    furthest: tuple[int, str, str] = (0, "", "")
    for length, first, last, i in spans:
        if furthest[0] == length and first <= furthest[1]:
            values = {
                "first": evidence.plan.title(furthest[2]),
                "second": evidence.plan.title(i),
                "number": display(first, evidence.plan.organisation.country),
            }
            yield Hit(i, ("components", i, "span"), values)
        furthest = max(furthest, (length, last, i))


def _in_a_foreign_range(evidence: Evidence) -> Iterator[Hit]:
    ranges = Ranges(evidence.plan)
    for i, c in evidence.of_kind(Kind.NUMBER):
        for other in ranges.holding(c.e164) if c.e164 is not None else ():
            range_operator = evidence.plan.components[other].operator
            if c.e164 is not None and c.operator and range_operator and c.operator != range_operator:
                values = {
                    "name": c.name,
                    "number": display(c.e164, evidence.plan.organisation.country),
                    "operator": evidence.plan.title(c.operator),
                    "range": evidence.plan.title(other),
                    "other": evidence.plan.title(range_operator),
                }
                yield Hit(i, ("components", i, "operator"), values)
                break


def _without_ends(evidence: Evidence) -> Iterator[Hit]:
    for i, c in evidence.of_kind(Kind.NUMBER_RANGE):
        if c.span is None:
            yield Hit(i, ("components", i), {"name": c.name})


RULES = (
    Rule(
        "T1", Severity.WARNING, "Number that rests on nothing",
        "The plan does not say what carries {name}.",
        "Ordinary-looking numbers often sit on the same platform as the failed ones; nobody has asked.",
        "Ask the operator for the platform, trunk and site that carry it, and put them into the plan.",
        "8.2.2", _on_nothing, field="requires",
    ),
    Rule(
        "T2", Severity.ADVICE, "Number without an operator",
        "The plan does not say which operator has {name}.",
        "A carrier's failure cannot reach it, and nobody knows whom to call.",
        "Say who has it now; a number may have been ported.",
        "8.2.2", _without_operator, field="operator",
    ),
    Rule(
        "T3", Severity.ADVICE, "Number without digits",
        "No digits are given for {name}.",
        "Scenarios that strike numbers by their prefix pass it by, and documents cannot print it.",
        "Write the number, with its country code.",
        "8.2.2", _without_digits, field="e164",
    ),
    Rule(
        "T4", Severity.ADVICE, "Number that is in no known range",
        "{number} ({name}) lies in no range that is known to be in use.",
        "It may be mistyped: then documents print a number that nobody answers.",
        "Call it, and correct the number if need be.",
        "8.5", _not_in_use, field="e164",
    ),
    Rule(
        "T5", Severity.WARNING, "One number in two places",
        "{number} stands on more than one component: {names}.",
        "One of them is wrong, or they are the same thing modelled twice.",
        "Keep it on one, and let the others require that one.",
        "8.2.2", _twice,
    ),
    Rule(
        "T6", Severity.WARNING, "Published number that the plan does not know",
        "{where} gives the number {number}, which no component and no contact has.",
        "A mistyped number sends callers to a stranger; an unknown one may lie on what has failed.",
        "Call it. Correct the text, or add the number with what it rests on.",
        "8.4.3", _unknown_in_texts,
    ),
    Rule(
        "T7", Severity.WARNING, "Ranges that overlap",
        "{first} and {second} have numbers in common: {number} is in both.",
        "Nobody can say what carries those numbers, and they are struck twice or not at all.",
        "Correct the first or last number of one of them.",
        "8.2.2", _overlapping,
    ),
    Rule(
        "T8", Severity.ADVICE, "Number in the range of another operator",
        "{number} ({name}) is with {operator}, but lies in {range}, which is with {other}.",
        "It was ported alone, or one of the two is out of date.",
        "Ask who carries it, and correct the operator of the number or the ends of the range.",
        "8.2.2", _in_a_foreign_range,
    ),
    Rule(
        "T9", Severity.ADVICE, "Range without its ends",
        "No first and last number are given for {name}.",
        "Scenarios that strike numbers by their prefix pass it by.",
        "Write its first and last number, with the country code.",
        "8.2.2", _without_ends, field="span",
    ),
)  # fmt: skip
