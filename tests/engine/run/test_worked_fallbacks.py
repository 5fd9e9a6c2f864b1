"""Fallbacks of plans small enough to be worked by hand. Times in minutes."""

from __future__ import annotations

from typing import Any

from bcp.model.plan import Plan
from tests.engine.worked import DAY, HOUR, event, levels, plan_of, ran, states


def plan_with(*, component: dict[str, Any] | None = None, **fallback: Any) -> Plan:
    """A number `n` on a platform `in`, a mobile number `m`, a portal, and fallback `f` of the number via the mobile."""
    return plan_of(
        {"in": {}, "m": {}, "portal": {}, "n": {"detection": "5m", "requires": "in", **(component or {})}},
        {"f": {"protects": "n", "via": "m", **fallback}},
    )


def test_detection_decision_and_lead_time_follow_each_other() -> None:
    """Failed at 10, noticed at 15, decided at 25, carrying 0.6 from 45; back at 180, home after half an hour."""
    found = ran(plan_with(decision="10m", lead_time="20m", capacity=0.6), event("in", 10, 180, 0))
    assert states(found) == [
        (0, "idle"),
        (10, "detecting"),
        (15, "activating"),
        (45, "active"),
        (210, "idle"),
    ]
    assert levels(found, "n") == [(0, 1), (10, 0), (45, 0.6), (180, 1)]


def test_an_automatic_fallback_skips_the_decision() -> None:
    """Noticed at 5 and carrying at 15, whatever the decision would have taken."""
    found = ran(plan_with(automatic=True, decision="4h", lead_time="10m"), event("in", 0, 60, 0))
    assert states(found) == [(0, "detecting"), (5, "activating"), (15, "active"), (90, "idle")]


def test_a_level_at_the_trigger_does_not_trigger() -> None:
    """0.5 is not below the default of 0.5; 0.49 is."""
    plan = plan_with(automatic=True)
    assert states(ran(plan, event("in", 0, 60, 0.5))) == [(0, "idle")]
    assert states(ran(plan, event("in", 0, 60, 0.49)))[0] == (0, "detecting")


def test_a_primary_that_is_back_in_time_sends_the_fallback_home() -> None:
    """Back at 20, before the 30 minutes of activation are over."""
    found = ran(plan_with(lead_time="20m"), event("in", 0, 20, 0))
    assert states(found) == [(0, "detecting"), (5, "activating"), (20, "idle")]


def test_endurance_runs_out_and_nothing_carries_until_the_primary_is_back() -> None:
    """Carrying 0.8 from 15 for an hour; nothing from 75 on; home when the primary is back at 300."""
    plan = plan_with(automatic=True, lead_time="10m", capacity=0.8, endurance="1h")
    found = ran(plan, event("in", 0, 300, 0))
    assert states(found) == [
        (0, "detecting"),
        (5, "activating"),
        (15, "active"),
        (75, "exhausted"),
        (300, "idle"),
    ]
    assert levels(found, "n") == [(0, 0), (15, 0.8), (75, 0), (300, 1)]


def test_a_fallback_carries_load_until_it_has_failed_back() -> None:
    """The primary is back at half at 60: 0.5 + 0.4 until 20 minutes of stabilising and 10 of failing back are over."""
    plan = plan_with(
        component={"detection": "0s"}, automatic=True, capacity=0.4, stabilise="20m", failback="10m"
    )
    found = ran(plan, event("in", 0, 60, 0), event("in", 60, 120, 0.5))
    assert states(found) == [(0, "active"), (80, "failing_back"), (90, "idle")]
    assert levels(found, "n") == [(0, 0.4), (60, 0.9), (90, 0.5), (120, 1)]


def test_a_primary_that_fails_again_during_failback_is_covered_again() -> None:
    """Stable from 60, failing back from 80; gone again at 85: active; stable from 100, so 120, and home at 130."""
    plan = plan_with(component={"detection": "0s"}, automatic=True, stabilise="20m", failback="10m")
    found = ran(plan, event("in", 0, 60, 0), event("in", 85, 100, 0))
    assert states(found) == [
        (0, "active"),
        (80, "failing_back"),
        (85, "active"),
        (120, "failing_back"),
        (130, "idle"),
    ]
    assert levels(found, "n") == [(0, 1)]


