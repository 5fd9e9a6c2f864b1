"""The accessibility rules that a machine can check (axe: WCAG 2.0 to 2.2, A and AA), on every page and view in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from bcp import usecases
from bcp.store import PlanStore
from tests.browser.conftest import Open, Server
from tests.browser.places import Place, menu, sitting
from tests.browser.steps import brightness, by_key, settled, too_wide

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

STREAMLITS_OWN = {"target-size": 'role="spinbutton"'}
"""What Streamlit draws too small and lets nobody change: the parts of a date field. See docs/accessibility.md."""


def broken(page: Page) -> list[str]:
    """Each broken rule with the first elements that break it, without those that Streamlit lets nobody mend."""
    found: dict[str, Any] = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response
    ours = {
        (rule["id"], rule["help"]): [
            n["html"][:160] for n in rule["nodes"] if not _streamlits(rule["id"], n["html"])
        ]
        for rule in found["violations"]
    }
    return [f"{name}: {text}: {elements[:3]}" for (name, text), elements in ours.items() if elements]


def _streamlits(rule: str, html: str) -> bool:
    return rule in STREAMLITS_OWN and STREAMLITS_OWN[rule] in html


@pytest.fixture
def saved(server: Server) -> None:
    """The server's store with the example in it."""
    with PlanStore.open(server.folder / "plans.sqlite") as store:
        store.save("kommun", usecases.open_plan("example:kommun").plan, author="test")


def in_every_view(page: Page, place: Place) -> Iterator[str]:
    """Turn the page to each of its views in turn, and give its name where the view stands."""
    if not place.views:
        _still(page)
        yield place.name
        return
    options = by_key(page, place.views).get_by_role("radio")
    options.first.wait_for()
    assert options.count() > 1
    for n in range(options.count()):
        options.nth(n).click()
        _still(page)
        yield f"{place.name}, view {n + 1}"


def _still(page: Page) -> None:
    settled(page)
    if page.get_by_test_id("stSidebarNavItems").count():
        page.locator('[data-testid="stSidebarNavItems"][role="presentation"]').wait_for(state="attached")
    page.locator("html:not([data-bcp-working])").wait_for(state="attached")
    page.wait_for_timeout(400)  # what fades in has its colours


@pytest.mark.usefixtures("saved")
@pytest.mark.parametrize(("width", "scheme", "locale"), [(1280, "light", "en-GB"), (390, "dark", "sv-SE")])
def test_no_page_breaks_a_rule_of_accessibility(
    visit: Open, server: Server, width: int, scheme: str, locale: str
) -> None:
    """On a screen in light and a phone in dark colours axe objects to nothing, in any view, and none is too wide."""
    wrong: dict[str, list[str]] = {}
    for place in [*menu(), *sitting(server)]:
        page = visit(place.address, width=width, scheme=scheme, locale=locale)
        for name in in_every_view(page, place):
            assert page.get_by_test_id("stException").count() == 0, name
            assert (brightness(page) < 60) == (scheme == "dark"), name
            wide = too_wide(page)
            if found := [*broken(page), *([f"{wide} pixels too wide"] if wide > 0 else [])]:
                wrong[name] = found
        page.context.close()
    assert wrong == {}


@pytest.mark.usefixtures("saved")
def test_the_rules_find_what_is_wrong(visit: Open) -> None:
    """A button without a name and a picture without a text, put into the page, are found: the test above can fail."""
    page = visit("model?plan=kommun")
    settled(page)
    page.evaluate(
        "document.querySelector('main, [data-testid=stMain]')"
        ".insertAdjacentHTML('beforeend', '<button></button><img src=\"data:,\">')"
    )
    assert {"button-name", "image-alt"} <= {rule.split(":")[0] for rule in broken(page)}
