from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bcp.checks import RULES
from bcp.content import location
from bcp.files.plan_file import load_plan
from bcp.model import integrity
from bcp.model.component import Component, Kind
from bcp.model.finding import Finding, Severity
from bcp.model.plan import AcceptedRisk, Plan
from tests.checks.sound import CLEAN, TODAY, Changes, changed, findings
from tests.checks.test_rules import CASES
from tests.strategies import plans


def counted(found: tuple[Finding, ...]) -> Counter[tuple[str, str]]:
    """How many findings there are of each code about each subject."""
    return Counter((f.code, f.subject) for f in found)


def errors(found: tuple[Finding, ...]) -> Counter[tuple[str, str]]:
    """How many errors there are of each code about each subject."""
    return counted(tuple(f for f in found if f.severity is Severity.ERROR))


def assert_remedies_mend(plan: Plan) -> int:
    """Every remedy of a plan takes its own finding away and adds no error and no fault; how many there are."""
    before = findings(plan)
    with_remedy = [f for f in before if f.remedy is not None]
    for finding in with_remedy:
        assert finding.remedy is not None
        mended = finding.remedy.apply(plan)
        after = findings(mended)
        key = (finding.code, finding.subject)
        assert counted(after)[key] == counted(before)[key] - 1
        assert errors(after) <= errors(before)
        assert integrity.problems(mended) == ()
    return len(with_remedy)


EDITS = {rule.code for rule in RULES if rule.edit}


@pytest.mark.parametrize(
    ("code", "changes"),
    [(c[0], c[3]) for c in CASES if c[0] in EDITS],
    ids=[c[0] for c in CASES if c[0] in EDITS],
)
def test_a_rule_with_a_remedy_offers_one_that_works(code: str, changes: Changes) -> None:
    """In the example of each rule with a one-click remedy the remedy is offered, and takes the finding away."""
    plan = changed(*changes)
    assert any(f.code == code and f.remedy is not None for f in findings(plan))
    assert assert_remedies_mend(plan)


@pytest.mark.parametrize("path", [*location.organisation_files(), CLEAN], ids=lambda path: path.stem)
def test_the_remedies_of_the_examples_work(path: Path) -> None:
    """Every remedy that is offered on an example plan takes its finding away and does no harm."""
    assert_remedies_mend(load_plan(path))


RISKS = st.builds(
    AcceptedRisk,
    code=st.sampled_from(["S1", "B5", "M9", "E7", "X1", "M14"]),
    subject=st.sampled_from(["plan", "c0"]),
    reason=st.just("-"),
    accepted_by=st.just("Ann"),
    until=st.dates(date(2026, 6, 1), date(2027, 6, 1)),
)


@given(plans(max_components=8), st.lists(RISKS, max_size=3))
@settings(max_examples=80, deadline=None)
def test_the_remedies_of_any_plan_work(plan: Plan, risks: list[AcceptedRisk]) -> None:
    """On random plans too a remedy takes exactly its own finding away, adds no error and leaves a sound plan."""
    assert_remedies_mend(plan.model_copy(update={"accepted_risks": tuple(risks)}))


@given(plans(max_components=6))
@settings(max_examples=80, deadline=None)
def test_letting_things_rest_on_their_site_does_no_harm(plan: Plan) -> None:
    """On random plans whose components stand in one site, requiring the site adds no error."""
    site = Component(kind=Kind.SITE, name="Site", requires=plan.components["c0"].requires)
    others = {i: c.model_copy(update={"site": "c0"}) for i, c in plan.components.items() if i != "c0"}
    assert_remedies_mend(plan.model_copy(update={"components": {"c0": site, **others}}))


def test_a_contact_who_is_left_out_is_called_by_the_first() -> None:
    """The call tree's remedy has the first caller call whoever nobody calls."""
    plan = changed(
        ("document/activation/call_tree", {"ann": ["bo"]}), ("document/activation/decided_by", ["ann", "cy"]),
        ("contacts/cy", {"name": "Cy", "mobile": "+46701740653", "operator": "beta"}),
    )  # fmt: skip
    (finding,) = [f for f in findings(plan) if f.code == "P8"]
    assert finding.remedy is not None
    assert finding.remedy.label == "Have Ann call them"
    assert finding.remedy.apply(plan).document.activation.call_tree == {"ann": ("bo", "cy")}
    assert findings(finding.remedy.apply(plan), on=TODAY) == ()
