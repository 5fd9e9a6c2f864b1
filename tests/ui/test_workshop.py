"""The pages of an exercise, without a browser: opening, leading, joining, and what a guest may see."""

from __future__ import annotations

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from bcp.errors import BcpError
from bcp.model.decision import Act
from bcp.model.log_entry import Clock, Closed, Decided, Noted
from bcp.store import PlanStore
from bcp.usecases import exercises, scenario, sittings
from bcp.usecases.sharing import own_addresses
from bcp.usecases.sittings import Seat
from tests.ui.conftest import PLAN, ROOT, SCENARIO, Visit, texts

PAGE = str(ROOT / "bcp" / "ui" / "pages" / "join.py")


@pytest.fixture
def opened(saved: PlanStore) -> tuple[str, Seat]:
    """An open exercise: its code and the facilitator's seat."""
    plan, chosen = saved.load(PLAN).plan, scenario(SCENARIO)
    found = exercises.exercise(plan, chosen, "en")
    sitting, seat = sittings.open_exercise(
        saved, PLAN, chosen, by="Lena", injects=exercises.planned_injects(found), language="en"
    )
    return sitting.code, seat


def guest(**query: str) -> AppTest:
    """The app as somebody sees it who came by a link to join; `owner` is not theirs."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["lang"] = "en"
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """The app is shared, and the browser on the computer that serves it: who has no owner's key may only join."""
    monkeypatch.setenv("BCP_OWNER", "the-owner's-key")
    monkeypatch.setattr(type(st.context), "ip_address", None)


@pytest.mark.usefixtures("saved")
def test_an_exercise_is_opened_from_plan_and_outage(visit: Visit) -> None:
    """Name and outage are all it takes; then the code stands on the screen and EXERCISE over everything."""
    app = visit("workshop", plan=PLAN, scenario=SCENARIO)
    app.button(key="open-exercise").click().run()
    assert any("name" in warning.value for warning in app.warning)
    app.text_input(key="facilitator-name").set_value("Lena").run()
    app.button(key="open-exercise").click().run()
    assert not app.exception
    assert "EXERCISE" in texts(app)
    assert "The clock stands still." in texts(app)
    assert {"workshop", "workshop_key"} <= set(app.query_params)


def test_the_key_in_the_address_leads_back(visit: Visit, opened: tuple[str, Seat]) -> None:
    """A reload, or a restart of the server, finds the room again by its key; a wrong key does not."""
    _code, seat = opened
    room = visit("workshop", plan=PLAN, workshop=seat.sitting, workshop_key=seat.key)
    assert "The clock stands still." in texts(room)
    wrong = visit("workshop", plan=PLAN, workshop=seat.sitting, workshop_key="guessed")
    assert "The clock stands still." not in texts(wrong)
    assert "Open an exercise" in texts(wrong)


@pytest.mark.parametrize("view", ["now", "script", "key", "log", "after"])
def test_every_view_of_the_room_draws(
    visit: Visit, opened: tuple[str, Seat], saved: PlanStore, view: str
) -> None:
    """Each view shows without an error in the middle of an exercise."""
    _code, seat = opened
    sittings.append(saved, seat, Clock(running=True, jump_to=1800.0))
    sittings.append(saved, seat, Decided(fallback="styr-om-0771", act=Act.ACTIVATE, reason="*why*"))
    sittings.append(saved, seat, Noted(text="seen"))
    app = visit("workshop", plan=PLAN, workshop=seat.sitting, workshop_key=seat.key)
    app.segmented_control(key="workshop-view").set_value(view).run()
    assert not app.exception
    expected = {
        "now": "Medborgarservice",
        "script": "Coming",
        "key": "Answer key",
        "log": "",
        "after": "Actions agreed",
    }
    assert expected[view] in texts(app)


@pytest.mark.usefixtures("shared")
def test_a_guest_of_a_shared_app_sees_nothing_of_the_plan(opened: tuple[str, Seat]) -> None:
    """Without the owner's key there is the form to join and nothing else, whatever the address asks for."""
    _code, seat = opened
    app = guest(plan=PLAN, workshop=seat.sitting, workshop_key=seat.key)
    assert "Join an exercise" in texts(app)
    assert "Medborgarservice" not in texts(app)
    assert not app.sidebar.children
    owner = guest(plan=PLAN, owner="the-owner's-key")
    assert "Join an exercise" not in texts(owner)


