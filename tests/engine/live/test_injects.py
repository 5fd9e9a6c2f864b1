from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bcp.engine.live.clock import clock_of
from bcp.engine.live.injects import injects_now
from bcp.model.log_entry import Clock, Corrected, Entry, Held, Released, What
from bcp.model.sitting import PlannedInject
from bcp.model.situation import InjectNow
from tests.engine.live.sitting import at, exercise, log

SITTING = exercise(
    injects=(
        PlannedInject(id="early", at_s=0, text={"en": "First calls fail"}),
        PlannedInject(id="late", at_s=3600, to="it", text={"en": "The portal is slow"}),
        PlannedInject(id="hand", at_s=1800, by_hand=True, text={"en": "The mayor calls"}),
    )
)


def out(entries: list[Entry], minute: float) -> list[tuple[str, float]]:
    """What has been let out by a minute, with the minute in which it was."""
    then = [e for e in entries if e.at <= at(minute)]
    found = injects_now(SITTING, then, clock_of(SITTING, then), at(minute))
    return [
        (i.inject.id, (i.released_at - at(0)).total_seconds() / 60)
        for i in found
        if i.released_at is not None
    ]


def test_nothing_comes_before_the_start() -> None:
    """An inject for second 0 comes when the clock is started."""
    assert out([], 30) == []
    assert out(log((5, Clock(running=True))), 30) == [("early", 5)]


def test_an_inject_comes_at_its_time() -> None:
    """With a pause of ten minutes it comes ten minutes later."""
    entries = log((0, Clock(running=True)), (20, Clock(running=False)), (30, Clock(running=True)))
    assert out(entries, 69.9) == [("early", 0)]
    assert out(entries, 70) == [("early", 0), ("late", 70)]


def test_a_jump_lets_out_what_it_passes() -> None:
    """Jumped past its time, it comes at the jump."""
    entries = log((0, Clock(running=True)), (10, Clock(running=True, jump_to=7200)))
    assert out(entries, 11) == [("early", 0), ("late", 10)]


def test_by_hand_it_comes_when_it_is_let_out_and_not_again() -> None:
    """Let out ahead of its time it does not come a second time; taken back it comes at its time."""
    entries = log((0, Clock(running=True)), (20, Released(inject="late")), (30, Corrected(entry=2)))
    assert out(entries[:2], 90) == [("early", 0), ("late", 20)]
    assert out(entries, 40) == [("early", 0)]
    assert out(entries, 90) == [("early", 0), ("late", 60)]


def test_what_is_by_hand_waits() -> None:
    """An inject without a time of its own comes only by hand."""
    entries = log((0, Clock(running=True)), (50, Released(inject="hand", to="management")))
    assert out(entries[:1], 600) == [("early", 0), ("late", 60)]
    assert out(entries, 55) == [("early", 0), ("hand", 50)]


def test_what_is_held_back_comes_when_it_is_held_no_more() -> None:
    """Held over its time, it comes when that ends; held and let go before its time, at its time."""
    held = log((0, Clock(running=True)), (50, Held(inject="late")), (80, Held(inject="late", held=False)))
    assert out(held, 79) == [("early", 0)]
    assert out(held, 81) == [("early", 0), ("late", 80)]
    brief = log((0, Clock(running=True)), (10, Held(inject="late")), (20, Held(inject="late", held=False)))
    assert out(brief, 61) == [("early", 0), ("late", 60)]


def test_a_text_of_the_moment_is_an_inject() -> None:
    """It goes to whom it was let out for."""
    entries = log((0, Clock(running=True)), (7, Released(text="Nu!", to="it")))
    found = injects_now(SITTING, entries, clock_of(SITTING, entries), at(8))
    told = next(i for i in found if i.entry == 2)
    assert (told.inject.to, dict(told.inject.text), told.released_s) == ("it", {"en": "Nu!"}, 420)


SAID = st.one_of(
    st.builds(
        Clock, running=st.booleans(), speed=st.sampled_from([1, 10]), jump_to=st.none() | st.just(4000.0)
    ),
    st.builds(Held, inject=st.sampled_from(["early", "late", "hand"]), held=st.booleans()),
    st.builds(Released, inject=st.sampled_from(["late", "hand"])),
)


@given(st.lists(st.tuples(st.integers(0, 120), SAID), max_size=8), st.integers(0, 200), st.integers(0, 200))
def test_an_inject_comes_once_and_stays(said: list[tuple[int, What]], one: int, other: int) -> None:
    """Looking at two moments, with a restart between: what was out stays out, since the same moment, each once."""
    entries = log(*sorted(((float(m), what) for m, what in said), key=lambda s: s[0]))
    first, second = (out(entries, m) for m in sorted((one, other)))
    assert len({i for i, _ in second}) == len(second)
    assert set(first) <= set(second)


@given(st.lists(st.tuples(st.integers(0, 120), SAID), max_size=8), st.integers(0, 200))
def test_every_inject_is_out_or_to_come(said: list[tuple[int, What]], look: int) -> None:
    """None is lost: each of the sitting is there, once."""
    entries = [
        e for e in log(*sorted(((float(m), w) for m, w in said), key=lambda s: s[0])) if e.at <= at(look)
    ]
    found: tuple[InjectNow, ...] = injects_now(SITTING, entries, clock_of(SITTING, entries), at(look))
    assert sorted(i.inject.id for i in found) == ["early", "hand", "late"]
