"""The fallback routes on the screen."""

from __future__ import annotations

from datetime import date

import pytest

from bcp.model import edit
from bcp.model.assumed import Doubt, doubts, figure, question_about
from bcp.model.component import Component, Kind
from bcp.model.plan import Plan
from bcp.store import PlanStore
from bcp.words import words
from tests.ui.conftest import PLAN, SCENARIO, Visit, texts


@pytest.mark.usefixtures("saved")
def test_a_fallback_ten_minutes_too_slow_is_too_late(visit: Visit) -> None:
    """The option says when it carries load, how much too late, and for whom."""
    app = visit("routes", plan=PLAN)
    app.selectbox(key="routes-scenario").set_value(SCENARIO).run()
    app.selectbox(key="subject").set_value("socialjour").run()
    assert not app.exception
    told = texts(app).replace("\xa0", " ")
    assert "Carries load after 1 h 10 min: 10 min too late for Socialjouren, whose RTO is 1 h." in told
    assert "Too late" in told


@pytest.mark.usefixtures("saved")
def test_a_blocked_diversion_names_what_blocks_it(visit: Visit) -> None:
    """A diversion that lives on the failed platform is blocked by it, and a number hosted there shares its fate."""
    app = visit("routes", plan=PLAN)
    app.selectbox(key="routes-scenario").set_value(SCENARIO).run()
    app.selectbox(key="subject").set_value("n-0771").run()
    told = texts(app)
    assert "Cannot be activated: blocked by Servicenummerplattform 1." in told
    assert "Both rest on **Servicenummerplattform 1**" in told
    assert "From the fallback: Växelnumret" in told


@pytest.mark.usefixtures("saved")
def test_what_stays_up_needs_no_way_around(visit: Visit) -> None:
    """An activity that the scenario does not touch is not said to lack a way around."""
    app = visit("routes", plan=PLAN)
    app.selectbox(key="routes-scenario").set_value(SCENARIO).run()
    app.selectbox(key="subject").set_value("bokning").run()
    assert app.success
    assert "There is no way around" not in texts(app)


def test_without_any_fallback_the_page_says_so(visit: Visit, store: PlanStore, example: Plan) -> None:
    """A number that nothing stands in for is told to stay down until it is repaired."""
    bare = example
    for f in example.fallbacks:
        bare, _ = edit.remove(bare, f)
    store.save("bare", bare, author="test")
    app = visit("routes", plan="bare")
    assert "There is no way around" in texts(app)


def test_a_plan_with_problems_is_led_to_the_model(visit: Visit, store: PlanStore, example: Plan) -> None:
    """A plan that cannot be run shows its problems on every page that would run it, and leads to the model."""
    data = example.components["medborgarservice"].model_dump(mode="json", exclude_defaults=True)
    data["requires"] = ["no-such-component"]
    store.save(
        "broken",
        edit.put_component(example, "medborgarservice", Component.model_validate(data)),
        author="test",
    )
    for page in ("routes", "scenarios", "reports"):
        app = visit(page, plan="broken")
        assert "no-such-component" in texts(app)
        assert app.button(key="to-model")
    app.button(key="to-model").click().run()
    assert app.title[0].value == "Model"
    assert "no-such-component" in texts(app)


def test_a_plan_without_activities_says_what_comes_first(
    visit: Visit, store: PlanStore, example: Plan
) -> None:
    """Before there is an activity nothing can be run, and the page says so kindly."""
    only = Plan(organisation=example.organisation, components={"a": Component(kind=Kind.SITE, name="A")})
    store.save("site", only, author="test")
    assert "The plan has no activity yet" in texts(visit("scenarios", plan="site"))


def test_a_verdict_on_an_untested_way_says_so(visit: Visit, store: PlanStore, example: Plan) -> None:
    """`never tested` stands beside the verdict until a test is on record."""
    untested = {i: f.model_copy(update={"last_tested": None}) for i, f in example.fallbacks.items()}
    tested = {i: f.model_copy(update={"last_tested": date(2026, 3, 1)}) for i, f in example.fallbacks.items()}
    for fallbacks, there in ((untested, True), (tested, False)):
        name = f"tested {not there}"
        store.save(name, example.model_copy(update={"fallbacks": fallbacks}), author="test")
        app = visit("routes", plan=name)
        assert not app.exception
        assert ("never tested" in texts(app)) == there


def test_a_way_is_confirmed_where_its_doubts_stand(saved: PlanStore, example: Plan, visit: Visit) -> None:
    """“This is right” takes the assumption away, “We have tested this” the never tested; both are saved."""
    way = next(iter(example.fallbacks))
    f = example.fallbacks[way].model_copy(update={"last_tested": None, "lead_time": 1800.0})
    question = question_about(way, {"lead_time": figure(f, "lead_time")}, words("en"))
    document = example.document.model_copy(update={"questions": (question,)})
    doubtful = example.model_copy(update={"fallbacks": {**example.fallbacks, way: f}, "document": document})
    saved.save(PLAN, doubtful, author="test")
    app = visit("routes", plan=PLAN)
    app.selectbox(key="subject").set_value(f.protects).run()
    assert "assumed, never tested" in texts(app)
    app.button(key=f"confirm-{way}-right").click().run()
    assert doubts(saved.load(PLAN).plan, way) == (Doubt.NEVER_TESTED,)
    app.text_input(key=f"confirm-{way}-tested-0-by").set_value("Ida")
    next(b for b in app.button if b.key == f"confirm-{way}-tested-0-save").click().run()
    assert not app.exception
    assert doubts(saved.load(PLAN).plan, way) == ()
    assert saved.load(PLAN).plan.document.tests[-1].result == "Testat av Ida."
    assert app.text_input(key=f"confirm-{way}-tested-1-by").value == ""  # a form of its own for the next test
