"""The incident page, as somebody meets it on the day it happens."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from streamlit.testing.v1 import AppTest

from bcp.engine.run.dialled import published_by
from bcp.errors import BcpError
from bcp.model.decision import Act
from bcp.model.log_entry import Closed, Decided, Marked, Noted, StepTaken, Told
from bcp.store import PlanStore
from bcp.ui.parts.incident_scene import clock_text, last_at
from bcp.usecases import incidents, marking, sittings
from bcp.usecases.sittings import Seat
from bcp.usecases.sittings.seats import LONGEST_NAME, tidy_name
from bcp.usecases.telling_now import to_tell
from bcp.words import words
from tests.ui.conftest import PLAN, Visit, texts

PLATFORM = "telia-in-1"


def begin(store: PlanStore, *, minutes: float = 20) -> Seat:
    """An incident that began some minutes ago, with the number platform down since then."""
    begun = datetime.now(UTC) - timedelta(minutes=minutes)
    sitting, seat = sittings.open_incident(store, PLAN, by="Disa", title="Nobody gets through", begun=begun)
    sittings.append(store, seat, Marked(component=PLATFORM, level=0.0), happened=begun)
    assert sitting.id == seat.sitting
    return seat


def seen(visit: Visit, seat: Seat, view: str) -> AppTest:
    """The page with this seat, at one of its views."""
    app = visit("incident", plan=PLAN, incident=seat.sitting, incident_key=seat.key)
    choice = next(group for group in app.button_group if group.key == "incident-view")
    choice.set_value(view).run()
    assert not app.exception
    return app


def kinds(store: PlanStore, seat: Seat) -> list[str]:
    """What the log holds, by kind."""
    return [entry.what.kind for entry in sittings.live(store, seat.sitting).entries]


def press(app: AppTest, key: str) -> AppTest:
    """Press the button whose key ends so."""
    next(button for button in app.button if (button.key or "").endswith(key)).click().run()
    assert not app.exception
    return app


def test_an_incident_begins_with_a_name(saved: PlanStore, visit: Visit) -> None:
    """The form opens an incident that the store has, and the address leads back to it."""
    app = visit("incident", plan=PLAN)
    app.text_input(key="incident-title").set_value("Nobody gets through")
    app.text_input(key="incident-name").set_value("Disa")
    press(app, "incident-begin")
    line = sittings.every(saved)[0]
    assert line.title == "Nobody gets through"
    assert app.query_params["incident"] == line.id
    assert "Nobody gets through" in texts(app)


@pytest.mark.usefixtures("saved")
def test_no_name_can_be_typed_that_is_refused_for_its_length(visit: Visit) -> None:
    """The field for a name takes as much as a name may have, whether one begins an incident or takes part."""
    field = visit("incident", plan=PLAN).text_input(key="incident-name")
    assert field.proto.max_chars == LONGEST_NAME
    assert tidy_name("x" * LONGEST_NAME)


def test_components_are_marked_one_after_the_other(saved: PlanStore, visit: Visit) -> None:
    """Two components marked down from the beginning are two entries, the form is empty again, and one comes back."""
    begun = datetime.now(UTC) - timedelta(minutes=20)
    _, seat = sittings.open_incident(saved, PLAN, by="Disa", begun=begun)
    app = seen(visit, seat, "mark")
    what = f"inc-{seat.sitting}-mark-what"
    for component in (PLATFORM, "telia-mobil"):
        app.selectbox(key=what).set_value(component).run()
        press(app, "-mark-go")
        assert app.selectbox(key=what).value is None
    marked = sittings.live(saved, seat.sitting).entries[1:]
    assert [e.what for e in marked] == [Marked(component=c, level=0.0) for c in (PLATFORM, "telia-mobil")]
    assert all(abs((entry.when - begun).total_seconds()) < 1 for entry in marked)
    press(app, f"-back-{PLATFORM}")
    assert sittings.live(saved, seat.sitting).entries[-1].what == Marked(component=PLATFORM, level=1.0)


def test_the_present_is_seen_at_once(saved: PlanStore, visit: Visit) -> None:
    """Activities say since when they are down and when each limit is reached, and what comes next."""
    app = seen(visit, begin(saved), "now")
    said = texts(app)
    assert "Down since" in said
    assert "RTO at" in said
    assert "What comes next, as things stand" in said


def test_a_fallback_is_activated_with_reason_and_owner(saved: PlanStore, visit: Visit) -> None:
    """The decision is in the log with who is responsible; its card's steps are ticked one by one."""
    seat = begin(saved)
    best = incidents.worths(
        live := sittings.live(saved, seat.sitting), sittings.situation(live, now=datetime.now(UTC))
    )[0]
    app = seen(visit, seat, "fallbacks")
    key = f"inc-{seat.sitting}-{best.fallback}-activate"
    app.text_input(key=f"{key}-reason").set_value("The numbers are dead")
    app.text_input(key=f"{key}-owner").set_value("Ture")
    press(app, f"{best.fallback}-activate-go")
    what = sittings.live(saved, seat.sitting).entries[-1].what
    assert what == Decided(
        fallback=best.fallback, act=Act.ACTIVATE, reason="The numbers are dead", owner="Ture"
    )
    app.checkbox(key=f"inc-{seat.sitting}-{best.fallback}-step-0").check().run()
    assert sittings.live(saved, seat.sitting).entries[-1].what == StepTaken(fallback=best.fallback, step=0)
    assert "Action card: 1 of" in " ".join(e.label for e in app.expander)


