"""A saved plan under another name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bcp import usecases
from bcp.errors import BcpError
from bcp.store import PlanStore
from bcp.usecases.copying import copy_plan


@pytest.fixture
def store(tmp_path: Path) -> Iterator[PlanStore]:
    """A store with the city network and an outage of its own."""
    with PlanStore.open(tmp_path / "plans.sqlite") as opened:
        opened.save("fibra", usecases.open_plan("example:fibra").plan, author="test")
        opened.outages.save("fibra", "own", "id: own\n", author="test")
        yield opened


def test_a_copy_has_the_plan_and_its_own_outages(store: PlanStore) -> None:
    """The copy begins at revision 1 and goes its own way from there."""
    copy_plan(store, "fibra", "other", author="somebody")
    assert store.load("other").plan == store.load("fibra").plan
    assert [o.text for o in store.outages.every("other")] == ["id: own\n"]
    assert store.identity("other") != store.identity("fibra")
    store.outages.remove("other", "own", "test")
    assert len(store.outages.every("fibra")) == 1


@pytest.mark.parametrize(("old", "new"), [("fibra", "fibra"), ("nobody", "other"), ("fibra", " ")])
def test_a_copy_that_cannot_be_changes_nothing(store: PlanStore, old: str, new: str) -> None:
    """A taken or empty name and an unknown plan are refused."""
    with pytest.raises(BcpError):
        copy_plan(store, old, new, author="test")
    assert [p.name for p in store.plans()] == ["fibra"]
    assert len(store.revisions("fibra")) == 1
