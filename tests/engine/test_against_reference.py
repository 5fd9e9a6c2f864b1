"""The engine beside the slow reference on random plans: equal in everything that a run says."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bcp.engine.levels.compile import compile_plan, own_states
from bcp.engine.levels.steady import steady
from bcp.engine.run.result import run
from bcp.model.plan import Plan
from bcp.model.scenario import Scenario
from tests.engine.agreement import EXACT, differences
from tests.engine.coarse import LEVELS, coarse_cases, coarse_plans
from tests.engine.reference import reference_run
from tests.engine.reference_levels import levels
from tests.strategies import plans, scenarios

ALIKE = 60
"""Components of one shape in one layer: enough for the engine to compute them as whole arrays."""


@settings(max_examples=600)
@given(coarse_cases(1))
def test_runs_with_fallbacks_agree(case: tuple[Plan, Scenario]) -> None:
    """Restarts, rings, ramps, freezes, silent failures and fallbacks whose clocks meet at the same instants."""
    plan, scenario = case
    assert differences(run(plan, scenario).json_data(), reference_run(plan, scenario)) == []


@settings(max_examples=600)
@given(coarse_cases(0, spoiling=True))
def test_runs_with_spoilt_quality_agree(case: tuple[Plan, Scenario]) -> None:
    """Qualities through every kind of requirement, rings and fallbacks, and fallbacks that they call for."""
    plan, scenario = case
    assert differences(run(plan, scenario).json_data(), reference_run(plan, scenario)) == []


@settings(max_examples=200)
@given(coarse_cases(0, 0))
def test_runs_without_fallbacks_agree(case: tuple[Plan, Scenario]) -> None:
    """Down, starting and deadlocked components only."""
    plan, scenario = case
    assert differences(run(plan, scenario).json_data(), reference_run(plan, scenario)) == []


@settings(max_examples=200)
@given(st.data())
def test_runs_of_any_plan_agree(data: st.DataObject) -> None:
    """Larger plans with odd weights and times to the minute."""
    plan = data.draw(plans())
    scenario = data.draw(scenarios(plan))
    assert differences(run(plan, scenario).json_data(), reference_run(plan, scenario)) == []


@settings(max_examples=200)
@given(st.data())
def test_steady_states_agree(data: st.DataObject) -> None:
    """For any own states, set of down components and set of active fallbacks."""
    plan = data.draw(coarse_plans())
    some = st.dictionaries(st.sampled_from(sorted(plan.components)), LEVELS.map(float))
    own = dict.fromkeys(plan.components, 1.0) | data.draw(some)
    down = data.draw(st.sets(st.sampled_from(sorted(plan.components)), max_size=2))
    active = data.draw(st.sets(st.sampled_from(sorted(plan.fallbacks)))) if plan.fallbacks else set()
    assert_same_levels(plan, own, down, active)


def assert_same_levels(plan: Plan, own: dict[str, float], down: set[str], active: set[str]) -> None:
    """Both levels of every component, from the engine and from the reference."""
    system = compile_plan(plan)
    held = np.array([i in down for i in system.ids])
    numbers = [f for f, name in enumerate(system.bypass_ids) if name in active]
    found, expected = steady(system, own_states(system, own), held, numbers), levels(plan, own, down, active)
    for k, i in enumerate(system.ids):
        assert abs(found.x[k] - expected.delivered[i]) <= EXACT
        assert abs(found.p[k] - expected.primary[i]) <= EXACT


def layered(mode: str, draw: Any) -> dict[str, Any]:
    """Two layers of many components of one shape, on a layer of leaves, by requirements of one mode."""
    components: dict[str, Any] = {f"a{n:03}": {} for n in range(ALIKE)}
    below = sorted(components)
    for layer in "bc":
        for n in range(ALIKE):
            members = draw(st.lists(st.sampled_from(below), min_size=3, max_size=3, unique=True))
            components[f"{layer}{n:03}"] = {"requires": one_of_mode(mode, members, draw)}
        below = [i for i in sorted(components) if i.startswith(layer)]
    return {i: {"kind": "system", "name": i, **c} for i, c in components.items()}


def one_of_mode(mode: str, members: list[str], draw: Any) -> list[Any]:
    """A component's requirements on three members in a mode."""
    weights = draw(st.sampled_from([[0.5, 0.25, 0.25], [0.2, 0.3, 0.5]]))
    match mode:
        case "needs":
            return list(members)
        case "soft":
            return [{"needs": m, "impact": w} for m, w in zip(members, weights, strict=True)]
        case "pool":
            return [{"pool": {m: 1.5 * w for m, w in zip(members, weights, strict=True)}}, members[0]]
        case "any_of":
            return [{"any_of": members[:2]}, members[2]]
        case "split":
            return [{"split": dict(zip(members, weights, strict=True))}]
        case _:
            return [{"quorum": 2, "of": members}, {"needs": members[0], "impact": 0.5}]


@pytest.mark.parametrize("mode", ["needs", "soft", "pool", "any_of", "split", "quorum"])
@settings(max_examples=5)
@given(data=st.data())
def test_layers_of_many_alike_agree(mode: str, data: st.DataObject) -> None:
    """What the engine computes as whole arrays is what the reference computes one by one."""
    components = layered(mode, data.draw)
    plan = Plan.model_validate({"organisation": {"name": "Layers"}, "components": components})
    some = st.dictionaries(st.sampled_from(sorted(components)), LEVELS.map(float), min_size=5, max_size=40)
    own = dict.fromkeys(components, 1.0) | data.draw(some)
    down = data.draw(st.sets(st.sampled_from(sorted(components)), max_size=3))
    assert_same_levels(plan, own, down, set())


@pytest.mark.parametrize("share", [0.5, 0.9, 0.97, 0.99])
def test_a_ring_that_sinks_slowly_agrees(share: float) -> None:
    """Each turn of the ring keeps a share of the level: the limit is the same, however many turns it takes."""
    rest = round(1 - share, 9)
    components = {
        "a": {"requires": [{"split": {"b": share, "feed": rest}}]},
        "b": {"requires": ["c", {"needs": "feed", "impact": 0.3}]},
        "c": {"requires": [{"pool": {"a": 1.0}}]},
        "feed": {},
        "m": {},
    }
    plan = Plan.model_validate(
        {
            "organisation": {"name": "Ring"},
            "components": {i: {"kind": "system", "name": i, **c} for i, c in components.items()},
            "fallbacks": {"f": {"protects": "b", "via": "m", "capacity": 0.2}},
        }
    )
    for feed in (1.0, 0.6, 0.0):
        for m in (1.0, 0.3):
            own = {"a": 1.0, "b": 1.0, "c": 0.95, "feed": feed, "m": m}
            assert_same_levels(plan, own, set(), set())
            assert_same_levels(plan, own, set(), {"f"})
