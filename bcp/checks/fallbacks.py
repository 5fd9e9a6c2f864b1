"""B: fallbacks (business continuity solutions) that would not work when they are called for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from bcp.checks.rule import Evidence, Hit, Rule
from bcp.engine.steady import steady
from bcp.engine.tolerance import LEVEL
from bcp.model.fallback import Fallback
from bcp.model.finding import Severity


def _values(i: str, fallback: Fallback, evidence: Evidence, **more: object) -> dict[str, object]:
    return {"fallback": evidence.plan.title(i), "protected": evidence.plan.title(fallback.protects), **more}


def _executes_within(evidence: Evidence) -> Iterator[Hit]:
    rests = evidence.reach.rests
    for i, f in evidence.fallbacks():
        place = f.executes_at
        if place is not None and (rests(f.protects, place) or rests(place, f.protects)):
            values = _values(i, f, evidence, place=evidence.plan.title(place))
            yield Hit(i, ("fallbacks", i, "executes_at"), values)


def _needs_the_failed(evidence: Evidence) -> Iterator[Hit]:
    for i, f in evidence.fallbacks():
        for n, need in enumerate(f.needs):
            if evidence.reach.rests(need, f.protects):
                values = _values(i, f, evidence, need=evidence.plan.title(need))
                yield Hit(i, ("fallbacks", i, "needs", n), values)


def _lead_time_unknown(evidence: Evidence) -> Iterator[Hit]:
    for i, f in evidence.fallbacks():
        if f.lead_time is None and not f.automatic:
            yield Hit(i, ("fallbacks", i), _values(i, f, evidence))


def _too_small(evidence: Evidence) -> Iterator[Hit]:
    together: dict[str, float] = defaultdict(float)
    for _, f in evidence.fallbacks():
        together[f.protects] += f.capacity
    for i, f in evidence.fallbacks():
        worst = _shortfall(f.protects, f.capacity, evidence)
        if worst is not None and _shortfall(f.protects, together[f.protects], evidence) is not None:
            activity, level = worst
            values = _values(
                i,
                f,
                evidence,
                capacity=evidence.words.percent(f.capacity),
                level=evidence.words.percent(level),
                mbco=evidence.words.percent(evidence.plan.components[activity].analysis.mbco),
                activity=evidence.plan.title(activity),
            )
            yield Hit(i, ("fallbacks", i, "capacity"), values)


def _shortfall(protected: str, capacity: float, evidence: Evidence) -> tuple[str, float] | None:
    """The activity furthest below its MBCO, and its level, when the protected one delivers just `capacity`."""
    system = evidence.system
    own = np.ones(system.n)
    own[system.index[protected]] = min(1.0, capacity)
    x = steady(system, own).x
    short = [
        (mbco - level, a, level)
        for a in evidence.reach.activities_on(protected)
        if (level := float(x[system.index[a]])) < (mbco := evidence.plan.components[a].analysis.mbco) - LEVEL
    ]
    return max(short)[1:] if short else None


def _never_tested(evidence: Evidence) -> Iterator[Hit]:
    for i, f in evidence.fallbacks():
        if f.last_tested is None:
            yield Hit(i, ("fallbacks", i), _values(i, f, evidence))


def _tested_long_ago(evidence: Evidence) -> Iterator[Hit]:
    for i, f in evidence.fallbacks():
        if f.last_tested is not None and evidence.is_old(f.last_tested):
            values = _values(i, f, evidence, day=evidence.words.day(f.last_tested))
            yield Hit(i, ("fallbacks", i, "last_tested"), values)


def _without_steps(evidence: Evidence) -> Iterator[Hit]:
    for i, f in evidence.fallbacks():
        if not f.steps and not f.automatic:
            yield Hit(i, ("fallbacks", i), _values(i, f, evidence))


def _without_way_back(evidence: Evidence) -> Iterator[Hit]:
    for i, f in evidence.fallbacks():
        if f.steps and not f.failback_steps and not f.automatic:
            yield Hit(i, ("fallbacks", i), _values(i, f, evidence))


RULES = (
    Rule(
        "B1", Severity.ERROR, "Diversion that lives in what has failed",
        "{fallback} is carried out at {place}, which fails together with {protected}.",
        "A diversion inside the failed network can be neither set nor followed.",
        "Have the calls diverted before they reach it, or plan a fallback that is carried out elsewhere.",
        "8.3.3", _executes_within,
    ),
    Rule(
        "B2", Severity.ERROR, "Fallback that needs what has failed",
        "Activating {fallback} needs {need}, which rests on {protected} itself.",
        "It is called for exactly when that is gone, so it can never be activated.",
        "Find a way to activate it without that: another portal, another telephone, on site.",
        "8.3.4", _needs_the_failed,
    ),
    Rule(
        "B3", Severity.WARNING, "Fallback whose lead time nobody knows",
        "The plan does not say how long {fallback} takes from the decision until it carries load.",
        "It counts as immediate in every result, which no manual step is.",
        "Time it in an exercise, and set lead_time.",
        "8.5", _lead_time_unknown,
    ),
    Rule(
        "B4", Severity.WARNING, "Fallback that carries too little",
        "{fallback} carries {capacity} of {protected}: that leaves {activity} at {level}, and it needs {mbco}.",
        "Even when it works, the activity stays below its minimum level (MBCO).",
        "Raise its capacity, combine it with another fallback, or agree on a lower MBCO.",
        "8.3.4", _too_small,
    ),
    Rule(
        "B5", Severity.WARNING, "Fallback that was never tested",
        "{fallback} has never been tested.",
        "Untested fallbacks fail on passwords, old numbers and steps that nobody has tried.",
        "Test it with real calls, and set last_tested.",
        "8.5", _never_tested,
    ),
    Rule(
        "B6", Severity.ADVICE, "Fallback tested long ago",
        "{fallback} was last tested on {day}, more than a year ago.",
        "People, contracts and platforms have changed since.",
        "Test it again, and set last_tested.",
        "8.5", _tested_long_ago,
    ),
    Rule(
        "B7", Severity.ADVICE, "Fallback without steps",
        "{fallback} does not say what to do.",
        "At night the person on duty has only what is written down.",
        "Write its steps: who does what, with which number or command, and what is seen when it worked.",
        "8.4.4", _without_steps,
    ),
    Rule(
        "B8", Severity.ADVICE, "Fallback without a way back",
        "{fallback} does not say how to go back to {protected}.",
        "Diversions that are forgotten send calls to empty desks.",
        "Write its failback_steps.",
        "8.4.5", _without_way_back,
    ),
)  # fmt: skip
