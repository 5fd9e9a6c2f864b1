"""From a click to the redrawn page on plans of 60, 500 and 5,000 components, measured inside Chromium.

Each round chooses another box of the picture, looks around it, and runs an outage; the clock runs from the
click or key until the browser has drawn what was asked for. How soon a page that nobody has opened yet
stands, and how soon it says that it is working, is measured once for each plan.

    python benchmarks/ui/redraw.py [--rounds 10] [--sizes 60 500 5000]
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from generated import generated  # noqa: E402 - as above
from playwright.sync_api import Page, sync_playwright  # noqa: E402 - the project's own path comes first

from bcp import usecases  # noqa: E402 - as above
from bcp.cli.serve import command  # noqa: E402 - as above
from bcp.store import PlanStore  # noqa: E402 - as above
from tests.browser.conftest import Server, chromium  # noqa: E402 - as above

OUTAGE = "scenario=se-telia-020-0771&set.operator=operator-1"
PAGES = {
    "Model": ("model?plan={}", ".bcp-graph canvas"),
    "Scenarios": ("scenarios?plan={}&" + OUTAGE, ".st-key-run-button button"),
    "Weaknesses": ("weaknesses?plan={}", "[data-testid=stMetric], [role=progressbar]"),
    "All outages": ("overview?plan={}", "[data-testid=stMetric], [role=progressbar]"),
}
"""Pages with what must stand on them: their content or the sign that it is being worked out."""

SETTLED_MS = 800
HEAD = "| click → redraw | median | fastest | 9 of 10 within | rounds |\n|-|-|-|-|-|"

WATCH = """([event, drawn]) => {
  window.measured = new Promise((done, failed) => {
    setTimeout(() => failed(new Error(`not drawn: ${drawn}`)), 60000);
    const isDrawn = new Function('return ' + drawn);
    window.addEventListener(event, () => {
      const start = performance.now();
      const look = () => isDrawn()
        ? requestAnimationFrame(() => done(performance.now() - start)) : requestAnimationFrame(look);
      requestAnimationFrame(look);
    }, { once: true, capture: true });
  });
}"""

BOXES = "g => g.bcpGraph.nodes('.box').map(n => n.id()).sort()"
OTHERS = "g => g.bcpGraph.nodes('.box').not('.focus').map(n => n.id()).sort()"
PLACE = """(g, id) => { const n = g.bcpGraph.getElementById(id); g.bcpGraph.center(n);
  return { ...n.renderedPosition(), name: n.data('name') }; }"""
BARS = "[...document.querySelectorAll('.js-plotly-plot .barlayer path')].map(p => p.getAttribute('d')).join()"


def measured(page: Page, event: str, drawn: str, act: Callable[[], None]) -> float:
    """Milliseconds from an event in the browser that `act` causes until the JavaScript `drawn` is true there."""
    page.evaluate(WATCH, [event, drawn])
    act()
    taken = float(page.evaluate("() => window.measured"))
    page.wait_for_timeout(SETTLED_MS)
    return taken


def opened(page: Page, address: str, stands: str) -> float:
    """Seconds until a page stands whose content nobody has asked for before."""
    begun = time.perf_counter()
    page.goto(address)
    page.get_by_role("heading", level=1).first.wait_for()
    page.locator(f":is({stands})").first.wait_for(state="attached")
    taken = time.perf_counter() - begun
    page.wait_for_timeout(SETTLED_MS)
    return taken


def choosing(page: Page, rounds: int) -> tuple[list[float], list[float]]:
    """Milliseconds until the form of a clicked box is drawn, and until its surroundings are."""
    graph, canvas = page.locator(".bcp-graph"), page.locator(".bcp-canvas")
    chosen, around = [], []
    graph.evaluate(
        "g => { window.pictured = g; }"
    )  # it stands in a shadow tree, which the document does not see
    for number in range(rounds + 1):
        others = graph.evaluate(OTHERS)
        one = others[number % len(others)]
        place = graph.evaluate(PLACE, one)
        heading = f"[...document.querySelectorAll('h4')].some(h => h.innerText.trim() === {place['name']!r})"
        if not page.evaluate(f"() => {heading}"):
            at = {"x": place["x"], "y": place["y"]}
            chosen.append(measured(page, "mousedown", heading, lambda at=at: canvas.click(position=at)))
        before = ",".join(graph.evaluate(BOXES))
        redrawn = f"window.pictured.bcpGraph.nodes('.box').map(n => n.id()).sort().join() !== {before!r}"
        canvas.focus()
        around.append(measured(page, "keydown", redrawn, lambda: page.keyboard.press("Enter")))
    return chosen[1:], around[1:]


def running(page: Page, rounds: int) -> list[float]:
    """Milliseconds from Run to other bars, with another length of the outage each time."""
    times = []
    for number in range(rounds + 1):
        field = page.locator("[class*=st-key-set-][class*=-duration] input").first
        field.fill(f"{2 + number}h")
        before = page.evaluate(f"() => {BARS}")
        other = f"{BARS} !== '' && {BARS} !== {before!r}"
        button = page.locator(".st-key-run-button button")
        times.append(measured(page, "click", other, button.click))
    return times[1:]


def clicking(page: Page, rounds: int) -> list[float]:
    """Milliseconds from a click to a counter that it changes, in an app that does nothing else."""
    times = []
    for number in range(rounds + 1):
        drawn = (
            f"[...document.querySelectorAll('h4')].some(h => h.innerText.trim() === 'clicks: {number + 1}')"
        )
        times.append(measured(page, "click", drawn, page.locator(".st-key-more button").click))
    return times[1:]


class EmptyApp(Server):
    """An app of one button, by Streamlit alone."""

    def command(self) -> list[str]:
        """As the app is started, with another script."""
        python, _, _, run, _, *flags = command(self.port)
        return [python, "-m", "streamlit", run, str(Path(__file__).with_name("empty_app.py")), *flags]


def floor(new_page: Callable[[], Page], folder: Path, rounds: int) -> None:
    """Print what a click costs in an empty app, served with the same settings in the same run."""
    server = EmptyApp(folder)
    server.start()
    try:
        page = new_page()
        page.goto(server.address)
        page.locator(".st-key-more button").wait_for()
        page.wait_for_timeout(SETTLED_MS)
        print(f"\nan empty app, load {os.getloadavg()[0]:.1f}\n\n{HEAD}")
        print(table_row("click → counter", clicking(page, rounds)), flush=True)
        page.context.close()
    finally:
        server.kill()


def table_row(label: str, times: list[float]) -> str:
    """One line of the table: median, fastest, nine of ten within, rounds."""
    if not times:
        return f"| {label} | – | – | – | 0 |"
    times = sorted(times)
    within = times[max(0, int(len(times) * 0.9) - 1)]
    return f"| {label} | {statistics.median(times):.0f} ms | {times[0]:.0f} ms | {within:.0f} ms | {len(times)} |"


def first_pages(browser_page: Callable[[], Page], server: Server) -> None:
    """Print how soon the first page of all stands, in a new process and after it."""
    for label in ("a new process", "again", "once more"):
        page = browser_page()
        print(
            f"first page of the municipality, {label}: {opened(page, f'{server.address}/?plan=kommun', 'h1'):.2f} s"
        )
        page.context.close()


def main() -> None:
    """Start the app, measure, print tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--sizes", type=int, nargs="+", default=[60, 500, 5000])
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder))
        with PlanStore.open(Path(folder) / "plans.sqlite") as store:
            store.save("kommun", usecases.open_plan("example:kommun").plan, author="benchmark")
            for size in asked.sizes:
                store.save(f"g{size}", generated(size), author="benchmark")
        browser = playwright.chromium.launch(executable_path=chromium(playwright), args=["--no-sandbox"])

        def new_page() -> Page:
            page = browser.new_context(viewport={"width": 1280, "height": 1000}, locale="en-GB").new_page()
            page.set_default_timeout(90_000)
            return page

        print(f"Chromium {browser.version}, {platform.machine()}, load {os.getloadavg()[0]:.1f}")
        floor(new_page, Path(folder), asked.rounds)
        server.start()
        try:
            first_pages(new_page, server)
            for size in asked.sizes:
                measure(new_page, server, size, asked.rounds)
        finally:
            server.kill()
        browser.close()


def measure(new_page: Callable[[], Page], server: Server, size: int, rounds: int) -> None:
    """Print the tables of one plan."""
    page, plan = new_page(), f"g{size}"
    print(f"\n{size} components, load {os.getloadavg()[0]:.1f}")
    for title, (path, stands) in PAGES.items():
        taken = opened(page, f"{server.address}/{path.format(plan)}", stands)
        print(f"- {title}: {taken:.2f} s", flush=True)
    print(f"\n{HEAD}")
    opened(page, f"{server.address}/{PAGES['Model'][0].format(plan)}", ".bcp-graph canvas")
    page.wait_for_timeout(3000)
    chosen, around = choosing(page, rounds)
    print(table_row("choose a box → its form", chosen))
    print(table_row("look around it → other boxes", around), flush=True)
    opened(page, f"{server.address}/{PAGES['Scenarios'][0].format(plan)}&t=0", ".barlayer path")
    print(table_row("Run → timeline", running(page, rounds)), flush=True)
    page.context.close()


if __name__ == "__main__":
    main()