@pytest.mark.usefixtures("shared", "saved")
def test_the_owners_key_is_worth_nothing_on_another_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The owner's address stands on the projector: whoever copies it from there may still only join."""
    for address, joins in (("192.0.2.9", True), (None, False)):
        monkeypatch.setattr(type(st.context), "ip_address", address)
        app = guest(plan=PLAN, owner="the-owner's-key")
        assert ("Join an exercise" in texts(app)) is joins


@pytest.mark.usefixtures("shared")
def test_a_leaders_key_is_no_participants(opened: tuple[str, Seat], saved: PlanStore) -> None:
    """With the key of whoever leads, or of an incident, a guest sits at no table and hears nothing."""
    _, lead = opened
    _, duty = sittings.open_incident(saved, PLAN, by="Disa", title="Nobody gets through")
    for seat in (lead, duty):
        app = guest(seat=seat.sitting, seat_key=seat.key)
        assert not app.exception
        assert app.title[0].value == "Join an exercise"
        assert "What you hear" not in texts(app)


@pytest.mark.usefixtures("shared")
def test_a_participant_joins_and_decides(opened: tuple[str, Seat], saved: PlanStore) -> None:
    """With code, name and role one hears what the role hears, and a decision stands in the log with its reason."""
    code, seat = opened
    app = guest(join=code.lower())
    app.text_input(key="join-name").set_value("Aron").run()
    app.radio(key="join-role").set_value("It-driften").run()
    app.button(key="join-go").click().run()
    assert not app.exception
    assert "You are **Aron**, **It-driften**." in texts(app)
    assert "Nothing unusual, as far as you know." in texts(app)
    sittings.append(saved, seat, Clock(running=True, jump_to=900.0))
    app.run()
    assert "The test call to Medborgarnumret 0771-12 34 56 fails" in texts(app)
    app.selectbox(key="decide-fallback").set_value("styr-om-0771").run()
    app.text_area(key="decide-reason").set_value("nobody gets through").run()
    app.button(key="decide-go").click().run()
    assert not app.exception
    last = sittings.live(saved, seat.sitting).entries[-1]
    assert isinstance(last.what, Decided)
    assert (last.who, last.what.reason) == ("Aron", "nobody gets through")
    assert "no response from Servicenummerplattform 1" in texts(app)


@pytest.mark.usefixtures("shared", "saved")
def test_a_wrong_code_leads_nowhere() -> None:
    """A code that leads to no open exercise is refused, with what to do."""
    app = guest(join="WRONG1")
    assert "leads to no exercise" in texts(app)
    assert app.text_input(key="join-code").value is not None


@pytest.mark.usefixtures("shared")
def test_the_same_name_comes_back_when_it_says_so(opened: tuple[str, Seat], saved: PlanStore) -> None:
    """A name that is in already is asked whether it is the same person."""
    code, _seat = opened
    sittings.join(saved, code, "Aron", "It-driften")
    app = guest(join=code)
    app.text_input(key="join-name").set_value("Aron").run()
    app.radio(key="join-role").set_value("It-driften").run()
    app.button(key="join-go").click().run()
    assert "in already" in texts(app)
    app.button(key="join-again").click().run()
    assert "You are **Aron**" in texts(app)


def test_measured_times_go_into_the_plan(visit: Visit, opened: tuple[str, Seat], saved: PlanStore) -> None:
    """What was measured is chosen and put into the newest revision of the plan, with a record of the test."""
    _code, seat = opened
    sittings.append(saved, seat, Clock(running=True, jump_to=1200.0))
    sittings.append(saved, seat, Decided(fallback="felanmalan-till-jourmobil", act=Act.ACTIVATE))
    sittings.append(saved, seat, Clock(running=True, jump_to=2400.0))
    sittings.append(saved, seat, Decided(fallback="felanmalan-till-jourmobil", act=Act.IN_PLACE))
    sittings.append(saved, seat, Closed())
    app = visit("workshop", plan=PLAN, workshop=seat.sitting, workshop_key=seat.key)
    app.segmented_control(key="workshop-view").set_value("after").run()
    assert "The exercise is over." in texts(app)
    assert not app.checkbox(key="measured-felanmalan-till-jourmobil").value, "the clock has jumped"
    app.checkbox(key="measured-felanmalan-till-jourmobil").check().run()
    app.button(key="measured-into-plan").click().run()
    assert not app.exception
    tried = saved.load(PLAN).plan.fallbacks["felanmalan-till-jourmobil"]
    assert tried.lead_time is not None
    assert 20 <= tried.lead_time / 60 <= 21, "40 minutes were planned"
    assert saved.load(PLAN).revision.number == 2


