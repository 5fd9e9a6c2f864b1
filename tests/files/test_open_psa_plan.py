from __future__ import annotations

import csv
import random
from itertools import chain, combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings

from bcp.engine.failure.cutsets import analyse
from bcp.engine.failure.failure_logic import plan_logic
from bcp.engine.levels.compile import compile_plan
from bcp.errors import BcpError
from bcp.files.open_psa import read_open_psa
from bcp.files.open_psa_export import failure_tree, write_open_psa
from bcp.files.open_psa_plan import plan_from_fault_tree, tree_of
from bcp.files.open_psa_tree import BasicEvent, FaultTree, Gate, logic_of, settled
from bcp.files.open_psa_writer import write_fault_tree
from bcp.files.plan_file import read_plan, write_plan
from bcp.model.component import Component, Kind
from bcp.model.integrity import problems
from bcp.model.plan import Organisation, Plan
from tests.files.fault_trees import failed_activities, failed_in, failed_tops, trees
from tests.files.test_open_psa import EVENT, TREE, inside
from tests.strategies import plans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

REAL = sorted((Path(__file__).parents[3] / "shared" / "data" / "open-psa").glob("*.xml"))
NON_COHERENT = ("das9601", "das9701")
COHERENT = [path for path in REAL if path.stem not in NON_COHERENT]
needs_data = pytest.mark.skipif(not REAL, reason="the shared fault trees are not beside this checkout")