def test_who_decided_stays_when_it_is_reported_to_carry_load(saved: PlanStore, visit: Visit) -> None:
    """Who says later that it carries load has not decided on it."""
    seat = begin(saved)
    live = sittings.live(saved, seat.sitting)
    best = incidents.worths(live, sittings.situation(live, now=datetime.now(UTC)))[0].fallback
    before = datetime.now(UTC) - timedelta(minutes=9)
    activated = Decided(fallback=best, act=Act.ACTIVATE, reason="The numbers are dead", owner="Ture")
    sittings.append(saved, seat, activated, happened=before)
    sittings.append(saved, seat, Decided(fallback=best, act=Act.IN_PLACE, owner="Maj"))
    told = next(m.value for m in seen(visit, seat, "fallbacks").markdown if "Decided " in m.value)
    assert "Ture" in told
    assert "Maj" not in told


def test_without_a_name_it_begins_and_the_first_decision_asks_again(saved: PlanStore, visit: Visit) -> None:
    """Nobody is kept out over a name; the decision is signed with the one that is given then."""
    app = visit("incident", plan=PLAN)
    press(app, "incident-begin")
    sitting = sittings.every(saved)[0].id
    assert sittings.live(saved, sitting).entries[0].who == "somebody"
    session = app.session_state["bcp"]
    seat = sittings.resume(saved, sitting, session.incident_key)
    assert seat is not None
    sittings.append(saved, seat, Marked(component=PLATFORM, level=0.0))
    live = sittings.live(saved, sitting)
    best = incidents.worths(live, sittings.situation(live, now=datetime.now(UTC)))[0].fallback
    app.button_group(key="incident-view").set_value("fallbacks").run()
    app.text_input(key=f"inc-{sitting}-{best}-activate-name").set_value("Disa")
    press(app, f"{best}-activate-go")
    decision = next(e for e in sittings.live(saved, sitting).entries if isinstance(e.what, Decided))
    assert decision.who == "Disa"
    assert not any((t.key or "").endswith("-name") for t in app.text_input)


@pytest.mark.parametrize("view", ["fallbacks", "tell", "log"])
def test_what_to_do_now_stands_on_every_view(saved: PlanStore, visit: Visit, view: str) -> None:
    """One line says it where something else is being done."""
    lines = texts(seen(visit, begin(saved), view)).splitlines()
    told = next(line for line in lines if "Do now: " in line)
    assert "Decide by " in told
    assert "cannot be met" not in told


def test_those_who_were_told_are_told_that_it_works_again(saved: PlanStore, visit: Visit) -> None:
    """After all is back the page asks for it, and one press writes it for an audience without a notice."""
    seat = begin(saved)
    before = datetime.now(UTC) - timedelta(minutes=9)
    sittings.append(saved, seat, Told(audience="The mayor", text="Dead"), happened=before)
    sittings.append(saved, seat, Marked(component=PLATFORM, level=1.0))
    app = seen(visit, seat, "tell")
    assert "tell those who were told that it works again: The mayor" in texts(app)
    press(app, "again-The mayor")
    assert sum(kind == "told" for kind in kinds(saved, seat)) == 2
    assert "The mayor" not in texts(app)


def test_who_was_told_is_written_and_need_not_be_told_again(saved: PlanStore, visit: Visit) -> None:
    """Told writes audience, channel and the text; the audience is then shown as told."""
    seat = begin(saved)
    app = seen(visit, seat, "tell")
    assert "to be told by" in texts(app)
    press(app, "-told-public")
    what = sittings.live(saved, seat.sitting).entries[-1].what
    assert isinstance(what, Told)
    assert what.audience
    live, now = sittings.live(saved, seat.sitting), datetime.now(UTC)
    public = next(
        t
        for t in to_tell(live, sittings.situation(live, now=now), now, "sv")
        if t.notice.audience == "public"
    )
    assert not public.open


