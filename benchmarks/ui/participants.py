"""How a full room feels: thirty participants on one exercise, and what the server uses for them.

The exercise is the one that is written for the example municipality under the service-number failure. Each
participant joins with code, name and role over a websocket of their own, as a page in a browser does, and their
page's fragments are refreshed as a browser asks for it. One more has a real Chromium, whose page is timed until
the message is drawn. The facilitator's messages go out through the same use case as the button; somebody writes a
note every few seconds.

    python benchmarks/ui/participants.py [--participants 30] [--rounds 8] [--speed 1] [--no-browser]
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

import psutil  # noqa: E402 - the project's own path comes first
from playwright.async_api import Page, Playwright, async_playwright  # noqa: E402 - as above
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
    """What the server has used: memory in MB, seconds of processor; and when, by the clock of `time.perf_counter`."""

    memory: float
    cpu: float
    at: float

    @classmethod
    def of(cls, process: psutil.Process) -> Used:
        """What a process has used until now, with its children."""
        family = (process, *process.children(recursive=True))
        memory = sum(p.memory_info().rss for p in family) / 1e6
        return cls(memory, sum(sum(p.cpu_times()[:2]) for p in family), time.perf_counter())


@dataclass
class Room:
    """An exercise with its participants, and how long each message took to them (seconds)."""

    store: PlanStore
    seat: sittings.Seat
    phones: list[Telephone]
    page: Page | None
    waits: list[float] = field(default_factory=list)
    drawn: list[float] = field(default_factory=list)

    async def tell(self, text: str) -> None:
        """Let a message out, and wait until every telephone had it and the browser drew it."""
        for phone in self.phones:
            phone.await_text(text)
        if self.page is not None:
            await self.page.evaluate(WATCH, text)
        begun = time.time()
        sittings.append(self.store, self.seat, Released(text=text, to="all"))
        async with asyncio.timeout(PATIENCE_S):
            for phone in self.phones:
                self.waits.append(await phone.heard_at() - begun)
        if self.page is not None:
            await self.page.wait_for_function("() => window.heardAt > 0", timeout=PATIENCE_S * 1000)
            self.drawn.append(float(await self.page.evaluate("() => window.heardAt")) / 1000 - begun)

    async def talk(self, rounds: int) -> None:
        """So many messages, while somebody writes a note now and then."""
        for phone in self.phones:
            phone.forget()
        notes = asyncio.create_task(chatter(self.phones, NOTE_EVERY_S))
        for number in range(rounds):
            await self.tell(f"Message number {number} of the benchmark")
            await asyncio.sleep(BETWEEN_S)
        notes.cancel()
        with suppress(asyncio.CancelledError):
            await notes


def serving(server: Server) -> psutil.Process:
    """The server's process."""
    return next(p for p in psutil.process_iter() if _serves(p, server.port))


def _serves(process: psutil.Process, port: int) -> bool:
    try:
        return f"--server.port={port}" in process.cmdline()
    except psutil.Error:
        return False


async def browser_in(playwright: Playwright, server: Server, sitting: Sitting, store: PlanStore) -> Page:
    """A page in a real Chromium that has joined, at the size of a telephone."""
    found = next(filter(None, map(shutil.which, NAMES)), None) or playwright.chromium.executable_path
    browser = await playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
    own = sittings.join(store, sitting.code, "Browser", sitting.settings.roles[0])
    page = await (await browser.new_context(viewport={"width": 390, "height": 800})).new_page()
    await page.goto(f"{server.address}/join?seat={own.sitting}&seat_key={own.key}", timeout=PATIENCE_S * 1000)
    await page.locator(".st-key-heard").wait_for(timeout=PATIENCE_S * 1000)
    return page


async def measure(server: Server, asked: argparse.Namespace) -> None:
    """Fill the room, measure, print a table."""
    process = serving(server)
    with PlanStore.open(server.folder / "plans.sqlite") as store:
        store.save("kommun", usecases.open_plan("example:kommun").plan, author="benchmark")
        scenario = usecases.scenario("se-telia-020-0771")
        sitting, seat = sittings.open_exercise(store, "kommun", scenario, by="benchmark")
        sittings.append(store, seat, Clock(running=True, speed=asked.speed))
        empty = Used.of(process)
        phones = await everybody_in(server.port, sitting.code, sitting.settings.roles, asked.participants)
        joined = Used.of(process)
        async with async_playwright() as playwright:
            page = None if asked.no_browser else await browser_in(playwright, server, sitting, store)
            room = Room(store, seat, phones, page)
            await asyncio.sleep(5)
            full = Used.of(process)
            await room.talk(asked.rounds)
            after = Used.of(process)
        print(
            f"{len(phones)} participants, {asked.rounds} messages, clock {asked.speed:g} times, {platform.machine()}, "
            f"load {os.getloadavg()[0]:.1f}; all in after {joined.at - empty.at:.0f} s, "
            f"{joined.cpu - empty.cpu:.0f} s of processor"
        )
        print_table(room, empty, full, after)
        for phone in phones:
            await phone.hang_up()


def print_table(room: Room, empty: Used, full: Used, after: Used) -> None:
    """What was asked of the server, and how it did."""
    seconds, cpu = after.at - full.at, after.cpu - full.cpu
    runs: Counter[str] = Counter()
    for phone in room.phones:
        runs.update(phone.runs)
    received = sum(phone.received for phone in room.phones)
    answers = sorted(a for phone in room.phones for a in phone.answers)
    print(
        f"asked of the server in {seconds:.0f} s: {dict(sorted(runs.items()))}, {received / seconds / 1000:.0f} kB/s; "
        f"{1000 * cpu / max(1, runs.total()):.0f} ms of processor each; "
        f"a note until its page stands: median {statistics.median(answers):.2f} s, slowest {answers[-1]:.2f} s"
    )
    waits, drawn = sorted(room.waits), sorted(room.drawn) or [0.0]
    print(
        "| until heard: median | 9 of 10 within | slowest | drawn in Chromium: median | slowest "
        "| server, empty | full | at the end | of one core |\n|-|-|-|-|-|-|-|-|-|\n"
        f"| {statistics.median(waits):.1f} s | {waits[int(len(waits) * 0.9)]:.1f} s | {waits[-1]:.1f} s "
        f"| {statistics.median(drawn):.1f} s | {drawn[-1]:.1f} s "
        f"| {empty.memory:.0f} MB | {full.memory:.0f} MB | {after.memory:.0f} MB | {cpu / seconds:.0%} |"
    )


def main() -> None:
    """Read what is asked, start the server, measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--participants", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--speed", type=float, default=1.0, help="the exercise clock's speed")
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
