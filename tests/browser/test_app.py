"""What only a browser shows: language, phone, dark, the table's cells, and who may ask the server."""

from __future__ import annotations

import http.client

import pytest
from playwright.sync_api import expect

from bcp import usecases
from bcp.store import PlanStore
from tests.browser.conftest import Open, Server
from tests.browser.places import menu
from tests.browser.steps import brightness, by_key, pick, press, said, settled, too_wide, turn_to


@pytest.fixture
def saved(server: Server) -> PlanStore:
    """The server's store with the example in it."""
    store = PlanStore.open(server.folder / "plans.sqlite")
    store.save("kommun", usecases.open_plan("example:kommun").plan, author="test")
    return store


@pytest.mark.usefixtures("saved")
def test_the_language_is_the_browsers_and_can_be_switched(visit: Open) -> None:
    """A Swedish browser gets Swedish; English is one choice away, and a reload keeps it."""
    page = visit("model?plan=kommun", locale="sv-SE")
    expect(page.get_by_role("heading", level=1, name="Modell")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    pick(page, "language", "English")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1, name="Model", exact=True)).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", level=1, name="Model", exact=True)).to_be_visible()
    turn_to(page, "Scenarios")
    expect(by_key(page, "run-button")).to_contain_text("Run")


@pytest.mark.usefixtures("saved")
@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_every_page_fits_a_screen_and_a_phone(visit: Open, width: int, scheme: str) -> None:
    """No page is wider than the window, and dark means dark."""
    for place in menu():
        page = visit(place.address, width=width, scheme=scheme)
        settled(page)
        assert too_wide(page) <= 0, place.name
        assert (brightness(page) < 60) == (scheme == "dark"), place.name
        assert page.get_by_test_id("stException").count() == 0, said(page)
        page.context.close()


def test_a_cell_of_the_table_is_saved_as_it_is_typed(visit: Open, saved: PlanStore) -> None:
    """A name typed into a cell is in the store at once, and a second one too."""
    page = visit("model?plan=kommun")
    by_key(page, "model-view").get_by_text("Table", exact=True).click()
    settled(page)
    by_key(page, "table-search").get_by_role("textbox").fill("medborgarservice")
    by_key(page, "table-search").get_by_role("textbox").press("Enter")
    settled(page)
    table = page.get_by_test_id("stDataFrame")
    expect(table).to_have_count(1)
    for number, operator in enumerate(("ett", "två"), 2):
        place = table.bounding_box() or {"x": 0, "y": 0}
        page.mouse.click(place["x"] + 280, place["y"] + 52)  # past the ticks and the id
        page.wait_for_timeout(300)
        page.keyboard.press("Enter")
        page.wait_for_timeout(700)
        page.keyboard.press("Control+a")
        page.keyboard.type(f"Medborgarservice {operator}", delay=40)
        page.keyboard.press("Enter")
        page.wait_for_timeout(500)
        settled(page)
        expect(page.get_by_test_id("stSidebar")).to_contain_text(f"revision {number}")
        assert saved.load("kommun").plan.components["medborgarservice"].name == f"Medborgarservice {operator}"
    press(page, "undo")
    assert saved.load("kommun").plan.components["medborgarservice"].name == "Medborgarservice ett"


@pytest.mark.parametrize(("host", "status"), [("127.0.0.1", 101), ("evil.test", 403)])
def test_a_foreign_name_is_refused(server: Server, host: str, status: int) -> None:
    """A page elsewhere whose name points at this computer gets no connection; this computer's own does."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    headers = {
        "Host": f"{host}:{server.port}",
        "Origin": f"http://{host}:{server.port}",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Protocol": "streamlit",
    }
    connection.request("GET", "/_stcore/stream", headers=headers)
    assert connection.getresponse().status == status
    connection.close()


def test_a_name_cannot_smuggle_markup(visit: Open, server: Server) -> None:
    """Names with HTML, Markdown and Plotly's own markup stand on the page as they are, and load nothing."""
    nasty = '<img src=x onerror="document.title=1"> **b** :red[x] $y$ <a href="https://evil.test">l</a>'
    plan = usecases.open_plan("example:kommun").plan
    components = dict(plan.components)
    components["medborgarservice"] = components["medborgarservice"].model_copy(update={"name": nasty})
    with PlanStore.open(server.folder / "plans.sqlite") as store:
        store.save("kommun", plan.model_copy(update={"components": components}), author="test")
    for place in menu():
        page = visit(place.address)
        settled(page)
        page.wait_for_timeout(500)
        assert page.title() != "1"
        assert page.locator("img[src=x]").count() == 0
        for link in page.locator('a[href*="evil.test"]').all():
            assert link.inner_text().startswith("https://evil.test"), (
                "a link that does not say where it leads"
            )
        page.context.close()
    page = visit("scenarios?plan=kommun&scenario=se-telia-020-0771&t=30")
    settled(page)
    assert "**b** :red[x] $y$" in said(page)


@pytest.mark.usefixtures("saved")
def test_what_takes_a_while_shows_that_it_goes_on(visit: Open) -> None:
    """From a click until the page is still a line stands at the top of the window; then it is gone."""
    page = visit("?plan=kommun&lang=en")
    settled(page)
    page.evaluate(
        """() => {
          const root = document.documentElement;
          window.line = [];
          new MutationObserver(() => {
            const shown = root.hasAttribute("data-bcp-working");
            window.line.push([shown, getComputedStyle(root, "::before").position]);
          }).observe(root, { attributeFilter: ["data-bcp-working"] });
        }"""
    )
    turn_to(page, "Weaknesses")
    page.wait_for_function(
        "() => window.line.length && !document.documentElement.hasAttribute('data-bcp-working')"
    )
    shown = page.evaluate("() => window.line")
    assert shown[0] == [True, "fixed"]
    assert shown[-1][0] is False


@pytest.mark.usefixtures("saved")
def test_what_was_cut_off_does_not_look_as_if_it_went_on(visit: Open, server: Server) -> None:
    """Where the server is gone in the middle of its work, the line goes: nothing works any more."""
    page = visit("?plan=kommun&lang=en")
    settled(page)
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Weaknesses", exact=True).click()
    page.locator("html[data-bcp-working]").wait_for(state="attached")
    server.kill()
    page.locator("html:not([data-bcp-working])").wait_for(state="attached")
    assert page.get_by_test_id("stApp").get_attribute("data-test-script-state") == "running"
