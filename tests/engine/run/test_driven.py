"""Runs that people's decisions drive. Times in minutes where worked by hand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bcp.engine.run.result import run
from bcp.errors import NotFoundError
from bcp.model.decision import Act, Decision
from bcp.model.fallback import Fallback
from bcp.model.plan import Plan
from bcp.model.run import FallbackState, Run, at
from bcp.model.scenario import Scenario
from tests.engine.agreement import lasting, same_steps
from tests.engine.coarse import coarse_plans, coarse_scenarios
from tests.engine.worked import MINUTE, event, plan_of

NOISE = 1e-9
CARRIES = (FallbackState.ACTIVE, FallbackState.FAILING_BACK)


def plan_with(*, component: dict[str, Any] | None = None, **fallback: Any) -> Plan:
    """A number `n` on a platform `in`, a mobile number `m`, a portal, and fallback `f` of the number via the mobile."""
    return plan_of(
        {"in": {}, "m": {}, "portal": {}, "n": {"detection": "5m", "requires": "in", **(component or {})}},
        {"f": {"protects": "n", "via": "m", "lead_time": "20m", **fallback}},
    )


def decided(*made: tuple[float, str]) -> list[Decision]:
    """Decisions about fallback `f`, with their minutes."""
    return [Decision(at=t * MINUTE, fallback="f", act=Act(act)) for t, act in made]


def states(plan: Plan, *events: dict[str, Any], made: list[Decision]) -> list[tuple[float, str]]:
    """The states of fallback `f` with their minutes."""
    scenario = Scenario.model_validate(
        {"id": "worked", "title": "Worked", "horizon": "30h", "events": list(events)}
    )
    return [(t / MINUTE, str(state)) for t, state in run(plan, scenario, decisions=made).fallbacks["f"]]


OUTAGE = event("in", 10, 180, 0)


def test_nothing_is_activated_that_nobody_decides() -> None:
    """Noticed at 15, it waits until the primary is back."""
    assert states(plan_with(), OUTAGE, made=[]) == [
        (0, "idle"),
        (10, "detecting"),
        (15, "waiting"),
        (180, "idle"),
    ]


def test_what_is_automatic_decides_itself() -> None:
    """An automatic fallback needs nobody, in a driven run as in any other."""
    assert states(plan_with(automatic=True), OUTAGE, made=[])[2:4] == [(15, "activating"), (35, "active")]


def test_a_decision_starts_the_lead_time() -> None:
    """Decided at 40 it carries from 60, and goes back by itself as in any run."""
    assert states(plan_with(), OUTAGE, made=decided((40, "activate"))) == [
        (0, "idle"),
        (10, "detecting"),
        (15, "waiting"),
        (40, "activating"),
        (60, "active"),
        (210, "idle"),
    ]


def test_a_decision_may_come_before_anybody_notices() -> None:
    """Decided at 12, it is being activated from 12 on."""
    assert states(plan_with(), OUTAGE, made=decided((12, "activate")))[1:4] == [
        (10, "detecting"),
        (12, "activating"),
        (32, "active"),
    ]


def test_what_nothing_calls_for_stays_in_place_until_it_was_called_for() -> None:
    """Activated ahead of the outage it carries through it, and goes back half an hour after it."""
    assert states(plan_with(), event("in", 300, 400, 0), made=decided((0, "activate"))) == [
        (0, "activating"),
        (20, "active"),
        (430, "idle"),
    ]


def test_an_activation_that_was_called_for_ends_when_the_primary_is_back() -> None:
    """The primary back at 30, ten minutes before it would carry: nothing is left to do."""
    found = states(plan_with(), event("in", 10, 30, 0), made=decided((20, "activate")))
    assert found[-2:] == [(20, "activating"), (30, "idle")]


def test_what_is_reported_in_place_carries_at_once() -> None:
    """Reported at 25, ten minutes into a lead time of twenty, it carries from 25."""
    assert states(plan_with(), OUTAGE, made=decided((15, "activate"), (25, "in_place")))[-3:] == [
        (15, "activating"),
        (25, "active"),
        (210, "idle"),
    ]
    assert states(plan_with(), OUTAGE, made=decided((25, "in_place")))[-2:] == [(25, "active"), (210, "idle")]


@pytest.mark.parametrize("how", ["needs", "executes_at"])
def test_what_stands_in_the_way_holds_up_a_report_too(how: str) -> None:
    """With the portal down from 20 to 70, what is said to carry at 25 is blocked, and carries at 70."""
    plan = plan_with(**{how: "portal"})
    found = states(plan, OUTAGE, event("portal", 20, 70, 0), made=decided((25, "in_place")))
    assert found[-3:] == [(25, "blocked"), (70, "active"), (210, "idle")]


def test_standing_down_ends_it_and_waits_for_another_decision() -> None:
    """Stood down at 60 while still called for, it waits; decided again at 90 it carries at 110."""
    made = decided((20, "activate"), (60, "stand_down"), (90, "activate"))
    assert states(plan_with(), OUTAGE, made=made)[3:7] == [
        (20, "activating"),
        (40, "active"),
        (60, "waiting"),
        (90, "activating"),
    ]


def test_what_is_automatic_and_stood_down_stays_down() -> None:
    """It does not start again by itself in the same outage, and does in the next."""
    events = (OUTAGE, event("in", 600, 700, 0))
    found = states(plan_with(automatic=True), *events, made=decided((60, "stand_down")))
    assert (60, "waiting") in found
    assert (180, "idle") in found
    assert (625, "active") in found


def test_decisions_of_one_instant_are_taken_in_order() -> None:
    """With the clock stopped at 30: activated, in place, stood down, in place again: it carries."""
    acts = ["activate", "in_place", "stand_down", "in_place"]
    assert (30, "active") in states(plan_with(), OUTAGE, made=decided(*((30, act) for act in acts)))


def test_a_stand_down_taken_back_at_once_was_none() -> None:
    """With the clock stopped at 60, stood down and reported in place again: it goes on carrying."""
    made = decided((20, "in_place"), (60, "stand_down"), (60, "in_place"))
    assert states(plan_with(), OUTAGE, made=made)[-2:] == [(20, "active"), (210, "idle")]


def test_endurance_counts_from_the_report() -> None:
    """In place at 25 for an hour, it is used up at 85; people may put it in place anew."""
    made = decided((25, "in_place"), (100, "in_place"))
    assert states(plan_with(endurance="1h"), OUTAGE, made=made)[-5:] == [
        (25, "active"),
        (85, "exhausted"),
        (100, "active"),
        (160, "exhausted"),
        (180, "idle"),
    ]


def test_the_declaration_is_the_first_decision() -> None:
    """The run says when people first decided, and nothing where nobody did."""
    scenario = Scenario.model_validate({"id": "w", "title": "W", "events": [OUTAGE]})
    assert run(plan_with(), scenario, decisions=decided((40, "activate"))).declared_s == 40 * MINUTE
    assert run(plan_with(), scenario, decisions=[]).declared_s is None


def test_a_decision_on_a_fallback_that_is_not_there_is_named() -> None:
    """An unknown fallback is an error that names it and the nearest one."""
    scenario = Scenario.model_validate({"id": "w", "title": "W", "events": [OUTAGE]})
    with pytest.raises(NotFoundError, match=r"'ff'.*Did you mean \"f\""):
        run(plan_with(), scenario, decisions=[Decision(at=0, fallback="ff", act=Act.ACTIVATE)])


def with_times(plan: Plan, **least: float) -> Plan:
    """The plan in which nothing is done in no time, so that no two rules meet at one instant by themselves."""
    changed = {
        f: fallback.model_copy(
            update={
                "lead_time": max(fallback.lead_time or 0.0, least.get("lead", 300.0)),
                "endurance": fallback.endurance if least.get("tires", 1.0) else None,
                "automatic": fallback.automatic and bool(least.get("automatic", 1.0)),
            }
        )
        for f, fallback in plan.fallbacks.items()
    }
    return plan.model_copy(update={"fallbacks": changed})


def moments(plan: Plan, happened: Run) -> list[tuple[float, str]]:
    """When an un-driven run's decisions were made: once `decision` seconds of an activation have run."""
    found = []
    for f, steps in happened.fallbacks.items():
        if plan.fallbacks[f].automatic:
            continue
        left = _decision(plan, plan.fallbacks[f])
        ends = [t for t, _ in steps[1:]] + [happened.horizon_s]
        waits = False
        for (t, state), end in zip(steps, ends, strict=True):
            if state not in (FallbackState.ACTIVATING, FallbackState.BLOCKED):
                left, waits = _decision(plan, plan.fallbacks[f]), False
                continue
            if waits:
                continue
            if state == FallbackState.ACTIVATING and left < end - t:
                found.append((t + left, f))
                waits = True
            elif state == FallbackState.ACTIVATING:
                left -= end - t
            elif left == 0:
                found.append((t, f))
                waits = True
    return found


