"""Takes the README's pictures from the real app and the real documents, into docs/images/.

Run `python docs/screenshots.py` where Chromium and the dev extras are installed.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from bcp import usecases
from bcp.cli.serve import command

FOLDER = Path(__file__).parent / "images"
FIGURES_SHOWN = ("Figure 7.", "Figure 9.", "Figure 15.")
"""Figures of the continuity plan whose pages the README shows: dependencies, timeline, options."""


def main() -> None:
    """Write every picture."""
    FOLDER.mkdir(exist_ok=True)
    with _app() as address, sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": 1280, "height": 1000}, locale="en-GB").new_page()
        _shoot(page, f"{address}/scenarios", "Minute by minute", "scenarios", scroll=420)
        _shoot(page, f"{address}/overview", "do not strike this plan", "overview", scroll=0)
        _shoot(page, f"{address}/routes", "Carries load after", "routes", scroll=0)
        _shoot(page, f"{address}/model", "Rests on", "model", scroll=0)
        browser.close()
    _document()


def _shoot(page: Page, address: str, awaited: str, name: str, *, scroll: int) -> None:
    page.goto(address)
    page.get_by_text(awaited).first.wait_for(timeout=60_000)
    page.wait_for_timeout(4000)
    page.mouse.move(800, 500)
    page.mouse.wheel(0, scroll)
    page.wait_for_timeout(1500)
    page.screenshot(path=FOLDER / f"{name}.png")


def _document() -> None:
    plan = usecases.open_plan(usecases.DEMO_PLAN).plan
    scenario = usecases.scenario(usecases.WORST_SCENARIO)
    pdf = pypdfium2.PdfDocument(usecases.report(plan, "bcp", scenario=scenario, language="en"))
    shown = [
        next(page for page in pdf if figure in page.get_textpage().get_text_range())
        for figure in FIGURES_SHOWN
    ]
    images = [page.render(scale=1.0).to_pil() for page in shown]
    sheet = Image.new("RGB", (sum(i.width for i in images) + 30, images[0].height + 20), "#d8dde3")
    left = 10
    for image in images:
        sheet.paste(image, (left, 10))
        left += image.width + 10
    sheet.save(FOLDER / "report.png", optimize=True)


@contextmanager
def _app() -> Iterator[str]:
    """The app on the example with the worst scenario run; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as data:
        environment = {
            **os.environ,
            "BCP_DATA": data,
            "BCP_OPEN": usecases.DEMO_PLAN,
            "BCP_SCENARIO": usecases.WORST_SCENARIO,
        }
        served = [*command(port), "--server.headless=true"]
        server = subprocess.Popen(served, env=environment, stdout=sys.stderr)  # noqa: S603 - our own app
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait()


def _wait(address: str) -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(address, timeout=2)  # noqa: S310 - our own server on this computer
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
        else:
            return
    raise TimeoutError(address)


if __name__ == "__main__":
    main()
