"""People's own outages in the store."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import pytest

from bcp.errors import NotFoundError
from bcp.store import ConflictError, PlanStore
from tests.store.make import plan, raw


@pytest.fixture
def stocked(store: PlanStore) -> PlanStore:
    """A store with the plans A and B."""
    store.save("A", plan(1), author="Åsa")
    store.save("B", plan(2), author="Åsa")
    return store


def test_what_was_saved_comes_back(stocked: PlanStore, path: Path) -> None:
    """An outage is there under its plan and no other, after the file was opened anew too."""
    stocked.outages.save("A", "flood", "id: flood\n", author="Åsa")
    with PlanStore.open(path) as again:
        (found,) = again.outages.every("A")
        assert (found.name, found.text, found.author, found.number) == ("flood", "id: flood\n", "Åsa", 1)
        assert again.outages.every("B") == ()


def test_an_older_edition_stays_readable(stocked: PlanStore) -> None:
    """After an edit the list has the new text, and the hash of the old one still gives the old one."""
    first = stocked.outages.save("A", "flood", "one", author="Åsa")
    second = stocked.outages.save("A", "flood", "two", author="Bo", expected=first.content_hash)
    assert [o.text for o in stocked.outages.every("A")] == ["two"]
    assert stocked.outages.load("A", "flood", first.content_hash).text == "one"
    assert stocked.outages.load("A", "flood") == second


def test_the_same_text_twice_is_one_edition(stocked: PlanStore) -> None:
    """Saving what is there already adds nothing."""
    first = stocked.outages.save("A", "flood", "one", author="Åsa")
    assert stocked.outages.save("A", "flood", "one", author="Bo") == first


def test_nobody_overwrites_what_another_saved(stocked: PlanStore) -> None:
    """An edit based on an edition that is no longer the newest is refused, and nothing is lost."""
    first = stocked.outages.save("A", "flood", "one", author="Åsa", expected="")
    stocked.outages.save("A", "flood", "two", author="Bo", expected=first.content_hash)
    with pytest.raises(ConflictError):
        stocked.outages.save("A", "flood", "three", author="Åsa", expected=first.content_hash)
    with pytest.raises(ConflictError):
        stocked.outages.save("A", "flood", "four", author="Åsa", expected="")
    assert stocked.outages.load("A", "flood").text == "two"


def test_a_removed_outage_is_out_of_the_list_and_can_be_made_again(stocked: PlanStore, path: Path) -> None:
    """Removing takes it out of the list only: its text is still in the file, and its name is free."""
    stocked.outages.save("A", "flood", "one", author="Åsa")
    stocked.outages.remove("A", "flood", "Bo")
    assert stocked.outages.every("A") == ()
    with pytest.raises(NotFoundError):
        stocked.outages.load("A", "flood")
    with raw(path) as connection:
        assert ("one",) in connection.execute("SELECT content FROM outages").fetchall()
    stocked.outages.save("A", "flood", "again", author="Åsa", expected="")
    assert [o.text for o in stocked.outages.every("A")] == ["again"]


def test_a_renamed_plan_keeps_its_outages(stocked: PlanStore) -> None:
    """An outage belongs to the plan, whatever that is called."""
    stocked.outages.save("A", "flood", "one", author="Åsa")
    stocked.rename("A", "C")
    assert [o.plan for o in stocked.outages.every("C")] == ["C"]


def test_an_unknown_plan_or_outage_is_said(stocked: PlanStore) -> None:
    """What is not there is an error that names it."""
    with pytest.raises(NotFoundError, match="nowhere"):
        stocked.outages.every("nowhere")
    with pytest.raises(NotFoundError, match="flood"):
        stocked.outages.load("A", "flood", "0123456789ab")


def test_two_writers_lose_nothing(stocked: PlanStore, path: Path) -> None:
    """Two at once, each on an outage of its own: every edition of both is in the file."""

    def write(name: str) -> None:
        with PlanStore.open(path) as own:
            for n in range(10):
                own.outages.save("A", name, f"{name} {n}", author=name)

    threads = [Thread(target=write, args=(name,)) for name in ("x", "y")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [(o.name, o.number, o.text) for o in stocked.outages.every("A")] == [
        ("x", 10, "x 9"),
        ("y", 10, "y 9"),
    ]
