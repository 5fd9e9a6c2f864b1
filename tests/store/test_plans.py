from __future__ import annotations

import hashlib
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bcp.errors import NotFoundError, StoreError
from bcp.model.plan import Plan
from bcp.store import ConflictError, PlanStore
from tests.store.make import START, mark, plan, raw
from tests.strategies import plans

NAMES = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=40).filter(
    str.strip
)


def test_a_saved_plan_is_loaded_as_it_was(store: PlanStore) -> None:
    """What was saved comes back, with its revision, author, note and time in UTC."""
    saved = store.save("Plan", plan("å"), author="Åsa", note="first")
    stored = store.load("Plan")
    assert stored.plan == plan("å")
    assert stored.revision == saved
    assert (saved.number, saved.author, saved.note, saved.saved_at) == (1, "Åsa", "first", START)
    assert (saved.how, saved.origin, saved.content_hash) == ("edit", None, plan("å").content_hash)
    assert saved.saved_at.utcoffset() == timedelta(0)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kept=plans(), name=NAMES)
def test_any_plan_under_any_name_comes_back(store: PlanStore, kept: Plan, name: str) -> None:
    """Any plan that can be written is read back equal, with its order, whatever is in its texts and name."""
    store.save(name, kept, author=name)
    back = store.load(name).plan
    assert back == kept
    assert list(back.components) == list(kept.components)
    assert back.content_hash == kept.content_hash


def test_saving_the_same_again_makes_no_revision(store: PlanStore) -> None:
    """A save that changes nothing gives the newest revision, with its first time and author."""
    first = store.save("A", plan(), author="one")
    assert store.save("A", plan(), author="two", expected=77) == first
    assert len(store.revisions("A")) == 1


def test_an_edited_copy_of_a_plan_is_an_edit(store: PlanStore) -> None:
    """A changed copy of a plan that has its hash already is saved as what it says."""
    first = plan(1)
    store.save("A", first, author="me")
    copy = first.model_copy(update={"organisation": plan(2).organisation})
    assert store.save("A", copy, author="me").number == 2
    assert mark(store.load("A").plan) == "2"


def test_a_plan_that_could_not_be_read_again_is_not_saved(store: PlanStore) -> None:
    """A copy of a plan with values that no plan may have is refused before anything is written."""
    store.save("A", plan(1), author="me")
    broken = plan(2).model_copy(update={"format": "bcp-plan/0"})
    with pytest.raises(StoreError, match="as it was to be saved, cannot be read"):
        store.save("A", broken, author="me")
    assert len(store.revisions("A")) == 1


def test_each_change_is_a_revision(store: PlanStore) -> None:
    """Revisions count from one and are listed with the newest first; each can be read."""
    for i in (1, 2, 1):
        store.save("A", plan(i), author="me")
    assert [r.number for r in store.revisions("A")] == [3, 2, 1]
    assert [mark(store.load("A", n).plan) for n in (1, 2, 3)] == ["1", "2", "1"]


def test_an_edit_of_an_old_revision_is_refused(store: PlanStore) -> None:
    """Who edits what somebody else has saved since is told so, and nothing is overwritten."""
    base = store.save("A", plan(1), author="Bo")
    store.save("A", plan(2), author="Cilla", expected=base.number)
    with pytest.raises(ConflictError, match=r"revision 2, your edit began at 1.*Nothing was overwritten"):
        store.save("A", plan(3), author="Bo", expected=base.number)
    assert mark(store.load("A").plan) == "2"


def test_a_new_plan_does_not_take_a_name_that_is_taken(store: PlanStore) -> None:
    """Expecting revision 0 makes a plan only where none has the name."""
    store.save("A", plan(1), author="", expected=0)
    with pytest.raises(ConflictError):
        store.save("A", plan(2), author="", expected=0)


def test_a_plan_deleted_meanwhile_is_not_made_again_unseen(store: PlanStore) -> None:
    """Saving an edit of a plan that has been deleted since says so."""
    store.save("A", plan(1), author="")
    store.delete("A")
    with pytest.raises(ConflictError, match="renamed or deleted"):
        store.save("A", plan(2), author="", expected=1)


