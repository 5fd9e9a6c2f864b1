"""A participant's telephone without its screen: it speaks to the server as the page in a browser does.

Streamlit's page is a websocket of protobuf messages. A telephone joins with the code, gives a name and a role and
presses the button, answers what the server asks of it – to draw its fragments again every few seconds – and writes
into the log now and then. It draws nothing, so that thirty of them cost next to nothing beside the server.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlencode

from line import Line
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates


@dataclass
class Telephone:
    """One participant: where the server is, who speaks, and what has come over the line."""

    port: int
    name: str
    role: str
    runs: Counter[str] = field(default_factory=Counter)
    """How often the server was asked for a whole page, a fragment by itself, or after an act; and what broke."""
    answers: list[float] = field(default_factory=list)
    """Seconds from an act or a fragment's turn to the end of the server's run."""
    received: int = 0
    """Bytes that came."""
    _awaited: bytes = b""
    _came: asyncio.Future[float] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    _line: Line | None = None
    _widgets: dict[str, str] = field(default_factory=dict)
    _values: dict[str, WidgetState] = field(default_factory=dict)
    _query: str = ""
    _page: str = ""
    _timers: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _finished: asyncio.Event = field(default_factory=asyncio.Event)
    _asked_at: float = 0.0
    _reader: asyncio.Task[None] | None = None

    async def join(self, code: str) -> None:
        """Come in: open the page with the code, give name and role, press the button."""
        self._query = urlencode({"join": code})
        self._line = await Line.open(self.port, "/_stcore/stream", "streamlit")
        self._reader = asyncio.create_task(self._listen())
        await self.act()
        self._hold("join-name", string_value=self.name)
        self._hold("join-role", string_value=self.role)
        await self.act(press="join-go")
        if "own-note" not in self._widgets:
            raise RuntimeError(f"{self.name} did not get in: {sorted(self._widgets)}")

    def await_text(self, text: str) -> None:
        """Note when this text comes."""
        self._awaited, self._came = text.encode(), asyncio.get_running_loop().create_future()

    async def heard_at(self) -> float:
        """When the awaited text came, by the clock of `time.time`; waits until it has."""
        return await self._came

    def forget(self) -> None:
        """Count from here on."""
        self.answers.clear()
        self.runs.clear()
        self.received = 0

    async def note(self, text: str) -> None:
        """Write a note into the log, as with the two fields and the button of the page."""
        self._hold("own-note", string_value=text)
        await self.act(press="own-note-keep")
        self._values.pop(self._widgets["own-note"], None)

    async def act(self, press: str = "") -> None:
        """Ask for the whole page, with a button pressed, and wait until it stands."""
        self._finished.clear()
        begun = time.perf_counter()
        await self._ask("press" if press else "page", press=press)
        await asyncio.wait_for(self._finished.wait(), 120)
        self.answers.append(time.perf_counter() - begun)

    async def hang_up(self) -> None:
        """Close the page."""
        self._end(list(self._timers))
        if self._reader is not None:
            self._reader.cancel()
            with suppress(asyncio.CancelledError):
                await self._reader
        if self._line is not None:
            await self._line.close()

    def _hold(self, key: str, **value: str) -> None:
        self._values[self._widgets[key]] = WidgetState(id=self._widgets[key], **value)

    async def _ask(self, what: str, *, press: str = "", fragment: str = "") -> None:
        self.runs[what] += 1
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string = self._query
        asked.page_script_hash = self._page
        asked.page_name = "" if self._page else "join"
        asked.fragment_id = fragment
        asked.is_auto_rerun = bool(fragment)
        asked.context_info.timezone = "Europe/Stockholm"
        asked.context_info.locale = "sv-SE"
        asked.context_info.url = f"http://127.0.0.1:{self.port}/join"
        states = list(self._values.values())
        if press:
            states.append(WidgetState(id=self._widgets[press], trigger_value=True))
        asked.widget_states.CopyFrom(WidgetStates(widgets=states))
        assert self._line is not None  # noqa: S101 - it was opened on joining
        await self._line.send(message.SerializeToString())

    async def _listen(self) -> None:
        assert self._line is not None  # noqa: S101 - it was opened on joining
        while True:
            self._take(await self._line.receive())

    def _take(self, content: bytes) -> None:
        """What a browser's page does with a message of the server."""
        self.received += len(content)
        if self._awaited and self._awaited in content and not self._came.done():
            self._came.set_result(time.time())
        message = ForwardMsg.FromString(content)
        match message.WhichOneof("type"):
            case "new_session":
                self._page = message.new_session.page_script_hash
            case "delta":
                self._remember(message)
            case "auto_rerun":
                self._begin(message.auto_rerun.interval, message.auto_rerun.fragment_id)
            case "stop_auto_rerun":
                self._end(message.stop_auto_rerun.fragment_ids)
            case "page_info_changed":
                self._query = message.page_info_changed.query_string
            case "script_finished" if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                self._finished.set()

    def _remember(self, message: ForwardMsg) -> None:
        """The address of each field and button, by its key; and whether an error is shown."""
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            self.runs["broken"] += 1
        widget = getattr(getattr(element, kind or "", None), "id", "")
        if isinstance(widget, str) and widget.startswith("$$"):
            self._widgets[widget.split("-", 2)[-1]] = widget

    def _begin(self, every: float, fragment: str) -> None:
        if fragment not in self._timers:
            self._timers[fragment] = asyncio.create_task(self._refresh(every, fragment))

    def _end(self, fragments: Iterable[str]) -> None:
        for fragment in fragments:
            if fragment in self._timers:
                self._timers.pop(fragment).cancel()

    async def _refresh(self, every: float, fragment: str) -> None:
        """Ask for a fragment again and again, as the page's own timer does."""
        while True:
            await asyncio.sleep(every)
            await self._ask("fragment", fragment=fragment)


async def everybody_in(port: int, code: str, roles: tuple[str, ...], count: int) -> list[Telephone]:
    """So many telephones that joined one after the other, the roles in turn."""
    phones = []
    for number in range(count):
        phone = Telephone(port, f"Person {number + 1}", roles[number % len(roles)])
        await phone.join(code)
        phones.append(phone)
    return phones


async def chatter(phones: list[Telephone], every_s: float, seed: int = 1) -> None:
    """Somebody writes a note every so many seconds, for as long as this is awaited."""
    rng = random.Random(seed)
    number = 0
    while True:
        await asyncio.sleep(every_s)
        number += 1
        await rng.choice(phones).note(f"Note {number} of the benchmark")
