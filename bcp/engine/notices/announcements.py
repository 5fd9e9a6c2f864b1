"""Notices out of a run: which are due when, to whom, over which channels, and what is known at that minute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bcp.engine.levels.tolerance import LEVEL
from bcp.engine.notices.at_decision import with_decision
from bcp.engine.notices.channels import coverage, reached_by_hand
from bcp.engine.notices.facts import Facts
from bcp.engine.notices.times import Due, Episode, before, due_times, episodes
from bcp.model.announcement import (
    BEFORE,
    Announcement,
    Audience,
    Failing,
    Instead,
    Occasion,
    Revision,
)
from bcp.model.assumed import assumed
from bcp.model.audience import audience_of, is_reseller, is_vital, message_audience
from bcp.model.duration import duration_text
from bcp.model.plan import Duty, Plan
from bcp.model.reachability import Reachability
from bcp.model.scenario import Scenario
from bcp.model.telling import Telling

_WHOLLY = 0.01
"""A level not above this serves nobody worth the name."""

_TIMES = ("lead_time", "decision")
"""The figures of a fallback that say how soon it works."""


def announcements(
    facts: Facts, scenario: Scenario, people: Reachability, telling: Telling
) -> tuple[Announcement, ...]:
    """Every notice of a run without its texts, by time, audience and revision.

    A failure is told as it is known at that minute: its end is not foretold from the run.
    """
    found: list[Announcement] = []
    spans = episodes(facts, scenario, telling.windows)
    for k, episode in enumerate(spans):
        for audience in _audiences(facts, episode, telling):
            name = f"{telling.begins:%Y%m%d}-{scenario.id}-{audience}"
            thread = _Thread(
                facts, people, telling, episode, audience, f"{name}-{k + 1}" if len(spans) > 1 else name
            )
            found += thread.revisions()
    return tuple(sorted(found, key=lambda n: (n.at_s, list(Audience).index(n.audience), n.id, n.revision)))


def _audiences(facts: Facts, episode: Episode, telling: Telling) -> Iterator[Audience]:
    """Whom an episode concerns."""
    plan = facts.plan
    messages = {message_audience(m) for m in plan.document.messages}
    groups = {i: plan.components[i] for i in _groups(facts, episode)}
    yield from (Audience.PUBLIC, Audience.STAFF)
    contacts = (audience_of(f"{c.role} {c.organisation}") for c in plan.contacts.values())
    if Audience.PARTNERS in messages or Audience.PARTNERS in contacts:
        yield Audience.PARTNERS
    if telling.with_lines or Audience.LINES in messages:
        yield Audience.LINES
    vital = any(is_vital(c) for c in groups.values())
    known = any(is_vital(plan.components[i]) for i in facts.groups)
    if vital or (Audience.VITAL in messages and not known):
        yield Audience.VITAL
    if Audience.RESELLERS in messages or any(is_reseller(c) for c in groups.values()):
        yield Audience.RESELLERS
    if plan.document.duties and not episode.planned:
        yield Audience.AUTHORITIES


def _groups(facts: Facts, episode: Episode) -> tuple[str, ...]:
    """The customer groups hit at any time of an episode."""
    end = facts.run.horizon_s if episode.end is None else episode.end
    times = [t for t in facts.instants if episode.start <= t < end]
    return tuple(sorted({i for t in times for i in facts.hit_groups(t)}))


@dataclass(frozen=True)
class _Thread:
    """One notice to one audience over its revisions."""

    facts: Facts
    people: Reachability
    telling: Telling
    episode: Episode
    audience: Audience
    id: str

    def revisions(self) -> list[Announcement]:
        """The revisions in order, each with the history of those before it."""
        found: list[Announcement] = []
        history: list[Revision] = []
        for due in self._due():
            notice = self._notice(due, len(found) + 1, tuple(history))
            found.append(notice)
            history.append(Revision(revision=notice.revision, occasion=due.occasion, at=notice.at))
        return found

    def _due(self) -> Sequence[Due]:
        if self.audience == Audience.AUTHORITIES:
            return self._reports()
        due: list[Due] = []
        if self.episode.planned:
            start = self._moment(self.episode.start)
            for moment, occasion in before(start, ZoneInfo(self.facts.plan.organisation.timezone)):
                due.append(Due((moment - self.telling.begins).total_seconds(), occasion))
        end = self.facts.run.horizon_s if self.episode.end is None else self.episode.end
        changes = [(t, self._said(t)) for t in self.facts.instants if self.episode.start <= t < end]
        return [
            *due,
            *due_times(self.episode, changes, self.audience, self.telling.every, self.facts.run.horizon_s),
        ]

    def _reports(self) -> Sequence[Due]:
        """One notice for each deadline of the duties, counted from when the failure was noticed."""
        deadlines = sorted({duty.deadline for duty in self.facts.plan.document.duties})
        end = self.episode.end
        due: list[Due] = []
        for deadline in deadlines:
            t = self.episode.noticed + deadline
            over = end is not None and t >= end
            first = not due
            occasion = Occasion.AFTER if over else Occasion.DETECTION if first else Occasion.UPDATE
            due.append(Due(t, occasion))
        return due

    def _said(self, t: float) -> tuple[object, ...]:
        """What this audience could be told at t: a new revision is due where it changes."""
        instead = self._instead(t)
        failing = [(f.component, f.level <= _WHOLLY) for f in self.facts.failing(t) if f.number]
        return tuple(failing), tuple(i.number for i in instead), bool(self.facts.failing(t))

    def _notice(self, due: Due, revision: int, history: tuple[Revision, ...]) -> Announcement:
        facts, episode, plan = self.facts, self.episode, self.facts.plan
        over = due.occasion in (Occasion.RESTORATION, Occasion.AFTER)
        hit = self._hit_at(due)
        groups = [f.component for f in hit if not f.number]
        told = coverage(facts, self.audience, due.occasion, due.at)
        instead = () if over or due.occasion in BEFORE else self._instead(due.at)
        works = facts.works(max(0.0, due.at)) if due.occasion not in BEFORE else ()
        window = None if episode.window is None else self._moment(episode.window)
        overrun = episode.window is not None and due.at >= episode.window and not over
        notice = Announcement(
            id=self.id, revision=revision, occasion=due.occasion, audience=self.audience,
            at_s=due.at, at=self._moment(due.at), assumed=self._assumed(due, instead), latest=self._optional(due.latest),
            organisation=plan.organisation.name, country=plan.organisation.country,
            exercise=self.telling.exercise, planned=episode.planned, overrun=overrun,
            begins=self._moment(episode.start),
            known_from=self._moment(episode.noticed) if episode.silent else None, window_end=window,
            expected_end=self._expected(window, overrun=overrun or over),
            ended=self._optional(episode.end) if over else None,
            next_update=self._optional(due.next),
            place=tuple(plan.title(i) for i in groups), places=_places(plan, groups),
            areas=_areas(plan, groups),
            failing=hit, works=works, instead=instead,
            customers=0 if due.occasion in BEFORE else facts.customers(self._worst(due)),
            impact=_impact(hit), cause=self.telling.cause, contact=self._contact(instead, hit, over=over),
            duty=self._duty(due), channels=told.serving, lost_channels=told.lost,
            least=told.least, most=told.most,
            reached_by_hand=reached_by_hand(self.people, plan, self.audience, due.at), history=history,
        )  # fmt: skip
        return with_decision(notice, facts, due.at)

    def _hit_at(self, due: Due) -> tuple[Failing, ...]:
        """What fails at that minute; before and after, what fails at the worst of the episode."""
        return self.facts.failing(self._worst(due))

    def _worst(self, due: Due) -> float:
        """The time (seconds) whose failures the notice tells of."""
        now = BEFORE | {Occasion.RESTORATION, Occasion.AFTER}
        end = self.facts.run.horizon_s if self.episode.end is None else self.episode.end
        if due.occasion not in now and self.facts.failing(due.at):
            return due.at
        times = [t for t in self.facts.instants if self.episode.start <= t < end] or [self.episode.start]
        weight = {t: sum(1.0 - f.level for f in self.facts.failing(t)) for t in times}
        return max(times, key=lambda t: (weight[t], -t))

    def _instead(self, t: float) -> tuple[Instead, ...]:
        return tuple(i for i in self.facts.instead(t) if i.told_to(self.audience))

    def _expected(self, window: datetime | None, *, overrun: bool) -> datetime | None:
        if window is not None:
            return None if overrun else window
        return self.telling.expected_end

    def _assumed(self, due: Due, instead: Sequence[Instead]) -> bool:
        """Nobody has confirmed how soon it is noticed, or how soon the fallback works whose number it tells."""
        if due.occasion in (*BEFORE, Occasion.RESTORATION, Occasion.AFTER):
            return False
        late = {f for i in instead for f in assumed(self.facts.plan, i.fallback)}
        return self.episode.assumed or not late.isdisjoint(_TIMES)

    def _contact(self, instead: Sequence[Instead], hit: Sequence[Failing], *, over: bool) -> str:
        """Whom to ask: as told, else the number that most callers dial, or what stands in for it now."""
        if self.telling.contact:
            return self.telling.contact
        first = next((f.number for f in hit if f.number), "")
        if over:
            return first
        return next((i.number for i in instead if first in i.instead_of), "")

    def _duty(self, due: Due) -> str:
        if self.audience != Audience.AUTHORITIES:
            return ""
        deadline = due.at - self.episode.noticed
        duties = [d for d in self.facts.plan.document.duties if abs(d.deadline - deadline) < 1.0]
        return "; ".join(_duty_line(d) for d in duties)[:300]

    def _optional(self, t: float | None) -> datetime | None:
        return None if t is None else self._moment(t)

    def _moment(self, t: float) -> datetime:
        """Scenario time in seconds as a moment in the organisation's time zone."""
        moment = self.telling.begins.astimezone(UTC) + timedelta(seconds=t)
        return moment.astimezone(ZoneInfo(self.facts.plan.organisation.timezone))


def _duty_line(duty: Duty) -> str:
    return f"{duty.authority}: {duty.what} ({duration_text(duty.deadline)})"


def _impact(hit: Sequence[Failing]) -> str:
    if not hit:
        return "none"
    return "all" if min(f.level for f in hit) <= _WHOLLY + LEVEL else "part"


def _places(plan: Plan, groups: Sequence[str]) -> tuple[str, ...]:
    """The places of these groups; none where one of them has no place, so that nobody is left out."""
    found = [plan.components[i].place for i in groups]
    return tuple(dict.fromkeys(found)) if all(found) else ()


def _areas(plan: Plan, groups: Sequence[str]) -> tuple[str, ...]:
    """The areas of these groups, without those that lie in another of them."""
    paths = sorted({plan.components[i].area for i in groups} - {""})
    return tuple(p for p in paths if not any(p != q and p.startswith(f"{q}/") for q in paths))
