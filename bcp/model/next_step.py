"""The one thing to do now in the middle of an outage, and who decides on a fallback."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from bcp.model.last_decision import LastDecision
from bcp.model.plan import Plan
from bcp.model.value import Value


class NextKind(StrEnum):
    """What there is to do, in the order in which it presses."""

    MARK = "mark"
    DECIDE = "decide"
    CARRY_OUT = "carry_out"
    TELL = "tell"
    TELL_AGAIN = "tell_again"
    STUCK = "stuck"
    WATCH = "watch"
    FAIL_BACK = "fail_back"
    CLOSE = "close"


class NextStep(Value):
    """One thing to do. Times are scenario seconds."""

    kind: NextKind
    fallback: str = Field(default="", description="The fallback to decide on, carry out, or that is stuck.")
    activity: str = Field(default="", description="The activity that it is for.")
    step: int = Field(default=0, description="The step to carry out, or to go back with, from 0.")
    who: tuple[str, ...] = Field(default=(), description="Contacts or teams, first choice first.")
    by_s: float | None = Field(default=None, description="By when; none: nothing breaks later.")
    last: LastDecision | None = Field(default=None, description="Of a decision: its limit, and those missed.")
    audiences: tuple[str, ...] = Field(
        default=(), description="Who has not been told that it works again, as the log names them."
    )
    helpless: tuple[str, ...] = Field(
        default=(),
        description="Activities that are down and that no way around serves, the nearest limit first.",
    )
    because: tuple[str, ...] = Field(default=(), description="What stands in the way where it is stuck.")


def who_decides(plan: Plan, fallback: str) -> tuple[str, ...]:
    """Who activates a fallback: its owner, else those who activate the plan, else whoever takes its first step."""
    found = plan.fallbacks[fallback]
    if found.owner is not None:
        return (found.owner,)
    steps = tuple(step.by for step in found.steps if step.by is not None)
    return plan.document.activation.decided_by or steps[:1]
