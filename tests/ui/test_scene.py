"""What the picture shows of a plan, what it hides, and that it says so; that boxes stay where they stood."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp.model import edit
from bcp.model.component import Component, Kind
from bcp.model.edit_requirements import put_beside
from bcp.model.plan import Plan
from bcp.ui.parts import graph
from bcp.ui.parts.gestures import understood
from bcp.ui.parts.layout import ROW
from bcp.ui.parts.links import Link, neighbours
from bcp.ui.parts.scene import MOST, Scene, scene
from bcp.ui.parts.scene_picture import scene_picture
from bcp.ui.parts.steady import in_lanes, steady
from bcp.ui.view import View
from bcp.words import words
from tests.strategies import plans

EN = words("en")

_ids = st.sampled_from("abcdefghijkl")
_links = st.lists(st.builds(Link, _ids, _ids, st.just("needs")), max_size=30)


def shown(plan: Plan, view: View, remarks: dict[str, int] | None = None) -> Scene:
    """The scene of a plan."""
    return scene(plan, view, remarks or {})


def drawn(plan: Plan, view: View) -> dict[str, Any]:
    """The picture that the browser gets."""
    return scene_picture(plan, shown(plan, view), view, EN, chosen=[], remarks={})


@pytest.fixture
def wide() -> Plan:
    """A platform under 300 numbers of three operators."""
    numbers = {
        f"n{k}": {"kind": "number", "name": f"N{k}", "operator": f"op{k % 3}", "area": f"SE/{k % 2}", "requires": ["p"]}
        for k in range(300)
    }  # fmt: skip
    platform = {"kind": "platform", "name": "P", "requires": ["power"]}
    power = {"kind": "power", "name": "Power"}
    components = {"p": platform, "power": power, **numbers}
    return Plan.model_validate({"organisation": {"name": "X"}, "components": components})


def test_no_more_boxes_than_anybody_can_read(wide: Plan) -> None:
    """Around a hub 80 boxes are drawn, the nearest ones; how many there was no room for is known."""
    found = shown(wide, View(centre="p"))
    assert found.drawn == MOST
    assert {"p", "power"} <= {*found.boxes, "power"}
    assert found.crowded == 302 - MOST
    assert found.hidden["p", "up"] + sum(i.startswith("n") for i in found.boxes) == 300


def test_a_group_is_one_box_that_says_how_many(wide: Plan) -> None:
    """Grouped by operator, three boxes hold the 300 numbers; unfolding one shows its own."""
    view = View(centre="p", by="operator")
    found = shown(wide, view)
    assert found.folded == {"op0", "op1", "op2"}
    assert (found.shown, found.crowded) == (302, 0)
    labels = [n["label"] for n in drawn(wide, view)["nodes"] if "folded" in n["classes"]]
    assert labels == [f"▸ op{k}\n100 components" for k in range(3)]
    view.folded = frozenset({"op0", "op1"})
    assert found.drawn < shown(wide, view).drawn <= MOST


@given(plans(), st.data())
def test_what_is_hidden_is_counted(plan: Plan, data: st.DataObject) -> None:
    """Whatever is asked for: shown and hidden make up the neighbours of every box, and nothing stands twice."""
    view = View(
        centre=data.draw(st.sampled_from(list(plan.components))),
        up=data.draw(st.integers(0, 3)),
        down=data.draw(st.integers(0, 3)),
        whole=data.draw(st.booleans()),
        by=data.draw(st.sampled_from(["", "operator", "area"])),
        kinds=tuple(data.draw(st.lists(st.sampled_from(["number", "activity"]), unique=True))),
        folded=data.draw(st.sampled_from([None, frozenset(), frozenset({"alfa", "SE"})])),
    )
    found = shown(plan, view)
    inside = [*found.boxes, *(i for g in found.folded for i in found.groups[g])]
    assert len(set(inside)) == len(inside) == found.shown
    assert view.centre in inside
    beside = neighbours(plan)
    for i in found.boxes:
        for way in ("up", "down"):
            near = beside.beside(i, way)
            hidden = found.hidden.get((i, way), 0)
            assert len(near & set(inside)) + hidden == len(near)
    picture = drawn(plan, view)
    ids = [n["id"] for n in picture["nodes"]]
    assert len(set(ids)) == len(ids)
    assert all({e["source"], e["target"]} <= set(ids) for e in picture["edges"])


def test_hidden_neighbours_are_opened_past_filters(wide: Plan) -> None:
    """A filter leaves out what it must, says how many, and a mark's click shows them all the same."""
    view = View(centre="power", up=1, kinds=("power",))
    assert shown(wide, view).boxes == ("power",)
    assert shown(wide, view).filtered == 1
    view.opened = frozenset({("power", "up")})
    assert set(shown(wide, view).boxes) == {"power", "p"}
    assert shown(wide, View(centre="p", areas=("SE",))).filtered == 1
    assert len(shown(wide, View(centre="p", remarked=True), {"n7": 2}).boxes) == 2


_newcomers = st.lists(
    st.builds(Link, st.sampled_from("ijkl"), st.sampled_from("ijkl"), st.just("needs")), max_size=8
)


