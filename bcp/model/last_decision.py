"""The latest decision on a fallback in an outage, and the limit that it is for."""

from __future__ import annotations

from pydantic import Field

from bcp.model.value import Value


class Missed(Value):
    """A limit that a fallback cannot keep any more, or never could."""

    limit: str = Field(description="RTO or MTPD.")
    never: bool = Field(description="Not even a decision at the beginning of the outage would have kept it.")
    allowed_s: float = Field(description="How long the limit is, in seconds.")


class LastDecision(Value):
    """By when a fallback must be decided on. Times are scenario seconds."""

    activity: str
    by_s: float | None = Field(
        description="The latest decision for the limit; none: no limit can be kept any more."
    )
    limit: str = Field(description="The limit that it is for, RTO or MTPD; empty where none can be kept.")
    takes_s: float = Field(description="The fallback's lead time.")
    missed: tuple[Missed, ...] = Field(
        default=(), description="The activity's limits that cannot be kept with it."
    )
