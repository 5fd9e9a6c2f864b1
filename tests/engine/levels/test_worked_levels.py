"""Levels, restarts and activity figures of plans small enough to be worked by hand. Times in minutes."""

from __future__ import annotations

import pytest

from tests.engine.worked import HOUR, event, levels, plan_of, ran


def test_a_soft_requirement_costs_its_impact() -> None:
    """Without the CRM 20 % are lost: level 0.8 for 30 minutes, below an MBCO of 0.9, 100 · 0.2 · 0.5 = 10 contacts."""
    plan = plan_of(
        {
            "crm": {},
            "cs": {
                "requires": [{"needs": "crm", "impact": 0.2}],
                "bia": {"mbco": 0.9, "demand": "100/h"},
            },
        }
    )
    found = ran(plan, event("crm", 10, 40, 0))
    assert levels(found, "cs") == [(0, 1), (10, 0.8), (40, 1)]
    figures = found["activities"]["cs"]
    assert figures["downtime_s"] == 30 * 60
    assert figures["lost_contacts"] == pytest.approx(10)


def test_half_of_a_soft_requirement_costs_half_its_impact() -> None:
    """At level 0.5 an impact of 0.2 costs 0.1, and that does not add up with a deeper cause: the minimum counts."""
    plan = plan_of({"a": {}, "b": {}, "c": {"requires": [{"needs": "a", "impact": 0.2}, "b"]}})
    found = ran(plan, event("a", 0, 30, 0.5), event("b", 10, 20, 0.4))
    assert levels(found, "c") == [(0, 0.9), (10, 0.4), (20, 0.9), (30, 1)]


def test_the_same_cause_by_two_paths_counts_once() -> None:
    """Both paths from the core to the service are at 0.6, and so is the service, not at 0.36."""
    plan = plan_of(
        {"core": {}, "p": {"requires": "core"}, "q": {"requires": "core"}, "cs": {"requires": ["p", "q"]}}
    )
    assert levels(ran(plan, event("core", 5, 6, 0.6)), "cs") == [(0, 1), (5, 0.6), (6, 1)]


def test_a_pool_rebalances_up_to_its_capacity() -> None:
    """Of 0.6 + 0.6: one gone leaves 0.6; one at half leaves 0.9; one at 0.8 leaves 1.08, which is 1."""
    plan = plan_of({"a": {}, "b": {}, "n": {"requires": [{"pool": {"a": 0.6, "b": 0.6}}]}})
    found = ran(plan, event("a", 10, 20, 0), event("a", 20, 30, 0.5), event("a", 30, 40, 0.8))
    assert levels(found, "n") == [(0, 1), (10, 0.6), (20, 0.9), (30, 1)]


def test_a_split_loses_the_share_of_what_is_gone() -> None:
    """One operator carries 3 % of the calls: 0.97 for an hour is below a default MBCO of 1; 1000 · 0.03 = 30 lost."""
    plan = plan_of(
        {
            "kpn": {},
            "rest": {},
            "cs": {
                "requires": [{"split": {"kpn": 0.03, "rest": 0.97}}],
                "bia": {"demand": "1000/h", "rto": "30m", "mtpd": "1d"},
            },
        }
    )
    found = ran(plan, event("kpn", 60, 120, 0))
    assert levels(found, "cs") == [(0, 1), (60, 0.97), (120, 1)]
    figures = found["activities"]["cs"]
    assert figures["lost_contacts"] == pytest.approx(30)
    assert (figures["first_below_s"], figures["rto_met"], figures["mtpd_met"]) == (3600, False, True)
    assert figures["rto_breach_s"] == 90 * 60


def test_a_quorum_is_worth_its_kth_best_member() -> None:
    """Two of (0.4, 0.7, 1) are worth 0.7; with the best one gone two of (0.4, 0.7, 0) are worth 0.4."""
    plan = plan_of(
        {"d1": {}, "d2": {}, "d3": {}, "db": {"requires": [{"quorum": 2, "of": ["d1", "d2", "d3"]}]}}
    )
    found = ran(plan, event("d1", 0, 60, 0.4), event("d2", 0, 60, 0.7), event("d3", 10, 20, 0))
    assert levels(found, "db") == [(0, 0.7), (10, 0.4), (20, 0.7), (60, 1)]


