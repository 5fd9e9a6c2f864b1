"""Weaknesses on the screen: what the plan tells without any outage."""

from __future__ import annotations

import time
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from bcp import usecases
from bcp.model.plan import Plan
from bcp.ui import background
from bcp.words import words
from tests.ui.conftest import PLAN, SCENARIO, Visit, texts

VIEWS = ("sets", "fate", "recovery", "demands", "people")


def _view(app: AppTest, name: str) -> AppTest:
    return app.segmented_control(key="weakness-view").set_value(name).run()


@pytest.mark.usefixtures("saved")
@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize("name", VIEWS)
def test_every_view_is_drawn(visit: Visit, name: str, language: str) -> None:
    """Each view is drawn in each language without an error."""
    app = _view(visit("weaknesses", plan=PLAN, lang=language), name)
    assert not app.exception
    assert not app.error


@pytest.mark.usefixtures("saved")
def test_cut_sets_of_an_activity_are_those_of_the_engine(visit: Visit, example: Plan) -> None:
    """The table holds the activity's cut sets, smallest first, and the figures above count them."""
    target = next(iter(example.activities))
    app = visit("weaknesses", plan=PLAN)
    app.selectbox(key="cuts-of").set_value(target).run()
    found = usecases.cut_sets(example, [target])[target]
    rows = list(app.dataframe[0].value["Together"])
    assert rows == [" + ".join(example.title(i) for i in s) for s in found.sets[: len(rows)]]
    figures = {m.label: m.value for m in app.metric}
    assert figures["Single points of failure"] == str(found.event.counts[0])
    assert figures["Minimal cut sets"] == words("en").number(found.event.total or 0)


@pytest.mark.usefixtures("saved")
def test_long_work_on_cut_sets_can_be_ended_and_begun_again(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stop shows what is known by then and says so; Begin again works it out to the end."""
    background.pieces.clear()
    monkeypatch.setattr(background, "_SHORT_S", 0.01)
    monkeypatch.setattr(background, "_HELD_S", 0.01)
    whole, slow = usecases.cut_sets, [True]

    def slowly(*args: Any, ended: background.Ended, **more: Any) -> Any:
        while slow[0] and not ended():
            time.sleep(0.01)
        return whole(*args, ended=ended, **more)

    monkeypatch.setattr(usecases, "cut_sets", slowly)
    app = visit("weaknesses", plan=PLAN)
    assert not app.metric
    app.button(key="cuts-cancel").click().run()
    slow[0] = False
    assert all(job.wait(30) for job in background.pieces()._jobs.values())
    assert app.run().metric
    app.button(key="cuts-again").click().run()
    assert all(job.wait(30) for job in background.pieces()._jobs.values())
    assert app.run().metric
    assert "cuts-again" not in {b.key for b in app.button}


@pytest.mark.usefixtures("saved")
def test_counting_fallbacks_leaves_fewer_single_points(visit: Visit, example: Plan) -> None:
    """With the fallbacks counted an activity has no more single points than without."""
    target = next(iter(example.activities))
    app = visit("weaknesses", plan=PLAN)
    app.selectbox(key="cuts-of").set_value(target).run()
    before = int(app.metric[0].value)
    app.toggle(key="cuts-fallbacks").set_value(True).run()
    assert not app.exception
    assert int(app.metric[0].value) < before


@pytest.mark.usefixtures("saved")
def test_shared_fate_shows_the_worst_first_with_both_ways(visit: Visit) -> None:
    """A fallback that shares its fate stands on top, with where the two ways meet."""
    app = _view(visit("weaknesses", plan=PLAN), "fate")
    assert "Shares components" in app.expander[0].label
    assert "Both rest on" in texts(app)


@pytest.mark.usefixtures("saved")
def test_people_are_judged_in_the_chosen_outage(visit: Visit) -> None:
    """When a carrier loses everything, somebody is no longer reached, and why stands beside it."""
    app = _view(visit("weaknesses", plan=PLAN), "people")
    app.selectbox(key="reach-scenario").set_value(SCENARIO).run()
    calm = list(app.dataframe[0].value["Verdict"])
    app.selectbox(key="reach-scenario").set_value("carrier-total").run()
    assert not app.exception
    struck = list(app.dataframe[0].value["Verdict"])
    assert sum("not reached" in v for v in struck) > sum("not reached" in v for v in calm)


@pytest.mark.usefixtures("saved")
def test_a_component_of_a_cut_set_is_shown_in_the_model(visit: Visit) -> None:
    """The button beside the cut sets turns to the component in the model."""
    app = visit("weaknesses", plan=PLAN)
    chosen = app.selectbox(key="cuts-jump").value
    app.button(key="cuts-show").click().run()
    assert not app.exception
    assert app.session_state["bcp"].chosen == chosen
