"""A plan to which no rule objects, ways to change it, and what the catalogue finds in it."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

from bcp.checks import examine
from bcp.model.finding import Finding
from bcp.model.plan import Plan
from bcp.words import words

TODAY = date(2026, 11, 23)

CLEAN = Path(__file__).parent / "clean_plan.yaml"
"""A plan with every feature in which everything is right."""

SOUND: dict[str, Any] = {
    "organisation": {"name": "Exempelkommun"},
    "components": {
        "cs": {"kind": "activity", "name": "Customer service", "requires": ["n"],
               "bia": {"rto": "2h", "mtpd": "8h", "mbco": 0.5, "demand": "100/h"}},
        "n": {"kind": "number", "name": "Main number", "e164": "+46771123456", "operator": "alfa",
              "requires": [{"any_of": ["in-1", "in-2"]}], "detection": "5m", "verified": "2026-10-01"},
        "in-1": {"kind": "platform", "name": "Platform one", "operator": "alfa"},
        "in-2": {"kind": "platform", "name": "Platform two", "operator": "gamma"},
        "n-2": {"kind": "number", "name": "Second number", "e164": "+46313900600", "operator": "beta",
                "requires": ["beta-in"]},
        "beta-in": {"kind": "platform", "name": "Beta platform", "operator": "beta"},
        "web-host": {"kind": "system", "name": "Web host"},
        "web": {"kind": "channel", "form": "web", "name": "Web", "requires": ["web-host"], "reach": 0.5},
        "mast": {"kind": "system", "name": "Mast"},
        "radio": {"kind": "channel", "form": "radio", "name": "Radio", "requires": ["mast"], "reach": 0.3},
        "crew": {"kind": "team", "name": "Crew", "members": ["ann", "bo"]},
    },
    "fallbacks": {
        "publish": {"protects": "n", "via": ["n-2"], "needs": ["web"], "lead_time": "30m", "capacity": 0.6,
                    "owner": "crew", "steps": [{"do": "Publish", "takes": "20m"}],
                    "failback_steps": ["Unpublish"], "last_tested": "2026-05-01"},
    },
    "contacts": {
        "ann": {"name": "Ann", "role": "Head", "mobile": "+46701740651", "operator": "alfa"},
        "bo": {"name": "Bo", "mobile": "+46701740652", "operator": "beta"},
    },
    "document": {
        "owner": "ann", "approver": "bo", "version": "1", "next_review": "2027-01-31", "copies": ["The safe"],
        "activation": {"decided_by": ["ann", "bo"], "criteria": ["Dead for ten minutes"], "alarm_path": "Meet in the hall."},
        "messages": [{"audience": "Customers", "when": "at once", "channels": ["web", "radio"], "to": "public",
                      "occasions": ["detection"],
                      "text": "Call 031-390 06 00."}],
        "stand_down": ["Test calls get through"], "validation": ["Call from three operators"],
        "tests": [{"held": "2026-05-01", "what": "Publishing", "result": "Works"}],
    },
}  # fmt: skip

Changes = list[tuple[str, Any]]
"""What stands at places such as `components/cs/bia`; None takes a key out."""


def changed(*changes: tuple[str, Any]) -> Plan:
    """The sound plan with values put at places."""
    raw = deepcopy(SOUND)
    for place, value in changes:
        *above, last = place.split("/")
        at = raw
        for part in above:
            at = at.setdefault(part, {})
        if value is None:
            del at[last]
        else:
            at[last] = value
    return Plan.model_validate(raw)


def findings(plan: Plan, on: date | None = TODAY, language: str = "en") -> tuple[Finding, ...]:
    """What the catalogue finds."""
    return examine(plan, on=on, words=words(language)).findings


def codes(*changes: tuple[str, Any]) -> set[str]:
    """The codes found in the sound plan with these changes."""
    return {finding.code for finding in findings(changed(*changes))}
