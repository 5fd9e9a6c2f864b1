"""The failure logic of a plan says of any joint failure what the levels say."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp.engine.failure import equations, unroll
from bcp.engine.failure.failure_logic import failure_logic, plan_logic
from bcp.engine.failure.logic import Logic
from bcp.engine.levels.compile import compile_arrays, compile_plan
from bcp.engine.levels.requirements import Mode, RequirementTable
from bcp.engine.levels.steady import steady, steady_with_fallbacks
from bcp.errors import BcpError
from bcp.model.plan import Plan
from tests.strategies import plans


def true_tops(logic: Logic, failed: Collection[str]) -> dict[str, bool]:
    """Which tops are true where exactly these variables have failed."""
    value = [name in failed for name in logic.variables]
    for g in range(logic.gates):
        arguments = logic.arguments(len(logic.variables) + g).tolist()
        assert len(set(arguments)) == len(arguments)
        assert all(a < len(value) for a in arguments)
        value.append(sum(value[a] for a in arguments) >= logic.least[g])
    return {top: value[node] for top, node in logic.tops.items()}


def too_low(plan: Plan, failed: Collection[str], *, with_fallbacks: bool) -> dict[str, bool]:
    """The same from the levels: which components deliver less than their MBCO although not failed themselves."""
    system = compile_plan(plan)
    found = {}
    for target in sorted(plan.components):
        own = np.ones(system.n)
        own[[system.index[i] for i in failed if i != target]] = 0.0
        x = steady_with_fallbacks(system, own) if with_fallbacks else steady(system, own).x
        found[target] = bool(x[system.index[target]] < plan.components[target].analysis.mbco - 1e-9)
    return found


def plan_of(
    components: Mapping[str, Mapping[str, Any]], fallbacks: Mapping[str, Mapping[str, Any]] | None = None
) -> Plan:
    """A plan of systems named by their ids; `s` is an activity."""
    kinds = {i: "activity" if i == "s" else "system" for i in components}
    return Plan.model_validate(
        {
            "organisation": {"name": "Test"},
            "components": {i: {"kind": kinds[i], "name": i, **c} for i, c in components.items()},
            "fallbacks": fallbacks or {},
        }
    )


@given(st.data())
def test_the_logic_says_what_the_levels_say(data: st.DataObject) -> None:
    """For any plan and any joint failure, with and without fallbacks, the tops are true where levels are too low."""
    plan = data.draw(plans(max_components=8))
    with_fallbacks = data.draw(st.booleans())
    logic = plan_logic(plan, compile_plan(plan), plan.components, with_fallbacks=with_fallbacks)
    for _ in range(4):
        failed = data.draw(st.sets(st.sampled_from(sorted(plan.components))))
        assert true_tops(logic, failed) == too_low(plan, failed, with_fallbacks=with_fallbacks)


@given(st.data())
def test_what_is_virtual_never_fails(data: st.DataObject) -> None:
    """Virtual components are no variables, and the others mean the same as without them."""
    plan = data.draw(plans(max_components=6))
    system = compile_plan(plan)
    virtual = data.draw(st.sets(st.sampled_from(sorted(plan.components))))
    wanted = {i: c.analysis.mbco for i, c in plan.components.items()}
    some, whole = failure_logic(system, wanted, virtual=virtual), failure_logic(system, wanted)
    assert not virtual & set(some.variables)
    failed = data.draw(st.sets(st.sampled_from(sorted(plan.components)))) - virtual
    assert true_tops(some, failed) == true_tops(whole, failed)


def test_plain_requirements_give_one_gate_each() -> None:
    """A need is an OR, redundancy an AND, a quorum an at-least gate; the activity itself is no variable."""
    plan = plan_of(
        {
            **{i: {} for i in "abcdef"},
            "s": {"requires": ["a", {"any_of": ["b", "c"]}, {"quorum": 2, "of": ["d", "e", "f"]}]},
        }
    )
    logic = plan_logic(plan, compile_plan(plan), ["s"])
    assert logic.variables == ("a", "b", "c", "d", "e", "f")
    assert logic.least.tolist() == [2, 2, 1]
    assert [logic.arguments(6 + g).tolist() for g in range(3)] == [[1, 2], [3, 4, 5], [0, 6, 7]]
    assert logic.tops == {"s": 8}


def test_shares_that_count_alike_are_an_at_least_gate() -> None:
    """Where any two of four unequal trunks are enough, three lost ones are too many."""
    pool = {"pool": {"a": 0.3, "b": 0.35, "c": 0.4, "d": 0.45}}
    plan = plan_of({**{i: {} for i in "abcd"}, "s": {"requires": [pool], "bia": {"mbco": 0.6}}})
    logic = plan_logic(plan, compile_plan(plan), ["s"])
    assert (logic.least.tolist(), logic.arguments(4).tolist()) == ([3], [0, 1, 2, 3])


def test_an_activity_that_is_always_too_low_and_one_that_never_is() -> None:
    """Tops that no failure decides are a gate that is always true and one that never is."""
    half = {"requires": {"pool": {"a": 0.5}}}
    plan = plan_of({"a": {}, "s": half, "t": {**half, "kind": "activity", "bia": {"mbco": 0}}})
    logic = plan_logic(plan, compile_plan(plan), ["s", "t"])
    assert logic.variables == ()
    assert true_tops(logic, ()) == {"s": True, "t": False}


def test_a_target_in_a_ring_does_not_count_itself() -> None:
    """Of two activities that need each other, each fails by what either needs, and by the other, not by itself."""
    plan = plan_of(
        {"a": {}, "b": {}, "s": {"requires": ["a", "t"]}, "t": {"kind": "activity", "requires": ["b", "s"]}}
    )
    logic = plan_logic(plan, compile_plan(plan), ["s", "t"])
    assert [i for i in "abst" if true_tops(logic, i)["s"]] == ["a", "b", "t"]
    assert [i for i in "abst" if true_tops(logic, i)["t"]] == ["a", "b", "s"]


def test_a_deep_chain_needs_no_recursion() -> None:
    """Five thousand components in a row: every one below is in the logic of the first."""
    n = 5000
    table = RequirementTable(
        owner=np.arange(n - 1),
        mode=np.full(n - 1, Mode.NEEDS, np.int8),
        quorum=np.zeros(n - 1, np.intp),
        start=np.zeros(n - 1, np.bool_),
        first=np.arange(n),
        member=np.arange(1, n),
        weight=np.ones(n - 1),
    )
    logic = failure_logic(compile_arrays([f"c{i}" for i in range(n)], table), {"c0": 1.0})
    assert set(logic.variables) == {f"c{i}" for i in range(1, n)}


def test_a_ring_of_redundancy_is_unrolled_and_refused_where_it_takes_too_much(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Rings are exact; one that takes more steps than allowed is refused by the names of its components."""
    names = [f"c{i}" for i in range(6)]
    ring = {
        i: {"requires": {"any_of": [names[(k + 1) % 6], names[(k + 2) % 6], "base"]}}
        for k, i in enumerate(names)
    }
    plan = plan_of({**ring, "base": {}, "s": {"requires": names[0]}})
    logic = plan_logic(plan, compile_plan(plan), ["s"])
    assert true_tops(logic, ["base"]) == {"s": False}  # the ring holds itself up
    assert true_tops(logic, [*names[1:3], "base"]) == {"s": True}
    monkeypatch.setattr(unroll, "_MOST_STEPS", 3)
    with pytest.raises(BcpError, match=r"6 components rest on each other in too many ways.*c0, c1, c2"):
        plan_logic(plan, compile_plan(plan), ["s"])


