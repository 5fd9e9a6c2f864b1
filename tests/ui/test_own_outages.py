"""Writing an outage without YAML, on the screen."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from bcp import usecases
from bcp.model.scenario import Selector
from bcp.store import PlanStore
from bcp.ui import draft
from bcp.usecases import own_outages
from tests.ui.conftest import PLAN, SCENARIO, Visit, texts

FLOOD = b"""format: bcp-scenario/1
id: flood
title: Flood in the cellar
# a comment
events: [{at: 0, select: {id: telia-in-1}, effect: {level: 0}, until: 3h}]
"""


def _new(app: AppTest) -> AppTest:
    app.button(key="outage-new").click().run()
    assert not app.exception
    return app


def _saved_ids(store: PlanStore) -> list[str]:
    return [outage.name for outage in store.outages.every(PLAN)]


def test_an_outage_is_written_saved_and_run(saved: PlanStore, visit: Visit) -> None:
    """What the form says strikes the plan at once, is saved under its title, and is run."""
    app = _new(visit("scenarios", plan=PLAN))
    app.text_input(key="draft-new-title").set_value("Källaren svämmar över").run()
    assert "Choose what fails" in texts(app)
    app.multiselect(key="draft-new-1-id").set_value(["telia-in-1"]).run()
    assert "Strikes 1 component: Servicenummerplattform 1" in texts(app)
    app.text_input(key="draft-new-1-until").set_value("3 tim").run()
    app.button(key="outage-save").click().run()
    assert not app.exception
    assert _saved_ids(saved) == ["kallaren-svammar-over"]
    (scenario,) = own_outages.own_outages(saved, PLAN).outages.values()
    assert scenario.events[0].end == 3 * 3600
    assert "RTO broken" in texts(app)
    assert app.selectbox(key="pick-scenario").value.startswith("own:kommun/kallaren-svammar-over@")
    assert "outage-save" not in {button.key for button in app.button}


def test_what_is_missing_is_said_and_nothing_is_lost(saved: PlanStore, visit: Visit) -> None:
    """Without a title or anything that fails nothing is saved, and the form stays as it is."""
    app = _new(visit("scenarios", plan=PLAN))
    app.button(key="outage-save").click().run()
    assert "The outage has no title" in texts(app)
    app.text_input(key="draft-new-title").set_value("X").run()
    app.button(key="outage-save").click().run()
    assert "Event 1 strikes nothing" in texts(app)
    app.multiselect(key="draft-new-1-operator").set_value(["telia"]).run()
    app.text_input(key="draft-new-1-until").set_value("soon").run()
    app.button(key="outage-save").click().run()
    assert app.error
    assert _saved_ids(saved) == []
    assert app.text_input(key="draft-new-title").value == "X"


@pytest.mark.usefixtures("saved")
def test_a_reload_loses_nothing_that_was_written(visit: Visit) -> None:
    """What stood in the form is offered in a new window, with every field, until it is thrown away."""
    app = _new(visit("scenarios", plan=PLAN))
    app.text_input(key="draft-new-title").set_value("Half *done*").run()
    app.multiselect(key="draft-new-1-id").set_value(["telia-in-1"]).run()
    app = visit("scenarios", plan=PLAN)
    assert "is not saved: Half *done*" in texts(app)
    app.button(key="draft-go-on").click().run()
    assert app.text_input(key="draft-new-title").value == "Half *done*"
    assert app.multiselect(key="draft-new-1-id").value == ["telia-in-1"]
    app.button(key="outage-leave").click().run()
    assert "is not saved" not in texts(visit("scenarios", plan=PLAN))


def test_an_operator_of_a_kind_in_an_area(saved: PlanStore, visit: Visit) -> None:
    """Several conditions must all hold, and a choice that means nothing in the plan is said at once."""
    app = _new(visit("scenarios", plan=PLAN))
    app.multiselect(key="draft-new-1-operator").set_value(["telia"]).run()
    everything = texts(app)
    app.multiselect(key="draft-new-1-kind").set_value(["platform"]).run()
    wide, narrow = (
        len(own_outages.strikes(saved.load(PLAN).plan, Selector.model_validate(select)))
        for select in ({"operator": "telia"}, {"operator": "telia", "kind": "platform"})
    )
    assert wide > narrow > 1
    assert f"Strikes {wide} components" in everything
    assert f"Strikes {narrow} components" in texts(app)
    app.multiselect(key="draft-new-1-kind").set_value(["customer_group"]).run()
    assert "Nothing in this plan is all of that" in texts(app)


def test_several_events_with_every_effect(saved: PlanStore, visit: Visit) -> None:
    """A ramp that nobody notices, a surge and a freeze become events of the scenario."""
    app = _new(visit("scenarios", plan=PLAN))
    app.text_input(key="draft-new-title").set_value("Three").run()
    app.multiselect(key="draft-new-1-id").set_value(["telia-in-1"]).run()
    app.selectbox(key="draft-new-1-effect").set_value("ramp").run()
    app.slider(key="draft-new-1-ramp").set_value(20).run()
    app.selectbox(key="draft-new-1-noticed").set_value("silent").run()
    app.button(key="draft-new-more").click().run()
    app.multiselect(key="draft-new-2-id").set_value(["medborgarservice"]).run()
    app.selectbox(key="draft-new-2-effect").set_value("surge").run()
    app.button(key="draft-new-more").click().run()
    app.multiselect(key="draft-new-3-id").set_value(["telia-kundportal"]).run()
    app.selectbox(key="draft-new-3-effect").set_value("freeze").run()
    app.button(key="draft-new-more").click().run()
    app.button(key="draft-new-4-gone").click().run()
    app.button(key="outage-save").click().run()
    assert not app.error, texts(app)
    (scenario,) = own_outages.own_outages(saved, PLAN).outages.values()
    first, second, third = (event.effect for event in scenario.events)
    assert first.ramp is not None
    assert (first.ramp.to, scenario.events[0].silent) == (0.2, True)
    assert second.surge == 3.0
    assert third.freeze


def test_a_library_outage_is_copied_with_its_settings(saved: PlanStore, visit: Visit) -> None:
    """The copy has the events as they were set, its own title, and claims no facts of the real incident."""
    app = visit("scenarios", plan=PLAN, scenario=SCENARIO)
    app.text_input(key=f"set-{SCENARIO}-duration").set_value("2h")
    app.button(key="run-button").click().run()
    app.button(key="outage-copy").click().run()
    assert not app.exception
    assert app.text_input(key="draft-new-1-until").value == "2h"
    app.button(key="outage-save").click().run()
    assert not app.error, texts(app)
    (copy,) = own_outages.own_outages(saved, PLAN).outages.values()
    original = usecases.scenario(SCENARIO, {"duration": "2h"})
    assert copy.events == original.events
    assert copy.facts == ()
    assert copy.titled("en") == f"{original.titled('en')}, changed"


def _with_flood(store: PlanStore) -> str:
    return own_outages.save_outage(store, PLAN, FLOOD.decode(), author="test")


def test_an_own_outage_is_changed_again(saved: PlanStore, visit: Visit) -> None:
    """It opens in the form as it stands, and saving makes a new edition of the same outage."""
    reference = _with_flood(saved)
    app = visit("scenarios", plan=PLAN, scenario=reference)
    app.button(key="outage-edit").click().run()
    assert app.text_input(key=f"draft-{reference}-title").value == "Flood in the cellar"
    app.text_input(key=f"draft-{reference}-1-until").set_value("6h").run()
    app.button(key="outage-save").click().run()
    assert not app.error, texts(app)
    assert _saved_ids(saved) == ["flood"]
    (now,) = own_outages.own_outages(saved, PLAN).outages.values()
    assert now.events[0].end == 6 * 3600
    assert usecases.scenario(reference, store=saved).events[0].end == 3 * 3600


def test_an_own_outage_is_offered_everywhere(saved: PlanStore, visit: Visit) -> None:
    """On every page where an outage is chosen, and in the overview, it stands with those of the library."""
    reference = _with_flood(saved)
    for page, key in (
        ("scenarios", "pick-scenario"), ("routes", "routes-scenario"), ("reports", "document-scenario"),
        ("notices", "notices-scenario"), ("compare", "compare-under"),
    ):  # fmt: skip
        app = visit(page, plan=PLAN)
        assert "Flood in the cellar (own)" in app.selectbox(key=key).options, page
        app.selectbox(key=key).set_value(reference).run()
        assert not app.exception
        assert app.selectbox(key=key).value == reference


def test_an_old_address_shows_the_newest_edition(saved: PlanStore, visit: Visit) -> None:
    """An address from before an edit leads to the outage as it is now."""
    old = _with_flood(saved)
    new = own_outages.save_outage(
        saved, PLAN, FLOOD.decode().replace("3h", "5h"), author="test", replaces=old
    )
    app = visit("scenarios", plan=PLAN, scenario=old, t="0")
    assert app.selectbox(key="pick-scenario").value == new
    assert not app.exception


def test_an_outage_of_another_plan_is_not_reached(saved: PlanStore, visit: Visit) -> None:
    """A reference to an outage under another plan counts as none."""
    saved.save("other", saved.load(PLAN).plan, author="test")
    reference = own_outages.save_outage(saved, "other", FLOOD.decode(), author="test")
    app = visit("scenarios", plan=PLAN, scenario=reference, t="0")
    assert app.selectbox(key="pick-scenario").value == SCENARIO


def test_removing_leaves_the_library(saved: PlanStore, visit: Visit) -> None:
    """A removed outage is no longer offered, and another stands in its place."""
    reference = _with_flood(saved)
    app = visit("scenarios", plan=PLAN, scenario=reference)
    app.button(key="outage-remove").click().run()
    assert not app.exception
    assert _saved_ids(saved) == []
    assert app.selectbox(key="pick-scenario").value == SCENARIO


def test_a_file_is_taken_in_with_its_comments(saved: PlanStore, visit: Visit) -> None:
    """An uploaded YAML is kept as it was written; one with a mistake is refused with file and line."""
    app = visit("scenarios", plan=PLAN)
    app.file_uploader(key="outage-upload").upload("flood.yaml", FLOOD, "application/yaml").run()
    app.button(key="outage-take-in").click().run()
    assert not app.exception
    (outage,) = saved.outages.every(PLAN)
    assert "# a comment" in outage.text
    app = visit("scenarios", plan=PLAN)
    wrong = FLOOD.replace(b"level: 0", b"levle: 0")
    app.file_uploader(key="outage-upload").upload("wrong.yaml", wrong, "application/yaml").run()
    app.button(key="outage-take-in").click().run()
    assert "wrong.yaml:5" in texts(app)
    assert len(saved.outages.every(PLAN)) == 1


@pytest.mark.parametrize("scenario", usecases.library(), ids=lambda s: s.id)
def test_what_the_form_does_not_show_is_not_lost(scenario: object) -> None:
    """Opening any outage of the library as a draft and writing it back gives the same events."""
    assert isinstance(scenario, type(usecases.scenario(SCENARIO)))
    made = draft.opened("own:x/y@z", scenario, "en")
    again = type(scenario).model_validate(made.raw("en"))
    assert again.events == scenario.events
    assert again.injects == scenario.injects
    assert again.horizon == scenario.horizon
    assert again.facts == scenario.facts
