from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

import bcp.checks
from bcp.checks import RULES
from bcp.checks.rules import FAMILIES, LETTERS, rule_texts
from bcp.files.plan_file import load_plan
from bcp.model.plan import Plan
from bcp.words import LANGUAGES, words
from tests.checks.sound import CLEAN, SOUND, Changes, changed, codes, findings
from tests.strategies import plans

COMPONENTS = SOUND["components"]
PUBLISH = SOUND["fallbacks"]["publish"]
MESSAGE = SOUND["document"]["messages"][0]
TEST = SOUND["document"]["tests"][0]
SITE = {"kind": "site", "name": "Site"}
RANGE = {"kind": "number_range", "name": "Range", "operator": "gamma", "requires": ["in-2"]}
SLOW = {
    "kind": "activity",
    "name": "Slow",
    "requires": ["n"],
    "bia": {"rto": "4h", "mtpd": "8h", "mbco": 0.5},
}


def risk(code: str, subject: str, until: str) -> dict[str, str]:
    """A risk accepted until a day."""
    return {"code": code, "subject": subject, "reason": "-", "accepted_by": "Ann", "until": until}


def step(**more: Any) -> dict[str, Any]:
    """A step of the fallback."""
    return {"do": "Publish", **more}


CASES: list[tuple[str, str, str, Changes]] = [
    ("M1", "cs", "components.cs", [("components/cs/bia", None)]),
    ("M2", "cs", "components.cs.bia", [("components/cs/bia/rto", None)]),
    ("M3", "cs", "components.cs.bia", [("components/cs/bia/mtpd", None)]),
    ("M4", "cs", "components.cs", [("components/cs/requires", None)]),
    ("M5", "n", "components.n.requires[0]", [("components/n/requires", [{"pool": {"in-1": 0.4, "in-2": 0.5}}])]),
    ("M6", "cs2", "components.cs2.name", [("components/cs2", COMPONENTS["cs"] | {"name": "customer Service"})]),
    ("M7", "plan", "components", [("components/n/verified", None)]),
    ("M8", "n", "components.n.verified", [("components/n/verified", "2025-11-22")]),
    ("M9", "in-1", "accepted_risks[0]", [("accepted_risks", [risk("S1", "in-1", "2026-11-22")])]),
    ("M10", "n", "accepted_risks[0].code", [("accepted_risks", [risk("S01", "n", "2030-01-01")])]),
    ("M11", "aux", "components.aux", [("components/aux", {"kind": "system", "name": "Aux"})]),
    ("M12", "mast", "components.mast.name", [("components/mast/name", "web HOST")]),
    ("M13", "cs", "components.cs.requires[1]", [("components/cs/requires", ["n", {"needs": "mast", "impact": 0}])]),
    ("M14", "n", "components.n.requires[0]", [("components/n/requires", [{"quorum": 2, "of": ["in-1", "in-2"]}])]),
    ("M15", "n", "components.n.requires[0]", [("components/n/requires", [{"any_of": ["in-1"]}])]),
    ("M16", "n", "components.n.operator", [("components/n/operator", "Alfa"), ("components/alfa", {
        "kind": "operator", "name": "Alfa", "contract": "C-1"})]),
    ("M17", "in-1", "components.in-1.site", [("components/site", SITE), ("components/in-1/site", "site")]),
    ("M18", "in-1", "components.in-1", [("components/in-1/virtual", True), ("components/in-1/mtbf", "5y")]),
    ("S1", "aux", "components.aux", [("components/aux", {"kind": "system", "name": "Aux"}),
                                     ("components/cs/requires", ["n", "aux"])]),
    ("S2", "n", "components.n", [("fallbacks", {})]),
    ("S3", "plan", "components", [("components/n-2/operator", "alfa")]),
    ("F1", "publish", "fallbacks.publish", [("components/n-2/requires", ["in-1"])]),
    ("F2", "publish", "fallbacks.publish", [("components/beta-in/operator", "alfa")]),
    ("F3", "n", "components.n.requires[0]", [("components/site", SITE), ("components/in-1/requires", ["site"]),
                                             ("components/in-2/requires", ["site"])]),
    ("F4", "publish", "fallbacks.publish", [("components/n-2/requires", None)]),
    ("F5", "n", "components.n.requires[0]", [("components/in-2/operator", "alfa")]),
    ("F6", "n", "components.n.requires[0]", [("components/in-1/tags", ["duct:north"]),
                                             ("components/in-2/tags", ["duct:north"])]),
    ("F7", "publish", "fallbacks.publish", [("components/in-1/tags", ["duct:north"]),
                                            ("components/beta-in/tags", ["duct:north"])]),
    ("B1", "publish", "fallbacks.publish.executes_at", [("fallbacks/publish/executes_at", "in-1")]),
    ("B2", "publish", "fallbacks.publish.needs[1]", [("components/portal", {"kind": "system", "name": "P", "requires": ["n"]}),
                                                     ("fallbacks/publish/needs", ["web", "portal"])]),
    ("B3", "publish", "fallbacks.publish", [("fallbacks/publish/lead_time", None)]),
    ("B4", "publish", "fallbacks.publish.capacity", [("fallbacks/publish/capacity", 0.4)]),
    ("B5", "publish", "fallbacks.publish", [("fallbacks/publish/last_tested", None)]),
    ("B6", "publish", "fallbacks.publish.last_tested", [("fallbacks/publish/last_tested", "2025-11-22")]),
    ("B7", "publish", "fallbacks.publish", [("fallbacks/publish/steps", None)]),
    ("B8", "publish", "fallbacks.publish", [("fallbacks/publish/failback_steps", None)]),
    ("B9", "publish", "fallbacks.publish.endurance", [("fallbacks/publish/endurance", "3h"), ("components/n/mttr", "4h")]),
    ("B10", "publish", "fallbacks.publish.lead_time", [("fallbacks/publish/steps", [step(takes="20m"), step(takes="11m")])]),
    ("B11", "publish", "fallbacks.publish.steps[0].needs[0]", [("fallbacks/publish/steps", [step(needs=["mast"])])]),
    ("B12", "publish", "fallbacks.publish.steps[0]", [("fallbacks/publish/owner", None)]),
    ("B13", "publish", "fallbacks.publish", [("fallbacks/publish/via", [])]),
    ("B14", "publish", "fallbacks.publish", [("fallbacks/publish/trigger_below", 0.4)]),
    ("R1", "publish", "fallbacks.publish", [("fallbacks/publish/lead_time", "106m")]),
    ("R2", "in-1", "components.in-1", [("components/in-1/requires", ["in-2"]), ("components/in-2/requires", ["in-1"])]),
    ("R3", "n", "components.n.restart", [("components/n/restart", "3h")]),
    ("R4", "n", "components.n.contract_time", [("components/n/contract_time", "3h"), ("fallbacks/publish/lead_time", "2h")]),
    ("R5", "cs", "components.cs.bia.rto", [("components/slow", SLOW), ("components/cs/requires", ["n", "slow"])]),
    ("R6", "cs", "components.cs.bia.rto", [("components/n/restart", "90m"), ("components/in-1/restart", "45m"),
                                           ("components/in-2/restart", "45m")]),
    ("R7", "in-1", "components.in-1", [
        ("components/in-1/requires", ["in-2"]), ("components/in-2/requires", ["in-1"]),
        ("fallbacks/spare", PUBLISH | {"protects": "in-1"})]),
    ("R8", "plan", "document", [("document/stand_down", [])]),
    ("R9", "plan", "document", [("document/validation", [])]),
    ("P1", "plan", "document.activation.decided_by", [("contacts/bo/operator", "alfa")]),
    ("P2", "bo", "contacts.bo", [("contacts/bo/mobile", None)]),
    ("P3", "plan", "document.activation", [("document/activation/decided_by", [])]),
    ("P4", "ann", "document.activation.decided_by[0]", [("document/activation/decided_by", ["ann"])]),
    ("P5", "crew", "components.crew", [("components/crew/members", None)]),
    ("P6", "plan", "document.activation.decided_by", [
        ("contacts/ann/ways", [{"kind": "mobile", "on": ["mast"]}]), ("contacts/bo/ways", [{"kind": "mobile", "on": ["mast"]}])]),
    ("P7", "plan", "contacts.bo", [("contacts/bo/operator", None)]),
    ("P8", "plan", "document.activation.call_tree", [("document/activation/call_tree", {"ann": ["cy"]}),
                                                     ("contacts/cy", {"name": "Cy"})]),
    ("P9", "plan", "document.activation.quorum", [("document/activation/quorum", 3)]),
    ("P10", "plan", "document.activation.roles[1]", [("document/activation/roles", ["head", "Clerk"])]),
    ("P11", "plan", "document.activation", [("document/activation/alarm_path", None)]),
    ("P12", "bo", "contacts.bo", [("contacts/bo/mobile", None), ("contacts/bo/phone", "+46771123456")]),
    ("P13", "bo", "contacts.bo", [("fallbacks/publish/owner", "bo")]),
    ("P14", "plan", "document.activation", [("document/activation/criteria", [])]),
    ("N1", "cs", "components.cs", [("components/web/requires", ["in-1"]), ("components/radio/requires", ["in-1"])]),
    ("N2", "plan", "document", [("document/messages", [])]),
    ("N3", "plan", "document.messages[0]", [("document/messages", [{
        "audience": "All", "when": "now", "to": "public", "occasions": ["detection"], "text": "-"}])]),
    ("N4", "web", "components.web", [("components/web/reach", None)]),
    ("N5", "plan", "document.messages[0].channels", [("components/radio/requires", ["web-host"])]),
    ("N6", "web", "components.web", [("components/web/form", None)]),
    ("N7", "plan", "document.messages[0]", [("document/messages", [MESSAGE | {"occasions": []}])]),
    ("N8", "alarms", "components.alarms", [("components/alarms", {
        "kind": "customer_group", "name": "Alarm owners", "customers": 9, "requires": ["n"]})]),
    ("T1", "n-2", "components.n-2", [("components/n-2/requires", None)]),
    ("T2", "n-2", "components.n-2", [("components/n-2/operator", None)]),
    ("T3", "n-2", "components.n-2", [("components/n-2/e164", None)]),
    ("T4", "n-2", "components.n-2.e164", [("components/n-2/e164", "+46778123456")]),
    ("T5", "n-2", "components.n-2.e164", [("components/n-2/e164", "+46771123456")]),
    ("T6", "plan", "document.messages[0]", [("document/messages", [MESSAGE | {"text": "Call 031-390 06 01."}])]),
    ("T7", "r-2", "components.r-2.span", [
        ("components/r-1", RANGE | {"span": {"first": "+46313900610", "last": "+46313900630"}}),
        ("components/r-2", RANGE | {"span": {"first": "+46313900630", "last": "+46313900640"}})]),
    ("T8", "n-2", "components.n-2.operator", [
        ("components/r-1", RANGE | {"span": {"first": "+46313900600", "last": "+46313900630"}})]),
    ("T9", "r-1", "components.r-1", [("components/r-1", RANGE)]),
    ("E1", "plan", "document", [("document/tests", []), ("fallbacks/publish/last_tested", None)]),
    ("E2", "plan", "document.tests[0]", [("document/tests", [TEST | {"held": "2025-11-22"}]),
                                         ("fallbacks/publish/last_tested", "2025-11-01")]),
    ("E3", "plan", "document", [("document/approver", None)]),
    ("E4", "plan", "document.next_review", [("document/next_review", "2026-11-22")]),
    ("E5", "plan", "components.aux", [("components/aux", {"kind": "system", "name": "Aux", "mtbf": "1y"}),
                                      ("components/n/requires", ["aux"])]),
    ("E6", "n", "accepted_risks[0]", [("accepted_risks", [risk("M8", "n", "2026-12-22")])]),
    ("E7", "n", "accepted_risks[0]", [("accepted_risks", [risk("S2", "n", "2030-01-01")])]),
    ("E8", "plan", "document.tests[0]", [("document/tests", [{"held": "2026-05-01", "what": "Publishing"}])]),
    ("E9", "publish", "fallbacks.publish.last_tested", [("fallbacks/publish/last_tested", "2026-11-24")]),
    ("E10", "plan", "components.aux", [("components/aux", {"kind": "system", "name": "Aux"}),
                                       ("components/n/requires", ["aux"])]),
    ("E11", "alfa", "components.alfa", [("components/alfa", {"kind": "operator", "name": "Alfa"})]),
]  # fmt: skip

