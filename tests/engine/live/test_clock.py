from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bcp.engine.live.clock import clock_of
from bcp.model.decision import Act
from bcp.model.log_entry import Clock, Closed, Corrected, Decided, Entry, Marked
from tests.engine.live.sitting import at, exercise, incident, log

CLOCKS = st.builds(
    Clock,
    running=st.booleans(),
    speed=st.sampled_from([0.5, 1, 2, 60, 3600]),
    jump_to=st.none() | st.integers(0, 100_000).map(float),
)


def test_an_exercise_stands_until_it_is_started() -> None:
    """Opened at 0, started at 5, paused at 20, twice as fast from 30, jumped ahead at 40."""
    entries = log(
        (5, Clock(running=True)),
        (20, Clock(running=False)),
        (30, Clock(running=True, speed=2)),
        (40, Clock(running=True, jump_to=7200)),
    )
    clock = clock_of(exercise(), entries)
    shown = {m: clock.at(at(m)).t_s / 60 for m in (0, 5, 15, 20, 29, 35, 40, 50)}
    assert shown == {0: 0, 5: 0, 15: 10, 20: 15, 29: 15, 35: 25, 40: 120, 50: 130}
    assert [clock.at(at(m)).running for m in (0, 6, 21, 31)] == [False, True, False, True]


def test_what_was_said_before_the_clock_was_moved_counts_before() -> None:
    """Where the computer's clock was set back, a decision and the jump after it have one moment: the log's order holds."""
    entries = log(
        (0, Clock(running=True)),
        (15, Clock(running=False)),
        (20, Decided(fallback="f", act=Act.ACTIVATE)),
        (20, Clock(running=True)),
        (20, Clock(running=True, jump_to=1800)),
        (20, Decided(fallback="f", act=Act.IN_PLACE)),
    )
    clock = clock_of(exercise(), entries)
    assert [clock.t_of(entries[n]) / 60 for n in (2, 5)] == [15, 30]


def test_an_incident_has_the_real_clock() -> None:
    """It counts from its beginning, or from the earliest thing that was seen, whenever that was written down."""
    assert clock_of(incident(), []).at(at(90)).t_s == 90 * 60
    late = Entry(number=1, at=at(30), happened=at(-20), who="x", what=Marked(component="in", level=0))
    clock = clock_of(incident(), [late])
    assert clock.zero == at(-20)
    assert clock.at(at(30)).t_s == 50 * 60
    assert clock.t_of(late) == 0


def test_closing_stops_the_clock_and_striking_it_out_sets_it_going() -> None:
    """After the end no time goes by; where the end is struck out, it was none."""
    entries = log((10, Closed()), (20, Corrected(entry=1)))
    assert clock_of(incident(), entries[:1]).at(at(60)).t_s == 10 * 60
    assert not clock_of(incident(), entries[:1]).at(at(60)).running
    assert clock_of(incident(), entries).at(at(60)).t_s == 60 * 60


@given(
    st.lists(st.tuples(st.integers(0, 600), CLOCKS), max_size=8), st.lists(st.integers(0, 900), max_size=12)
)
def test_the_clock_never_goes_back(said: list[tuple[int, Clock]], looks: list[int]) -> None:
    """Whatever is started, stopped and jumped to, a later look shows no earlier second."""
    entries = log(*sorted(((float(m), what) for m, what in said), key=lambda s: s[0]))
    clock = clock_of(exercise(), entries)
    shown = [clock.at(at(minute)).t_s for minute in sorted(looks)]
    assert shown == sorted(shown)


@given(
    st.lists(st.tuples(st.integers(0, 600), CLOCKS), max_size=8),
    st.integers(0, 50_000).map(float),
    st.integers(0, 900),
)
def test_a_second_is_reached_when_the_clock_first_shows_it(
    said: list[tuple[int, Clock]], t_s: float, look: int
) -> None:
    """Just then it shows at least that second, and a moment before it did not; unreached, it shows less."""
    entries = log(*sorted(((float(m), what) for m, what in said), key=lambda s: s[0]))
    clock = clock_of(exercise(), entries)
    reached = clock.reached(t_s, at(look))
    if reached is None:
        assert clock.at(at(look)).t_s < t_s + 1e-3
        return
    assert reached <= at(look)
    assert clock.at(reached).t_s >= t_s - 1e-2
    if reached > at(0):
        assert clock.at(reached - timedelta(milliseconds=5)).t_s <= t_s


@given(st.lists(st.tuples(st.integers(0, 600), CLOCKS), max_size=8), st.integers(0, 900))
def test_later_entries_change_nothing_of_the_past(said: list[tuple[int, Clock]], look: int) -> None:
    """What the clock showed at a moment is the same however it goes on."""
    entries = log(*sorted(((float(m), what) for m, what in said), key=lambda s: s[0]))
    then = [e for e in entries if e.at <= at(look)]
    assert clock_of(exercise(), entries).at(at(look)) == clock_of(exercise(), then).at(at(look))
