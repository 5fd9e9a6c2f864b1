"""Quality over a run: what gets through and is no good, and the fallbacks that it calls for."""

from __future__ import annotations

from typing import Any

import pytest

from bcp.engine.run.result import run
from bcp.model.duration import HOUR
from bcp.model.plan import Plan
from bcp.model.run import Run
from bcp.model.scenario import Scenario

EVENTS: list[dict[str, Any]] = [
    {"at": "1h", "until": "5h", "select": {"id": "card"}, "effect": {"quality": 0.4}, "silent": True}
]


def went(events: list[dict[str, Any]], fallback: dict[str, Any] | None = None) -> Run:
    """A run of ten hours on a service of which half goes over a card."""
    plan = {
        "organisation": {"name": "Q"},
        "defaults": {"complaint_rate": 0.1, "complaints_to_notice": 6, "decision": "0s"},
        "components": {
            "calls": {
                "kind": "activity", "name": "Calls", "requires": [{"split": {"card": 0.5, "rest": 0.5}}],
                "bia": {"demand": "100/h", "mbco": 0.9, "rto": "1h", "quality_floor": 0.8},
            },
            "people": {"kind": "customer_group", "name": "People", "requires": "calls", "customers": 10},
            "card": {"kind": "interconnect", "name": "Card"},
            "rest": {"kind": "interconnect", "name": "Rest"},
            "spare": {"kind": "interconnect", "name": "Spare"},
        },
        "fallbacks": {} if fallback is None else {"f": {"protects": "card", "via": "spare", **fallback}},
    }  # fmt: skip
    scenario = {"id": "s", "title": "S", "horizon": "10h", "events": events}
    return run(Plan.model_validate(plan), Scenario.model_validate(scenario))


def test_levels_stay_and_contacts_are_spoilt() -> None:
    """Nothing is lost and no limit is broken: 30 % of four hours' contacts are spoilt, and the floor is broken."""
    happened = went(EVENTS)
    calls = happened.activities["calls"]
    assert (calls.lost_contacts, calls.downtime_s, calls.rto_met) == (0, 0, True)
    assert happened.levels["calls"] == ((0.0, 1.0),)
    (t0, q0), (t1, q1), (t2, q2) = happened.quality["calls"]
    assert (t0, t1, t2, q0, q2) == (0, HOUR, 5 * HOUR, 1, 1)
    assert q1 == pytest.approx(0.7)
    assert calls.quality is not None
    assert calls.quality.spoiled_contacts == pytest.approx(4 * 100 * 0.3)
    assert (calls.quality.first_worse_s, calls.quality.below_floor_s) == (HOUR, 4 * HOUR)
    assert happened.affected["people"].spoiled_hours == pytest.approx(10 * 4 * 0.3)
    assert happened.affected["people"].customers == 0
    assert happened.quality_causes["people"] == ("people", "calls", "card")
    assert happened.good_at("calls", 2 * HOUR) == pytest.approx(0.7)


def test_only_what_gets_through_is_spoilt() -> None:
    """Half of the card's share fails as well: the mixture is by what is delivered, with the surge of the demand."""
    events: list[dict[str, Any]] = [*EVENTS, {"at": "1h", "until": "5h", "select": {"id": "card"}, "effect": {"level": 0.5}},
              {"at": "1h", "until": "5h", "select": {"id": "calls"}, "effect": {"surge": 2}}]  # fmt: skip
    calls = went(events).activities["calls"]
    assert calls.quality is not None
    assert calls.quality.lowest == pytest.approx((0.25 * 0.4 + 0.5) / 0.75)
    assert calls.lost_contacts == pytest.approx(4 * 100 * 2 * 0.25)
    assert calls.quality.spoiled_contacts == pytest.approx(4 * 100 * 2 * 0.25 * 0.6)


def test_a_fallback_may_be_called_for_by_quality() -> None:
    """It is noticed by complaints of what was spoilt, carries instead of the card, and goes back when that is well."""
    happened = went(EVENTS, {"trigger_quality_below": 0.9, "stabilise": "30m"})
    noticed = HOUR + 6 / (100 * 0.3 * 0.1) * HOUR
    assert happened.noticed_s == pytest.approx(noticed)
    times, shares = zip(*happened.quality["calls"], strict=True)
    assert times == pytest.approx((0, HOUR, noticed))
    assert shares == pytest.approx((1, 0.7, 1))
    assert [str(state) for _, state in happened.fallbacks["f"]] == [
        "idle", "detecting", "active", "idle",
    ]  # fmt: skip


def test_without_a_threshold_quality_calls_for_nothing() -> None:
    """The level is whole, so a fallback that goes by levels stays where it is."""
    assert [str(state) for _, state in went(EVENTS, {"trigger_below": 1}).fallbacks["f"]] == ["idle"]


def test_a_run_in_which_nothing_is_spoilt_says_nothing_of_quality() -> None:
    """Neither a scenario without such events nor one that spoils nothing adds a field to the JSON."""
    level = [{"at": "1h", "until": "5h", "select": {"id": "card"}, "effect": {"level": 0.4}}]
    whole = [{"at": "1h", "until": "5h", "select": {"id": "card"}, "effect": {"quality": 1}}]
    for events in (level, whole):
        data = went(events).json_data()
        assert not {"quality", "quality_causes"} & set(data)
        assert "quality" not in data["activities"]["calls"]
        assert "spoiled_hours" not in data["affected"]["people"]
    data = went(EVENTS).json_data()
    assert data["activities"]["calls"]["quality"]["lowest"] == pytest.approx(0.7)
    assert data["affected"]["people"]["spoiled_hours"] > 0