def test_what_is_needed_to_start_is_not_missed_while_running() -> None:
    """Sign-on is gone 0–60 and nobody minds until the platform fails (20–30): the number is up 10 after both are."""
    plan = plan_of(
        {
            "aaa": {},
            "in": {},
            "n": {"restart": "10m", "requires": ["in", {"needs": "aaa", "during": "start"}]},
        }
    )
    found = ran(plan, event("aaa", 0, 60, 0), event("in", 20, 30, 0))
    assert levels(found, "n") == [(0, 1), (20, 0), (70, 1)]


def test_a_restart_that_is_broken_begins_again() -> None:
    """Half an hour from 10 on is broken at 20; from 25 on it takes the whole half hour: up at 55."""
    plan = plan_of({"power": {}, "in": {"restart": "30m", "requires": "power"}})
    found = ran(plan, event("power", 0, 10, 0), event("power", 20, 25, 0))
    assert levels(found, "in") == [(0, 0), (55, 1)]


def test_restarts_follow_each_other_along_a_chain() -> None:
    """Power is back at 10, the node is up 20 minutes later, what rests on it another 30 later."""
    plan = plan_of(
        {
            "power": {},
            "node": {"restart": "20m", "requires": "power"},
            "voice": {"restart": "30m", "requires": "node"},
        }
    )
    found = ran(plan, event("power", 0, 10, 0))
    assert levels(found, "node") == [(0, 0), (30, 1)]
    assert levels(found, "voice") == [(0, 0), (60, 1)]


def test_a_component_that_starts_does_so_at_its_reduced_level() -> None:
    """While 0.3 of the power is there the node may start; it then delivers 0.3, and 1 once all is back."""
    plan = plan_of({"power": {}, "node": {"restart": "20m", "requires": "power"}})
    found = ran(plan, event("power", 0, 10, 0), event("power", 10, 60, 0.3))
    assert levels(found, "node") == [(0, 0), (30, 0.3), (60, 1)]


def test_a_ramp_goes_down_in_twenty_steps_and_the_lowest_event_counts() -> None:
    """To 0 in 100 minutes: 0.975, 0.925, … every 5, but 0.6 at 20–40, where the ramp is at 0.775–0.625."""
    plan = plan_of({"a": {}})
    found = ran(plan, event("a", 0, 50, {"ramp": {"to": 0, "over": "100m"}}), event("a", 20, 40, 0.6))
    assert levels(found, "a") == [
        (0, 0.975),
        (5, 0.925),
        (10, 0.875),
        (15, 0.825),
        (20, 0.6),
        (40, 0.575),
        (45, 0.525),
        (50, 1),
    ]


def test_a_ramp_starts_where_the_other_events_have_brought_the_component() -> None:
    """From 0.6 to 0.2 in 20 minutes from 10 on: 0.59, 0.57, … 0.21, then 0.2 until it ends at 40."""
    plan = plan_of({"a": {}})
    found = levels(
        ran(plan, event("a", 0, 35, 0.6), event("a", 10, 40, {"ramp": {"to": 0.2, "over": "20m"}})), "a"
    )
    steps = [(10 + k, round(0.59 - 0.02 * k, 9)) for k in range(20)]
    assert found == [(0, 0.6), *steps, (30, 0.2), (40, 1)]


def test_a_ring_that_holds_itself_up_stays_up() -> None:
    """Nothing fails: both are at 1. One at half brings the other to half, and both come back: neither was down."""
    plan = plan_of({"a": {"requires": "b"}, "b": {"requires": "a"}, "c": {}})
    assert levels(ran(plan, event("c", 0, 10, 0)), "a") == [(0, 1)]
    found = ran(plan, event("a", 10, 20, 0.5))
    assert levels(found, "a") == levels(found, "b") == [(0, 1), (10, 0.5), (20, 1)]


def test_a_ring_that_was_down_never_starts() -> None:
    """Each waits for the other once both are down: a black-start deadlock, and it is named."""
    plan = plan_of({"a": {"requires": "b"}, "b": {"requires": "a"}})
    found = ran(plan, event("a", 10, 20, 0))
    assert levels(found, "a") == levels(found, "b") == [(0, 1), (10, 0)]
    assert found["deadlocks"] == [["a", "b"]]


