"""Work beside the pages, without a browser."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from threading import Event

import pytest

from bcp.errors import BcpError
from bcp.ui import background
from bcp.ui.background import Job, Jobs
from bcp.words import words


@pytest.fixture
def jobs() -> Jobs:
    """Jobs of this test's own."""
    return Jobs(at_once=1, kept=2)


def _gated(gate: Event, upto: int) -> Iterator[int]:
    for n in range(upto):
        if n:
            assert gate.wait(10)
        yield n


def _until(job: Job[int], ready: int) -> None:
    for _ in range(1000):
        if len(job.parts) >= ready:
            return
        job.wait(0.01)
    raise AssertionError(job.parts)


def test_parts_come_while_the_work_goes_on(jobs: Jobs) -> None:
    """What is ready can be read before the rest is, and in the end all is there in order."""
    gate = Event()
    job = jobs.start("a", 3, lambda: _gated(gate, 3))
    _until(job, 1)
    assert job.running
    assert job.parts == (0,)
    gate.set()
    assert job.wait(10)
    assert job.parts == (0, 1, 2)
    assert job.error is None
    assert not job.cancelled


def test_the_same_key_is_the_same_work(jobs: Jobs) -> None:
    """Whoever asks for the same gets the job that is under way, and later its result."""
    gate = Event()
    job = jobs.start("a", 2, lambda: _gated(gate, 2))
    assert jobs.start("a", 2, lambda: iter([9, 9])) is job
    gate.set()
    job.wait(10)
    assert jobs.start("a", 2, lambda: iter([9, 9])).parts == (0, 1)
    assert jobs.find("a") is job


def test_a_cancelled_job_stops_and_can_begin_anew(jobs: Jobs) -> None:
    """After cancel no further part is computed, what was ready stays, and it begins anew only when it was forgotten."""
    gate = Event()
    job = jobs.start("a", 5, lambda: _gated(gate, 5))
    _until(job, 1)
    job.cancel()
    gate.set()
    assert job.wait(10)
    assert job.cancelled
    assert job.parts == (0, 1)
    assert jobs.start("a", 5, lambda: iter(range(5))) is job
    jobs.forget("a")
    again = jobs.start("a", 5, lambda: iter(range(5)))
    assert again.wait(10)
    assert again.parts == (0, 1, 2, 3, 4)


def test_an_error_that_the_user_can_mend_is_kept(jobs: Jobs) -> None:
    """A BcpError of the work is the job's error; the parts before it stay."""

    def parts() -> Iterator[int]:
        yield 1
        raise BcpError("it cannot be.", "Do otherwise.")

    job = jobs.start("a", 2, parts)
    job.wait(10)
    assert isinstance(job.error, BcpError)
    assert job.parts == (1,)


def test_a_fault_of_ours_is_not_swallowed(jobs: Jobs) -> None:
    """Any other error of the work is raised where its result is asked for."""

    def parts() -> Iterator[int]:
        yield 1
        raise ZeroDivisionError

    job = jobs.start("a", 2, parts)
    job.wait(10)
    with pytest.raises(ZeroDivisionError):
        assert job.error


def test_only_so_many_done_jobs_are_kept(jobs: Jobs) -> None:
    """The oldest that are done are forgotten, so that a server's memory does not fill."""
    for n in range(5):
        jobs.start(n, 1, lambda: iter([1])).wait(10)
    assert jobs.find(0) is None
    assert jobs.find(4) is not None


def test_only_so_many_run_at_once_and_one_that_waits_can_be_ended(jobs: Jobs) -> None:
    """The second job waits for its turn; cancelled before that it never begins."""
    gate = Event()
    first = jobs.start("a", 2, lambda: _gated(gate, 2))
    _until(first, 1)
    second = jobs.start("b", 2, lambda: iter([1, 2]))
    second.cancel()
    gate.set()
    assert first.wait(10)
    assert second.wait(10)
    assert first.parts == (0, 1)
    assert second.parts == ()
    assert second.cancelled


def test_a_program_that_ends_does_not_wait_for_its_jobs() -> None:
    """Long work under way does not keep a server from ending."""
    code = (
        "import itertools, time\n"
        "from bcp.ui.background import Jobs\n"
        "Jobs().start('a', 99, lambda: (time.sleep(0.2) for _ in itertools.count()))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], timeout=60, check=False)  # noqa: S603 - our own words
    assert done.returncode == 0


def test_one_piece_is_told_when_it_is_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work of one piece gives nothing while it goes on, then its result to whoever asks, and errors are raised."""
    monkeypatch.setattr(background, "_SHORT_S", 0.01)
    monkeypatch.setattr(background, "_HELD_S", 0.01)
    background.pieces.clear()
    gate = Event()

    def work(_: background.Ended) -> int:
        assert gate.wait(10)
        return 7

    def fail(_: background.Ended) -> int:
        raise BcpError("no")

    assert background.piece("one", work, words("en")) is None
    gate.set()
    held = background.pieces().find("one")
    assert held is not None
    assert held.wait(10)
    assert background.piece("one", fail, words("en")) == 7
    monkeypatch.setattr(background, "_SHORT_S", 10.0)
    with pytest.raises(BcpError, match="no"):
        background.piece("other", fail, words("en"))


def test_a_piece_that_is_ended_gives_what_it_knows_and_can_begin_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Work that asks whether it was ended is answered, and what it then gives stays until somebody has it begin again."""
    monkeypatch.setattr(background, "_SHORT_S", 0.01)
    monkeypatch.setattr(background, "_HELD_S", 0.01)
    background.pieces.clear()

    def work(ended: background.Ended) -> str:
        until = time.monotonic() + 10
        while not ended() and time.monotonic() < until:
            time.sleep(0.01)
        return "so far" if ended() else "all"

    assert background.piece("long", work, words("en")) is None
    held = background.pieces().find("long")
    assert held is not None
    held.cancel()
    assert held.wait(10)
    assert background.piece("long", work, words("en")) == "so far"
    background.pieces().forget("long")
    monkeypatch.setattr(background, "_SHORT_S", 10.0)
    assert background.piece("long", lambda _: "all", words("en")) == "all"


def test_work_of_several_parts_is_whole_or_raises_and_can_be_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A page that needs all parts gets them; work that failed is begun anew by whoever asks next."""
    monkeypatch.setattr(background, "_SHORT_S", 10.0)
    background.jobs.clear()
    broken = [True]

    def work() -> Iterator[int]:
        yield 1
        if broken[0]:
            raise BcpError("no")
        yield 2

    with pytest.raises(BcpError, match="no"):
        background.through("several", 2, work, words("en"), key="k", said="Working")
    broken[0] = False
    assert background.through("several", 2, work, words("en"), key="k", said="Working") == (1, 2)
