"""The guided start, as somebody who answers it meets it."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from bcp import usecases
from bcp.model.component import Kind
from bcp.store import PlanStore
from bcp.usecases import building
from tests.ui.conftest import Visit, texts

NAME = "Provbolaget"


def begun(visit: Visit, lang: str = "en") -> AppTest:
    """The interview about a new plan, at its first choice."""
    app = visit("guided", lang=lang)
    app.text_input(key="guided-new-name").set_value(NAME)
    app.selectbox(key="guided-new-country").set_value("SE")
    return app.button(key="guided-new-begin").click().run()


def press(app: AppTest, key: str) -> AppTest:
    """Click the button of this key, or the one of the interview that ends so."""
    buttons = [b.key for b in app.button if b.key and (b.key == key or b.key.endswith(f"-{key}"))]
    assert buttons, f"{key} is not there: {[b.key for b in app.button]}"
    app.button(key=buttons[0]).click().run()
    assert not app.exception
    return app


def field(app: AppTest) -> str:
    """The key of the field that is asked for."""
    (key,) = [f.key for f in app.text_input if f.key and f.key.startswith("guided-")]
    return key


def write(app: AppTest, *answers: str) -> AppTest:
    """Answer the questions that come with texts; an empty one takes what is proposed."""
    for answer in answers:
        if answer:
            app.text_input(key=field(app)).set_value(answer)
        press(app, "next")
    return app


def choose(app: AppTest, block: str, *answers: str) -> AppTest:
    """Choose a block and answer its questions."""
    return write(press(app, f"guided-block-{block}"), *answers)


def test_the_whole_interview_makes_a_plan_that_runs(visit: Visit, store: PlanStore) -> None:
    """From the name to the last part: every answer is in the saved plan, and the outage offered at the end runs."""
    app = begun(visit)
    choose(app, "customer-service", "", "24 hours", "4 hours", "60", "40 %")
    press(app, "guided-on")
    choose(app, "se-service-number", "0771-12 34 56", "Telia")
    press(app, "guided-on")
    choose(app, "cloud-contact-centre", "Molnsvar")
    press(app, "operator-suggested-0")
    press(app, "guided-on")
    choose(app, "city-fibre", "Provköpings stadsnät")
    press(app, "runs_it-unknown")
    press(app, "fix_time-skip")
    press(app, "guided-on")
    choose(app, "web-page", "Webbhallen", "")
    press(app, "guided-on")
    choose(app, "publish-other-number", "010-455 12 34", "Tele2", "", "", "Anna Andersson")
    press(app, "tested-skip")
    app.multiselect[0].set_value([])
    press(app, "next")
    press(app, "next")
    press(app, "guided-on")
    choose(app, "crisis-member", "Bo Berg", "Manager", "070-174 06 05", "Telia")
    assert "rests on it" in texts(app) or "Added" in texts(app)
    press(app, "guided-on")

    plan = store.load(NAME).plan
    assert usecases.problems(plan) == ()
    assert plan.components["customer-service"].analysis.mtpd == 24 * 3600
    assert plan.components["customer-service"].analysis.mbco == 0.4
    assert [c.e164 for c in plan.of_kind(Kind.NUMBER).values()] == ["+46771123456", "+46104551234"]
    assert [f.owner for f in plan.fallbacks.values()] == ["person-anna-andersson"]
    assert plan.contacts["bo-berg"].operator == "telia"
    assert any("communication operator" in q.text for q in plan.document.questions)
    assert "Questions to ask" in texts(app)
    press(app, "guided-run")
    assert app.title[0].value == "Scenarios"
    assert "Customer service down" in texts(app)


def test_everything_unknown_is_an_interview_too(visit: Visit, store: PlanStore) -> None:
    """`I don't know` and `skip` lead through to the end, with questions to ask instead of a model."""
    app = begun(visit, lang="sv")
    choose(app, "urgent-calls")
    while any(b.key and b.key.endswith("-unknown") and b.key != "guided-unknown" for b in app.button):
        press(app, next(b.key for b in app.button if b.key and b.key.endswith("-unknown")))
    press(app, "guided-on")
    for _ in range(6):
        press(app, "guided-unknown")
    plan = store.load(NAME).plan
    assert usecases.problems(plan) == ()
    assert len(plan.document.questions) >= 8
    assert "Frågor att ställa" in texts(app)


def test_back_takes_back_and_shows_the_answer(visit: Visit, store: PlanStore) -> None:
    """One step back from what was done takes it out of the plan and stands at its last answer."""
    app = begun(visit)
    choose(app, "customer-service", "Helpdesk", "", "", "", "70 %")
    assert "helpdesk" in store.load(NAME).plan.components
    press(app, "guided-back")
    assert store.load(NAME).plan.components == {}
    assert app.text_input(key=field(app)).value == "70 %"
    for _ in range(4):
        press(app, "guided-back")
    assert app.text_input(key=field(app)).value == "Helpdesk"


def test_it_survives_a_reload_and_a_restart(visit: Visit, folder: Path) -> None:
    """The same address in a new browser session stands at the same question with the same answers."""
    del folder
    app = begun(visit)
    choose(app, "customer-service", "Helpdesk", "2h")
    again = visit("guided", plan=NAME)
    assert "want to answer again" in texts(again)
    assert again.text_input(key=field(again)).value == "2h"
    press(again, "guided-back")
    assert again.text_input(key=field(again)).value == "2h"


def test_a_wrong_answer_is_refused_where_it_is_given(visit: Visit, store: PlanStore) -> None:
    """What cannot be read, and an aim after the limit, is said at once at the question; nothing is lost."""
    app = begun(visit)
    choose(app, "customer-service", "Helpdesk", "soon")
    assert "is not a length of time" in texts(app)
    write(app, "2h")
    assert "is not a length of time" not in texts(app)
    write(app, "4h")
    assert "above the MTPD" in texts(app)
    write(app, "1h", "", "")
    assert store.load(NAME).plan.components["helpdesk"].analysis.rto == 3600


def test_an_answered_question_is_ticked_off(visit: Visit, store: PlanStore) -> None:
    """A tick at the end takes the question out of the plan."""
    app = begun(visit)
    for _ in range(7):
        press(app, "guided-unknown") if "guided-unknown" in {b.key for b in app.button} else press(
            app, "guided-on"
        )
    before = store.load(NAME).plan.document.questions
    next(box for box in app.checkbox if box.key and box.key.startswith("asked-")).check().run()
    assert not app.exception
    assert len(store.load(NAME).plan.document.questions) == len(before) - 1


def test_names_are_shown_as_they_are(visit: Visit) -> None:
    """Markup in an answer is text in the lists, the questions and the letters."""
    app = begun(visit)
    choose(app, "customer-service", "**b** :red[x] $y$", "", "", "", "")
    assert "**b** :red[x] $y$" in texts(app)
    shown = [str(part.value) for part in (*app.markdown, *app.success, *app.info)]
    assert not [text for text in shown if ":red[x]" in text]


def test_the_open_plan_can_be_added_to(saved: PlanStore, visit: Visit) -> None:
    """About a plan that is there the interview begins with the numbers, and what is added stands beside it."""
    before = saved.load("kommun").plan
    app = press(visit("guided", plan="kommun"), "guided-add")
    choose(app, "fixed-number", "010-455 12 34", "Nytele")
    if app.multiselect:
        app.multiselect[0].set_value(["vaxel"])
        press(app, "next")
    plan = saved.load("kommun").plan
    assert before.components.keys() < plan.components.keys()
    assert usecases.problems(plan) == ()
    assert "nytele-voice-core" in plan.components


def test_the_start_page_leads_to_it(visit: Visit, store: PlanStore) -> None:
    """A new plan on the start page begins with questions."""
    app = visit("start")
    app.text_input(key="new-plan-name").set_value(NAME)
    app.button(key="new-plan-begin").click().run()
    assert app.title[0].value == "Guided start"
    assert "What do customers call you for" in texts(app)
    assert store.load(NAME).plan.organisation.country in building.COUNTRIES
