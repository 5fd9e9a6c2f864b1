"""What a fallback is worth at a moment of an outage."""

from __future__ import annotations

from pydantic import Field

from bcp.model.assumed import Doubt
from bcp.model.last_decision import LastDecision
from bcp.model.route import Verdict
from bcp.model.value import Value


class Worth(Value):
    """A fallback's verdict now, with what is behind it. Times are scenario seconds."""

    fallback: str
    verdict: Verdict
    because: tuple[str, ...] = Field(
        default=(), description="What blocks it, or what would carry and is down."
    )
    doubts: tuple[Doubt, ...] = Field(
        default=(), description="What the verdict rests on: figures that are assumed, a way never tested."
    )
    shares: tuple[str, ...] = Field(
        default=(),
        description="What it and the thing it protects both rest on: it holds only while these do.",
    )
    arrives_s: float | None = Field(
        description="When it carries load if decided now; none: not as things stand."
    )
    limit_s: float | None = Field(
        description="The earliest RTO among the activities that are down and rest on it."
    )
    limit_of: str = ""
    last: LastDecision | None = Field(
        default=None, description="The latest decision; none where nothing presses or it is under way."
    )
    carries: float = Field(description="Share of the load that it would carry, 0 to 1.")
    needed: float = Field(
        description="Share that is needed, 0 to 1; 0 where that cannot be said of it alone."
    )
    activities: tuple[str, ...] = Field(
        default=(), description="The activities that rest on what it protects."
    )