def test_stabilising_begins_again_when_the_primary_dips() -> None:
    """Stable from 30 to 40 and from 50 on: home at 70, not at 50."""
    plan = plan_with(component={"detection": "0s"}, automatic=True, stabilise="20m")
    found = ran(plan, event("in", 0, 30, 0), event("in", 40, 50, 0))
    assert states(found) == [(0, "active"), (70, "idle")]


def test_what_is_frozen_cannot_be_used_to_activate() -> None:
    """Activating from 5; the portal is frozen from 10 to 40; the other 15 of 20 minutes after that: active at 55."""
    plan = plan_with(automatic=True, lead_time="20m", needs="portal")
    found = ran(plan, event("in", 0, 120, 0), event("portal", 10, 40, {"freeze": True}))
    assert states(found) == [
        (0, "detecting"),
        (5, "activating"),
        (10, "blocked"),
        (40, "activating"),
        (55, "active"),
        (150, "idle"),
    ]
    assert found["blocked"] == {"f": ["portal"]}


def test_a_need_at_half_serves_and_below_half_blocks() -> None:
    """At 0.5 the portal serves; at 0.4 (10–40) it does not."""
    plan = plan_with(automatic=True, lead_time="20m", needs="portal")
    found = ran(plan, event("in", 0, 120, 0), event("portal", 0, 10, 0.5), event("portal", 10, 40, 0.4))
    assert states(found)[1:4] == [(5, "activating"), (10, "blocked"), (40, "activating")]


def test_a_diversion_that_lives_on_what_failed_never_executes() -> None:
    """Even one that takes no time is blocked by the platform, and goes home when that is back."""
    plan = plan_with(component={"detection": "0s"}, automatic=True, executes_at="in")
    found = ran(plan, event("in", 10, 180, 0))
    assert states(found) == [(0, "idle"), (10, "blocked"), (180, "idle")]
    assert found["blocked"] == {"f": ["in"]}
    assert levels(found, "n") == [(0, 1), (10, 0), (180, 1)]


def test_what_it_needs_only_to_activate_may_fail_afterwards() -> None:
    """Active at 25; the portal's failure at 30 does not end it; the mobile at half (40–50) halves what it carries."""
    plan = plan_with(automatic=True, lead_time="20m", needs="portal", capacity=0.8)
    found = ran(plan, event("in", 0, 60, 0), event("portal", 30, 60, 0), event("m", 40, 50, 0.5))
    assert levels(found, "n") == [(0, 0), (25, 0.8), (40, 0.4), (50, 0.8), (60, 1)]


def test_a_silent_failure_without_complaints_is_noticed_after_a_day() -> None:
    """No activity is hit, so nobody complains: noticed at 24 h, then 10 minutes of decision and 20 of lead time."""
    found = ran(plan_with(lead_time="20m"), event("in", 0, None, 0, silent=True), horizon="48h")
    assert states(found) == [(0, "detecting"), (DAY, "activating"), (DAY + 30, "active")]


def test_a_silent_failure_is_noticed_by_complaints_whatever_the_surge() -> None:
    """60 contacts an hour at half a level make 0.3 complaints an hour: 5 of them take 16 h 40 min."""
    plan = plan_of(
        {"in": {}, "m": {}, "cs": {"requires": "in", "bia": {"demand": "60/h"}}},
        {"f": {"protects": "in", "via": "m", "automatic": True, "trigger_below": 0.6}},
    )
    found = ran(plan, event("in", 60, None, 0.5, silent=True), event("cs", 0, None, {"surge": 9}))
    assert states(found) == [(0, "idle"), (60, "detecting"), (60 + 16 * HOUR + 40, "active")]


