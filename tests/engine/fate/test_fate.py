"""Shared fate of fallbacks: each verdict by hand, agreement with a plain computation, and laws on random plans."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp.engine.fate import overlaps
from bcp.engine.fate.claims import Claim
from bcp.engine.fate.overlaps import Ground
from bcp.engine.fate.shared_fate import shared_fate
from bcp.engine.levels.compile import compile_plan
from bcp.engine.levels.selectors import Lineage
from bcp.model.fate import Fate, SharedFate
from bcp.model.plan import Plan
from bcp.model.requirement import Needs
from tests.engine import reference_fate as reference
from tests.strategies import plans


def plan_of(components: dict[str, dict[str, Any]], **fallback: Any) -> Plan:
    """A plan of platforms, unless they say otherwise, with one fallback `f` from `b` for `a`."""
    return Plan.model_validate(
        {
            "organisation": {"name": "Test", "language": "en"},
            "components": {i: {"kind": "platform", "name": i, **c} for i, c in components.items()},
            "fallbacks": {"f": {"protects": "a", "via": "b", **fallback}},
        }
    )


def fate(components: dict[str, dict[str, Any]], **fallback: Any) -> SharedFate:
    """The verdict on that fallback."""
    plan = plan_of(components, **fallback)
    [found] = shared_fate(plan, system=compile_plan(plan))
    return found


def test_without_anything_in_common_it_is_independent() -> None:
    """Two platforms of two operators in two municipalities ask for nothing."""
    found = fate(
        {"a": {"operator": "one", "area": "SE/S/1784"}, "b": {"operator": "two", "area": "SE/S/1785"}}
    )
    assert (found.verdict, found.same, found.question) == (Fate.INDEPENDENT, (), "")


def test_a_shared_platform_is_told_with_both_ways() -> None:
    """Each side's way to the platform under both is in the plan, and its loss alone takes both."""
    found = fate({"in": {}, "x": {"requires": "in"}, "a": {"requires": "in"}, "b": {"requires": "x"}})
    assert (found.verdict, found.shared, found.shared_count) == (Fate.SHARES, ("in",), 1)
    [meeting] = found.meetings
    assert (meeting.from_fallback, meeting.from_protected) == (("b", "x", "in"), ("a", "in"))
    assert meeting.together is True


@pytest.mark.parametrize(
    "power",
    [
        {"needs": "grid", "during": "start"},
        {"needs": "grid", "impact": 0.2},
        {"any_of": ["grid", "battery"]},
    ],
)
def test_a_shared_component_that_takes_nobody_alone_is_still_shared(power: dict[str, Any]) -> None:
    """Needed to start only, softly or with a stand-in: shared, but its loss alone does not call for the fallback."""
    found = fate({"grid": {}, "battery": {}, "a": {"requires": power}, "b": {"requires": "grid"}})
    assert found.verdict == Fate.SHARES
    assert [(m.component, m.together) for m in found.meetings] == [("grid", False)]


def test_what_a_fallback_needs_and_where_it_executes_count_too() -> None:
    """The portal's login lies under the protected number, and the diversion lives on its platform."""
    parts = {"in": {}, "login": {}, "b": {}, "a": {"requires": ["in", "login"]}}
    found = fate({**parts, "portal": {"requires": "login"}}, needs=["portal"], executes_at="in")
    assert [(m.component, m.together) for m in found.meetings] == [("in", True), ("login", True)]


def test_the_same_operator_is_asked_what_carries_both() -> None:
    """One operator on both sides and no common component: not known, and the operator is named."""
    found = fate({"a": {"operator": "one"}, "b": {"operator": "one"}})
    assert (found.verdict, found.same) == (Fate.SAME_OPERATOR, ("operator:one",))
    assert found.question.startswith("Ask One: ")


def test_an_operators_own_desk_is_that_operator() -> None:
    """To need the operator's desk for what that operator carries is the same operator."""
    found = fate({"one": {"kind": "operator"}, "a": {"operator": "one"}, "b": {}}, needs=["one"])
    assert found.verdict == Fate.SAME_OPERATOR


