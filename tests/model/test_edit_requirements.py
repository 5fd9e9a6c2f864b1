from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp.errors import BcpError, NotFoundError
from bcp.model.component import Component, Kind
from bcp.model.edit_requirements import connect, disconnect, drop_requirement, put_beside, put_requirement
from bcp.model.integrity import problems
from bcp.model.plan import Plan
from bcp.model.requirement import Needs, Pool, Quorum, Requirement, Split
from tests.strategies import plans


@pytest.fixture
def plan() -> Plan:
    """A number on two trunks."""
    return Plan.model_validate(
        {
            "organisation": {"name": "Exempel"},
            "components": {
                "n": {"kind": "number", "name": "Number", "requires": ["a", {"needs": "b", "during": "start"}]},
                "a": {"kind": "trunk", "name": "A"},
                "b": {"kind": "trunk", "name": "B"},
                "c": {"kind": "trunk", "name": "C"},
            },
        }
    )  # fmt: skip


def _sound_or_refused(edit: Callable[[], Plan]) -> Plan | None:
    """The edited plan, which has no fault; None where the edit was refused, which must say why and what to do."""
    try:
        after = edit()
    except BcpError as error:
        silent = [p for p in error.problems if not (p.message and p.fix)]
    else:
        assert problems(after) == ()
        return after
    assert silent == []
    return None


@given(plans(), st.data())
def test_connecting_makes_a_sound_plan_or_is_refused_with_a_remedy(plan: Plan, data: st.DataObject) -> None:
    """Any two components: either the one needs the other afterwards, or words say why not."""
    ids = [*plan.components, "nobody"]
    owner, target = data.draw(st.sampled_from(ids)), data.draw(st.sampled_from(ids))
    after = _sound_or_refused(lambda: connect(plan, owner, target))
    if after is None:
        return
    assert after.components[owner].requires == (*plan.components[owner].requires, Needs(needs=target))
    again = drop_requirement(after, owner, len(plan.components[owner].requires))
    assert again.written() == plan.written()


@given(plans(), st.data())
def test_disconnecting_leaves_no_name_and_no_fault(plan: Plan, data: st.DataObject) -> None:
    """Whatever the mode was, the arrow is gone and all else is as it was."""
    arrows = [(i, m) for i, c in plan.components.items() for r in c.requires for m in r.members]
    if not arrows:
        return
    owner, target = data.draw(st.sampled_from(arrows))
    after = disconnect(plan, owner, target)
    assert all(target not in r.members for r in after.components[owner].requires)
    assert problems(after) == ()
    others = {i: c for i, c in after.components.items() if i != owner}
    assert others == {i: c for i, c in plan.components.items() if i != owner}


@given(plans(), st.data())
def test_a_mode_is_set_soundly_or_refused(plan: Plan, data: st.DataObject) -> None:
    """Any mode over any members in the place of any requirement: sound, or refused in words."""
    ids = list(plan.components)
    members = data.draw(st.lists(st.sampled_from(ids), min_size=1, max_size=4, unique=True))
    weights = data.draw(st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0]), min_size=4, max_size=4))
    during = data.draw(st.sampled_from(["run", "start"]))
    figures = dict(zip(members, weights, strict=False))
    modes: list[Requirement] = [
        Needs(needs=members[0], impact=weights[0], during=during),
        Pool(pool=figures, during=during),
        Split(split=figures, during=during),
        Quorum(quorum=1 + round(weights[0] * 4), of=tuple(members), during=during),
    ]
    requirement = data.draw(st.sampled_from(modes))
    owner = data.draw(st.sampled_from(ids))
    count = len(plan.components[owner].requires)
    at = data.draw(st.sampled_from([None, *range(count)]))
    after = _sound_or_refused(lambda: put_requirement(plan, owner, requirement, at))
    if after is None:
        return
    assert requirement in after.components[owner].requires


def test_a_group_takes_the_hard_need_of_its_members_along(plan: Plan) -> None:
    """A pool of A and C beside a hard need of A would change nothing, so the need goes; the one to start stays."""
    after = put_requirement(plan, "n", Pool(pool={"a": 1.0, "c": 1.0}))
    assert after.components["n"].requires == (
        Needs(needs="b", during="start"),
        Pool(pool={"a": 1.0, "c": 1.0}),
    )
    soft = put_requirement(plan, "n", Needs(needs="a", impact=0.2), 0)
    assert soft.components["n"].requires[0] == Needs(needs="a", impact=0.2)


def test_what_would_be_wrong_is_refused(plan: Plan) -> None:
    """Itself, the same arrow twice, shares that do not sum to 1 and what is not there are refused by name."""
    with pytest.raises(BcpError, match="rests on A already"):
        connect(plan, "n", "a")
    with pytest.raises(BcpError, match="requires itself"):
        connect(plan, "a", "a")
    with pytest.raises(BcpError, match=r"sum to 0\.5"):
        put_requirement(plan, "n", Split(split={"a": 0.25, "b": 0.25}))
    with pytest.raises(NotFoundError):
        disconnect(plan, "n", "c")
    with pytest.raises(NotFoundError):
        put_requirement(plan, "n", Needs(needs="c"), 7)
    assert connect(plan, "n", "b").components["n"].requires[-1] == Needs(needs="b")


def test_a_fault_that_was_there_does_not_stop_an_edit(plan: Plan) -> None:
    """A plan with a dangling name can still be connected; only new faults are refused."""
    broken = plan.model_copy(
        update={
            "components": {**plan.components, "x": Component(kind=Kind.SYSTEM, name="X", requires=("gone",))}
        }
    )
    assert problems(broken)
    assert connect(broken, "x", "a").components["x"].requires[-1] == Needs(needs="a")


@given(plans(), st.data())
def test_a_component_is_put_beside_another(plan: Plan, data: st.DataObject) -> None:
    """Above or below one that is there, with one arrow and no fault, at the end of the plan."""
    other = data.draw(st.sampled_from(list(plan.components)))
    made = Component(kind=Kind.SYSTEM, name="New")
    below = put_beside(plan, "new-one", made, needed_by=other)
    assert below.components[other].requires[-1] == Needs(needs="new-one")
    above = put_beside(plan, "new-one", made, needs=other)
    assert above.components["new-one"].requires == (Needs(needs=other),)
    assert problems(below) == problems(above) == ()
    with pytest.raises(BcpError):
        put_beside(plan, other, made)
