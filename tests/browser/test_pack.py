"""The emergency pack from a file, in a real browser."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bcp import usecases
from bcp.usecases.packs import emergency_pack

MADE = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The pack of the example municipality, made on a certain day."""
    path = tmp_path / "pack.html"
    plan = usecases.open_plan("example:kommun").plan
    path.write_bytes(emergency_pack(plan, language="sv", made_on=MADE.date(), revision="3"))
    return path


def opened(browser: Browser, pack: Path, day: datetime, said: list[str]) -> Page:
    """The file opened on a phone without a network on a day; whatever it asks for or complains of is in `said`."""
    context = browser.new_context(
        viewport={"width": 390, "height": 800}, offline=True, timezone_id="Europe/Stockholm"
    )
    page = context.new_page()
    page.clock.set_fixed_time(day)
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "request", lambda request: said.append(request.url) if not request.url.startswith("file:") else None
    )
    page.goto(pack.as_uri())
    return page


def test_ticks_and_notes_are_kept_by_the_file_itself(browser: Browser, pack: Path) -> None:
    """A ticked step and a line in the log are there after a reload, with the time of the tick, until cleared."""
    said: list[str] = []
    page = opened(browser, pack, MADE, said)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    step = page.locator("#card-1 .tick").first
    step.click()
    expect(step.locator(".when")).to_have_text("10:00")
    page.locator("#log input").nth(1).fill("Ringde operatören")
    page.reload()
    expect(page.locator("#card-1 .tick input").first).to_be_checked()
    expect(page.locator("#card-1 .tick .when").first).to_have_text("10:00")
    expect(page.locator("#log input").nth(1)).to_have_value("Ringde operatören")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Rensa kryss").click()
    expect(page.locator("#card-1 .tick input").first).not_to_be_checked()
    page.reload()
    expect(page.locator("#log input").nth(1)).to_have_value("")
    assert said == []
    page.context.close()


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (MADE, ""),
        (datetime(2027, 2, 21, 9, tzinfo=UTC), "Paketet är 90 dagar gammalt."),
        (datetime(2027, 2, 22, 9, tzinfo=UTC), "Paketet har gått ut: det är 91 dagar gammalt"),
    ],
)
def test_the_pack_tells_its_age_and_when_it_has_expired(
    browser: Browser, pack: Path, day: datetime, text: str
) -> None:
    """On the day it says nothing, later how old it is, and after its time that it is not to be trusted."""
    said: list[str] = []
    page = opened(browser, pack, day, said)
    expect(page.locator(".age")).to_contain_text(text)
    assert bool(text) == page.locator(".age").is_visible()
    assert said == []
    page.context.close()
