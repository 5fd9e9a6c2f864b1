from __future__ import annotations

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

import bcp.checks
from bcp.checks import RULES, check
from bcp.checks.rules import FAMILIES
from bcp.engine.compile import compile_plan
from bcp.engine.cutsets import cut_sets, single_points
from bcp.engine.fate import shared_fate
from bcp.engine.restart import restart_order
from bcp.model.finding import Finding
from bcp.model.plan import Plan
from bcp.words import words
from tests.strategies import plans

TODAY = date(2026, 11, 23)

SOUND: dict[str, Any] = {
    "organisation": {"name": "Exempelkommun"},
    "components": {
        "cs": {"kind": "activity", "name": "Customer service", "requires": ["n"],
               "bia": {"rto": "2h", "mtpd": "8h", "mbco": 0.5, "demand": "100/h"}},
        "n": {"kind": "number", "name": "Main number", "e164": "+46771123456", "operator": "alfa",
              "requires": [{"any_of": ["in-1", "in-2"]}], "detection": "5m"},
        "in-1": {"kind": "platform", "name": "Platform one", "operator": "alfa", "verified": "2026-10-01"},
        "in-2": {"kind": "platform", "name": "Platform two", "operator": "alfa"},
        "n-2": {"kind": "number", "name": "Second number", "e164": "+46313900600", "operator": "beta",
                "requires": ["beta-in"]},
        "beta-in": {"kind": "platform", "name": "Beta platform", "operator": "beta"},
        "web-host": {"kind": "system", "name": "Web host"},
        "web": {"kind": "channel", "name": "Web", "requires": ["web-host"]},
        "crew": {"kind": "team", "name": "Crew", "members": ["ann", "bo"]},
    },
    "fallbacks": {
        "publish": {"protects": "n", "via": ["n-2"], "needs": ["web"], "lead_time": "30m", "capacity": 0.6,
                    "steps": ["Publish"], "failback_steps": ["Unpublish"], "last_tested": "2026-05-01"},
    },
    "contacts": {
        "ann": {"name": "Ann", "mobile": "+46701740651", "operator": "alfa"},
        "bo": {"name": "Bo", "mobile": "+46701740652", "operator": "beta"},
    },
    "document": {
        "activation": {"decided_by": ["ann", "bo"]},
        "messages": [{"audience": "Customers", "when": "at once", "channels": ["web"], "text": "Call the other number."}],
    },
}  # fmt: skip
"""A plan to which no rule objects."""


def findings(plan: Plan, on: date | None = TODAY, language: str = "en") -> tuple[Finding, ...]:
    """What the catalogue finds, with all that the engine computes for it."""
    system = compile_plan(plan)
    return check(
        plan,
        single_points=single_points(cut_sets(plan, system, plan.activities)),
        shared_fate=shared_fate(plan),
        deadlocks=restart_order(plan, system).deadlocks,
        on=on,
        words=words(language),
    )


def changed(*changes: tuple[str, Any]) -> Plan:
    """The sound plan with values put at places such as `components/cs/bia`; None takes a key out."""
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


def test_a_sound_plan_has_no_findings() -> None:
    """A plan that keeps every rule gets no finding."""
    assert findings(changed()) == ()


CASES: list[tuple[str, str, str, list[tuple[str, Any]]]] = [
    ("M1", "cs", "components.cs", [("components/cs/bia", None)]),
    ("M2", "cs", "components.cs.bia", [("components/cs/bia/rto", None)]),
    ("M3", "cs", "components.cs.bia", [("components/cs/bia/mtpd", None)]),
    ("M4", "cs", "components.cs", [("components/cs/requires", None)]),
    ("M5", "n", "components.n.requires[0]", [("components/n/requires", [{"pool": {"in-1": 0.4, "in-2": 0.5}}])]),
    ("M6", "cs2", "components.cs2.name", [("components/cs2", SOUND["components"]["cs"] | {"name": "customer Service"})]),
    ("M7", "plan", "components", [("components/in-1/verified", None)]),
    ("M8", "in-1", "components.in-1.verified", [("components/in-1/verified", "2025-11-22")]),
    ("M9", "in-1", "accepted_risks[0]", [("accepted_risks", [
        {"code": "S1", "subject": "in-1", "reason": "-", "accepted_by": "-", "until": "2026-11-22"}])]),
    ("M10", "n", "accepted_risks[0].code", [("accepted_risks", [
        {"code": "S01", "subject": "n", "reason": "-", "accepted_by": "-", "until": "2030-01-01"}])]),
    ("S1", "aux", "components.aux", [("components/aux", {"kind": "system", "name": "Aux"}),
                                     ("components/cs/requires", ["n", "aux"])]),
    ("S2", "n", "components.n", [("fallbacks", {})]),
    ("F1", "publish", "fallbacks.publish", [("components/n-2/requires", ["in-1"])]),
    ("F2", "publish", "fallbacks.publish", [("components/n-2/operator", "alfa")]),
    ("F3", "n", "components.n.requires[0]", [("components/site", {"kind": "site", "name": "Site"}),
                                             ("components/in-1/requires", ["site"]), ("components/in-2/requires", ["site"])]),
    ("B1", "publish", "fallbacks.publish.executes_at", [("fallbacks/publish/executes_at", "in-1")]),
    ("B2", "publish", "fallbacks.publish.needs[1]", [("components/portal", {"kind": "system", "name": "P", "requires": ["n"]}),
                                                     ("fallbacks/publish/needs", ["web", "portal"])]),
    ("B3", "publish", "fallbacks.publish", [("fallbacks/publish/lead_time", None)]),
    ("B4", "publish", "fallbacks.publish.capacity", [("fallbacks/publish/capacity", 0.4)]),
    ("B5", "publish", "fallbacks.publish", [("fallbacks/publish/last_tested", None)]),
    ("B6", "publish", "fallbacks.publish.last_tested", [("fallbacks/publish/last_tested", "2025-11-22")]),
    ("B7", "publish", "fallbacks.publish", [("fallbacks/publish/steps", None)]),
    ("B8", "publish", "fallbacks.publish", [("fallbacks/publish/failback_steps", None)]),
    ("R1", "publish", "fallbacks.publish", [("fallbacks/publish/lead_time", "106m")]),
    ("R2", "in-1", "components.in-1", [("components/in-1/requires", ["in-2"]), ("components/in-2/requires", ["in-1"])]),
    ("R3", "in-1", "components.in-1.restart", [("components/in-1/restart", "3h")]),
    ("P1", "plan", "document.activation.decided_by", [("contacts/bo/operator", "alfa")]),
    ("P2", "bo", "contacts.bo", [("contacts/bo/mobile", None)]),
    ("P3", "plan", "document.activation", [("document/activation/decided_by", [])]),
    ("P4", "ann", "document.activation.decided_by[0]", [("document/activation/decided_by", ["ann"])]),
    ("P5", "crew", "components.crew", [("components/crew/members", None)]),
    ("N1", "cs", "components.cs", [("components/web/requires", ["in-1"])]),
    ("N2", "plan", "document", [("document/messages", [])]),
    ("N3", "plan", "document.messages[0]", [("document/messages", [{"audience": "All", "when": "now", "text": "-"}])]),
    ("T1", "n-2", "components.n-2", [("components/n-2/requires", None)]),
    ("T2", "n-2", "components.n-2", [("components/n-2/operator", None)]),
    ("T3", "n-2", "components.n-2", [("components/n-2/e164", None)]),
    ("T4", "n-2", "components.n-2.e164", [("components/n-2/e164", "+46778123456")]),
    ("T5", "n-2", "components.n-2.e164", [("components/n-2/e164", "+46771123456")]),
]  # fmt: skip