ALMOST: list[tuple[str, Changes]] = [
    ("M11", [("components/aux", {"kind": "system", "name": "Aux"}), ("contacts/ann/ways", [{"kind": "chat", "on": ["aux"]}])]),
    ("M12", [("components/mast", {"kind": "platform", "name": "Web host"})]),
    ("M13", [("components/cs/requires", ["n", {"needs": "mast", "impact": 0.01}])]),
    ("M14", [("components/n/requires", [{"quorum": 1, "of": ["in-1", "in-2"]}])]),
    ("M15", [("components/n/requires", [{"split": {"in-1": 1}}])]),
    ("M16", [("components/n/operator", "alfa plus")]),
    ("M17", [("components/site", SITE), ("components/in-1/site", "site"), ("components/in-1/requires", ["mast"]),
             ("components/mast/requires", ["site"])]),
    ("M17", [("components/site", SITE | {"requires": ["grid"]}), ("components/grid", {"kind": "power", "name": "Grid", "site": "site"})]),
    ("M18", [("components/in-1/mtbf", "5y")]),
    ("S1", [("components/slow", SLOW), ("components/cs/requires", ["slow"])]),
    ("S2", [("fallbacks/publish/protects", "cs")]),
    ("S3", [("components/n-2/operator", None)]),
    ("F5", [("components/in-1/operator", None), ("components/in-2/operator", None)]),
    ("F6", [("components/in-1/tags", ["duct:north"]), ("components/in-2/tags", ["duct:south"])]),
    ("F7", [("components/in-1/tags", ["north"]), ("components/beta-in/tags", ["north"])]),
    ("B2", [("fallbacks/publish/steps", [step(needs=["web-host"])])]),
    ("B9", [("fallbacks/publish/endurance", "3h"), ("components/n/mttr", "4h"), ("fallbacks/spare", PUBLISH)]),
    ("B9", [("fallbacks/publish/endurance", "4h"), ("components/n/mttr", "4h")]),
    ("B10", [("fallbacks/publish/steps", [step(takes="20m"), step(takes="10m")])]),
    ("B10", [("fallbacks/publish/steps", [step(takes="2h")]), ("fallbacks/publish/automatic", True)]),
    ("B11", [("fallbacks/publish/steps", [step(needs=["web", "web-host", "n-2"])])]),
    ("B12", [("fallbacks/publish/owner", None), ("fallbacks/publish/steps", [step(by="ann")])]),
    ("B14", [("components/cs/bia/mbco", 1)]),
    ("B14", [("fallbacks/publish/trigger_below", 0.2), ("fallbacks/spare", PUBLISH)]),
    ("R1", [("components/cs/requires", ["n", {"any_of": ["in-1", "mast"]}]),
            ("fallbacks/spare", PUBLISH | {"protects": "in-1", "lead_time": "9h"})]),
    ("R2", [("components/in-1/requires", ["in-2"]), ("components/in-2/requires", ["in-1"]),
            ("fallbacks/spare", PUBLISH | {"protects": "in-1"})]),
    ("R4", [("components/n/contract_time", "3h")]),
    ("R4", [("components/n/contract_time", "2h"), ("fallbacks/publish/lead_time", "2h")]),
    ("R5", [("components/slow", SLOW), ("components/cs/requires", ["n", {"needs": "slow", "impact": 0.5}])]),
    ("R6", [("components/n/restart", "75m"), ("components/in-1/restart", "45m"), ("components/in-2/restart", "45m")]),
    ("P1", [("contacts/bo/operator", "alfa"), ("contacts/ann/ways", [{"kind": "radio"}]),
            ("contacts/bo/ways", [{"kind": "in_person", "address": "Hall"}])]),
    ("P2", [("contacts/bo/mobile", None), ("contacts/bo/ways", [{"kind": "radio", "address": "3"}])]),
    ("P6", [("contacts/ann/ways", [{"kind": "mobile", "on": ["mast"]}]), ("contacts/bo/ways", [{"kind": "mobile", "on": ["web-host"]}])]),
    ("P7", [("contacts/cy", {"name": "Cy", "mobile": "+46701740653"})]),
    ("P8", [("document/activation/call_tree", {"ann": ["bo"], "bo": ["cy"]}), ("contacts/cy", {"name": "Cy"})]),
    ("P9", [("document/activation/quorum", 2)]),
    ("P11", [("document/activation/alarm_path", None), ("contacts/bo/ways", [{"kind": "radio", "address": "3"}])]),
    ("P12", [("contacts/bo/phone", "+46771123456")]),
    ("P13", [("fallbacks/publish/owner", "bo"), ("contacts/bo/deputy", "ann")]),
    ("P13", [("fallbacks/publish/steps", [step(by="bo")])]),
    ("T6", [("document/messages", [MESSAGE | {"text": "Call 112 on 2026-11-23, 18–25 h, or 070-174 06 51. Case 12345678."}])]),
    ("T7", [("components/r-1", RANGE | {"span": {"first": "+46313900610", "last": "+46313900630"}}),
            ("components/r-2", RANGE | {"span": {"first": "+46313900631", "last": "+46313900640"}})]),
    ("T8", [("components/r-1", RANGE | {"operator": "beta", "span": {"first": "+46313900600", "last": "+46313900630"}})]),
    ("E1", [("document/tests", [])]),
    ("E2", [("document/tests", [TEST | {"held": "2025-11-22"}])]),
    ("E4", [("document/next_review", "2026-11-23")]),
    ("E5", [("components/aux", {"kind": "system", "name": "Aux", "unavailability": 0.01}), ("components/n/requires", ["aux"])]),
    ("E6", [("accepted_risks", [risk("S2", "n", "2026-12-23")])]),
    ("E7", [("accepted_risks", [risk("B5", "publish", "2030-01-01")]), ("fallbacks/publish/last_tested", None)]),
    ("E8", [("document/tests", [TEST, {"held": "2026-12-01", "what": "Planned"}])]),
    ("E9", [("document/tests", [TEST, {"held": "2026-12-01", "what": "Planned"}])]),
]  # fmt: skip


