from __future__ import annotations

import pytest
from hypothesis import given

from bcp.errors import BcpError
from bcp.model.plan import Plan
from bcp.model.remedy import Change, Remedy, added
from tests.strategies import plans

PLAN = Plan.model_validate(
    {
        "organisation": {"name": "Exempel"},
        "components": {
            "a": {"kind": "system", "name": "A", "requires": ["b", {"any_of": ["b", "c"]}], "mtbf": "5y"},
            "b": {"kind": "system", "name": "B"},
            "c": {"kind": "system", "name": "C"},
        },
        "fallbacks": {"f": {"protects": "a", "via": ["b"], "lead_time": "20m"}},
        "accepted_risks": [
            {"code": "S1", "subject": "a", "reason": "-", "accepted_by": "Ann", "until": "2027-01-01"},
            {"code": "S1", "subject": "b", "reason": "-", "accepted_by": "Ann", "until": "2027-01-01"},
        ],
        "document": {"activation": {"criteria": ["Dead"]}},
    }
)


def remedy(*changes: Change) -> Remedy:
    """A remedy with these changes."""
    return Remedy(label="Mend it", changes=changes)


def test_a_field_is_set() -> None:
    """A value inside a fallback is replaced; nothing else changes, and the plan it is made on stays as it was."""
    mended = remedy(Change(path=("fallbacks", "f", "lead_time"), before="20m", after="45m")).apply(PLAN)
    assert mended.fallbacks["f"].lead_time == 45 * 60
    assert PLAN.fallbacks["f"].lead_time == 20 * 60
    assert mended.components == PLAN.components
    assert mended.content_hash != PLAN.content_hash


def test_a_field_is_cleared() -> None:
    """A value that goes to nothing takes the field's default."""
    assert (
        remedy(Change(path=("components", "a", "mtbf"), before="5y")).apply(PLAN).components["a"].mtbf is None
    )


def test_a_list_gains_and_loses_items() -> None:
    """An item is put behind the others; one that goes to nothing is taken out."""
    more = remedy(added(("fallbacks", "f", "needs"), 0, "c")).apply(PLAN)
    assert more.fallbacks["f"].needs == ("c",)
    less = remedy(Change(path=("components", "a", "requires", 0), before="b")).apply(PLAN)
    assert [r.members for r in less.components["a"].requires] == [("b", "c")]


def test_an_accepted_risk_is_taken_out() -> None:
    """The risk at that place goes, the others stay."""
    before = PLAN.accepted_risks[0].model_dump(mode="json")
    left = remedy(Change(path=("accepted_risks", 0), before=before)).apply(PLAN)
    assert [r.subject for r in left.accepted_risks] == ["b"]


def test_the_document_is_changed() -> None:
    """A place deep inside the document can be changed."""
    change = Change(
        path=("document", "activation", "criteria", 0), before="Dead", after="Dead for ten minutes"
    )
    assert remedy(change).apply(PLAN).document.activation.criteria == ("Dead for ten minutes",)


@pytest.mark.parametrize(
    "change",
    [
        Change(path=("fallbacks", "f", "lead_time"), before="30m", after="45m"),
        Change(path=("fallbacks", "gone", "lead_time"), before="20m", after="45m"),
        Change(path=("components", "a", "requires", 7), before="b"),
        Change(path=("components", "a", "requires", 0, "needs"), before="b", after="c"),
        Change(path=("components", "a", "bia", "mbco"), before=1, after=0.5),
        Change(path=("fallbacks", "f", "lead_time"), before="20m", after="soon"),
        Change(path=("accepted_risks", 0), before={"code": "S2"}),
        Change(path=("organisation", "name"), before="Exempel", after="Annat"),
        Change(path=("components",), before=None, after=None),
    ],
)
def test_a_place_that_is_not_as_it_was_is_refused(change: Change) -> None:
    """A remedy made for another state of the plan is refused with what to do, and changes nothing."""
    with pytest.raises(BcpError) as refused:
        remedy(change).apply(PLAN)
    assert refused.value.fix


@given(plans(max_components=6))
def test_a_change_to_the_same_value_changes_nothing(plan: Plan) -> None:
    """Writing what already stands there gives an equal plan, for every component."""
    for i, component in plan.components.items():
        name = component.model_dump(mode="json")["name"]
        assert remedy(Change(path=("components", i, "name"), before=name, after=name)).apply(plan) == plan
