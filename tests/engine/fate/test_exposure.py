"""What is lost with an operator, an area or a platform: by hand and as laws."""

from __future__ import annotations

import pytest
from hypothesis import given

from bcp.engine.fate.exposure import each_exposure, groups, ranked
from bcp.model.duration import DAY
from bcp.model.overview import Exposure, ExposureBy
from bcp.model.plan import Plan
from tests.engine.worked import plan_of
from tests.strategies import plans


def _plan(**fallback: object) -> Plan:
    return plan_of(
        {
            "calls": {"bia": {"demand": "300/h", "mbco": 0.5}, "requires": ["p"]},
            "mail": {"bia": {"demand": "100/h"}, "requires": ["q"]},
            "p": {"kind": "platform", "operator": "alfa", "area": "SE/S"},
            "q": {"kind": "support_system", "operator": "beta", "area": "SE/AB"},
            "r": {"operator": "beta"},
        },
        {"f": {"protects": "p", "via": ["r"], **fallback}} if fallback else None,
        {"detection": "1h", "decision": "1h"},
    )


def _by(plan: Plan, by: ExposureBy) -> dict[str, Exposure]:
    return {e.name: e for e in each_exposure(plan, by)}


def test_shares_are_of_demand_times_time() -> None:
    """Three in four contacts rest on alfa, one in four on beta, all of them on SE."""
    found = _by(_plan(), ExposureBy.OPERATOR)
    assert {n: e.lost for n, e in found.items()} == pytest.approx({"alfa": 0.75, "beta": 0.25})
    areas = _by(_plan(), ExposureBy.AREA)
    assert {n: e.lost for n, e in areas.items()} == pytest.approx({"SE": 1.0, "SE/AB": 0.25, "SE/S": 0.75})
    assert areas["SE"].activities == ("calls", "mail")
    assert set(_by(_plan(), ExposureBy.PLATFORM)) == {"p", "q"}


def test_a_fallback_saves_what_it_carries_once_it_is_active() -> None:
    """Active after 4 h of 24 and carrying half, it leaves (4 + 20/2)/24 of the calls lost."""
    plan = _plan(lead_time="2h", capacity=0.5)
    alfa = _by(plan, ExposureBy.OPERATOR)["alfa"]
    assert alfa.lost == pytest.approx(0.75 * 14 / 24)
    assert alfa.lost_bare == pytest.approx(0.75)


def test_a_fallback_on_the_same_operator_saves_nothing_there() -> None:
    """What carries the load is down with the rest where it has the same operator."""
    plan = plan_of(
        {
            "calls": {"bia": {"demand": "300/h"}, "requires": ["p"]},
            "p": {"operator": "alfa"},
            "r": {"operator": "alfa"},
        },
        {"f": {"protects": "p", "via": ["r"], "lead_time": "1m"}},
    )
    assert _by(plan, ExposureBy.OPERATOR)["alfa"].lost == 1.0


def test_without_any_demand_activities_count_alike() -> None:
    """Where nobody has filled in demand, one of two activities is half."""
    plan = plan_of({"a": {"bia": {}, "requires": ["p"]}, "b": {"bia": {}}, "p": {"operator": "alfa"}})
    assert _by(plan, ExposureBy.OPERATOR)["alfa"].lost == pytest.approx(0.5)


def test_an_operators_component_counts_to_it() -> None:
    """A component of the kind operator fails with what names it as operator."""
    plan = plan_of({"alfa": {"kind": "operator"}, "p": {"operator": "alfa"}})
    assert groups(plan, ExposureBy.OPERATOR) == ((ExposureBy.OPERATOR, "alfa", ("alfa", "p")),)


@given(plans())
def test_shares_are_shares_and_a_wider_area_loses_no_less(plan: Plan) -> None:
    """Lost lies between 0 and 1, and without fallbacks an area loses no less than one inside it."""
    for by in ExposureBy:
        for e in each_exposure(plan, by, lasts=DAY):
            assert 0 <= e.lost <= 1
            assert 0 <= e.lost_bare <= 1
            assert e.lost <= e.lost_bare + 1e-9
    areas = _by(plan, ExposureBy.AREA)
    for name, area in areas.items():
        above = name.rpartition("/")[0]
        assert not above or areas[above].lost_bare >= area.lost_bare - 1e-9


@given(plans())
def test_the_order_is_the_most_lost_first(plan: Plan) -> None:
    """Ranked, nothing loses more than what stands before it."""
    lost = [e.lost for e in ranked(each_exposure(plan, ExposureBy.OPERATOR))]
    assert lost == sorted(lost, reverse=True)
