from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bcp.errors import NotFoundError
from bcp.store import ConflictError, PlanStore
from tests.store.make import mark, plan


class Histories(RuleBasedStateMachine):
    """A plan's revisions beside the plainest model: a list of all that was saved, and a list with a cursor."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = PlanStore.open(Path(self.folder.name) / "plans.sqlite")
        self.saved: list[str] = []
        self.line: list[str] = []
        self.cursor = -1

    def teardown(self) -> None:
        """Leave no file behind."""
        self.store.close()
        self.folder.cleanup()

    def _edited(self, content: str) -> None:
        if self.saved and self.saved[-1] == content:
            return
        self.saved.append(content)
        self.line[self.cursor + 1 :] = [content]
        self.cursor += 1

    @rule(content=st.sampled_from("abcd"))
    def save(self, content: str) -> None:
        """Save one of few contents, so that equal ones meet."""
        revision = self.store.save("A", plan(content), author="me", expected=len(self.saved))
        self._edited(content)
        assert revision.number == len(self.saved)

    @precondition(lambda self: self.saved)
    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        """Bring back any revision there is."""
        number = data.draw(st.integers(1, len(self.saved)))
        self.store.restore("A", number, "me")
        self._edited(self.saved[number - 1])

    @precondition(lambda self: self.saved)
    @rule()
    def undo(self) -> None:
        """One step back, or an error at the beginning."""
        if self.cursor == 0:
            with pytest.raises(NotFoundError, match="nothing to undo"):
                self.store.undo("A", "me")
            return
        revision = self.store.undo("A", "me")
        self.cursor -= 1
        self.saved.append(self.line[self.cursor])
        assert revision.origin is not None
        assert self.saved[revision.origin - 1] == self.line[self.cursor]

    @precondition(lambda self: self.saved)
    @rule()
    def redo(self) -> None:
        """One step forward, or an error at the end."""
        if self.cursor == len(self.line) - 1:
            with pytest.raises(NotFoundError, match="nothing to redo"):
                self.store.redo("A", "me")
            return
        self.store.redo("A", "me")
        self.cursor += 1
        self.saved.append(self.line[self.cursor])

    @precondition(lambda self: len(self.saved) > 1)
    @rule(data=st.data())
    def late(self, data: st.DataObject) -> None:
        """An edit or step based on an older revision changes nothing."""
        old = data.draw(st.integers(1, len(self.saved) - 1))
        with pytest.raises(ConflictError):
            self.store.save("A", plan("late"), author="me", expected=old)
        with pytest.raises(ConflictError):
            self.store.undo("A", "me", expected=old)

    @rule()
    def open_again(self) -> None:
        """Close and open, as a new process would."""
        self.store.close()
        self.store = PlanStore.open(self.store.path)

    @precondition(lambda self: self.saved)
    @invariant()
    def nothing_is_lost(self) -> None:
        """The newest is what the cursor stands at, every revision is what was saved, and the steps are offered rightly."""
        assert mark(self.store.load("A").plan) == self.line[self.cursor]
        hashes = [r.content_hash for r in reversed(self.store.revisions("A"))]
        assert hashes == [plan(content).content_hash for content in self.saved]
        back, forward = self.store.steps("A")
        assert (back is not None) == (self.cursor > 0)
        assert (forward is not None) == (self.cursor < len(self.line) - 1)


TestHistories = Histories.TestCase
TestHistories.settings = settings(max_examples=40, stateful_step_count=25)


def test_an_edit_after_an_undo_drops_nothing(tmp_path: Path) -> None:
    """What was undone stays in the history, and can be restored after another edit."""
    with PlanStore.open(tmp_path / "plans.sqlite") as store:
        for i in (1, 2):
            store.save("A", plan(i), author="me")
        store.undo("A", "me")
        store.save("A", plan(3), author="me")
        assert [(r.number, r.how, r.origin) for r in store.revisions("A")] == [
            (4, "edit", None), (3, "undo", 1), (2, "edit", None), (1, "edit", None),
        ]  # fmt: skip
        store.restore("A", 2, "me")
        assert mark(store.load("A").plan) == "2"
