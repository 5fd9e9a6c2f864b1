"""Control paths: every verdict on a step, in a run and by structure."""

from __future__ import annotations

from typing import Any

import pytest

from bcp.engine.people.control_path import control_paths
from bcp.engine.run.result import run
from bcp.model.control_path import ControlPath, StepGap, StepVerdict
from bcp.model.plan import Plan
from bcp.model.scenario import Scenario

MINUTE = 60.0
POSSIBLE, UNKNOWN, SHARES = StepVerdict.POSSIBLE, StepVerdict.UNKNOWN, StepVerdict.SHARES
UNREACHABLE, BLOCKED = StepVerdict.UNREACHABLE, StepVerdict.BLOCKED

COMPONENTS: dict[str, dict[str, Any]] = {
    "in": {"kind": "platform", "name": "IN platform"},
    "number": {"kind": "number", "name": "0771", "requires": "in", "detection": "5m"},
    "core": {"kind": "platform", "name": "Other core"},
    "other": {"kind": "number", "name": "Other number", "requires": "core"},
    "mobile-net": {"kind": "platform", "name": "Mobile network", "operator": "one", "tags": ["mobile"]},
    "portal": {"kind": "support_system", "name": "Portal", "requires": ["code"]},
    "code": {"kind": "support_system", "name": "Code by SMS", "requires": ["mobile-net"]},
    "desk": {"kind": "operator", "name": "Operator's desk"},
    "crew": {"kind": "team", "name": "Crew", "members": ["anna", "bo"]},
}
CONTACTS = {
    "anna": {"name": "Anna", "ways": [{"kind": "mobile", "on": "mobile-net"}]},
    "bo": {"name": "Bo", "ways": [{"kind": "in_person"}]},
    "cia": {"name": "Cia"},
}
STEP = {"do": "Switch", "by": "bo", "takes": "5m"}


def plan_with(*steps: Any, **fallback: Any) -> Plan:
    """The number, protected by one fallback with these steps (decision 10 minutes, lead time 20)."""
    given = {
        "protects": "number",
        "via": ["other"],
        "decision": "10m",
        "lead_time": "20m",
        "steps": list(steps),
    }
    return Plan.model_validate(
        {
            "organisation": {"name": "Test"},
            "components": COMPONENTS,
            "contacts": CONTACTS,
            "fallbacks": {"f": {**given, **fallback}},
        }
    )


def event(*components: str, at: int = 0, lasts: str = "6h", effect: Any = None) -> dict[str, Any]:
    """These components struck for a while from a minute on."""
    return {
        "at": f"{at}m",
        "select": {"id": list(components)},
        "effect": effect or {"level": 0},
        "for": lasts,
    }


def path_in(plan: Plan, *events: dict[str, Any]) -> ControlPath:
    """The only control path, in a run of these events; without any, by structure."""
    if not events:
        return control_paths(plan)[0]
    scenario = Scenario.model_validate({"id": "s", "title": "S", "horizon": "12h", "events": list(events)})
    [path] = control_paths(plan, run(plan, scenario))
    return path


def test_each_step_is_judged_when_it_is_due() -> None:
    """Detection 5 and decision 10 minutes come first, then each step after the one before."""
    path = path_in(plan_with(STEP, STEP, needs=["desk"]), event("in"))
    assert (path.in_run, path.begins_s, path.verdict) == (True, 5 * MINUTE, POSSIBLE)
    assert [(s.number, s.at_s, s.waited_s) for s in path.steps] == [(1, 15 * MINUTE, 0), (2, 20 * MINUTE, 0)]


def test_a_tool_that_is_down_when_the_step_is_due_blocks_it_with_the_way_to_the_cause() -> None:
    """The portal needs a code by SMS, and the mobile network is gone with the platform."""
    path = path_in(plan_with({**STEP, "needs": "portal"}, needs=["desk"]), event("in", "mobile-net"))
    [step] = path.steps
    assert (step.verdict, step.because) == (BLOCKED, ("portal",))
    assert step.path == ("portal", "code", "mobile-net")
    assert step.tools == ("portal", "desk")


def test_a_tool_that_is_back_in_time_is_no_hindrance() -> None:
    """The second step is due after the portal has returned, the first before."""
    steps = ({**STEP, "needs": "portal"}, {**STEP, "needs": "portal"})
    path = path_in(plan_with(*steps, needs=["desk"]), event("in"), event("portal", at=14, lasts="3m"))
    assert [s.verdict for s in path.steps] == [BLOCKED, POSSIBLE]
    assert path.verdict == BLOCKED


def test_what_the_fallback_needs_holds_up_all_its_steps() -> None:
    """The clock stands still: the steps come after the wait, and say how long it was."""
    path = path_in(plan_with(STEP, needs=["desk"]), event("in"), event("desk", at=10, lasts="60m"))
    [step] = path.steps
    assert (step.at_s, step.waited_s, step.verdict) == (75 * MINUTE, 60 * MINUTE, POSSIBLE)


def test_a_diversion_that_lives_in_what_failed_is_blocked_from_the_start() -> None:
    """It never gets further: every step is judged where it stopped."""
    path = path_in(plan_with(STEP, STEP, needs=["portal"], executes_at="in"), event("in"))
    assert [(s.at_s, s.verdict, s.because) for s in path.steps] == [(5 * MINUTE, BLOCKED, ("in",))] * 2


def test_where_nothing_can_be_changed_a_step_is_blocked() -> None:
    """The portal works but is frozen."""
    path = path_in(plan_with(STEP, needs=["portal"]), event("in"), event("portal", effect={"freeze": True}))
    assert [(s.verdict, s.because) for s in path.steps] == [(BLOCKED, ("portal",))]


