"""Planned work: its scenarios, when limits break if it is late, and until when it can be rolled back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bcp.engine.notices.go_no_go import go_no_go, go_no_go_tables
from bcp.engine.notices.scenario import events_until, own_states, planned_scenario, scenario_id, variants
from bcp.engine.run.result import run
from bcp.model.go_no_go import Deadline, GoNoGo, Variant
from bcp.model.notice import Notice, NoticeImpact, Window
from bcp.model.notice_match import MatchedNotice, ObjectMatch
from bcp.model.plan import Plan
from bcp.model.scenario import Scenario

START = datetime(2026, 3, 10, 1, tzinfo=UTC)
OUT = NoticeImpact.OUTAGE


def plan(**changes: Any) -> Plan:
    """An activity on a trunk with a restart of 10 min, RTO 5 h, MTPD 20 h, and a fallback for part of it."""
    trunk = {"kind": "trunk", "name": "Trunk", "restart": "10m"}
    bia = {"rto": "5h", "mtpd": "20h"}
    return Plan.model_validate(
        {
            "organisation": {"name": "Liten"},
            "components": {
                "trunk": trunk,
                "spare": {"kind": "trunk", "name": "Spare"},
                "s": {"kind": "activity", "name": "S", "requires": "trunk", "bia": {**bia, **changes}},
            },
            "fallbacks": {"f": {"protects": "trunk", "via": ["spare"], "lead_time": "35m", "capacity": 0.5}},
        }
    )


def work(impact: NoticeImpact = OUT, hours: float | None = 3, *, at: datetime = START) -> MatchedNotice:
    """A notice that strikes the trunk for some hours; None: nobody says until when."""
    window = Window(start=at, end=None if hours is None else at + timedelta(hours=hours))
    notice = Notice(provider="example.com", id="WO 1/2", windows=(window,), summary="{x}", format="maintnote")
    return MatchedNotice(notice=notice, objects=(ObjectMatch(id="T", impact=impact, component="trunk"),))


def table(of: Plan, matched: MatchedNotice, roll_back: float = 0.0) -> GoNoGo:
    """The table of its first window."""
    return go_no_go(of, matched, matched.notice.windows[0], roll_back=roll_back)


def clock(moment: datetime | None) -> str:
    """Hours and minutes since the window began."""
    if moment is None:
        return "–"
    minutes = round((moment - START).total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02d}"


def test_each_variant_says_when_limits_break() -> None:
    """Three hours planned, RTO 5 h: two hours late breaks it by the restart, never back breaks both."""
    outlooks = {o.variant: o for o in table(plan(), work()).outlooks}
    assert {
        v.value: (o.go, clock(o.back), clock(o.rto_breaks), clock(o.mtpd_breaks)) for v, o in outlooks.items()
    } == {
        "as-planned": (True, "3:10", "–", "–"),
        "2h-late": (False, "5:10", "5:00", "–"),
        "6h-late": (False, "9:10", "5:00", "–"),
        "never-back": (False, "–", "5:00", "20:00"),
    }
    assert {o.carried_by for o in outlooks.values()} == {("f",)}
    assert {(clock(o.first_below), o.min_level) for o in outlooks.values()} == {("0:00", 0.0)}


def test_the_last_time_to_roll_back_leaves_room_for_rolling_back_and_for_the_restart() -> None:
    """With 30 min to roll back and 10 min to restart: 40 min before the window ends, or before a limit breaks."""
    (found,) = table(plan(), work(), roll_back=1800.0).roll_backs
    assert [clock(d.by) for d in (found.window, found.rto, found.mtpd)] == ["2:20", "4:20", "19:20"]
    assert all(d.needed for d in (found.window, found.rto, found.mtpd))


def test_a_limit_that_cannot_be_held_says_so() -> None:
    """Where rolling back takes longer than the RTO, even starting is too late."""
    (found,) = table(plan(rto="20m"), work(), roll_back=1800.0).roll_backs
    assert found.rto == Deadline(needed=True, by=None)


def test_a_limit_that_a_fallback_holds_needs_no_roll_back() -> None:
    """The fallback carries enough after an hour: no limit of several hours ever breaks."""
    (found,) = table(plan(mbco=0.5), work()).roll_backs
    assert (found.window, found.rto, found.mtpd) == (Deadline(), Deadline(), Deadline())


def test_work_that_no_activity_feels_has_an_empty_table() -> None:
    """No impact as told, and even worse only the activity on it is hit: then it is in the table."""
    assert {o.variant for o in table(plan(), work(NoticeImpact.NO_IMPACT)).outlooks if o.first_below} == {
        Variant.WORSE
    }
    assert table(plan(mbco=0), work()).outlooks == ()


def test_variants_are_those_that_mean_something() -> None:
    """Worse than told only where it can be worse; without an end nothing is late."""
    window = work().notice.windows[0]
    assert Variant.WORSE not in variants(work(), window)
    assert Variant.WORSE in variants(work(NoticeImpact.DEGRADED), window)
    assert variants(work(hours=None), work(hours=None).notice.windows[0]) == (Variant.NEVER_BACK,)


@pytest.mark.parametrize(
    ("impact", "level"),
    [("outage", 0.0), ("degraded", 0.5), ("reduced-redundancy", 1.0), ("no-impact", 1.0)],
)
def test_an_impact_becomes_a_level(impact: str, level: float) -> None:
    """Outage 0, degraded half, without redundancy and no impact none; worse than told 0 for all."""
    matched = work(NoticeImpact(impact))
    assert own_states(matched) == {"trunk": level}
    assert own_states(matched, worse=True) == {"trunk": 0.0}
    assert [e.effect.level for e in events_until(own_states(matched), 60.0)] == ([level] if level < 1 else [])


def test_a_scenario_begins_with_its_window() -> None:
    """Its clock is the plan's local time, its id a safe file name, its horizon past every limit."""
    window = work().notice.windows[0]
    scenario = planned_scenario(plan(), work(), window, Variant.TWO_HOURS_LATE)
    assert (scenario.clock, scenario.horizon_s) == ("02:00", (3 + 2 + 20 + 24) * 3600.0)
    assert [(e.at, e.end, e.select.id) for e in scenario.events] == [(0.0, 5 * 3600.0, ("trunk",))]
    assert [(w.at, w.end) for w in scenario.planned] == [(0.0, 3 * 3600.0)]
    assert scenario.date == "2026-03-10"
    assert scenario.id == scenario_id(work(), window, Variant.TWO_HOURS_LATE)
    assert scenario.titled("sv") == "Planerat arbete WO 1/2 av example.com: 2 h försenat"
    other = work().model_copy(update={"notice": work().notice.model_copy(update={"id": "WO-1-2"})})
    assert scenario_id(other, window, Variant.TWO_HOURS_LATE) != scenario.id


