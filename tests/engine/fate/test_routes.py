"""Verdicts of the fallback routing plan, on plans small enough to be judged by hand."""

from __future__ import annotations

from typing import Any

import pytest

from bcp.engine.fate.routes import routing_plans
from bcp.model.plan import Plan
from bcp.model.route import RouteOption, Verdict
from bcp.model.scenario import Scenario

MINUTE = 60.0


def plan_with(fallback: dict[str, Any], **more: dict[str, Any]) -> Plan:
    """A number on a platform, a service that rests on it (RTO 1 h, MBCO 0.4), and one fallback."""
    return Plan.model_validate(
        {
            "organisation": {"name": "Test"},
            "components": {
                "in": {"kind": "platform", "name": "IN platform", "operator": "one"},
                "number": {"kind": "number", "name": "0771", "requires": "in", "detection": "5m"},
                "service": {
                    "kind": "activity",
                    "name": "Service",
                    "requires": "number",
                    "bia": {"rto": "1h", "mtpd": "4h", "mbco": 0.4, "demand": "100/h"},
                },
                "core": {"kind": "platform", "name": "Other core", "operator": "two"},
                "other": {"kind": "number", "name": "Other number", "requires": "core"},
                "hosted": {"kind": "number", "name": "Hosted number", "requires": "in"},
                "web": {"kind": "platform", "name": "Web"},
                **more,
            },
            "fallbacks": {"f": {"protects": "number", "decision": "10m", **fallback}},
        }
    )


def failure(component: str = "in", lasts: str = "6h") -> Scenario:
    """One component gone from minute 10 on."""
    event = {"at": "10m", "select": {"id": component}, "effect": {"level": 0}, "for": lasts}
    return Scenario.model_validate({"id": "failure", "title": "Failure", "events": [event]})


def option(plan: Plan, scenario: Scenario | None = None, subject: str = "number") -> RouteOption:
    """The single option of a subject."""
    [routing] = [r for r in routing_plans(plan, scenario) if r.subject == subject]
    [only] = routing.options
    return only


def test_a_fallback_elsewhere_in_time_is_usable_and_says_from_when() -> None:
    """Detection 5, decision 10 and lead time 20 minutes make 35 minutes, within the hour."""
    found = option(plan_with({"via": "other", "lead_time": "20m", "capacity": 0.6}), failure())
    assert found.verdict == Verdict.USABLE
    assert found.triggered
    assert found.active_from_s == 35 * MINUTE
    assert found.limit_s == 60 * MINUTE
    assert found.limit_of == "service"
    assert found.capacity == 0.6
    assert found.subject_level == 0.6


def test_ten_minutes_above_the_rto_is_too_late() -> None:
    """5 + 10 + 55 minutes are 10 more than the RTO of an hour."""
    found = option(plan_with({"via": "other", "lead_time": "55m"}), failure())
    assert found.verdict == Verdict.TOO_LATE
    assert found.active_from_s is not None
    assert found.limit_s is not None
    assert found.active_from_s - found.limit_s == 10 * MINUTE


def test_exactly_the_rto_is_in_time() -> None:
    """An RTO that is just met is met."""
    assert option(plan_with({"via": "other", "lead_time": "45m"}), failure()).verdict == Verdict.USABLE


def test_a_diversion_on_the_failed_platform_is_blocked_by_it() -> None:
    """What lives in the failed network cannot be switched on there, even with no lead time at all."""
    automatic = {"via": "other", "executes_at": "in", "automatic": True, "lead_time": 0}
    found = option(plan_with(automatic), failure())
    assert (found.verdict, found.because) == (Verdict.BLOCKED, ("in",))
    assert found.active_from_s is None


def test_a_block_that_alone_breaks_the_rto_is_named() -> None:
    """It would have been in time, but what it needs came back too late."""
    scenario = failure().model_copy(
        update={
            "events": (
                *failure().events,
                *Scenario.model_validate(
                    {
                        "id": "x",
                        "title": "x",
                        "events": [
                            {"at": "12m", "select": {"id": "web"}, "effect": {"level": 0}, "for": "1h"}
                        ],
                    }
                ).events,
            )
        }
    )
    found = option(plan_with({"via": "other", "needs": "web", "lead_time": "20m"}), scenario)
    assert (found.verdict, found.because) == (Verdict.BLOCKED, ("web",))
    assert found.active_from_s is not None


