from __future__ import annotations

import pytest

from bcp.errors import BcpError
from bcp.model.log_entry import (
    Clock,
    Closed,
    Marked,
)
from bcp.model.sitting import FACILITATOR, PlannedInject, SittingSettings
from bcp.store import PlanStore
from bcp.usecases import sittings
from bcp.usecases.sittings import JoinRefusedError, NameTakenError, Seat
from bcp.usecases.sittings.seats import Attempts
from tests.engine.live.sitting import OUTAGE
from tests.usecases.room import START, at, join


def test_people_join_with_the_code_however_they_type_it(store: PlanStore, lead: Seat) -> None:
    """Small letters, spaces and hyphens are the same code; the seat has the role as the exercise writes it."""
    code = sittings.live(store, lead.sitting).sitting.code
    typed = f" {code[:3].lower()}-{code[3:].lower()} "
    seat = sittings.join(store, typed, " Cilla  B ", "IT", now=at(1), attempts=Attempts())
    assert (seat.name, seat.role, seat.facilitator) == ("Cilla B", "it", False)
    found = sittings.situation(sittings.live(store, lead.sitting), now=at(1))
    assert [(p.name, p.role) for p in found.participants] == [("Cilla B", "it")]


def test_a_code_ends(store: PlanStore, lead: Seat) -> None:
    """After twelve hours, after another one was made and after the end it leads nowhere."""
    with pytest.raises(JoinRefusedError, match="no exercise that is open"):
        join(store, lead, now=at(12 * 60))
    old = sittings.live(store, lead.sitting).sitting.code
    sittings.new_code(store, lead, now=at(60))
    with pytest.raises(JoinRefusedError):
        sittings.join(store, old, "Cilla", "it", now=at(61), attempts=Attempts())
    assert join(store, lead, now=at(61)).name == "Cilla"
    sittings.append(store, lead, Closed(), now=at(90))
    with pytest.raises(JoinRefusedError):
        join(store, lead, "Didrik", now=at(91))


def test_codes_cannot_be_found_by_trying(store: PlanStore, lead: Seat) -> None:
    """After thirty wrong ones from one place the right one is refused too, for five minutes, and only from there."""
    attempts = Attempts()
    for n in range(30):
        with pytest.raises(JoinRefusedError, match="no exercise"):
            sittings.join(store, f"WRONG{n}", "x", now=at(1), source="one", attempts=attempts)
    with pytest.raises(JoinRefusedError, match="too many"):
        join(store, lead, source="one", attempts=attempts, now=at(5))
    assert join(store, lead, source="two", attempts=attempts, now=at(5))
    assert join(store, lead, "Didrik", source="one", attempts=attempts, now=at(6.1))


def test_a_name_that_is_in_may_come_back(store: PlanStore, lead: Seat) -> None:
    """Whoever lost their page comes back as the same person; somebody else takes another name."""
    join(store, lead)
    with pytest.raises(NameTakenError, match="cilla is in already"):
        join(store, lead, "cilla")
    join(store, lead, "Cilla", "management", again=True, now=at(9))
    found = sittings.situation(sittings.live(store, lead.sitting), now=at(9))
    assert [(p.name, p.role, p.since) for p in found.participants] == [("Cilla", "management", at(1))]


@pytest.mark.parametrize(
    ("name", "role"), [("", "it"), ("\u200b \n", "it"), ("x" * 61, "it"), ("Bo", "boss")]
)
def test_a_seat_needs_a_name_and_a_role(store: PlanStore, lead: Seat, name: str, role: str) -> None:
    """No name, one too long, or a role that there is not: nobody comes in."""
    with pytest.raises(BcpError):
        join(store, lead, name, role)