def test_a_sound_plan_has_no_findings() -> None:
    """A plan that keeps every rule gets no finding."""
    assert findings(changed()) == ()


def test_a_plan_with_every_feature_may_be_right() -> None:
    """A plan that uses all that the product has, and in which everything is right, gets no finding."""
    plan = load_plan(CLEAN)
    assert findings(plan) == ()
    assert findings(plan, on=None) == ()


@pytest.mark.parametrize(("code", "subject", "where", "changes"), CASES, ids=[case[0] for case in CASES])
def test_a_broken_rule_is_found_where_it_stands(
    code: str, subject: str, where: str, changes: Changes
) -> None:
    """Each rule is broken by one change to the sound plan, and found with its subject, place and remedy."""
    found = [f for f in findings(changed(*changes)) if f.code == code]
    assert [(f.subject, f.where) for f in found[:1]] == [(subject, where)]
    assert found[0].message.endswith(".")
    assert "{" not in found[0].message
    assert found[0].fix
    assert found[0].reason
    assert found[0].title
    assert found[0].clause.startswith("ISO 22301 ")


@pytest.mark.parametrize(("code", "changes"), ALMOST, ids=[case[0] for case in ALMOST])
def test_what_only_looks_like_it_is_not_found(code: str, changes: Changes) -> None:
    """A plan that comes close to breaking a rule, and does not, gets no finding of it."""
    assert code not in codes(*changes)


