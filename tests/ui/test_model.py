"""Changing the model on the screen: every change is a revision in the store, and can be undone."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from bcp.model import edit
from bcp.model.component import Kind
from bcp.model.requirement import Needs, Pool
from bcp.store import PlanStore
from tests.ui.conftest import PLAN, Visit, texts

FALLBACK = "socialjour-pa-reservmobil"


def show(app: AppTest, view: str) -> AppTest:
    """Turn the model page to a view."""
    app.segmented_control(key="model-view").set_value(view).run()
    assert not app.exception
    return app


def choose(app: AppTest, component: str) -> AppTest:
    """Choose a component by the search field."""
    app.selectbox(key="focus").set_value(component).run()
    assert not app.exception
    return app


@pytest.mark.usefixtures("saved")
def test_the_picture_says_what_it_leaves_out(visit: Visit) -> None:
    """Only the neighbourhood is drawn, and the page says how much is hidden."""
    app = choose(visit("model", plan=PLAN), "n-0771")
    near = texts(app)
    assert "of 80 components shown" in near
    app.segmented_control(key="depth-down").set_value(3).run()
    assert texts(app) != near


def test_a_name_is_changed_and_the_change_undone(saved: PlanStore, visit: Visit) -> None:
    """The form's save button stores a new revision; undo and redo in the sidebar go back and forth."""
    app = choose(visit("model", plan=PLAN), "n-0771")
    app.text_input(key="component-n-0771-1-name").set_value("Nya numret")
    app.button(key="component-n-0771-1-save").click().run()
    assert not app.exception
    assert saved.load(PLAN).plan.components["n-0771"].name == "Nya numret"
    assert "Name:" in app.toast[0].value.replace("\\", "")
    app.button(key="undo").click().run()
    assert saved.load(PLAN).plan.components["n-0771"].name != "Nya numret"
    app.button(key="redo").click().run()
    assert saved.load(PLAN).plan.components["n-0771"].name == "Nya numret"


def test_a_bad_number_is_refused_where_it_stands(saved: PlanStore, visit: Visit) -> None:
    """A telephone number that is none is explained, and nothing is saved."""
    app = choose(visit("model", plan=PLAN), "n-0771")
    app.text_input(key="component-n-0771-1-e164").set_value("0771123456")
    app.button(key="component-n-0771-1-save").click().run()
    assert not app.exception
    assert "Telephone number" in texts(app)
    assert "+46771123456" in texts(app)
    assert len(saved.revisions(PLAN)) == 1


def test_a_component_is_added_under_what_needs_it(saved: PlanStore, visit: Visit) -> None:
    """The new component has an id made from its name, and the one that needs it requires it."""
    app = visit("model", plan=PLAN)
    app.selectbox(key="add-0-kind").set_value(Kind.SYSTEM)
    app.text_input(key="add-0-name").set_value("Köhantering åäö")
    app.selectbox(key="add-0-for").set_value("medborgarservice")
    app.button(key="add-0-button").click().run()
    assert not app.exception
    plan = saved.load(PLAN).plan
    assert plan.components["kohantering-aao"].kind is Kind.SYSTEM
    assert Needs(needs="kohantering-aao") in plan.components["medborgarservice"].requires


def test_an_id_is_changed_everywhere(saved: PlanStore, visit: Visit) -> None:
    """Changing an id changes every place that names it."""
    app = choose(visit("model", plan=PLAN), "telia-in-1")
    app.text_input(key="id-field-telia-in-1").set_value("plattform-1")
    app.button(key="id-button-telia-in-1").click().run()
    assert not app.exception
    plan = saved.load(PLAN).plan
    assert "telia-in-1" not in str(plan.written())
    assert plan.fallbacks["styr-om-0771"].executes_at == "plattform-1"


def test_removing_takes_the_mentions_along(saved: PlanStore, visit: Visit) -> None:
    """What is removed is gone from every requirement, and the page says beforehand where."""
    app = choose(visit("model", plan=PLAN), "kontaktcenter")
    assert "no longer requires" not in texts(app)
    app.button(key="ask-remove").click().run()
    assert "no longer requires" in texts(app)
    app.button(key="remove-kontaktcenter").click().run()
    assert not app.exception
    assert "kontaktcenter" not in saved.load(PLAN).plan.components
    assert not any(
        "kontaktcenter" in r.members for c in saved.load(PLAN).plan.components.values() for r in c.requires
    )


