"""The emergency pack's stamp: of which plan it was made, when, and until when it may be trusted."""

from __future__ import annotations

from datetime import date, timedelta

from pydantic import AwareDatetime

from bcp.model.plan import Plan
from bcp.model.value import Line, Value

LONGEST_USE = timedelta(days=90)
"""Numbers, people and contracts change: no pack is trusted longer than a quarter of a year."""


class PackStamp(Value):
    """Which content a pack was made from. `revision` is empty for a plan from a file."""

    content_hash: Line
    revision: Line = ""
    made_on: date


class PackMade(Value):
    """The last pack that was taken along of a plan, as the store remembers it."""

    revision: int
    content_hash: Line
    made_at: AwareDatetime


def use_until(plan: Plan, made_on: date) -> date:
    """The last day on which a pack may be trusted: the plan's next review if that comes before 90 days are over."""
    latest = made_on + LONGEST_USE
    review = plan.document.next_review
    return review if review is not None and made_on <= review < latest else latest


def is_stale(made: PackMade, plan: Plan, today: date) -> bool:
    """Whether a new pack is called for: the plan has changed since, or the pack has expired."""
    return made.content_hash != plan.content_hash or today > use_until(plan, made.made_at.date())
