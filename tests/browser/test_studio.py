"""The main path of the studio in a browser: from the heat view into an outage, played, and one of one's own."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from playwright.sync_api import expect

from bcp import usecases
from bcp.store import PlanStore
from tests.browser.conftest import Open, Server
from tests.browser.steps import by_key, press, said, settled


@pytest.fixture
def saved(server: Server) -> PlanStore:
    """The server's store with the example in it."""
    store = PlanStore.open(server.folder / "plans.sqlite")
    store.save("kommun", usecases.open_plan("example:kommun").plan, author="test")
    return store


ENGLISH = {
    "scenarios": "Scenarios", "late": "Socialjouren down 1 h 10 min – RTO broken after 1 h",
    "pause": "Pause", "play": "Play",
}  # fmt: skip
SWEDISH = {
    "scenarios": "Scenarier", "late": "Socialjouren nere 1 h 10 min – RTO bruten efter 1 h",
    "pause": "Pausa", "play": "Spela upp",
}  # fmt: skip


@pytest.mark.usefixtures("saved")
@pytest.mark.parametrize(
    ("locale", "width", "texts"), [("en-GB", 1280, ENGLISH), ("sv-SE", 390, SWEDISH)], ids=["screen", "phone"]
)
def test_from_a_red_cell_into_the_outage_and_played(
    visit: Open, locale: str, width: int, texts: Mapping[str, str]
) -> None:
    """A cell opened with the keyboard shows its outage at the breach; played, the minute moves until it is paused."""
    page = visit("overview?plan=kommun", locale=locale, width=width)
    expect(by_key(page, "heat-cancel")).to_have_count(0)
    settled(page)
    by_key(page, "heat-filter").get_by_role("button").first.click()
    by_key(page, "heat-text").get_by_role("textbox").fill("se-telia-020-0771")
    by_key(page, "heat-text").get_by_role("textbox").press("Enter")
    settled(page)
    page.keyboard.press("Escape")
    row = page.locator(".bcp-grid tbody tr")
    expect(row).to_have_count(1)
    row.get_by_role("button").first.focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".bcp-grid button:focus")).to_contain_text("RTO +1:00")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=texts["scenarios"])).to_be_visible()
    settled(page)
    assert "t=60" in page.url
    assert texts["late"] in said(page)
    press(page, "play")
    expect(by_key(page, "play")).to_contain_text(texts["pause"])
    page.wait_for_function("() => Number(new URL(location.href).searchParams.get('t')) >= 63")
    press(page, "play")
    expect(by_key(page, "play")).to_contain_text(texts["play"])
    held = page.url
    page.wait_for_timeout(2500)
    assert page.url == held


def test_an_outage_is_written_and_survives_a_reload(visit: Open, saved: PlanStore) -> None:
    """Written in the form, an outage says at once what it strikes, is run, and is there after a reload."""
    page = visit("scenarios?plan=kommun")
    settled(page)
    by_key(page, "own-outages").get_by_role("button").first.click()
    press(page, "outage-new")
    by_key(page, "draft-new-title").get_by_role("textbox").fill("Power gone in the exchange")
    box = by_key(page, "draft-new-1-id").get_by_role("combobox")
    box.click()
    box.fill("Servicenummerplattform 1")
    page.get_by_role("option").first.wait_for()
    box.press("Enter")
    expect(page.get_by_text("Strikes 1 component")).to_be_visible()
    page.keyboard.press("Escape")
    press(page, "outage-save")
    expect(page.get_by_text("RTO broken").first).to_be_visible()
    assert [outage.name for outage in saved.outages.every("kommun")] == ["power-gone-in-the-exchange"]
    settled(page)
    page.reload()
    expect(page.get_by_text("RTO broken").first).to_be_visible()
    box = by_key(page, "pick-scenario").get_by_role("combobox")
    expect(box).to_have_value("Power gone in the exchange (own)")
