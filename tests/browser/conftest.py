"""A real server and a real browser. Without Chromium these tests fail, unless BCP_NO_BROWSER=1 says to leave them out."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from bcp.cli.serve import command

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
ROOT = Path(__file__).parents[2]

Open = Callable[..., Page]

expect.set_options(timeout=60_000)


def chromium(playwright: Playwright) -> str:
    """A Chromium's file: the system's, else the one that Playwright installed. Fails the test where there is none."""
    found = next(filter(None, map(shutil.which, NAMES)), None) or playwright.chromium.executable_path
    if not Path(found).is_file():
        pytest.fail(
            "No Chromium was found. Install one (apt-get install chromium, or playwright install chromium), "
            "or set BCP_NO_BROWSER=1 to leave the browser tests out.",
            pytrace=False,
        )
    return found


class Server:
    """The app as `bcp ui` serves it, on a free port, with plans in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def command(self) -> list[str]:
        """How it is started."""
        return command(self.port)

    def start(self) -> None:
        """Start it and wait until it answers."""
        outside = {k: v for k, v in os.environ.items() if not k.startswith(("BCP_", "STREAMLIT_"))}
        environment = outside | {
            "BCP_DATA": str(self.folder),
            "PYTHONPATH": str(ROOT),
            "STREAMLIT_SERVER_HEADLESS": "true",
        }
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                self.command(), env=environment, cwd=self.folder, stdout=log, stderr=log
            )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=5) as answer:  # noqa: S310 - loopback
                    if answer.status == 200:
                        return
            except (URLError, ConnectionError, TimeoutError):
                time.sleep(0.2)
        pytest.fail(f"The server did not start:\n{(self.folder / 'server.log').read_text('utf-8')}")

    def kill(self) -> None:
        """End it at once, as a crash or a power cut would."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait(20)
            self._process = None


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    if os.environ.get("BCP_NO_BROWSER") == "1":
        pytest.skip("BCP_NO_BROWSER=1")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(playwright), args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def server(browser: Browser, tmp_path: Path) -> Iterator[Server]:
    """A server of this test's own."""
    del browser  # asked for first, so that nothing is started where there is none
    made = Server(tmp_path)
    made.start()
    yield made
    made.kill()


@pytest.fixture
def asked() -> list[str]:
    """Every address that the browser asked for in this test."""
    return []


@pytest.fixture
def visit(browser: Browser, server: Server, asked: list[str]) -> Iterator[Open]:
    """Opens the app in a new browser window, as in `visit("model?plan=kommun", locale="sv-SE", width=390)`."""
    contexts: list[BrowserContext] = []

    def opened(path: str = "", *, locale: str = "en-GB", width: int = 1280, scheme: str = "light") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 1000},
            locale=locale,
            color_scheme="dark" if scheme == "dark" else "light",
            timezone_id="Europe/Stockholm",
        )
        contexts.append(context)
        context.set_default_timeout(45_000)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("websocket", lambda socket: asked.append(socket.url))
        page.goto(f"{server.address}/{path}")
        page.get_by_role("heading", level=1).wait_for()
        return page

    yield opened
    for context in contexts:
        context.close()