@pytest.mark.parametrize(
    ("attribute", "label"),
    [({"tags": ["duct:north", "fibre"]}, "duct:north"), ({"site": "hall"}, "site:hall")],
)
def test_a_common_duct_or_site_is_not_known_and_asked_about(attribute: dict[str, Any], label: str) -> None:
    """Two cables of two operators in one duct or hall are not independent, and the question names the place."""
    found = fate({"a": {"requires": "c"}, "c": attribute, "b": {"requires": "d"}, "d": attribute})
    assert (found.verdict, found.same) == (Fate.UNKNOWN, (label,))
    assert label.partition(":")[2] in found.question


def test_standing_where_the_protected_one_stands_is_only_noted() -> None:
    """A generator for a grid feed stands at its site; that is told, but no reason to doubt."""
    found = fate({"a": {"kind": "power", "site": "hall"}, "b": {"kind": "power", "site": "hall"}})
    assert (found.verdict, found.same) == (Fate.INDEPENDENT, ("site:hall",))


@pytest.mark.parametrize(
    ("kind", "area", "noted"),
    [
        ("access", "SE/S/1784", True),
        ("access", "SE/S", False),
        ("access", "SE", False),
        ("number", "SE/S/1784", False),
    ],
)
def test_an_area_is_noted_where_it_is_narrow_and_something_stands_there(
    kind: str, area: str, noted: bool
) -> None:
    """The same municipality of two access lines is worth a note, the same country or a number's area is not."""
    end = {"kind": kind, "area": area, "requires": "x"}
    found = fate({"x": {}, "y": {}, "a": end, "b": {**end, "requires": "y"}})
    assert (found.verdict, found.same) == (Fate.INDEPENDENT, (f"area:{area}",) if noted else ())


def test_an_attribute_of_what_is_shared_is_no_second_news() -> None:
    """Both sides have the operator only through the component that they share."""
    assert fate({"in": {"operator": "one"}, "a": {"requires": "in"}, "b": {"requires": "in"}}).same == ()


def test_a_site_that_is_shared_is_no_attribute_in_common() -> None:
    """Both sides have boxes at a site that both rest on: the site is told once."""
    box = {"site": "hall", "requires": "hall"}
    found = fate({"hall": {"kind": "site"}, "a": box, "b": box})
    assert (found.shared, found.same) == (("hall",), ())


def test_a_number_on_nothing_is_an_open_end() -> None:
    """A number always rests on something: where the plan says on nothing, that is to be asked."""
    found = fate({"a": {}, "b": {"kind": "number"}})
    assert (found.verdict, found.open_ends) == (Fate.UNKNOWN, ("b",))
    assert found.question.startswith("Ask whoever delivers b")


def test_a_fallback_that_uses_nothing_is_unknown() -> None:
    """Nobody can say what it shares."""
    found = fate({"a": {}, "b": {}}, via=[])
    assert (found.verdict, found.question) == (Fate.UNKNOWN, "Say what f goes via and what it needs.")


def test_the_question_speaks_the_organisations_language() -> None:
    """A Swedish organisation asks its operator in Swedish."""
    plan = plan_of({"a": {"operator": "one"}, "b": {"operator": "one"}})
    swedish = plan.model_copy(
        update={"organisation": plan.organisation.model_copy(update={"language": "sv"})}
    )
    assert shared_fate(swedish)[0].question.startswith("Fråga One: ")


def test_a_ring_is_shared_whole() -> None:
    """Whoever reaches a ring rests on all of it; the two ways meet where each enters."""
    ring = {"x": {"requires": "y"}, "y": {"requires": "x"}}
    found = fate({**ring, "a": {"requires": "y"}, "b": {"requires": "x"}})
    assert found.shared == ("x", "y")
    assert [(m.component, m.from_protected) for m in found.meetings] == [("x", ("a", "y", "x"))]


