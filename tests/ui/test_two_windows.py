"""Two windows on the same plan: what is typed in one is neither lost nor overwrites what was saved in the other."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from bcp.model import edit
from bcp.store import PlanStore
from tests.ui.conftest import PLAN, Visit, texts

FORM = "component-n-0771-1"
FALLBACK = "styr-om-0771"


def window(visit: Visit, table: str = "") -> AppTest:
    """A window with the number's form open, or another view of the model."""
    app = visit("model", plan=PLAN)
    if table:
        return app.segmented_control(key="model-view").set_value(table).run()
    app.selectbox(key="focus").set_value("n-0771").run()
    return app


def fields(app: AppTest, form: str) -> dict[str, str | None]:
    """The text fields of a form, by their keys: the browser keeps what is typed in a field while its key stays."""
    return {t.key: t.value for t in app.text_input if t.key and t.key.startswith(form)}


def save(app: AppTest, field: str, text: str, form: str = FORM) -> None:
    """Type into a field of the component's form and save it."""
    app.text_input(key=f"{form}-{field}").set_value(text)
    app.button(key=f"{form}-save").click().run()
    assert not app.exception


def test_changes_of_different_fields_both_hold(saved: PlanStore, visit: Visit) -> None:
    """One window saves the operator, the other the name: the plan has both, and neither is asked anything."""
    one, two = window(visit), window(visit)
    save(one, "operator", "tele2")
    save(two, "name", "Kundtjänst")
    component = saved.load(PLAN).plan.components["n-0771"]
    assert (component.name, component.operator) == ("Kundtjänst", "tele2")
    assert two.text_input(key="component-n-0771-3-operator").value == "tele2"


@pytest.mark.usefixtures("saved")
def test_what_is_typed_stays_and_the_other_change_is_told(visit: Visit) -> None:
    """A window that is drawn again after another one's save says so and keeps its own fields."""
    one, two = window(visit), window(visit)
    before = fields(two, "component-")
    save(one, "name", "Kundtjänst")
    two.run()
    assert fields(two, "component-") == before
    assert "Changed in another window since it was shown here: Name" in texts(two)
    two.button(key=f"{FORM}-newer").click().run()
    assert two.text_input(key="component-n-0771-2-name").value == "Kundtjänst"
    assert "Changed in another window" not in texts(two)


def test_two_names_for_one_thing_are_asked_about(saved: PlanStore, visit: Visit) -> None:
    """The second to save is told what was saved meanwhile; saving once more puts the own one in its place."""
    one, two = window(visit), window(visit)
    save(one, "name", "Kundtjänst")
    save(two, "name", "Medborgarservice")
    assert "“Kundtjänst” was saved here in another window meanwhile." in texts(two)
    assert saved.load(PLAN).plan.components["n-0771"].name == "Kundtjänst"
    assert two.text_input(key=f"{FORM}-name").value == "Medborgarservice"
    two.button(key=f"{FORM}-save").click().run()
    assert saved.load(PLAN).plan.components["n-0771"].name == "Medborgarservice"
    assert two.text_input(key="component-n-0771-3-name").value == "Medborgarservice"


def test_a_third_change_is_asked_about_again(saved: PlanStore, visit: Visit) -> None:
    """Knowing of one change is not knowing of the next."""
    one, two = window(visit), window(visit)
    save(one, "name", "Kundtjänst")
    save(two, "name", "Medborgarservice")
    save(one, "name", "Växel", "component-n-0771-2")
    two.button(key=f"{FORM}-save").click().run()
    assert "“Växel” was saved here in another window meanwhile." in texts(two)
    assert saved.load(PLAN).plan.components["n-0771"].name == "Växel"


def test_another_part_of_the_plan_does_not_touch_the_form(saved: PlanStore, visit: Visit) -> None:
    """Whatever else is saved, a form about something unchanged keeps what is typed in it, and says nothing."""
    app = window(visit)
    before = fields(app, "component-")
    other, _ = edit.remove(saved.load(PLAN).plan, "n-vajour")
    saved.save(PLAN, other, author="somebody")
    app.run()
    assert fields(app, "component-") == before
    assert "another window" not in texts(app)


def test_ones_own_change_is_shown(saved: PlanStore, visit: Visit) -> None:
    """Undo in the same window fills the form anew: nobody else was at work."""
    app = window(visit)
    save(app, "name", "Kundtjänst")
    app.button(key="undo").click().run()
    assert saved.load(PLAN).plan.components["n-0771"].name != "Kundtjänst"
    assert "another window" not in texts(app)
    shown = fields(app, "component-n-0771-3")
    assert shown["component-n-0771-3-name"] == saved.load(PLAN).plan.components["n-0771"].name


def test_a_fallbacks_form_is_merged_too(saved: PlanStore, visit: Visit) -> None:
    """The lead time of one window and the name of the other are both in the plan."""
    one, two = (window(visit, "fallbacks") for _ in range(2))
    for app in (one, two):
        app.selectbox(key="fallback").set_value(FALLBACK).run()
    one.text_input(key=f"fallback-{FALLBACK}-1-lead_time").set_value("20m")
    one.button(key="save-fallback").click().run()
    two.text_input(key=f"fallback-{FALLBACK}-1-name").set_value("Annat namn")
    two.button(key="save-fallback").click().run()
    fallback = saved.load(PLAN).plan.fallbacks[FALLBACK]
    assert (fallback.name, fallback.lead_time) == ("Annat namn", 1200)


def test_a_form_for_something_new_outlasts_other_edits(saved: PlanStore, visit: Visit) -> None:
    """A half-typed new component stays while another window edits; once added, the form is empty."""
    app = window(visit)
    before = fields(app, "add-")
    other, _ = edit.remove(saved.load(PLAN).plan, "n-vajour")
    saved.save(PLAN, other, author="somebody")
    app.run()
    assert fields(app, "add-") == before
    app.text_input(key="add-0-name").set_value("Ny växel")
    app.button(key="add-0-button").click().run()
    assert "ny-vaxel" in saved.load(PLAN).plan.components
    assert app.text_input(key="add-1-name").value == ""