def test_two_that_need_each_other_only_to_start_survive_one_failure_but_not_two() -> None:
    """At 20 a starts on b, which kept running; when both have failed (30–40) neither starts again."""
    plan = plan_of(
        {
            "a": {"requires": [{"needs": "b", "during": "start"}]},
            "b": {"requires": [{"needs": "a", "during": "start"}]},
        }
    )
    found = ran(plan, event("a", 10, 20, 0), event("a", 30, 40, 0), event("b", 30, 40, 0))
    assert levels(found, "a") == [(0, 1), (10, 0), (20, 1), (30, 0)]
    assert levels(found, "b") == [(0, 1), (30, 0)]


def test_a_ring_through_a_share_sinks_to_what_else_feeds_it() -> None:
    """Half of `a` comes from `b`, which needs `a`: without `c` a = a / 2, so 0; with `c` back both start again."""
    plan = plan_of({"a": {"requires": [{"split": {"b": 0.5, "c": 0.5}}]}, "b": {"requires": "a"}, "c": {}})
    found = ran(plan, event("c", 10, 20, 0.5), event("c", 30, 40, 0))
    assert levels(found, "a") == [(0, 1), (10, 0.5), (20, 1), (30, 0), (40, 1)]


def test_a_surge_multiplies_what_is_lost() -> None:
    """At half a level, an hour at 60 and an hour at four times 60: 30 + 120 contacts. Of two surges the larger counts."""
    plan = plan_of({"cs": {"bia": {"demand": "60/h"}}})
    found = ran(
        plan,
        event("cs", 0, 2 * HOUR, 0.5),
        event("cs", HOUR, 3 * HOUR, {"surge": 4}),
        event("cs", HOUR, 3 * HOUR, {"surge": 2}),
    )
    assert found["activities"]["cs"]["lost_contacts"] == pytest.approx(150)


def test_a_limit_that_is_just_kept_is_met() -> None:
    """An hour down meets an MTPD of an hour, not an RTO of 59 minutes; the impact is that reached at one hour."""
    plan = plan_of(
        {
            "cs": {
                "bia": {
                    "rto": "59m",
                    "mtpd": "1h",
                    "impact": {"money": {"0s": 1, "1h": 5, "4h": 9}, "trust": {"2h": 3}},
                }
            }
        }
    )
    figures = ran(plan, event("cs", 10, 70, 0))["activities"]["cs"]
    assert (figures["longest_s"], figures["rto_met"], figures["mtpd_met"]) == (3600, False, True)
    assert figures["impact"] == {"money": 5, "trust": 0}
    assert (figures["rto_breach_s"], figures["mtpd_breach_s"]) == (69 * 60, None)


def test_two_disruptions_count_together_as_downtime_and_apart_for_the_limits() -> None:
    """30 and 20 minutes: 50 in all, the longest 30, within an RTO of 40."""
    plan = plan_of({"cs": {"bia": {"rto": "40m", "mtpd": "50m"}}})
    figures = ran(plan, event("cs", 0, 30, 0.2), event("cs", 40, 60, 0))["activities"]["cs"]
    assert (figures["downtime_s"], figures["longest_s"]) == (3000, 1800)
    assert (figures["rto_met"], figures["mtpd_met"], figures["min_level"]) == (True, True, 0)


def test_what_lasts_beyond_the_horizon_counts_to_it() -> None:
    """From 30 minutes to a horizon of 2 hours: 90 minutes down; what would happen at the horizon is not seen."""
    plan = plan_of({"cs": {"bia": {"demand": "60/h"}}})
    found = ran(plan, event("cs", 30, 120, 0), horizon="2h")
    assert levels(found, "cs") == [(0, 1), (30, 0)]
    assert found["activities"]["cs"]["downtime_s"] == 90 * 60
    assert found["activities"]["cs"]["lost_contacts"] == pytest.approx(90)


def test_a_customer_group_is_hit_as_deeply_and_as_long_as_its_level() -> None:
    """1000 customers at 0.25 for half an hour: 750 affected, 375 customer hours."""
    plan = plan_of({"net": {}, "town": {"kind": "customer_group", "customers": 1000, "requires": "net"}})
    found = ran(plan, event("net", 0, 30, 0.25))["affected"]["town"]
    assert found == {"customers": 750, "customer_hours": 375}


def test_a_share_too_small_to_deliver_anything_is_zero_and_settles() -> None:
    """A member that carries 1e-13 is no start: the component is down throughout, and the run ends."""
    plan = plan_of({"a": {}, "n": {"requires": [{"pool": {"a": 1e-13}}]}})
    assert levels(ran(plan, event("a", 10, 20, 0)), "n") == [(0, 0)]
