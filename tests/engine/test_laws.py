"""Laws that every run obeys, whatever the plan."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bcp.engine.levels.compile import compile_plan, own_states
from bcp.engine.levels.steady import steady
from bcp.engine.run.causes import Moment
from bcp.engine.run.result import run
from bcp.engine.run.simulation import simulation
from bcp.model.plan import Plan
from bcp.model.requirement import Pool
from bcp.model.run import FallbackState, at
from bcp.model.scenario import Scenario
from tests.engine.agreement import lasting, same_steps
from tests.engine.coarse import LEVELS, coarse_cases, coarse_plans, coarse_scenarios
from tests.strategies import plans, scenarios

NOISE = 1e-9
ROOT = Path(__file__).parents[2]


def with_components(plan: Plan, **changes: dict[str, Any]) -> Plan:
    """The plan with some fields of its components replaced: `field={component: value}`."""
    components = {
        i: c.model_copy(update={field: values[i] for field, values in changes.items() if i in values})
        for i, c in plan.components.items()
    }
    return plan.model_copy(update={"components": components})


@st.composite
def own_and_less(draw: st.DrawFn, plan: Plan) -> tuple[dict[str, float], dict[str, float]]:
    """Own states of some components, and others that are nowhere higher."""
    some = st.dictionaries(st.sampled_from(sorted(plan.components)), LEVELS.map(float))
    own, cap = draw(some), draw(some)
    return own, {i: min(own.get(i, 1.0), cap.get(i, 1.0)) for i in plan.components}


@given(st.data())
def test_levels_are_monotone_in_own_states(data: st.DataObject) -> None:
    """Lowering own states, with the same components down and fallbacks active, raises no level."""
    plan = data.draw(plans())
    own, less = data.draw(own_and_less(plan))
    system = compile_plan(plan)
    active = data.draw(st.sets(st.sampled_from(range(3)))) & set(range(len(system.bypasses)))
    down = np.array([data.draw(st.booleans()) and data.draw(st.booleans()) for _ in system.ids])
    above = steady(system, own_states(system, own), down, active)
    below = steady(system, own_states(system, less), down, active)
    assert np.all(below.x <= above.x + NOISE)
    assert np.all(below.p <= above.p + NOISE)


@given(st.data())
def test_an_active_fallback_lowers_no_level(data: st.DataObject) -> None:
    """In the steady state, with the same components down, one more active fallback only helps."""
    plan = data.draw(coarse_plans(1))
    own, _ = data.draw(own_and_less(plan))
    system = compile_plan(plan)
    fallbacks = set(range(len(system.bypasses)))
    active = data.draw(st.sets(st.sampled_from(sorted(fallbacks))))
    down = np.array([data.draw(st.booleans()) for _ in system.ids])
    without = steady(system, own_states(system, own), down, active)
    for more in sorted(fallbacks - active):
        with_it = steady(system, own_states(system, own), down, active | {more})
        assert np.all(with_it.x >= without.x - NOISE)


@given(coarse_cases(1, 1))
def test_the_only_fallback_of_a_plan_makes_nothing_worse_at_any_time(case: tuple[Plan, Scenario]) -> None:
    """Whatever it carries, delays or drops, no level is below what it is without the fallback."""
    plan, scenario = case
    with_it = run(plan, scenario)
    without = run(plan.model_copy(update={"fallbacks": {}}), scenario)
    for component, steps in with_it.levels.items():
        for t in sorted({t for t, _ in steps} | {t for t, _ in without.levels[component]}):
            assert at(steps, t) >= without.level_at(component, t) - NOISE


@given(coarse_cases())
def test_a_repeated_requirement_changes_nothing(case: tuple[Plan, Scenario]) -> None:
    """The minimum counts, so that saying a thing twice says it once."""
    plan, scenario = case
    twice = with_components(plan, requires={i: c.requires * 2 for i, c in plan.components.items()})
    one, other = run(plan, scenario), run(twice, scenario)
    assert (one.levels, one.fallbacks, one.blocked) == (other.levels, other.fallbacks, other.blocked)


@given(st.data())
def test_the_order_of_the_file_changes_nothing(data: st.DataObject) -> None:
    """Components and fallbacks in another order give the very same run."""
    plan, scenario = data.draw(coarse_cases())
    mixed = plan.model_copy(
        update={
            "components": dict(data.draw(st.permutations(sorted(plan.components.items())))),
            "fallbacks": dict(data.draw(st.permutations(sorted(plan.fallbacks.items())))),
        }
    )
    one, other = run(plan, scenario).json_data(), run(mixed, scenario).json_data()
    del one["plan_hash"], other["plan_hash"]
    assert one == other


@given(coarse_plans())
def test_without_events_nothing_happens_to_a_plan_that_suffices(plan: Plan) -> None:
    """Where every pool is large enough, all levels are 1 and all fallbacks idle from beginning to end."""
    ample = with_components(
        plan,
        requires={
            i: tuple(
                r.model_copy(update={"pool": dict.fromkeys(r.pool, 1.0)}) if isinstance(r, Pool) else r
                for r in c.requires
            )
            for i, c in plan.components.items()
        },
    )
    found = run(ample, Scenario.model_validate({"id": "nothing", "title": "Nothing"}))
    assert set(found.levels.values()) <= {((0.0, 1.0),)}
    assert set(found.fallbacks.values()) <= {((0.0, FallbackState.IDLE),)}
    assert all(a.downtime_s == 0 and a.lost_contacts == 0 for a in found.activities.values())


@given(st.data())
def test_cutting_a_run_in_two_gives_the_same_levels(data: st.DataObject) -> None:
    """Stopping at any time, copying the state and going on from there is the same as never having stopped.

    Every fallback takes some time to activate: one that needs none may switch itself on and off without end.
    """
    plan = unhurried(data.draw(coarse_plans()))
    scenario = data.draw(coarse_scenarios(plan))
    cut = data.draw(st.integers(0, int(scenario.horizon_s) // 60 - 1)) * 60.0 + data.draw(
        st.sampled_from([0.0, 17.0])
    )
    system = compile_plan(plan)
    steps: dict[str, list[tuple[float, float]]] = {i: [] for i in plan.components}

    def watch(moment: Moment, _: object) -> None:
        for i, level in zip(system.ids, moment.x, strict=True):
            steps[i].append((moment.t, float(level)))

    first = simulation(plan, system, scenario)
    first.pause_at(cut, watch)
    second = copy.deepcopy(first)
    second.run_to(scenario.horizon_s, watch)
    for i, whole in run(plan, scenario).levels.items():
        assert same_steps(lasting(steps[i]), lasting(whole))


def unhurried(plan: Plan) -> Plan:
    """The plan with a lead time of at least five minutes for every fallback."""
    slower = {
        f: fallback.model_copy(update={"lead_time": max(fallback.lead_time or 0.0, 300.0)})
        for f, fallback in plan.fallbacks.items()
    }
    return plan.model_copy(update={"fallbacks": slower})


@given(st.data())
def test_a_shorter_horizon_only_ends_the_run_earlier(data: st.DataObject) -> None:
    """What happens before the horizon does not depend on it."""
    plan, scenario = data.draw(coarse_cases())
    horizon = data.draw(st.integers(1, int(scenario.horizon_s) // 60)) * 60.0
    whole, part = run(plan, scenario), run(plan, scenario.model_copy(update={"horizon": horizon}))
    for i, steps in part.levels.items():
        assert steps == tuple(step for step in whole.levels[i] if step[0] < horizon - NOISE)
    for f, changes in part.fallbacks.items():
        assert changes == tuple(change for change in whole.fallbacks[f] if change[0] < horizon - NOISE)


@given(st.data())
@settings(max_examples=60)
def test_levels_are_shares_and_figures_add_up(data: st.DataObject) -> None:
    """Levels lie between 0 and 1, times rise from 0, and figures fit the horizon and each other."""
    plan = data.draw(plans())
    found = run(plan, data.draw(scenarios(plan)))
    for steps in found.levels.values():
        times = [t for t, _ in steps]
        assert times[0] == 0
        assert times == sorted(set(times))
        assert times[-1] < found.horizon_s
        assert all(0 <= level <= 1 for _, level in steps)
    for figures in found.activities.values():
        assert 0 <= figures.longest_s <= figures.downtime_s <= found.horizon_s + NOISE
        assert (figures.first_below_s is None) == (figures.downtime_s == 0)
        assert figures.lost_contacts >= 0


def test_a_run_does_not_depend_on_the_hash_seed() -> None:
    """Two processes with other hash seeds print the same run, byte for byte."""
    script = (
        "import json, sys\n"
        "from bcp.engine.run.result import run\n"
        "from bcp.model.plan import Plan\n"
        "from bcp.model.scenario import Scenario\n"
        "plan, scenario = json.load(sys.stdin)\n"
        "print(json.dumps(run(Plan.model_validate(plan), Scenario.model_validate(scenario)).json_data()))\n"
    )
    given_text = json.dumps([TANGLED, TANGLED_FAILURE])
    printed = {
        subprocess.run(  # noqa: S603 - this very interpreter, on a text written above
            [sys.executable, "-c", script],
            input=given_text,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1
    assert json.loads(printed.pop())["blocked"] == {"g": ["a", "b"]}


TANGLED = {
    "organisation": {"name": "Tangled"},
    "components": {
        **{i: {"kind": "system", "name": i} for i in "abc"},
        "r": {"kind": "system", "name": "r", "requires": ["s", {"quorum": 2, "of": ["a", "b", "c"]}]},
        "s": {"kind": "system", "name": "s", "requires": ["r", {"pool": {"a": 0.6, "b": 0.6}}]},
        "cs": {"kind": "activity", "name": "cs", "requires": ["r", "s"], "bia": {"demand": "60/h"}},
    },
    "fallbacks": {
        "f": {"protects": "r", "via": "c", "lead_time": "20m", "capacity": 0.7},
        "g": {"protects": "s", "via": "c", "needs": ["a", "b"]},
    },
}
TANGLED_FAILURE = {
    "id": "tangled",
    "title": "Tangled",
    "events": [{"at": "5m", "select": {"id": ["a", "b"]}, "effect": {"level": 0}, "for": "3h"}],
}
