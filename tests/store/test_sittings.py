from __future__ import annotations

import itertools
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from bcp import usecases
from bcp.errors import NotFoundError, StoreError
from bcp.model.decision import Act
from bcp.model.log_entry import Closed, Corrected, Decided, Marked, Noted, Released, What
from bcp.model.sitting import Sitting, SittingKind, injects_of
from bcp.store import ConflictError, PlanStore
from tests.store.make import START, mark, plan, raw

SCENARIO = usecases.scenario("se-telia-020-0771")
TEXTS = st.text(min_size=1, max_size=60)


def sitting(key: str = "sitting", **fields: object) -> Sitting:
    """An exercise over plan A."""
    filled = {
        "id": key, "kind": "exercise", "title": "Prov", "plan": "A", "revision": 1, "scenario": SCENARIO,
        "injects": injects_of(SCENARIO), "created": START, "begun": START,
    }  # fmt: skip
    return Sitting.model_validate({**filled, **fields})


@pytest.fixture
def kept(store: PlanStore) -> PlanStore:
    """A store with plan A and an exercise over its first revision."""
    store.save("A", plan(1), author="")
    store.sittings.open(sitting(), "secret")
    return store


def start(*arguments: object) -> subprocess.Popen[str]:
    """Another process that writes to a log: see logger.py."""
    return subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "tests.store.logger", *map(str, arguments)],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_sitting_comes_back_as_it_was(kept: PlanStore) -> None:
    """Scenario, injects and settings are those of the opening, also through another connection."""
    with PlanStore.open(kept.path) as again:
        assert again.sittings.sitting("sitting") == sitting()
        assert mark(again.sittings.plan("sitting").plan) == "1"


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    what=st.one_of(
        st.builds(Noted, text=TEXTS),
        st.builds(Released, text=TEXTS.filter(str.strip), to=TEXTS, channel=TEXTS),
        st.builds(Decided, fallback=st.just("f"), act=st.sampled_from(Act), reason=TEXTS, owner=TEXTS),
        st.builds(Marked, component=st.just("c"), level=st.floats(0, 1), frozen=st.booleans()),
    )
)
def test_any_entry_comes_back(kept: PlanStore, what: What) -> None:
    """Whatever people write is read back as it was, by whom and when it happened."""
    entry = kept.sittings.append("sitting", what, who="Åsa", role="it", happened=START)
    assert kept.sittings.entries("sitting", entry.number - 1) == (entry,)
    assert (entry.what, entry.who, entry.role, entry.when) == (what, "Åsa", "it", START)


def test_numbers_count_from_one(kept: PlanStore) -> None:
    """Entries are numbered without a gap, and only the new ones are read again."""
    for text in "abc":
        kept.sittings.append("sitting", Noted(text=text), who="me")
    assert [e.number for e in kept.sittings.entries("sitting")] == [1, 2, 3]
    assert [e.number for e in kept.sittings.entries("sitting", after=2)] == [3]
    assert kept.sittings.newest_number("sitting") == 3


def test_who_has_not_read_the_last_entry_is_told(kept: PlanStore) -> None:
    """An entry that holds only after what its writer had read is refused where there is more, and nothing is lost."""
    kept.sittings.append("sitting", Noted(text="a"), who="Bo", expected=0)
    with pytest.raises(ConflictError, match=r"at entry 1.*up to 0.*Nothing was written"):
        kept.sittings.append("sitting", Noted(text="b"), who="Cilla", expected=0)
    assert kept.sittings.newest_number("sitting") == 1


def test_a_clock_set_back_does_not_turn_the_log_round(kept: PlanStore) -> None:
    """An entry is never earlier than the one before it."""
    first = kept.sittings.append("sitting", Noted(text="a"), who="x", at=START)
    second = kept.sittings.append("sitting", Noted(text="b"), who="x", at=START - timedelta(hours=1))
    assert second.at == first.at


def test_closing_stands_in_the_list_until_it_is_struck_out(kept: PlanStore) -> None:
    """The list says what is closed, as the log has it."""
    closing = kept.sittings.append("sitting", Closed(), who="x", at=START)
    assert kept.sittings.every()[0].closed == START
    assert kept.sittings.every(open_only=True) == ()
    kept.sittings.append("sitting", Corrected(entry=closing.number), who="x")
    assert [s.id for s in kept.sittings.every(open_only=True)] == ["sitting"]


def test_a_correction_of_nothing_is_refused(kept: PlanStore) -> None:
    """An entry that is not there cannot be struck out, and the correction is not written."""
    with pytest.raises(NotFoundError, match="no entry 7"):
        kept.sittings.append("sitting", Corrected(entry=7), who="x")
    assert kept.sittings.newest_number("sitting") == 0


def test_the_list_has_the_newest_first(kept: PlanStore) -> None:
    """Sittings are listed by when they were opened, and by kind where one asks for it."""
    later = sitting("later", kind="incident", created=START + timedelta(days=1), code="")
    kept.sittings.open(later)
    assert [s.id for s in kept.sittings.every()] == ["later", "sitting"]
    assert [s.id for s in kept.sittings.every(kind=SittingKind.EXERCISE)] == ["sitting"]


def test_a_sitting_stays_with_its_revision(kept: PlanStore) -> None:
    """Edits, a new name and the deletion of the plan leave the sitting over the revision that it began with."""
    kept.save("A", plan(2), author="")
    kept.rename("A", "B")
    assert kept.sittings.sitting("sitting").plan == "B"
    kept.delete("B")
    assert mark(kept.sittings.plan("sitting").plan) == "1"