def test_what_was_told_with_the_decision_is_what_is_written(saved: PlanStore, visit: Visit) -> None:
    """The version with the number has a button of its own, and the log has that version's text."""
    seat = begin(saved, minutes=90)
    app = seen(visit, seat, "tell")
    press(app, "-told-public-with-decision")
    what = sittings.live(saved, seat.sitting).entries[-1].what
    assert isinstance(what, Told)
    assert "0980-31 92 40" in what.text


def test_nobody_is_sent_to_a_number_before_it_is_open(saved: PlanStore) -> None:
    """The first notice names no other number until a fallback that publishes one carries load."""
    seat = begin(saved, minutes=90)
    live, now = sittings.live(saved, seat.sitting), datetime.now(UTC)
    before = to_tell(live, sittings.situation(live, now=now), now, "sv")
    assert all(t.notice.instead == () for t in before)
    decided = [t.notice.at_decision for t in before if t.notice.at_decision is not None]
    assert decided
    assert all(d.instead and d.opens for d in decided)
    usable = [
        w.fallback for w in incidents.worths(live, sittings.situation(live, now=now)) if w.verdict == "usable"
    ]
    publishing = next(f for f in usable if published_by(live.plan, live.plan.fallbacks[f]))
    happened = now - timedelta(minutes=30)
    sittings.append(saved, seat, Decided(fallback=publishing, act=Act.IN_PLACE), happened=happened)
    live = sittings.live(saved, seat.sitting)
    after = to_tell(live, sittings.situation(live, now=now), now, "sv")
    staff = next(t for t in after if t.notice.audience == "staff")
    assert [i.fallback for i in staff.notice.instead] == [publishing]


@pytest.mark.usefixtures("saved")
def test_a_banner_stands_on_every_page_and_leads_there(visit: Visit, store: PlanStore) -> None:
    """While an incident is open other pages say so; the button leads to it, a closed one is not shown."""
    seat = begin(store)
    app = visit("start", plan=PLAN)
    assert "INCIDENT" in texts(app)
    press(app, f"to-incident-{seat.sitting}")
    assert app.title[0].value == "Incident"
    assert any((b.key or "").startswith("join-") for b in app.button)
    sittings.append(store, seat, Closed())
    assert "INCIDENT" not in texts(visit("model", plan=PLAN))


