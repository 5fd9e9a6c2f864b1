"""A sitting: people who live through an outage together, in an exercise or for real, over one plan."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, Field

from bcp.model.log_entry import EVERYBODY, Closed, Corrected, Entry
from bcp.model.scenario import ByLanguage, Scenario
from bcp.model.value import Identifier, Line, Lines, Text, Value

FACILITATOR = "facilitator"
"""The role of whoever leads an exercise."""


class SittingKind(StrEnum):
    """For practice, or the day it happens."""

    EXERCISE = "exercise"
    INCIDENT = "incident"


class PlannedInject(Value):
    """Something that participants get to hear: at a scenario time, or only by hand.

    `expected` is the answer key: what a good answer holds, for the facilitator's eyes; `fallbacks` names
    the fallbacks that it is about.
    """

    id: Identifier
    at_s: Annotated[float, Field(ge=0)] = Field(
        description="Scenario time in seconds at which it comes by itself; by hand, where it stands in the order."
    )
    to: Line = EVERYBODY
    channel: Line = ""
    text: ByLanguage
    by_hand: bool = False
    expected: ByLanguage = Field(default={})
    fallbacks: tuple[Identifier, ...] = ()

    def meant_for(self, role: str) -> bool:
        """True for the role that it goes to, capitals aside, one of several between commas, or everybody."""
        return meant_for(self.to, role)


class SittingSettings(Value):
    """What is agreed for a sitting."""

    roles: Lines = Field(default=(), description="The roles that participants choose from.")
    participants: Annotated[int, Field(ge=1, le=500)] = Field(default=60, description="At most so many.")
    aims: Lines = Field(default=(), description="What an exercise is to try.")
    briefing: Text = Field(default="", description="Said to everybody when they come in.")


class Sitting(Value):
    """A plan's revision, a base scenario (none for most incidents) and what was agreed; the log is apart.

    The scenario and the injects are kept as they were, whatever becomes of the library. `begun` is when an
    incident began; an exercise begins when its clock is started.
    """

    id: Identifier
    kind: SittingKind
    title: Line
    plan: Line = Field(description="The plan's name in the store.")
    revision: int
    scenario: Scenario | None = None
    injects: tuple[PlannedInject, ...] = ()
    settings: SittingSettings = SittingSettings()
    language: str = Field(default="en", pattern="^[a-z]{2}$", description="Of its texts, ISO 639.")
    code: Line = Field(default="", description="What participants join with; empty for an incident.")
    code_until: AwareDatetime | None = None
    created: AwareDatetime
    created_by: Line = ""
    begun: AwareDatetime

    @property
    def is_exercise(self) -> bool:
        """True for practice: marked so everywhere."""
        return self.kind == SittingKind.EXERCISE


def meant_for(to: str, role: str) -> bool:
    """True where a text for `to` (a role, several between commas, `all`) is for this role; capitals aside."""
    wanted = {part.strip().casefold() for part in to.split(",")}
    return bool(wanted & {EVERYBODY, "", role.strip().casefold()})


def injects_of(scenario: Scenario) -> tuple[PlannedInject, ...]:
    """The injects that a scenario brings, numbered in its order."""
    return tuple(
        PlannedInject(id=f"i{n}", at_s=inject.at, to=inject.to, channel=inject.channel, text=inject.text)
        for n, inject in enumerate(scenario.injects, 1)
    )


def standing(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries that count: those that no later one has struck out, and no corrections."""
    struck = {e.what.entry for e in entries if isinstance(e.what, Corrected)}
    return tuple(e for e in entries if e.number not in struck and not isinstance(e.what, Corrected))


def in_time(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries in the order in which it really was, the oldest first; what is of the same moment as it was written."""
    return tuple(sorted(entries, key=lambda e: (e.when, e.number)))


def closed_at(entries: Sequence[Entry]) -> AwareDatetime | None:
    """When the sitting was closed; None while it is open."""
    return next((e.at for e in reversed(standing(entries)) if isinstance(e.what, Closed)), None)
