"""M and E: accepted risks that no longer say what somebody believes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bcp.checks.evidence import Evidence
from bcp.checks.rule import Hit, Rule
from bcp.model.finding import Severity
from bcp.model.plan import AcceptedRisk
from bcp.model.references import Path
from bcp.model.remedy import Change

_SOON = timedelta(days=30)

_ABOUT_ACCEPTANCES = ("M9", "M10", "E6", "E7")
"""Rules about acceptances themselves: whether one of these has an effect depends on the others."""


def _risks(evidence: Evidence) -> Iterator[tuple[Path, AcceptedRisk]]:
    for n, risk in enumerate(evidence.plan.accepted_risks):
        yield ("accepted_risks", n), risk


def _hit(path: Path, risk: AcceptedRisk, evidence: Evidence, *, removable: bool = True) -> Hit:
    values = {
        "code": risk.code,
        "name": evidence.plan.title(risk.subject),
        "day": evidence.words.day(risk.until),
    }
    removed = Change(path=path[:2], before=risk.model_dump(mode="json"))
    return Hit(risk.subject, path, values, (removed,) if removable else ())


def _expired(evidence: Evidence) -> Iterator[Hit]:
    for path, risk in _risks(evidence):
        if evidence.on is not None and risk.until < evidence.on:
            yield _hit(path, risk, evidence)


def _unknown(evidence: Evidence) -> Iterator[Hit]:
    for path, risk in _risks(evidence):
        if evidence.found(risk.code) is None:
            yield _hit((*path, "code"), risk, evidence)


def _soon_expired(evidence: Evidence) -> Iterator[Hit]:
    for path, risk in _risks(evidence):
        if evidence.on is not None and evidence.on <= risk.until < evidence.on + _SOON:
            yield _hit(path, risk, evidence, removable=False)


def _without_effect(evidence: Evidence) -> Iterator[Hit]:
    for path, risk in _risks(evidence):
        holds = evidence.on is None or risk.until >= evidence.on
        if holds and risk.code not in _ABOUT_ACCEPTANCES:
            found = evidence.found(risk.code)
            if found is not None and risk.subject not in found:
                yield _hit(path, risk, evidence)


RULES = (
    Rule(
        "M9", Severity.WARNING, "Accepted risk that has run out",
        "The acceptance of {code} for {name} ran out on {day}.",
        "Whoever accepted it did so until a day, and that day has passed.",
        "Decide anew: mend it, or accept it until another day.",
        "8.6", _expired, "Take out the acceptance",
    ),
    Rule(
        "M10", Severity.WARNING, "Accepted risk that no rule knows",
        "No rule has the code {code}, so this acceptance has no effect.",
        "Somebody believes that a risk is accepted that goes on being reported.",
        "Take the code from the finding that is meant.",
        "8.6", _unknown, "Take out the acceptance", field="accepted_risks",
    ),
    Rule(
        "E6", Severity.ADVICE, "Accepted risk that soon runs out",
        "The acceptance of {code} for {name} runs out on {day}.",
        "Mending it or deciding anew takes longer than an afternoon.",
        "Ask whoever accepted it: mend it, or accept it until another day.",
        "8.6", _soon_expired,
    ),
    Rule(
        "E7", Severity.ADVICE, "Accepted risk without effect",
        "{code} is accepted for {name} until {day}, but is not found there.",
        "What was mended needs no acceptance; a left-over one hides the weakness when it comes back.",
        "Take the acceptance out, or correct what it is for.",
        "8.6", _without_effect, "Take out the acceptance", field="accepted_risks",
    ),
)  # fmt: skip
