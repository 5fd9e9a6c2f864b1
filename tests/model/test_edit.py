from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp.errors import BcpError, NotFoundError
from bcp.model.component import Component, Kind
from bcp.model.edit import put_component, put_contact, put_fallback, references, remove, rename
from bcp.model.fallback import Fallback
from bcp.model.integrity import problems
from bcp.model.plan import Contact, Plan
from bcp.words import words
from tests.strategies import plans


@pytest.fixture
def plan() -> Plan:
    """Everything that can name a thing, naming a and ann."""
    return Plan.model_validate(
        {
            "organisation": {"name": "Exempelkommun"},
            "components": {
                "a": {"kind": "trunk", "name": "Trunk A"},
                "b": {"kind": "trunk", "name": "Trunk B"},
                "c": {"kind": "trunk", "name": "Trunk C"},
                "crew": {"kind": "team", "name": "Crew", "members": ["ann", "bo"]},
                "sole": {"kind": "system", "name": "Sole", "requires": ["a"], "owner": "ann"},
                "pool": {"kind": "system", "name": "Pool", "requires": [{"any_of": ["a", "b"]}]},
                "split": {"kind": "system", "name": "Split", "requires": [{"split": {"a": 0.5, "b": 0.2, "c": 0.3}}]},
                "quorum": {"kind": "system", "name": "Quorum", "requires": [{"quorum": 3, "of": ["a", "b", "c"]}]},
            },
            "fallbacks": {
                "f": {"protects": "a", "via": ["b"]},
                "g": {"protects": "sole", "via": ["a"]},
                "h": {"protects": "b", "via": ["a", "c"], "needs": ["a"], "executes_at": "a",
                      "steps": [{"do": "call", "by": "ann"}], "owner": "crew"},
            },
            "contacts": {"ann": {"name": "Ann", "deputy": "bo"}, "bo": {"name": "Bo", "deputy": "ann"}},
            "accepted_risks": [
                {"code": "S1", "subject": "a", "reason": "-", "accepted_by": "-", "until": "2030-01-01"},
                {"code": "F1", "subject": "f", "reason": "-", "accepted_by": "-", "until": "2030-01-01"},
            ],
            "document": {
                "owner": "ann", "approver": "bo", "activation": {"decided_by": ["bo", "ann"]},
                "messages": [{"audience": "all", "when": "now", "channels": ["a"], "text": "-", "by": "ann"}],
            },
        }
    )  # fmt: skip


def test_references_are_listed_by_their_place(plan: Plan) -> None:
    """Every place that names a component is a path."""
    assert references(plan, "a") == (
        "components.sole.requires[0]", "components.pool.requires[0]", "components.split.requires[0]",
        "components.quorum.requires[0]", "fallbacks.f.protects", "fallbacks.g.via[0]", "fallbacks.h.via[0]",
        "fallbacks.h.needs[0]", "fallbacks.h.executes_at", "accepted_risks[0].subject", "document.messages[0].channels[0]",
    )  # fmt: skip


@pytest.mark.parametrize("key", ["a", "ann", "f", "crew"])
def test_renaming_changes_every_mention_and_nothing_else(plan: Plan, key: str) -> None:
    """After a renaming the same places name the new id, nothing names the old one, and back again is the same plan."""
    renamed = rename(plan, key, "new-id")
    assert references(renamed, key) == ()
    expected = tuple(place.replace(f".{key}.", ".new-id.") for place in references(plan, key))
    assert references(renamed, "new-id") == expected
    assert problems(renamed) == ()
    assert list(rename(renamed, "new-id", key).components) == list(plan.components)
    assert rename(renamed, "new-id", key) == plan


def test_a_changed_plan_has_its_own_hash(plan: Plan) -> None:
    """What the old plan has computed about itself is not taken for the new one."""
    before = plan.content_hash
    assert rename(plan, "a", "z").content_hash != before