def test_every_rule_has_its_case() -> None:
    """No rule is without an example that breaks it, and no code is given twice."""
    assert [case[0] for case in CASES] == [rule.code for rule in RULES]


def test_every_family_is_in_the_catalogue() -> None:
    """Each file of rules is listed, so that no rule is written in vain, and every family has its name."""
    folder = Path(bcp.checks.__file__).parent
    files = {path.stem for path in folder.glob("*.py") if "\nRULES = (" in path.read_text(encoding="utf-8")}
    assert {family.__name__.rpartition(".")[2] for family in FAMILIES} == files
    assert "".join(dict.fromkeys(rule.family for rule in RULES)) == LETTERS


def test_a_range_carries_numbers_for_an_activity_only_where_one_rests_on_it() -> None:
    """A second number that nothing rests on needs no fallback of its own."""
    assert "S2" not in {f.code for f in findings(changed()) if f.subject == "n-2"}


def test_a_soft_requirement_counts_with_its_impact() -> None:
    """Whether a fallback carries enough follows from the level that the activity really gets."""
    soft = [("components/cs/requires", [{"needs": "n", "impact": 0.5}]), ("fallbacks/publish/capacity", 0.1)]
    assert "B4" not in codes(*soft)


def test_two_small_fallbacks_may_carry_enough_together() -> None:
    """Fallbacks of one component that together reach the minimum level are not too small."""
    half = PUBLISH | {"capacity": 0.3}
    assert "B4" not in codes(("fallbacks", {"one": half, "two": half}))


