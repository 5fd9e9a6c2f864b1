"""R: recovery that cannot happen in time, or at all."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from bcp.checks.evidence import Evidence
from bcp.checks.rule import Hit, Rule
from bcp.engine.levels.tolerance import SECONDS
from bcp.model.finding import Severity
from bcp.model.references import WHOLE_PLAN


def _too_late(evidence: Evidence) -> Iterator[Hit]:
    for i, f in evidence.fallbacks():
        limit = evidence.strictest(f.protects)
        if limit is not None and (after := evidence.until_active(i)) > limit[0] + SECONDS:
            values = {
                "fallback": evidence.plan.title(i),
                "after": evidence.words.length(after),
                "activity": evidence.plan.title(limit[1]),
                "rto": evidence.words.length(limit[0]),
            }
            yield Hit(i, ("fallbacks", i), values)


def _restart_too_long(evidence: Evidence) -> Iterator[Hit]:
    for i, c in evidence.plan.components.items():
        if c.restart and (limit := evidence.strictest(i)) is not None and c.restart > limit[0] + SECONDS:
            values = {
                "name": c.name,
                "restart": evidence.words.length(c.restart),
                "activity": evidence.plan.title(limit[1]),
                "rto": evidence.words.length(limit[0]),
            }
            yield Hit(i, ("components", i, "restart"), values)


def _deadlock(evidence: Evidence) -> Iterator[Hit]:
    for group in evidence.restart.deadlocks:
        if any(i not in evidence.restart.ready_s for i in group):
            yield Hit(group[0], ("components", group[0]), {"names": evidence.names(group)})


def _deadlock_with_a_way_out(evidence: Evidence) -> Iterator[Hit]:
    for group in evidence.restart.deadlocks:
        if all(i in evidence.restart.ready_s for i in group):
            values = {"names": evidence.names(group), "fallbacks": evidence.names(_ways_out(group, evidence))}
            yield Hit(group[0], ("components", group[0]), values)


def _ways_out(group: Sequence[str], evidence: Evidence) -> list[str]:
    """The fallbacks that stand in for a part of a deadlock and are up in time to break it; sorted."""
    system, way_up = evidence.system, evidence.restart.way_up
    return sorted(
        system.bypass_ids[s.bypass]
        for s, since in zip(way_up.stand_ins, way_up.stood, strict=True)
        if system.ids[s.component] in group and math.isfinite(since)
    )


def _contract_too_slow(evidence: Evidence) -> Iterator[Hit]:
    for i, c in evidence.plan.components.items():
        if c.contract_time is None:
            continue
        open_limits = [
            (rto, a)
            for a in evidence.taken_down_by.get(i, ())
            if (rto := evidence.plan.components[a].analysis.rto) is not None
            and not any(evidence.until_active(f) <= rto + SECONDS for f in evidence.stand_ins(i, a))
        ]
        limit = min(open_limits, default=None)
        if limit is not None and c.contract_time > limit[0] + SECONDS:
            values = {
                "name": c.name,
                "promised": evidence.words.length(c.contract_time),
                "activity": evidence.plan.title(limit[1]),
                "rto": evidence.words.length(limit[0]),
            }
            yield Hit(i, ("components", i, "contract_time"), values)


def _on_a_slower_activity(evidence: Evidence) -> Iterator[Hit]:
    activities = evidence.plan.activities
    for i, c in activities.items():
        own = c.analysis.rto
        slower = [
            (rto, other)
            for other in evidence.single_points.get(i, ())
            if own is not None and other in activities
            if (rto := activities[other].analysis.rto) is not None and rto > own + SECONDS
        ]
        if slower:
            rto, other = max(slower)
            values = {
                "name": c.name,
                "own": evidence.words.length(own),
                "other": evidence.plan.title(other),
                "rto": evidence.words.length(rto),
            }
            yield Hit(i, ("components", i, "bia", "rto"), values)


def _black_start_too_long(evidence: Evidence) -> Iterator[Hit]:
    components = evidence.plan.components
    for i, c in evidence.plan.activities.items():
        ready, rto = evidence.restart.ready_s.get(i), c.analysis.rto
        if ready is None or rto is None or ready <= rto + SECONDS:
            continue
        if not any(components[j].restart > rto + SECONDS for j in (i, *evidence.single_points.get(i, ()))):
            values = {
                "name": c.name,
                "ready": evidence.words.length(ready),
                "rto": evidence.words.length(rto),
            }
            yield Hit(i, ("components", i, "bia", "rto"), values)


def _no_end(evidence: Evidence) -> Iterator[Hit]:
    if evidence.plan.fallbacks and not evidence.plan.document.stand_down:
        yield Hit(WHOLE_PLAN, ("document",))


def _no_test_calls(evidence: Evidence) -> Iterator[Hit]:
    if evidence.plan.fallbacks and not evidence.plan.document.validation:
        yield Hit(WHOLE_PLAN, ("document",))


RULES = (
    Rule(
        "R1", Severity.WARNING, "Fallback that comes too late",
        "{fallback} carries load {after} after the failure; {activity} must be back within {rto}.",
        "Noticing, deciding and activating count too: the RTO runs from the incident.",
        "Notice earlier, let the person on duty decide, prepare it in advance, or agree on another RTO.",
        "8.3.3", _too_late,
    ),
    Rule(
        "R2", Severity.ERROR, "Black-start deadlock",
        "Once all of them are down, {names} wait for each other and never start.",
        "After a wide outage each needs another to be up before it can start.",
        "Add a fallback that breaks the ring: a generator, an out-of-band line, a manual procedure.",
        "8.4.5", _deadlock,
    ),
    Rule(
        "R3", Severity.WARNING, "Restart that takes longer than the RTO",
        "{name} takes {restart} to restart; {activity} must be back within {rto}.",
        "However short the fault is, the restart alone breaks the limit.",
        "Shorten the restart, or plan a fallback that bridges it.",
        "8.4.5", _restart_too_long,
    ),
    Rule(
        "R4", Severity.WARNING, "Contract that promises too little",
        "The contract for {name} promises it back {promised} after the report; {activity} must be back within {rto}, and no fallback is in time.",
        "The supplier keeps the contract, and the limit is broken all the same.",
        "Ask for a shorter time to restore in the contract, or plan a fallback that bridges it.",
        "8.3.4", _contract_too_slow,
    ),
    Rule(
        "R5", Severity.WARNING, "Activity that rests on a slower one",
        "{name} must be back within {own}, but cannot be without {other}, which may take {rto}.",
        "Both keep their limits, and the first is late all the same.",
        "Agree with both owners on limits that fit: the one that others rest on must be back first.",
        "8.2.2", _on_a_slower_activity,
    ),
    Rule(
        "R6", Severity.WARNING, "Chain of restarts longer than the RTO",
        "When everything was down, {name} is back after {ready} at the earliest; it must be back within {rto}.",
        "Each restart is short enough by itself; one after the other they are not.",
        "Shorten the longest on the way, let them start side by side, or plan a fallback for a wide outage.",
        "8.4.5", _black_start_too_long,
    ),
    Rule(
        "R7", Severity.ADVICE, "Restart that hangs on a procedure",
        "Once all of them are down, {names} wait for each other; only {fallbacks} gets them up.",
        "A wide outage is a poor time to do it for the first time.",
        "Exercise it from a black start, keep what it takes on paper, or break the ring itself.",
        "8.4.5", _deadlock_with_a_way_out,
    ),
    Rule(
        "R8", Severity.ADVICE, "Nothing says when it is over",
        "The plan does not say when it is stood down.",
        "Diversions and notices stay for weeks, or are taken away while the fault comes and goes.",
        "Write down when: what has held for how long, and who confirms it.",
        "8.4.5", _no_end, field="document.stand_down",
    ),
    Rule(
        "R9", Severity.ADVICE, "No checks before recovery is declared",
        "The plan does not say which test calls show that the service works again.",
        "It works from the operator's own network first, and from the others hours later.",
        "Write them down: from each operator, in and out, audio both ways.",
        "8.4.5", _no_test_calls, field="document.validation",
    ),
)  # fmt: skip
