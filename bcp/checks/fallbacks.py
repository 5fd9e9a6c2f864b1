"""B: fallbacks (business continuity solutions) that would not work when they are called for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from bcp.checks.evidence import Evidence
from bcp.checks.rule import Hit, Rule
from bcp.engine.levels.tolerance import LEVEL, SECONDS
from bcp.model.fallback import Fallback
from bcp.model.finding import Severity
from bcp.model.remedy import Change


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
                yield Hit(
                    i, ("fallbacks", i, "needs", n), _values(i, f, evidence, need=evidence.plan.title(need))
                )
        for s, step in enumerate(f.steps):
            for n, need in enumerate(step.needs):
                if need not in f.needs and evidence.reach.rests(need, f.protects):
                    path = ("fallbacks", i, "steps", s, "needs", n)
                    yield Hit(i, path, _values(i, f, evidence, need=evidence.plan.title(need)))


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
    x = evidence.levels(protected, min(1.0, capacity))
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


def _via_nothing(evidence: Evidence) -> Iterator[Hit]:
    for i, f in evidence.fallbacks():
        if not f.via:
            yield Hit(i, ("fallbacks", i), _values(i, f, evidence))


def _runs_out_before_the_repair(evidence: Evidence) -> Iterator[Hit]:
    for i, f in evidence.fallbacks():
        slowest = max(
            (
                (repair, c)
                for c in evidence.hard_below(f.protects)
                if (repair := _repair(c, evidence)) is not None
            ),
            default=None,
        )
        if f.endurance is None or slowest is None or f.endurance >= slowest[0] - SECONDS:
            continue
        activities = evidence.taken_down_by.get(slowest[1], ())
        others = {g for a in activities for g in evidence.stand_ins(slowest[1], a)} - {i}
        ends = [evidence.plan.fallbacks[g].endurance for g in others]
        if activities and all(end is not None and end < slowest[0] for end in ends):
            values = _values(
                i,
                f,
                evidence,
                endurance=evidence.words.length(f.endurance),
                slowest=evidence.plan.title(slowest[1]),
                repair=evidence.words.length(slowest[0]),
            )
            yield Hit(i, ("fallbacks", i, "endurance"), values)


def _repair(component: str, evidence: Evidence) -> float | None:
    """How long a failure lasts (seconds): as measured, else as the contract promises."""
    c = evidence.plan.components[component]
    return c.mttr if c.mttr is not None else c.contract_time


def _called_for_too_late(evidence: Evidence) -> Iterator[Hit]:
    first: dict[str, tuple[float, str]] = {}
    for i, f in evidence.fallbacks():
        trigger = evidence.plan.defaults.trigger_below if f.trigger_below is None else f.trigger_below
        if f.protects not in first or trigger > first[f.protects][0]:
            first[f.protects] = trigger, i
    for protected, (trigger, i) in first.items():
        short = _disturbed(protected, trigger, evidence)
        if not short:
            continue
        mbco, activity = max(short)
        f = evidence.plan.fallbacks[i]
        values = _values(
            i,
            f,
            evidence,
            trigger=evidence.words.percent(trigger),
            mbco=evidence.words.percent(mbco),
            activity=evidence.plan.title(activity),
        )
        enough = mbco > trigger and not _disturbed(protected, mbco, evidence)
        change = Change(path=("fallbacks", i, "trigger_below"), before=f.trigger_below, after=mbco)
        yield Hit(i, ("fallbacks", i), values, (change,) if enough else ())


def _disturbed(protected: str, level: float, evidence: Evidence) -> list[tuple[float, str]]:
    """The activities below an MBCO that tolerates some loss, when the protected one delivers `level`; MBCO and id."""
    x, index = evidence.levels(protected, level), evidence.system.index
    return [
        (mbco, a)
        for a in evidence.reach.activities_on(protected)
        if x[index[a]] < (mbco := evidence.plan.components[a].analysis.mbco) - LEVEL and mbco < 1
    ]


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
        "Time it in an exercise, and write down how long it takes.",
        "8.5", _lead_time_unknown, field="lead_time",
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
        "Test it with real calls, and write down the day.",
        "8.5", _never_tested, field="last_tested",
    ),
    Rule(
        "B6", Severity.ADVICE, "Fallback tested long ago",
        "{fallback} was last tested on {day}, more than a year ago.",
        "People, contracts and platforms have changed since.",
        "Test it again, and write down the day.",
        "8.5", _tested_long_ago, field="last_tested",
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
        "Write the steps back.",
        "8.4.5", _without_way_back, field="failback_steps",
    ),
    Rule(
        "B9", Severity.WARNING, "Fallback that ends before the repair",
        "{fallback} can be kept up for {endurance}; repairing {slowest} takes {repair}, and nothing takes over.",
        "It ends while what it protects is still down.",
        "Plan who or what takes over, or agree on a faster repair.",
        "8.3.4", _runs_out_before_the_repair,
    ),
    Rule(
        "B13", Severity.WARNING, "Fallback that goes via nothing",
        "The plan does not say what carries the load while {fallback} is active.",
        "No outage can reach it, so every result for it is too good.",
        "Name what carries the load: a number, a network, a team, a channel.",
        "8.3.4", _via_nothing, field="via",
    ),
    Rule(
        "B14", Severity.ADVICE, "Fallback that is called for too late",
        "{fallback} is called for only while {protected} is below {trigger}; {activity} needs {mbco}.",
        "A partial failure that stays above it disturbs the activity for as long as it lasts, and nobody acts.",
        "Have it called for at the level that the activity needs.",
        "8.4.4", _called_for_too_late, "Call for it below {mbco}", field="trigger_below",
    ),
)  # fmt: skip