def test_a_fallback_that_needs_what_failed_does_not_stand_in() -> None:
    """Something with one fallback that can only be activated with it is still without a fallback."""
    aux = [("components/aux", {"kind": "system", "name": "Aux"}), ("components/n/requires", ["aux"])]
    spare = PUBLISH | {"needs": ["aux"]}
    assert "S1" not in codes(*aux)
    assert "S1" in codes(*aux, ("fallbacks/publish", spare))


def test_without_a_day_nothing_is_too_old() -> None:
    """What depends on today's date is not judged when the check is given no day."""
    old = changed(
        ("fallbacks/publish/last_tested", "2001-01-01"), ("components/n/verified", "2001-01-01"),
        ("document/next_review", "2001-01-01"), ("document/tests", [TEST | {"held": "2001-01-01"}]),
    )  # fmt: skip
    assert findings(old, on=None) == ()


def test_a_team_of_those_who_decide_is_used() -> None:
    """Nothing requires the crisis team, and it is no component that nothing uses."""
    team = {"kind": "team", "name": "Crisis team", "members": ["bo"]}
    assert "M11" not in codes(("components/crisis", team))


def test_one_team_is_warned_of_once() -> None:
    """Where the people who decide are also a team of the plan, the warning of their common operator stands once."""
    found = findings(changed(("contacts/bo/operator", "alfa")))
    assert [f.subject for f in found if f.code == "P1"] == ["plan"]


