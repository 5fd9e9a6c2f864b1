"""Does the app say that it works on what takes longer than 300 ms? Every page of the menu, its views and a run, in Chromium.

An action ends with the last change of the page before half a second of quiet. A sign is the line at the top of the
window, a spinner or a bar of progress; what is watched is when the first of them can be seen.

    python benchmarks/ui/signs.py [--sizes 500 5000]
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from generated import generated  # noqa: E402 - as above
from playwright.sync_api import Locator, Page, sync_playwright  # noqa: E402 - the project's own path comes first

from bcp import usecases  # noqa: E402 - as above
from bcp.store import PlanStore  # noqa: E402 - as above
from tests.browser.conftest import Server, chromium  # noqa: E402 - as above

LIMIT_MS = 300.0
LATE_MS = 500.0
"""A sign later than this counts as none."""

VIEWS = ("model-view", "overview-view", "weakness-view")
RUN = ".st-key-run-button button"

WATCH = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  const root = document.documentElement;
  const shown = () => (root.hasAttribute('data-bcp-working') && getComputedStyle(root, '::before').opacity === '1')
    || [...document.querySelectorAll('[data-testid=stSpinner], [role=progressbar], [data-testid=stSkeleton]')]
        .some((one) => one.checkVisibility());
  window.acted = new Promise((done) => {
    addEventListener('pointerdown', () => {
      const start = performance.now();
      let last = start, sign = null;
      const watcher = new MutationObserver(() => { last = performance.now(); });
      watcher.observe(document.body, { childList: true, subtree: true, characterData: true });
      const look = () => {
        const now = performance.now();
        if (sign === null && shown()) sign = now - start;
        if (app.dataset.testScriptState !== 'notRunning') last = now;
        if (now - last < 500) return requestAnimationFrame(look);
        watcher.disconnect();
        done([last - start, sign]);
      };
      requestAnimationFrame(look);
    }, { once: true, capture: true });
  });
}"""


@dataclass(frozen=True)
class Acted:
    """What an action took, and when a sign of it was first seen; both in milliseconds."""

    name: str
    took: float
    sign: float | None

    @property
    def told(self) -> bool:
        """Quick enough to need no sign, or with one in time."""
        return self.took <= LIMIT_MS or (self.sign is not None and self.sign <= LATE_MS)


def acted(page: Page, name: str, target: Locator) -> Acted:
    """Click, and watch."""
    target.scroll_into_view_if_needed()
    page.evaluate(WATCH)
    target.click()
    took, sign = page.evaluate("() => window.acted")
    return Acted(name, took, sign)


def actions(page: Page) -> Iterator[Acted]:
    """Each page of the menu in turn, each view it has, and a run."""
    links = page.get_by_test_id("stSidebarNav").get_by_role("link")
    for number in range(1, links.count()):
        title = links.nth(number).inner_text().split("\n")[-1].strip()
        yield acted(page, title, links.nth(number))
        for key in VIEWS:
            options = page.locator(f".st-key-{key}").get_by_role("radio")
            for n in range(1, options.count()):
                yield acted(page, f"{title}: {options.nth(n).inner_text().strip()}", options.nth(n))
        if page.locator(RUN).count() and page.locator(RUN).first.is_enabled():
            yield acted(page, f"{title}: run", page.locator(RUN).first)


def main() -> None:
    """Start the app, act, print a table; exit with 1 where something gave no sign."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 5000])
    sizes = parser.parse_args().sizes
    silent = 0
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder))
        plans = {"kommun": usecases.open_plan("example:kommun").plan} | {f"g{n}": generated(n) for n in sizes}
        with PlanStore.open(Path(folder) / "plans.sqlite") as store:
            for name, plan in plans.items():
                store.save(name, plan, author="benchmark")
        browser = playwright.chromium.launch(executable_path=chromium(playwright), args=["--no-sandbox"])
        print(f"Chromium {browser.version}, {platform.machine()}, load {os.getloadavg()[0]:.1f}")
        server.start()
        try:
            for name in plans:
                page = browser.new_context(
                    viewport={"width": 1280, "height": 1000}, locale="en-GB"
                ).new_page()
                page.set_default_timeout(120_000)
                outage = "se-telia-020-0771" + ("&set.operator=operator-1" if name != "kommun" else "")
                page.goto(f"{server.address}/?plan={name}&scenario={outage}")
                page.get_by_role("heading", level=1).first.wait_for()
                page.wait_for_timeout(2000)
                found = list(actions(page))
                page.context.close()
                slow = [one for one in found if one.took > LIMIT_MS]
                without = [one for one in slow if not one.told]
                silent += len(without)
                print(
                    f"\n{name}: {len(found)} actions, {len(slow)} over {LIMIT_MS:.0f} ms, {len(without)} of them without a sign in {LATE_MS:.0f} ms; load {os.getloadavg()[0]:.1f}"
                )
                print("\n| action | took | sign after |\n|-|-|-|")
                for one in found:
                    sign = "–" if one.sign is None else f"{one.sign:.0f} ms"
                    print(f"| {one.name} | {one.took:.0f} ms | {sign} |", flush=True)
        finally:
            server.kill()
        browser.close()
    sys.exit(1 if silent else 0)


if __name__ == "__main__":
    main()
