"""The emergency pack in the app."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bcp.model.pack import PackMade
from bcp.model.plan import Plan
from bcp.store import PlanStore
from bcp.usecases import packs
from tests.ui.conftest import PLAN, Visit, texts


@pytest.mark.usefixtures("saved")
def test_the_start_page_asks_for_a_pack_until_one_is_saved(visit: Visit, store: PlanStore) -> None:
    """Nothing saved yet is said; a click saves it and is remembered with the plan's revision."""
    app = visit("start", plan=PLAN)
    assert "No emergency pack has been saved yet" in texts(app)
    app.button(key="pack-start").click().run()
    assert not app.exception
    assert "is up to date" in texts(app)
    made = packs.last_pack(store, PLAN)
    assert made is not None
    assert made.revision == 1


@pytest.mark.parametrize("page", ["start", "incident", "reports"])
def test_a_pack_older_than_the_plan_is_said(saved: PlanStore, visit: Visit, example: Plan, page: str) -> None:
    """After an edit of the plan the pages say that the pack on the phone is older than the plan."""
    made = PackMade(revision=1, content_hash=example.content_hash, made_at=datetime.now(UTC))
    packs.remember_pack(saved, PLAN, made)
    assert "is up to date" in texts(visit(page, plan=PLAN))
    saved.save(PLAN, example.model_copy(update={"accepted_risks": ()}), author="test")
    assert "is older than the plan" in texts(visit(page, plan=PLAN))
