"""Cut sets, single points, shared fate and restart order on plans small enough to be judged by hand."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bcp import usecases
from bcp.engine.fate.shared_fate import shared_fate
from bcp.engine.levels.compile import compile_plan
from bcp.engine.levels.steady import steady, steady_with_fallbacks
from bcp.engine.recovery.restart import restart_order
from bcp.model.fate import Fate
from bcp.model.plan import Plan
from tests.strategies import plans


def plan_of(
    components: dict[str, dict[str, Any]], fallbacks: dict[str, dict[str, Any]] | None = None
) -> Plan:
    """A plan in which every component is a platform unless it says otherwise, named by its id."""
    return Plan.model_validate(
        {
            "organisation": {"name": "Test"},
            "components": {i: {"kind": "platform", "name": i, **c} for i, c in components.items()},
            "fallbacks": fallbacks or {},
        }
    )


def cut_sets(
    plan: Plan, targets: list[str], *, order: int = 1, with_fallbacks: bool = False
) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The minimal cut sets of each target up to an order."""
    found = usecases.cut_sets(plan, targets, order=order, with_fallbacks=with_fallbacks)
    return {target: analysis.sets for target, analysis in found.items()}


SERVICE = {"kind": "activity", "bia": {"mbco": 0.5}}


def test_redundant_trunks_on_one_duct_have_the_duct_as_single_point() -> None:
    """Two trunks in a pool are a cut set of two; the duct below both is one of one."""
    plan = plan_of(
        {
            "duct": {},
            "a": {"requires": "duct"},
            "b": {"requires": "duct"},
            "s": {**SERVICE, "requires": {"any_of": ["a", "b"]}},
        }
    )
    sets = cut_sets(plan, ["s"], order=2)
    assert sets == {"s": (("duct",), ("a", "b"))}
    assert usecases.assess(plan).single_points == {"s": ("duct",)}


def test_with_fallbacks_a_served_one_takes_a_single_point_away() -> None:
    """What a fallback stands in for is no single point, unless the fallback executes there."""
    components = {"in": {}, "n": {"requires": "in"}, "other": {}, "s": {**SERVICE, "requires": "n"}}
    elsewhere = plan_of(components, {"f": {"protects": "n", "via": "other"}})
    inside = plan_of(components, {"f": {"protects": "n", "via": "other", "executes_at": "in"}})
    assert cut_sets(elsewhere, ["s"], with_fallbacks=True) == {"s": ()}
    assert cut_sets(inside, ["s"], with_fallbacks=True) == {"s": (("in",),)}
    assert cut_sets(elsewhere, ["s"], order=2, with_fallbacks=True) == {
        "s": (("in", "other"), ("n", "other"))
    }


def test_a_target_that_never_reaches_its_mbco_has_the_empty_cut_set() -> None:
    """Nothing need fail: the pool is too small from the start."""
    plan = plan_of({"a": {}, "s": {**SERVICE, "requires": {"pool": {"a": 0.3}}}})
    assert cut_sets(plan, ["s"]) == {"s": ((),)}


def test_of_too_many_cut_sets_those_are_listed_that_there_is_room_for() -> None:
    """All are counted; the list holds as many as were asked for, and says up to which order it is whole."""
    members = [f"c{k}" for k in range(40)]
    plan = plan_of({**{c: {} for c in members}, "s": {**SERVICE, "requires": {"quorum": 20, "of": members}}})
    found = usecases.cut_sets(plan, ["s"], order=21, list_up_to=100)["s"]
    assert found.event.total == found.event.counts[20] == math.comb(40, 21)
    assert (len(found.sets), found.listed_to) == (100, 20)


@settings(max_examples=60, deadline=None)
@given(plans(max_components=7), st.booleans())
def test_cut_sets_agree_with_trying_every_set(plan: Plan, with_fallbacks: bool) -> None:
    """Every minimal set that takes an activity below its MBCO is found, and nothing else."""
    system = compile_plan(plan)

    def level(target: str, lost: tuple[str, ...]) -> float:
        own = np.ones(system.n)
        own[[system.index[i] for i in lost]] = 0.0
        x = steady_with_fallbacks(system, own) if with_fallbacks else steady(system, own).x
        return float(x[system.index[target]])

    found_sets = cut_sets(plan, list(plan.activities), order=3, with_fallbacks=with_fallbacks)
    for target, found in found_sets.items():
        others = sorted(set(plan.components) - {target})
        limit = plan.components[target].analysis.mbco
        cuts = [
            set(lost)
            for size in range(4)
            for lost in itertools.combinations(others, size)
            if level(target, lost) < limit - 1e-9
        ]
        minimal = {tuple(sorted(c)) for c in cuts if not any(d < c for d in cuts)}
        assert set(found) == minimal