@given(plans(max_fallbacks=5))
def test_all_at_once_agrees_with_one_by_one(plan: Plan) -> None:
    """Verdict, shared components, attributes and open ends are those of a plain computation with sets."""
    for found in shared_fate(plan):
        fallback = plan.fallbacks[found.fallback]
        sides = (reference.uses(fallback), {fallback.protects})
        assert set(found.shared) == reference.common(plan, sides)
        assert found.shared_count == len(found.shared)
        assert set(found.same) == reference.same(plan, sides)
        assert set(found.open_ends) == reference.open_ends(plan, sides)
        assert found.verdict == reference.verdict(plan, sides, fallback.protects)


@given(plans(max_fallbacks=4))
def test_ways_are_ways_of_the_plan(plan: Plan) -> None:
    """Each step of a way is a requirement; both end at the meeting, from what is used and what is protected."""
    for found in shared_fate(plan):
        fallback = plan.fallbacks[found.fallback]
        assert bool(found.meetings) == (found.verdict == Fate.SHARES)
        for meeting in found.meetings:
            assert meeting.component in found.shared
            assert meeting.from_fallback[0] in reference.uses(fallback)
            assert not set(meeting.from_fallback[:-1]) & set(found.shared)
            assert meeting.from_protected[0] == fallback.protects
            for way in (meeting.from_fallback, meeting.from_protected):
                assert way[-1] == meeting.component
                assert all(lower in reference.direct(plan, upper) for upper, lower in pairwise(way))


@given(plans(), st.data())
def test_the_sides_may_change_places(plan: Plan, data: st.DataObject) -> None:
    """What two sides have in common is the same whichever comes first."""
    some = st.lists(st.sampled_from(sorted(plan.components)), max_size=3, unique=True).map(tuple)
    one, other = data.draw(some), data.draw(some)
    there, back = Ground(Lineage(plan)).overlaps([Claim((one, other)), Claim((other, one))])
    assert (there.shared, there.same, there.open_ends) == (back.shared, back.same, back.open_ends)
    assert [m.component for m in there.met] == [m.component for m in back.met]


@given(plans(max_fallbacks=3), st.data())
def test_one_more_requirement_never_makes_what_shares_independent(plan: Plan, data: st.DataObject) -> None:
    """What is shared stays shared, whatever else anything comes to rest on."""
    ids = st.sampled_from(sorted(plan.components))
    owner, member = data.draw(ids), data.draw(ids)
    component = plan.components[owner]
    richer = component.model_copy(update={"requires": (*component.requires, Needs(needs=member))})
    more = plan.model_copy(update={"components": {**plan.components, owner: richer}})
    for before, after in zip(shared_fate(plan), shared_fate(more), strict=True):
        assert set(before.shared) <= set(after.shared)
        assert before.verdict != Fate.SHARES or after.verdict == Fate.SHARES


def test_many_claims_are_worked_off_in_chunks_and_lists_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """200 claims in chunks of 64 have the verdicts of each alone; long lists are cut and counted in full."""
    monkeypatch.setattr(overlaps, "_BYTES", 1)
    monkeypatch.setattr(overlaps, "_LISTED", 0)
    leaves: dict[str, dict[str, Any]] = {f"leaf{k:02}": {} for k in range(40)}
    tops: dict[str, dict[str, Any]] = {
        f"n{k}": {"requires": sorted(leaves) if k % 3 else "own"} for k in range(20)
    }
    plan = plan_of({**leaves, "own": {}, **tops, "a": {"requires": sorted(leaves)}, "b": {}})
    claims = [Claim((("a",), (f"n{k % 20}",)), from_first=True) for k in range(200)]
    together = Ground(Lineage(plan)).overlaps(claims)
    for claim, overlap in zip(claims, together, strict=True):
        assert overlap.shared.count == len(reference.common(plan, claim.sides))
        assert len(overlap.shared.first) == min(20, overlap.shared.count)
        assert len(overlap.met) == min(3, overlap.shared.count)