def test_removing_mends_what_named_it(plan: Plan) -> None:
    """Requirements lose the member, shares sum to 1 again, quorums can be reached, idle fallbacks go."""
    left, texts = remove(plan, "a")
    written = left.written()
    assert "requires" not in written["components"]["sole"]
    assert written["components"]["pool"]["requires"] == [{"any_of": ["b"]}]
    assert written["components"]["split"]["requires"] == [
        {"split": {"b": pytest.approx(0.4), "c": pytest.approx(0.6)}}
    ]
    assert written["components"]["quorum"]["requires"] == [{"quorum": 2, "of": ["b", "c"]}]
    assert list(left.fallbacks) == ["h"]
    assert written["fallbacks"]["h"] == {
        "protects": "b", "via": ["c"], "steps": [{"do": "call", "by": "ann"}], "owner": "crew",
    }  # fmt: skip
    assert left.accepted_risks == ()
    assert left.document.messages[0].channels == ()
    assert problems(left) == ()
    assert texts == (
        "Fallback f is removed: it protects Trunk A.",
        "Fallback g is removed: it goes via Trunk A alone.",
        "Sole no longer requires Trunk A.",
        "Pool no longer requires Trunk A.",
        "Split no longer requires Trunk A.",
        "The other shares of Split are scaled up so that they sum to 1.",
        "Quorum no longer requires Trunk A.",
        "The quorum of Quorum is lowered to 2.",
        "Trunk A is taken out of fallbacks.h.via[0].",
        "Trunk A is taken out of fallbacks.h.needs[0].",
        "Trunk A is taken out of fallbacks.h.executes_at.",
        "The accepted risk about Trunk A is removed.",
        "The accepted risk about f is removed.",
        "Trunk A is taken out of document.messages[0].channels[0].",
    )


def test_removing_a_person_leaves_their_places_empty(plan: Plan) -> None:
    """Owners, deputies, deciders and steps no longer name a contact that is gone."""
    left, texts = remove(plan, "ann")
    assert references(left, "ann") == ()
    assert left.contacts["bo"].deputy is None
    assert left.document.activation.decided_by == ("bo",)
    assert problems(left) == ()
    assert "Ann is taken out of components.crew.members[0]." in texts


def test_what_else_changed_is_said_in_the_users_language(plan: Plan) -> None:
    """The texts of a removal are Swedish for a Swedish reader."""
    _, texts = remove(plan, "a", words=words("sv"))
    assert texts[0] == "Reservrutinen f tas bort: den skyddar Trunk A."


@given(plans(), st.data())
def test_removing_anything_leaves_a_plan_without_faults(plan: Plan, data: st.DataObject) -> None:
    """Whatever is removed, what is left can be run."""
    keys = [*plan.components, *plan.fallbacks, *plan.contacts]
    key = data.draw(st.sampled_from(keys))
    left, _ = remove(plan, key)
    assert problems(left) == ()
    assert references(left, key) == ()


@given(plans(), st.data())
def test_renaming_there_and_back_is_the_same_plan(plan: Plan, data: st.DataObject) -> None:
    """A renaming loses nothing."""
    key = data.draw(st.sampled_from([*plan.components, *plan.fallbacks, *plan.contacts]))
    renamed = rename(plan, key, "another.id")
    assert problems(renamed) == ()
    assert rename(renamed, "another.id", key).written() == plan.written()


def test_putting_adds_or_replaces(plan: Plan) -> None:
    """A component, fallback or contact is added at the end, or takes the place of the one with its id."""
    component = Component(kind=Kind.SITE, name="New")
    assert list(put_component(plan, "new", component).components)[-1] == "new"
    replaced = put_component(plan, "a", component)
    assert (list(replaced.components), replaced.components["a"]) == (list(plan.components), component)
    assert put_fallback(plan, "n", Fallback(protects="a")).fallbacks["n"].protects == "a"
    assert put_contact(plan, "n", Contact(name="N")).contacts["n"].name == "N"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda p: put_contact(p, "a", Contact(name="N")),
            "the id 'a' is taken: it stands under components.",
        ),
        (lambda p: rename(p, "a", "ann"), "the id 'ann' is taken: it stands under contacts."),
        (lambda p: rename(p, "a", "b"), "the id 'b' is taken: it stands under components."),
        (lambda p: rename(p, "a", "no good"), "'no good' is no id."),
        (lambda p: put_fallback(p, "", Fallback(protects="a")), "'' is no id."),
    ],
)
def test_an_id_must_be_free_and_well_formed(plan: Plan, change: Any, message: str) -> None:
    """A change that would give two things one id, or no id, is refused with a remedy."""
    with pytest.raises(BcpError) as caught:
        change(plan)
    assert caught.value.message == message
    assert caught.value.fix


def test_what_does_not_exist_cannot_be_changed(plan: Plan) -> None:
    """Renaming or removing an unknown id asks which was meant."""
    with pytest.raises(NotFoundError) as caught:
        remove(plan, "spilt")
    assert caught.value.fix == 'Did you mean "split"?'
