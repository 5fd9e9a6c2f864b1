"""After an exercise or an incident: what was planned against what was lived through, fallback by fallback."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import AwareDatetime, Field

from bcp.model.sitting import SittingKind
from bcp.model.situation import AgreedAction, LoggedDecision, Participant
from bcp.model.value import Value


class TimesOf(Value):
    """When a fallback was noticed, decided and in place, in scenario seconds; none: never."""

    noticed_s: float | None = None
    decided_s: float | None = None
    in_place_s: float | None = None


class MeasuredFallback(Value):
    """One fallback: as planned, and as it went. Only what somebody reported in place is measured."""

    fallback: str
    planned: TimesOf
    lived: TimesOf
    reported: bool = Field(
        description="Somebody said that it was in place; else the plan's lead time is counted."
    )
    decision_s: float | None = Field(default=None, description="Measured: from noticed to decided.")
    lead_s: float | None = Field(
        default=None, description="Measured: from decided to reported in place, less what it was blocked."
    )
    blocked_s: float = Field(default=0.0, description="How long it was blocked in between.")
    planned_decision_s: float
    planned_lead_s: float | None = Field(description="The plan's lead time; none: the plan does not say.")
    true_to_life: bool = Field(
        default=True,
        description="The clock went as real time does from noticed to in place: neither faster, nor stopped, nor jumping.",
    )
    held_on: date | None = Field(default=None, description="The day on which it was tried.")


class LivedActivity(Value):
    """How an activity kept its limits: as planned, and as it went. Times in seconds."""

    activity: str
    planned_downtime_s: float
    downtime_s: float
    planned_rto_met: bool | None
    rto_met: bool | None
    planned_mtpd_met: bool | None
    mtpd_met: bool | None


class AfterAction(Value):
    """An after-action report as a value. What had happened by `until_s` counts, and nothing that was to come."""

    format: Literal["bcp-after-action/1"] = "bcp-after-action/1"
    sitting: str
    kind: SittingKind
    title: str
    plan: str
    revision: int
    began: AwareDatetime
    closed: AwareDatetime | None
    until_s: float = Field(description="Scenario second at which it was closed, or is now.")
    fallbacks: tuple[MeasuredFallback, ...] = Field(description="Those that were called for or decided on.")
    activities: tuple[LivedActivity, ...]
    decisions: tuple[LoggedDecision, ...]
    actions: tuple[AgreedAction, ...]
    parked: tuple[str, ...]
    participants: tuple[Participant, ...]

    @property
    def open_actions(self) -> tuple[AgreedAction, ...]:
        """The actions that are not done, those due first first."""
        waiting = [a for a in self.actions if not a.done]
        return tuple(sorted(waiting, key=lambda a: (a.due is None, a.due or date.max, a.entry)))

    def json_data(self) -> dict[str, Any]:
        """Plain data of the published form `bcp-after-action/1`."""
        data: dict[str, Any] = self.model_dump(mode="json")
        return data
