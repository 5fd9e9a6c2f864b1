"""Shared fate of pools, quorums and pairs of operators: by hand, against plain computations, and as laws."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given

from bcp.engine.fate.redundancy import redundancies
from bcp.engine.levels.compile import compile_plan
from bcp.model.fate import Basis, Fate, Redundancy
from bcp.model.plan import Plan
from tests.engine import reference_fate as reference
from tests.engine import reference_levels
from tests.engine.coarse import coarse_plans
from tests.strategies import plans


def found(
    components: dict[str, dict[str, Any]], fallbacks: dict[str, Any] | None = None
) -> tuple[Redundancy, ...]:
    """The verdicts on a plan of platforms, unless they say otherwise."""
    plan = Plan.model_validate(
        {
            "organisation": {"name": "Test", "language": "en"},
            "components": {i: {"kind": "platform", "name": i, **c} for i, c in components.items()},
            "fallbacks": fallbacks or {},
        }
    )
    return redundancies(plan, compile_plan(plan))


def test_two_trunks_in_one_duct_fail_as_one() -> None:
    """The duct takes both members of the pool, and nothing is left."""
    [pool] = found(
        {
            "duct": {},
            "a": {"requires": "duct"},
            "b": {"requires": "duct"},
            "s": {"requires": {"any_of": ["a", "b"]}},
        }
    )
    assert (pool.subject, pool.requirement, pool.basis, pool.members) == ("s", 0, Basis.POOL, ("a", "b"))
    assert (pool.verdict, pool.shared, pool.shared_count) == (Fate.SHARES, ("duct",), 1)
    [point] = pool.points
    assert (point.component, point.members, point.ways) == (
        "duct",
        ("a", "b"),
        (("a", "duct"), ("b", "duct")),
    )
    assert (point.left, point.holds) == (0.0, False)


def test_a_component_under_one_member_is_nothing() -> None:
    """In a pool of 0.6 and 0.6 each trunk has its own access: independent."""
    [pool] = found(
        {
            "x": {},
            "y": {},
            "a": {"requires": "x"},
            "b": {"requires": "y"},
            "s": {"requires": {"pool": {"a": 0.6, "b": 0.6}}},
        }
    )
    assert (pool.verdict, pool.points) == (Fate.INDEPENDENT, ())


@pytest.mark.parametrize(("quorum", "left"), [(2, 0.0), (1, 1.0)])
def test_a_quorum_says_how_many_one_component_takes(quorum: int, left: float) -> None:
    """A SIM operator under two of three leaders: two of three are then not to be had, one of three is."""
    [team] = found(
        {
            "net": {},
            "other": {},
            "m1": {"requires": "net"},
            "m2": {"requires": "net"},
            "m3": {"requires": "other"},
            "team": {"requires": {"quorum": quorum, "of": ["m1", "m2", "m3"]}},
        }
    )
    assert (team.basis, team.verdict) == (Basis.QUORUM, Fate.SHARES)
    assert [(p.component, p.members, p.left) for p in team.points] == [("net", ("m1", "m2"), left)]


def test_what_takes_more_members_is_met_below_what_takes_fewer() -> None:
    """Two members meet at a platform and all three at the power below it: both points are told."""
    [pool] = found(
        {
            "power": {},
            "core": {"requires": "power"},
            "a": {"requires": "core"},
            "b": {"requires": "core"},
            "c": {"requires": "power"},
            "s": {"requires": {"pool": {"a": 0.4, "b": 0.4, "c": 0.4}}},
        }
    )
    assert [(p.component, p.members, p.left) for p in pool.points] == [
        ("core", ("a", "b"), 0.4),
        ("power", ("a", "b", "c"), 0.0),
    ]


def test_what_is_shared_to_start_only_leaves_everything() -> None:
    """Both members need a database to start; its loss while they run takes neither."""
    start = {"requires": {"needs": "db", "during": "start"}}
    [pool] = found({"db": {}, "a": start, "b": start, "s": {"requires": {"any_of": ["a", "b"]}}})
    assert [(p.component, p.left, p.holds) for p in pool.points] == [("db", 1.0, True)]


@pytest.mark.parametrize(
    "requirement",
    [
        "a",
        {"needs": "a", "impact": 0.5},
        {"split": {"a": 0.5, "b": 0.5}},
        {"any_of": ["a"]},
        {"pool": {"a": 1, "b": 0}},
        {"quorum": 2, "of": ["a", "b"]},
    ],
)
def test_without_redundancy_nothing_is_claimed(requirement: Any) -> None:
    """A need, a split, a pool of one and a quorum of all have nobody that stands in."""
    assert found({"a": {}, "b": {}, "s": {"requires": requirement}}) == ()


def test_a_common_operator_duct_or_open_end_is_asked_about() -> None:
    """The same operator comes before a duct in common, and that before an end nobody has asked about."""
    pool = {"requires": {"any_of": ["a", "b"]}}
    [one] = found({"a": {"operator": "x"}, "b": {"operator": "x", "tags": ["duct:n"]}, "s": pool})
    [two] = found({"a": {"tags": ["duct:n"]}, "b": {"tags": ["duct:n"]}, "s": pool})
    [three] = found({"a": {"kind": "access"}, "b": {}, "s": pool})
    assert [one.verdict, two.verdict, three.verdict] == [Fate.SAME_OPERATOR, Fate.UNKNOWN, Fate.UNKNOWN]
    assert one.question.startswith("Ask X: ")
    assert "at n?" in two.question
    assert three.question.startswith("Ask whoever delivers a:")


def test_feeds_of_one_site_may_stand_there() -> None:
    """A site's grid and battery stand at that site: noted, no reason to doubt."""
    feed = {"kind": "power", "site": "hall"}
    [pool] = found(
        {"a": feed, "b": feed, "hall": {"kind": "site", "name": "Hall", "requires": {"any_of": ["a", "b"]}}}
    )
    assert (pool.verdict, pool.same) == (Fate.INDEPENDENT, ("site:hall",))