def test_an_ordinary_looking_number_on_the_same_platform_shares_its_fate() -> None:
    """It is switched on in time and carries nothing, for it lies on the platform that failed."""
    found = option(plan_with({"via": "hosted", "lead_time": "5m"}), failure())
    assert (found.verdict, found.because) == (Verdict.SHARES, ("in",))
    assert found.capacity == 0.0
    [meeting] = found.fate.meetings
    assert meeting.from_fallback == ("hosted", "in")
    assert meeting.from_protected == ("number", "in")


def test_less_than_the_mbco_is_too_small() -> None:
    """30 % do not reach an MBCO of 40 %."""
    found = option(plan_with({"via": "other", "lead_time": "5m", "capacity": 0.3}), failure())
    assert (found.verdict, found.needed_capacity) == (Verdict.TOO_SMALL, 0.4)


def test_a_soft_dependency_needs_less_of_the_fallback() -> None:
    """A service that loses half without the number keeps an MBCO of 0.6 with a fifth of it."""
    soft = {
        "kind": "activity",
        "name": "Service",
        "requires": {"needs": "number", "impact": 0.5},
        "bia": {"rto": "1h", "mbco": 0.6},
    }
    found = option(plan_with({"via": "other", "lead_time": "5m", "capacity": 0.3}, service=soft), failure())
    assert found.needed_capacity == pytest.approx(0.2, abs=1e-4)
    assert found.verdict == Verdict.USABLE


def test_without_a_lead_time_the_verdict_is_unknown() -> None:
    """Nobody has said how long it takes."""
    assert option(plan_with({"via": "other"}), failure()).verdict == Verdict.UNKNOWN


def test_what_rests_on_nothing_known_is_unknown_and_asks() -> None:
    """A number below which the plan names nothing may share anything."""
    bare = {"kind": "number", "name": "Bare number"}
    found = option(plan_with({"via": "other", "lead_time": "5m"}, other=bare), failure())
    assert found.verdict == Verdict.UNKNOWN
    assert "Bare number" in found.fate.question


def test_without_a_scenario_a_hidden_share_is_shown_all_the_same() -> None:
    """A plain failure of the number leaves the platform up, but the fallback would fall with it."""
    found = option(plan_with({"via": "hosted", "lead_time": "5m"}))
    assert (found.verdict, found.because, found.triggered) == (Verdict.SHARES, ("in",), False)


def test_a_fallback_that_the_scenario_does_not_call_for_is_judged_by_a_plain_failure() -> None:
    """The scenario strikes something else; the option keeps its place and its times."""
    found = option(plan_with({"via": "other", "lead_time": "20m"}), failure("web"))
    assert (found.verdict, found.triggered, found.needed_from_s) == (Verdict.USABLE, False, None)
    assert found.active_from_s == 35 * MINUTE


def test_options_stand_best_first_and_activities_before_numbers() -> None:
    """The usable one comes first though its name is last."""
    plan = plan_with({"via": "hosted", "lead_time": "5m"})
    data = plan.written()
    data["fallbacks"]["z"] = {"protects": "number", "via": ["other"], "lead_time": "5m", "decision": "10m"}
    plans = routing_plans(Plan.model_validate(data), failure())
    assert plans[0].subject == "service"
    assert [o.fallback for o in plans[0].options] == ["z", "f"]
    assert plans[0].down_from_s == 10 * MINUTE


def test_what_is_never_in_time_for_a_lasting_failure_is_not_usable() -> None:
    """Forty days of lead time and no RTO: a failure of thirty days ends first."""
    free = {"kind": "activity", "name": "Service", "requires": "number"}
    found = option(plan_with({"via": "other", "lead_time": "40d"}, service=free))
    assert found.verdict == Verdict.TOO_LATE


def test_without_a_lead_time_no_time_is_told() -> None:
    """What nobody has said is not shown as a figure."""
    assert option(plan_with({"via": "other"}), failure()).active_from_s is None
