"""RTO and MBCO along the graph: worked figures, and laws on random plans."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp.engine.failure.alone import alone
from bcp.engine.levels.compile import System, compile_plan
from bcp.engine.levels.requirements import Floats
from bcp.engine.levels.steady import steady
from bcp.engine.recovery.demands import demands
from bcp.engine.recovery.inherited import inherited
from bcp.engine.run.result import run
from bcp.model.plan import Plan
from bcp.model.recovery import Demand, Standing
from bcp.model.scenario import Scenario
from tests.engine.coarse import coarse_plans
from tests.engine.worked import MINUTE, plan_of
from tests.strategies import plans

NOISE = 1e-9
BELOW = 1e-3


def levels_with(system: System, component: str, own: float) -> Floats:
    """Levels when one own state is lowered and everything else is whole."""
    states = np.ones(system.n)
    states[system.index[component]] = own
    return steady(system, states).x


def broken(plan: Plan, system: System, component: str, own: float) -> set[str]:
    """The activities that a component's own state takes below an MBCO that they reach otherwise."""
    whole, x = steady(system, np.ones(system.n)).x, levels_with(system, component, own)
    limits = {a: c.analysis.mbco - NOISE for a, c in plan.activities.items()}
    return {a for a, k in limits.items() if x[system.index[a]] < k <= whole[system.index[a]]}


def demanded(plan: Plan, *, fallbacks: bool = True) -> dict[str, Demand]:
    """The demands of a plan by component; single points by trying each component."""
    system = compile_plan(plan)
    points: dict[str, list[str]] = {a: [] for a in plan.activities}
    for i in plan.components:
        for a in broken(plan, system, i, 0.0) - {i}:
            points[a].append(i)
    return {d.component: d for d in demands(plan, system, points, fallbacks=fallbacks)}


BIA = {"rto": "4h", "mtpd": "24h", "mbco": 0.4}


def test_restarts_on_the_way_up_come_off_the_rto() -> None:
    """4 h less 20 min for the exchange and 10 for the number leave 3 h 30 for power, which takes 5 h: 1 h 30 short."""
    plan = plan_of(
        {
            "power": {"mttr": "4h", "restart": "1h"},
            "exchange": {"requires": "power", "restart": "20m", "mttr": "2h"},
            "number": {"requires": "exchange", "restart": "10m"},
            "s": {"requires": "number", "bia": BIA},
        }
    )
    found = demanded(plan)
    power = found["power"]
    assert (power.within_s, power.after_s, power.worst_s, power.gap_s) == (
        210 * MINUTE, 30 * MINUTE, 300 * MINUTE, 90 * MINUTE,
    )  # fmt: skip
    assert (power.mtpd_within_s, power.path) == (1410 * MINUTE, ("s", "number", "exchange", "power"))
    assert (power.needed_level, power.standing) == (0.4, Standing.TOO_SLOW)
    assert (found["exchange"].within_s, found["exchange"].standing) == (230 * MINUTE, Standing.KEPT)
    assert (found["number"].within_s, found["number"].standing) == (240 * MINUTE, Standing.UNKNOWN)


def test_the_needed_level_is_the_mbco_turned_round() -> None:
    """0.4 through a need of impact 0.8 is 0.25; in a pool 0.6 + 0.2 each must give what the other cannot."""
    plan = plan_of(
        {
            "soft": {},
            "big": {},
            "small": {},
            "one": {},
            "two": {},
            "pool": {"requires": {"pool": {"big": 0.6, "small": 0.2}}},
            "s": {
                "requires": [
                    {"needs": "soft", "impact": 0.8}, "pool", {"quorum": 1, "of": ["one", "two"]},
                ],
                "bia": BIA,
            },
        }
    )  # fmt: skip
    levels = {i: round(d.needed_level, 9) for i, d in demanded(plan).items()}
    assert levels == {
        "soft": 0.25, "big": round(0.2 / 0.6, 9), "small": 0.0, "pool": 0.4, "one": 0.0, "two": 0.0,
    }  # fmt: skip


