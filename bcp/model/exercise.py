"""An exercise: who plays, what they get to hear and when, what is expected of them, and the answer key."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Literal

from pydantic import Field

from bcp.model.assumed import Doubt
from bcp.model.route import Verdict
from bcp.model.value import Value


class Part(StrEnum):
    """What a role is there for."""

    MANAGEMENT = "management"
    TECHNOLOGY = "it"
    COMMUNICATIONS = "communications"
    SERVICE = "service"


class Role(Value):
    """A seat at the table: a team of the plan, or a person who answers for something and is in no team."""

    id: str
    name: str
    parts: tuple[Part, ...] = ()
    contacts: tuple[str, ...] = Field(
        default=(), description="Who has the role in the plan, first the leader."
    )
    activities: tuple[str, ...] = Field(default=(), description="The activities it answers for.")
    fallbacks: tuple[str, ...] = Field(default=(), description="The fallbacks it activates.")


class InjectKind(StrEnum):
    """What a message to participants is about."""

    STORY = "story"
    ALARM = "alarm"
    COMPLAINTS = "complaints"
    CALLERS = "callers"
    CUSTOMERS = "customers"
    SUPPLIER = "supplier"
    UNREACHED = "unreached"
    LIMIT = "limit"
    BROKEN = "broken"
    HINDERED = "hindered"
    WEARING = "wearing"
    RESTORED = "restored"
    BACK = "back"


class ExerciseInject(Value):
    """A message to participants.

    One with `upon` is not due at a time: it is the world's answer to a decision on that fallback, and
    `at_s` is when the plan itself would come to it.
    """

    id: str
    kind: InjectKind
    at_s: float = Field(description="Scenario time at which it is due.")
    to: tuple[str, ...] = Field(default=(), description="Roles by id; none: everybody.")
    channel: str
    text: str
    about: str = Field(default="", description="The component or fallback that it is about.")
    upon: str = Field(default="", description="The fallback whose activation it answers.")
    note: str = Field(default="", description="For the facilitator: what is behind it.")


class Choice(Value):
    """The answer key to one fallback that the outage calls for."""

    fallback: str
    protects: str
    role: str = Field(default="", description="The role that activates it.")
    noticed_s: float = Field(description="When it is noticed that it is called for.")
    automatic: bool = Field(default=False, description="It acts by itself; nobody decides.")
    lead_s: float | None = Field(
        description="From the decision until it carries load; none: the plan does not say."
    )
    verdict: Verdict
    because: tuple[str, ...] = Field(
        default=(), description="What blocks it, or is shared with what it protects."
    )
    doubts: tuple[Doubt, ...] = Field(
        default=(), description="What the verdict rests on: figures that are assumed, a way never tested."
    )
    enough_for: tuple[str, ...] = Field(
        default=(), description="The activities that it alone brings back to their MBCO."
    )
    limit_of: str = Field(
        default="",
        description="The activity among them whose RTO leaves the least time, and can be kept if any can.",
    )
    limit_s: float | None = Field(default=None, description="Scenario time at which that RTO is broken.")
    decide_by_s: float | None = Field(
        default=None, description="The latest decision with which that RTO holds; none: no RTO asks for it."
    )
    level: float = Field(description="Level of what it protects while it carries load alone.")

    @property
    def in_time(self) -> bool:
        """Whether deciding once it is noticed keeps the RTO; false where it helps nobody enough."""
        late = self.decide_by_s is not None and self.decide_by_s < self.noticed_s
        return bool(self.enough_for) and not late


class Expected(Value):
    """Something that participants should do by a time, or should not do."""

    by_s: float
    to: tuple[str, ...] = Field(default=(), description="Roles by id; none: everybody.")
    text: str
    fallback: str = Field(default="", description="The fallback to decide on.")
    avoid: bool = Field(default=False, description="It is the fallback not to count on.")


class Exercise(Value):
    """A first exercise as the computed timeline of a scenario gives it, in one language."""

    format: Literal["bcp-exercise/1"] = "bcp-exercise/1"
    plan: str
    plan_hash: str
    scenario: str
    title: str
    language: str
    clock: str = Field(default="", description="Local time of day at scenario time 0; empty: not said.")
    ends_s: float = Field(description="Scenario time at which nothing more is due.")
    roles: tuple[Role, ...]
    injects: tuple[ExerciseInject, ...] = Field(description="By time; those that answer a decision last.")
    expected: tuple[Expected, ...] = ()
    key: tuple[Choice, ...] = Field(default=(), description="By the time that is left to decide.")
    left_out: int = Field(default=0, description="Activities and fallbacks too many for an exercise.")

    def role(self, role: str) -> Role | None:
        """The role of this id."""
        return next((r for r in self.roles if r.id == role), None)

    def heard_by(self, role: str) -> tuple[ExerciseInject, ...]:
        """The messages that a role gets."""
        return tuple(i for i in self.injects if not i.to or role in i.to)

    def names(self) -> Mapping[str, str]:
        """The name of each role by its id."""
        return {role.id: role.name for role in self.roles}

    def json_data(self) -> dict[str, Any]:
        """Plain data of the published form `bcp-exercise/1`."""
        data: dict[str, Any] = self.model_dump(mode="json")
        return data
