"""Two versions, plans or outages on the screen."""

from __future__ import annotations

import pytest

from bcp.model.plan import Plan
from bcp.store import PlanStore
from tests.ui.conftest import PLAN, SCENARIO, Visit, texts


def _quicker(plan: Plan, fallback: str) -> Plan:
    changed = plan.fallbacks[fallback].model_copy(update={"lead_time": 0.0, "decision": 0.0})
    return plan.model_copy(update={"fallbacks": {**plan.fallbacks, fallback: changed}})


def test_two_versions_show_the_fallback_that_became_better(
    visit: Visit, saved: PlanStore, example: Plan
) -> None:
    """A fallback that carries load earlier in the newest version stands as better, with both times."""
    late = next(i for i, f in sorted(example.fallbacks.items()) if f.lead_time and not f.automatic)
    saved.save(PLAN, _quicker(example, late), author="test", expected=1)
    app = visit("compare", plan=PLAN)
    assert not app.exception
    assert "Version 1 → Version 2" in texts(app)
    assert f"fallbacks.{late}.lead_time" in texts(app)
    rows = app.dataframe[0].value
    assert late in example.fallbacks
    row = rows[(rows["Name"] == example.title(late)) & (rows["Measure"] == "Carries load after")]
    assert row["Change"].item() == "▲ better"


@pytest.mark.usefixtures("saved")
def test_two_outages_are_compared_on_the_same_plan(visit: Visit) -> None:
    """Two outages stand side by side, and an activity that only one of them takes down differs."""
    app = visit("compare", plan=PLAN)
    app.segmented_control[0].set_value("outages").run()
    app.selectbox(key="compare-outage-first").set_value(SCENARIO).run()
    app.selectbox(key="compare-outage-second").set_value("site-power").run()
    assert not app.exception
    assert "Lowest level" in set(app.dataframe[0].value["Measure"])


@pytest.mark.usefixtures("saved")
def test_a_single_version_differs_in_nothing(visit: Visit) -> None:
    """Where there is one version only, the page says that nothing differs."""
    app = visit("compare", plan=PLAN, lang="sv")
    assert not app.exception
    assert app.info[0].value == "Ingen verksamhet eller reservlösning skiljer sig."
    app.segmented_control[0].set_value("plans").run()
    assert "ingen annan plan" in app.info[0].value


@pytest.mark.usefixtures("saved")
def test_several_outages_stand_beside_each_other(visit: Visit) -> None:
    """Up to four outages each have a timeline, and one that does not fit the plan says why."""
    app = visit("compare", plan=PLAN, scenario=SCENARIO, t="0")
    app.segmented_control(key="compare-what").set_value("several").run()
    assert not app.exception
    assert app.multiselect(key="side-outages").value[0] == SCENARIO
    app.multiselect(key="side-outages").set_value(
        [SCENARIO, "site-power", "access-cut", "se-mittnat-upgrade"]
    ).run()
    assert not app.exception
    assert len(app.get("plotly_chart")) == 3
    assert "matches nothing in this plan" in texts(app)
    app.multiselect(key="side-outages").set_value([]).run()
    assert "Choose up to four outages" in texts(app)


def test_two_versions_under_an_outage_stand_beside_each_other(
    visit: Visit, saved: PlanStore, example: Plan
) -> None:
    """Under an outage both versions have their timeline."""
    late = "socialjour-pa-reservmobil"
    saved.save(PLAN, _quicker(example, late), author="test", expected=1)
    app = visit("compare", plan=PLAN, scenario=SCENARIO, t="0")
    app.selectbox(key="compare-under").set_value(SCENARIO).run()
    assert not app.exception
    assert "Side by side" in texts(app)
    assert len(app.get("plotly_chart")) == 2


@pytest.mark.usefixtures("saved")
def test_a_cell_of_several_leads_to_its_outage(visit: Visit) -> None:
    """A chosen cell of the second outage runs that one on the Scenarios page."""
    app = visit("compare", plan=PLAN, scenario=SCENARIO, t="0")
    app.segmented_control(key="compare-what").set_value("several").run()
    app.multiselect(key="side-outages").set_value([SCENARIO, "access-cut"]).run()
    app.session_state["side-grid"] = {"opened": ["1", "vaxel"]}
    app.run()
    assert not app.exception
    assert app.title[0].value == "Scenarios"
    assert app.selectbox(key="pick-scenario").value == "access-cut"
    assert app.selectbox(key="asked").value == "vaxel"
