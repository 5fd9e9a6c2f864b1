"""E: what is too old, and dates that cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bcp.checks.evidence import Evidence
from bcp.checks.rule import Hit, Rule
from bcp.model.finding import Severity
from bcp.model.references import WHOLE_PLAN, Path


def _exercised_long_ago(evidence: Evidence) -> Iterator[Hit]:
    held = [(test.held, n) for n, test in enumerate(evidence.plan.document.tests)]
    tested = [f.last_tested for _, f in evidence.fallbacks() if f.last_tested is not None]
    if held and all(evidence.is_old(day) for day in (*tested, *(day for day, _ in held))):
        day, n = max(held)
        yield Hit(WHOLE_PLAN, ("document", "tests", n), {"day": evidence.words.day(day)})


def _review_is_due(evidence: Evidence) -> Iterator[Hit]:
    due = evidence.plan.document.next_review
    if due is not None and evidence.on is not None and due < evidence.on:
        yield Hit(WHOLE_PLAN, ("document", "next_review"), {"day": evidence.words.day(due)})


def _in_the_future(evidence: Evidence) -> Iterator[Hit]:
    for subject, path, day in _past_days(evidence):
        if evidence.on is not None and day > evidence.on:
            name = evidence.words("The plan") if subject == WHOLE_PLAN else evidence.plan.title(subject)
            yield Hit(subject, path, {"name": name, "day": evidence.words.day(day)})


def _past_days(evidence: Evidence) -> Iterator[tuple[str, Path, date]]:
    """Every day on which something is said to have been done. An exercise may be planned: it has a day ahead and no result."""
    for i, c in evidence.plan.components.items():
        if c.verified is not None:
            yield i, ("components", i, "verified"), c.verified
    for i, f in evidence.fallbacks():
        if f.last_tested is not None:
            yield i, ("fallbacks", i, "last_tested"), f.last_tested
    for n, test in enumerate(evidence.plan.document.tests):
        if test.result:
            yield WHOLE_PLAN, ("document", "tests", n, "held"), test.held


RULES = (
    Rule(
        "E2", Severity.ADVICE, "Last exercise long ago",
        "The last exercise on record was on {day}, more than a year ago.",
        "People, contracts and platforms have changed since.",
        "Hold one, and write down how it went.",
        "8.5", _exercised_long_ago, field="document.tests",
    ),
    Rule(
        "E4", Severity.WARNING, "Review that is due",
        "The plan was to be reviewed by {day}.",
        "Whoever approved it did so until that day.",
        "Review it, and write down the day of the next time.",
        "8.6", _review_is_due, field="document.next_review",
    ),
    Rule(
        "E9", Severity.WARNING, "Done on a day to come",
        "{name} has {day} as the day on which something was done, and that day is to come.",
        "A mistyped year keeps it from ever counting as old.",
        "Correct the date.",
        "8.6", _in_the_future,
    ),
)  # fmt: skip
