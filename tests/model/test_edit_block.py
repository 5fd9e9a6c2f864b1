from __future__ import annotations

from itertools import pairwise, permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bcp.errors import BcpError
from bcp.model.component import Component, Kind
from bcp.model.edit import references, remove
from bcp.model.edit_block import (
    add_tag,
    copy_block,
    drop_tag,
    free_id,
    group_of,
    set_attribute,
    set_group,
    set_name,
)
from bcp.model.edit_requirements import connect, put_beside
from bcp.model.integrity import problems
from bcp.model.plan import Plan
from bcp.store import PlanStore
from bcp.words import words
from tests.strategies import plans


def _some(data: st.DataObject, plan: Plan) -> list[str]:
    return data.draw(st.lists(st.sampled_from(list(plan.components)), min_size=1, max_size=6, unique=True))


@given(plans(), st.data())
def test_removing_many_leaves_no_name_and_no_fault(plan: Plan, data: st.DataObject) -> None:
    """Whatever is removed together, nothing names it and what is left can be run."""
    everything = [*plan.components, *plan.fallbacks, *plan.contacts]
    keys = data.draw(st.lists(st.sampled_from(everything), max_size=6, unique=True))
    left, _ = remove(plan, *keys)
    assert problems(left) == ()
    assert all(references(left, key) == () for key in keys)
    one_by_one = plan
    for key in keys:
        if key in {*one_by_one.components, *one_by_one.fallbacks, *one_by_one.contacts}:
            one_by_one, _ = remove(one_by_one, key)
    assert set(one_by_one.components) == set(left.components)


@given(plans(), st.data())
def test_a_copy_keeps_its_inner_structure_and_outer_references(plan: Plan, data: st.DataObject) -> None:
    """Each copy requires the copies of what its original requires inside the block, and the same outside it."""
    keys = _some(data, plan)
    after, made = copy_block(plan, keys)
    assert problems(after) == ()
    assert list(made) == keys
    assert set(made.values()).isdisjoint({*plan.components, *plan.fallbacks, *plan.contacts})
    assert {i: c for i, c in after.components.items() if i in plan.components} == dict(plan.components)
    for key, copy in made.items():
        was = [r.members for r in plan.components[key].requires]
        now = [r.members for r in after.components[copy].requires]
        assert now == [tuple(made.get(m, m) for m in members) for members in was]
        assert after.components[copy].kind is plan.components[key].kind
        assert after.components[copy].e164 is None
    back, _ = remove(after, *made.values())
    assert back.written() == plan.written()


@given(plans(), st.data(), st.sampled_from(["operator", "area", "site"]), st.text(max_size=20))
def test_an_attribute_is_set_on_the_chosen_and_no_other(
    plan: Plan, data: st.DataObject, attribute: Any, value: str
) -> None:
    """The chosen have it, without needless spaces; everything else is the same."""
    keys = _some(data, plan)
    after = set_attribute(plan, keys, attribute, value)
    assert problems(after) == ()
    for key, component in plan.components.items():
        held = getattr(component, attribute)
        assert getattr(after.components[key], attribute) == (" ".join(value.split()) if key in keys else held)
    assert list(after.components) == list(plan.components)


@given(plans(), st.data())
def test_tags_and_groups_are_put_on_and_taken_off(plan: Plan, data: st.DataObject) -> None:
    """A tag stands once; a component is in one group; taking both off gives the plan back."""
    keys = _some(data, plan)
    tagged = add_tag(add_tag(plan, keys, "vital"), keys, " vital ")
    assert all(tagged.components[k].tags.count("vital") == 1 for k in keys)
    grouped = set_group(set_group(tagged, keys, "First"), keys, "Second")
    assert {group_of(grouped.components[k]) for k in keys} == {"Second"}
    assert drop_tag(set_group(grouped, keys, ""), keys, "vital").written() == plan.written()


@pytest.mark.parametrize(
    "change",
    [
        lambda p: set_name(p, "a", " \n "),
        lambda p: set_name(p, "a", "x" * 301),
        lambda p: add_tag(p, ["a"], ""),
        lambda p: set_attribute(p, ["a", "nobody"], "site", "x"),
        lambda p: set_attribute(p, ["a"], "site", "x" * 301),
        lambda p: copy_block(p, ["nobody"]),
    ],
)
def test_what_cannot_be_is_refused_with_a_remedy(change: Any) -> None:
    """Empty and endless names, and ids that are not there, change nothing and say what to do."""
    plan = Plan.model_validate(
        {"organisation": {"name": "X"}, "components": {"a": {"kind": "trunk", "name": "A"}}}
    )
    with pytest.raises(BcpError) as caught:
        change(plan)
    assert all(p.message and p.fix for p in caught.value.problems)


def test_a_copy_is_named_as_one_and_gets_a_free_id() -> None:
    """The name says that it is a copy, in the user's language; the id counts on, within 80 signs."""
    plan = Plan.model_validate(
        {
            "organisation": {"name": "X"},
            "components": {"n": {"kind": "number", "name": "Växeln", "e164": "+46771123456"}},
        }
    )
    after, made = copy_block(plan, ["n"], words=words("sv"))
    assert made == {"n": "n-2"}
    assert (after.components["n-2"].name, after.components["n-2"].e164) == ("Växeln (kopia)", None)
    assert free_id("x" * 80, {"x" * 80}) == "x" * 78 + "-2"
    assert set_name(after, "n-2", " Ny \n växel ").components["n-2"].name == "Ny växel"


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(plans(), st.data())
def test_undo_gives_back_every_state(tmp_path_factory: Any, plan: Plan, data: st.DataObject) -> None:
    """After a row of edits, undoing them one by one passes through equal plans, and redoing them too."""
    folder: Path = tmp_path_factory.mktemp("undo")
    states = [plan]
    for n in range(data.draw(st.integers(1, 4))):
        states.append(_edited(states[-1], data, n))
    with PlanStore.open(folder / "plans.sqlite") as store:
        revision = store.save("p", states[0], author="a").number
        states = [states[0], *(b for a, b in pairwise(states) if a != b)]
        for state in states[1:]:
            revision = store.save("p", state, author="a", expected=revision).number
        for state in reversed(states[:-1]):
            revision = store.undo("p", "a", revision).number
            assert store.load("p", revision).plan == state
        for state in states[1:]:
            revision = store.redo("p", "a", revision).number
            assert store.load("p", revision).plan == state


def _edited(plan: Plan, data: st.DataObject, n: int) -> Plan:
    ids = list(plan.components)
    new = put_beside(plan, f"new-{n}-{len(ids)}", Component(kind=Kind.SYSTEM, name="N"))
    free = [
        (a, b)
        for a, b in permutations(ids, 2)
        if not any(b in r.members for r in plan.components[a].requires)
    ]
    possible = [new, copy_block(plan, ids[:2])[0], set_group(plan, ids, f"g{n}")]
    possible += [remove(plan, ids[0])[0]] if len(ids) > 1 else []
    possible += [connect(plan, *free[0])] if free else []
    return data.draw(st.sampled_from(possible))
