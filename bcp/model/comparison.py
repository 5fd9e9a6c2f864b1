"""Two editions side by side: what became better, what worse, by activity and by fallback."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Literal

from pydantic import Field

from bcp.model.finding import Finding
from bcp.model.value import Value

Figure = bool | float | str | None
"""A measured figure: seconds, a share, a count, yes or no, a verdict; none where it does not apply."""


class Change(StrEnum):
    """What became of something. `mixed`: better in one figure and worse in another, or simply different."""

    BETTER = "better"
    WORSE = "worse"
    MIXED = "mixed"
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


class Measure(Value):
    """One figure before and after."""

    name: str = Field(description="What is measured, such as downtime_s, rto_met or verdict.")
    before: Figure
    after: Figure
    change: Change


class Difference(Value):
    """What became of one activity or fallback: the sum of its measures."""

    subject: str
    title: str
    change: Change
    measures: tuple[Measure, ...] = Field(description="Every figure, those that did not change too.")


class Edition(Value):
    """One side of a comparison."""

    label: str = Field(description="How people know it: a file, a revision, a scenario.")
    plan: str
    plan_hash: str
    scenario: str | None = None


class Comparison(Value):
    """Two plans, two revisions or two scenarios, by activity, fallback, single point and finding."""

    format: Literal["bcp-compare/1"] = "bcp-compare/1"
    before: Edition
    after: Edition
    activities: tuple[Difference, ...]
    fallbacks: tuple[Difference, ...]
    findings_gone: tuple[Finding, ...] = ()
    findings_new: tuple[Finding, ...] = ()
    changes: tuple[str, ...] = Field(
        default=(), description="Places of the plan that differ, such as fallbacks.publish.lead_time."
    )

    def json_data(self) -> dict[str, Any]:
        """Plain data of the published form `bcp-compare/1`."""
        data: dict[str, Any] = self.model_dump(mode="json")
        return data
