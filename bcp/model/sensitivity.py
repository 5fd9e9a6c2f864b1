"""How late a decision may be: what becomes of a limit when a fallback comes later."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from bcp.model.value import Value


class Varied(StrEnum):
    """Which of a fallback's times is varied."""

    DECISION = "decision"
    LEAD_TIME = "lead_time"


class Limit(StrEnum):
    """Which limit of the activity is watched."""

    RTO = "rto"
    MTPD = "mtpd"


class Sample(Value):
    """One run: how long the varied time was, and the activity's longest disruption. Seconds."""

    after_s: float
    longest_s: float
    held: bool = Field(description="Whether the limit held.")


class Sensitivity(Value):
    """How an activity fares as one fallback's decision, or its lead time, grows. Seconds throughout.

    `latest_s` is exact to the second: with it the limit holds, with one second more it breaks, and it
    holds at every sample before it. None with `samples[0].held` false: it breaks even at once. None with all
    samples held: the fallback's time does not matter here.
    """

    fallback: str
    activity: str
    varied: Varied
    limit: Limit
    limit_s: float
    planned_s: float = Field(description="What the plan says now; a lead time that is unknown counts as 0.")
    latest_s: float | None
    samples: tuple[Sample, ...]

    @property
    def always(self) -> bool:
        """The limit holds however late it is, up to the end of the scenario."""
        return all(s.held for s in self.samples)

    @property
    def never(self) -> bool:
        """The limit is broken even where it takes no time at all."""
        return not self.samples[0].held

    @property
    def spare_s(self) -> float | None:
        """What is left of the latest moment after what the plan says; negative: it is too late already."""
        return None if self.latest_s is None else self.latest_s - self.planned_s