def test_windows_of_one_length_have_the_same_table_at_their_own_time() -> None:
    """A week later everything is a week later."""
    first, second = (Window(start=t, end=t + timedelta(hours=3)) for t in (START, START + timedelta(days=7)))
    matched = work()
    both = matched.model_copy(
        update={"notice": matched.notice.model_copy(update={"windows": (first, second)})}
    )
    one, other = go_no_go_tables(plan(), both)
    assert one == table(plan(), both)
    assert other == go_no_go(plan(), both, second)


def test_an_incident_or_work_without_an_end_is_not_told_beforehand() -> None:
    """A failure that a status page tells of is none that customers were told of, and a window needs an end."""
    incident = work()
    incident = incident.model_copy(update={"notice": incident.notice.model_copy(update={"planned": False})})
    window = incident.notice.windows[0]
    assert planned_scenario(plan(), incident, window, Variant.AS_PLANNED).planned == ()
    endless = work(hours=None)
    assert planned_scenario(plan(), endless, endless.notice.windows[0], Variant.NEVER_BACK).planned == ()


@settings(max_examples=25)
@given(
    st.integers(0, 300),
    st.integers(0, 60),
    st.integers(30, 400),
    st.sampled_from([0.3, 0.6, 1.0]),
    st.integers(1, 300),
)
def test_the_last_time_to_roll_back_is_the_last(
    lead: int, restart: int, rto: int, mbco: float, length: int
) -> None:
    """Rolled back at that minute the RTO holds, a minute later it does not: by the runs themselves."""
    raw = plan(rto=f"{rto}m", mbco=mbco).written()
    raw["fallbacks"]["f"]["lead_time"] = f"{lead}m"
    raw["components"]["trunk"]["restart"] = f"{restart}m"
    of = Plan.model_validate(raw)
    for found in table(of, work(hours=length / 60)).roll_backs:
        if found.rto.by is None:
            continue
        minute = round((found.rto.by - START).total_seconds() / 60)
        breaks = []
        for m in (minute, minute + 1):
            events = events_until({"trunk": 0.0}, m * 60.0) if m else ()
            happened = run(of, Scenario(id="x", title="x", horizon="9d", events=events))
            breaks.append(happened.activities["s"].rto_breach_s is not None)
        assert breaks == [False, True]
