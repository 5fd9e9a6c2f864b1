"""The guided start, as somebody who answers it meets it."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from bcp import usecases
from bcp.model.assumed import assumed
from bcp.model.component import Kind
from bcp.model.route import Verdict
from bcp.store import PlanStore
from bcp.usecases import interviewing
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


def write(app: AppTest, **answers: str | list[str]) -> AppTest:
    """Write into the fields of the screen by the names of their questions; what is not named stays as proposed."""
    for name, answer in answers.items():
        end = f"-{name}-field"
        (found,) = [
            f
            for f in (*app.text_input, *app.radio, *app.multiselect)
            if f.key and f.key.startswith("guided-") and f.key.endswith(end)
        ]
        found.set_value(answer)
    return app


def choose(app: AppTest, block: str, then: str = "next", **answers: str | list[str]) -> AppTest:
    """Choose a block, fill in its screen and go on to the next part, or with `more` stay in this one."""
    return press(write(press(app, f"guided-block-{block}"), **answers), then)


def test_the_whole_interview_makes_a_plan_that_runs(visit: Visit, store: PlanStore) -> None:
    """From the name to the last part: every answer is in the saved plan, and the outage offered at the end runs."""
    app = begun(visit)
    choose(app, "customer-service", mtpd="24 hours", rto="4 hours", demand="60", enough="40 %")
    choose(app, "se-service-number", number="0771-12 34 56", operator="Telia")
    choose(app, "cloud-contact-centre", supplier="Molnsvar", operator="Telia")
    choose(app, "city-fibre", operator="Provköpings stadsnät")
    choose(app, "web-page", supplier="Webbhallen")
    choose(
        app, "publish-other-number", number="010-455 12 34", operator="Tele2", who="Anna Andersson",
        told_on=["web-page"],
    )  # fmt: skip
    press(write(app, name="Anna Andersson", mobile="070-174 06 06", operator="Telia", time="20m"), "next")
    choose(
        app, "crisis-member", "more", name="Bo Berg", role="Manager", mobile="070-174 06 05", operator="Telia"
    )
    assert "rests on it" in texts(app) or "Added" in texts(app)
    press(app, "guided-on")

    plan = store.load(NAME).plan
    assert usecases.problems(plan) == ()
    assert plan.components["customer-service"].analysis.mtpd == 24 * 3600
    assert plan.components["customer-service"].analysis.mbco == 0.4
    assert [c.e164 for c in plan.of_kind(Kind.NUMBER).values()] == ["+46771123456", "+46104551234"]
    (fallback,) = plan.fallbacks.values()
    assert (fallback.owner, fallback.decision) == ("person-anna-andersson", 1200)
    assert assumed(plan, next(iter(plan.fallbacks))) == ("lead_time", "capacity", "endurance")
    assert fallback.capacity == 0.5
    assert plan.contacts["person-anna-andersson"].mobile == "+46701740606"
    assert plan.contacts["person-bo-berg"].operator == "telia"
    assert any("communication operator" in q.text for q in plan.document.questions)
    assert "What is left to do" in texts(app)
    press(app, "guided-run")
    assert app.title[0].value == "Scenarios"
    assert "Customer service down" in texts(app)


def test_enter_alone_leads_to_the_end(visit: Visit, store: PlanStore) -> None:
    """Whoever answers nothing gets questions to ask, what is proposed marked as assumed, and no claim about a reserve."""
    app = begun(visit, lang="sv")
    for block in ("customer-service", "se-service-number", "own-pbx", "operator-fibre", "web-page"):
        choose(app, block)
    choose(app, "publish-other-number")
    press(app, "next")
    choose(app, "crisis-member")
    plan = store.load(NAME).plan
    assert usecases.problems(plan) == ()
    assert len(plan.document.questions) >= 8
    assert "Kvar att göra" in texts(app)
    (option,) = [o for r in usecases.routes(plan) for o in r.options if r.subject in plan.activities]
    assert option.verdict is Verdict.UNKNOWN


def test_everything_unknown_is_an_interview_too(visit: Visit, store: PlanStore) -> None:
    """`I don't know` in each part leads through to the end, with questions to ask instead of a model."""
    app = begun(visit, lang="sv")
    choose(app, "urgent-calls", mtpd="", demand="")
    for _ in range(5):
        press(app, "guided-unknown")
    press(app, "next")
    press(app, "guided-unknown")
    plan = store.load(NAME).plan
    assert usecases.problems(plan) == ()
    assert len(plan.document.questions) >= 8
    assert "Kvar att göra" in texts(app)


def test_back_takes_back_and_shows_the_answer(visit: Visit, store: PlanStore) -> None:
    """One step back from what was done takes it out of the plan and stands at its answers."""
    app = begun(visit)
    choose(app, "customer-service", "more", name="Helpdesk", enough="70 %")
    assert "helpdesk" in store.load(NAME).plan.components
    press(app, "guided-back")
    assert store.load(NAME).plan.components == {}
    shown = {f.key: f.value for f in app.text_input}
    assert shown["guided-0-customer-service-enough-field"] == "70 %"
    assert shown["guided-0-customer-service-name-field"] == "Helpdesk"


def test_it_survives_a_reload_and_a_restart(visit: Visit, folder: Path) -> None:
    """The same address in a new browser session stands at the same screen, and Back at the answers given."""
    del folder
    app = begun(visit)
    choose(app, "customer-service", name="Helpdesk", mtpd="2h")
    again = visit("guided", plan=NAME)
    assert "Which sort of number" in texts(again)
    press(press(again, "guided-back"), "guided-back")
    assert {f.key: f.value for f in again.text_input}["guided-0-customer-service-mtpd-field"] == "2h"


def test_a_wrong_answer_is_refused_where_it_is_given(visit: Visit, store: PlanStore) -> None:
    """What cannot be read, and an aim after the limit, is said at once; nothing that was written is lost."""
    app = begun(visit)
    choose(app, "customer-service", name="Helpdesk", mtpd="soon", rto="5h")
    assert "is not a length of time" in texts(app)
    press(write(app, mtpd="2h"), "next")
    assert "is not a length of time" not in texts(app)
    assert "above the MTPD" in texts(app)
    press(write(app, rto="1h"), "next")
    assert store.load(NAME).plan.components["helpdesk"].analysis.rto == 3600


def test_which_number_a_reserve_saves_must_be_said(visit: Visit, store: PlanStore) -> None:
    """With two numbers none is taken for granted as the one that a reserve is for."""
    app = begun(visit)
    choose(app, "customer-service")
    choose(app, "fixed-number", "more", number="010-455 12 34", operator="Telia")
    choose(app, "fixed-number", number="010-455 12 35", operator="Telia", serves=[])
    for _ in range(3):
        press(app, "guided-unknown")
    choose(app, "staff-mobiles")
    assert "Choose one." in texts(app)
    assert store.load(NAME).plan.fallbacks == {}
    press(write(app, protects="number-010-455-12-35"), "next")
    assert [f.protects for f in store.load(NAME).plan.fallbacks.values()] == ["number-010-455-12-35"]


def test_a_plan_that_was_begun_is_gone_on_with(visit: Visit, store: PlanStore) -> None:
    """The same name again: without an answer the empty plan is used again, with one it is offered to go on."""
    begun(visit)
    begun(visit)
    assert [p.name for p in store.plans()] == [NAME]
    choose(visit("guided", plan=NAME), "customer-service")
    app = begun(visit)
    assert "begun and not finished" in texts(app)
    assert [p.name for p in store.plans()] == [NAME]
    press(app, "guided-new-go-on")
    assert "Which sort of number" in texts(app)


def test_the_start_page_goes_on_with_the_questions(visit: Visit, store: PlanStore) -> None:
    """Whoever left the interview and comes back to the start page has the questions before all else, until they are done."""
    app = begun(visit)
    assert not [b for b in visit("start", plan=NAME).button if b.key == "open-guided"]
    choose(app, "customer-service")
    back = visit("start", plan=NAME)
    back.button(key="open-guided").click().run()
    assert "Which sort of number" in texts(back)
    kept = interviewing.kept(store, NAME)
    assert kept is not None
    interviewing.keep(store, NAME, kept.model_copy(update={"section": None}))
    assert not [b for b in visit("start", plan=NAME).button if b.key == "open-guided"]


def test_an_answered_question_is_ticked_off(visit: Visit, store: PlanStore) -> None:
    """A tick at the end takes the question out of the plan."""
    app = begun(visit)
    press(app, "guided-on")
    for _ in range(5):
        press(app, "guided-unknown")
    press(app, "next")
    press(app, "guided-unknown")
    before = store.load(NAME).plan.document.questions
    next(box for box in app.checkbox if box.key and box.key.startswith("asked-")).check().run()
    assert not app.exception
    assert len(store.load(NAME).plan.document.questions) == len(before) - 1


def test_names_are_shown_as_they_are(visit: Visit) -> None:
    """Markup in an answer is text in the lists, the questions and the letters."""
    app = begun(visit)
    choose(app, "customer-service", name="**b** :red[x] $y$")
    assert "**b** :red[x] $y$" in texts(app)
    shown = [str(part.value) for part in (*app.markdown, *app.success, *app.info)]
    assert not [text for text in shown if ":red[x]" in text]


def test_the_open_plan_can_be_added_to(saved: PlanStore, visit: Visit) -> None:
    """About a plan that is there the interview begins with the numbers, and what is added stands beside it."""
    before = saved.load("kommun").plan
    app = press(visit("guided", plan="kommun"), "guided-add")
    choose(app, "fixed-number", number="010-455 12 34", operator="Nytele", serves=["vaxel"])
    plan = saved.load("kommun").plan
    assert before.components.keys() < plan.components.keys()
    assert usecases.problems(plan) == ()
    assert "nytele-voice-core" in plan.components


def test_the_start_page_leads_to_it(visit: Visit, store: PlanStore) -> None:
    """A new plan on the start page begins with questions."""
    app = visit("start")
    app.text_input(key="new-plan-name").set_value(NAME)
    app.button(key="new-plan-begin").click().run()
    assert "Choose the country." in texts(app)
    app.selectbox(key="new-plan-country").set_value("NL")
    app.button(key="new-plan-begin").click().run()
    assert app.title[0].value == "Guided start"
    assert "What do customers call you for" in texts(app)
    assert store.load(NAME).plan.organisation.country == "NL"


@pytest.mark.parametrize(
    ("chosen", "placed"),
    [("+", "own-way-in-for-the-reserve-number-tele2"), ("?", "unknown-way-in-for-the-reserve-number")],
)
def test_the_reserves_way_in_is_its_own_or_unknown(
    visit: Visit, store: PlanStore, chosen: str, placed: str
) -> None:
    """A way of its own and not knowing are two answers; the trunk to be avoided is marked as the usual one."""
    app = begun(visit)
    choose(app, "customer-service")
    choose(app, "fixed-number", number="010-455 12 34", operator="Telia")
    choose(app, "own-pbx", operator="Telia")
    press(app, "guided-unknown")
    choose(app, "web-page", supplier="Webbhallen")
    press(app, "guided-block-publish-other-number")
    (ways,) = [r for r in app.radio if r.key and r.key.endswith("-arrives_at-field")]
    assert "falls with it" in ways.options[0]
    assert "In the plan already: Telia · Others: Webbhallen" in texts(app)
    press(write(app, number="010-455 12 35", operator="Tele2", arrives_at=chosen, endurance="3d"), "next")
    plan = store.load(NAME).plan
    assert placed in plan.components
    assert [f.endurance for f in plan.fallbacks.values()] == [3 * 86400]


def test_ticked_figures_are_said(visit: Visit, store: PlanStore) -> None:
    """Whoever ticks that the usual figures are their own has said them; what was in sight and left is seen and kept."""
    app = press(begun(visit), "guided-block-customer-service")
    next(box for box in app.checkbox if box.key and box.key.endswith("-ours")).check()
    press(app, "next")
    plan = store.load(NAME).plan
    assert assumed(plan, "customer-service") == ("bia.mtpd", "bia.rto")
    assert [q.kept for q in plan.document.questions if q.assumes] == [("bia.mtpd", "bia.rto")]


def test_what_a_part_has_got_is_shown(visit: Visit) -> None:
    """After one block the part says what it has, that more may follow, and how to go on."""
    app = begun(visit)
    assert "several can be added" in texts(app)
    assert "Added here" not in texts(app)
    choose(app, "customer-service", "more")
    assert "Added here: ✓ Customer service" in texts(app)
    assert app.button(key="guided-on").label == "On to the next part"


def test_a_prefilled_field_is_said_to_be_our_proposal(visit: Visit) -> None:
    """Whoever leaves a field as it stands has been told that it is our proposal, and to empty what is not known."""
    told = texts(press(begun(visit), "guided-block-customer-service"))
    assert "our proposal: change it, or empty what you do not know" in told