def test_findings_speak_the_users_language() -> None:
    """Messages, reasons, remedies and buttons are Swedish for a Swedish reader."""
    (finding,) = findings(changed(("fallbacks/publish/last_tested", None)), language="sv")
    assert finding.message == "publish har aldrig testats."
    assert finding.fix == "Testa den med riktiga samtal och skriv in datumet."


_FIELD = re.compile(r"\b\w+_\w+|\b\w*[a-z]\.[a-z]\w*|`|\bunder (by|needs|requires|via)\b")
"""What stands in a plan file and nowhere else: a field's name or path, or a command."""


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_rules_speak_of_the_plan_and_not_of_its_file(language: str) -> None:
    """No text of a rule names a field of a plan file: whoever reads it in a PDF or the app has no file."""
    for rule in rule_texts(words(language)):
        for text in (rule.title, rule.message, rule.reason, rule.remedy, rule.edit):
            assert not _FIELD.search(re.sub(r"\{\w+\}", "", text)), f"{rule.code}: {text}"


@pytest.mark.parametrize(("code", "changes"), [(c[0], c[3]) for c in CASES], ids=[c[0] for c in CASES])
def test_findings_put_values_into_words_too(code: str, changes: Changes) -> None:
    """What a finding puts into its text is a name or a word of the language, not a code of the file."""
    (finding, *_) = (f for f in findings(changed(*changes), language="sv") if f.code == code)
    assert not _FIELD.search(f"{finding.message} {finding.fix}")
    assert not re.search(r"\b(mtbf|mttr|unavailability|public|detection|vital)\b", finding.message)


@given(plans(max_components=8))
@settings(max_examples=60)
def test_any_plan_can_be_checked(plan: Plan) -> None:
    """Every plan without faults can be checked, twice with the same findings, each about something in the plan."""
    found = findings(plan)
    assert found == findings(plan)
    known = {"plan", *plan.components, *plan.fallbacks, *plan.contacts}
    assert {f.subject for f in found} <= known
