"""Two windows of the same person: what is half typed in one outlasts what the other saves."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from bcp import usecases
from bcp.store import PlanStore
from tests.browser.conftest import Open, Server
from tests.browser.steps import by_key, pick, press

FORM = "component-n-0771-1"


def _field(page: Page, field: str) -> Locator:
    return by_key(page, f"{FORM}-{field}").get_by_role("textbox")


def test_what_is_typed_outlasts_the_other_window(visit: Open, server: Server) -> None:
    """One window saves a name; the other, typing another field, is told of it, keeps its text, and both are saved."""
    with PlanStore.open(server.folder / "plans.sqlite") as store:
        store.save("kommun", usecases.open_plan("example:kommun").plan, author="test")
        one, two = (visit("model?plan=kommun") for _ in range(2))
        for page in (one, two):
            pick(page, "focus", "Medborgarnumret")
            _field(page, "name").wait_for()
        _field(two, "description").fill("Half typed")
        _field(one, "name").fill("Kundtjänst")
        press(one, f"{FORM}-save")
        expect(one.get_by_role("heading", name="Kundtjänst")).to_be_visible()
        by_key(two, "depth-down").get_by_text("2", exact=True).click()
        expect(two.get_by_text("Changed in another window since it was shown here: Name")).to_be_visible()
        expect(_field(two, "description")).to_have_value("Half typed")
        press(two, f"{FORM}-save")
        expect(two.get_by_text("Changed in another window")).to_have_count(0)
        component = store.load("kommun").plan.components["n-0771"]
        assert (component.name, component.description) == ("Kundtjänst", "Half typed")
