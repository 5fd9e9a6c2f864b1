"""How a full room feels: thirty participants on one exercise, and what the server uses for them.

The exercise is the one that is written for the example municipality under the service-number failure. Each
participant joins with code, name and role over a websocket of their own, as a page in a browser does, and their
page's fragments are refreshed as a browser asks for it. One of them has a real Chromium, whose page is timed until
the message is drawn. The facilitator's messages go out through the same use case as the button; somebody writes a
note every few seconds.

    python benchmarks/ui/participants.py [--participants 30] [--rounds 8] [--speed 1] [--profile FILE.svg]
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

import psutil  # noqa: E402 - the project's own path comes first
from playwright.async_api import Page, async_playwright  # noqa: E402 - as above
from telephones import Telephone, chatter, everybody_in  # noqa: E402 - as above

from bcp import usecases  # noqa: E402 - as above
from bcp.model.log_entry import Clock, Released  # noqa: E402 - as above
from bcp.model.sitting import Sitting  # noqa: E402 - as above
from bcp.store import PlanStore  # noqa: E402 - as above
from bcp.usecases import sittings  # noqa: E402 - as above
from tests.browser.conftest import NAMES, Server  # noqa: E402 - as above

WATCH = """text => {
  window.heardAt = 0;
  const look = () => {
    if (!window.heardAt && document.body.textContent.includes(text)) { window.heardAt = Date.now(); seen.disconnect(); }
  };
  const seen = new MutationObserver(look);
  seen.observe(document.body, { childList: true, subtree: true, characterData: true });
}"""
"""Told by the browser when it draws, so that the page does not ask all the time."""

PATIENCE_S = 60
BETWEEN_S = 7.3
"""Seconds between two messages: no whole number of refreshes, so that they meet the pages at any point of theirs."""

NOTE_EVERY_S = 5.0


@dataclass(frozen=True)
class Used:
    """What the server's process has used: memory in MB, seconds of processor."""

    memory: float
    cpu: float


def used(process: psutil.Process) -> Used:
    """What it has used until now, with its children."""
    family = (process, *process.children(recursive=True))
    memory = sum(p.memory_info().rss for p in family) / 1e6
    return Used(memory, sum(sum(p.cpu_times()[:2]) for p in family))


def serving(server: Server) -> psutil.Process:
    """The server's process."""
    return next(p for p in psutil.process_iter() if _serves(p, server.port))


def _serves(process: psutil.Process, port: int) -> bool:
    try:
        return f"--server.port={port}" in process.cmdline()
    except psutil.Error:
        return False


async def heard(phones: list[Telephone], page: Page | None, store: PlanStore, seat: sittings.Seat, text: str) -> tuple[list[float], float]:
    """Seconds until each telephone had a message that is let out now, and until the browser drew it."""
    for phone in phones:
        phone.awaited = text
    if page is not None:
        await page.evaluate(WATCH, text)
    begun = time.time()
    sittings.append(store, seat, Released(text=text, to="all"))
    until = begun + PATIENCE_S
    while time.time() < until and not all(text in phone.heard for phone in phones):
        await asyncio.sleep(0.05)
    drawn = 0.0
    if page is not None:
        await page.wait_for_function("() => window.heardAt > 0", timeout=PATIENCE_S * 1000)
        drawn = float(await page.evaluate("() => window.heardAt")) / 1000 - begun
    return [phone.heard.get(text, until) - begun for phone in phones], drawn


async def browser_in(playwright, server: Server, sitting: Sitting, store: PlanStore) -> Page:  # type: ignore[no-untyped-def] # noqa: ANN001 - playwright names no public type
    """A page in a real Chromium that has joined, at the size of a telephone."""
    import shutil  # noqa: PLC0415 - only here

    found = next(filter(None, map(shutil.which, NAMES)), None) or playwright.chromium.executable_path
    browser = await playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
    own = sittings.join(store, sitting.code, "Browser", sitting.settings.roles[0])
    page: Page = await (await browser.new_context(viewport={"width": 390, "height": 800})).new_page()
    await page.goto(f"{server.address}/join?seat={own.sitting}&seat_key={own.key}", timeout=PATIENCE_S * 1000)
    await page.locator(".st-key-heard").wait_for(timeout=PATIENCE_S * 1000)
    return page


