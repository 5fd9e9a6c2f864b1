"""The fallback routing plan: for each number and activity its options in order, each with a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import inf

import numpy as np

from bcp.engine.fate.claims import used_by
from bcp.engine.fate.overlaps import Ground
from bcp.engine.fate.shared_fate import shared_fate
from bcp.engine.levels.compile import System, compile_plan
from bcp.engine.levels.least import least
from bcp.engine.levels.selectors import Lineage
from bcp.engine.levels.standing import HALF
from bcp.engine.levels.steady import steady
from bcp.engine.levels.tolerance import LEVEL
from bcp.engine.run.course import Course
from bcp.engine.run.metrics import disruptions
from bcp.engine.run.result import run
from bcp.model.assumed import doubts
from bcp.model.component import Kind
from bcp.model.fallback import Fallback
from bcp.model.fate import Fate, SharedFate
from bcp.model.plan import Plan
from bcp.model.route import RouteOption, RoutingPlan, Verdict
from bcp.model.run import FallbackState, Run
from bcp.model.scenario import Scenario

_RANK = (
    Verdict.USABLE,
    Verdict.UNKNOWN,
    Verdict.TOO_SMALL,
    Verdict.TOO_LATE,
    Verdict.SHARES,
    Verdict.BLOCKED,
)
"""Best first."""


def routing_plans(
    plan: Plan, scenario: Scenario | None = None, *, of: Run | None = None, system: System | None = None
) -> tuple[RoutingPlan, ...]:
    """The options of every activity and number of the plan, activities first, each by id.

    With a scenario the verdicts are those of its run (`of`, where the caller has it already). A
    fallback that the scenario does not call for, and every one where there is no scenario, is judged
    by a plain failure of what it protects. `system` is the plan compiled, where the caller has it.
    Raises BcpError where plan or scenario cannot be run.
    """
    compiled = compile_plan(plan) if system is None else system
    happened = of if of is not None or scenario is None else run(plan, scenario, system=compiled)
    lineage = Lineage(plan)
    fates = {fate.fallback: fate for fate in shared_fate(plan, ground=Ground(lineage))}
    course = None if happened is None else Course.of_run(happened)
    judge = _Judge(plan, compiled, lineage, course, fates, tuple(sorted(plan.activities)))
    subjects = [*sorted(plan.activities), *sorted(plan.of_kind(Kind.NUMBER, Kind.NUMBER_RANGE))]
    return tuple(judge.routing(subject) for subject in subjects)


@dataclass(frozen=True, slots=True)
class _Evidence:
    """A run in which a fallback was called for, and how it went. Times in scenario seconds, infinity: never.

    `predicted` is when it would carry load if nothing blocked it; `called_for` says that the scenario
    itself triggered it, otherwise the run is a plain failure of what it protects.
    """

    run: Course
    triggered: float
    active: float
    predicted: float
    called_for: bool

    @property
    def arrives(self) -> float:
        """When it carries load, or would."""
        return self.active if self.active < inf else self.predicted

    @property
    def seen(self) -> float:
        """The time at which its levels are read: when it carries load, else when it was called for."""
        return self.active if self.active < inf else self.triggered


@dataclass(frozen=True, slots=True)
class _Terms:
    """What a fallback is measured by: the RTO and when its clock began (seconds), and the shares carried and needed."""

    limit: float | None
    began: float
    carried: float
    needed: float

    def is_late(self, t: float) -> bool:
        """True where carrying load from scenario time t on breaks the RTO."""
        return self.limit is not None and t - self.began > self.limit + LEVEL

    @property
    def is_short(self) -> bool:
        """True where it carries less than is needed."""
        return self.carried < self.needed - LEVEL


@dataclass(frozen=True)
class _Judge:
    plan: Plan
    system: System
    lineage: Lineage
    happened: Course | None
    fates: Mapping[str, SharedFate]
    activities: tuple[str, ...]
    known: dict[str, _Evidence] = field(default_factory=dict)
    failures: dict[str, Course] = field(default_factory=dict)
    tried: dict[tuple[str, float], dict[str, float]] = field(default_factory=dict)
    enough: dict[tuple[str, str], float] = field(default_factory=dict)

    def routing(self, subject: str) -> RoutingPlan:
        below = self.lineage.rests_on([subject])
        options = [
            (self._distance(subject, f.protects), self._option(subject, i, f))
            for i, f in sorted(self.plan.fallbacks.items())
            if f.protects in below and self._concerns(subject, i, f)
        ]
        options.sort(
            key=lambda item: (
                _RANK.index(item[1].verdict),
                item[0],
                inf if item[1].active_from_s is None else item[1].active_from_s,
                -item[1].capacity,
                item[1].fallback,
            )
        )
        since, until = self._down(subject)
        return RoutingPlan(
            subject=subject,
            down_from_s=since,
            down_until_s=until,
            options=tuple(option for _, option in options),
        )

    def _distance(self, subject: str, protects: str) -> int:
        return len(self.lineage.path(subject, protects))

    def _concerns(self, subject: str, fallback: str, f: Fallback) -> bool:
        """A fallback deep below is an option only where the scenario calls for it."""
        if f.protects == subject or self.plan.components[f.protects].kind in (Kind.NUMBER, Kind.NUMBER_RANGE):
            return True
        return self.happened is None or self.happened.first(fallback, FallbackState.DETECTING) < inf

    def _down(self, subject: str) -> tuple[float | None, float | None]:
        if self.happened is None:
            return None, None
        component = self.plan.components[subject]
        limit = component.analysis.mbco if component.kind == Kind.ACTIVITY else HALF
        intervals = disruptions(self.happened.levels[subject], limit, self.happened.horizon_s)
        return (intervals[0][0], intervals[-1][1]) if intervals else (None, None)

    def _option(self, subject: str, fallback_id: str, f: Fallback) -> RouteOption:
        if fallback_id not in self.known:
            self.known[fallback_id] = self._evidence(fallback_id, f)
        evidence, fate = self.known[fallback_id], self.fates[fallback_id]
        limit, limit_of = self._limit(subject, f.protects)
        carried = f.capacity * min((evidence.run.level_at(v, evidence.seen) for v in f.via), default=1.0)
        terms = _Terms(limit, self._began(evidence, limit_of), carried, self._needed(subject, f.protects))
        verdict, because = self._verdict(f, evidence, fate, terms)
        untold = f.lead_time is None or (verdict == Verdict.BLOCKED and evidence.active == inf)
        return RouteOption(
            fallback=fallback_id,
            protects=f.protects,
            verdict=verdict,
            because=because,
            doubts=doubts(self.plan, fallback_id, limit_of),
            triggered=evidence.called_for,
            needed_from_s=evidence.triggered if evidence.called_for else None,
            active_from_s=None if untold else evidence.arrives - terms.began,
            limit_s=limit,
            limit_of=limit_of,
            capacity=carried,
            needed_capacity=terms.needed,
            subject_level=evidence.run.level_at(subject, evidence.seen),
            endurance_s=f.endurance,
            steps=f.steps,
            failback_steps=f.failback_steps,
            fate=fate,
        )

    def _evidence(self, fallback_id: str, f: Fallback) -> _Evidence:
        """The scenario's run where it called for the fallback, else a plain failure of what it protects."""
        if self.happened is not None:
            t = self.happened.first(fallback_id, FallbackState.DETECTING, *_LATER)
            if t < inf:
                return self._read(self.happened, fallback_id, f, t, called_for=True)
        if f.protects not in self.failures:
            self.failures[f.protects] = Course.of_failure(self.plan, f.protects, self.system)
        failed = self.failures[f.protects]
        t = failed.first(fallback_id, FallbackState.DETECTING, *_LATER)
        return self._read(failed, fallback_id, f, t if t < inf else 0.0, called_for=False)

    def _read(
        self, happened: Course, fallback_id: str, f: Fallback, triggered: float, *, called_for: bool
    ) -> _Evidence:
        noticed = happened.first(fallback_id, *_LATER)
        detection = self.plan.components[f.protects].detection
        usual = triggered + (self.plan.defaults.detection if detection is None else detection)
        decision = self.plan.defaults.decision if f.decision is None else f.decision
        predicted = (
            (noticed if noticed < inf else usual) + (0.0 if f.automatic else decision) + (f.lead_time or 0.0)
        )
        active = happened.first(fallback_id, FallbackState.ACTIVE)
        return _Evidence(happened, triggered, active, predicted, called_for)

    def _limit(self, subject: str, protects: str) -> tuple[float | None, str]:
        """The strictest RTO that the fallback must keep: the subject's own, else of what rests on the protected."""
        if self.plan.components[subject].kind == Kind.ACTIVITY:
            return self.plan.components[subject].analysis.rto, subject
        carried = self.lineage.carried_by([protects])
        resting = [i for i in self.activities if i in carried]
        limits = [(rto, i) for i in resting if (rto := self.plan.components[i].analysis.rto) is not None]
        return min(limits, default=(None, ""))

    def _began(self, evidence: _Evidence, limit_of: str) -> float:
        """When the clock began: the disruption of the activity whose RTO counts, or the trigger."""
        if limit_of:
            limit = self.plan.components[limit_of].analysis.mbco
            for since, until in disruptions(evidence.run.levels[limit_of], limit, evidence.run.horizon_s):
                if until > evidence.triggered - LEVEL and since <= min(evidence.active, evidence.predicted):
                    return since
        return evidence.triggered

    def _needed(self, subject: str, protects: str) -> float:
        """The smallest level of the protected component at which all activities concerned keep their MBCO."""
        if self.plan.components[subject].kind == Kind.ACTIVITY:
            return self._needed_by(subject, protects)
        carried = self.lineage.carried_by([protects])
        resting = (i for i in self.activities if i in carried)
        return max((self._needed_by(i, protects) for i in resting), default=0.0)

    def _needed_by(self, activity: str, protects: str) -> float:
        """That level for one activity, to four digits; 1 where even the whole component is too little."""
        if (activity, protects) not in self.enough:
            limit = self.plan.components[activity].analysis.mbco - LEVEL
            found = least(lambda level: self._levels_with(protects, level)[activity], limit)
            self.enough[activity, protects] = round(found, 4)
        return self.enough[activity, protects]

    def _levels_with(self, component: str, level: float) -> dict[str, float]:
        """Levels of all activities when this component's own state is `level` and all else is whole."""
        if (component, level) not in self.tried:
            own = np.ones(self.system.n)
            own[self.system.index[component]] = level
            x = steady(self.system, own).x
            self.tried[component, level] = {i: float(x[self.system.index[i]]) for i in self.activities}
        return self.tried[component, level]

    def _verdict(
        self, f: Fallback, evidence: _Evidence, fate: SharedFate, terms: _Terms
    ) -> tuple[Verdict, tuple[str, ...]]:
        """The first that holds of: blocked, shares, too late, too small, unknown, usable."""
        late = terms.is_late(evidence.arrives)
        blockers = evidence.run.blocked.get(fate.fallback, ())
        if blockers and (evidence.active == inf or (late and not terms.is_late(evidence.predicted))):
            return Verdict.BLOCKED, blockers
        sharing = self._sharing(f, evidence, fate, terms)
        if sharing:
            return Verdict.SHARES, sharing
        never = evidence.active == inf and not evidence.called_for
        if late or never:
            return Verdict.TOO_LATE, ()
        if terms.is_short:
            weak = tuple(v for v in f.via if evidence.run.level_at(v, evidence.seen) < 1.0 - LEVEL)
            return Verdict.TOO_SMALL, weak
        unknown = f.lead_time is None or fate.verdict == Fate.UNKNOWN
        return (Verdict.UNKNOWN if unknown else Verdict.USABLE), ()

    def _sharing(self, f: Fallback, evidence: _Evidence, fate: SharedFate, terms: _Terms) -> tuple[str, ...]:
        """The shared components that decide: those that are gone, or, in a plain failure, any."""
        if terms.is_short and terms.carried < f.capacity - LEVEL:
            shared = self._shared(f, fate)
            gone = {i for i in shared if evidence.run.level_at(i, evidence.seen) < 1.0 - LEVEL}
            deepest = {i for i in gone if not (self.lineage.rests_on([i]) - {i}) & gone}
            if gone:
                return tuple(sorted(deepest or gone))
        return () if evidence.called_for else tuple(m.component for m in fate.meetings)

    def _shared(self, f: Fallback, fate: SharedFate) -> Iterable[str]:
        """Every component that both sides rest on, those too that the verdict does not name."""
        if len(fate.shared) == fate.shared_count:
            return fate.shared
        return self.lineage.rests_on(used_by(f)) & self.lineage.rests_on([f.protects])


_LATER = (
    FallbackState.ACTIVATING,
    FallbackState.BLOCKED,
    FallbackState.ACTIVE,
    FallbackState.FAILING_BACK,
    FallbackState.EXHAUSTED,
)
