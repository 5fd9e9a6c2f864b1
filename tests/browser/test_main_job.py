"""The main job in a real browser, from the example to a printed plan."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.conftest import Open, Server
from tests.browser.steps import by_key, click_box, pick, press, said, settled, turn_to

ENGLISH = {
    "scenarios": "Scenarios", "model": "Model", "fallbacks": "Fallbacks", "reports": "Reports",
    "timeline": "Minute by minute",
    "late": "Socialjouren down 1 h 10 min – RTO broken after 1 h",
    "in time": "Socialjouren down 40 min – RTO of 1 h held, 20 min to spare",
    "why": "Why is this down?", "cause": "this is what fails in the scenario",
    "blocked": "blocked by Servicenummerplattform 1",
    "changed": "Lead time: 50m → 20m", "older": "The plan has changed since this run",
    "before": "Before the change: ✕ RTO broken",
    "document": "English", "file": "kommun-bcp-en.pdf",
    "printed": "20 min to spare of 1 h", "printed late": r"(?<!1 h )10 min too late for 1 h",
}  # fmt: skip
SWEDISH = {
    "scenarios": "Scenarier", "model": "Modell", "fallbacks": "Reservlösningar", "reports": "Dokument",
    "timeline": "Minut för minut",
    "late": "Socialjouren nere 1 h 10 min – RTO bruten efter 1 h",
    "in time": "Socialjouren nere 40 min – RTO 1 h hålls med 20 min till godo",
    "why": "Varför är detta nere?", "cause": "det är detta som faller i scenariot",
    "blocked": "blockeras av Servicenummerplattform 1",
    "changed": "Ledtid: 50m → 20m", "older": "Planen har ändrats sedan körningen",
    "before": "Före ändringen: ✕ RTO bruten",
    "document": "Svenska", "file": "kommun-bcp-sv.pdf",
    "printed": "20 min till godo av 1 h", "printed late": r"(?<!1 h )10 min för sent för 1 h",
}  # fmt: skip


@pytest.mark.parametrize(
    ("locale", "width", "texts"), [("en-GB", 1280, ENGLISH), ("sv-SE", 390, SWEDISH)], ids=["screen", "phone"]
)
def test_the_main_job(
    visit: Open, asked: list[str], tmp_path: Path, locale: str, width: int, texts: Mapping[str, str]
) -> None:
    """Open the example, run the outage, move the time, ask why, mend a fallback, run again, take the BCP along."""
    page = visit(locale=locale, width=width)
    press(page, "example-kommun")
    expect(page.get_by_role("heading", level=1, name=texts["scenarios"])).to_be_visible()
    pick(page, "pick-scenario", "020")
    press(page, "run-button")
    expect(page.get_by_text(texts["timeline"])).to_be_visible()
    assert texts["late"] in said(page)
    expect(page.locator(".js-plotly-plot")).to_be_visible()

    press(page, "later")
    page.get_by_role("slider").press("ArrowRight")
    settled(page)
    assert "t=1" in page.url
    pick(page, "asked", "Kommunvä")
    expect(page.get_by_text(texts["why"])).to_be_visible()
    assert texts["cause"] in said(page)
    assert texts["blocked"] in said(page)
    click_box(page, "socialjour")
    expect(by_key(page, "asked").get_by_role("combobox")).to_have_value("Socialjouren")

    turn_to(page, texts["model"])
    by_key(page, "model-view").get_by_text(texts["fallbacks"], exact=True).click()
    settled(page)
    pick(page, "fallback", "Flytta socialjouren till res")
    by_key(page, "fallback-socialjour-pa-reservmobil-1-lead_time").get_by_role("textbox").fill("20m")
    press(page, "save-fallback")
    expect(page.get_by_test_id("stToast")).to_contain_text(texts["changed"])

    turn_to(page, texts["scenarios"])
    expect(page.get_by_text(texts["older"])).to_be_visible()
    press(page, "run-button")
    assert texts["in time"] in said(page)
    assert texts["before"] in said(page)

    turn_to(page, texts["reports"])
    pick(page, "document-language", texts["document"])
    page.get_by_test_id("stImage").first.locator("img").wait_for(timeout=120_000)
    settled(page)
    with page.expect_download() as download:
        by_key(page, "download-pdf").get_by_role("button").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name == texts["file"]
    text = " ".join(" ".join(p.extract_text() for p in PdfReader(file).pages).replace("\xa0", " ").split())
    assert texts["printed"] in text
    assert re.search(texts["printed late"], text) is None

    assert len(asked) > 30, "the log of requests holds nothing: the next line would prove nothing"
    assert {urlsplit(url).hostname for url in asked if urlsplit(url).scheme not in {"data", "blob"}} == {
        "127.0.0.1"
    }


def test_a_killed_server_loses_nothing(visit: Open, server: Server) -> None:
    """After an edit the server is killed and started again; the page is as it was, with the edit in it."""
    page = visit()
    press(page, "example-kommun")
    pick(page, "pick-scenario", "020")
    press(page, "run-button")
    press(page, "later")
    turn_to(page, "Model")
    pick(page, "focus", "Medborgarnumret")
    name = by_key(page, "component-n-0771-1-name").get_by_role("textbox")
    name.fill("Det nya numret")
    press(page, "component-n-0771-1-save")
    expect(page.get_by_role("heading", name="Det nya numret")).to_be_visible()
    where = page.url
    server.kill()
    server.start()
    page.goto(where)
    expect(page.get_by_text("Det nya numret").first).to_be_visible()
    turn_to(page, "Scenarios")
    expect(page.get_by_text("Minute by minute")).to_be_visible()
    assert "RTO broken" in said(page)