@given(_links, _newcomers)
def test_boxes_do_not_jump_when_others_come(first: list[Link], more: list[Link]) -> None:
    """Four boxes come, linked among themselves: none of those that were there moves, whatever the order."""
    known = [x for x in first if not {x.source, x.target} & set("ijkl")]
    before = steady("abcdefgh", known, {}).places
    laid = steady("abcdefghijkl", [*known, *more], before)
    assert {i: laid.places[i] for i in before} == dict(before)
    assert len(set(laid.places.values())) == 12
    assert steady("lkjihgfedcba", [*more, *known][::-1], dict(before)) == laid


@given(_links, _links)
def test_an_arrow_never_runs_back_for_the_sake_of_an_old_place(first: list[Link], more: list[Link]) -> None:
    """What rests on another stands left of it wherever a fresh picture would have it so."""
    before = steady("abcdefgh", first, {}).places
    every = [*first, *more]
    places, fresh = steady("abcdefghijkl", every, before).places, steady("abcdefghijkl", every, {}).places
    for link in every:
        if fresh[link.source][0] < fresh[link.target][0]:
            assert places[link.source][0] < places[link.target][0]


@given(_links)
def test_an_unrelated_box_moves_nothing(drawn_before: list[Link]) -> None:
    """A box without links to the others leaves each of them exactly where it was."""
    before = steady("abcdefghijkl", drawn_before, {}).places
    after = steady("abcdefghijklx", drawn_before, before).places
    assert {i: after[i] for i in before} == dict(before)
    assert after["x"] not in before.values()
    fewer = steady("abcdefghijk", drawn_before, before).places
    assert all(fewer[i] == before[i] for i in fewer)


def test_a_new_component_joins_the_picture_without_a_jump(example: Plan) -> None:
    """Adding one below the chosen one, and taking it away, leaves all other boxes where they stand."""
    view = View(centre="medborgarservice", up=2, down=2)
    before = {n["id"]: (n["x"], n["y"]) for n in drawn(example, view)["nodes"] if "box" in n["classes"]}
    larger = put_beside(example, "new", Component(kind=Kind.SYSTEM, name="New"), needed_by="medborgarservice")
    after = {n["id"]: (n["x"], n["y"]) for n in drawn(larger, view)["nodes"] if "box" in n["classes"]}
    assert {i: after[i] for i in before} == before
    smaller, _ = edit.remove(larger, "new")
    again = {n["id"]: (n["x"], n["y"]) for n in drawn(smaller, view)["nodes"] if "box" in n["classes"]}
    assert again == before


@given(_links)
def test_lanes_do_not_mix(every: list[Link]) -> None:
    """Each group's boxes stand in rows of their own."""
    lanes = ["abcd", "efgh", "ijkl"]
    places = in_lanes("abcdefghijkl", every, lanes).places
    rows = [[places[i][1] for i in lane] for lane in lanes]
    assert all(max(above) + ROW <= min(below) for above, below in pairwise(rows))
    assert len(set(places.values())) == 12


_json = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=90),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_acts = st.sampled_from(
    ["choose", "arrow", "connect", "rename", "look", "more", "fold", "ask", "copy", "undo", "evil", ""]
)
_fields = st.sampled_from(["ids", "id", "source", "target", "name", "way", "group", "what"])


@given(_json | st.builds(lambda do, rest: {**rest, "do": do}, _acts, st.dictionaries(_fields, _json)))
def test_whatever_a_browser_sends_is_a_gesture_or_nothing(message: Any) -> None:
    """Any JSON at all raises nothing; what is understood names only components that the plan has."""
    plan = Plan.model_validate(
        {"organisation": {"name": "X"}, "components": {"a": {"kind": "site", "name": "A"}}}
    )
    gesture = understood(message, plan)
    if gesture is not None:
        assert {"a"} >= set(getattr(gesture, "ids", [])) | {
            getattr(gesture, field, "a") for field in ("id", "source", "target")
        }


@pytest.mark.parametrize(
    "message",
    [
        {"do": "choose", "ids": ["a", "gone"]},
        {"do": "choose", "ids": ["a"] * 5000},
        {"do": "choose", "ids": "a"},
        {"do": "rename", "id": "a", "name": 7},
        {"do": "rename", "id": "a", "name": "x" * 5000},
        {"do": "connect", "source": "a", "target": "a", "more": 1},
        {"do": "more", "id": "a", "way": "sideways"},
        {"do": "ask", "what": "format", "ids": ["a"]},
        {"do": "copy", "ids": []},
        ["choose"],
    ],
)
def test_what_is_not_meant_is_not_done(message: Any) -> None:
    """Stale ids, wrong types, more than can be and unknown acts are no gestures."""
    plan = Plan.model_validate(
        {"organisation": {"name": "X"}, "components": {"a": {"kind": "site", "name": "A"}}}
    )
    assert understood(message, plan) is None


def test_acts_are_heard_once_and_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was heard before, numbers from nowhere and what has no number are left out; the rest is sorted."""
    told: list[Any] = [
        {"n": 7, "do": "b"}, {"n": 6, "do": "a"}, {"n": 5, "do": "old"}, {"n": 10**9}, {"n": "8"}, {"do": "x"}, 3, None,
    ]  # fmt: skip
    monkeypatch.setattr(graph, "given", lambda _: {"acts": told})
    assert graph.acts("key", 5) == [(6, {"do": "a"}), (7, {"do": "b"})]
    for nothing in (None, {"acts": "x"}, {"acts": None}, {}, 7):
        monkeypatch.setattr(graph, "given", lambda _, held=nothing: held)
        assert graph.acts("key", 0) == []
