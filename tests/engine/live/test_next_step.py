"""The one thing to do now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bcp.engine.live.next_step import next_step
from bcp.engine.live.worth import worths
from bcp.model.log_entry import Entry, Told
from bcp.model.next_step import NextKind, who_decides
from bcp.model.plan import Plan
from bcp.model.route import Verdict
from bcp.model.run import FallbackState
from bcp.model.situation import ActivityNow, ClockReading, FallbackNow, MarkNow, Situation
from bcp.model.worth import Worth

HOUR = 3600.0


def plan(**fallback: object) -> Plan:
    """A line with a desk on it, and a diversion for it."""
    return Plan.model_validate(
        {
            "organisation": {"name": "Small"},
            "components": {
                "line": {"kind": "trunk", "name": "Line"},
                "mobile": {"kind": "trunk", "name": "Mobile"},
                "desk": {"kind": "activity", "name": "Desk", "requires": ["line"], "bia": {"rto": "2h"}},
            },
            "fallbacks": {
                "divert": {"protects": "line", "via": ["mobile"], "lead_time": "30m",
                           "steps": [{"do": "Log in", "by": "ida"}, "Divert"], **fallback},
            },
            "contacts": {"ida": {"name": "Ida"}, "bo": {"name": "Bo"}, "eva": {"name": "Eva"}},
            "document": {"activation": {"decided_by": ["bo", "eva"]}},
        }
    )  # fmt: skip


def situation(
    *,
    level: float = 0.0,
    marked: float | None = 0.0,
    state: FallbackState = FallbackState.WAITING,
    done: tuple[int, ...] = (),
    back_s: float | None = None,
) -> Situation:
    """Ten minutes in, with the line marked."""
    enough = level >= 1.0
    desk = ActivityNow(
        activity="desk", level=level, enough=enough, below_since_s=None if enough else 0.0, back_s=back_s,
        rto_at_s=None if enough else 2 * HOUR, rto_breaks=not enough and back_s is None,
    )  # fmt: skip
    way = FallbackNow(
        fallback="divert", protects="line", state=state, since_s=0.0, carries=1.0, steps_done=done,
        decided_s=0.0 if state is FallbackState.ACTIVATING else None,
    )  # fmt: skip
    marks = (
        ()
        if marked is None
        else (MarkNow(entry=1, component="line", level=marked, frozen=False, since_s=0.0),)
    )
    return Situation(
        number=1, clock=ClockReading(t_s=600.0, running=True, speed=1.0), levels={"desk": level}, down=(),
        degraded=(), activities=(desk,), fallbacks=(way,), ahead=(), injects=(), marks=marks,
    )  # fmt: skip


def worth(verdict: Verdict = Verdict.USABLE, because: tuple[str, ...] = ()) -> tuple[Worth, ...]:
    """What the diversion is worth."""
    return (
        Worth(
            fallback="divert", verdict=verdict, because=because, arrives_s=2400.0, limit_s=2 * HOUR, limit_of="desk",
            carries=1.0, needed=1.0, activities=("desk",),
        ),
    )  # fmt: skip


def nobody() -> float | None:
    """Nobody waits to be told."""
    return None


def test_nothing_marked_means_mark() -> None:
    """As long as nothing is marked, marking is what there is to do."""
    assert next_step(plan(), situation(level=1.0, marked=None), (), nobody).kind is NextKind.MARK


def test_a_decision_comes_first() -> None:
    """A way that waits for a decision is named with who decides and by when, before anybody is told."""
    found = next_step(plan(), situation(), worth(), lambda: 0.0)
    assert (found.kind, found.fallback, found.activity) == (NextKind.DECIDE, "divert", "desk")
    assert (found.who, found.by_s) == (("bo", "eva"), 1.5 * HOUR)


def test_the_decision_whose_time_runs_out_first_comes_first() -> None:
    """A way that is too late for the RTO and keeps the MTPD if it is decided on soon goes before one that can wait."""
    now = situation()
    phone = ActivityNow(
        activity="phone",
        level=0.0,
        enough=False,
        below_since_s=0.0,
        rto_at_s=900.0,
        mtpd_at_s=HOUR,
        rto_breaks=True,
    )
    visit = now.fallbacks[0].model_copy(update={"fallback": "visit"})
    now = now.model_copy(
        update={"activities": (*now.activities, phone), "fallbacks": (*now.fallbacks, visit)}
    )
    late = worth(Verdict.TOO_LATE)[0].model_copy(
        update={
            "fallback": "visit",
            "activities": ("phone",),
            "limit_of": "phone",
            "limit_s": 900.0,
        }
    )
    both = plan().model_copy(update={"fallbacks": {**plan().fallbacks, "visit": plan().fallbacks["divert"]}})
    found = next_step(both, now, (*worth(), late), nobody)
    assert (found.fallback, found.activity, found.by_s) == ("visit", "phone", HOUR - 1800.0)


def test_after_the_decision_come_its_steps() -> None:
    """The first step that nobody has ticked is next, with who takes it."""
    found = next_step(plan(), situation(state=FallbackState.ACTIVATING), worth(), nobody)
    assert (found.kind, found.step, found.who) == (NextKind.CARRY_OUT, 0, ("ida",))
    later = next_step(plan(), situation(state=FallbackState.ACTIVATING, done=(0,)), worth(), nobody)
    assert later.step == 1


def test_people_are_told_before_one_gives_up() -> None:
    """Where nothing can be decided on, those who have not been told come next; then it says that nothing works."""
    blocked = worth(Verdict.BLOCKED, ("mobile",))
    assert next_step(plan(), situation(), blocked, lambda: 60.0).kind is NextKind.TELL
    stuck = next_step(plan(), situation(), blocked, nobody)
    assert (stuck.kind, stuck.activity, stuck.because) == (NextKind.STUCK, "desk", ("mobile",))
    assert stuck.helpless == ("desk",)


def test_what_comes_back_in_time_needs_no_decision() -> None:
    """An activity that is back before its limit as things stand presses nobody."""
    assert next_step(plan(), situation(back_s=HOUR), worth(), nobody).kind is NextKind.WATCH


def test_a_way_that_is_blocked_after_its_decision_is_not_carried_out() -> None:
    """Its steps wait for what stands in its way: people are told first, then it says what that is."""
    now, in_the_way = situation(state=FallbackState.BLOCKED), worth(Verdict.BLOCKED, ("mobile",))
    way = now.fallbacks[0].model_copy(update={"decided_s": 0.0, "stopped_by": ("mobile",)})
    now = now.model_copy(update={"fallbacks": (way,)})
    assert next_step(plan(), now, in_the_way, lambda: 60.0).kind is NextKind.TELL
    stuck = next_step(plan(), now, in_the_way, nobody)
    assert (stuck.kind, stuck.because) == (NextKind.STUCK, ("mobile",))


def test_without_a_lead_time_nobody_knows_the_last_moment_for_a_decision() -> None:
    """Where the plan does not say how long it takes, no time is told until which one could wait."""
    without = plan(lead_time=None)
    found = next_step(without, situation(), worths(without, situation()), nobody)
    assert (found.kind, found.by_s) == (NextKind.DECIDE, None)


def test_what_goes_on_by_itself_needs_no_decision() -> None:
    """An automatic way that nobody has noticed the need of yet is not decided on; one that was stood down is."""
    by_itself = plan(automatic=True)
    unseen, stood_down = situation(state=FallbackState.DETECTING), situation(state=FallbackState.WAITING)
    assert next_step(by_itself, unseen, worth(), nobody).kind is not NextKind.DECIDE
    assert next_step(by_itself, stood_down, worth(), nobody).kind is NextKind.DECIDE


@pytest.mark.parametrize("mtpd_at_s", [1000.0, None])
def test_a_slower_way_is_not_decided_on_beside_one_under_way(mtpd_at_s: float | None) -> None:
    """After the RTO, what was decided is carried out: another that would come later still helps nobody."""
    now = situation(state=FallbackState.ACTIVATING, back_s=1200.0)
    desk = now.activities[0].model_copy(
        update={"rto_at_s": 300.0, "rto_breaks": True, "mtpd_at_s": mtpd_at_s, "mtpd_breaks": bool(mtpd_at_s)}
    )
    way = now.fallbacks[0].model_copy(update={"in_place_s": 1200.0})
    slower = way.model_copy(
        update={"fallback": "visit", "state": FallbackState.WAITING, "decided_s": None, "in_place_s": None}
    )
    now = now.model_copy(update={"activities": (desk,), "fallbacks": (way, slower)})
    both = plan().model_copy(update={"fallbacks": {**plan().fallbacks, "visit": plan().fallbacks["divert"]}})
    found = next_step(both, now, worths(both, now), nobody)
    assert (found.kind, found.fallback) == (NextKind.CARRY_OUT, "divert")


def test_all_back_means_close() -> None:
    """Where all that was marked is back and every activity is well, the incident can be closed."""
    well = situation(level=1.0, marked=1.0, state=FallbackState.IDLE)
    assert next_step(plan(), well, worth(), nobody).kind is NextKind.CLOSE


def ended(
    *told_s: float, state: FallbackState = FallbackState.ACTIVE, done: tuple[int, ...] = ()
) -> Situation:
    """All is back since five minutes in; the public was told at these seconds, and the diversion is in place."""
    now = situation(level=1.0, marked=1.0, state=state)
    zero = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    told = tuple(
        Entry(number=n, at=zero + timedelta(seconds=t), who="Ida", what=Told(audience="The public"))
        for n, t in enumerate(told_s, 1)
    )
    mark = now.marks[0].model_copy(update={"since_s": 300.0})
    way = now.fallbacks[0].model_copy(update={"failback_steps_done": done})
    return now.model_copy(update={"zero": zero, "told": told, "marks": (mark,), "fallbacks": (way,)})


def test_who_was_told_hears_first_that_it_works_again() -> None:
    """Before the incident is closed, those who were told of the outage are told of its end, once."""
    again = next_step(plan(), ended(60.0), worth(), lambda: 0.0)
    assert (again.kind, again.audiences) == (NextKind.TELL_AGAIN, ("The public",))
    assert next_step(plan(), ended(60.0, 400.0), worth(), nobody).kind is NextKind.FAIL_BACK
    assert next_step(plan(), ended(), worth(), lambda: 0.0).kind is NextKind.TELL


def test_what_was_put_in_place_is_ended_before_the_incident_is() -> None:
    """Its steps to go back come one after the other with who takes them; what is idle needs none."""
    way = plan(failback_steps=[{"do": "Take it off", "by": "ida"}, "Check"])
    first = next_step(way, ended(), worth(), nobody)
    assert (first.kind, first.fallback, first.step, first.who) == (NextKind.FAIL_BACK, "divert", 0, ("ida",))
    assert next_step(way, ended(done=(0,)), worth(), nobody).step == 1
    assert next_step(way, ended(state=FallbackState.IDLE), worth(), nobody).kind is NextKind.CLOSE


@pytest.mark.parametrize(("owner", "who"), [("eva", ("eva",)), (None, ("bo", "eva"))])
def test_the_owner_decides_else_those_who_activate_the_plan(owner: str | None, who: tuple[str, ...]) -> None:
    """A fallback's owner decides; without one, those who activate the plan, first choice first."""
    assert who_decides(plan(owner=owner), "divert") == who


def test_without_any_of_them_whoever_begins_decides() -> None:
    """Where the plan names nobody, it is whoever takes the first step that is somebody's."""
    nameless = plan().model_copy(
        update={
            "document": plan().document.model_copy(update={"activation": type(plan().document.activation)()})
        }
    )
    assert who_decides(nameless, "divert") == ("ida",)
