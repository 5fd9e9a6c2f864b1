from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bcp import usecases
from bcp.errors import BcpError, NotFoundError
from bcp.model.decision import Act
from bcp.model.log_entry import (
    ActionAgreed,
    Clock,
    Closed,
    Decided,
    Marked,
    Noted,
)
from bcp.store import PlanStore
from bcp.usecases import sittings
from bcp.usecases.notices_in import scenario_texts
from bcp.usecases.sittings import Seat
from tests.engine.live.sitting import PLAN
from tests.usecases.room import at


def exercised(store: PlanStore, lead: Seat, *, speed: float = 1) -> sittings.Live:
    """An exercise in which the fallback was decided on late and reported in place after 17 minutes."""
    said = [
        (0, Clock(running=True, speed=speed)),
        (40, Decided(fallback="f", act=Act.ACTIVATE, reason="the RTO breaks", owner="Cilla")),
        (57, Decided(fallback="f", act=Act.IN_PLACE)),
        (60, ActionAgreed(text="Write down the portal's address", owner="Bo", due=date(2026, 4, 1))),
        (61, ActionAgreed(text="Done already")),
        (90, Closed()),
    ]
    for minute, what in said:
        sittings.append(store, lead, what, now=at(minute))
    return sittings.live(store, lead.sitting)


def test_the_after_action_has_planned_and_lived_times(store: PlanStore, lead: Seat) -> None:
    """Noticed at 15 both times; planned decided at 25 and in place at 45, lived at 40 and 57."""
    report = sittings.after_action(exercised(store, lead), now=at(200))
    found = report.fallbacks[0]
    assert [
        t and t / 60 for t in (found.planned.noticed_s, found.planned.decided_s, found.planned.in_place_s)
    ] == [
        15,
        25,
        45,
    ]
    assert [t and t / 60 for t in (found.lived.noticed_s, found.lived.decided_s, found.lived.in_place_s)] == [
        15,
        40,
        57,
    ]
    assert (found.decision_s, found.lead_s, found.true_to_life) == (25 * 60, 17 * 60, True)
    assert (report.until_s, report.closed) == (90 * 60, at(90))
    service = report.activities[0]
    assert (service.planned_downtime_s / 60, service.downtime_s / 60) == (35, 47)
    assert next((a.text, a.owner) for a in report.open_actions) == ("Write down the portal's address", "Bo")
    assert [d.reason for d in report.decisions] == ["the RTO breaks", ""]


def test_a_fast_clock_is_not_true_to_life(store: PlanStore, lead: Seat) -> None:
    """Where the clock ran faster than real time, the times are said not to be those of people."""
    assert not sittings.after_action(exercised(store, lead, speed=2), now=at(200)).fallbacks[0].true_to_life


def test_measured_times_go_into_the_plan(store: PlanStore, lead: Seat) -> None:
    """Lead time, decision and the day of the test are the measured ones, and a test is on record; nothing else changes."""
    report = sittings.after_action(exercised(store, lead), now=at(200))
    after = sittings.with_measured(PLAN, report, ["f"], result="It works")
    f = after.fallbacks["f"]
    assert (f.lead_time, f.decision, f.last_tested) == (17 * 60, 25 * 60, date(2026, 3, 3))
    record = after.document.tests[-1]
    assert (record.what, record.result) == ("Outage", "It works")
    assert "Write down the portal's address – Bo – 2026-04-01" in record.actions
    assert after.components == PLAN.components
    assert (
        f.model_copy(update={"lead_time": 1200.0, "decision": None, "last_tested": None})
        == PLAN.fallbacks["f"]
    )
    assert sittings.with_measured(PLAN, report, []) == PLAN
    with pytest.raises(NotFoundError, match="not tried"):
        sittings.with_measured(PLAN, report, ["g"])