def test_the_banner_has_the_clock_of_the_plan(
    saved: PlanStore, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the browser's zone: the same time as on the page of the incident."""
    monkeypatch.setattr("bcp.ui.desk.local", lambda moment, *_: moment)
    seat = begin(saved)
    created = sittings.every(saved)[0].created
    here = created.astimezone(ZoneInfo("Europe/Stockholm"))
    assert sittings.live(saved, seat.sitting).plan.organisation.timezone == "Europe/Stockholm"
    assert f"open since {words('en').moment(here)}" in texts(visit("start", plan=PLAN))


def test_a_closed_incident_is_read_and_not_written(saved: PlanStore, visit: Visit) -> None:
    """After closing, the report and the scenario are offered, and nothing can be marked."""
    seat = begin(saved)
    app = seen(visit, seat, "log")
    app.text_area(key=f"inc-{seat.sitting}-close-text").set_value("It works again")
    press(app, "-close-go")
    assert kinds(saved, seat)[-1] == "marked"  # refused: nobody has said whether it is back
    app.radio(key=f"inc-{seat.sitting}-close-back").set_value("no").run()
    press(app, "-close-go")
    assert kinds(saved, seat)[-1] == "closed"
    assert "Over since" in texts(app)
    assert {(b.key or "").rsplit("-", 1)[-1] for b in app.button} >= {"report", "scenario"}
    assert not any((b.key or "").endswith("-mark-go") for b in seen(visit, seat, "mark").button)
    press(seen(visit, seat, "log"), "-keep")
    assert [outage.plan for outage in saved.outages.every(PLAN)] == [PLAN]


def test_closing_offers_that_all_is_back(saved: PlanStore, visit: Visit) -> None:
    """One choice marks everything that is still marked as back, since the time given, and then it is closed."""
    seat = begin(saved, minutes=60)
    sittings.append(saved, seat, Marked(component="telia-mobil", level=0.5, frozen=True))
    app = seen(visit, seat, "log")
    key = f"inc-{seat.sitting}-close"
    app.radio(key=f"{key}-back").set_value("at").run()
    clock = (
        (datetime.now(ZoneInfo("Europe/Stockholm")) - timedelta(minutes=30))
        .time()
        .replace(second=0, microsecond=0)
    )
    app.time_input(key=f"{key}-time").set_value(clock).run()
    press(app, "-close-go")
    *_, platform, mobile, closed = sittings.live(saved, seat.sitting).entries
    assert {e.what for e in (platform, mobile)} == {
        Marked(component="telia-mobil", level=1.0), Marked(component=PLATFORM, level=1.0)
    }  # fmt: skip
    assert isinstance(closed.what, Closed)
    since = {e.what.component: e.when for e in (platform, mobile) if isinstance(e.what, Marked)}
    assert since[PLATFORM].astimezone(ZoneInfo("Europe/Stockholm")).time() == clock
    assert since["telia-mobil"] > since[PLATFORM]  # nothing is back before it was down


def test_everything_is_back_with_one_click(saved: PlanStore, visit: Visit) -> None:
    """Where several are marked, one button marks them all as back, and closing is what is left to do."""
    seat = begin(saved)
    sittings.append(saved, seat, Marked(component="telia-mobil", level=0.0))
    app = press(seen(visit, seat, "mark"), "-all-back")
    live = sittings.live(saved, seat.sitting)
    assert marking.back_again(sittings.situation(live, now=datetime.now(UTC))) == ()
    assert not any((b.key or "").endswith("-all-back") for b in app.button)


def test_what_presses_most_stands_first(saved: PlanStore, visit: Visit) -> None:
    """Now says what is down, the next limit, and what to decide with who and by when; its button leads there."""
    seat = begin(saved)
    app = seen(visit, seat, "now")
    said = texts(app)
    for text in ("Down or too little", "Next limit", "Do now: decide on", "Decides: ", "Decide by"):
        assert text in said
    press(app, "-next-go")
    assert any((b.key or "").endswith("-activate-go") for b in app.button)


def test_another_day_is_written_in_the_language() -> None:
    """A time of today is a time of day; one of another day has its date as people write it."""
    now = datetime(2026, 11, 25, 0, 10, tzinfo=UTC)
    assert clock_text(now, now, words("sv")) == "00:10"
    assert clock_text(now - timedelta(hours=1), now, words("sv")) == "24 nov. 23:10"
    assert clock_text(now - timedelta(hours=1), now, words("en")) == "24 Nov 23:10"


@pytest.mark.parametrize(
    ("clock", "day"), [(time(23, 50), 2), (time(0, 5), 3), (time(0, 12), 3), (time(12, 30), 2)]
)
def test_a_time_before_midnight_is_yesterdays(clock: time, day: int) -> None:
    """At ten past midnight 23:50 was twenty minutes ago; a time a little later than now is now."""
    now = datetime(2026, 3, 3, 0, 10, tzinfo=UTC)
    found = last_at(clock, now)
    assert found <= now
    assert (found.day, found.time()) == (day, min(clock, now.time()) if day == now.day else clock)


def test_a_note_that_is_refused_is_not_lost(
    saved: PlanStore, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the log cannot be written just now, what was typed stays in its field; once written it is gone from there."""
    seat = begin(saved)
    app = seen(visit, seat, "now")
    key = f"inc-{seat.sitting}-note-text"

    def refuse(*_: object, **__: object) -> None:
        raise BcpError("the file is in use.", "Try again.")

    with monkeypatch.context() as broken:
        broken.setattr(sittings, "append", refuse)
        app.text_input(key=key).set_value("Telia has answered")
        press(app, "-note-go")
    assert app.text_input(key=key).value == "Telia has answered"
    press(app, "-note-go")
    assert sittings.live(saved, seat.sitting).entries[-1].what == Noted(text="Telia has answered")
    assert app.text_input(key=key).value == ""


def test_a_half_filled_form_waits_while_another_view_is_looked_at(saved: PlanStore, visit: Visit) -> None:
    """What was chosen under Mark is still there after a look at Now."""
    seat = begin(saved)
    app = seen(visit, seat, "mark")
    key = f"inc-{seat.sitting}-mark"
    app.selectbox(key=f"{key}-what").set_value("telia-mobil").run()
    app.text_input(key=f"{key}-source").set_value("own test call").run()
    for view in ("now", "mark"):
        next(group for group in app.button_group if group.key == "incident-view").set_value(view).run()
    assert app.selectbox(key=f"{key}-what").value == "telia-mobil"
    assert app.text_input(key=f"{key}-source").value == "own test call"
