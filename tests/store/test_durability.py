from __future__ import annotations

import gc
import itertools
import signal
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from bcp.errors import StoreError
from bcp.store import PlanStore, database
from tests.store.make import mark, plan, raw, start


@pytest.mark.parametrize("kill_after", [1, 7, 23])
def test_killing_a_process_loses_nothing_that_was_saved(path: Path, kill_after: int) -> None:
    """After kill -9 among many saves, the file opens and has every revision that was confirmed, whole."""
    with start(path, "many", 100_000, "child") as process:
        assert process.stdout is not None
        confirmed = [int(line) for line in itertools.islice(process.stdout, kill_after)]
        process.kill()
        confirmed += [int(line) for line in process.stdout if line.endswith("\n")]
    assert process.returncode == -signal.SIGKILL
    with PlanStore.open(path) as store:
        numbers = [r.number for r in reversed(store.revisions("A"))]
        assert numbers[: len(confirmed)] == confirmed
        assert len(numbers) - len(confirmed) <= 1  # the one that was on its way
        for number in numbers:
            assert mark(store.load("A", number).plan) == f"child-{number - 1}"
        assert store.save("A", plan("after"), author="me").number == len(numbers) + 1


def test_two_processes_save_at_once(path: Path) -> None:
    """Two processes that save into one file wait for each other: all revisions are there, numbered without a gap."""
    processes = [start(path, "many", 30, who) for who in ("one", "two")]
    for process in processes:
        process.communicate(timeout=120)
        assert process.returncode == 0
    with PlanStore.open(path) as store:
        history = store.revisions("A")
        assert [r.number for r in history] == list(range(60, 0, -1))
        assert {r.content_hash for r in history} == {
            store.load("A", n).plan.content_hash for n in range(1, 61)
        }
        assert [r.author for r in history].count("one") == 30


def test_edits_of_two_processes_are_all_kept(path: Path) -> None:
    """Two processes that count the same plan up, each from the revision it read, miss no count."""
    with PlanStore.open(path) as store:
        store.save("A", plan('{"one": 0, "two": 0}'), author="me")
        processes = [start(path, "add", 20, who) for who in ("one", "two")]
        for process in processes:
            process.communicate(timeout=120)
            assert process.returncode == 0
        assert mark(store.load("A").plan) == '{"one": 20, "two": 20}'
        assert store.load("A").revision.number == 41


def test_processes_may_open_a_new_store_at_once(path: Path) -> None:
    """Several processes that find no store make one together."""
    processes = [start(path, "open") for _ in range(3)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    for process in processes:
        process.communicate(timeout=120)
        assert process.returncode == 0
    with PlanStore.open(path) as store:
        assert len(store.plans()) == 3


def test_threads_may_open_a_new_store_at_once(path: Path) -> None:
    """Several threads that find no store make one together."""
    barrier = threading.Barrier(6)

    def work(who: int) -> None:
        barrier.wait(timeout=30)
        with PlanStore.open(path) as store:
            store.save(str(who), plan(who), author="thread")

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(6)))
    with PlanStore.open(path) as store:
        assert len(store.plans()) == 6


def test_every_connection_is_durable(store: PlanStore) -> None:
    """Write-ahead log, full synchronisation, foreign keys and patience are on where plans are written."""
    with store._database.writing() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 15000}


def test_a_store_that_nobody_holds_lets_go_of_its_file(path: Path) -> None:
    """A store that was not closed is closed when nobody has it any longer: what it wrote is all in the one file."""
    store = PlanStore.open(path)
    store.save("A", plan(1), author="")
    assert path.with_name(path.name + "-wal").exists()
    del store
    gc.collect()
    assert not path.with_name(path.name + "-wal").exists()


def test_a_revision_without_a_plan_cannot_be(store: PlanStore) -> None:
    """Foreign keys hold: a plan with revisions cannot vanish under them."""
    store.save("A", plan(), author="")
    with store._database.writing() as connection, pytest.raises(IntegrityError, match="FOREIGN KEY"):
        connection.exec_driver_sql("DELETE FROM plans")
    assert len(store.plans()) == 1


def test_an_error_half_way_leaves_the_store_as_it_was(store: PlanStore) -> None:
    """A transaction that fails writes nothing."""

    def half() -> None:
        with store._database.writing() as connection:
            connection.exec_driver_sql("INSERT INTO settings VALUES ('a', 'b')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    assert store.get_setting("a") is None


def test_a_store_that_stays_locked_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another program holds the file, saving ends with a clear error; reading goes on."""
    monkeypatch.setattr(database, "BUSY_S", 0.2)
    with PlanStore.open(path) as store:
        store.save("A", plan(1), author="")
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreError, match="Another program"):
                store.save("A", plan(2), author="")
            assert mark(store.load("A").plan) == "1"
        assert store.save("A", plan(2), author="").number == 2


def test_a_full_disk_is_told(store: PlanStore) -> None:
    """Where the file cannot grow, saving ends with a clear error and the saved plans stay."""
    store.save("A", plan(1), author="")
    pages = store._database.pragma("page_count")
    big = plan(2, **{f"c-{n}": {"kind": "system", "name": "x" * 300} for n in range(300)})
    with store._database.reading() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    with pytest.raises(StoreError, match="disk is full"):
        store.save("A", big, author="")
    assert mark(store.load("A").plan) == "1"
    with raw(store.path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
