"""What templates see of an incident: its log, what was decided, who was told, what is to be done. See facts.py."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LogFacts:
    """One entry of the log."""

    number: int
    at: str
    """When it happened, on the wall's clock with its day."""
    written: str
    """When it was written, where that was later; else empty."""
    who: str
    text: str
    counts: bool
    """False where it was struck out later."""


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """A decision about a fallback."""

    at: str
    since: str
    """From the beginning of the incident."""
    what: str
    fallback: str
    owner: str
    reason: str
    who: str


@dataclass(frozen=True, slots=True)
class PutInPlaceFacts:
    """How long a fallback really took, beside what the plan says; a dash where something is not known."""

    fallback: str
    noticed: str
    decided: str
    in_place: str
    decision_took: str
    decision_planned: str
    lead_took: str
    lead_planned: str
    tone: str
    verdict: str


@dataclass(frozen=True, slots=True)
class InformedFacts:
    """Somebody was told something."""

    at: str
    audience: str
    channel: str
    who: str


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """Something to do afterwards."""

    text: str
    owner: str
    due: str
    done: bool


@dataclass(frozen=True, slots=True)
class IncidentFacts:
    """An incident from its beginning to its end, or to the moment at which the report was made."""

    title: str
    begun: str
    closed: str
    """Empty while it is open."""
    length: str
    ending: str
    """How it ended, in the words of whoever closed it."""
    taking_part: tuple[str, ...]
    decisions: tuple[DecisionFacts, ...]
    measured: tuple[PutInPlaceFacts, ...]
    informed: tuple[InformedFacts, ...]
    actions: tuple[ActionFacts, ...]
    log: tuple[LogFacts, ...]
