"""Recovery: how activities come back from black, what deadlocks hold them, and what each part owes them."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field

from bcp.model.value import Value


class Link(Value):
    """One stretch of the way up from black: a component that starts, or whose rising level is waited for.

    Where `fallback` is named, it is that which delivers in the component's place. A stretch of no
    length means that the component delivers what is needed as soon as the one before it does.
    """

    component: str
    from_s: float = Field(description="When it can begin, in seconds from when everything may start.")
    ready_s: float = Field(description="When it delivers what the next one waits for.")
    fallback: str = ""

    @property
    def takes_s(self) -> float:
        """Seconds that this stretch adds."""
        return self.ready_s - self.from_s


class Recovery(Value):
    """How soon an activity is at its MBCO when everything was down and nothing is broken.

    That is the earliest possible: the time until everything may start comes before it.
    """

    activity: str
    enough_s: float | None = Field(description="Seconds from when everything may start; none: never.")
    level: float = Field(description="Level once everything that can start has started, 0 to 1.")
    mbco: float
    rto_s: float | None
    path: tuple[Link, ...] = Field(
        default=(), description="The critical path, first to start first; its stretches sum to the time."
    )

    @property
    def margin_s(self) -> float | None:
        """Seconds to spare of the RTO, negative where it is broken; none where either is not known."""
        return None if self.rto_s is None or self.enough_s is None else self.rto_s - self.enough_s


class Break(Value):
    """A requirement to do without, so that a group that waits for itself can start."""

    owner: str
    requirement: int = Field(description="Its place among the owner's requirements, counted from 0.")
    members: tuple[str, ...] = Field(description="What it asks for inside the group, sorted.")
    during: Literal["run", "start"]
    stands_in: tuple[str, ...] = Field(
        default=(), description="Fallbacks of the plan that would deliver in a member's place, sorted."
    )


class Deadlock(Value):
    """Components that wait for each other and never start, and the fewest requirements to break."""

    components: tuple[str, ...]
    breaks: tuple[Break, ...]
    exact: bool = Field(description="No smaller choice lets the group start; otherwise none may be known.")
    at_least: int = Field(description="How many requirements must be broken at least.")
    ways_out: tuple[str, ...] = Field(
        default=(), description="Fallbacks of the plan by which it does start after all, sorted."
    )


class Standing(StrEnum):
    """How what is asked of a component compares with what is known about it."""

    KEPT = "kept"
    TOO_SLOW = "too_slow"
    UNKNOWN = "unknown"
    NOT_ASKED = "not_asked"


class Demand(Value):
    """What the activities ask of one component, and what it can do. Times in seconds.

    `within_s` counts from the failure until the component must deliver again, so that what has to
    start after it still can before the activity's RTO is over; below 0 no speed is enough. Where
    `together_with` names others, the component is redundant: the demand holds only when they are
    lost with it. `bridged` says what remains of the demand while fallbacks carry the load.
    """

    component: str
    needed_level: float = Field(
        description="The level below which it alone takes an activity below its MBCO; 0: not needed alone."
    )
    exact: bool = Field(default=True, description="False: too much to compute; a lower level may be enough.")
    activity: str = Field(default="", description="The activity whose RTO decides.")
    path: tuple[str, ...] = Field(default=(), description="From that activity down to the component.")
    together_with: tuple[str, ...] = ()
    rto_s: float | None = None
    after_s: float = Field(default=0.0, description="Restarts that must follow the component's own return.")
    within_s: float | None = Field(default=None, description="RTO less those restarts; none: nobody asks.")
    mtpd_activity: str = ""
    mtpd_within_s: float | None = Field(default=None, description="The same for the MTPD.")
    bridged_by: tuple[str, ...] = Field(
        default=(), description="Fallbacks that hold the activities up meanwhile."
    )
    bridged_within_s: float | None = Field(
        default=None, description="The demand with those fallbacks; none: nobody asks as long as they last."
    )
    restart_s: float = 0.0
    repair_s: float | None = Field(default=None, description="Mean time to repair, then its own restart.")
    contract_s: float | None = Field(
        default=None, description="Detection, then the contract's time from the report."
    )

    @property
    def worst_s(self) -> float | None:
        """The longest known time until it delivers again; none where neither repair nor contract is known."""
        known = [s for s in (self.repair_s, self.contract_s) if s is not None]
        return max(known, default=None)

    @property
    def gap_s(self) -> float | None:
        """Seconds by which it is too slow, negative to spare; none where either side is not known."""
        return _gap(self.worst_s, self.within_s)

    @property
    def bridged_gap_s(self) -> float | None:
        """The gap that remains while fallbacks carry the load."""
        return _gap(self.worst_s, self.bridged_within_s)

    @property
    def standing(self) -> Standing:
        """Whether it keeps what is asked of it, fallbacks left out."""
        return self._standing(self.within_s)

    @property
    def bridged_standing(self) -> Standing:
        """Whether it keeps what is asked of it while fallbacks carry the load."""
        return self._standing(self.bridged_within_s)

    def _standing(self, within: float | None) -> Standing:
        if within is None:
            return Standing.NOT_ASKED
        if (self.restart_s if self.worst_s is None else self.worst_s) > within:
            return Standing.TOO_SLOW
        return Standing.UNKNOWN if self.worst_s is None else Standing.KEPT


def _gap(worst: float | None, within: float | None) -> float | None:
    return None if worst is None or within is None else worst - within