def test_what_two_ways_share_is_needed_for_both_together() -> None:
    """Two trunks that each carry everything in one duct: 0.2 of the duct still gives 0.4."""
    plan = plan_of(
        {
            "duct": {},
            "a": {"requires": "duct"},
            "b": {"requires": "duct"},
            "s": {"requires": {"any_of": ["a", "b"]}, "bia": BIA},
        }
    )
    found = demanded(plan)
    assert found["duct"].needed_level == pytest.approx(0.2)
    assert found["duct"].together_with == ()
    assert (found["a"].needed_level, found["a"].together_with, found["a"].within_s) == (
        0.0,
        ("b",),
        240 * MINUTE,
    )


def test_a_contract_counts_from_the_report() -> None:
    """15 min until it is noticed and 4 h from the report are 15 min more than the RTO."""
    plan = plan_of({"line": {"contract_time": "4h"}, "s": {"requires": "line", "bia": BIA}})
    line = demanded(plan)["line"]
    assert (line.contract_s, line.gap_s) == (255 * MINUTE, 15 * MINUTE)


def test_without_figures_the_answer_is_unknown() -> None:
    """Neither repair nor contract is known; but a restart alone may be too long."""
    plan = plan_of({"a": {}, "b": {"restart": "5h"}, "s": {"requires": ["a", "b"], "bia": BIA}})
    found = demanded(plan)
    assert (found["a"].worst_s, found["a"].gap_s, found["a"].standing) == (None, None, Standing.UNKNOWN)
    assert found["b"].standing == Standing.TOO_SLOW


def test_a_fallback_relaxes_the_demand_to_its_endurance() -> None:
    """It carries from 0:55 to 12:55; the RTO of 4 h then leaves until 16:55."""
    plan = plan_of(
        {"line": {"mttr": "8h"}, "other": {}, "s": {"requires": "line", "bia": BIA}},
        {"f": {"protects": "line", "via": "other", "lead_time": "30m", "endurance": "12h"}},
    )
    line = demanded(plan)["line"]
    assert (line.within_s, line.bridged_within_s, line.bridged_by) == (240 * MINUTE, 1015 * MINUTE, ("f",))
    assert (line.standing, line.bridged_standing) == (Standing.TOO_SLOW, Standing.KEPT)


def test_a_fallback_that_fails_with_what_it_protects_relaxes_nothing() -> None:
    """The reserve goes over the same line."""
    plan = plan_of(
        {
            "line": {},
            "n": {"requires": "line"},
            "m": {"requires": "line"},
            "s": {"requires": "n", "bia": BIA},
        },
        {"f": {"protects": "n", "via": "m", "lead_time": "30m"}},
    )
    line = demanded(plan)["line"]
    assert (line.bridged_by, line.bridged_within_s) == ((), line.within_s)


def test_what_is_needed_only_to_start_is_asked_for_with_its_owner() -> None:
    """Sign-on matters once the platform is down; the platform's restart comes off."""
    plan = plan_of(
        {
            "signon": {},
            "platform": {"requires": {"needs": "signon", "during": "start"}, "restart": "30m"},
            "s": {"requires": "platform", "bia": BIA},
        }
    )
    signon = demanded(plan)["signon"]
    assert (signon.needed_level, signon.together_with, signon.within_s) == (0.0, ("platform",), 210 * MINUTE)


def test_what_must_start_in_between_comes_off_too() -> None:
    """After the site: hosts 20 min, then sign-on 10, which the exchange waits for, then the exchange 15."""
    plan = plan_of(
        {
            "site": {},
            "hosts": {"requires": "site", "restart": "20m"},
            "signon": {"requires": "hosts", "restart": "10m"},
            "exchange": {"requires": ["hosts", {"needs": "signon", "during": "start"}], "restart": "15m"},
            "s": {"requires": "exchange", "bia": BIA},
        }
    )
    found = demanded(plan)
    assert (found["hosts"].after_s, found["site"].after_s) == (25 * MINUTE, 45 * MINUTE)
    assert found["site"].path == ("s", "exchange", "signon", "hosts", "site")


