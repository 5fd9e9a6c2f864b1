"""R: recovery that cannot happen in time, or at all."""

from __future__ import annotations

from collections.abc import Iterator

from bcp.checks.rule import Evidence, Hit, Rule
from bcp.engine.tolerance import SECONDS
from bcp.model.fallback import Fallback
from bcp.model.finding import Severity


def _strictest(component: str, evidence: Evidence) -> tuple[float, str] | None:
    """The lowest RTO in seconds of the activities that rest on a component, and whose it is."""
    limits = [
        (rto, a)
        for a in evidence.reach.activities_on(component)
        if (rto := evidence.plan.components[a].analysis.rto) is not None
    ]
    return min(limits, default=None)


def _until_active(fallback: Fallback, evidence: Evidence) -> float:
    """Seconds from the failure until the fallback carries load, when nothing blocks it."""
    defaults = evidence.plan.defaults
    own = evidence.plan.components[fallback.protects].detection
    detection = own if own is not None else defaults.detection
    decision = fallback.decision if fallback.decision is not None else defaults.decision
    return detection + (0 if fallback.automatic else decision) + (fallback.lead_time or 0)


def _too_late(evidence: Evidence) -> Iterator[Hit]:
    for i, f in evidence.fallbacks():
        limit = _strictest(f.protects, evidence)
        if limit is not None and (after := _until_active(f, evidence)) > limit[0] + SECONDS:
            values = {
                "fallback": evidence.plan.title(i),
                "after": evidence.words.length(after),
                "activity": evidence.plan.title(limit[1]),
                "rto": evidence.words.length(limit[0]),
            }
            yield Hit(i, ("fallbacks", i), values)


def _restart_too_long(evidence: Evidence) -> Iterator[Hit]:
    for i, c in evidence.plan.components.items():
        if c.restart and (limit := _strictest(i, evidence)) is not None and c.restart > limit[0] + SECONDS:
            values = {
                "name": c.name,
                "restart": evidence.words.length(c.restart),
                "activity": evidence.plan.title(limit[1]),
                "rto": evidence.words.length(limit[0]),
            }
            yield Hit(i, ("components", i, "restart"), values)


def _deadlock(evidence: Evidence) -> Iterator[Hit]:
    for group in evidence.deadlocks:
        if group:
            yield Hit(group[0], ("components", group[0]), {"names": evidence.names(group)})


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
)  # fmt: skip
