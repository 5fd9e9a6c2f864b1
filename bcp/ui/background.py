"""Long work beside the pages: it goes on while one clicks elsewhere or reloads, tells how far it is, and can be ended.

A job is work that gives its parts one after the other, such as the rows of a table. It runs in a thread
of its own, without Streamlit: the work calls use cases only. The threads are daemons, so that a server
that is told to end does not first finish the work. Jobs are kept on the server by a key that
says what they compute from, so that a reloaded page, and whoever else asks for the same, finds the one
under way or done.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from threading import BoundedSemaphore, Event, Lock, Thread
from time import monotonic
from typing import Any, Generic, TypeVar

import streamlit as st

from bcp.errors import BcpError
from bcp.words import Words

T = TypeVar("T")

Parts = Callable[[], Iterable[T]]
"""The work: gives its parts as they are ready. It is ended between two of them."""

Ended = Callable[[], bool]
"""Asked by work of one piece: whether somebody has ended it, so that it gives what it knows by then."""

_AT_ONCE = 2
_KEPT = 40
_EVERY_S = 1.0
_SHORT_S = 0.3
"""Work that is done so soon shows no progress at all."""
_HELD_S = 3.0
"""The page waits so long for work of one piece, with its sign: drawing beside it would slow down both."""


@dataclass
class Job(Generic[T]):
    """One piece of work: the parts that are ready, of how many, and how it stands."""

    key: Hashable
    total: int
    begun: float = field(default_factory=monotonic)
    """When it was asked for, in seconds of this server's own clock."""
    _found: list[T] = field(default_factory=list)
    _stop: Event = field(default_factory=Event)
    _done: Event = field(default_factory=Event)
    _failed: Exception | None = None

    @property
    def parts(self) -> tuple[T, ...]:
        """What is ready, in the order in which it came."""
        return tuple(self._found)

    @property
    def running(self) -> bool:
        """Whether more may come."""
        return not self._done.is_set()

    @property
    def cancelled(self) -> bool:
        """Whether it was ended before it was done."""
        return self._stop.is_set()

    @property
    def error(self) -> BcpError | None:
        """Why it failed, where that is something the user can mend. Raises any other error of the work."""
        if self._failed is not None and not isinstance(self._failed, BcpError):
            raise self._failed
        return self._failed

    def cancel(self) -> None:
        """End it after the part under way; what is ready stays."""
        if self.running:
            self._stop.set()

    def wait(self, seconds: float) -> bool:
        """Wait at most so long; True where it is done."""
        return self._done.wait(seconds)

    def _work(self, parts: Parts[T], turn: BoundedSemaphore) -> None:
        try:
            with turn:
                for part in () if self._stop.is_set() else parts():
                    self._found.append(part)
                    if self._stop.is_set():
                        return
        except Exception as error:  # noqa: BLE001 - raised where the result is asked for
            self._failed = error
        finally:
            self._done.set()


class Jobs:
    """The jobs of one server, by key; the oldest that are done are forgotten."""

    def __init__(self, at_once: int = _AT_ONCE, kept: int = _KEPT) -> None:
        self._turn = BoundedSemaphore(at_once)
        self._kept = kept
        self._jobs: dict[Hashable, Job[Any]] = {}
        self._lock = Lock()

    def start(self, key: Hashable, total: int, parts: Parts[T], stop: Event | None = None) -> Job[T]:
        """The job of this key, whatever became of it; begun where there is none. `stop` is set when it is ended."""
        with self._lock:
            held = self._jobs.get(key)
            if held is not None:
                return held
            made: Job[T] = Job(key, total, _stop=stop or Event())
            self._jobs[key] = made
            Thread(target=made._work, args=(parts, self._turn), name="bcp-job", daemon=True).start()  # noqa: SLF001 - the two are one concept
            self._thin_out()
            return made

    def find(self, key: Hashable) -> Job[Any] | None:
        """The job of this key, whatever became of it; None where there is none."""
        with self._lock:
            return self._jobs.get(key)

    def forget(self, key: Hashable) -> None:
        """End the job of this key and forget it, so that the next one who asks begins it anew."""
        with self._lock:
            held = self._jobs.pop(key, None)
        if held is not None:
            held.cancel()

    def _thin_out(self) -> None:
        done = [key for key, job in self._jobs.items() if not job.running]
        for key in done[: max(0, len(self._jobs) - self._kept)]:
            del self._jobs[key]


@st.cache_resource(show_spinner=False)
def jobs() -> Jobs:
    """The jobs of this server."""
    return Jobs()


@st.cache_resource(show_spinner=False)
def pieces() -> Jobs:
    """The work of one piece of this server, which never waits for the long jobs."""
    return Jobs()


