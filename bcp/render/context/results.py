"""What templates see of results: a scenario, its outcome for an activity, findings. See facts.py for how to read them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImpactFacts:
    """What one category of impact grows to: one amount for each time, or one for the scenario."""

    category: str
    amounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutcomeFacts:
    """What the scenario did to one activity."""

    hit: bool
    first_below: str
    downtime: str
    longest: str
    lowest: str
    rto: str
    """The RTO kept, or broken and when."""
    rto_tone: str
    mtpd: str
    mtpd_tone: str
    to_rto: str
    """From the beginning of the disruption until the RTO is broken; a dash where it is not."""
    to_mtpd: str
    lost_contacts: str
    spoilt: str
    """What of it got through and could not be heard or used; empty where nothing was spoilt."""
    impact: tuple[ImpactFacts, ...]
    causes: tuple[str, ...]
    covered: str
    """Covered, partly or not covered, and by which fallback."""
    tone: str


@dataclass(frozen=True, slots=True)
class StrikeFacts:
    """One event of the scenario as it fell on this plan."""

    at: str
    until: str
    text: str
    components: tuple[str, ...]
    silent: bool
    open: bool
    """Nothing ended it: it lasts to the horizon, or in an incident nobody said that it is back."""


@dataclass(frozen=True, slots=True)
class AffectedFacts:
    """A customer group that the scenario reached."""

    name: str
    customers: str
    customer_hours: str


@dataclass(frozen=True, slots=True)
class ScenarioFacts:
    """The scenario and its run."""

    id: str
    title: str
    description: str
    teaches: str
    source: str
    source_english: bool
    """The source is in English, and the document is not."""
    clock: str
    horizon: str
    noticed: str
    declared: str
    strikes: tuple[StrikeFacts, ...]
    affected: tuple[AffectedFacts, ...]
    stuck: tuple[str, ...]
    """Groups that wait for each other to start, and still do at the end."""


@dataclass(frozen=True, slots=True)
class FindingFacts:
    """A rule that the plan breaks."""

    code: str
    severity: str
    severity_name: str
    tone: str
    subject: str
    message: str
    fix: str
    accepted: str
    """Who accepted it until when and why; empty for an open one."""
