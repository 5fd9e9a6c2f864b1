from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bcp.engine.live.situation import as_seen_by
from bcp.model.decision import Act
from bcp.model.log_entry import (
    ActionAgreed,
    ActionDone,
    Clock,
    Corrected,
    Decided,
    Joined,
    Marked,
    StepTaken,
)
from bcp.model.run import FallbackState
from bcp.model.sitting import PlannedInject
from bcp.model.situation import AheadKind, FallbackNow, Situation
from tests.engine.live.sitting import exercise, incident, log, seen

START = (0.0, Clock(running=True))


def fallback(found: Situation) -> FallbackNow:
    """The only fallback of the plan."""
    return found.fallbacks[0]


def decided(minute: float, act: Act) -> tuple[float, Decided]:
    """A decision on it."""
    return (minute, Decided(fallback="f", act=act, reason="needed", owner="Bo"))


def test_before_anything_happens_all_is_well() -> None:
    """The clock stands: nothing is down, no limit is near, and only the facilitator sees what comes."""
    found = seen(exercise(), [], 30)
    assert (found.down, found.degraded, found.clock.running) == ((), (), False)
    assert found.ahead == ()
    assert [(a.at_s / 60, a.kind) for a in found.coming][:2] == [(10, AheadKind.BELOW), (10, AheadKind.DOWN)]


def test_what_breaks_next_is_told_as_things_stand() -> None:
    """At 20 the platform is down: unrepaired, the RTO breaks at 70 and the MTPD at 250, as nobody knows of a repair."""
    found = seen(exercise(), log(START), 20)
    service = found.activities[0]
    assert (service.below_since_s, service.rto_at_s, service.mtpd_at_s) == (600, 70 * 60, 250 * 60)
    assert (service.rto_breaks, service.mtpd_breaks, service.back_s) == (True, True, None)
    assert [(a.at_s / 60, a.kind) for a in found.ahead] == [(70, AheadKind.RTO), (250, AheadKind.MTPD)]
    assert (300, AheadKind.UP) in [(a.at_s / 60, a.kind) for a in found.coming]


def test_a_decision_changes_what_is_ahead() -> None:
    """Activated at 30 it carries from 50, and no limit breaks while it lasts: it is used up eight hours later."""
    found = seen(exercise(), log(START, decided(30, Act.ACTIVATE)), 35)
    assert [(a.at_s / 60, a.kind) for a in found.ahead][:3] == [
        (50, AheadKind.BACK),
        (50, AheadKind.UP),
        (50, AheadKind.IN_PLACE),
    ]
    assert not found.activities[0].rto_breaks
    assert found.activities[0].back_s == 50 * 60
    now = fallback(found)
    assert (now.state, now.decided_s, now.in_place_s) == (FallbackState.ACTIVATING, 1800, 3000)
    assert not now.reported
    assert now.ends_s == 3000 + 8 * 3600
    assert (530, AheadKind.USED_UP) in [(a.at_s / 60, a.kind) for a in found.ahead]


def test_a_report_is_told_apart_from_a_plan() -> None:
    """Reported in place at 33, it carries from then, and the screen knows that somebody said so."""
    found = seen(exercise(), log(START, decided(30, Act.ACTIVATE), decided(33, Act.IN_PLACE)), 34)
    assert (fallback(found).state, fallback(found).reported) == (FallbackState.ACTIVE, True)
    assert fallback(found).in_place_s == 33 * 60


def test_what_stands_in_the_way_is_named_since_when() -> None:
    """The portal marked down at 12, the carrier at 14: the fallback would not work now, and why is said."""
    entries = log(
        (5, Marked(component="in", level=0)),
        (12, Marked(component="portal", level=0)),
        (14, Marked(component="m", level=0)),
    )
    now = fallback(seen(incident(), entries, 20))
    assert (now.stopped_by, now.stopped_since_s) == (("portal",), 12 * 60)
    assert (now.carriers_down, now.carries, now.works) == (("m",), 0, False)
    assert fallback(seen(incident(), entries[:1], 11)).works


