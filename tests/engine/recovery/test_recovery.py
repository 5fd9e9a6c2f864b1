"""How soon activities are at their MBCO from black, on worked plans and against the simulation."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given

from bcp.engine.levels.compile import compile_plan
from bcp.engine.recovery.critical_path import recoveries
from bcp.engine.recovery.restart import restart_order
from bcp.engine.run.result import run
from bcp.model.plan import Plan
from bcp.model.recovery import Recovery
from bcp.model.scenario import Scenario
from tests.engine.coarse import coarse_plans
from tests.engine.worked import MINUTE, plan_of
from tests.strategies import plans

RELEASE = 6 * 3600.0


def recovered(plan: Plan, activity: str = "s") -> Recovery:
    """The earliest recovery of one activity."""
    system = compile_plan(plan)
    [found] = [
        r for r in recoveries(plan, system, restart_order(plan, system).way_up) if r.activity == activity
    ]
    return found


def stretches(found: Recovery) -> list[tuple[str, float, float]]:
    """The critical path as (component or fallback, from, to), times in minutes."""
    return [(k.fallback or k.component, k.from_s / MINUTE, k.ready_s / MINUTE) for k in found.path]


def test_the_critical_path_is_the_chain_of_the_slowest() -> None:
    """Power 10 min, then sign-on 20, then the platform 30: an hour, and the RTO of 45 min is broken by 15."""
    plan = plan_of(
        {
            "power": {"restart": "10m"},
            "signon": {"requires": "power", "restart": "20m"},
            "platform": {"requires": ["power", {"needs": "signon", "during": "start"}], "restart": "30m"},
            "web": {"requires": "power", "restart": "5m"},
            "s": {"requires": ["web", "platform"], "bia": {"rto": "45m", "mtpd": "4h"}},
        }
    )
    found = recovered(plan)
    assert stretches(found) == [
        ("power", 0, 10), ("signon", 10, 30), ("platform", 30, 60), ("s", 60, 60),
    ]  # fmt: skip
    assert (found.enough_s, found.margin_s, found.level) == (3600.0, -900.0, 1.0)


def test_an_activity_may_deliver_long_before_it_delivers_enough() -> None:
    """Two trunks of 0.6 each: at 5 min there is 0.6, and 0.8 is reached only when the second is up at 40."""
    plan = plan_of(
        {
            "a": {"restart": "5m"},
            "power": {"restart": "15m"},
            "b": {"requires": "power", "restart": "25m"},
            "number": {"requires": {"pool": {"a": 0.6, "b": 0.6}}},
            "s": {"requires": "number", "bia": {"mbco": 0.8, "rto": "1h", "mtpd": "4h"}},
        }
    )
    found = recovered(plan)
    assert stretches(found) == [
        ("power", 0, 15), ("b", 15, 40), ("number", 40, 40), ("s", 40, 40),
    ]  # fmt: skip
    assert found.margin_s == 20 * MINUTE


def test_a_fallback_that_ends_a_deadlock_stands_on_the_critical_path() -> None:
    """Decision 10 min and lead time 30 for the generator, then 5 min for the network."""
    plan = plan_of(
        {
            "power": {"requires": {"needs": "net", "during": "start"}},
            "net": {"requires": "power", "restart": "5m"},
            "crew": {},
            "s": {"requires": "net", "bia": {}},
        },
        {"generator": {"protects": "power", "via": "crew", "decision": "10m", "lead_time": "30m"}},
    )
    assert stretches(recovered(plan)) == [("generator", 0, 40), ("net", 40, 45), ("s", 45, 45)]


@pytest.mark.parametrize(
    "requires",
    [{"pool": {"a": 0.5}}, {"needs": "dead"}],
    ids=["too small from the start", "behind a deadlock"],
)
def test_what_never_reaches_its_mbco_has_no_time(requires: Any) -> None:
    """Neither time nor path, and no margin, is given."""
    plan = plan_of(
        {
            "a": {},
            "dead": {"requires": {"needs": "locked", "during": "start"}},
            "locked": {"requires": {"needs": "dead", "during": "start"}},
            "s": {"requires": [requires], "bia": {"mbco": 0.8, "rto": "1h"}},
        }
    )
    found = recovered(plan)
    assert (found.enough_s, found.path, found.margin_s) == (None, (), None)


def released(plan: Plan) -> Any:
    """The run in which everything is struck, and released after six hours; fallbacks left out."""
    bare = plan.model_copy(update={"fallbacks": {}})
    strike = {"at": 0, "select": {"id": sorted(plan.components)}, "effect": {"level": 0}, "until": "6h"}
    scenario = Scenario.model_validate(
        {"id": "black", "title": "Black", "horizon": "12h", "events": [strike]}
    )
    return run(bare, scenario, causes=False)


@given(coarse_plans())
def test_ready_times_are_those_of_a_run_in_which_all_was_struck(plan: Plan) -> None:
    """From the release on, each component first delivers exactly when `restart_order` says; others never."""
    bare = plan.model_copy(update={"fallbacks": {}})
    ready = restart_order(bare, compile_plan(bare)).ready_s
    happened = released(plan)
    for i in plan.components:
        risen = [t for t, level in happened.levels[i] if t >= RELEASE and level > 0]
        assert (min(risen) - RELEASE if risen else None) == pytest.approx(ready.get(i))


@given(coarse_plans())
def test_recoveries_are_those_of_a_run_in_which_all_was_struck(plan: Plan) -> None:
    """From the release on, each activity is first at its MBCO exactly when its recovery says."""
    bare = plan.model_copy(update={"fallbacks": {}})
    system = compile_plan(bare)
    happened = released(plan)
    for found in recoveries(bare, system, restart_order(bare, system).way_up):
        times = [RELEASE, *(t for t, _ in happened.levels[found.activity] if t > RELEASE)]
        enough = [t for t in times if happened.level_at(found.activity, t) >= found.mbco - 1e-9]
        assert (min(enough) - RELEASE if enough else None) == pytest.approx(found.enough_s)


@given(plans())
def test_the_stretches_of_a_critical_path_follow_each_other(plan: Plan) -> None:
    """Each begins when the one before it is ready, the first at 0, and the last is the activity in time."""
    system = compile_plan(plan)
    for found in recoveries(plan, system, restart_order(plan, system).way_up):
        if found.path:
            assert found.path[0].from_s == 0
            assert found.path[-1].component == found.activity
            assert found.path[-1].ready_s == found.enough_s
            assert all(one.ready_s == pytest.approx(two.from_s) for one, two in pairwise(found.path))
            assert sum(k.takes_s for k in found.path) == pytest.approx(found.enough_s)