def test_restart_order_waits_for_what_is_needed_only_to_start() -> None:
    """The platform runs without sign-on but cannot start before it."""
    plan = plan_of(
        {
            "power": {"kind": "power", "restart": "10m"},
            "signon": {"requires": "power", "restart": "20m"},
            "platform": {"requires": ["power", {"needs": "signon", "during": "start"}], "restart": "30m"},
            "s": {**SERVICE, "requires": "platform"},
        }
    )
    order = restart_order(plan, compile_plan(plan))
    assert order.phases == (("power",), ("signon",), ("platform",), ("s",))
    assert order.ready_s == {"platform": 3600.0, "power": 600.0, "s": 3600.0, "signon": 1800.0}
    assert order.deadlocks == ()


def test_restart_takes_the_quickest_of_a_pool_and_the_kth_of_a_quorum() -> None:
    """A pool delivers with its first member, a quorum of two with its second."""
    plan = plan_of(
        {
            "a": {"restart": "1m"},
            "b": {"restart": "5m"},
            "c": {"restart": "9m"},
            "pool": {"requires": {"any_of": ["b", "c"]}},
            "two": {"requires": {"quorum": 2, "of": ["a", "b", "c"]}},
        }
    )
    ready = restart_order(plan, compile_plan(plan)).ready_s
    assert (ready["pool"], ready["two"]) == (300.0, 300.0)


def test_two_that_wait_for_each_other_are_a_black_start_deadlock() -> None:
    """Power that needs its management network, which needs power; what rests on them is not part of it."""
    plan = plan_of(
        {
            "power": {"requires": {"needs": "net", "during": "start"}},
            "net": {"requires": "power"},
            "s": {**SERVICE, "requires": "net"},
        }
    )
    order = restart_order(plan, compile_plan(plan))
    assert order.deadlocks == (("net", "power"),)
    assert order.ready_s == {}


def test_a_fallback_is_the_way_out_of_a_deadlock() -> None:
    """A crew with a generator brings up the power 40 minutes after the decision began, and the rest follows."""
    plan = plan_of(
        {
            "power": {"requires": {"needs": "net", "during": "start"}},
            "net": {"requires": "power", "restart": "5m"},
            "crew": {"kind": "team"},
            "s": {**SERVICE, "requires": "net"},
        },
        {"generator": {"protects": "power", "via": "crew", "decision": "10m", "lead_time": "30m"}},
    )
    order = restart_order(plan, compile_plan(plan))
    assert order.deadlocks == (("net", "power"),)
    assert order.phases == (("crew",), ("power",), ("net",), ("s",))
    assert order.ready_s == {"crew": 0.0, "net": 2700.0, "power": 2400.0, "s": 2700.0}


def test_shared_fate_tells_the_nearest_meeting_point_and_both_ways() -> None:
    """The shared power below the shared platform is listed, but the two ways meet at the platform."""
    plan = plan_of(
        {
            "power": {"kind": "power"},
            "in": {"requires": "power"},
            "n": {"kind": "number", "requires": "in"},
            "geo": {"kind": "number", "requires": "in"},
        },
        {"f": {"protects": "n", "via": "geo"}},
    )
    [fate] = shared_fate(plan)
    assert (fate.verdict, fate.shared) == (Fate.SHARES, ("in", "power"))
    assert [m.component for m in fate.meetings] == ["in"]


@pytest.mark.parametrize(
    ("operator", "below", "verdict"),
    [
        ("two", "core", Fate.INDEPENDENT),
        ("one", "core", Fate.SAME_OPERATOR),
        ("two", None, Fate.UNKNOWN),
    ],
)
def test_shared_fate_without_a_common_component(operator: str, below: str | None, verdict: Fate) -> None:
    """Independent only where operators differ and something is known below every number."""
    plan = plan_of(
        {
            "in": {"operator": "one"},
            "n": {"kind": "number", "requires": "in"},
            "core": {"operator": operator},
            "m": {"kind": "number", **({"requires": below} if below else {})},
        },
        {"f": {"protects": "n", "via": "m"}},
    )
    [fate] = shared_fate(plan)
    assert fate.verdict == verdict
    assert bool(fate.question) == (verdict != Fate.INDEPENDENT)