def test_a_frozen_component_stands_in_the_way() -> None:
    """Where nothing can be changed, nothing can be diverted, though it delivers."""
    entries = log((5, Marked(component="portal", level=1, frozen=True)))
    assert fallback(seen(incident(), entries, 6)).stopped_by == ("portal",)


def test_participants_do_not_see_what_is_to_come() -> None:
    """Only what is for their role, without the answer key, and nothing that nobody has noticed."""
    injects = (
        PlannedInject(id="a", at_s=0, to="it", text={"en": "x"}, expected={"en": "Divert"}, fallbacks=("f",)),
        PlannedInject(id="b", at_s=0, to="management", text={"en": "y"}),
        PlannedInject(id="c", at_s=9000, text={"en": "z"}),
    )
    whole = seen(exercise(injects=injects), log(START), 12)
    found = as_seen_by(whole, "IT")
    assert [i.inject.id for i in found.injects] == ["a"]
    assert (found.coming, found.injects_to_come) == ((), ())
    assert found.injects[0].inject.expected == {}
    assert fallback(whole).state == FallbackState.DETECTING
    assert fallback(found).state == FallbackState.IDLE
    assert AheadKind.NOTICED not in {a.kind for a in found.ahead}


def test_steps_actions_and_people_are_counted_once() -> None:
    """A step undone is not done, an action closed is done, and who comes back is the same person."""
    entries = log(
        (0, Joined(seat="1")),
        (1, Joined(seat="2")),
        (2, StepTaken(fallback="f", step=0)),
        (3, StepTaken(fallback="f", step=1)),
        (4, StepTaken(fallback="f", step=0, done=False)),
        (5, ActionAgreed(text="Write it down")),
        (6, ActionDone(action=6)),
        (7, StepTaken(fallback="f", step=0, failback=True)),
    )
    found = seen(exercise(), entries, 10)
    assert (fallback(found).steps_done, fallback(found).failback_steps_done) == ((1,), (0,))
    assert [a.done for a in found.actions] == [True]
    assert [p.name for p in found.participants] == ["Åsa"]


def test_a_struck_out_decision_was_none() -> None:
    """Whoever decided by mistake strikes it out, and the run goes as if it had not been."""
    entries = log(START, decided(30, Act.ACTIVATE), (40, Corrected(entry=2)))
    assert fallback(seen(exercise(), entries, 60)).state == FallbackState.WAITING
    assert seen(exercise(), entries, 60).decisions == ()


def test_an_exercise_is_over_at_its_horizon() -> None:
    """At its last second there is nothing more ahead in the scenario."""
    entries = log((0, Clock(running=True, jump_to=24 * 3600)))
    found = seen(exercise(), entries, 5)
    assert (found.over, found.coming) == (True, ())
    assert not seen(exercise(), log(START), 5).over


EVENTS = st.one_of(
    st.builds(
        Marked, component=st.sampled_from(["in", "m", "portal"]), level=st.sampled_from([0.0, 0.4, 1.0])
    ),
    st.builds(Decided, fallback=st.just("f"), act=st.sampled_from(Act)),
)


@given(st.lists(st.tuples(st.integers(0, 300), EVENTS), max_size=8), st.integers(0, 300))
@settings(max_examples=50)
def test_what_was_ahead_happens_unless_something_else_does(
    said: list[tuple[int, Marked | Decided]], look: int
) -> None:
    """Where nothing is written after a moment, the levels later are those of the course seen at that moment."""
    entries = log(*sorted(((float(m), what) for m, what in said if m <= look), key=lambda s: s[0]))
    then = seen(incident(), entries, look)
    later = seen(incident(), entries, look + 45)
    since, until = then.clock.t_s, later.clock.t_s
    falls = [a for a in then.ahead if a.at_s <= until and a.kind in (AheadKind.BELOW, AheadKind.BACK)]
    enough = falls[-1].kind == AheadKind.BACK if falls else then.activities[0].enough
    assert later.activities[0].enough == enough
    assert since <= until
