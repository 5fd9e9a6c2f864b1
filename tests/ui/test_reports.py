"""Making documents on the screen."""

from __future__ import annotations

import pytest

from tests.ui.conftest import PLAN, SCENARIO, Visit, texts


@pytest.mark.usefixtures("saved")
def test_a_document_is_previewed_and_offered(visit: Visit) -> None:
    """The action cards are made in the chosen language, their pages shown, and the download stands above."""
    app = visit("start", plan=PLAN, scenario=SCENARIO, t="0")
    app.session_state["bcp"].document = "action-cards"
    app.switch_page("bcp/ui/pages/reports.py").run(timeout=120)
    assert not app.exception
    assert app.selectbox(key="document").value == "action-cards"
    assert app.selectbox(key="document-scenario").value == SCENARIO
    assert app.selectbox(key="document-language").value == "sv"
    assert "Page 1–2 of" in texts(app)
    app.button(key="page-forth").click().run(timeout=120)
    assert "Page 3–4 of" in texts(app)
