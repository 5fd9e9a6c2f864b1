"""B: fallbacks whose activation is not described as it will have to be done."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator

from bcp.checks.evidence import Evidence
from bcp.checks.rule import Hit, Rule
from bcp.engine.levels.tolerance import SECONDS
from bcp.model.duration import duration_text
from bcp.model.fallback import Fallback
from bcp.model.finding import Severity
from bcp.model.remedy import Change, added


def _faster_than_its_steps(evidence: Evidence) -> Iterator[Hit]:
    for i, f in evidence.fallbacks():
        total = math.fsum(step.takes or 0.0 for step in f.steps)
        if f.lead_time is not None and not f.automatic and total > f.lead_time + SECONDS:
            values = {
                "fallback": evidence.plan.title(i),
                "steps": evidence.words.length(total),
                "lead_time": evidence.words.length(f.lead_time),
            }
            at = ("fallbacks", i, "lead_time")
            change = Change(path=at, before=duration_text(f.lead_time), after=duration_text(total))
            yield Hit(i, at, values, (change,))


def _unnamed_need(evidence: Evidence) -> Iterator[Hit]:
    for i, f in evidence.fallbacks():
        named = {*f.needs, *f.via, *((f.executes_at,) if f.executes_at is not None else ())}
        known = {c for component in named for c in evidence.hard_below(component)}
        for s, step in enumerate(f.steps):
            for n, need in enumerate(step.needs):
                if need not in known and not evidence.reach.rests(need, f.protects):
                    known.add(need)
                    values = {"fallback": evidence.plan.title(i), "need": evidence.plan.title(need)}
                    change = added(("fallbacks", i, "needs"), len(f.needs), need)
                    yield Hit(i, ("fallbacks", i, "steps", s, "needs", n), values, (change,))


def _nobody_does_it(evidence: Evidence) -> Iterator[Hit]:
    for i, f in evidence.fallbacks():
        open_steps = [n for n, step in enumerate(f.steps) if step.by is None]
        if f.owner is None and (open_steps or not f.steps) and not f.automatic:
            path = ("fallbacks", i, "steps", open_steps[0]) if open_steps else ("fallbacks", i)
            yield Hit(i, path, {"fallback": evidence.plan.title(i)})


def _one_person(evidence: Evidence) -> Iterator[Hit]:
    alone: dict[str, dict[str, None]] = defaultdict(dict)
    for i, f in evidence.fallbacks():
        for step in f.steps:
            able = _able(step.by if step.by is not None else f.owner, f, evidence)
            if len(able) == 1:
                alone[able.pop()][i] = None
    for person in evidence.plan.contacts:
        if person in alone:
            values = {
                "person": evidence.plan.title(person),
                "fallbacks": evidence.names(list(alone[person])),
            }
            yield Hit(person, ("contacts", person), values)


def _able(by: str | None, fallback: Fallback, evidence: Evidence) -> set[str]:
    """The contacts who can do a step: whoever it names or that one's team, and their deputies."""
    contacts = evidence.plan.contacts
    team = _members(fallback.owner, evidence)
    able = _members(by, evidence)
    if by is not None and by in contacts:
        able = {by, *(team if by in team else ())}
    return able | {deputy for person in able if (deputy := contacts[person].deputy) is not None}


def _members(team: str | None, evidence: Evidence) -> set[str]:
    found = None if team is None else evidence.plan.components.get(team)
    return set() if found is None else set(found.members)


RULES = (
    Rule(
        "B10", Severity.WARNING, "Lead time shorter than its steps",
        "The steps of {fallback} take {steps} together, but its lead time is {lead_time}.",
        "Every result has it carry load before anybody can have finished.",
        "Time it in an exercise, and make the lead time as long as the steps.",
        "8.5", _faster_than_its_steps, "Set the lead time to {steps}", field="lead_time",
    ),
    Rule(
        "B11", Severity.WARNING, "Step that needs something unnamed",
        "A step of {fallback} is done with {need}, which is not among what the fallback needs.",
        "A run goes on activating it although what the step is done with is gone.",
        "Name it among what is needed to activate it.",
        "8.3.4", _unnamed_need, "Add {need} to what it needs", field="needs",
    ),
    Rule(
        "B12", Severity.ADVICE, "Fallback that is nobody's",
        "The plan does not say who carries out {fallback}.",
        "What is everybody's task is nobody's, at night most of all.",
        "Name a contact or team: as its owner, or for each step.",
        "8.4.2", _nobody_does_it, field="owner",
    ),
    Rule(
        "P13", Severity.ADVICE, "Fallback that hangs on one person",
        "{person} alone can do a step of {fallbacks}, and has no deputy.",
        "One person cannot be on duty at every hour.",
        "Name a deputy for them, or a team that can do it.",
        "8.4.2", _one_person,
    ),
)  # fmt: skip