def test_limits_are_set_in_the_impact_analysis(saved: PlanStore, visit: Visit) -> None:
    """RTO and demand are saved as typed; an RTO above the MTPD is refused."""
    app = choose(visit("model", plan=PLAN), "medborgarservice")
    app.text_input(key="bia-medborgarservice-1-rto").set_value("1 tim 30 min")
    app.number_input(key="bia-medborgarservice-1-demand").set_value(123.0)
    app.button(key="bia-medborgarservice-1-save").click().run()
    assert not app.exception
    bia = saved.load(PLAN).plan.components["medborgarservice"].analysis
    assert (bia.rto, bia.demand) == (5400, 123)
    app.text_input(key="bia-medborgarservice-2-rto").set_value("5y")
    app.button(key="bia-medborgarservice-2-save").click().run()
    assert "The RTO is longer than the MTPD" in texts(app)
    assert len(saved.revisions(PLAN)) == 2


def test_saving_untouched_forms_changes_nothing(saved: PlanStore, visit: Visit) -> None:
    """Pressing save on the forms of a component of each kind, and of every fallback, leaves the plan as it is."""
    plan = saved.load(PLAN).plan
    app = visit("model", plan=PLAN)
    for component in {c.kind: i for i, c in plan.components.items()}.values():
        choose(app, component)
        app.button(key=f"component-{component}-1-save").click().run()
        assert not app.error, component
    choose(app, "medborgarservice")
    app.button(key="bia-medborgarservice-1-save").click().run()
    show(app, "fallbacks")
    for fallback in plan.fallbacks:
        app.selectbox(key="fallback").set_value(fallback).run()
        app.button(key="save-fallback").click().run()
        assert not app.error, fallback
    assert not app.exception
    assert len(saved.revisions(PLAN)) == 1


def test_a_requirement_is_added_and_dropped(saved: PlanStore, visit: Visit) -> None:
    """A pool of two is added with its capacities, and dropped again."""
    app = choose(visit("model", plan=PLAN), "bokning")
    before = saved.load(PLAN).plan.components["bokning"].requires
    app.selectbox(key="require-bokning-0-mode").set_value("pool").run()
    app.multiselect(key="require-bokning-0-many").set_value(["n-0771", "n-020"]).run()
    app.number_input(key="require-bokning-0-pool-n-020").set_value(40.0).run()
    app.button(key="require-bokning-0-add").click().run()
    assert not app.exception
    after = saved.load(PLAN).plan.components["bokning"].requires
    assert after == (*before, Pool(pool={"n-0771": 0.6, "n-020": 0.4}))
    drop_last(app)
    assert saved.load(PLAN).plan.components["bokning"].requires == before


def drop_last(app: AppTest) -> None:
    """Press the cross beside the last requirement that this window shows."""
    [b for b in app.button if (b.key or "").startswith("drop-bokning-")][-1].click().run()
    assert not app.exception


def test_a_window_that_lags_behind_drops_nothing_else(saved: PlanStore, visit: Visit) -> None:
    """Another window has put a requirement first meanwhile: the cross beside the old first one drops nothing."""
    app = choose(visit("model", plan=PLAN), "bokning")
    opened = saved.load(PLAN)
    requires = (Needs(needs="n-0771"), *opened.plan.components["bokning"].requires)
    changed = opened.plan.components["bokning"].model_copy(update={"requires": requires})
    saved.save(PLAN, edit.put_component(opened.plan, "bokning", changed), author="another window")
    drop_last(app)
    assert saved.load(PLAN).plan.components["bokning"].requires == requires


def test_a_lead_time_is_changed_in_its_form(saved: PlanStore, visit: Visit) -> None:
    """The fallback's lead time is saved, and the page tells what it was and what it is."""
    app = visit("model", plan=PLAN)
    show(app, "fallbacks")
    app.selectbox(key="fallback").set_value(FALLBACK).run()
    app.text_input(key=f"fallback-{FALLBACK}-1-lead_time").set_value("20m")
    app.button(key="save-fallback").click().run()
    assert not app.exception
    assert saved.load(PLAN).plan.fallbacks[FALLBACK].lead_time == 1200
    assert "Lead time: 50m → 20m" in app.toast[0].value.replace("\\", "")


def test_a_fallback_is_added_and_removed(saved: PlanStore, visit: Visit) -> None:
    """A new fallback stands in for what was chosen, and goes again with one click."""
    app = choose(visit("model", plan=PLAN), "n-020")
    app.text_input(key="new-fallback-n-020-0-name").set_value("Svarsgrupp hos annan")
    app.button(key="new-fallback-n-020-0-button").click().run()
    assert not app.exception
    assert saved.load(PLAN).plan.fallbacks["svarsgrupp-hos-annan"].protects == "n-020"
    assert app.selectbox(key="fallback").value == "svarsgrupp-hos-annan"
    app.button(key="remove-fallback").click().run()
    assert "svarsgrupp-hos-annan" not in saved.load(PLAN).plan.fallbacks


