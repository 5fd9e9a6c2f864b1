"""All outages on the screen."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from bcp import usecases
from bcp.model import edit
from bcp.model.overview import Row
from bcp.model.plan import Plan
from bcp.store import PlanStore
from bcp.ui.parts import verdict_grid
from bcp.words import words
from tests.ui.conftest import PLAN, SCENARIO, Visit, texts


def _done(app: AppTest, key: str) -> AppTest:
    """The page once its work is done."""
    for _ in range(60):
        if not any(button.key == f"{key}-cancel" for button in app.button):
            return app
        app.run()
    raise AssertionError(texts(app))


def _rows(plan: Plan) -> list[Row]:
    found = usecases.overview_rows(plan, {SCENARIO: usecases.scenario(SCENARIO)})
    return [r for r in found if isinstance(r, Row)]


@pytest.mark.usefixtures("saved")
def test_every_outage_is_counted_or_said_not_to_strike(visit: Visit) -> None:
    """The page counts the verdicts, says what each sign means, and how many outages are not in the table."""
    app = _done(visit("overview", plan=PLAN), "heat")
    assert {m.label for m in app.metric} == {"✕ limit broken", "◐ too low, within limits", "✓ always enough"}
    assert sum(int(m.value) for m in app.metric) % 8 == 0
    assert [e.label for e in app.expander] == ["4 outages do not strike this plan"]
    assert "✕ RTO broken" in texts(app)


@pytest.mark.usefixtures("saved")
def test_the_filter_narrows_by_words(visit: Visit) -> None:
    """A word in the search leaves the outages that tell of it."""
    app = _done(visit("overview", plan=PLAN), "heat")
    everything = sum(int(m.value) for m in app.metric)
    app.text_input(key="heat-text").set_value("0771").run()
    app = _done(app, "heat")
    assert 0 < sum(int(m.value) for m in app.metric) < everything


@pytest.mark.usefixtures("saved")
def test_what_breaks_no_limit_can_be_hidden_and_is_then_said(visit: Visit) -> None:
    """With the switch on, the page says how many rows it leaves out."""
    app = _done(visit("overview", plan=PLAN), "heat")
    app.toggle(key="heat-broken").set_value(True).run()
    assert "that break no limit" in texts(app)


@pytest.mark.usefixtures("saved")
def test_what_rests_on_whom_has_its_table(visit: Visit) -> None:
    """The operators stand with what is lost with each, and the areas and platforms are one click away."""
    app = visit("overview", plan=PLAN)
    app.segmented_control(key="overview-view").set_value("exposure").run()
    app = _done(app, "exposure")
    table = app.dataframe[0].value.set_index("Name")
    assert table.loc["Telia", "Lost in 24 h"] == "35.8%"
    assert table.loc["Telia", "Without fallbacks"] == "72.9%"
    app.segmented_control(key="exposure-by").set_value("area").run()
    assert "SE/BD" in set(_done(app, "exposure").dataframe[0].value["Name"])


def test_the_versions_stand_beside_each_other(visit: Visit, saved: PlanStore, example: Plan) -> None:
    """Two versions under one outage: the one with a quicker fallback has one red cell less."""
    quicker = example.fallbacks["socialjour-pa-reservmobil"].model_copy(update={"lead_time": 1200.0})
    changed = edit.put_fallback(example, "socialjour-pa-reservmobil", quicker)
    saved.save(PLAN, changed, author="test", note="quicker")
    app = visit("overview", plan=PLAN)
    app.segmented_control(key="overview-view").set_value("trend").run()
    app.text_input(key="trend-text").set_value(SCENARIO).run()
    app.button(key="trend-go").click().run()
    table = _done(app, "trend").dataframe[0].value.set_index("Version")
    red = table["✕ limit broken"].astype(int)
    assert red["2"] == red["1"] - 1
    assert table.loc["2", "Note"] == "quicker"


def test_a_cell_opens_its_outage_at_the_breach(saved: PlanStore, visit: Visit, example: Plan) -> None:
    """Choosing a cell runs that outage and stands at the minute when the limit is broken."""
    assert saved.plans()
    app = _done(visit("overview", plan=PLAN), "heat")
    (row,) = _rows(example)
    app.text_input(key="heat-text").set_value(SCENARIO).run()
    app = _done(app, "heat")
    app.session_state["heat-grid"] = {"opened": [SCENARIO, "socialjour"]}
    app.run()
    assert not app.exception
    assert app.title[0].value == "Scenarios"
    assert app.selectbox(key="pick-scenario").value == SCENARIO
    assert app.slider(key="minute").value == (row.cells["socialjour"].breach_s or 0) / 60 == 60
    assert app.selectbox(key="asked").value == "socialjour"


@pytest.mark.parametrize(
    "sent", [None, "x", [0, 1], [SCENARIO], [SCENARIO, "x"], ["x", "vaxel"], [SCENARIO, 0], {"a": 1}]
)
def test_what_the_browser_sends_is_not_believed(example: Plan, sent: object) -> None:
    """An outage or activity that is not there, or no such thing at all, opens nothing."""
    assert verdict_grid.chosen(sent, example, _rows(example)) is None


def test_a_cell_is_told_in_words(example: Plan) -> None:
    """The text read aloud names activity, outage, verdict and time; none is told by colour alone."""
    picture = verdict_grid.picture(example, _rows(example), words("en"), dark=False)
    told = [cell["told"] for row in picture["rows"] for cell in row["cells"]]
    assert any("RTO broken, limit broken at +1:00, at worst 0%" in text for text in told)
    assert all(cell["text"] for row in picture["rows"] for cell in row["cells"])
