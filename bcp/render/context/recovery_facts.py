"""Recovery from black and what suppliers owe, as templates see them; texts are ready to print."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecoveryFacts:
    """How soon an activity is at its lowest acceptable level when everything was down."""

    activity: str
    earliest: str
    """Counted from when everything may start; a word for never."""
    rto: str
    margin: str
    tone: str
    critical_path: tuple[str, ...]
    """What starts one after the other, each with the time that it adds."""


@dataclass(frozen=True, slots=True)
class BreakFacts:
    """A requirement to do without, so that a group that waits for itself can start."""

    owner: str
    members: tuple[str, ...]
    only_to_start: bool
    stand_ins: tuple[str, ...]
    """Fallbacks of the plan that deliver in a member's place."""


@dataclass(frozen=True, slots=True)
class DeadlockFacts:
    """Components that wait for each other, and the fewest requirements to break."""

    group: str
    breaks: tuple[BreakFacts, ...]
    fewest: bool
    """No smaller choice lets the group start; otherwise that is not certain."""
    ways_out: tuple[str, ...]
    """Fallbacks of the plan by which it starts after all."""


@dataclass(frozen=True, slots=True)
class SupplierFacts:
    """What the activities ask of what one supplier delivers, and what to seek in its contract."""

    name: str
    contracts: tuple[str, ...]
    component: str
    """What it delivers that misses its demand most, or of which least is known."""
    asked: str
    """Within what time that must be back, and for which activity."""
    together_with: tuple[str, ...]
    """What must be lost with it before that is asked; empty where it is needed alone."""
    known: str
    """The longest known time until it is back; a word where it is not known."""
    gap: str
    tone: str
    bridged: str
    """What remains of the demand while fallbacks carry the load; empty without such fallbacks."""
    unpromised: tuple[str, ...]
    """What is needed alone and has no contract time in the plan."""
    clauses: tuple[str, ...]
