"""A run: plan + scenario → what happened. A value that can be printed, stored and reported."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Literal, TypeVar

from pydantic import Field

from bcp.model.value import Value

T = TypeVar("T")


class FallbackState(StrEnum):
    """Where a fallback stands."""

    IDLE = "idle"
    DETECTING = "detecting"
    ACTIVATING = "activating"
    BLOCKED = "blocked"
    ACTIVE = "active"
    FAILING_BACK = "failing_back"
    EXHAUSTED = "exhausted"
    WAITING = "waiting"
    """Noticed, and nobody has decided yet: only in a run that people's decisions drive."""


class QualityResult(Value):
    """How good what an activity delivered was. Seconds count from scenario time 0 unless said."""

    lowest: float = Field(description="Lowest share of what got through that was good.")
    first_worse_s: float = Field(description="When it first was not all good.")
    spoiled_contacts: float = Field(description="∫ demand · surge · level · (1 − quality) dt.")
    below_floor_s: float | None = Field(
        default=None, description="Total time below the quality floor; none without a floor."
    )


class ActivityResult(Value):
    """What one activity went through. Seconds count from scenario time 0 unless said."""

    downtime_s: float = Field(description="Total time below the MBCO.")
    longest_s: float = Field(description="Longest interval below the MBCO.")
    min_level: float
    first_below_s: float | None = Field(description="When it first fell below the MBCO.")
    rto_met: bool | None = Field(description="Longest interval not above the RTO; none without an RTO.")
    mtpd_met: bool | None = Field(description="Longest interval not above the MTPD; none without an MTPD.")
    lost_contacts: float = Field(description="∫ demand · surge · (1 − level) dt.")
    impact: Mapping[str, float] = Field(description="Per category, for the longest disruption.")
    disruptions: tuple[tuple[float, float], ...] = Field(description="From and until, each below the MBCO.")
    rto_breach_s: float | None = Field(default=None, description="When the RTO was first broken.")
    mtpd_breach_s: float | None = Field(default=None, description="When the MTPD was first broken.")
    quality: QualityResult | None = Field(
        default=None, description="Left out where all that got through was good."
    )


class Affected(Value):
    """How a customer group was hit."""

    customers: float = Field(description="Customers × the deepest loss of level.")
    customer_hours: float = Field(description="∫ customers · (1 − level) dt in hours.")
    spoiled_hours: float | None = Field(
        default=None,
        description="∫ customers · level · (1 − quality) dt in hours; left out where all was good.",
    )


class Strike(Value):
    """One event as it fell on this plan."""

    at_s: float
    until_s: float | None
    components: tuple[str, ...]
    silent: bool
    text: str


class Run(Value):
    """What happened, as step functions: a level or state holds from its time to the next one's."""

    format: Literal["bcp-run/1"] = "bcp-run/1"
    plan: str
    plan_hash: str
    scenario: str
    parameters: Mapping[str, str | int | float | None] = {}
    horizon_s: float
    levels: Mapping[str, tuple[tuple[float, float], ...]]
    activities: Mapping[str, ActivityResult]
    fallbacks: Mapping[str, tuple[tuple[float, FallbackState], ...]]
    blocked: Mapping[str, tuple[str, ...]]
    affected: Mapping[str, Affected]
    causes: Mapping[str, tuple[str, ...]]
    strikes: tuple[Strike, ...] = ()
    noticed_s: float | None = Field(default=None, description="When the first fallback's owner noticed.")
    declared_s: float | None = Field(default=None, description="When the first decision was taken.")
    deadlocks: tuple[tuple[str, ...], ...] = Field(
        default=(), description="Groups that wait for each other to start at the horizon."
    )
    quality: Mapping[str, tuple[tuple[float, float], ...]] = Field(
        default={},
        description="Share of what gets through that is good, of components where it ever is below 1; otherwise left out.",
    )
    quality_causes: Mapping[str, tuple[str, ...]] = Field(
        default={}, description="The chain down to what spoils it, read at its lowest quality."
    )

    def level_at(self, component: str, t: float) -> float:
        """Delivered level of a component at scenario time t (seconds)."""
        return at(self.levels[component], t)

    def quality_at(self, component: str, t: float) -> float:
        """Share of what the component delivers at scenario time t (seconds) that is good."""
        return at(self.quality[component], t) if component in self.quality else 1.0

    def good_at(self, component: str, t: float) -> float:
        """Share of its normal output that a component delivers and that is good, at scenario time t (seconds)."""
        return self.level_at(component, t) * self.quality_at(component, t)

    def state_at(self, fallback: str, t: float) -> FallbackState:
        """State of a fallback at scenario time t (seconds)."""
        return at(self.fallbacks[fallback], t)

    def json_data(self) -> dict[str, Any]:
        """Plain data of the published form `bcp-run/1`; what is said of quality only where something spoils it."""
        data: dict[str, Any] = self.model_dump(mode="json")
        for name in ("quality", "quality_causes"):
            if not data[name]:
                del data[name]
        for results, name in ((data["activities"], "quality"), (data["affected"], "spoiled_hours")):
            for result in results.values():
                if result[name] is None:
                    del result[name]
        return data


def at(steps: tuple[tuple[float, T], ...], t: float) -> T:
    """The value of a step function at t: that of the last step not after t."""
    low, high = 0, len(steps)
    while high - low > 1:
        middle = (low + high) // 2
        if steps[middle][0] <= t:
            low = middle
        else:
            high = middle
    return steps[low][1]
