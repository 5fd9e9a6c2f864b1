"""Confirming what a plan only assumes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bcp.errors import BcpError
from bcp.model.assumed import Doubt, doubts
from bcp.model.plan import Plan
from bcp.usecases.confirming import with_test

TODAY = date(2026, 11, 24)
PLAN = Plan.model_validate(
    {
        "organisation": {"name": "Small", "language": "sv"},
        "components": {"line": {"kind": "trunk", "name": "Line"}, "mobile": {"kind": "trunk", "name": "Mobile"}},
        "fallbacks": {"divert": {"name": "Divert", "protects": "line", "via": ["mobile"], "lead_time": "30m"}},
        "document": {
            "questions": [{"about": "divert", "text": "Is that right?", "assumes": {"lead_time": "30m"}}]
        },
    }
)  # fmt: skip


def test_a_test_takes_the_doubts_away() -> None:
    """After a test the verdict carries no doubt, and the plan's list of tests says when, what and by whom."""
    assert doubts(PLAN, "divert") == (Doubt.ASSUMED, Doubt.NEVER_TESTED)
    after = with_test(PLAN, "divert", held=TODAY, by="Ida", today=TODAY, result="All calls came through")
    assert doubts(after, "divert") == ()
    record = after.document.tests[-1]
    assert (record.held, record.what) == (TODAY, "Divert")
    assert record.result == "Testat av Ida. All calls came through"


def test_an_earlier_test_does_not_make_the_last_one_older() -> None:
    """A test that is written down late is recorded, and the last test stays the last."""
    newer = with_test(PLAN, "divert", held=TODAY, by="", today=TODAY)
    late = with_test(newer, "divert", held=TODAY - timedelta(days=30), by="Bo", today=TODAY)
    assert late.fallbacks["divert"].last_tested == TODAY
    assert [r.held for r in late.document.tests] == [TODAY, TODAY - timedelta(days=30)]


def test_nothing_is_tested_in_the_future() -> None:
    """A day to come is refused, and so is a fallback that the plan does not have."""
    with pytest.raises(BcpError, match="has not been held yet"):
        with_test(PLAN, "divert", held=TODAY + timedelta(days=1), by="", today=TODAY)
    with pytest.raises(BcpError, match="no fallback other"):
        with_test(PLAN, "other", held=TODAY, by="", today=TODAY)
