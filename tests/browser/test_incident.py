"""The day it happens, on a phone and on a screen: from the first click to the report, through a crash of the server."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from bcp import usecases
from bcp.store import PlanStore
from tests.browser.conftest import Open, Server
from tests.browser.steps import by_key, pick, press, said, settled

PLATFORM = "Servicenummerplattform 1"
FALLBACK = "socialjour-pa-reservmobil"
ENGLISH = {
    "mark": "Mark", "now": "Now", "ways": "Ways around", "tell": "Tell", "log": "Log",
    "next": "What comes next, as things stand", "limit": "RTO at", "activating": "Being activated", "told": "told ",
    "close": "Close the incident", "over": "Over since", "back": "Everything is back now", "first": "Do now: decide on",
}  # fmt: skip
SWEDISH = {
    "mark": "Markera", "now": "Nu", "ways": "Reserv", "tell": "Meddela", "log": "Logg",
    "next": "Vad som händer härnäst, som läget är", "limit": "RTO ", "activating": "Aktiveras", "told": "underrättad ",
    "close": "Avsluta händelsen", "over": "Över sedan", "back": "Allt är tillbaka nu", "first": "Gör nu: besluta om",
}  # fmt: skip


@pytest.fixture
def saved(server: Server) -> PlanStore:
    """The server's store with the example in it."""
    store = PlanStore.open(server.folder / "plans.sqlite")
    store.save("kommun", usecases.open_plan("example:kommun").plan, author="test")
    return store


def view(page: Page, name: str) -> None:
    """Turn to one of the views of the incident."""
    by_key(page, "incident-view").get_by_text(name, exact=True).click()
    settled(page)


@pytest.mark.usefixtures("saved")
@pytest.mark.parametrize(
    ("locale", "width", "texts"), [("en-GB", 390, ENGLISH), ("sv-SE", 1280, SWEDISH)], ids=["phone", "screen"]
)
def test_an_incident_from_the_first_click_to_the_report(
    visit: Open, server: Server, tmp_path: Path, locale: str, width: int, texts: Mapping[str, str]
) -> None:
    """Start, mark, see, activate, tell, lose the server, go on, close, take the report along; nothing is lost."""
    page = visit("?plan=kommun", width=width, locale=locale)
    press(page, "open-incident")
    by_key(page, "incident-title").get_by_role("textbox").fill("Nobody gets through")
    by_key(page, "incident-name").get_by_role("textbox").fill("Disa")
    press(page, "incident-begin")
    expect(page.get_by_role("heading", level=3, name="Nobody gets through")).to_be_visible()
    key = f"inc-{page.url.split('incident=')[1].split('&')[0]}"

    view(page, texts["mark"])
    pick(page, f"{key}-mark-what", PLATFORM)
    press(page, f"{key}-mark-go")
    expect(by_key(page, f"{key}-back-telia-in-1")).to_be_visible()

    view(page, texts["now"])
    expect(page.get_by_text(texts["next"])).to_be_visible()
    assert texts["limit"] in said(page)
    assert texts["first"] in said(page)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0

    view(page, texts["ways"])
    press(page, f"{key}-{FALLBACK}-activate")
    by_key(page, f"{key}-{FALLBACK}-activate-reason").get_by_role("textbox").fill("The numbers are dead")
    press(page, f"{key}-{FALLBACK}-activate-go")
    expect(page.get_by_text(texts["activating"]).first).to_be_visible()

    view(page, texts["tell"])
    press(page, f"{key}-told-public")
    expect(page.get_by_text(texts["told"], exact=False).first).to_be_visible()

    where = page.url
    server.kill()
    server.start()
    page.goto(where)
    expect(page.get_by_role("heading", level=3, name="Nobody gets through")).to_be_visible()
    view(page, texts["log"])
    for text in (PLATFORM, "The numbers are dead", "Allmänheten"):
        expect(page.get_by_test_id("stMain")).to_contain_text(text)

    page.get_by_text(texts["close"]).click()
    by_key(page, f"{key}-close-text").get_by_role("textbox").fill("It works again")
    by_key(page, f"{key}-close-back").get_by_text(texts["back"], exact=True).click()
    settled(page)
    press(page, f"{key}-close-go")
    expect(page.get_by_text(texts["over"])).to_be_visible()
    with page.expect_download() as download:
        by_key(page, f"{key}-report").get_by_role("button").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    text = " ".join(" ".join(p.extract_text() for p in PdfReader(file).pages).split())
    for expected in ("Nobody gets through", "The numbers are dead", "It works again", PLATFORM):
        assert expected in text