def test_a_person_without_a_way_left_is_not_reached() -> None:
    """Anna's only way is the mobile network."""
    path = path_in(plan_with({**STEP, "by": "anna"}, needs=["desk"]), event("in", "mobile-net"))
    [step] = path.steps
    assert (step.verdict, step.because, step.path) == (UNREACHABLE, ("anna",), ("mobile-net",))


@pytest.mark.parametrize("gone", [("in", "mobile-net"), ()])
def test_whether_somebody_reads_mail_in_time_is_unknown(gone: tuple[str, ...]) -> None:
    """The mobile is gone, or would be, and only an e-mail still arrives."""
    plan = plan_with({**STEP, "by": "anna"}, protects="mobile-net", via=["desk"], needs=["desk"])
    contacts = {
        **CONTACTS,
        "anna": {
            "name": "Anna",
            "ways": [{"kind": "mobile", "on": "mobile-net"}, {"kind": "email", "on": "desk"}],
        },
    }
    plan = Plan.model_validate({**plan.written(), "contacts": contacts})
    [step] = path_in(plan, *([event(*gone)] if gone else [])).steps
    assert (step.verdict, step.gaps) == (UNKNOWN, (StepGap.REACH,))


def test_of_a_team_one_is_enough() -> None:
    """Bo sits next door."""
    path = path_in(plan_with({**STEP, "by": "crew"}, needs=["desk"]), event("in", "mobile-net"))
    assert path.verdict == POSSIBLE


def test_the_owner_does_what_nobody_is_named_for() -> None:
    """A step without a name is the fallback's owner's."""
    path = path_in(plan_with("Switch", needs=["desk"], owner="anna"), event("in", "mobile-net"))
    assert [(s.by, s.verdict) for s in path.steps] == [("anna", UNREACHABLE)]


@pytest.mark.parametrize(
    ("step", "fallback", "gaps"),
    [
        ("Switch", {"needs": ["desk"]}, (StepGap.WHO,)),
        ({**STEP, "by": "cia"}, {"needs": ["desk"]}, (StepGap.REACH,)),
        (STEP, {}, (StepGap.TOOLS,)),
        (STEP, {"executes_at": "core"}, (StepGap.TOOLS,)),
        ("Switch", {}, (StepGap.WHO, StepGap.TOOLS)),
    ],
)
@pytest.mark.parametrize("events", [(), (event("in"),)])
def test_what_is_not_said_is_unknown_and_asked_for(
    step: Any, fallback: dict[str, Any], gaps: tuple[StepGap, ...], events: tuple[dict[str, Any], ...]
) -> None:
    """Who does it, how they are reached, and with what, in a run and without."""
    [found] = path_in(plan_with(step, **fallback), *events).steps
    assert (found.verdict, found.gaps) == (UNKNOWN, gaps)


def test_a_fallback_without_steps_is_unknown() -> None:
    """Nobody has written down what to do."""
    assert path_in(plan_with(needs=["desk"])).verdict == UNKNOWN


def test_by_structure_a_tool_that_rests_on_what_has_failed_shares_its_fate() -> None:
    """Without a run: the diversion is set up in the platform under the number."""
    path = path_in(plan_with(STEP, needs=["portal"], executes_at="in"))
    [step] = path.steps
    assert (path.in_run, step.at_s, step.verdict) == (False, None, SHARES)
    assert (step.because, step.path) == (("in",), ("in",))


def test_by_structure_the_way_down_to_what_is_shared_is_shown() -> None:
    """The protected mobile number lies in the network that brings the code."""
    plan = plan_with({**STEP, "needs": "portal"}, protects="portal", via=["desk"], needs=["desk"])
    assert path_in(plan).steps[0].path == ("portal",)
    plan = plan_with({**STEP, "needs": "portal"}, protects="mobile-net", via=["desk"], needs=["desk"])
    assert path_in(plan).steps[0].path == ("portal", "code", "mobile-net")


def test_by_structure_a_person_reached_only_through_it_shares_its_fate() -> None:
    """Anna has no other way, the team has Bo."""
    kept = {"protects": "mobile-net", "via": ["desk"], "needs": ["desk"]}
    [step] = path_in(plan_with({**STEP, "by": "anna"}, **kept)).steps
    assert (step.verdict, step.because) == (SHARES, ("mobile-net",))
    assert path_in(plan_with({**STEP, "by": "crew"}, **kept)).verdict == POSSIBLE


def test_a_fallback_that_the_run_does_not_call_for_is_judged_by_structure() -> None:
    """The scenario strikes something else."""
    path = path_in(plan_with(STEP, needs=["desk"]), event("core"))
    assert (path.in_run, path.begins_s, path.steps[0].at_s) == (False, None, None)


def test_a_tool_that_no_run_waits_for_is_named() -> None:
    """The fallback needs the portal, so the code counts, and it goes via the core; the desk counts for nothing."""
    plan = plan_with({**STEP, "needs": ["portal", "code", "mobile-net", "desk", "core"]}, needs=["portal"])
    assert path_in(plan).steps[0].unblocking == ("desk",)


def test_a_step_after_the_load_is_carried_is_judged_then() -> None:
    """An automatic fallback carries load at once; its steps follow."""
    steps = ({**STEP, "takes": "40m"}, {**STEP, "needs": "portal"})
    plan = plan_with(*steps, needs=["desk"], automatic=True, lead_time="1m")
    path = path_in(plan, event("in"), event("portal", at=44, lasts="2m"))
    assert [(s.at_s, s.verdict) for s in path.steps] == [(5 * MINUTE, POSSIBLE), (45 * MINUTE, BLOCKED)]