def test_restoring_makes_the_old_content_a_new_revision(store: PlanStore) -> None:
    """A restore adds a revision that remembers its origin, and an undo takes it back."""
    for i in (1, 2, 3):
        store.save("A", plan(i), author="me")
    restored = store.restore("A", 1, "you")
    assert (restored.number, restored.how, restored.origin, restored.author) == (4, "restore", 1, "you")
    assert mark(store.load("A").plan) == "1"
    store.undo("A", "me")
    assert mark(store.load("A").plan) == "3"


def test_restoring_what_is_already_there_makes_no_revision(store: PlanStore) -> None:
    """A restore that changes nothing gives the newest revision."""
    saved = store.save("A", plan(), author="me")
    assert store.restore("A", 1, "you") == saved


def test_the_list_has_the_last_saved_first(store: PlanStore) -> None:
    """The list of plans says whose, when, which revision and how many components, without reading the plans."""
    store.save("old", plan(1), author="")
    store.save("big", plan(2, a={"kind": "system", "name": "a"}), author="")
    store.save("old", plan(3), author="")
    lines = [(s.name, s.organisation, s.revision, s.components) for s in store.plans()]
    assert lines == [("old", "Exempelkommun 3", 2, 0), ("big", "Exempelkommun 2", 1, 1)]
    assert store.plans()[0].saved_at > store.plans()[1].saved_at


def test_a_renamed_plan_keeps_its_history(store: PlanStore) -> None:
    """Renaming moves the whole history, and the old name is free."""
    store.save("A", plan(1), author="")
    store.save("A", plan(2), author="")
    store.rename("A", " B ")
    assert [s.name for s in store.plans()] == ["B"]
    assert len(store.revisions("B")) == 2
    with pytest.raises(NotFoundError, match="“A”"):
        store.load("A")


def test_a_name_that_is_taken_is_not_given_twice(store: PlanStore) -> None:
    """Renaming onto another plan is refused; renaming to the same name is nothing."""
    store.save("A", plan(1), author="")
    store.save("B", plan(2), author="")
    store.rename("A", "A")
    with pytest.raises(StoreError, match="already a plan named “B”"):
        store.rename("A", "B")
    assert {s.name for s in store.plans()} == {"A", "B"}


def test_a_deleted_plan_can_be_recovered(store: PlanStore) -> None:
    """Deleting takes a plan out of the list and frees its name; recovering brings back the one deleted last."""
    for i in (1, 2):
        store.save("A", plan(i), author="")
        store.delete("A")
    assert store.plans() == ()
    assert [s.organisation for s in store.deleted()] == ["Exempelkommun 2", "Exempelkommun 1"]
    store.recover("A")
    assert mark(store.load("A").plan) == "2"
    with pytest.raises(StoreError, match="already a plan"):
        store.recover("A")
    with pytest.raises(NotFoundError, match="has been deleted"):
        store.recover("never")


@pytest.mark.parametrize("act", ["load", "revisions", "delete", "steps"])
def test_a_plan_that_is_not_there_is_named(store: PlanStore, act: str) -> None:
    """What is asked of an unknown plan names it."""
    with pytest.raises(NotFoundError, match="no saved plan named “nowhere”"):
        getattr(store, act)("nowhere")


def test_a_revision_that_is_not_there_is_named(store: PlanStore) -> None:
    """Asking for an unknown revision says which there are."""
    store.save("A", plan(), author="")
    with pytest.raises(NotFoundError, match=r"no revision 9.*from 1 to 1"):
        store.load("A", 9)
    with pytest.raises(NotFoundError, match="no revision 9"):
        store.restore("A", 9, "me")


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("", "no name"),
        ("  ", "no name"),
        ("x" * 81, "81 characters"),
        ("a\nb", "line"),
        ("a\0b", "control"),
        ("\ud800", "control"),
    ],
)
def test_a_name_that_cannot_be_shown_is_refused(store: PlanStore, name: str, what: str) -> None:
    """A plan's name is one line of 1 to 80 characters."""
    with pytest.raises(StoreError, match=what):
        store.save(name, plan(), author="me")
    assert store.plans() == ()


@pytest.mark.parametrize(
    "name", ["'; DROP TABLE plans; --", "%_*", "../../etc/passwd", '"', "<b>fet</b>", "🙂"]
)
def test_a_name_is_never_anything_but_a_name(store: PlanStore, name: str) -> None:
    """Names that mean something in SQL, file names or markup are kept as they are, and match only themselves."""
    store.save("other", plan(1), author=name, note=name)
    store.save(name, plan(2), author=name, note=name)
    assert mark(store.load(name).plan) == "2"
    assert store.revisions(name)[0].note == name
    store.delete(name)
    assert [s.name for s in store.plans()] == ["other"]


