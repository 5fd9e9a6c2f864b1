"""E: whether the plan is kept: owned, approved, exercised, with the figures and contracts that it stands on."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from bcp.checks.evidence import Evidence
from bcp.checks.rule import Hit, Rule
from bcp.model.component import Component, Kind
from bcp.model.finding import Severity
from bcp.model.references import WHOLE_PLAN

_NO_THINGS = (Kind.ACTIVITY, Kind.CUSTOMER_GROUP, Kind.TEAM)
"""Kinds about which no supplier and no log has anything to say."""

_NO_FIGURES = (*_NO_THINGS, Kind.NUMBER, Kind.NUMBER_RANGE, Kind.OPERATOR)
"""Kinds that fail through what they rest on, or for which nobody keeps a failure rate."""


def _no_exercise(evidence: Evidence) -> Iterator[Hit]:
    tested = any(f.last_tested is not None for _, f in evidence.fallbacks())
    if evidence.plan.fallbacks and not evidence.plan.document.tests and not tested:
        yield Hit(WHOLE_PLAN, ("document",))


def _open_control_page(evidence: Evidence) -> Iterator[Hit]:
    document, _ = evidence.plan.document, evidence.words
    fields = {
        _("who owns it"): document.owner,
        _("who approves it"): document.approver,
        _("which version it is"): document.version,
        _("when it is reviewed next"): document.next_review,
        _("where copies are kept"): document.copies,
    }
    missing = [name for name, value in fields.items() if not value]
    if evidence.plan.components and missing:
        yield Hit(WHOLE_PLAN, ("document",), {"missing": ", ".join(missing)})


def _points(evidence: Evidence, besides: Collection[Kind]) -> Iterator[tuple[str, Component]]:
    """The single points of failure of the activities, in the order of the plan, without some kinds."""
    for i, c in evidence.plan.components.items():
        if i in evidence.taken_down_by and c.kind not in besides and not c.virtual:
            yield i, c


def _no_figures(evidence: Evidence) -> Iterator[Hit]:
    unknown = [
        i
        for i, c in _points(evidence, _NO_FIGURES)
        if c.unavailability is None and (c.mtbf is None or c.mttr is None)
    ]
    if unknown:
        yield Hit(
            WHOLE_PLAN, ("components", unknown[0]), {"names": evidence.names(unknown), "n": len(unknown)}
        )


def _no_result(evidence: Evidence) -> Iterator[Hit]:
    for n, test in enumerate(evidence.plan.document.tests):
        if not test.result and (evidence.on is None or test.held <= evidence.on):
            values = {"what": test.what, "day": evidence.words.day(test.held)}
            yield Hit(WHOLE_PLAN, ("document", "tests", n), values)


def _never_verified(evidence: Evidence) -> Iterator[Hit]:
    if all(c.verified is None for c in evidence.plan.components.values()):
        return
    unknown = [i for i, c in _points(evidence, _NO_THINGS) if c.verified is None]
    if unknown:
        yield Hit(
            WHOLE_PLAN, ("components", unknown[0]), {"names": evidence.names(unknown), "n": len(unknown)}
        )


def _no_contract(evidence: Evidence) -> Iterator[Hit]:
    for i, c in evidence.of_kind(Kind.OPERATOR, Kind.SUPPLIER):
        if not c.contract:
            yield Hit(i, ("components", i), {"name": c.name})


RULES = (
    Rule(
        "E1", Severity.WARNING, "No exercise on record",
        "The plan has fallbacks, but no exercise or test is on record.",
        "A plan that nobody has tried is a wish.",
        "Try one fallback with real calls, and write down how it went.",
        "8.5", _no_exercise, field="document.tests",
    ),
    Rule(
        "E3", Severity.ADVICE, "Control page with gaps",
        "The plan does not say {missing}.",
        "Nobody knows whether the copy in the binder is the one that holds.",
        "Fill these in among the facts about the document.",
        "7.5", _open_control_page, field="document",
    ),
    Rule(
        "E5", Severity.ADVICE, "Single points of failure without figures",
        "How often these fail, and for how long, is not known: {names}.",
        "Without the figures nobody can say how likely a disruption is, or what a second way is worth.",
        "Say how often each fails and how long a repair takes, from the supplier's statistics or your own log.",
        "8.2.3", _no_figures, field="mtbf",
    ),
    Rule(
        "E8", Severity.ADVICE, "Exercise without a result",
        "How the exercise on {day} went is not written down: {what}.",
        "What was learnt is forgotten, and the next one finds the same again.",
        "Write its result: what worked, how long it took, what is to be done.",
        "8.5", _no_result,
    ),
    Rule(
        "E10", Severity.ADVICE, "Single points of failure that nobody has verified",
        "Nobody has said when these were last checked to be as described: {names}.",
        "The whole plan stands on them, and operators move platforms and routes without telling.",
        "Ask whoever delivers them in writing, and write down the day of the answer.",
        "8.2.3", _never_verified, field="verified",
    ),
    Rule(
        "E11", Severity.ADVICE, "Supplier without a contract or customer number",
        "The plan does not say which contract or customer number to state to {name}.",
        "A fault report without it waits at the end of the queue.",
        "Write down what the supplier asks for when a fault is reported.",
        "8.3.4", _no_contract, field="contract",
    ),
)  # fmt: skip