def test_nobody_comes_in_as_the_facilitator(store: PlanStore) -> None:
    """The role of whoever leads is not for taking, though an exercise names no roles."""
    opened, _ = sittings.open_exercise(store, "A", OUTAGE, by="Åsa", now=START)
    with pytest.raises(BcpError, match="no role"):
        sittings.join(store, opened.code, "Eve", FACILITATOR, now=at(1), attempts=Attempts())


def test_no_disguise_leads_to_the_facilitators_role(store: PlanStore) -> None:
    """Control characters and an inject for the facilitator do not make the role one that a guest can take."""
    injects = [PlannedInject(id="own", at_s=0, to="Facilitator, it", text={"en": "Watch the clock"})]
    opened, _ = sittings.open_exercise(store, "A", OUTAGE, by="Åsa", injects=injects, now=START)
    assert opened.settings.roles == ("it",)
    free, _ = sittings.open_exercise(store, "A", OUTAGE, by="Åsa", injects=[], now=START)
    for code in (opened.code, free.code):
        with pytest.raises(BcpError, match="no role"):
            sittings.join(store, code, "Eve", "\x00facilitator", now=at(1), attempts=Attempts())


def test_nobody_takes_the_name_of_whoever_leads(store: PlanStore, lead: Seat) -> None:
    """The facilitator's name is theirs alone, also for those who say that they came back: entries go by names."""
    for again in (False, True):
        with pytest.raises(NameTakenError):
            join(store, lead, "åsa", again=again)


def test_a_name_is_the_same_however_its_letters_are_composed(store: PlanStore, lead: Seat) -> None:
    """A letter with a loose ring above is the letter that the log keeps, and no second person."""
    assert join(store, lead, "Bo A\u030asen").name == "Bo Åsen"
    with pytest.raises(NameTakenError):
        join(store, lead, "Bo A\u030asen")


def test_an_exercise_has_so_many_seats(store: PlanStore) -> None:
    """The last seat taken, the next is refused; who is in may come back."""
    settings = SittingSettings(participants=1)
    opened, _ = sittings.open_exercise(store, "A", OUTAGE, by="Åsa", settings=settings, now=START)
    assert sittings.join(store, opened.code, "Bo", now=at(1), attempts=Attempts())
    with pytest.raises(JoinRefusedError, match="all 1 seats"):
        sittings.join(store, opened.code, "Cilla", now=at(1), attempts=Attempts())
    assert sittings.join(store, opened.code, "Bo", again=True, now=at(1), attempts=Attempts())


def test_a_key_leads_back_to_the_seat(store: PlanStore, lead: Seat) -> None:
    """After a reload and after a restart of the server, for the facilitator and for participants; no other key does."""
    guest = join(store, lead)
    with PlanStore.open(store.path) as restarted:
        assert sittings.resume(restarted, lead.sitting, lead.key) == lead
        assert sittings.resume(restarted, lead.sitting, guest.key) == guest
        assert sittings.resume(restarted, lead.sitting, guest.key[:-1]) is None
        assert sittings.resume(restarted, lead.sitting, "") is None
    assert lead.key not in repr(lead)


def test_somebody_else_may_lead_on(store: PlanStore, lead: Seat) -> None:
    """Whoever sits at the machine takes over; both lead, and both come back."""
    other = sittings.take_over(store, lead.sitting, "Didrik", now=at(3))
    assert sittings.resume(store, lead.sitting, other.key) == other
    for seat in (other, lead):
        sittings.append(store, seat, Clock(running=True), now=at(4))


def test_in_an_incident_everybody_may_do_everything(store: PlanStore, duty: Seat) -> None:
    """No code is needed, and whoever came in marks, decides and closes."""
    guest = sittings.join_incident(store, duty.sitting, "Cilla", "it", now=at(1))
    sittings.append(store, guest, Marked(component="in", level=0), now=at(2))
    assert sittings.resume(store, duty.sitting, guest.key) == guest
    assert sittings.situation(sittings.live(store, duty.sitting), seat=guest, now=at(3)).down == (
        "in",
        "n",
        "service",
    )
