from __future__ import annotations

from datetime import date

import pytest

from bcp.checks import RULES, Computed, examine, rule_texts
from bcp.checks.choice import chosen
from bcp.engine.fate.shared_fate import shared_fate
from bcp.engine.levels.compile import compile_plan
from bcp.engine.recovery.restart import restart_order
from bcp.errors import NotFoundError
from bcp.model.finding import Finding
from bcp.words import words
from tests.checks.sound import TODAY, changed, findings
from tests.checks.test_rules import risk

UNTESTED = ("fallbacks/publish/last_tested", None)


def found(*terms: str, ignore: tuple[str, ...] = ()) -> list[str]:
    """The codes of the rules that are chosen."""
    return [rule.code for rule in chosen(RULES, terms, ignore)]


def test_an_accepted_risk_is_not_reported_until_its_day() -> None:
    """A finding that somebody accepted is left out until the day they named, and reported after it."""
    plan = changed(UNTESTED, ("accepted_risks", [risk("B5", "publish", "2026-11-23")]))
    assert [f.code for f in findings(plan)] == ["E6"]
    assert findings(plan, on=None) == ()
    assert [f.code for f in findings(plan, on=date(2026, 11, 24))] == ["M9", "B5"]


def test_what_is_accepted_is_told_apart() -> None:
    """An accepted finding is given with the risk that accepts it, for whoever lists both."""
    plan = changed(UNTESTED, ("accepted_risks", [risk("B5", "publish", "2027-11-23")]))
    examined = examine(plan, on=TODAY)
    assert examined.findings == ()
    (accepted,) = examined.accepted
    assert accepted.finding.code == "B5"
    assert accepted.risk == plan.accepted_risks[0]


def test_a_risk_accepted_for_one_thing_covers_no_other() -> None:
    """An acceptance holds for its code and its subject only, and one that holds for nothing is a finding."""
    plan = changed(UNTESTED, ("accepted_risks", [risk("B5", "n", "2030-01-01")]))
    assert [(f.code, f.subject) for f in findings(plan)] == [("B5", "publish"), ("E7", "n")]


def test_an_acceptance_of_an_acceptance_asks_no_circles() -> None:
    """Accepting a finding about accepted risks works, and leads to no endless question."""
    plan = changed(("accepted_risks", [risk("E7", "n", "2030-01-01"), risk("S2", "n", "2030-01-01")]))
    assert findings(plan) == ()
    assert [a.finding.code for a in examine(plan, on=TODAY).accepted] == ["E7"]


def test_rules_are_selected_and_ignored_by_code_and_family() -> None:
    """Codes are whole: S1 is not S10; a letter is a family; several stand in one text; nothing means all."""
    assert found() == [rule.code for rule in RULES]
    assert found("S1") == ["S1"]
    assert found("M1") == ["M1"]
    assert found("f,S1") == ["S1", *found("F")]
    assert set(found("F")) == {rule.code for rule in RULES if rule.family == "F"}
    assert found("B", ignore=("B6", "B5, B7")) == [c for c in found("B") if c not in {"B5", "B6", "B7"}]
    assert found(ignore=("M", "S", "F", "B", "R", "P", "N", "T")) == found("E")


def test_a_term_that_names_no_rule_is_refused() -> None:
    """A misspelt code is an error with what may have been meant: nothing is silently not checked."""
    with pytest.raises(NotFoundError, match="S99"):
        examine(changed(), select=["S99"])
    with pytest.raises(NotFoundError) as refused:
        examine(changed(), ignore=["B55"])
    assert "B5" in refused.value.fix


def test_only_the_chosen_rules_are_applied() -> None:
    """Findings of other rules are left out; an acceptance is judged by the rule that it names all the same."""
    plan = changed(
        UNTESTED, ("fallbacks/publish/steps", None), ("accepted_risks", [risk("B5", "n", "2030-01-01")])
    )
    assert [f.code for f in examine(plan, on=TODAY, select=["B7"]).findings] == ["B7"]
    assert [f.code for f in examine(plan, on=TODAY, ignore=["B"]).findings] == ["E7"]
    assert [f.code for f in examine(plan, on=TODAY, select=["E7"]).findings] == ["E7"]


def test_what_is_computed_already_changes_nothing() -> None:
    """Handing over what the engine computed gives the same findings as leaving the check to compute it."""
    plan = changed(("components/n-2/requires", ["in-1"]), ("components/in-1/restart", "3h"))
    system = compile_plan(plan)
    computed = Computed(
        system=system,
        single_points={"cs": ("n",)},
        shared_fate=shared_fate(plan),
        restart=restart_order(plan, system),
    )
    assert examine(plan, computed=computed, on=TODAY) == examine(plan, on=TODAY)


def test_a_finding_says_all_that_its_rule_says() -> None:
    """Title, reason and clause stand beside message and remedy, so that a finding can be read alone."""
    (finding,) = findings(changed(("components/n-2/operator", None)))
    assert finding == Finding(
        code="T2",
        severity="advice",
        subject="n-2",
        message="The plan does not say which operator has Second number.",
        fix="Say who has it now; a number may have been ported.",
        where="components.n-2",
        field="operator",
        title="Number without an operator",
        reason="A carrier's failure cannot reach it, and nobody knows whom to call.",
        clause="ISO 22301 8.2.2",
    )


def test_the_catalogue_names_its_families() -> None:
    """Each rule's text has its family in words, and says whether there is a one-click remedy."""
    texts = {text.code: text for text in rule_texts(words("en"))}
    assert texts["S1"].family_name == "Single points of failure"
    assert texts["E7"].edit == "Take out the acceptance"
    assert texts["S1"].edit == ""
