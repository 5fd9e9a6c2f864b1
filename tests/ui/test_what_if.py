"""Trying a change, and asking how late a decision may be, on the screen."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from bcp import usecases
from bcp.model.sensitivity import Sensitivity
from bcp.store import PlanStore
from bcp.ui.parts import lateness
from bcp.words import words
from tests.ui.conftest import PLAN, SCENARIO, Visit, texts

LATE = "socialjour-pa-reservmobil"


def _tried(visit: Visit, **fields: str) -> AppTest:
    app = visit("scenarios", plan=PLAN, scenario=SCENARIO, t="0")
    app.selectbox(key="trial-fallback").set_value(LATE).run()
    for field, value in fields.items():
        app.text_input(key=f"trial-{LATE}-{field}").set_value(value)
    app.button(key="trial-go").click().run()
    assert not app.exception
    return app


def test_a_trial_changes_the_run_and_not_the_plan(saved: PlanStore, visit: Visit) -> None:
    """With a shorter lead time on trial the RTO holds, the page says that it is not saved, and the plan is as it was."""
    app = _tried(visit, lead_time="20 min")
    told = texts(app).replace("\xa0", " ")
    assert "Not saved" in told
    assert "Lead time 20 min instead of 50 min" in told
    assert "Socialjouren down 40 min – RTO of 1 h held" in told
    assert "Before the change: ✕ RTO broken" in told
    assert len(saved.revisions(PLAN)) == 1


def test_a_trial_is_saved_with_one_click(saved: PlanStore, visit: Visit) -> None:
    """Saving makes it a revision of the plan, and nothing is on trial any more."""
    app = _tried(visit, lead_time="20 min")
    app.button(key="trials-save").click().run()
    assert not app.exception
    assert saved.load(PLAN).plan.fallbacks[LATE].lead_time == 1200
    assert "Not saved" not in texts(app)
    assert "RTO of 1 h held" in texts(app).replace("\xa0", " ")


def test_a_trial_is_forgotten_with_one_click(saved: PlanStore, visit: Visit) -> None:
    """Forgetting shows the plan's own run again."""
    app = _tried(visit, lead_time="20 min")
    app.button(key="trials-forget").click().run()
    assert not app.exception
    assert "Not saved" not in texts(app)
    assert "Socialjouren down 1 h 10 min – RTO broken" in texts(app).replace("\xa0", " ")
    assert len(saved.revisions(PLAN)) == 1


@pytest.mark.usefixtures("saved")
def test_a_fallback_can_be_left_out_and_another_put_in(visit: Visit) -> None:
    """Without the fallback the activity is down as long as the outage; with one more it is not."""
    app = visit("scenarios", plan=PLAN, scenario=SCENARIO, t="0")
    app.selectbox(key="trial-fallback").set_value(LATE).run()
    app.checkbox(key=f"trial-{LATE}-off").check()
    app.button(key="trial-go").click().run()
    worse = texts(app).replace("\xa0", " ")
    assert "is not there" in worse
    assert "Socialjouren down 1 h 10 min" not in worse
    plan = usecases.open_plan(f"example:{PLAN}").plan
    app.text_input(key="extra-name").set_value("Ny väg")
    app.selectbox(key="extra-protects").set_value(plan.fallbacks[LATE].protects)
    app.text_input(key="extra-lead").set_value("5m")
    app.button(key="extra-go").click().run()
    better = texts(app).replace("\xa0", " ")
    assert not app.error, better
    assert "Ny väg is one more fallback" in better
    assert "Socialjouren down 25 min – RTO of 1 h held" in better


@pytest.mark.usefixtures("saved")
def test_a_trial_of_nothing_or_nonsense_is_said(visit: Visit) -> None:
    """An empty form and a time that is none are told, and nothing is on trial."""
    assert "Nothing is different" in texts(_tried(visit))
    app = _tried(visit, lead_time="soon")
    assert app.error
    assert "Not saved" not in texts(app)


@pytest.mark.usefixtures("saved")
def test_the_latest_decision_is_told_exactly(visit: Visit) -> None:
    """For the fallback that comes too late the page says by how much, and what the plan has."""
    app = visit("scenarios", plan=PLAN, scenario=SCENARIO, t="0")
    app.toggle(key="late").set_value(True).run()
    app.selectbox(key="late-fallback").set_value(LATE).run()
    for _ in range(60):
        if not any(button.key == "late-work-cancel" for button in app.button):
            break
        app.run()
    told = texts(app).replace("\xa0", " ")
    assert "Socialjouren: at most" in told
    assert "10 min too late" in told


def _found(latest: float | None, *held: bool) -> Sensitivity:
    samples = [{"after_s": n * 60.0, "longest_s": 0.0, "held": h} for n, h in enumerate(held)]
    return Sensitivity.model_validate(
        {
            "fallback": "f", "activity": "a", "varied": "decision", "limit": "rto", "limit_s": 3600.0,
            "planned_s": 600.0, "latest_s": latest, "samples": samples,
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (_found(1234.0, True, False), "at most **20 min 34 s**"),
        (_found(1234.0, True, False), "10 min 34 s to spare"),
        (_found(30.0, True, False), "9 min 30 s too late"),
        (_found(600.0, True, False), "◐ A: at most **10 min**"),
        (_found(600.0, True, False), "nothing to spare"),
        (_found(None, False, False), "broken even if it takes no time at all"),
        (_found(None, True, True), "holds however long it takes"),
    ],
)
def test_every_answer_is_a_sentence(found: Sensitivity, told: str) -> None:
    """In time, too late, never and always are each said in words, to the second."""
    assert told in lateness.sentence(found, words("en"), activity="A").replace("\xa0", " ")


@pytest.mark.usefixtures("saved")
def test_what_is_on_trial_survives_a_reload(visit: Visit) -> None:
    """The page's address leads back to the changes on trial; forgotten, or under a made-up name, there are none."""
    app = _tried(visit, lead_time="5m")
    assert "Not saved" in texts(app)
    given = app.query_params
    address = {key: given[key] if isinstance(given[key], str) else given[key][0] for key in given}
    again = visit("scenarios", **address)
    assert "Not saved" in texts(again)
    assert "5 min instead of" in texts(again).replace("\xa0", " ")
    again.button(key="trials-forget").click().run()
    assert "trials" not in again.query_params
    assert "Not saved" not in texts(visit("scenarios", **{**address, "trials": "../nothing"}))