@pytest.mark.usefixtures("shared")
def test_the_next_participant_is_offered_a_role_that_nobody_has(
    opened: tuple[str, Seat], saved: PlanStore
) -> None:
    """The first role is offered first, and after somebody took it the second."""
    code, seat = opened
    roles = sittings.live(saved, seat.sitting).sitting.settings.roles
    assert guest(join=code).radio(key="join-role").value == roles[0]
    sittings.join(saved, code, "Tage", roles[0])
    assert guest(join=code).radio(key="join-role").value == roles[1]
    sittings.join(saved, code, "Aron", roles[1])
    assert guest(join=code).radio(key="join-role").value == roles[2]


def test_a_guests_address_is_no_link(visit: Visit, opened: tuple[str, Seat], saved: PlanStore) -> None:
    """What a participant gives as a reason stands on the facilitator's screen as text that leads nowhere."""
    code, seat = opened
    mine = sittings.join(saved, code, "www.evil.test", "It-driften")
    sittings.append(saved, seat, Clock(running=True, jump_to=1800.0))
    what = Decided(fallback="styr-om-0771", act=Act.ACTIVATE, reason="See HTTPS://evil.test or a@evil.test")
    sittings.append(saved, mine, what)
    app = visit("workshop", plan=PLAN, workshop=seat.sitting, workshop_key=seat.key)
    shown = texts(app)
    assert "evil.test" in shown
    assert not any(link in shown.lower() for link in ("https://", "www.evil", "a@evil"))


def test_what_cannot_be_read_is_said_and_not_taken_for_no_seat(
    visit: Visit, opened: tuple[str, Seat], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sitting that is there and cannot be read is told; one that is not there leads to the list."""
    _code, seat = opened
    gone = visit("workshop", plan=PLAN, workshop="gone", workshop_key=seat.key)
    assert "Open an exercise" in texts(gone)

    def broken(*_: object) -> None:
        raise BcpError("entry 3 of the log cannot be read.", "Update the product.")

    monkeypatch.setattr(sittings, "resume", broken)
    app = visit("workshop", plan=PLAN, workshop=seat.sitting, workshop_key=seat.key)
    assert any("Entry 3" in error.value for error in app.error)
    assert "Open an exercise" not in texts(app)


def test_a_button_that_cannot_be_pressed_says_why(
    visit: Visit, opened: tuple[str, Seat], saved: PlanStore
) -> None:
    """With no fallback ticked the button for the measured times is off, and what to tick is said."""
    _code, seat = opened
    sittings.append(saved, seat, Clock(running=True, jump_to=1800.0))
    sittings.append(saved, seat, Decided(fallback="styr-om-0771", act=Act.ACTIVATE))
    app = visit("workshop", plan=PLAN, workshop=seat.sitting, workshop_key=seat.key)
    app.segmented_control(key="workshop-view").set_value("after").run()
    assert app.button(key="measured-into-plan").disabled
    assert "Tick at least one fallback" in texts(app)


def test_a_room_that_is_not_shared_says_how_to_share_it(visit: Visit, opened: tuple[str, Seat]) -> None:
    """Where the app serves this computer alone, the command that shares it stands there, and the address it will have."""
    code, seat = opened
    room = visit("workshop", plan=PLAN, workshop=seat.sitting, workshop_key=seat.key)
    written = [block.value for block in room.code]
    assert any(text.startswith("bcp ui --share") for text in written)
    assert any(own_addresses()[0] in text and text.endswith(f"/join?join={code}") for text in written)
    assert not any("127.0.0.1" in text for text in written)


def test_the_answer_key_says_what_its_verdicts_rest_on(visit: Visit, opened: tuple[str, Seat]) -> None:
    """A way that nobody has tested is marked so in the answer key, as on the page of routes."""
    _code, seat = opened
    app = visit("workshop", plan=PLAN, workshop=seat.sitting, workshop_key=seat.key)
    next(group for group in app.button_group if group.key == "workshop-view").set_value("key").run()
    shown = " ".join(str(cell) for table in app.table for cell in table.value.to_numpy().ravel())
    assert "never tested" in shown


@pytest.mark.usefixtures("shared")
def test_a_participant_sees_the_time_that_is_left(opened: tuple[str, Seat], saved: PlanStore) -> None:
    """Above what they hear stands the limit of their own that is reached next, and how long is left."""
    code, leader = opened
    app = guest(join=code)
    app.text_input(key="join-name").set_value("Tage").run()
    app.radio(key="join-role").set_value("VA-jouren").run()
    app.button(key="join-go").click().run()
    sittings.append(saved, leader, Clock(running=True, jump_to=1200))
    said = texts(app.run())
    assert said.index("RTO · Felanmälan vatten") < said.index("The test call to Felanmälan")
