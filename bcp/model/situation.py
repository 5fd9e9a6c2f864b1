"""The present of a sitting: what stands, what breaks next, what is due. A value computed from plan, log and time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from pydantic import AwareDatetime, Field

from bcp.model.decision import Act
from bcp.model.log_entry import Entry
from bcp.model.run import FallbackState
from bcp.model.sitting import PlannedInject
from bcp.model.value import Value


class ClockReading(Value):
    """The scenario clock: where it stands (seconds), whether it runs, and how many scenario seconds a second."""

    t_s: float
    running: bool
    speed: float


class ActivityNow(Value):
    """How an activity stands against its BIA. Times are scenario seconds; what is ahead holds as things stand.

    The limits are those of the disruption that is on, or of the one that is coming.
    """

    activity: str
    level: float
    enough: bool = Field(description="Not below its MBCO.")
    below_since_s: float | None = Field(default=None, description="When the disruption that is on began.")
    falls_s: float | None = Field(default=None, description="When it falls below next, where it has not.")
    back_s: float | None = Field(default=None, description="When it is not below any more, where it is now.")
    rto_at_s: float | None = Field(default=None, description="When the RTO is reached.")
    mtpd_at_s: float | None = Field(default=None, description="When the MTPD is reached.")
    rto_breaks: bool = Field(default=False, description="The RTO is broken, or will be.")
    mtpd_breaks: bool = Field(default=False, description="The MTPD is broken, or will be.")


class FallbackNow(Value):
    """Where a fallback stands, and whether it can be put in place now. Times are scenario seconds."""

    fallback: str
    protects: str
    state: FallbackState
    since_s: float = Field(description="In this state since.")
    noticed_s: float | None = Field(default=None, description="When the need was noticed, this time.")
    decided_s: float | None = Field(default=None, description="When it was decided, this time.")
    reported: bool = Field(default=False, description="Somebody has said that it carries load.")
    in_place_s: float | None = Field(
        default=None, description="When it carried load, or will as things stand."
    )
    ends_s: float | None = Field(default=None, description="When its endurance is used up, while it carries.")
    stopped_by: tuple[str, ...] = Field(
        default=(), description="What stands in the way of activating it now: below half or frozen."
    )
    stopped_since_s: float | None = None
    carriers_down: tuple[str, ...] = Field(
        default=(), description="What would carry the load and delivers nothing."
    )
    carries: float = Field(description="Share of the load that it would carry now, 0–1, were it in place.")
    steps_done: tuple[int, ...] = ()
    failback_steps_done: tuple[int, ...] = ()

    @property
    def works(self) -> bool:
        """True where nothing stands in its way and it would carry something."""
        return not self.stopped_by and self.carries > 0


class AheadKind(StrEnum):
    """What happens next."""

    BELOW = "below"
    BACK = "back"
    RTO = "rto"
    MTPD = "mtpd"
    DOWN = "down"
    UP = "up"
    NOTICED = "noticed"
    IN_PLACE = "in_place"
    BLOCKED = "blocked"
    USED_UP = "used_up"
    OVER = "over"


class Ahead(Value):
    """One thing that will happen at a scenario time, to an activity, component or fallback."""

    at_s: float
    kind: AheadKind
    subject: str


class InjectNow(Value):
    """An inject of the sitting, or a text of the moment (`entry`), and when it was let out."""

    inject: PlannedInject
    released_s: float | None = Field(default=None, description="Scenario time; none: still to come.")
    released_at: AwareDatetime | None = None
    held: bool = False
    entry: int | None = Field(default=None, description="The entry that let it out by hand.")

    @property
    def number(self) -> str:
        """What tells it from all others in this sitting."""
        return self.inject.id


class LoggedDecision(Value):
    """A decision in the log, with the scenario time at which it counts."""

    entry: int
    at: AwareDatetime
    t_s: float
    who: str
    fallback: str
    act: Act
    reason: str = ""
    owner: str = ""


class AgreedAction(Value):
    """Something to do afterwards; its number is that of its entry."""

    entry: int
    text: str
    owner: str = ""
    due: date | None = None
    done: bool = False


class MarkNow(Value):
    """A component as people have last seen it."""

    entry: int
    component: str
    level: float
    frozen: bool
    since_s: float
    source: str = ""


class Participant(Value):
    """Somebody in the sitting."""

    name: str
    role: str
    since: AwareDatetime


class Situation(Value):
    """Everything that a screen of a sitting shows, at one moment. Times are scenario seconds unless said.

    `levels` are the delivered levels of all components; `down` names those that deliver nothing, `degraded`
    those below their full level. `ahead` is what happens as things stand: with nothing repaired and nothing
    decided beyond what is. `coming` is what the scenario has in store, for the facilitator only.
    """

    number: int = Field(description="Number of the last entry that it knows.")
    zero: AwareDatetime | None = Field(
        default=None, description="Wall clock at scenario time 0, for an incident."
    )
    clock: ClockReading
    closed: AwareDatetime | None = None
    levels: Mapping[str, float]
    down: tuple[str, ...]
    degraded: tuple[str, ...]
    activities: tuple[ActivityNow, ...]
    fallbacks: tuple[FallbackNow, ...]
    ahead: tuple[Ahead, ...]
    coming: tuple[Ahead, ...] = ()
    injects: tuple[InjectNow, ...] = Field(description="Those let out, the newest last.")
    injects_to_come: tuple[InjectNow, ...] = Field(
        default=(), description="For the facilitator only, in order."
    )
    decisions: tuple[LoggedDecision, ...] = ()
    marks: tuple[MarkNow, ...] = ()
    actions: tuple[AgreedAction, ...] = ()
    parked: tuple[Entry, ...] = ()
    told: tuple[Entry, ...] = ()
    participants: tuple[Participant, ...] = ()
    over: bool = Field(default=False, description="The clock is at the scenario's horizon or past it.")
