"""The plain values that templates see: text in the document's language, numbers, and tuples of such.

A field that ends in `_s` holds seconds, one that ends in `_share` a share from 0 to 1; `tone` says how
good a thing is (good, warn, bad, quiet, plain). All other texts are ready to print. A text is empty,
and a value None, where the plan does not say.
"""

from __future__ import annotations

from dataclasses import dataclass

from bcp.render.context.incident_facts import IncidentFacts
from bcp.render.context.reach_facts import ReachFacts
from bcp.render.context.recovery_facts import DeadlockFacts, RecoveryFacts, SupplierFacts
from bcp.render.context.results import FindingFacts, ImpactFacts, OutcomeFacts, ScenarioFacts


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """A person or desk, or a team (then `members` are its people, the leader first)."""

    id: str
    name: str
    role: str
    organisation: str
    phone: str
    mobile: str
    operator: str
    email: str
    deputy: str
    note: str
    members: tuple[ContactFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class DeskFacts:
    """An operator or supplier that the plan rests on, and whom to call there."""

    name: str
    contracts: tuple[str, ...]
    """Each contract or customer id, with what it covers."""
    contacts: tuple[ContactFacts, ...]
    """Empty where the plan names nobody there."""
    failures: tuple[str, ...]
    """How often it fails and how long a repair takes, where known; what it delivers under a contract, by name."""
    verified: str
    """When something of theirs was last checked; empty for never."""


@dataclass(frozen=True, slots=True)
class ComponentFacts:
    """One component of the plan."""

    id: str
    name: str
    kind: str
    """The kind's code, such as support_system."""
    kind_name: str
    description: str
    operator: str
    area: str
    site: str
    number: str
    """A number, or first and last of a range, as people write it."""
    contract: str
    owner: str
    restart: str
    restart_s: float
    detection: str
    failures: str
    """How often it fails and how long a repair takes, where known."""
    verified: str
    """When somebody last checked it; empty for never."""
    rests_on: tuple[str, ...]
    """Names of what it requires directly."""
    needed_by: tuple[str, ...]
    """Names of the activities that rest on it, directly or not."""
    single_point_of: tuple[str, ...]
    """Names of the activities that its loss alone takes below what is enough."""
    lowest: str
    """Its lowest level in the scenario; empty without one."""
    lowest_share: float
    customers: str
    reach: str


@dataclass(frozen=True, slots=True)
class StepFacts:
    """One thing to do. Times count from the first step."""

    number: int
    do: str
    by: str
    takes: str
    expect: str
    until_s: float
    needs: tuple[str, ...] = ()
    """What the step is done with."""
    verdict: str = ""
    """Whether it can be done: in the scenario if that calls for it, else by what it shares; empty on the way back."""
    tone: str = "quiet"


@dataclass(frozen=True, slots=True)
class StateFacts:
    """A state of a fallback during the scenario."""

    at: str
    state: str


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """Where a fallback and what it protects meet, with the way there on both sides."""

    component: str
    from_fallback: str
    from_protected: str


@dataclass(frozen=True, slots=True)
class FateFacts:
    """What a fallback shares with what it protects."""

    fallback: str
    protects: str
    verdict: str
    """independent, shares, same_operator or unknown."""
    verdict_name: str
    tone: str
    shared: tuple[str, ...]
    meetings: tuple[MeetingFacts, ...]
    same: tuple[str, ...]
    question: str


@dataclass(frozen=True, slots=True)
class FallbackFacts:
    """One fallback."""

    id: str
    name: str
    description: str
    protects: str
    protects_id: str
    activities: tuple[str, ...]
    """Names of the activities that it serves."""
    trigger: str
    owner: ContactFacts | None
    deputy: str
    via: tuple[str, ...]
    needs: tuple[str, ...]
    executes_at: str
    detection: str
    decision: str
    lead_time: str
    ready_after: str
    """From the failure until it carries load, if nothing hinders it."""
    capacity: str
    endurance: str
    stabilise: str
    failback: str
    steps: tuple[StepFacts, ...]
    failback_steps: tuple[StepFacts, ...]
    last_tested: str
    fate: FateFacts | None
    states: tuple[StateFacts, ...]
    """Its states during the scenario; empty without one, or where it was not called for."""
    blocked_by: tuple[str, ...]
    verdict_name: str
    """The verdict for the first activity or number that lists it."""
    tone: str


@dataclass(frozen=True, slots=True)
class OptionFacts:
    """One option of a fallback routing plan."""

    fallback: FallbackFacts
    verdict: str
    """usable, too_late, too_small, blocked, shares or unknown."""
    verdict_name: str
    """The verdict in words, with what is behind it: "Blocked by Service-number platform"."""
    tone: str
    active_from: str
    active_from_s: float | None
    limit: str
    margin: str
    """Time to spare before the limit, or too late, with the limit."""
    capacity: str
    served: str
    """Share of the subject's output while it carries load."""


@dataclass(frozen=True, slots=True)
class RouteFacts:
    """The fallback routing plan of one number or activity."""

    id: str
    name: str
    title: str
    """The name, with the number where the name does not say it."""
    kind: str
    kind_name: str
    number: str
    down: str
    """When the scenario took it down, in words; empty where it did not."""
    options: tuple[OptionFacts, ...]


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """One activity, with its business impact analysis and what the plan's structure says about it."""

    id: str
    name: str
    description: str
    owner: str
    mtpd: str
    rto: str
    rpo: str
    mbco: str
    demand: str
    peaks: str
    legal_duty: str
    impact_times: tuple[str, ...]
    impact: tuple[ImpactFacts, ...]
    """For each category the amounts after `impact_times`."""
    single_points: tuple[ComponentFacts, ...]
    joint_losses: tuple[str, ...]
    """Sets of components whose joint loss stops it."""
    rests_on: tuple[ComponentFacts, ...]
    """All it rests on, nearest first."""
    numbers: tuple[str, ...]
    options: tuple[OptionFacts, ...]
    """Its fallback routing plan."""
    other_fallbacks: tuple[FallbackFacts, ...]
    """Fallbacks below it that are no option now: the scenario does not call for them."""
    checked: str
    """The oldest day on which something it rests on was checked."""
    unchecked: int
    """How many components below it nobody has ever checked."""
    outcome: OutcomeFacts | None
    achieved: str
    """How long the scenario kept it down; without one, the time to start from black."""
    gap: str
    gap_tone: str


@dataclass(frozen=True, slots=True)
class PhaseFacts:
    """One phase of the restart from black."""

    number: int
    ready: str
    """When the last of its components delivers, in words, from when everything may start."""
    components: tuple[ComponentFacts, ...]


@dataclass(frozen=True, slots=True)
class DutyFacts:
    """A report that a law or contract asks for."""

    authority: str
    what: str
    deadline: str
    how: str
    source: str


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """A channel for notices, and whether the scenario leaves it."""

    name: str
    reach: str
    survives: str
    tone: str


@dataclass(frozen=True, slots=True)
class MessageFacts:
    """A prepared message."""

    audience: str
    when: str
    channels: tuple[ChannelFacts, ...]
    by: str
    text: str
    """With the numbers to call instead in it; what is only known then is left to write."""
    decisions: tuple[str, ...]
    """Fallbacks whose number the text tells: that sentence goes out once they are decided."""


@dataclass(frozen=True, slots=True)
class TestFacts:
    """A test or exercise that was held."""

    __test__ = False

    held: str
    what: str
    result: str
    actions: str


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """What nobody could answer yet: about what, and whom to ask; empty for ourselves."""

    about: str
    text: str
    ask: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a template sees, by the name of the field."""

    organisation: str
    language: str
    languages: str
    made_on: str
    revision: str
    content_hash: str
    owner: ContactFacts | None
    approver: ContactFacts | None
    version: str
    next_review: str
    classification: str
    copies: tuple[str, ...]
    purpose: str
    scope: str
    assumptions: tuple[str, ...]
    criteria: tuple[str, ...]
    decided_by: tuple[ContactFacts, ...]
    alarm_path: str
    meeting_place: str
    rhythm: str
    stand_down: tuple[str, ...]
    validation: tuple[str, ...]
    duties: tuple[DutyFacts, ...]
    messages: tuple[MessageFacts, ...]
    tests: tuple[TestFacts, ...]
    questions: tuple[QuestionFacts, ...]
    activities: tuple[ActivityFacts, ...]
    """In order of priority: shortest RTO first."""
    numbers: tuple[ComponentFacts, ...]
    components: tuple[ComponentFacts, ...]
    suspects: tuple[ComponentFacts, ...]
    """Components that stop an activity alone, those that stop most activities first."""
    channels: tuple[ChannelFacts, ...]
    teams: tuple[ContactFacts, ...]
    contacts: tuple[ContactFacts, ...]
    desks: tuple[DeskFacts, ...]
    """Every operator and supplier that the plan rests on, those without a contact too."""
    fallbacks: tuple[FallbackFacts, ...]
    routes: tuple[RouteFacts, ...]
    fates: tuple[FateFacts, ...]
    findings: tuple[FindingFacts, ...]
    phases: tuple[PhaseFacts, ...]
    deadlocks: tuple[str, ...]
    recoveries: tuple[RecoveryFacts, ...]
    breaks: tuple[DeadlockFacts, ...]
    suppliers: tuple[SupplierFacts, ...]
    """Those of which activities ask something, those that miss most first."""
    reach: ReachFacts
    scenario: ScenarioFacts | None
    incident: IncidentFacts | None = None
