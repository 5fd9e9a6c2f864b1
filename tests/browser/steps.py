"""What a person does in the app, in the browser's terms."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect


def by_key(page: Page, key: str) -> Locator:
    """The widget that the app gave this key."""
    return page.locator(f".st-key-{re.sub(r'[^a-zA-Z0-9_-]', '-', key)}")


def press(page: Page, key: str) -> None:
    """Click the button of this key."""
    by_key(page, key).get_by_role("button").click()
    settled(page)


def pick(page: Page, key: str, option: str) -> None:
    """Choose an option of a select box by typing it, as with a keyboard alone."""
    box = by_key(page, key).get_by_role("combobox")
    box.click()
    box.fill(option)
    page.get_by_role("option").first.wait_for()
    box.press("Enter")
    settled(page)


def turn_to(page: Page, title: str) -> None:
    """Follow the menu to a page; on a phone it is opened first."""
    opener = page.get_by_test_id("stExpandSidebarButton")
    if opener.is_visible():
        opener.click()
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=title, exact=True).click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
    settled(page)


def settled(page: Page) -> None:
    """Wait until the app has answered everything that was done."""
    page.wait_for_timeout(150)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def said(page: Page) -> str:
    """Everything the page says, with ordinary spaces."""
    return page.get_by_test_id("stMain").inner_text().replace("\xa0", " ")


def too_wide(page: Page) -> int:
    """By how many pixels the page is wider than the window; none or fewer: it fits."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return wide


def brightness(page: Page) -> float:
    """Of the page's background, 0 (black) to 255 (white)."""
    background: str = page.get_by_test_id("stApp").evaluate("e => getComputedStyle(e).backgroundColor")
    red, green, blue = re.findall(r"\d+", background)[:3]
    return (int(red) + int(green) + int(blue)) / 3


_PLACE = """(g, id) => {
  const box = g.bcpGraph.getElementById(id), at = box.renderedPosition();
  if (at.x < 10 || at.y < 10 || at.x > g.bcpGraph.width() - 10 || at.y > g.bcpGraph.height() - 10)
    g.bcpGraph.center(box);
  return box.renderedPosition();
}"""


def click_box(page: Page, component: str) -> None:
    """Click a component's box in the picture, moved into it first where a small window leaves it outside."""
    graph = page.locator(".bcp-graph")
    graph.scroll_into_view_if_needed()
    page.wait_for_timeout(400)
    place = graph.evaluate(_PLACE, component)
    graph.locator(".bcp-canvas").click(position=place)
    settled(page)
