"""How long a pack may be trusted."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bcp.model.pack import LONGEST_USE, PackMade, is_stale, use_until
from bcp.model.plan import Plan

DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


def plan(review: date | None = None, name: str = "A") -> Plan:
    """A plan with a day of its next review."""
    return Plan.model_validate({"organisation": {"name": name}, "document": {"next_review": review}})


@given(DAYS, DAYS)
def test_a_pack_is_trusted_till_the_next_review_or_a_quarter(made: date, review: date) -> None:
    """Never before the day it was made, never longer than 90 days, and not past a review that is to come."""
    until = use_until(plan(review), made)
    assert made <= until <= made + LONGEST_USE
    assert until <= review or review < made
    assert use_until(plan(), made) == made + LONGEST_USE


def test_a_pack_is_stale_when_the_plan_has_changed_or_its_time_is_over() -> None:
    """The same content within its time is fresh; another content or a later day is not."""
    now = datetime(2026, 11, 23, 10, tzinfo=UTC)
    made = PackMade(revision=1, content_hash=plan().content_hash, made_at=now)
    assert not is_stale(made, plan(), now.date())
    assert not is_stale(made, plan(), now.date() + LONGEST_USE)
    assert is_stale(made, plan(), now.date() + LONGEST_USE + timedelta(days=1))
    assert is_stale(made, plan(name="B"), now.date())