def test_a_sitting_needs_a_saved_plan(store: PlanStore) -> None:
    """Neither an unknown plan nor an unknown revision can be exercised."""
    with pytest.raises(NotFoundError, match="“A”"):
        store.sittings.open(sitting())
    store.save("A", plan(1), author="")
    with pytest.raises(NotFoundError, match="no revision 9"):
        store.sittings.open(sitting(revision=9))
    assert store.sittings.every() == ()


def test_keys_are_not_in_the_file(kept: PlanStore, path: Path) -> None:
    """A key is right or wrong; the file itself does not tell what it is."""
    assert kept.sittings.leads("sitting", "secret")
    assert not kept.sittings.leads("sitting", "Secret")
    kept.sittings.add_key("sitting", "another")
    assert kept.sittings.leads("sitting", "another")
    with raw(path) as connection:
        assert "secret" not in "".join(connection.iterdump())


def test_a_code_leads_to_one_sitting(kept: PlanStore) -> None:
    """A code that is taken is refused; without one, any number of sittings may be open."""
    until = START + timedelta(hours=1)
    assert kept.sittings.set_code("sitting", "ABC234", until).code_until == until
    with pytest.raises(ConflictError, match="code"):
        kept.sittings.open(sitting("other", code="ABC234"))
    for key in ("one", "two"):
        kept.sittings.open(sitting(key))
    found = kept.sittings.with_code("ABC234")
    assert found is not None
    assert found.id == "sitting"
    assert kept.sittings.with_code("ABC235") is None


@pytest.mark.parametrize("act", ["sitting", "plan", "entries"])
def test_a_sitting_that_is_not_there_is_told(store: PlanStore, act: str) -> None:
    """What is asked of an unknown sitting says so."""
    with pytest.raises(NotFoundError, match="no such exercise or incident"):
        getattr(store.sittings, act)("nowhere")


def test_an_entry_of_a_newer_version_is_told(kept: PlanStore, path: Path) -> None:
    """A log that this version cannot read gives an error that says so, and stays as it is."""
    kept.sittings.append("sitting", Noted(text="a"), who="x")
    with raw(path) as connection:
        connection.execute("""UPDATE entries SET content = '{"kind":"dreamt"}'""")
    with pytest.raises(StoreError, match=r"Entry 1 of the log.*cannot be read.*It was left"):
        kept.sittings.entries("sitting")


def test_an_entry_without_a_sitting_cannot_be(kept: PlanStore) -> None:
    """Foreign keys hold: a sitting with a log cannot vanish under it, nor its plan."""
    kept.sittings.append("sitting", Noted(text="a"), who="x")
    for table in ("sittings", "plans"):
        with kept._database.writing() as connection, pytest.raises(IntegrityError, match="FOREIGN KEY"):
            connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608 - fixed names


@pytest.mark.parametrize("kill_after", [1, 12])
def test_killing_a_process_loses_no_entry(kept: PlanStore, path: Path, kill_after: int) -> None:
    """After kill -9 among many entries, the log has every one that was confirmed, in order and whole."""
    with start(path, "many", 100_000, "child") as process:
        assert process.stdout is not None
        confirmed = [int(line) for line in itertools.islice(process.stdout, kill_after)]
        process.kill()
        confirmed += [int(line) for line in process.stdout if line.endswith("\n")]
    assert process.returncode == -signal.SIGKILL
    entries = kept.sittings.entries("sitting")
    assert [e.number for e in entries][: len(confirmed)] == confirmed
    assert len(entries) - len(confirmed) <= 1  # the one that was on its way
    assert [e.what for e in entries] == [Noted(text=f"child-{n}") for n in range(len(entries))]


def test_two_processes_write_one_log(kept: PlanStore, path: Path) -> None:
    """All entries of both are there, numbered without a gap, each writer's in its own order."""
    processes = [start(path, "many", 40, who) for who in ("one", "two")]
    for process in processes:
        process.communicate(timeout=120)
        assert process.returncode == 0
    entries = kept.sittings.entries("sitting")
    assert [e.number for e in entries] == list(range(1, 81))
    for who in ("one", "two"):
        assert [e.what for e in entries if e.who == who] == [Noted(text=f"{who}-{n}") for n in range(40)]


def test_what_holds_only_after_what_was_read_stands_there(kept: PlanStore, path: Path) -> None:
    """Two processes that each write after the entry they read last never write past one another."""
    processes = [start(path, "next", 20, who) for who in ("one", "two")]
    for process in processes:
        process.communicate(timeout=120)
        assert process.returncode == 0
    said = [e.what for e in kept.sittings.entries("sitting")]
    assert said == [Noted(text=f"after {n}") for n in range(40)]


def test_threads_write_one_log(kept: PlanStore) -> None:
    """Thirty participants at once: nothing is lost and numbers have no gap."""
    barrier = threading.Barrier(30)

    def work(who: int) -> None:
        barrier.wait(timeout=30)
        for n in range(3):
            kept.sittings.append("sitting", Noted(text=str(n)), who=str(who))

    with ThreadPoolExecutor(30) as pool:
        list(pool.map(work, range(30)))
    assert [e.number for e in kept.sittings.entries("sitting")] == list(range(1, 91))
