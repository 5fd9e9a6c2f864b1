"""From starting the server to the first page: a new process each time, watched in a Chromium that already runs.

Beside the seconds on the clock stand the server's seconds of processor, which other work on the machine
disturbs less. Each time is measured with an empty folder of plans, and with the example municipality open.

    python benchmarks/ui/first_page.py [--rounds 5]
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

import psutil  # noqa: E402 - the project's own path comes first
from playwright.sync_api import Browser, sync_playwright  # noqa: E402 - as above

from bcp import usecases  # noqa: E402 - as above
from bcp.store import PlanStore  # noqa: E402 - as above
from tests.browser.conftest import Server, chromium  # noqa: E402 - as above

PAGES = {"Start, no plan": "", "Start, the municipality": "?plan=kommun", "Model": "model?plan=kommun"}
STANDS = {"Model": ".bcp-graph canvas"}


def first(browser: Browser, title: str) -> tuple[float, float, float]:
    """Seconds until the server answers, until the first page stands, and the server's processor until then."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        if "kommun" in PAGES[title]:
            with PlanStore.open(Path(folder) / "plans.sqlite") as store:
                store.save("kommun", usecases.open_plan("example:kommun").plan, author="benchmark")
        page = browser.new_context(viewport={"width": 1280, "height": 1000}, locale="en-GB").new_page()
        page.set_default_timeout(60_000)
        begun = time.perf_counter()
        server.start()
        try:
            answered = time.perf_counter() - begun
            page.goto(f"{server.address}/{PAGES[title]}")
            page.get_by_role("heading", level=1).first.wait_for()
            page.locator(STANDS.get(title, ".st-key-new-plan, h1")).first.wait_for(state="attached")
            stood = time.perf_counter() - begun
            ours = next(
                p
                for p in psutil.process_iter(["cmdline"])
                if f"--server.port={server.port}" in (p.info["cmdline"] or ())
            )
            cpu = sum(ours.cpu_times()[:2])
        finally:
            server.kill()
            page.context.close()
    return answered, stood, cpu


def main() -> None:
    """Measure, print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(playwright), args=["--no-sandbox"])
        print(f"Chromium {browser.version}, {platform.machine()}, load {os.getloadavg()[0]:.1f}")
        print(
            "| first page | server answers | page stands | fastest | processor of the server | rounds |\n|-|-|-|-|-|-|"
        )
        for title in PAGES:
            found = [first(browser, title) for _ in range(rounds + 1)][1:]
            answered, stood, cpu = (statistics.median(one) for one in zip(*found, strict=True))
            fastest = min(one[1] for one in found)
            print(
                f"| {title} | {answered:.1f} s | {stood:.1f} s | {fastest:.1f} s | {cpu:.1f} s | {rounds} |",
                flush=True,
            )
        browser.close()


if __name__ == "__main__":
    main()
