"""Notices to send, on the screen."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from bcp import usecases
from bcp.store import PlanStore
from bcp.ui.state import Session
from tests.files.notices.samples import CALENDAR
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
def test_what_goes_out_with_the_decision_stands_below() -> None:
    """Before the reserve number is open the notice has two versions, and the later one says what it waits for."""
    app = visit_notices()
    heads = [m.value for m in app.markdown]
    assert "##### Until it is decided" in heads
    assert "##### With the decision" in heads
    assert "two people have called the number" in texts(app)


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


@pytest.fixture
def fibre(store: PlanStore) -> None:
    """The fibre operator of the examples, saved."""
    store.save("fibra", usecases.open_plan("example:fibra").plan, author="Anna")


@pytest.mark.usefixtures("fibre")
def test_with_a_list_of_lines_the_owners_told_are_counted() -> None:
    """The made-up list of the example: who is concerned, who gets a text, and the files for it."""
    app = visit_notices(plan="fibra")
    assert not app.metric
    app.button(key="notices-lines-sample").click().run()
    assert not app.exception
    figures = {metric.label: metric.value for metric in app.metric}
    assert figures["Lines concerned"] == "52 / 204"
    assert int(figures["Sent a text"]) + int(figures["Status page only"]) == 52
    keys = {button.key for button in app.get("download_button")}
    assert {"notices-lines-mail", "notices-lines-hit"} <= keys
    app.button(key="notices-lines-forget").click().run()
    assert not app.metric


@pytest.mark.usefixtures("fibre")
def test_the_work_of_a_suppliers_notice_is_told_beforehand() -> None:
    """A notice that was uploaded becomes an outage to tell of, dated, with its notices before it."""
    app = AppTest.from_file(str(ROOT / "bcp" / "ui" / "pages" / "notices.py"), default_timeout=60)
    app.query_params["lang"] = "en"
    app.query_params["plan"] = "fibra"
    begun = Session("en", "fibra")
    calendar = CALENDAR.replace("acme-2", "backbone-south").replace("example.com", "retemare")
    begun.supplier_notices = (("work.ics", calendar.encode()),)
    app.session_state["bcp"] = begun
    app.run()
    assert not app.exception
    work = next(o for o in app.selectbox(key="notices-scenario").options if "as planned" in o)
    app.selectbox(key="notices-scenario").select(work).run()
    assert not app.exception
    due = next(frame.value for frame in app.dataframe if "Occasion" in frame.value)
    assert list(due["Occasion"])[:1] == ["ten working days before"]
    assert due["When"].iloc[0].startswith("2026-02-24")
    app.button(key="notices-in-keep").click().run()
    assert not app.exception
    assert sum("(own)" in o for o in app.selectbox(key="notices-scenario").options) == 4
