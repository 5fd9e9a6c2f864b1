"""The guided start in a browser: one keyboard run from a name to a first outage, through a reload and a server restart."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Server
from tests.browser.steps import by_key, press, settled

_FOCUS = """key => {
  const field = document.activeElement;
  return field && field.tagName === "INPUT" && field.closest(`.st-key-${key}-field`) !== null;
}"""


def _type(page: Page, key: str, text: str = "", *, last: bool = False) -> None:
    """Answer a question with the keyboard alone: the cursor is in its field already; Enter goes to the next, then on."""
    page.wait_for_function(_FOCUS, arg=key)
    if text:
        page.keyboard.press("Control+a")
        page.keyboard.type(text, delay=5)
    page.keyboard.press("Enter")
    if last:
        expect(by_key(page, f"{key}-field")).to_have_count(0)
        settled(page)


@pytest.mark.parametrize(
    ("locale", "width", "title"), [("en-GB", 1280, "Guided start"), ("sv-SE", 390, "Guidad start")]
)
def test_a_first_plan_from_the_start_page(
    visit: Open, server: Server, locale: str, width: int, title: str
) -> None:
    """A newcomer names the organisation and answers; reload and restart keep the place; the outage at the end runs."""
    page = visit(locale=locale, width=width)
    by_key(page, "new-plan-name").get_by_role("textbox").fill("Provbolaget")
    press(page, "new-plan-begin")
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
    press(page, "guided-block-customer-service")
    page.reload()
    page.get_by_role("heading", level=1).wait_for()
    _type(page, "guided-0-customer-service-name")
    _type(page, "guided-0-customer-service-mtpd", "8h")
    _type(page, "guided-0-customer-service-rto", last=True)
    press(page, "guided-block-fixed-number")
    server.kill()
    server.start()
    page.reload()
    page.get_by_role("heading", level=1).wait_for()
    _type(page, "guided-1-fixed-number-number", "+46 10 455 12 34")
    _type(page, "guided-1-fixed-number-operator", "Telia", last=True)
    expect(page.get_by_test_id("stMain")).to_contain_text("Telia")
    for _ in range(4):
        press(page, "guided-unknown")
    press(page, "guided-6-decision-name-next")
    press(page, "guided-unknown")
    press(page, "guided-run")
    expect(by_key(page, "run-button")).to_be_visible()
    settled(page)
    assert "Provbolaget" in page.get_by_test_id("stSidebar").inner_text()
