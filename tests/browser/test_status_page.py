"""The status page from a file, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bcp.files.notices_out.status_page import PageLines, status_page
from bcp.model.announcement import NOTICE_LANGUAGES
from bcp.model.line_notice import LineNotice
from bcp.render.notices.texts import NoticeTexts
from tests.engine.telling import plan_of
from tests.files.notices_out.samples import notice, planned, wording


@pytest.fixture
def page_file(tmp_path: Path) -> Path:
    """A page with a failure for all and planned work for the owner of one line."""
    texts = tuple(wording(code, f"Text {code}.") for code in NOTICE_LANGUAGES)
    told = [LineNotice("FB-1001", planned().id, 1, None, "", "sv")]
    content = status_page(
        [notice(wordings=texts), planned(wordings=texts)],
        {code: NoticeTexts(plan_of()).page_words(code) for code in NOTICE_LANGUAGES},
        organisation="Testkommun",
        language="sv",
        lines=PageLines(told, ["FB-1001", "FB-1002"]),
    )
    path = tmp_path / "status.html"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_line_finds_its_notice_and_no_other(browser: Browser, page_file: Path, scheme: str) -> None:
    """From a file, without network: the visitor's language, the own line's notice, nothing for another line."""
    context = browser.new_context(locale="de-DE", color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "request", lambda request: said.append(request.url) if not request.url.startswith("file:") else None
    )
    page.goto(page_file.as_uri())
    shown = page.locator("main:visible")
    expect(shown).to_have_count(1)
    expect(shown).to_have_attribute("lang", "de")
    shown.locator("input").fill("fb-1001")
    page.keyboard.press("Enter")
    expect(shown.locator(".hit")).to_be_visible()
    expect(shown.locator("section article:visible")).to_have_count(1)
    shown.locator("input").fill("FB-1002")
    page.keyboard.press("Enter")
    expect(shown.locator(".free")).to_be_visible()
    expect(shown.locator("section article:visible")).to_have_count(0)
    page.get_by_role("button", name="Italiano").click()
    expect(page.locator("main:visible")).to_have_attribute("lang", "it")
    assert said == []
    context.close()


def test_without_scripts_all_is_readable(browser: Browser, page_file: Path) -> None:
    """Where scripts are off, the page shows every language, one below the other."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(page_file.as_uri())
    assert page.locator("main:visible").count() == len(NOTICE_LANGUAGES)
    context.close()
