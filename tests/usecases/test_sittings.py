from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from bcp import usecases
from bcp.errors import BcpError, NotFoundError
from bcp.model.decision import Act
from bcp.model.log_entry import (
    Clock,
    Closed,
    Corrected,
    Decided,
    Marked,
    Noted,
    Released,
)
from bcp.model.scenario import Scenario
from bcp.model.sitting import FACILITATOR, PlannedInject, SittingKind
from bcp.store import ConflictError, PlanStore
from bcp.usecases import sittings
from bcp.usecases.sittings import Seat
from tests.engine.live.sitting import OUTAGE, PLAN
from tests.engine.worked import event
from tests.usecases.room import START, at, join


def test_an_exercise_is_opened_over_a_revision(store: PlanStore, lead: Seat) -> None:
    """It keeps the revision, the scenario and the roles; its clock stands; whoever opened it leads it."""
    found = sittings.live(store, lead.sitting)
    assert (found.sitting.plan, found.sitting.revision, found.plan) == ("A", 1, PLAN)
    assert (lead.name, lead.role, lead.facilitator) == ("Åsa", FACILITATOR, True)
    assert found.sitting.settings.roles == ("it", "management")
    assert not sittings.situation(found, now=at(10)).clock.running
    assert [s.kind for s in sittings.every(store)] == [SittingKind.EXERCISE]


def test_roles_of_injects_may_be_taken(store: PlanStore) -> None:
    """A role that an inject is for can be joined, though nobody named it."""
    injects = (PlannedInject(id="a", at_s=0, to="Switchboard, it", text={"en": "x"}),)
    opened, _ = sittings.open_exercise(store, "A", OUTAGE, by="Åsa", injects=injects)
    assert opened.settings.roles == ("Switchboard", "it")


def test_a_scenario_that_does_not_fit_is_refused(store: PlanStore) -> None:
    """What strikes nothing in the plan cannot be exercised, and nothing is opened."""
    one = PlannedInject(id="a", at_s=0, text={"en": "x"})
    other = Scenario.model_validate({"id": "o", "title": "O", "events": [event("nowhere", 0, 1, 0)]})
    with pytest.raises(BcpError, match="matches nothing"):
        sittings.open_exercise(store, "A", other, by="Åsa")
    with pytest.raises(BcpError, match="two injects"):
        sittings.open_exercise(store, "A", OUTAGE, by="Åsa", injects=(one, one))
    with pytest.raises(BcpError, match="no name"):
        sittings.open_exercise(store, "A", OUTAGE, by="  ")
    assert sittings.every(store) == ()


def test_an_incident_may_have_begun_before(store: PlanStore) -> None:
    """The clock counts from when it began; what was seen earlier still takes it further back."""
    _, seat = sittings.open_incident(store, "A", by="Bo", begun=at(-30), now=START)
    mark = Marked(component="in", level=0)
    sittings.append(store, seat, mark, happened=at(-45), now=at(5))
    found = sittings.situation(sittings.live(store, seat.sitting), now=at(15))
    assert found.zero == at(-45)
    assert found.activities[0].below_since_s == 0
    assert found.activities[0].rto_at_s == 3600
    assert found.activities[0].rto_breaks
    assert found.clock.t_s == 3600


def test_two_devices_and_a_restart_agree(store: PlanStore, lead: Seat) -> None:
    """Read entry by entry, all at once, or by another process: the same situation."""
    guest = join(store, lead)
    sittings.append(store, lead, Clock(running=True), now=at(2))
    sittings.live(store, lead.sitting)
    sittings.append(store, guest, Decided(fallback="f", act=Act.ACTIVATE), now=at(20))
    one = sittings.situation(sittings.live(store, lead.sitting), now=at(40))
    with PlanStore.open(store.path) as other:
        sittings.reading._LIVES.forget()
        sittings.reading._UNFOLDED.forget()
        assert sittings.situation(sittings.live(other, lead.sitting), now=at(40)) == one
    assert one.fallbacks[0].in_place_s == (20 - 2 + 20) * 60


def test_what_one_writer_had_not_seen_is_told(store: PlanStore, lead: Seat) -> None:
    """With `expected` an entry is refused where others wrote; without, what still makes sense is written."""
    number = sittings.live(store, lead.sitting).number
    sittings.append(store, lead, Noted(text="a"), now=at(1))
    with pytest.raises(ConflictError):
        sittings.append(store, lead, Noted(text="b"), expected=number, now=at(1))
    assert sittings.append(store, lead, Noted(text="c"), now=at(1)).number == number + 2


def test_an_inject_let_out_by_two_at_once_comes_once(store: PlanStore) -> None:
    """Eight devices let the same inject out at the same time: one entry, seven are told."""
    injects = (PlannedInject(id="a", at_s=600, text={"en": "x"}),)
    _, seat = sittings.open_exercise(store, "A", OUTAGE, by="Åsa", injects=injects, now=START)
    barrier = threading.Barrier(8)

    def release(_: int) -> bool:
        barrier.wait(timeout=30)
        try:
            sittings.append(store, seat, Released(inject="a"), now=at(1))
        except BcpError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(release, range(8))) == 1
    found = sittings.live(store, seat.sitting)
    assert sum(isinstance(e.what, Released) for e in found.entries) == 1


def test_thirty_at_once_lose_nothing(store: PlanStore, lead: Seat) -> None:
    """Notes and decisions of thirty participants at the same moment are all in the log."""
    seats = [join(store, lead, f"P{n}") for n in range(30)]
    barrier = threading.Barrier(30)
    before = sittings.live(store, lead.sitting).number

    def work(seat: Seat) -> None:
        barrier.wait(timeout=30)
        sittings.append(store, seat, Decided(fallback="f", act=Act.ACTIVATE), now=at(2))
        sittings.append(store, seat, Noted(text="x"), now=at(2))

    with ThreadPoolExecutor(30) as pool:
        list(pool.map(work, seats))
    entries = sittings.live(store, lead.sitting).entries
    assert [e.number for e in entries] == list(range(1, before + 61))


def test_people_and_channels_are_those_of_the_moment(store: PlanStore, duty: Seat) -> None:
    """Why, who can be reached and the scenario as any other are asked of the present."""
    sittings.append(store, duty, Marked(component="in", level=0), now=at(5))
    found = sittings.live(store, duty.sitting)
    assert sittings.why_now(found, "service", now=at(6)).involved == ("in", "n", "service")
    with pytest.raises(NotFoundError):
        sittings.why_now(found, "nowhere", now=at(6))
    assert sittings.reach_now(found, now=at(6)).horizon_s == 0
    assert usecases.run(PLAN, sittings.scenario_now(found, now=at(6))).level_at("n", 400) == 0
    assert sittings.planned(found, now=at(6)).declared_s == (5 + 10) * 60


def test_striking_out_the_end_opens_it_again(store: PlanStore, duty: Seat) -> None:
    """Closed by mistake, an incident goes on where it was."""
    end = sittings.append(store, duty, Closed(), now=at(5))
    with pytest.raises(BcpError, match="closed"):
        sittings.append(store, duty, Marked(component="in", level=0), now=at(6))
    sittings.append(store, duty, Corrected(entry=end.number), now=at(7))
    sittings.append(store, duty, Marked(component="in", level=0), now=at(8))
    assert sittings.every(store, open_only=True)[0].id == duty.sitting
