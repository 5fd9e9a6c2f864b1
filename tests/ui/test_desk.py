"""What becomes of plans that are opened, and of edits by two at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from bcp import usecases
from bcp.model import edit
from bcp.model.plan import Plan
from bcp.store import PlanStore
from bcp.ui import desk
from tests.ui.conftest import PLAN, Visit, texts


def test_an_example_is_continued_where_it_was_left(store: PlanStore, example: Plan) -> None:
    """Opening an example again gives the edited plan, not the example once more."""
    name = desk.opened(f"example:{PLAN}")
    changed, _ = edit.remove(example, "n-vajour")
    store.save(name, changed, author="test")
    assert desk.opened(f"example:{PLAN}") == name
    assert store.load(name).plan == changed


def test_a_file_is_continued_and_a_changed_file_becomes_the_newest(
    store: PlanStore, example: Plan, tmp_path: Path
) -> None:
    """The same file again changes nothing; other content becomes a revision, and both stay in the history."""
    file = tmp_path / "min.yaml"
    file.write_text(usecases.write_plan_text(example), "utf-8")
    assert desk.opened(str(file)) == "min"
    edited, _ = edit.remove(example, "n-vajour")
    store.save("min", edited, author="test")
    desk.opened(str(file))
    assert store.load("min").plan == edited
    other, _ = edit.remove(example, "n-020")
    file.write_text(usecases.write_plan_text(other), "utf-8")
    desk.opened(str(file))
    assert store.load("min").plan == other
    assert len(store.revisions("min")) == 3


def test_an_uploaded_file_never_replaces_another_plan(saved: PlanStore, example: Plan) -> None:
    """A file of the same name with other content gets a name of its own; the same content is continued."""
    assert desk.taken_in(PLAN, example) == PLAN
    other, _ = edit.remove(example, "n-020")
    assert desk.taken_in(PLAN, other) == f"{PLAN} 2"
    assert saved.load(PLAN).plan == example


def test_a_plan_of_the_store_is_opened_by_its_name(saved: PlanStore) -> None:
    """db:NAME is that plan, and opening saves nothing."""
    assert desk.opened(f"db:{PLAN}") == PLAN
    assert len(saved.revisions(PLAN)) == 1


def test_what_cannot_be_opened_is_said(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is not there is named, and the app is usable."""
    monkeypatch.setenv("BCP_OPEN", "not-there.yaml")
    app = visit()
    assert "not-there.yaml" in texts(app)
    assert app.button(key="example-kommun")


def test_the_plan_worked_on_since_the_start_is_opened(
    visit: Visit, store: PlanStore, example: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The address once more, after a plan of one's own was made: that one is open, and no demonstration is run."""
    monkeypatch.setenv("BCP_OPEN", f"example:{PLAN}")
    monkeypatch.setenv("BCP_SCENARIO", "se-telia-020-0771")
    store.save(PLAN, example, author="test")
    store.save("Own", example, author="test")
    app = visit()
    assert app.session_state["bcp"].plan == "Own"
    assert app.title[0].value == "When the operator fails"
    store.save(PLAN, edit.remove(example, "n-vajour")[0], author="test")
    assert visit().session_state["bcp"].plan == PLAN


def test_what_was_worked_on_before_the_start_is_no_reason(
    visit: Visit, saved: PlanStore, example: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever starts the demonstration anew gets it, whatever was done the day before."""
    saved.save("Own", example, author="test")
    monkeypatch.setattr(desk, "_STARTED", datetime.now(UTC) + timedelta(minutes=1))
    monkeypatch.setenv("BCP_OPEN", f"example:{PLAN}")
    assert visit().session_state["bcp"].plan == PLAN


def test_the_last_plan_is_offered_first(visit: Visit, saved: PlanStore, example: Plan) -> None:
    """Without a plan in the address or asked for, one click goes on with the one that was saved last."""
    saved.save("Own", example, author="test")
    app = visit()
    app.button(key="start-go-on").click().run()
    assert app.session_state["bcp"].plan == "Own"


def test_nobody_overwrites_what_another_has_just_saved(saved: PlanStore, visit: Visit) -> None:
    """Two windows edit at once: the later one is told, and the earlier edit stays."""
    app = visit("model", plan=PLAN)
    app.selectbox(key="focus").set_value("n-0771").run()
    before = saved.load(PLAN)
    other, _ = edit.remove(before.plan, "n-vajour")
    saved.save(PLAN, other, author="another")
    session = app.session_state["bcp"]
    assert desk.save(session, before, before.plan.model_copy(update={"fallbacks": {}})) is False
    assert saved.load(PLAN).plan == other


def test_examples_are_told_in_the_language_of_the_page(visit: Visit) -> None:
    """An example in another language is described in the reader's, with the language that it is written in."""
    told = texts(visit("start", lang="sv"))
    assert "En fiberoperatör i Italien" in told
    assert "Skriven på engelska." in told
    assert "Access lines in six municipalities" not in told
    assert "Sju stadsnät i Sverige" not in told


def test_a_stored_time_is_the_browsers_else_the_organisations(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's zone counts only where nobody says another; a zone that does not exist is passed over."""
    moment = datetime(2026, 11, 24, 1, 53, tzinfo=UTC)
    for browser, hour in (("", 2), ("Nowhere/None", 2), ("America/New_York", 20)):
        monkeypatch.setattr("bcp.ui.desk.st.context", SimpleNamespace(timezone=browser))
        assert desk.local(moment, "Europe/Stockholm").hour == hour