def test_no_edit_is_refused_for_its_remark(store: PlanStore) -> None:
    """Authors and notes become one line of limited length, whatever is in them."""
    saved = store.save("A", plan(), author="a\0b" * 50, note="one\ntwo\ud800 " + "x" * 400)
    assert saved == store.revisions("A")[0]
    assert (saved.author[:5], len(saved.author)) == ("a ba ", 80)
    assert (saved.note[:8], len(saved.note), saved.note[-1]) == ("one two ", 300, "…")


def test_names_that_look_alike_are_the_same(store: PlanStore) -> None:
    """A name typed with a composed or a combining ring is one name."""
    store.save("Å", plan(1), author="")
    assert store.load("A\u030a").name == "Å"


def test_settings_are_kept(store: PlanStore, path: Path) -> None:
    """A setting is kept over openings; the last value put counts, and one never put is None."""
    assert store.get_setting("language") is None
    store.put_setting("language", "sv")
    store.put_setting("language", "en")
    with PlanStore.open(path) as again:
        assert again.get_setting("language") == "en"


def test_a_plan_of_a_newer_format_is_named_and_left(store: PlanStore, path: Path) -> None:
    """A plan that this version cannot read gives an error that names it; it stays, and the others can be read."""
    store.save("newer", plan(1), author="")
    store.save("A", plan(2), author="")
    newer = plan(1).written() | {"format": "bcp-plan/2", "moon": "full"}
    kept = (json.dumps(newer), _hash(newer))
    with raw(path) as connection:
        connection.execute(
            "UPDATE revisions SET content = ?, content_hash = ? WHERE organisation LIKE '%1'", kept
        )
    unreadable = r"“newer”, revision 1, cannot be read.*bcp-plan/2.*moon.*left as it is"
    with pytest.raises(StoreError, match=unreadable):
        store.load("newer")
    store.save("newer", plan(3), author="")
    for act in (lambda: store.restore("newer", 1, "me"), lambda: store.undo("newer", "me")):
        with pytest.raises(StoreError, match=unreadable):
            act()
    with raw(path) as connection:
        assert connection.execute("SELECT content, content_hash FROM revisions WHERE id = 1").fetchall() == [
            kept
        ]
    assert mark(store.load("A").plan) == "2"
    assert mark(store.load("newer").plan) == "3"


def _hash(data: object) -> str:
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@pytest.mark.parametrize("text", ["{", '{"format":"bcp-plan/1","organisation":{"name":"Nothing"}}', "null"])
def test_a_text_that_was_changed_is_found_out(store: PlanStore, path: Path, text: str) -> None:
    """A stored text that is not what was saved is an error that names the plan, and older revisions can be read."""
    store.save("A", plan(1), author="")
    store.save("A", plan(2), author="")
    with raw(path) as connection:
        connection.execute("UPDATE revisions SET content = ? WHERE number = 2", (text,))
    with pytest.raises(StoreError, match="“A”, revision 2, is not what was saved"):
        store.load("A")
    assert mark(store.load("A", 1).plan) == "1"


def test_threads_share_one_store(store: PlanStore) -> None:
    """Many threads may save and read at once through one store: nothing is lost and numbers have no gap."""
    barrier = threading.Barrier(8)

    def work(who: int) -> None:
        barrier.wait(timeout=30)
        for i in range(10):
            number = store.save("A", plan(f"{who}-{i}"), author=str(who)).number
            assert store.load("A", number).revision.author == str(who)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    history = store.revisions("A")
    assert [r.number for r in history] == list(range(80, 0, -1))
    assert len({r.content_hash for r in history}) == 80


def test_a_clock_without_a_zone_is_a_fault(path: Path) -> None:
    """A clock that gives times without a zone is never stored as if it were UTC."""
    naive = START.replace(tzinfo=None)
    with PlanStore.open(path, clock=lambda: naive) as store:
        with pytest.raises(Exception, match="no time zone"):
            store.save("A", plan(), author="")
        assert store.plans() == ()
