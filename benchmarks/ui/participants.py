"""How a full room feels: one facilitator and many participants on one exercise, each in a browser context of their own.

The exercise is the generated one of the example municipality under the service-number failure. Every round the
facilitator's side releases an inject to everybody through the same use case as the button, and each
participant's page is watched until it shows it. All browsers run on the same machine as the server, so its
figures are worse than those of a room where each brings a device.

    python benchmarks/ui/participants.py [--participants 30] [--rounds 8]
"""

from __future__ import annotations

import argparse
import platform
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

import psutil  # noqa: E402 - the project's own path comes first
from playwright.sync_api import Page, sync_playwright  # noqa: E402 - as above

from bcp import usecases  # noqa: E402 - as above
from bcp.model.log_entry import Released  # noqa: E402 - as above
from bcp.store import PlanStore  # noqa: E402 - as above
from bcp.usecases import sittings  # noqa: E402 - as above
from tests.browser.conftest import Server, chromium  # noqa: E402 - as above

WATCH = """text => {
  window.heardAt = 0;
  const look = () => {
    if (!window.heardAt && document.body.textContent.includes(text)) { window.heardAt = Date.now(); seen.disconnect(); }
  };
  const seen = new MutationObserver(look);
  seen.observe(document.body, { childList: true, subtree: true, characterData: true });
}"""
"""Told by the browser when it draws, so that thirty pages do not ask all the time on two cores."""

PATIENCE_MS = 180_000


def server_figures(server: Server) -> tuple[float, float]:
    """The server's memory in MB and the seconds of CPU it has used, with its children."""
    found = next(p for p in psutil.process_iter() if _serves(p, server.port))
    family = (found, *found.children(recursive=True))
    memory = sum(p.memory_info().rss for p in family) / 1e6
    return memory, sum(sum(p.cpu_times()[:2]) for p in family)


def _serves(process: psutil.Process, port: int) -> bool:
    try:
        return f"--server.port={port}" in process.cmdline()
    except psutil.Error:
        return False


def rounds_of(pages: list[Page], store: PlanStore, seat: sittings.Seat, rounds: int) -> list[float]:
    """Seconds from each release until each page showed it."""
    waits = []
    for number in range(rounds):
        text = f"Message number {number} of the benchmark"
        for page in pages:
            page.evaluate(WATCH, text)
        begun = time.time()
        sittings.append(store, seat, Released(text=text, to="all"))
        for page in pages:
            page.wait_for_function("() => window.heardAt > 0", timeout=PATIENCE_MS)
            waits.append(page.evaluate("() => window.heardAt") / 1000 - begun)
    return waits


def main() -> None:
    """Fill the room, measure, print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--participants", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=8)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder))
        server.start()
        try:
            with PlanStore.open(Path(folder) / "plans.sqlite") as store:
                store.save("kommun", usecases.open_plan("example:kommun").plan, author="benchmark")
                scenario = usecases.scenario("se-telia-020-0771")
                sitting, seat = sittings.open_exercise(store, "kommun", scenario, by="benchmark")
                browser = playwright.chromium.launch(
                    executable_path=chromium(playwright), args=["--no-sandbox"]
                )
                empty, _ = server_figures(server)
                pages = []
                for number in range(asked.participants):
                    role = sitting.settings.roles[number % len(sitting.settings.roles)]
                    own = sittings.join(store, sitting.code, f"Person {number + 1}", role)
                    page = browser.new_context(viewport={"width": 390, "height": 800}).new_page()
                    page.goto(
                        f"{server.address}/join?seat={own.sitting}&seat_key={own.key}",
                        wait_until="commit",
                        timeout=PATIENCE_MS,
                    )
                    page.locator(".st-key-heard").wait_for(timeout=PATIENCE_MS)
                    pages.append(page)
                    print(f"{len(pages)} are in", file=sys.stderr, flush=True)
                time.sleep(5)
                full, cpu = server_figures(server)
                begun = time.time()
                waits = rounds_of(pages, store, seat, asked.rounds)
                seconds = time.time() - begun
                after, used = server_figures(server)
                version = browser.version
                browser.close()
        finally:
            server.kill()
    waits.sort()
    print(
        f"{asked.participants} participants, {asked.rounds} rounds, Chromium {version}, {platform.machine()}"
    )
    print(
        "| until shown: median | 9 of 10 within | slowest | server, empty | server, full | at the end | of one core |"
    )
    print("|-|-|-|-|-|-|-|")
    print(
        f"| {statistics.median(waits):.1f} s | {waits[int(len(waits) * 0.9)]:.1f} s | {waits[-1]:.1f} s "
        f"| {empty:.0f} MB | {full:.0f} MB | {after:.0f} MB | {(used - cpu) / seconds:.0%} |"
    )


if __name__ == "__main__":
    main()