def test_a_contact_is_added(saved: PlanStore, visit: Visit) -> None:
    """A contact typed into the form is saved with its number in E.164."""
    app = visit("model", plan=PLAN)
    show(app, "contacts")
    app.text_input(key="contact-0-name").set_value("Eva Exempel")
    app.text_input(key="contact-0-mobile").set_value("+46 70-174 06 99")
    app.button(key="save-contact").click().run()
    assert not app.exception
    assert saved.load(PLAN).plan.contacts["eva-exempel"].mobile == "+46701740699"


def test_cells_of_the_table_are_saved_at_once(saved: PlanStore, visit: Visit) -> None:
    """A changed cell is a revision; a second one in the same table adds to it; undo takes back one."""
    app = visit("model", plan=PLAN)
    show(app, "table")
    ids = list(saved.load(PLAN).plan.components)
    app.session_state["components-1-"] = {
        "edited_rows": {0: {"operator": "tele2"}},
        "added_rows": [],
        "deleted_rows": [],
    }
    app.run()
    assert saved.load(PLAN).plan.components[ids[0]].operator == "tele2"
    edits = {0: {"operator": "tele2"}, 1: {"site": "annan"}}
    app.session_state["components-1-"] = {"edited_rows": edits, "added_rows": [], "deleted_rows": []}
    app.run()
    assert not app.exception
    assert saved.load(PLAN).plan.components[ids[1]].site == "annan"
    assert len(saved.revisions(PLAN)) == 3
    app.button(key="undo").click().run()
    assert saved.load(PLAN).plan.components[ids[1]].site != "annan"
    assert saved.load(PLAN).plan.components[ids[0]].operator == "tele2"


@pytest.mark.usefixtures("saved")
def test_a_finding_leads_to_its_subject(visit: Visit) -> None:
    """The remarks name what is weak, and their button shows the component or fallback."""
    app = visit("model", plan=PLAN)
    show(app, "problems")
    buttons = [b for b in app.button if b.key and b.key.startswith("show-")]
    assert buttons
    buttons[0].click().run()
    assert not app.exception
    assert app.segmented_control(key="model-view").value in {"graph", "fallbacks"}


def test_a_contact_keeps_its_ways_and_gets_another(saved: PlanStore, visit: Visit) -> None:
    """Saving the form changes no way that nobody touched; a row added to the table is one more."""
    before = saved.load(PLAN).plan.contacts["raddningschef"].ways
    assert before
    app = show(visit("model", plan=PLAN), "contacts")
    app.selectbox(key="contact").set_value("raddningschef").run()
    app.text_input(key="contact-raddningschef-1-note").set_value("Annan text")
    app.button(key="save-contact").click().run()
    assert not app.exception
    contact = saved.load(PLAN).plan.contacts["raddningschef"]
    assert (contact.note, contact.ways) == ("Annan text", before)
    app.session_state["contact-raddningschef-2-ways"] = {
        "edited_rows": {},
        "added_rows": [{"kind": "chat", "address": "Larm", "on": ["identitet"]}, {"address": "no kind"}],
        "deleted_rows": [],
    }
    app.button(key="save-contact").click().run()
    assert not app.exception
    ways = saved.load(PLAN).plan.contacts["raddningschef"].ways
    assert ways[:-1] == before
    assert (ways[-1].kind, ways[-1].address, ways[-1].on) == ("chat", "Larm", ("identitet",))


def test_a_fallback_keeps_what_its_steps_are_done_with(saved: PlanStore, visit: Visit) -> None:
    """Saving the form changes no step; a cell of the table changes what one is done with."""
    before = saved.load(PLAN).plan.fallbacks["styr-om-0771"].steps
    assert before[0].needs == ("telia-kundportal", "telia-mobil")
    app = show(visit("model", plan=PLAN), "fallbacks")
    app.selectbox(key="fallback").set_value("styr-om-0771").run()
    app.text_input(key="fallback-styr-om-0771-1-name").set_value("Annat namn")
    app.button(key="save-fallback").click().run()
    assert not app.exception
    fallback = saved.load(PLAN).plan.fallbacks["styr-om-0771"]
    assert (fallback.name, fallback.steps) == ("Annat namn", before)
    app.session_state["fallback-styr-om-0771-2-steps"] = {
        "edited_rows": {1: {"needs": ["telia"]}},
        "added_rows": [],
        "deleted_rows": [],
    }
    app.button(key="save-fallback").click().run()
    assert not app.exception
    steps = saved.load(PLAN).plan.fallbacks["styr-om-0771"].steps
    assert [s.needs for s in steps] == [before[0].needs, ("telia",), before[2].needs]
