"""Control paths: whether each step of a fallback can be done, by whom and with what."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from bcp.model.value import Value


class StepVerdict(StrEnum):
    """What a step is worth; the worst of its steps is what a control path is worth."""

    POSSIBLE = "possible"
    UNKNOWN = "unknown"
    SHARES = "shares"
    UNREACHABLE = "unreachable"
    BLOCKED = "blocked"


class StepGap(StrEnum):
    """What the plan does not say about a step."""

    WHO = "who"
    REACH = "reach"
    TOOLS = "tools"


class StepPath(Value):
    """One step: who does it, what with, and whether that serves at the time it is due."""

    number: int = Field(description="From 1, in the order of the steps.")
    at_s: float | None = Field(
        description="Scenario time at which it begins; where the activation stops before, when it stopped."
    )
    waited_s: float = Field(
        default=0.0, description="Seconds for which the activation stood still before it."
    )
    by: str = Field(description="The contact or team who does it; empty: nobody is named.")
    own_tools: tuple[str, ...] = Field(description="What this step is done with.")
    tools: tuple[str, ...] = Field(
        description="All that must serve: the step's own, the fallback's needs and where it executes."
    )
    verdict: StepVerdict
    because: tuple[str, ...] = Field(
        default=(), description="Components that block it or are shared, or people who are not reached."
    )
    path: tuple[str, ...] = Field(
        default=(), description="From the first of those components down to the cause or to what is shared."
    )
    unblocking: tuple[str, ...] = Field(
        default=(),
        description="Own tools that the fallback itself neither needs nor goes via: no run waits for them.",
    )
    gaps: tuple[StepGap, ...] = ()


class ControlPath(Value):
    """The steps of one fallback in order; judged in a run where that calls for it, else by structure."""

    fallback: str
    in_run: bool = Field(description="The run calls for it; otherwise what it shares is judged.")
    begins_s: float | None = Field(default=None, description="Scenario time at which it is first activated.")
    verdict: StepVerdict
    steps: tuple[StepPath, ...]