def test_virtual_components_pass_demands_on_and_owe_nothing() -> None:
    """The name of a combination has no demand; what it stands for has."""
    plan = plan_of(
        {"line": {}, "way": {"virtual": True, "requires": "line"}, "s": {"requires": "way", "bia": BIA}}
    )
    found = demanded(plan)
    assert set(found) == {"line"}
    assert found["line"].needed_level == 0.4


@given(st.one_of(coarse_plans(), plans()))
def test_the_needed_level_agrees_with_lowering_each_component(plan: Plan) -> None:
    """Just below it some activity is below its MBCO, at it none is."""
    system = compile_plan(plan)
    for i, found in demanded(plan, fallbacks=False).items():
        assert found.exact
        assert broken(plan, system, i, min(1.0, found.needed_level + NOISE)) - {i} == set()
        if found.needed_level > 0:
            assert broken(plan, system, i, max(0.0, found.needed_level - BELOW)) - {i} != set()


@given(coarse_plans())
def test_an_activity_is_back_as_soon_after_a_component_as_its_demand_counts_on(plan: Plan) -> None:
    """After the component's return and restart the activity takes no longer than the restarts that follow it."""
    bare = plan.model_copy(update={"fallbacks": {}})
    for i, found in demanded(bare, fallbacks=False).items():
        if not found.needed_level or not found.activity:
            continue
        event: dict[str, Any] = {"at": 0, "select": {"id": i}, "effect": {"level": 0}, "until": "10h"}
        scenario = Scenario.model_validate({"id": "one", "title": "One", "horizon": "20h", "events": [event]})
        result = run(bare, scenario, causes=False).activities[found.activity]
        [(_, until)] = result.disruptions
        deadlocked = until >= 20 * 3600.0 - NOISE
        assert deadlocked or until <= 10 * 3600.0 + found.restart_s + found.after_s + NOISE


@given(coarse_plans(), st.sampled_from([0.0, 0.25, 0.9]))
def test_a_tighter_rto_loosens_no_demand(plan: Plan, factor: float) -> None:
    """What must be back within some time must be back at least as soon when an RTO is cut."""
    activities = {a: c for a, c in plan.activities.items() if c.analysis.rto is not None}
    before = demanded(plan, fallbacks=False)
    for a, c in activities.items():
        bia = c.analysis.model_copy(update={"rto": (c.analysis.rto or 0.0) * factor})
        tighter = {**plan.components, a: c.model_copy(update={"bia": bia})}
        after = demanded(plan.model_copy(update={"components": tighter}), fallbacks=False)
        for i, found in before.items():
            now = after[i].within_s
            assert found.within_s is None or (now is not None and now <= found.within_s + NOISE)


@given(coarse_plans())
def test_what_is_too_much_to_compute_is_never_asked_too_little(plan: Plan) -> None:
    """Without any budget the needed level is exact, or said not to be and at least as high; a demand stands."""
    system = compile_plan(plan)
    exact = demanded(plan, fallbacks=False)
    rto = {system.index[a]: c.analysis.mbco for a, c in plan.activities.items()}
    points = {
        k: [system.index[i] for i in plan.components if a in broken(plan, system, i, 0.0) - {i}]
        for a, k in ((a, system.index[a]) for a in plan.activities)
    }
    lasting = np.array([plan.components[i].restart for i in system.ids])
    wanted = inherited(system, levels_with(system, system.ids[0], 1.0), rto, {}, lasting).wanted
    rough = alone(system, rto, points, lasting, wanted, budget=0)
    for i, found in exact.items():
        j = system.index[i]
        if rough.exact[j]:
            assert rough.needed[j] == pytest.approx(found.needed_level)
        assert rough.needed[j] >= found.needed_level - NOISE
