"""What is remembered of packs that were taken along."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bcp import usecases
from bcp.model.pack import PackMade
from bcp.store import PlanStore
from bcp.usecases import packs
from bcp.usecases.packs import last_pack, taken_pack

MADE = PackMade(revision=1, content_hash="0" * 12, made_at=datetime(2026, 11, 23, tzinfo=UTC))


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PlanStore:
    """The store of this test."""
    monkeypatch.setenv("BCP_DATA", str(tmp_path))
    return usecases.default_store()


def test_a_saved_plan_remembers_its_last_pack(store: PlanStore) -> None:
    """Of a plan in the store the revision and content are kept; of an example nothing is."""
    example = usecases.open_plan("example:fibra")
    store.save("fibra", example.plan, author="test")
    taken_pack(example, language="sv")
    assert last_pack(store, "fibra") is None
    taken_pack(usecases.open_plan("db:fibra"), language="sv")
    made = last_pack(store, "fibra")
    assert made is not None
    assert (made.revision, made.content_hash) == (1, example.plan.content_hash)


def test_what_another_version_wrote_counts_as_no_pack(store: PlanStore) -> None:
    """A note that cannot be read asks for a new pack rather than failing."""
    store.save("fibra", usecases.open_plan("example:fibra").plan, author="test")
    packs.remember_pack(store, "fibra", MADE)
    assert packs.last_pack(store, "fibra") == MADE
    store.put_setting(packs.setting_of(store, "fibra"), '{"format": 9}')
    assert packs.last_pack(store, "fibra") is None