def test_too_many_different_shares_are_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pool whose shares lead to more equations than allowed is refused, and the message names the component."""
    pool = {"pool": {f"c{i}": (17 + 2 * i) / 200 for i in range(12)}}
    plan = plan_of({**{f"c{i}": {} for i in range(12)}, "s": {"requires": [pool], "bia": {"mbco": 0.5}}})
    monkeypatch.setattr(equations, "_MOST", 20)
    with pytest.raises(BcpError, match="the failures beneath s take more than 20 equations"):
        plan_logic(plan, compile_plan(plan), ["s"])


def test_levels_left_open_in_a_sum_are_refused_by_name() -> None:
    """Where two members of a pool have more different levels than can be told apart, the message names the pool's owner."""
    leaves = {f"{side}{i}": {} for side in "ab" for i in range(14)}
    pools = {
        side: {"requires": {"pool": {f"{side}{i}": (1 + 1.7**i) / 4000 for i in range(14)}}} for side in "ab"
    }
    both = {"requires": {"pool": {"a": 0.5, "b": 0.5}}, "bia": {"mbco": 0.5}}
    plan = plan_of({**leaves, **pools, "s": both})
    with pytest.raises(BcpError, match="the levels of s come from too many different shares"):
        plan_logic(plan, compile_plan(plan), ["s"])
