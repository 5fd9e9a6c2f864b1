"""What notices and documents are made from is said on their pages."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from bcp.model.what_if import Trial
from bcp.store import PlanStore
from tests.ui.conftest import PLAN, ROOT, SCENARIO, Visit, texts
from tests.ui.test_incident import begin

PAGES = ["notices", "reports"]


@pytest.mark.usefixtures("saved")
@pytest.mark.parametrize("page", PAGES)
def test_changes_on_trial_are_said_not_to_be_in_it(visit: Visit, page: str) -> None:
    """The saved plan is named; while something is on trial the page warns that it is left out."""
    app = visit("scenarios", plan=PLAN, scenario=SCENARIO, t="0")
    app.session_state["bcp"].trials = (
        Trial.model_validate({"fallback": "socialjour-pa-reservmobil", "lead_time": "9h"}),
    )
    app.run()
    app = turned(app, page)
    assert "the plan as saved (revision 1)" in texts(app)
    assert any("on trial" in warning.value for warning in app.warning)


@pytest.mark.parametrize("page", PAGES)
def test_an_open_incident_is_pointed_to(saved: PlanStore, visit: Visit, page: str) -> None:
    """While people decide something else in an incident, the page says where that stands."""
    assert "is open on this plan" not in texts(visit(page, plan=PLAN))
    begin(saved)
    assert "is open on this plan" in texts(visit(page, plan=PLAN))


def turned(app: AppTest, page: str) -> AppTest:
    """Another page in the same session."""
    app.switch_page(str(ROOT / "bcp" / "ui" / "pages" / f"{page}.py")).run()
    assert not app.exception
    return app