def piece(key: Hashable, work: Callable[[Ended], T], words: Words) -> T | None:
    """What one piece of work gives; None while it goes on beside the pages.

    Only who asks first waits for it a few seconds, under a sign of progress. Raises what the work raised.
    """
    job = pieces().find(key)
    sign = (
        st.empty()
    )  # in its place also later: where what follows moves, the browser builds it anew and loses the focus
    if job is None:
        stop = Event()
        job = pieces().start(key, 1, lambda: (work(stop.is_set) for _ in range(1)), stop)
        if not job.wait(_SHORT_S):
            sign.progress(0.0, text=words("Computing: {done}", done=words.length(0)))
            job.wait(_HELD_S)
            sign.empty()
    if job.running:
        return None
    if job.error is not None:
        pieces().forget(key)  # what was wrong may be mended by the next time
        raise job.error
    if not job.parts:  # ended before its turn
        pieces().forget(key)
        return piece(key, work, words)
    found: T = job.parts[0]
    return found


def awaited(work_key: Hashable, words: Words, *, key: str, endable: bool = False) -> None:
    """Say how long a piece of work has gone on, and draw the whole page once more when it is done.

    With `endable` there is a way to end it: for work that asks whether somebody has.
    """

    def drawn() -> None:
        job = pieces().find(work_key)
        if job is None or not job.running:
            st.rerun()
        told = words("Computing: {done}", done=words.length(monotonic() - job.begun))
        if not endable:
            st.progress(0.0, text=told)
            return
        bar, button = st.columns([5, 1], vertical_alignment="center")
        bar.progress(0.0, text=told)
        button.button(words("Stop"), icon=":material/stop:", key=f"{key}-cancel", on_click=job.cancel)

    st.fragment(drawn, run_every=_EVERY_S, key=f"{key}-awaited")()


def whole(
    work_key: Hashable, work: Callable[[Ended], T], words: Words, *, key: str, endable: bool = False
) -> T:
    """What one piece of work gives; while it goes on, how long it has, and the page ends there.

    With `endable` it can be ended; what it knew by then is what it gives, until somebody has it begin again.
    """
    found = piece(work_key, work, words)
    if found is None:
        awaited(work_key, words, key=key, endable=endable)
        st.stop()
    job = pieces().find(work_key)
    if job is not None and job.cancelled:
        st.button(
            words("Begin again"), icon=":material/refresh:", key=f"{key}-again", on_click=pieces().forget, args=(work_key,)
        )  # fmt: skip
    return found


def through(
    work_key: Hashable, total: int, work: Parts[T], words: Words, *, key: str, said: str
) -> tuple[T, ...]:
    """All the parts of a piece of work; while it goes on, what it is and how far, and the page ends there.

    Only where it takes longer than a few seconds can one click elsewhere meanwhile, or end it. Raises what it raised.
    """
    job = jobs().start(work_key, total, work)
    sign = st.empty()
    if not job.wait(_SHORT_S):
        sign.progress(0.0, text=said)
        job.wait(_HELD_S)
        sign.empty()
    if job.running or (job.cancelled and len(job.parts) < total):
        watch(job, words, key=key, draw=lambda _: st.caption(said) if job.running else None, shown=False)
        st.stop()
    if len(job.parts) < total:
        jobs().forget(work_key)  # what was wrong may be mended by the next time
    if job.error is not None:
        raise job.error
    return job.parts


def watch(
    job: Job[T], words: Words, *, key: str, draw: Callable[[tuple[T, ...]], object], shown: bool = True
) -> None:
    """Draw what is ready of a job, again and again while it runs, with its progress and a way to end it.

    `draw` gets the parts so far; `shown` says whether it shows them. When the work is done the whole page is drawn once more, without polling.
    So it is after `Begin again`.
    """
    began = not job.wait(_SHORT_S)
    every = _EVERY_S if began else None

    def drawn() -> None:
        if (began and not job.running) or jobs().find(job.key) is not job:
            st.rerun()
        _standing(job, words, key, shown=shown)
        draw(job.parts)

    st.fragment(drawn, run_every=every, key=f"{key}-watch")()


def _standing(job: Job[Any], words: Words, key: str, *, shown: bool) -> None:
    """How far the work is; nothing where it is done."""
    ready = len(job.parts)
    told = words("{n} of {all}", n=ready, all=job.total)
    if job.running:
        bar, button = st.columns([5, 1], vertical_alignment="center")
        bar.progress(
            min(1.0, ready / job.total) if job.total else 0.0, text=words("Computing: {done}", done=told)
        )
        button.button(words("Stop"), icon=":material/stop:", key=f"{key}-cancel", on_click=job.cancel)
    elif job.cancelled and ready < job.total:
        st.info(
            words("Stopped after {done}. What was ready is shown.", done=told)
            if shown
            else words("Stopped after {done}.", done=told)
        )
        st.button(
            words("Begin again"), icon=":material/refresh:", key=f"{key}-again", on_click=jobs().forget, args=(job.key,)
        )  # fmt: skip