async def measure(server: Server, asked: argparse.Namespace) -> None:
    """Fill the room, measure, print a table."""
    with PlanStore.open(server.folder / "plans.sqlite") as store:
        store.save("kommun", usecases.open_plan("example:kommun").plan, author="benchmark")
        scenario = usecases.scenario("se-telia-020-0771")
        sitting, seat = sittings.open_exercise(store, "kommun", scenario, by="benchmark")
        sittings.append(store, seat, Clock(running=True, speed=asked.speed))
        process = serving(server)
        empty = used(process)
        begun = time.perf_counter()
        phones = await everybody_in(server.port, sitting.code, sitting.settings.roles, asked.participants)
        joined = time.perf_counter() - begun
        print(f"{len(phones)} are in after {joined:.0f} s, {used(process).cpu - empty.cpu:.1f} s of processor", file=sys.stderr)
        async with async_playwright() as playwright:
            page = None if asked.no_browser else await browser_in(playwright, server, sitting, store)
            await asyncio.sleep(5)
            recorder = None
            if asked.profile:
                length = str(int(asked.rounds * BETWEEN_S))
                recorder = subprocess.Popen(["py-spy", "record", "-d", length, "-r", "50", "-f", asked.format, "-o", asked.profile, "-p", str(process.pid)])  # noqa: S603, S607, ASYNC220 - our own words
            for phone in phones:
                phone.answers.clear()
                phone.runs.clear()
                phone.received = 0
            full, since = used(process), time.perf_counter()
            talking = asyncio.create_task(chatter(phones, NOTE_EVERY_S))
            waits, drawn = [], []
            for number in range(asked.rounds):
                found, seen = await heard(phones, page, store, seat, f"Message number {number} of the benchmark")
                waits += found
                drawn.append(seen)
                await asyncio.sleep(BETWEEN_S)
            seconds, after = time.perf_counter() - since, used(process)
            talking.cancel()
            with suppress(asyncio.CancelledError):
                await talking
            if recorder is not None:
                recorder.wait()
        runs: dict[str, int] = {}
        for phone in phones:
            for what, count in phone.runs.items():
                runs[what] = runs.get(what, 0) + count
        answers = sorted(a for phone in phones for a in phone.answers)
        received = sum(phone.received for phone in phones)
        for phone in phones:
            await phone.hang_up()
    waits.sort()
    share = (after.cpu - full.cpu) / seconds
    print(f"{asked.participants} participants, {asked.rounds} messages, clock {asked.speed:g} times, {platform.machine()}, load {os.getloadavg()[0]:.1f}")
    print(f"asked of the server in {seconds:.0f} s: {dict(sorted(runs.items()))}; {received / seconds / 1000:.0f} kB/s; "
          f"{1000 * (after.cpu - full.cpu) / max(1, runs.get('fragment', 1)):.0f} ms of processor a refresh")
    if answers:
        print(f"a note until its page stands: median {statistics.median(answers):.2f} s, slowest {answers[-1]:.2f} s")
    print("| until heard: median | 9 of 10 within | slowest | drawn in Chromium: median | slowest | server, empty | full | at the end | of one core |")
    print("|-|-|-|-|-|-|-|-|-|")
    print(
        f"| {statistics.median(waits):.1f} s | {waits[int(len(waits) * 0.9)]:.1f} s | {waits[-1]:.1f} s "
        f"| {statistics.median(drawn):.1f} s | {max(drawn):.1f} s "
        f"| {empty.memory:.0f} MB | {full.memory:.0f} MB | {after.memory:.0f} MB | {share:.0%} |"
    )


def main() -> None:
    """Read what is asked, start the server, measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--participants", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--speed", type=float, default=1.0, help="the exercise clock's speed")
    parser.add_argument("--profile", default="", help="where py-spy writes what the server does")
    parser.add_argument("--format", default="speedscope")
    parser.add_argument("--no-browser", action="store_true", help="telephones only")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        server.start()
        try:
            asyncio.run(measure(server, asked))
        finally:
            server.kill()


if __name__ == "__main__":
    main()