def test_monitoring_sees_what_is_not_silent_when_it_joins() -> None:
    """Silently at 0.4 from 0; at 60 a failure that is seen takes it to 0: noticed 5 minutes later."""
    found = ran(plan_with(automatic=True), event("in", 0, 180, 0.4, silent=True), event("in", 60, 120, 0))
    assert states(found) == [(0, "detecting"), (65, "active"), (210, "idle")]


def test_an_event_may_say_when_it_is_detected() -> None:
    """Two minutes after it began, though the number's own detection is 5 and the cause lies on the platform."""
    found = ran(plan_with(lead_time="10m"), event("in", 10, 120, 0, detected_after="2m"))
    assert states(found)[:4] == [(0, "idle"), (10, "detecting"), (12, "activating"), (32, "active")]


def test_a_plan_that_never_sufficed_is_noticed_by_detection() -> None:
    """A pool of 0.3 calls for its fallback from the start, without any event."""
    plan = plan_of(
        {"a": {}, "m": {}, "n": {"detection": "5m", "requires": [{"pool": {"a": 0.3}}]}},
        {"f": {"protects": "n", "via": "m", "automatic": True, "capacity": 0.5}},
    )
    found = ran(plan)
    assert states(found) == [(0, "detecting"), (5, "active")]
    assert levels(found, "n") == [(0, 0.3), (5, 0.8)]


def test_two_fallbacks_on_one_component_add_up_to_at_most_its_full_level() -> None:
    """0.6 from 5 on, and 0.7 more from 35 on: 1, not 1.3."""
    plan = plan_of(
        {"n": {"detection": "5m"}, "m": {}, "web": {}},
        {
            "f": {"protects": "n", "via": "m", "automatic": True, "capacity": 0.6},
            "g": {
                "protects": "n",
                "via": ["web", "m"],
                "automatic": True,
                "lead_time": "30m",
                "capacity": 0.7,
            },
        },
    )
    found = ran(plan, event("n", 0, 60, 0))
    assert levels(found, "n") == [(0, 0), (5, 0.6), (35, 1)]


def test_a_fallback_breaks_a_black_start() -> None:
    """Generator from 20, net up on it at 30: then power and net hold each other up, also when it goes home at 60."""
    plan = plan_of(
        {"power": {"detection": "0s", "requires": "net"}, "net": {"restart": "10m", "requires": "power"}},
        {"f": {"protects": "power", "automatic": True, "lead_time": "20m"}},
    )
    found = ran(plan, event("power", 0, 10, 0))
    assert levels(found, "power") == [(0, 0), (20, 1)]
    assert levels(found, "net") == [(0, 0), (30, 1)]
    assert states(found) == [(0, "activating"), (20, "active"), (60, "idle")]
    assert found["deadlocks"] == []


def test_a_fallback_used_up_while_only_it_holds_the_primary_up_is_exhausted() -> None:
    """While `f` carries, n gets 0.5 back through its ring; without it the ring sinks to 0: used up at 60, not home."""
    plan = plan_of(
        {"n": {"detection": "0s", "requires": [{"pool": {"r": 0.5}}]}, "r": {"requires": "n"}},
        {"f": {"protects": "n", "automatic": True, "endurance": "1h", "stabilise": "2h"}},
    )
    found = ran(plan, event("n", 10, 20, 0))
    assert states(found) == [(0, "active"), (60, "exhausted")]
    assert levels(found, "n") == [(0, 1), (60, 0)]


def test_a_primary_that_sinks_as_the_fallback_goes_home_calls_for_it_again() -> None:
    """Home at once at 40, with half a level through the ring; without it the ring sinks to 0: active again at 60."""
    plan = plan_of(
        {
            "n": {"detection": "0s", "requires": [{"pool": {"r": 0.5}}]},
            "r": {"restart": "20m", "requires": "n"},
        },
        {"f": {"protects": "n", "decision": "20m", "stabilise": "0s"}},
    )
    found = ran(plan, event("n", 0, 10, 0), horizon="70m")
    assert states(found) == [(0, "activating"), (20, "active"), (40, "activating"), (60, "active")]
    assert levels(found, "n") == [(0, 0), (20, 1), (40, 0), (60, 1)]