@pytest.mark.parametrize(("code", "subject", "where", "changes"), CASES, ids=[case[0] for case in CASES])
def test_a_broken_rule_is_found_where_it_stands(
    code: str, subject: str, where: str, changes: list[tuple[str, Any]]
) -> None:
    """Each rule is broken by one change to the sound plan, and found with its subject, place and remedy."""
    found = [f for f in findings(changed(*changes)) if f.code == code]
    assert (found[0].subject, found[0].where) == (subject, where)
    assert found[0].message.endswith(".")
    assert found[0].fix


def test_every_rule_has_its_case() -> None:
    """No rule is without an example that breaks it, and no code is given twice."""
    assert [case[0] for case in CASES] == [rule.code for rule in RULES]


def test_every_family_is_in_the_catalogue() -> None:
    """Each file of rules is listed, so that no rule is written in vain."""
    folder = Path(bcp.checks.__file__).parent
    files = {path.stem for path in folder.glob("*.py")} - {"__init__", "reach", "rule", "rules"}
    assert {family.__name__.rpartition(".")[2] for family in FAMILIES} == files


def test_an_accepted_risk_is_not_reported_until_its_day() -> None:
    """A finding that somebody accepted is left out until the day they named, and reported after it."""
    risk = {"code": "B5", "subject": "publish", "reason": "-", "accepted_by": "Ann", "until": "2026-11-23"}
    plan = changed(("fallbacks/publish/last_tested", None), ("accepted_risks", [risk]))
    assert findings(plan) == ()
    assert findings(plan, on=None) == ()
    assert [f.code for f in findings(plan, on=date(2026, 11, 24))] == ["M9", "B5"]


def test_a_risk_accepted_for_one_thing_covers_no_other() -> None:
    """An acceptance holds for its code and its subject only."""
    risk = {"code": "B5", "subject": "n", "reason": "-", "accepted_by": "Ann", "until": "2030-01-01"}
    plan = changed(("fallbacks/publish/last_tested", None), ("accepted_risks", [risk]))
    assert [f.code for f in findings(plan)] == ["B5"]


def test_without_a_day_nothing_is_too_old() -> None:
    """What depends on today's date is not judged when the check is given no day."""
    old = changed(("fallbacks/publish/last_tested", "2001-01-01"), ("components/in-1/verified", "2001-01-01"))
    assert findings(old, on=None) == ()


def test_a_soft_requirement_counts_with_its_impact() -> None:
    """Whether a fallback carries enough follows from the level that the activity really gets."""
    soft = changed(
        ("components/cs/requires", [{"needs": "n", "impact": 0.5}]), ("fallbacks/publish/capacity", 0.1)
    )
    assert "B4" not in {f.code for f in findings(soft)}


def test_two_small_fallbacks_may_carry_enough_together() -> None:
    """Fallbacks of one component that together reach the minimum level are not too small."""
    half = SOUND["fallbacks"]["publish"] | {"capacity": 0.3}
    assert "B4" not in {f.code for f in findings(changed(("fallbacks", {"one": half, "two": half})))}


def test_findings_speak_the_users_language() -> None:
    """Messages and remedies are Swedish for a Swedish reader."""
    (finding,) = findings(changed(("fallbacks/publish/last_tested", None)), language="sv")
    assert finding.message == "publish har aldrig testats."
    assert finding.fix == "Testa den med riktiga samtal och ange last_tested."


@given(plans(max_components=8))
@settings(max_examples=60)
def test_any_plan_can_be_checked(plan: Plan) -> None:
    """Every plan without faults can be checked, twice with the same findings, each about something in the plan."""
    found = findings(plan)
    assert found == findings(plan)
    known = {"plan", *plan.components, *plan.fallbacks, *plan.contacts}
    assert {f.subject for f in found} <= known