def test_a_blocked_fallback_is_measured_without_the_wait(store: PlanStore, duty: Seat) -> None:
    """The portal was down for ten of the thirty minutes between decision and report: twenty were work."""
    said = [
        (0, Marked(component="in", level=0)),
        (5, Decided(fallback="f", act=Act.ACTIVATE)),
        (10, Marked(component="portal", level=0)),
        (20, Marked(component="portal", level=1)),
        (35, Decided(fallback="f", act=Act.IN_PLACE)),
    ]
    for minute, what in said:
        sittings.append(store, duty, what, now=at(minute))
    found = sittings.after_action(sittings.live(store, duty.sitting), now=at(60)).fallbacks[0]
    assert (found.blocked_s, found.lead_s) == (600, 20 * 60)


def test_what_nobody_reported_is_not_measured(store: PlanStore, lead: Seat) -> None:
    """A fallback that only the simulation put in place keeps its lead time and its last test."""
    for minute, what in ((0, Clock(running=True)), (40, Decided(fallback="f", act=Act.ACTIVATE))):
        sittings.append(store, lead, what, now=at(minute))
    report = sittings.after_action(sittings.live(store, lead.sitting), now=at(80))
    assert (report.fallbacks[0].lead_s, report.fallbacks[0].reported) == (None, False)
    f = sittings.with_measured(PLAN, report, ["f"]).fallbacks["f"]
    assert (f.lead_time, f.last_tested, f.decision) == (1200, None, 25 * 60)


def test_a_report_without_a_decision_measures_neither(store: PlanStore, lead: Seat) -> None:
    """In place without anybody's decision: neither decision nor lead time is measured, and it counts as tried."""
    for minute, what in ((0, Clock(running=True)), (40, Decided(fallback="f", act=Act.IN_PLACE))):
        sittings.append(store, lead, what, now=at(minute))
    report = sittings.after_action(sittings.live(store, lead.sitting), now=at(80))
    found = report.fallbacks[0]
    assert (found.decision_s, found.lead_s, found.reported) == (None, None, True)
    f = sittings.with_measured(PLAN, report, ["f"]).fallbacks["f"]
    assert (f.decision, f.lead_time, f.last_tested) == (None, 1200, date(2026, 3, 3))


def test_an_incident_becomes_a_scenario(store: PlanStore, duty: Seat) -> None:
    """What was marked is what its events do: run on the plan, the same goes down for as long."""
    for minute, what in (
        (5, Marked(component="in", level=0, source="everybody calls")),
        (30, Noted(text="First call from the press")),
        (65, Marked(component="in", level=1)),
        (70, Closed()),
    ):
        sittings.append(store, duty, what, now=at(minute))
    found = sittings.live(store, duty.sitting)
    scenario = sittings.scenario_from(found, "telia-2026", now=at(100))
    happened = usecases.run(PLAN, scenario)
    assert happened.levels["in"] == ((0, 1), (300, 0), (3900, 1))
    assert (scenario.date, scenario.clock, scenario.horizon) == ("2026-03-03", "07:00", 70 * 60)
    assert [(i.at, i.text["en"]) for i in scenario.injects] == [(1800, "First call from the press")]
    with pytest.raises(BcpError, match="no id"):
        sittings.scenario_from(found, "not an id", now=at(100))


def test_a_scenario_from_an_incident_can_be_written_and_read(
    store: PlanStore, duty: Seat, tmp_path: Path
) -> None:
    """As a file it is a scenario like any other, whatever was written in the log."""
    text = "=1+1 {n} ”å”\n# no comment: [x]"
    for minute, what in ((5, Marked(component="in", level=0.4, source=text)), (7, Noted(text=text))):
        sittings.append(store, duty, what, now=at(minute))
    made = sittings.scenario_from(sittings.live(store, duty.sitting), "own", title="{x}", now=at(100))
    (name, written), *_ = scenario_texts([made]).items()
    (tmp_path / name).write_text(written, encoding="utf-8")
    assert usecases.scenario(str(tmp_path / name)).injects == made.injects
