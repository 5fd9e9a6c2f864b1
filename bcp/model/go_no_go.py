"""Go or no-go for planned work: what happens if it ends in time, late or never, and when to roll back at the latest."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from bcp.model.duration import HOUR
from bcp.model.notice import Moment, Window
from bcp.model.value import Line, Value


class Variant(StrEnum):
    """How the work goes."""

    AS_PLANNED = "as-planned"
    TWO_HOURS_LATE = "2h-late"
    SIX_HOURS_LATE = "6h-late"
    NEVER_BACK = "never-back"
    WORSE = "worse-than-told"
    """In time, but everything named is out, whatever impact was told."""

    @property
    def overrun(self) -> float | None:
        """Seconds after the planned end at which it ends; None: never."""
        return _OVERRUNS.get(self, 0.0)


_OVERRUNS: dict[Variant, float | None] = {
    Variant.TWO_HOURS_LATE: 2 * HOUR,
    Variant.SIX_HOURS_LATE: 6 * HOUR,
    Variant.NEVER_BACK: None,
}


class Outlook(Value):
    """What one variant does to one activity."""

    variant: Variant
    activity: str
    min_level: float
    first_below: Moment | None = Field(default=None, description="When it first falls below the MBCO.")
    back: Moment | None = Field(default=None, description="When it is last back; none: not, or never below.")
    rto_breaks: Moment | None = None
    mtpd_breaks: Moment | None = None
    carried_by: tuple[str, ...] = Field(
        default=(), description="Fallbacks of the activity that become active."
    )

    @property
    def go(self) -> bool:
        """No limit breaks."""
        return self.rto_breaks is None and self.mtpd_breaks is None


class Deadline(Value):
    """The last minute at which to decide to roll back, so that something holds.

    Not `needed`: it holds even if the work never ends. Needed without `by`: it does not hold even if the
    work is rolled back as soon as it begins.
    """

    needed: bool = False
    by: Moment | None = None


class RollBack(Value):
    """Until when rolling back still keeps one activity within the window and within its limits."""

    activity: str
    window: Deadline = Field(description="Back at its MBCO when the window ends.")
    rto: Deadline
    mtpd: Deadline


class GoNoGo(Value):
    """The table for one window of one notice; only activities that some variant takes below the MBCO."""

    provider: Line
    id: Line
    window: Window
    roll_back_s: float = Field(description="How long rolling back takes, in seconds.")
    outlooks: tuple[Outlook, ...] = ()
    roll_backs: tuple[RollBack, ...] = ()


class Overlap(Value):
    """Windows of several notices that only together take an activity below its MBCO, in the steady state."""

    activity: str
    notices: tuple[tuple[str, str], ...] = Field(description="Provider and id; leave one out and it holds.")
    components: tuple[str, ...] = Field(description="What these notices strike.")
    start: Moment
    end: Moment | None = None
    level: float = Field(description="Delivered level without fallbacks.")
    mbco: float
    held_by_fallbacks: bool = Field(description="With every fallback that can serve it is not below.")
    if_worse: bool = Field(
        default=False, description="Only if what is told to be degraded or without redundancy is out."
    )
