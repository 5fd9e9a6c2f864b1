"""The fallback routing plan: for a number or an activity its ordered options, each with a verdict."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from bcp.model.assumed import Doubt
from bcp.model.fallback import Step
from bcp.model.fate import SharedFate
from bcp.model.value import Value


class Verdict(StrEnum):
    """What an option is worth."""

    USABLE = "usable"
    TOO_LATE = "too_late"
    TOO_SMALL = "too_small"
    BLOCKED = "blocked"
    SHARES = "shares"
    UNKNOWN = "unknown"


class RouteOption(Value):
    """One way to reach the subject, and what it is worth."""

    fallback: str
    protects: str = Field(
        description="The component it stands in for: the subject, or something it rests on."
    )
    verdict: Verdict
    because: tuple[str, ...] = Field(
        description="The components behind the verdict: blocking, shared or missing."
    )
    doubts: tuple[Doubt, ...] = Field(
        default=(), description="What the verdict rests on: figures that are assumed, a way never tested."
    )
    triggered: bool = Field(
        description="The scenario called for it; otherwise the times are those of a plain failure."
    )
    needed_from_s: float | None = Field(
        description="Scenario time at which it was called for; none untriggered."
    )
    active_from_s: float | None = Field(
        description="Seconds from the failure until it carries load; none: never."
    )
    limit_s: float | None = Field(description="The strictest RTO of the activities that rest on it.")
    limit_of: str = Field(default="", description="The activity whose RTO that is.")
    capacity: float = Field(description="Share of the protected component's output that it carries.")
    needed_capacity: float = Field(description="The largest MBCO of the activities that rest on it.")
    subject_level: float = Field(
        description="Level of the subject while it carries load: share of callers served."
    )
    endurance_s: float | None = None
    steps: tuple[Step, ...] = ()
    failback_steps: tuple[Step, ...] = ()
    fate: SharedFate


class RoutingPlan(Value):
    """All options of one number or activity, best first."""

    subject: str
    down_from_s: float | None = Field(
        description="When the scenario took it below what is needed; none: never."
    )
    down_until_s: float | None = None
    options: tuple[RouteOption, ...]
