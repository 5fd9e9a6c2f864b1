"""All single failures at once are the same as one after the other."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp.engine.failure import equations, singles
from bcp.engine.failure.logic import Logic
from bcp.engine.failure.singles import single_failures, single_points_of, taken_down
from bcp.engine.levels.compile import compile_plan
from bcp.model.plan import Plan
from tests.engine.failure.test_failure_logic import plan_of, too_low, true_tops
from tests.strategies import plans


@st.composite
def logics(draw: st.DrawFn) -> Logic:
    """Any logic of up to 24 variables and 12 gates, constants and at-least gates among them."""
    count = draw(st.integers(0, 24))
    first, argument, least = [0], [], []
    for g in range(draw(st.integers(1, 12))):
        below = count + g
        some = draw(st.lists(st.integers(0, below - 1), max_size=9, unique=True)) if below else []
        argument += sorted(some)
        first.append(len(argument))
        least.append(draw(st.integers(0, len(some) + 1)))
    names = draw(st.permutations([f"v{k}" for k in range(count)]))
    tops = draw(st.lists(st.integers(0, count + len(least) - 1), min_size=1, max_size=5))
    return Logic(
        tuple(names),
        np.array(least, np.intp),
        np.array(first, np.intp),
        np.array(argument, np.intp),
        {f"t{k}": node for k, node in enumerate(tops)},
    )


@given(logics(), st.sampled_from([1, 3, 8, 64]))
def test_all_at_once_is_the_same_as_one_after_the_other(logic: Logic, width: int) -> None:
    """For any logic, however many variables are taken together, each top has the variables that alone make it true."""
    already = true_tops(logic, ())
    alone = {v: true_tops(logic, [v]) for v in sorted(logic.variables)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(singles, "_NARROWEST", width)
        patch.setattr(singles, "_WIDEST", width)
        found = single_failures(logic)
    assert found == {
        top: () if already[top] else tuple(v for v in alone if alone[v][top]) for top in sorted(logic.tops)
    }


@given(plans(max_components=8), st.booleans())
def test_single_points_are_what_the_levels_say(plan: Plan, with_fallbacks: bool) -> None:
    """A plan's single points are the components whose lone failure takes a level below its MBCO."""
    found = single_points_of(plan, compile_plan(plan), plan.components, with_fallbacks=with_fallbacks)
    already = too_low(plan, (), with_fallbacks=with_fallbacks)
    alone = {i: too_low(plan, [i], with_fallbacks=with_fallbacks) for i in sorted(plan.components)}
    for target, points in found.items():
        assert points == (() if already[target] else tuple(i for i in alone if alone[i][target]))


@given(plans(max_components=8), st.booleans())
def test_single_points_need_no_logic(plan: Plan, with_fallbacks: bool) -> None:
    """Where the failure logic is refused, single points are the same, each component's failure by itself."""
    system = compile_plan(plan)
    expected = single_points_of(plan, system, plan.components, with_fallbacks=with_fallbacks)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(equations, "_MOST", 0)
        assert single_points_of(plan, system, plan.components, with_fallbacks=with_fallbacks) == expected


def test_what_each_takes_down() -> None:
    """Single points the other way round: what takes nothing down alone is not named."""
    redundant = {"any_of": ["a", "b"]}
    plan = plan_of(
        {
            "duct": {},
            "a": {"requires": "duct"},
            "b": {"requires": "duct"},
            "s": {"requires": [redundant, "t"]},
            "t": {},
        }
    )
    points = single_points_of(plan, compile_plan(plan), ["s", "t", "a"])
    assert points == {"a": ("duct",), "s": ("duct", "t"), "t": ()}
    assert taken_down(points) == {"duct": ("a", "s"), "t": ("s",)}