def test_two_operators_on_one_wholesale_platform_share_it() -> None:
    """Primary and secondary operator are a claim of their own, with what is named of each."""
    parts: dict[str, dict[str, Any]] = {
        "wholesale": {"operator": "third"},
        "core-1": {"operator": "one", "requires": "wholesale"},
        "core-2": {"operator": "two", "requires": "wholesale"},
        "n-1": {"kind": "number", "operator": "one", "requires": "core-1"},
        "n-2": {"kind": "number", "operator": "two", "requires": "core-2"},
    }
    [pair] = found(parts, {"f": {"protects": "n-1", "via": "n-2"}})
    assert (pair.basis, pair.subject, pair.requirement, pair.members) == (
        Basis.OPERATORS, "one", None, ("one", "two"),
    )  # fmt: skip
    [point] = pair.points
    assert (pair.verdict, point.component, point.left) == (Fate.SHARES, "wholesale", None)
    assert point.ways == (("n-1", "core-1", "wholesale"), ("n-2", "core-2", "wholesale"))


def test_operators_in_one_pool_are_a_pair_too() -> None:
    """A pool of two operators' trunks gives the pool's verdict and the pair's."""
    parts = {"a": {"operator": "two"}, "b": {"operator": "one"}, "c": {"operator": "one"}}
    both = found({**parts, "s": {"requires": {"any_of": ["a", "b", "c"]}}})
    assert [(r.basis, r.members, r.verdict) for r in both] == [
        (Basis.POOL, ("a", "b", "c"), Fate.SAME_OPERATOR),
        (Basis.OPERATORS, ("one", "two"), Fate.INDEPENDENT),
    ]


@given(plans())
def test_all_at_once_agrees_with_one_by_one(plan: Plan) -> None:
    """Verdict, shared components and attributes of pools and quorums are those of a plain computation with sets."""
    for one in redundancies(plan, compile_plan(plan)):
        if one.basis != Basis.OPERATORS:
            sides = [{m} for m in one.members]
            assert set(one.shared) == reference.common(plan, sides)
            assert set(one.same) == reference.same(plan, sides)
            assert set(one.open_ends) == reference.open_ends(plan, sides)
            assert one.verdict == reference.verdict(plan, sides, one.subject)


@given(plans())
def test_points_tell_who_rests_there_by_ways_of_the_plan(plan: Plan) -> None:
    """A point has all members that rest on it, each with a way that is in the plan."""
    for one in redundancies(plan, compile_plan(plan)):
        assert bool(one.points) == (one.verdict == Fate.SHARES)
        for point in one.points:
            if one.basis != Basis.OPERATORS:
                resting = [m for m in one.members if point.component in reference.closure(plan, [m])]
                assert list(point.members) == resting
                assert [way[0] for way in point.ways] == resting
            for way in point.ways:
                assert way[-1] == point.component
                assert all(lower in reference.direct(plan, upper) for upper, lower in pairwise(way))


@given(coarse_plans())
def test_what_is_left_is_the_value_of_the_requirement(plan: Plan) -> None:
    """The share left without a point is what the steady state without it gives the requirement."""
    for one in redundancies(plan, compile_plan(plan)):
        for point in one.points:
            if one.requirement is None:
                assert point.left is None
                continue
            own = {i: float(i != point.component) for i in plan.components}
            x = reference_levels.levels(plan, own, (), ()).delivered
            requirement = plan.components[one.subject].requires[one.requirement]
            assert point.left == pytest.approx(reference_levels.requirement_value(requirement, x), abs=1e-8)
