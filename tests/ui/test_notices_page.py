"""Notices to send, on the screen."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import PLAN, ROOT, texts


def visit_notices(**query: str) -> AppTest:
    """The page, with the example municipality open."""
    app = AppTest.from_file(str(ROOT / "bcp" / "ui" / "pages" / "notices.py"), default_timeout=60)
    for name, value in {"lang": "en", "plan": PLAN, **query}.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


@pytest.mark.usefixtures("saved")
def test_the_page_shows_what_is_due_and_warns_of_a_number_not_open() -> None:
    """The prepared message names the reserve number too early: the page says so, and the notice is a draft."""
    app = visit_notices()
    assert "Disruption" not in app.code[0].value
    assert any("not open to callers yet" in error.value for error in app.error)
    assert any("draft" in warning.value for warning in app.warning)
    assert "The public" in set(app.dataframe[0].value["To"])


@pytest.mark.usefixtures("saved")
def test_two_names_make_the_notices_ready() -> None:
    """When two people stand at every number that is open, no notice is a draft any more."""
    app = visit_notices()
    app.select_slider[0].set_value(4800.0).run()
    assert not app.exception
    assert any("draft" in warning.value for warning in app.warning)
    fields = [t.key for t in app.text_input if t.key and t.key.startswith("notices-call-")]
    for key in fields:
        app.text_input(key=key).set_value("Anna" if key.endswith("-1") else "Bo")
    app.run()
    assert not app.exception
    assert app.warning == []


@pytest.mark.usefixtures("saved")
def test_the_page_speaks_swedish_and_writes_other_languages() -> None:
    """The page is in the user's language, the notices in the one chosen; an exercise says that it is one."""
    app = visit_notices(lang="sv")
    assert app.title[0].value == "Meddelanden att skicka"
    app.selectbox(key="notices-language").set_value("it").run()
    app.toggle(key="notices-exercise").set_value(True).run()
    assert not app.exception
    assert "ESERCITAZIONE" in app.code[0].value
    assert "öppet för samtal" in texts(app)
