"""Every page, as somebody who clicks and types meets it."""

from __future__ import annotations

import pytest

from bcp.model.plan import Plan
from bcp.store import PlanStore
from bcp.ui.state import Session
from bcp.words import LANGUAGES
from tests.pages import PAGES
from tests.ui.conftest import PLAN, SCENARIO, Visit, texts


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_without_a_plan_says_what_to_do(visit: Visit, page: str, language: str) -> None:
    """With nothing open every page is drawn, and leads to a plan."""
    app = visit(page, lang=language)
    assert app.title
    assert any(button.key in {"to-start", "example-kommun", "guided-new-begin"} for button in app.button)


@pytest.mark.parametrize("page", ["start", "model", "scenarios", "routes"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_shows_the_open_plan(saved: PlanStore, visit: Visit, page: str, language: str) -> None:
    """With a plan in the address every page is drawn, and the sidebar names the organisation."""
    app = visit(page, plan=PLAN, lang=language)
    assert saved.load(PLAN).plan.organisation.name in texts(app)


def test_an_example_is_opened_with_one_click(visit: Visit, store: PlanStore) -> None:
    """The start page's example becomes a saved plan, and what to run on it comes next."""
    app = visit("start")
    app.button(key="example-kommun").click().run()
    assert not app.exception
    assert [summary.name for summary in store.plans()] == [PLAN]
    assert app.title[0].value == "Scenarios"


def test_a_fresh_copy_leaves_the_first_as_it_is(saved: PlanStore, visit: Visit) -> None:
    """A second copy of an example gets a name of its own."""
    app = visit("start")
    app.button(key="copy-kommun").click().run()
    assert {summary.name for summary in saved.plans()} == {PLAN, "kommun 2"}
    assert not app.exception


def test_a_new_plan_teaches_what_comes_first(visit: Visit, store: PlanStore) -> None:
    """A new plan is saved at once, and its empty model says to begin with an activity."""
    app = visit("start")
    app.text_input(key="new-plan-name").set_value("Provbolaget")
    app.selectbox(key="new-plan-country").set_value("SE")
    app.button(key="new-plan-empty").click().run()
    assert not app.exception
    assert store.load("Provbolaget").plan.organisation.name == "Provbolaget"
    assert "Add an activity" in texts(app)


def test_a_file_with_problems_lists_them_all(visit: Visit, store: PlanStore) -> None:
    """An uploaded file that cannot be read is refused with every problem, and nothing is saved."""
    app = visit("start")
    wrong = b"format: bcp-plan/1\norganisation: {name: X}\ncomponents:\n  a: {kind: activty, name: A}\n  b: {name: B}\n"
    app.file_uploader(key="upload").upload("plan.yaml", wrong, "application/yaml").run()
    app.button(key="open-upload").click().run()
    assert "plan.yaml:4" in texts(app)
    assert "plan.yaml:5" in texts(app)
    assert store.plans() == ()


def test_a_file_in_another_encoding_is_refused(visit: Visit, store: PlanStore) -> None:
    """Text that is not UTF-8 is not taken half understood: the page says how to save it."""
    app = visit("start")
    latin = "format: bcp-plan/1\norganisation: {name: Älvåsa}\n".encode("latin-1")
    app.file_uploader(key="upload").upload("plan.yaml", latin, "application/yaml").run()
    app.button(key="open-upload").click().run()
    assert not app.exception
    assert "not text in UTF-8" in texts(app)
    assert store.plans() == ()


def test_an_older_version_comes_back(saved: PlanStore, visit: Visit, example: Plan) -> None:
    """Restoring makes the older content the newest and loses nothing."""
    other = example.model_copy(update={"contacts": {}, "fallbacks": {}})
    saved.save(PLAN, Plan.model_validate(other.model_dump() | {"components": {}}), author="test")
    app = visit("start", plan=PLAN)
    app.button(key="restore").click().run()
    assert not app.exception
    assert saved.load(PLAN).plan == example
    assert len(saved.revisions(PLAN)) == 3


@pytest.mark.usefixtures("saved")
def test_the_language_is_switched_in_the_sidebar(visit: Visit) -> None:
    """Choosing Swedish turns the page to Swedish, and the address keeps it."""
    app = visit("model", plan=PLAN)
    assert app.title[0].value == "Model"
    app.selectbox(key="language").set_value("sv").run()
    assert app.title[0].value == "Modell"
    assert app.query_params["lang"] == "sv"


def test_the_environment_opens_and_runs(
    visit: Visit, store: PlanStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What `bcp demo` asks for is open, run and on the screen without a click."""
    monkeypatch.setenv("BCP_OPEN", f"example:{PLAN}")
    monkeypatch.setenv("BCP_SCENARIO", SCENARIO)
    app = visit()
    assert app.title[0].value == "Scenarios"
    assert "RTO broken" in texts(app)
    assert [summary.name for summary in store.plans()] == [PLAN]


def test_a_plan_that_does_not_exist_is_said(visit: Visit) -> None:
    """An address with an unknown plan names it and what to do, and the page stays usable."""
    app = visit(plan="no-such-plan")
    assert "no-such-plan" in texts(app)


@pytest.mark.usefixtures("saved")
def test_a_scenario_in_the_address_is_only_ever_of_the_library(visit: Visit) -> None:
    """A path in the address is not read: the one that is always offered first stands there."""
    app = visit("scenarios", plan=PLAN, scenario="/etc/hostname.yaml", t="5")
    assert not app.exception
    assert app.selectbox(key="pick-scenario").value == SCENARIO


@pytest.mark.usefixtures("saved")
@pytest.mark.parametrize("page", ["routes", "reports"])
def test_no_other_page_reads_a_path_from_the_address(visit: Visit, page: str) -> None:
    """A path as a scenario counts as none on the pages that take over the last run's."""
    app = visit(page, plan=PLAN, scenario="/etc/hostname.yaml", t="5")
    assert "hostname" not in texts(app)


def test_large_text_is_kept_in_the_address(visit: Visit) -> None:
    """The switch for a projector is kept where a reload finds it, until it is turned off; another plan leaves it on."""
    app = visit("start")
    app.toggle(key="large").set_value(True).run()
    assert app.query_params["size"] == "large"
    assert visit("start", size="large").toggle(key="large").value
    app.toggle(key="large").set_value(False).run()
    assert "size" not in app.query_params
    session = Session("en", "one", large=True)
    session.open("another")
    assert session.large
