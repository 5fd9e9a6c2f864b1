"""What a role may know in an exercise, what has been overtaken, and what a code shows before somebody comes in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bcp import usecases
from bcp.model.decision import Act
from bcp.model.exercise import Exercise
from bcp.model.log_entry import Clock, Closed, Decided
from bcp.model.sitting import Sitting
from bcp.store import PlanStore
from bcp.usecases import exercises, joining, sittings
from bcp.usecases.sittings import JoinRefusedError, Seat
from bcp.usecases.sittings.seats import Attempts


@pytest.fixture
def store(tmp_path: Path) -> Iterator[PlanStore]:
    """A store with the example municipality."""
    with PlanStore.open(tmp_path / "plans.sqlite") as opened:
        opened.save("kommun", usecases.open_plan("example:kommun").plan, author="test")
        yield opened


@pytest.fixture
def exercise(store: PlanStore) -> Exercise:
    """The exercise of the incident that the example lives through."""
    return exercises.exercise(store.load("kommun").plan, usecases.scenario("se-telia-020-0771"), "en")


@pytest.fixture
def opened(store: PlanStore, exercise: Exercise) -> tuple[Sitting, Seat]:
    """That exercise, open."""
    return sittings.open_exercise(
        store, "kommun", usecases.scenario("se-telia-020-0771"), by="Lena",
        injects=exercises.planned_injects(exercise), language="en",
    )  # fmt: skip


def test_a_role_knows_its_own_once_it_has_heard(
    store: PlanStore, exercise: Exercise, opened: tuple[Sitting, Seat]
) -> None:
    """Before the first message nobody knows anything; then each role its own activities, and management all."""
    sitting, leader = opened
    seats = {
        role: sittings.join(store, sitting.code, role, role) for role in ("It-driften", "Krisledningsgruppen")
    }

    def known(role: str) -> set[str]:
        live = sittings.live(store, sitting.id)
        now = sittings.situation(live, seat=seats[role], now=store.sittings.now())
        return {a.activity for a in exercises.known_to(exercise, role, now).activities}

    sittings.append(store, leader, Clock(running=True, jump_to=60.0))
    assert known("It-driften") == set()
    sittings.append(store, leader, Clock(running=True, jump_to=900.0))
    assert known("It-driften") == {"bokning"}
    assert {"medborgarservice", "socialjour", "bokning"} <= known("Krisledningsgruppen")


def test_what_is_in_the_way_is_known_to_those_who_have_tried(
    store: PlanStore, exercise: Exercise, opened: tuple[Sitting, Seat]
) -> None:
    """That a diversion is blocked shows only after somebody has decided on it."""
    sitting, leader = opened
    seat = sittings.join(store, sitting.code, "Aron", "It-driften")
    sittings.append(store, leader, Clock(running=False, jump_to=900.0))

    def blocked() -> tuple[str, ...]:
        live = sittings.live(store, sitting.id)
        now = sittings.situation(live, seat=seat, now=store.sittings.now())
        found = exercises.known_to(exercise, "It-driften", now).fallbacks
        return next(f.stopped_by for f in found if f.fallback == "styr-om-0771")

    assert blocked() == ()
    sittings.append(store, seat, Decided(fallback="styr-om-0771", act=Act.ACTIVATE))
    assert blocked() == ("telia-in-1",)


def test_a_warning_that_was_dealt_with_is_no_longer_true(
    store: PlanStore, exercise: Exercise, opened: tuple[Sitting, Seat]
) -> None:
    """Once a fallback carries the activity, the message that its limit draws near says so to the facilitator."""
    sitting, leader = opened
    warning = next(i for i in exercise.injects if i.id.startswith("rto-near") and i.about == "felanmalan")

    def true() -> bool:
        live = sittings.live(store, sitting.id)
        return exercises.still_true(warning, sittings.situation(live, now=store.sittings.now()))

    sittings.append(store, leader, Clock(running=False, jump_to=1200.0))
    assert true()
    sittings.append(store, leader, Decided(fallback="felanmalan-till-jourmobil", act=Act.IN_PLACE))
    assert not true()


def test_a_code_shows_the_exercise_until_it_is_over(store: PlanStore, opened: tuple[Sitting, Seat]) -> None:
    """Small letters and blanks do; a wrong, an expired code and a closed exercise are refused."""
    sitting, leader = opened
    typed = f" {sitting.code[:3].lower()} {sitting.code[3:]} "
    assert joining.exercise_with_code(store, typed).id == sitting.id
    with pytest.raises(JoinRefusedError):
        joining.exercise_with_code(store, "WRONG1", attempts=Attempts())
    late = store.sittings.now() + timedelta(hours=13)
    with pytest.raises(JoinRefusedError):
        joining.exercise_with_code(store, sitting.code, now=late, attempts=Attempts())
    sittings.append(store, leader, Closed())
    with pytest.raises(JoinRefusedError):
        joining.exercise_with_code(store, sitting.code, attempts=Attempts())


def test_codes_cannot_be_tried_out(store: PlanStore, opened: tuple[Sitting, Seat]) -> None:
    """After thirty wrong codes from one place even the right one is refused there for a while; elsewhere it works."""
    sitting, _leader = opened
    attempts = Attempts()
    for n in range(Attempts.FROM_ONE):
        with pytest.raises(JoinRefusedError):
            joining.exercise_with_code(store, f"BAD{n:03}", source="192.0.2.1", attempts=attempts)
    with pytest.raises(JoinRefusedError, match="too many"):
        joining.exercise_with_code(store, sitting.code, source="192.0.2.1", attempts=attempts)
    assert (
        joining.exercise_with_code(store, sitting.code, source="192.0.2.2", attempts=attempts).id
        == sitting.id
    )
