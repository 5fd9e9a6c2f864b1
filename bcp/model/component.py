"""A component: a node of the plan, and the business impact analysis that an activity carries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from bcp.model.announcement import Audience, Form
from bcp.model.duration import Duration, Rate
from bcp.model.requirement import Requirement
from bcp.model.telephone import PhoneNumber
from bcp.model.value import Identifier, Identifiers, Line, Lines, Share, Text, Value

STAND_IN = "unknown"
"""The tag of a component that stands for something nobody knows yet."""

NOT_CHOSEN = "not-chosen"
"""The tag that a stand-in has besides where nobody chose among the organisation's own things: no supplier is behind it."""


class Kind(StrEnum):
    """What sort of thing a component is."""

    OPERATOR = "operator"
    PLATFORM = "platform"
    SUPPORT_SYSTEM = "support_system"
    INTERCONNECT = "interconnect"
    TRUNK = "trunk"
    ACCESS = "access"
    NUMBER_RANGE = "number_range"
    NUMBER = "number"
    SITE = "site"
    POWER = "power"
    SYSTEM = "system"
    SUPPLIER = "supplier"
    TEAM = "team"
    CHANNEL = "channel"
    ACTIVITY = "activity"
    CUSTOMER_GROUP = "customer_group"


class Bia(Value):
    """Business impact analysis of one activity (ISO 22301, 8.2.2)."""

    mtpd: Duration | None = Field(
        default=None, description="Maximum tolerable period of disruption, counted from the incident."
    )
    rto: Duration | None = Field(
        default=None, description="Recovery time objective, counted from the incident; not above the MTPD."
    )
    rpo: Duration | None = Field(
        default=None, description="Recovery point objective: tolerable loss of data."
    )
    mbco: Share = Field(
        default=1.0, description="Minimum business continuity objective: the level that is enough."
    )
    quality_floor: Share | None = Field(
        default=None,
        description="Share of what gets through that must be good, such as calls that can be heard; none: not asked for.",
    )
    demand: Rate = Field(
        default=0.0, validate_default=False, description="Contacts per hour in normal operation."
    )
    impact: Mapping[Identifier, Mapping[Duration, Annotated[float, Field(ge=0)]]] = Field(
        default={},
        description="Impact per category: the value reached after each length of disruption.",
    )
    legal_duty: Text = Field(default="", description="The law or contract that asks for the activity.")
    peaks: Text = Field(default="", description="When demand is highest.")


class NumberSpan(Value):
    """A block of numbers, both ends included."""

    first: PhoneNumber
    last: PhoneNumber


def _requirements(value: Any) -> Any:
    return [value] if isinstance(value, str | dict) else value


class Component(Value):
    """A node of the plan: something the organisation delivers, or depends on."""

    kind: Kind
    name: Line
    description: Text = ""
    operator: Line = Field(
        default="", description="Whose it is: an attribute for selecting, not a requirement."
    )
    area: Line = Field(default="", description="A path such as SE/S/1784; a selector for SE/S covers it.")
    site: Line = Field(default="", description="Where it stands: an attribute, not a requirement.")
    tags: Lines = Field(
        default=(),
        description="Free words; one that begins with duct: names a duct or route it runs through, circuit: its circuit or service as the "
        "supplier calls it; on an operator, provider: a name under which it sends notices.",
    )
    e164: PhoneNumber | None = Field(
        default=None, description="A number: E.164 in quotes, or a short number such as 112."
    )
    span: NumberSpan | None = Field(default=None, description="A number range: its first and last number.")
    requires: Annotated[
        tuple[Requirement, ...],
        BeforeValidator(_requirements, json_schema_input_type=Requirement | tuple[Requirement, ...]),
    ] = ()
    detection: Duration | None = Field(default=None, description="Time until its owner notices a failure.")
    restart: Duration = Field(
        default=0.0, validate_default=False, description="Time from can start to delivers."
    )
    mtbf: Duration | None = Field(default=None, description="Mean time between failures.")
    mttr: Duration | None = Field(default=None, description="Mean time to repair.")
    unavailability: Share | None = Field(
        default=None, description="Share of time it is down, where measured."
    )
    bia: Bia | None = Field(default=None, description="For an activity: its business impact analysis.")
    customers: int = Field(default=0, ge=0, strict=True, description="For a customer group: how many.")
    audience: Audience | None = Field(
        default=None, description="For a customer group: as whom notices tell it, such as vital or resellers."
    )
    place: Line = Field(
        default="",
        description="For a customer group: the place that notices name in its stead, such as Valdoro.",
    )
    members: Identifiers = Field(default=(), description="For a team: its contacts, first the leader.")
    reach: Share | None = Field(
        default=None, description="For a notice channel: share of customers it reaches."
    )
    form: Form | None = Field(
        default=None,
        description="For a notice channel: what sort it is, which decides how long a text may be.",
    )
    owner: Identifier | None = Field(default=None, description="The contact who answers for it.")
    contract: Line = Field(default="", description="Contract or customer id to state to the supplier.")
    contract_time: Duration | None = Field(
        default=None, description="Time to restore that the supplier's contract promises, from the report."
    )
    virtual: bool = Field(
        default=False,
        strict=True,
        description="A name for a combination of others, which cannot fail by itself: never in a cut set.",
    )
    verified: date | None = Field(default=None, description="When somebody last checked that this is so.")

    @property
    def analysis(self) -> Bia:
        """The activity's BIA, or one in which nothing is demanded."""
        return self.bia or Bia()

    @property
    def share_down(self) -> float | None:
        """Share of time that it is down by itself: measured, or MTTR/(MTBF + MTTR); None: not known."""
        if self.unavailability is not None:
            return self.unavailability
        if self.mtbf is None or self.mttr is None or not self.mtbf + self.mttr:
            return None
        return self.mttr / (self.mtbf + self.mttr)