def subsets(names: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """All sets of these names."""
    several = tuple(names)
    return chain.from_iterable(combinations(several, size) for size in range(len(several) + 1))


def test_the_plan_of_a_tree_says_the_same_in_requirements() -> None:
    """Or is a need of each, and is any_of, k of n failing is a quorum of n − k + 1; the top is an activity."""
    plan = plan_from_fault_tree(read_open_psa(TREE, "t.xml"))
    assert problems(plan) == ()
    written = plan.written()["components"]
    assert {i: c["requires"] for i, c in written.items() if "requires" in c} == {
        "dark": ["fuse", "dark-1"],
        "dark-1": [{"any_of": ["feed-down", "dark-2"]}],
        "dark-2": [{"quorum": 2, "of": ["g1", "g2", "g3"]}],
        "feed-down": ["feed-cable", "fuse"],
    }
    assert [i for i, c in plan.components.items() if c.virtual] == ["dark", "dark-1", "dark-2", "feed-down"]
    assert list(plan.activities) == ["dark"]
    assert plan.components["dark"].description == "The hall is dark"
    assert plan.components["g2"].unavailability == 0.002
    assert plan.components["fuse"].unavailability is None


@settings(max_examples=150)
@given(trees())
def test_a_tree_is_written_and_read_back_equal(tree: FaultTree) -> None:
    """Whatever a tree holds comes back from its XML."""
    assert read_open_psa(write_fault_tree(tree), "t.xml") == tree


@settings(max_examples=150)
@given(trees())
def test_a_tree_comes_back_from_its_plan(tree: FaultTree) -> None:
    """The plan of a tree, through its file, is written as the same tree with its constants filled in."""
    plain = settled(tree)
    assume(all(gate.least for gate in plain.gates))
    plan = plan_from_fault_tree(tree)
    assert problems(plan) == ()
    again = read_plan(write_plan(plan), "p.yaml")
    assert tree_of(again) == plain
    assert read_open_psa(write_open_psa(again), "t.xml") == plain


@settings(max_examples=150)
@given(trees(max_events=4))
def test_logic_and_plan_fail_exactly_where_the_tree_does(tree: FaultTree) -> None:
    """In every state of the basic events the direct logic, the plan's levels and the plan's logic agree."""
    logic = logic_of(tree)
    events = [event.name for event in tree.basic_events]
    never_whole = any(gate.least == 0 for gate in settled(tree).gates)
    plan = None if never_whole else plan_from_fault_tree(tree)
    by_plan = plan_logic(plan, compile_plan(plan), plan.activities) if plan else None
    for lost in subsets(events):
        expected = failed_in(tree, lost)
        assert failed_tops(logic, lost) == expected
        if plan is not None and by_plan is not None:
            assert failed_activities(plan, lost) == expected
            ids = [i for i, c in plan.components.items() if c.name in lost]
            assert {plan.components[i].name for i in failed_tops(by_plan, ids)} == expected


@settings(max_examples=60)
@given(plans(max_components=6, max_fallbacks=0))
def test_any_plan_is_written_as_the_failures_of_its_activities(plan: Plan) -> None:
    """The tree of a plan fails in exactly the states in which an activity is below its MBCO."""
    unique = {i: c.model_copy(update={"name": i}) for i, c in plan.components.items()}
    plan = plan.model_copy(update={"components": unique})
    assume(plan.activities)
    logic = logic_of(read_open_psa(write_fault_tree(failure_tree(plan)), "t.xml"))
    for lost in subsets(plan.components):
        states = [name for name in logic.variables if name.removesuffix("-itself") in lost]
        # an activity's own failure counts for those that rest on it, not for itself
        expected = failed_activities(plan, lost) - set(lost)
        assert failed_tops(logic, states) - set(lost) == expected


def test_fallbacks_are_written_where_asked() -> None:
    """With fallbacks a number that a fallback stands in for takes two failures instead of one."""
    plan = Plan.model_validate(
        {
            "organisation": {"name": "Exempel 1"},
            "components": {
                "1177.nu": {"kind": "number", "name": "Old number", "mtbf": "9h", "mttr": "1h"},
                "web": {"kind": "channel", "name": "Web <b>", "unavailability": 0.5},
                "cs": {"kind": "activity", "name": "Service", "requires": ["1177.nu"]},
            },
            "fallbacks": {"f": {"protects": "1177.nu", "via": ["web"]}},
        }
    )
    alone = read_open_psa(write_open_psa(plan), "t.xml")
    assert alone == FaultTree(
        "Exempel-1",
        (Gate("cs", 1, ("_1177-nu",), "Service"),),
        (BasicEvent("_1177-nu", 0.1, "Old number"),),
    )
    both = read_open_psa(write_open_psa(plan, with_fallbacks=True), "t.xml")
    assert both.gates == (Gate("cs", 2, ("_1177-nu", "web"), "Service"),)
    assert both.basic_events[1] == BasicEvent("web", 0.5, "Web <b>")


def test_a_plan_without_activity_is_no_tree() -> None:
    """There is nothing whose failure could be written."""
    site = Component(kind=Kind.SITE, name="x")
    plan = Plan(organisation=Organisation(name="x"), components={"a": site})
    with pytest.raises(BcpError, match="has no activity"):
        write_open_psa(plan)


def test_names_and_labels_are_written_so_that_any_reader_takes_them() -> None:
    """What the format does not allow in a name goes to the label; control characters go altogether."""
    tree = FaultTree(
        "a b",
        (Gate("1.a", 1, ("x y", "x-y", '"<&', "", "--"), "bell\x07 <&\n\t"),),
        (BasicEvent("x y"), BasicEvent("x-y"), BasicEvent('"<&'), BasicEvent(""), BasicEvent("--")),
    )
    assert read_open_psa(write_fault_tree(tree), "t.xml") == FaultTree(
        "a-b",
        (Gate("_1-a", 1, ("x-y-2", "x-y", "_", "_-2", "_-3"), "bell\ufffd <&"),),
        (
            BasicEvent("x-y-2", None, "x y"),
            BasicEvent("x-y"),
            BasicEvent("_", None, '"<&'),
            BasicEvent("_-2"),
            BasicEvent("_-3", None, "--"),
        ),
    )


def test_thousands_of_gates_in_a_row_are_no_problem() -> None:
    """A chain of 5,000 gates is read, becomes a logic, and its plan is written again."""
    gates = [f'<define-gate name="g{n}"><gate name="g{n + 1}"/></define-gate>' for n in range(5000)]
    tree = read_open_psa(
        inside("\n".join([*gates, '<define-gate name="g5000"><basic-event name="e"/></define-gate>', EVENT])),
        "t.xml",
    )
    assert failed_tops(logic_of(tree), ["e"]) == {"g0"}
    assert tree_of(plan_from_fault_tree(tree)) == tree


@needs_data
@pytest.mark.parametrize("path", COHERENT, ids=lambda path: path.stem)
def test_a_real_tree_comes_back_from_its_plan(path: Path) -> None:
    """Each coherent tree that others published becomes a plan that can be run and is written as the same tree."""
    tree = read_open_psa(path.read_text(encoding="utf-8"), path.name)
    plan = plan_from_fault_tree(tree)
    assert problems(plan) == ()
    assert len(plan.activities) == 1
    again = read_open_psa(write_open_psa(read_plan(write_plan(plan), "p.yaml")), path.name)
    assert again == settled(tree)
    assert tree.house_events or again == tree
    logic = logic_of(tree)
    draw = random.Random(1)  # noqa: S311 - draws losses, no secret
    for share in (0.02, 0.1, 0.3, 0.6):
        lost = [name for name in logic.variables if draw.random() < share]
        assert failed_tops(logic, lost) == failed_activities(plan, lost) == failed_in(tree, lost)


SMALL = ("BSCU", "HIPPS", "lift", "theatre", "three_motor", "chinese", "isp9605")


@needs_data
@pytest.mark.parametrize("name", SMALL)
def test_the_plan_of_a_real_tree_has_the_cut_sets_and_probability_of_other_tools(name: str) -> None:
    """Counts by order and the exact probability, through the plan, are those that another analyser gives."""
    path = next(path for path in REAL if path.stem == name)
    with (path.parent / "expected.csv").open(encoding="utf-8") as file:
        expected = next(r for r in csv.DictReader(file) if (r["tree"], r["max_order"]) == (name, "all"))
    plan = plan_from_fault_tree(read_open_psa(path.read_text(encoding="utf-8"), path.name))
    (top,) = plan.activities
    known = {i: u for i, c in plan.components.items() if (u := c.share_down) is not None}
    event = analyse(plan_logic(plan, compile_plan(plan), [top]), top, unavailability=known, fast=False).event
    assert list(event.counts) == [int(n) for n in expected["cut_sets_by_order"].split()]
    assert event.unavailability == pytest.approx(float(expected["probability"]), rel=1e-5)
