"""A fallback: a way to deliver a component's output without it (ISO 22301: business continuity solution)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_serializer, model_validator

from bcp.model.duration import Duration, duration_text
from bcp.model.value import Identifier, Identifiers, Line, Lines, Share, Text, Value


class Step(Value):
    """One thing to do, by whom and in how long."""

    do: Text
    by: Identifier | None = Field(default=None, description="A contact or a team.")
    takes: Duration | None = Field(default=None, description="How long it takes.")
    expect: Text = Field(default="", description="What is seen when it worked.")
    needs: Identifiers = Field(
        default=(),
        description="What the step is done with: a portal, a login, SMS codes, an operator's desk.",
    )

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return {"do": value} if isinstance(value, str) else value

    @model_serializer
    def _write(self) -> Any:
        rest: dict[str, Any] = {}
        if self.by is not None:
            rest["by"] = self.by
        if self.takes is not None:
            rest["takes"] = duration_text(self.takes)
        if self.expect:
            rest["expect"] = self.expect
        if self.needs:
            rest["needs"] = list(self.needs)
        return {"do": self.do, **rest} if rest else self.do


def _steps(value: Any) -> Any:
    return [value] if isinstance(value, str | dict) else value


Steps = Annotated[
    tuple[Step, ...], BeforeValidator(_steps, json_schema_input_type=str | Step | tuple[str | Step, ...])
]
"""What is done, in order; a single step may be written without brackets, a plain one as text."""


class Fallback(Value):
    """What carries a component's load while it cannot, what that needs, and how long it takes.

    Lengths of time left out take the plan's defaults. Once noticed it is activating for `decision`
    plus `lead_time`; that clock stands still while one of `needs`, or `executes_at`, is below half
    its level or frozen.
    """

    protects: Identifier
    name: Line = ""
    description: Text = ""
    via: Identifiers = Field(default=(), description="What carries the load while it is active.")
    needs: Identifiers = Field(default=(), description="What is needed while it is being activated.")
    executes_at: Identifier | None = Field(default=None, description="Where a diversion lives, if it is one.")
    lead_time: Duration | None = Field(
        default=None, description="From the decision to carrying load. Left out: unknown, counted as 0."
    )
    decision: Duration | None = Field(default=None, description="From noticed to decided.")
    automatic: bool = Field(default=False, strict=True, description="No decision is needed.")
    capacity: Share = Field(
        default=1.0, description="Share of the protected component's output it can carry."
    )
    endurance: Duration | None = Field(default=None, description="How long it can be kept up.")
    trigger_below: Share | None = Field(
        default=None, description="Level of the protected one that calls for it."
    )
    trigger_quality_below: Share | None = Field(
        default=None,
        description="Quality of the protected one that calls for it, whatever its level; left out: quality does not.",
    )
    stabilise: Duration | None = Field(
        default=None, description="How long the primary must hold before failback."
    )
    failback: Duration = Field(default=0.0, validate_default=False, description="How long going back takes.")
    steps: Steps = ()
    failback_steps: Steps = ()
    owner: Identifier | None = Field(default=None, description="A contact or team that activates it.")
    last_tested: date | None = None
    tags: Lines = ()
