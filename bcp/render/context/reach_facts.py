"""Who can be reached and told, as templates see it; texts are ready to print, `tone` says how good it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PersonReachFacts:
    """Whether one of those who decide or act can be reached, and by which ways."""

    name: str
    role: str
    decides: bool
    verdict: str
    tone: str
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """A team or a role that must be reached, and by whom."""

    name: str
    people: tuple[str, ...]
    verdict: str
    tone: str


@dataclass(frozen=True, slots=True)
class CallFacts:
    """Who calls whom, whether the call comes through, and what to do if not."""

    caller: str
    called: str
    verdict: str
    tone: str
    instead: str


@dataclass(frozen=True, slots=True)
class NoticeShareFacts:
    """The share of customers that the channels left reach together, over a time."""

    times: str
    channels: tuple[str, ...]
    reached: str


@dataclass(frozen=True, slots=True)
class ReachFacts:
    """The crisis team, everybody else who acts, the call tree and the notice channels together."""

    quorum: int
    """How many of those who decide must be reached."""
    quorum_said: bool
    """Whether the plan says so; else nobody has settled whether one of them may decide alone."""
    people: tuple[PersonReachFacts, ...]
    """Those who decide, then those in the call tree and in teams."""
    teams: tuple[RoleFacts, ...]
    """The crisis team first, then the other teams."""
    roles: tuple[RoleFacts, ...]
    alarm_raised_by: tuple[str, ...]
    calls: tuple[CallFacts, ...]
    never_called: tuple[str, ...]
    left_out: tuple[str, ...]
    shares: tuple[NoticeShareFacts, ...]
    questions: tuple[str, ...]
    """What to ask of people and steps of which too little is known."""