def _decision(plan: Plan, fallback: Fallback) -> float:
    return plan.defaults.decision if fallback.decision is None else fallback.decision


@given(st.data())
@settings(max_examples=200)
def test_decisions_as_the_plan_has_them_give_the_plans_own_run(data: st.DataObject) -> None:
    """Decided exactly `decision` after it was noticed, every level and every time of carrying is the same."""
    plan = with_times(data.draw(coarse_plans(1)))
    scenario = data.draw(coarse_scenarios(plan))
    own = run(plan, scenario)
    made = [Decision(at=t, fallback=f, act=Act.ACTIVATE) for t, f in moments(plan, own)]
    driven = run(plan, scenario, decisions=made)
    for i, steps in own.levels.items():
        assert same_steps(lasting(driven.levels[i]), lasting(steps))
    for f, own_steps in own.fallbacks.items():
        carrying = [[(t, s in CARRIES) for t, s in x] for x in (own_steps, driven.fallbacks[f])]
        assert same_steps(lasting(carrying[0]), lasting(carrying[1]))


@given(st.data())
@settings(max_examples=200)
def test_an_earlier_activation_lowers_no_level_until_it_ends(data: st.DataObject) -> None:
    """The only fallback of a plan, activated before the plan would: no level is lower while it goes on."""
    plan = with_times(data.draw(coarse_plans(1, 1)), automatic=0.0)
    scenario = data.draw(coarse_scenarios(plan))
    own = run(plan, scenario)
    first = next(iter(moments(plan, own)), None)
    assume(first is not None)
    assert first is not None
    early = data.draw(st.integers(0, int(first[0] // 60))) * 60.0
    driven = run(plan, scenario, decisions=[Decision(at=early, fallback=first[1], act=Act.ACTIVATE)])
    begun = next((t for t, s in driven.fallbacks[first[1]] if s == FallbackState.ACTIVE), own.horizon_s)
    ended = next((t for t, s in driven.fallbacks[first[1]] if t > begun and s not in CARRIES), own.horizon_s)
    for i, steps in driven.levels.items():
        for t in sorted({t for t, _ in steps} | {t for t, _ in own.levels[i]}):
            if t < ended:
                assert at(steps, t) >= own.level_at(i, t) - NOISE


@given(st.data())
def test_a_run_does_not_know_later_decisions(data: st.DataObject) -> None:
    """Up to any time, levels and states are the same whatever is decided after it."""
    plan = data.draw(coarse_plans(1))
    scenario = data.draw(coarse_scenarios(plan))
    some = st.builds(
        Decision,
        at=st.integers(0, 40).map(lambda n: n * 300.0),
        fallback=st.sampled_from(sorted(plan.fallbacks)),
        act=st.sampled_from(Act),
    )
    made = data.draw(st.lists(some, max_size=6))
    until = data.draw(st.integers(0, 40)) * 300.0
    whole = run(plan, scenario, decisions=made)
    part = run(plan, scenario, decisions=[d for d in made if d.at < until])
    for i, steps in whole.levels.items():
        assert [s for s in steps if s[0] < until] == [s for s in part.levels[i] if s[0] < until]
    for f, states_of in whole.fallbacks.items():
        assert [s for s in states_of if s[0] < until] == [s for s in part.fallbacks[f] if s[0] < until]
