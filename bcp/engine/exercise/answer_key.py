"""The answer key: which fallbacks really work in a scenario, and by when each must be decided for the RTO to hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

from bcp.engine.exercise.roles import Seats
from bcp.engine.exercise.undecided import Undecided
from bcp.engine.levels.tolerance import LEVEL
from bcp.model.assumed import doubts
from bcp.model.duration import MINUTE
from bcp.model.exercise import Choice
from bcp.model.plan import Plan
from bcp.model.route import RouteOption, RoutingPlan, Verdict
from bcp.model.run import FallbackState, Run

MOST_CHOICES = 40
"""More fallbacks than this are too many for one exercise."""


def answer_key(waiting: Undecided, routes: Sequence[RoutingPlan], seated: Seats) -> tuple[Choice, ...]:
    """An answer for every fallback that the outage calls for, by the time that is left to decide.

    `routes` are the routing plans of the same scenario: their verdicts are those of the plan as it is
    written, with its own decision times. What each is worth beside that is read from a run in which it
    alone is decided on.
    """
    verdicts = _verdicts(routes)
    called = [f for f in waiting.plan.fallbacks if waiting.noticed(f) < inf]
    answers = [_Answer(waiting, f).choice(verdicts.get(f), seated) for f in called[:MOST_CHOICES]]
    return tuple(sorted(answers, key=_urgency))


def _urgency(choice: Choice) -> tuple[bool, float, str]:
    by = choice.decide_by_s
    return not choice.enough_for, inf if by is None else by, choice.fallback


def _verdicts(routes: Sequence[RoutingPlan]) -> Mapping[str, RouteOption]:
    """For each fallback that the scenario calls for the option of the subject nearest to it: itself, where it has one."""
    found: dict[str, RouteOption] = {}
    for routing in routes:
        for option in routing.options:
            if option.triggered and (option.fallback not in found or routing.subject == option.protects):
                found[option.fallback] = option
    return found


@dataclass(frozen=True, slots=True)
class _Answer:
    waiting: Undecided
    fallback: str

    def choice(self, option: RouteOption | None, seated: Seats) -> Choice:
        f = self.waiting.plan.fallbacks[self.fallback]
        noticed = self.waiting.noticed(self.fallback)
        alone = self.waiting.deciding(self.fallback)
        since = next((t for t, s in alone.fallbacks[self.fallback] if s == FallbackState.ACTIVE), None)
        enough = self._enough(alone, since)
        asked = [self._by(i, delay) for i, delay in enough.items()]
        kept = [limit for limit in asked if limit[0] >= noticed - LEVEL]
        by, limit_of, limit = min(kept or asked, default=(inf, "", inf))
        return Choice(
            fallback=self.fallback,
            protects=f.protects,
            role=next(iter(seated.activating(self.fallback)), ""),
            automatic=f.automatic,
            noticed_s=noticed,
            lead_s=f.lead_time,
            verdict=option.verdict if option else _own_verdict(alone, self.fallback, since),
            because=option.because if option else alone.blocked.get(self.fallback, ()),
            doubts=doubts(self.waiting.plan, self.fallback, limit_of if by < inf else ""),
            enough_for=tuple(enough),
            limit_of=limit_of if by < inf else "",
            limit_s=limit if by < inf else None,
            decide_by_s=by if by < inf else None,
            level=0.0 if since is None else alone.level_at(f.protects, since),
        )

    def _enough(self, alone: Run, since: float | None) -> Mapping[str, float]:
        """Activities that it alone brings from below their MBCO to it, and how long (seconds) after it carries load."""
        if since is None:
            return {}
        return {
            i: up - since
            for i, activity in self.waiting.plan.activities.items()
            if (up := self._up(i, activity.analysis.mbco - LEVEL, alone, since)) is not None
        }

    def _up(self, activity: str, enough: float, alone: Run, since: float) -> float | None:
        """When an activity is first not below enough while this carries load, and without it would be.

        One that acts by itself does so in every run: there the level at which it is noticed stands for that
        without it.
        """
        by_itself = self.waiting.plan.fallbacks[self.fallback].automatic
        later = () if by_itself else tuple(t for t, _ in alone.levels[activity] if t > since)
        for t in (since, *later):
            if alone.state_at(self.fallback, t) != FallbackState.ACTIVE:
                return None
            without = self.waiting.noticed(self.fallback) if by_itself else t
            if self.waiting.run.level_at(activity, without) < enough <= alone.level_at(activity, t):
                return t
        return None

    def _by(self, activity: str, delay: float) -> tuple[float, str, float]:
        """The latest decision for the RTO of an activity, the activity, and when its RTO is broken."""
        plan: Plan = self.waiting.plan
        breach = self.waiting.run.activities[activity].rto_breach_s
        if breach is None or plan.fallbacks[self.fallback].automatic:
            return inf, activity, inf
        lead = plan.fallbacks[self.fallback].lead_time or 0.0
        guess = self.waiting.latest(self.fallback, breach - delay, lead)
        return self._tried(activity, guess, breach), activity, breach

    def _tried(self, activity: str, guess: float, breach: float) -> float:
        """The guess where a run bears it out, else the latest minute that does; before it is noticed if none does.

        Something else may fail between the decision and the moment at which the activity would be up.
        """
        early, late = self.waiting.noticed(self.fallback), guess
        if guess < early or self._holds(activity, guess, breach):
            return guess
        if not self._holds(activity, early, breach):
            return early - MINUTE
        while late - early > MINUTE:
            middle = (early + late) / 2
            early, late = (middle, late) if self._holds(activity, middle, breach) else (early, middle)
        return early

    def _holds(self, activity: str, decided: float, breach: float) -> bool:
        enough = self.waiting.plan.components[activity].analysis.mbco - LEVEL
        return bool(self.waiting.deciding(self.fallback, decided).level_at(activity, breach) >= enough)


def _own_verdict(alone: Run, fallback: str, since: float | None) -> Verdict:
    """The verdict where no activity or number rests on what the fallback protects."""
    if since is None:
        return Verdict.BLOCKED if alone.blocked.get(fallback) else Verdict.TOO_LATE
    return Verdict.USABLE
