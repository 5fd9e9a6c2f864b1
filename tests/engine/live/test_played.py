from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bcp.engine.live.played import as_things_stand
from bcp.engine.run.result import run
from bcp.model.decision import Act, Decision
from bcp.model.log_entry import Clock, Corrected, Marked
from bcp.model.run import at as value_at
from bcp.model.scenario import Scenario
from tests.engine.coarse import coarse_plans, coarse_scenarios
from tests.engine.live.sitting import PLAN, at, exercise, heard, incident, log
from tests.engine.worked import event


def own(sitting: Any, entries: Any, component: str) -> list[tuple[float, float]]:
    """A component's level over minutes."""
    found = heard(sitting, entries)
    happened = run(PLAN, found.scenario(0.0, whole=True), decisions=[])
    return [(t / 60, level) for t, level in happened.levels[component]]


def test_marks_are_events_until_the_next_mark() -> None:
    """Down at 5, at half at 20, back at 60."""
    marks = [(5, 0.0), (20, 0.5), (60, 1.0)]
    entries = log(*((minute, Marked(component="in", level=level)) for minute, level in marks))
    assert own(incident(), entries, "in") == [(0, 1), (5, 0), (20, 0.5), (60, 1)]


def test_a_struck_out_mark_was_none() -> None:
    """A mark that was wrong leaves no trace in the run."""
    entries = log(
        (0, Marked(component="m", level=0)), (5, Marked(component="in", level=0)), (9, Corrected(entry=2))
    )
    assert own(incident(), entries, "in") == [(0, 1)]


def test_of_two_marks_at_one_second_the_later_counts() -> None:
    """With the clock stopped, the last word is what holds."""
    entries = log((3, Marked(component="in", level=0)), (4, Marked(component="in", level=1)))
    assert own(exercise(scenario=None), entries, "in") == [(0, 1)]


def test_what_is_seen_comes_before_what_was_assumed() -> None:
    """The scenario says down from 10 to 300; marked as back at 100 it is back, and the rest goes on."""
    entries = log((0, Clock(running=True)), (100, Marked(component="in", level=1)))
    assert own(exercise(), entries, "in") == [(0, 1), (10, 0), (100, 1)]
    assert own(exercise(), entries, "portal") == [(0, 1), (400, 0), (500, 1)]


def test_what_was_seen_before_an_event_says_nothing_of_it() -> None:
    """Marked as working at 5, it still falls at 10, when the scenario strikes it."""
    entries = log((0, Clock(running=True)), (5, Marked(component="in", level=1)))
    assert own(exercise(), entries, "in") == [(0, 1), (10, 0), (300, 1)]


def test_a_mark_lengthens_what_the_scenario_would_end() -> None:
    """Marked as down at 200, it is down after 300 too, where the scenario had it repaired."""
    entries = log((0, Clock(running=True)), (200, Marked(component="in", level=0)))
    assert own(exercise(), entries, "in") == [(0, 1), (10, 0)]


def test_a_ramp_of_others_goes_on() -> None:
    """Two components on one ramp: the one that is marked leaves it, the other stays on it."""
    ramp = event("in", 0, 120, {"ramp": {"to": 0.0, "over": "100m"}})
    ramp["select"] = {"id": ["in", "m"]}
    scenario = Scenario.model_validate({"id": "r", "title": "R", "horizon": "10h", "events": [ramp]})
    entries = log((0, Clock(running=True)), (52, Marked(component="in", level=1)))
    alone = run(PLAN, scenario, decisions=[]).levels["m"]
    found = own(exercise(scenario=scenario), entries, "m")
    assert found == [(t / 60, level) for t, level in alone]
    assert own(exercise(scenario=scenario), entries, "in")[-1] == (52, 1)


def test_a_surge_goes_on_where_a_component_was_marked() -> None:
    """A mark says nothing of how many call."""
    scenario = Scenario.model_validate(
        {"id": "s", "title": "S", "events": [event("service", 0, 60, {"level": 0.0, "surge": 3})]}
    )
    entries = log((0, Clock(running=True)), (30, Marked(component="service", level=1)))
    found = heard(exercise(scenario=scenario), entries)
    happened = found.unfolded(found.scenario(0.0, whole=True)).happenings
    place = found.system.index["service"]
    assert [happened.surge(place, t * 60) for t in (10, 40, 70)] == [3, 3, 1]


def test_what_is_marked_in_an_incident_is_known() -> None:
    """The fallback is called for at once: whoever marked it has noticed."""
    entries = log((5, Marked(component="n", level=0)))
    found = heard(incident(), entries)
    happened = run(PLAN, found.scenario(0.0, whole=True), decisions=[])
    assert [(t, str(state)) for t, state in happened.fallbacks["f"]] == [(0, "idle"), (300, "waiting")]


def test_what_was_assumed_begins_when_the_incident_began() -> None:
    """An incident assumed from a notice keeps its own times when something is found to be older."""
    entries = log((40, Marked(component="m", level=0)))
    early = entries[0].model_copy(update={"happened": at(-30)})
    scenario = exercise().scenario
    assert own(incident(scenario=scenario), [early], "in")[:2] == [(0, 1), (40, 0)]
    assert own(incident(scenario=scenario), [early], "m")[0] == (0, 0)


@given(st.data())
def test_the_present_does_not_know_what_is_to_come(data: st.DataObject) -> None:
    """Up to now, what is known of a scenario gives the same levels and states as all of it."""
    plan = data.draw(coarse_plans(1))
    scenario = data.draw(coarse_scenarios(plan))
    now = data.draw(st.integers(0, 40)) * 300.0
    made = [
        Decision(at=data.draw(st.integers(0, 40)) * 300.0, fallback=f, act=Act.ACTIVATE)
        for f in plan.fallbacks
    ]
    whole = run(plan, scenario.model_copy(update={"horizon": 50 * 300.0}), decisions=made)
    known = as_things_stand(scenario, now).model_copy(update={"horizon": 50 * 300.0})
    found = run(plan, known, decisions=made)
    for i, steps in whole.levels.items():
        assert [s for s in steps if s[0] < now] == [s for s in found.levels[i] if s[0] < now]
        assert abs(value_at(steps, now) - found.level_at(i, now)) < 1e-9
    for f, states in whole.fallbacks.items():
        assert [s for s in states if s[0] < now] == [s for s in found.fallbacks[f] if s[0] < now]
