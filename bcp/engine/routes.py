"""The fallback routing plan: for each number and activity its options in order, each with a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np

from bcp.engine.compile import System, compile_plan
from bcp.engine.fate import fate_of
from bcp.engine.metrics import disruptions
from bcp.engine.result import run
from bcp.engine.selectors import Lineage
from bcp.engine.standing import HALF
from bcp.engine.steady import steady
from bcp.engine.tolerance import LEVEL
from bcp.model.component import Kind
from bcp.model.fallback import Fallback
from bcp.model.plan import Plan
from bcp.model.route import Fate, RouteOption, RoutingPlan, SharedFate, Verdict
from bcp.model.run import FallbackState, Run
from bcp.model.scenario import Effect, Event, Scenario, Selector

_RANK = (Verdict.USABLE, Verdict.UNKNOWN, Verdict.TOO_SMALL, Verdict.TOO_LATE, Verdict.SHARES, Verdict.BLOCKED)
"""Best first."""


def routing_plans(plan: Plan, scenario: Scenario | None = None, *, of: Run | None = None) -> tuple[RoutingPlan, ...]:
    """The options of every activity and number of the plan, activities first, each by id.

    With a scenario the verdicts are those of its run (`of`, where the caller has it already). A
    fallback that the scenario does not call for, and every one where there is no scenario, is judged
    by a plain failure of what it protects. Raises BcpError where plan or scenario cannot be run.
    """
    system = compile_plan(plan)
    happened = of if of is not None or scenario is None else run(plan, scenario, system=system)
    judge = _Judge(plan, system, Lineage(plan), happened)
    subjects = [*sorted(plan.activities), *sorted(plan.of_kind(Kind.NUMBER, Kind.NUMBER_RANGE))]
    return tuple(judge.routing(subject) for subject in subjects)


@dataclass(frozen=True, slots=True)
class _Evidence:
    """A run in which a fallback was called for, and how it went. Times in scenario seconds, infinity: never."""

    run: Run
    triggered: float
    active: float
    predicted: float


@dataclass(frozen=True)
class _Judge:
    plan: Plan
    system: System
    lineage: Lineage
    happened: Run | None

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
            subject=subject, down_from_s=since, down_until_s=until, options=tuple(option for _, option in options)
        )

    def _distance(self, subject: str, protects: str) -> int:
        return len(self.lineage.path(subject, protects))

    def _concerns(self, subject: str, fallback: str, f: Fallback) -> bool:
        """A fallback deep below is an option only where the scenario calls for it."""
        if f.protects == subject or self.plan.components[f.protects].kind in (Kind.NUMBER, Kind.NUMBER_RANGE):
            return True
        return self.happened is None or _first(self.happened, fallback, FallbackState.DETECTING) < inf

    def _down(self, subject: str) -> tuple[float | None, float | None]:
        if self.happened is None:
            return None, None
        component = self.plan.components[subject]
        limit = component.analysis.mbco if component.kind == Kind.ACTIVITY else HALF
        intervals = disruptions(self.happened.levels[subject], limit, self.happened.horizon_s)
        return (intervals[0][0], intervals[-1][1]) if intervals else (None, None)

    def _option(self, subject: str, fallback_id: str, f: Fallback) -> RouteOption:
        evidence, triggered = self._evidence(fallback_id, f)
        fate = fate_of(fallback_id, self.lineage)
        limit, limit_of = self._limit(subject, f.protects)
        began = self._began(evidence, limit_of)
        carried = self._carried(f, evidence)
        needed = self._needed(subject, f.protects)
        arrives = evidence.active if evidence.active < inf else evidence.predicted
        verdict, because = self._verdict(
            fallback_id, f, evidence, fate, limit=limit, began=began, carried=carried, needed=needed, triggered=triggered
        )
        at = evidence.active if evidence.active < inf else evidence.triggered
        return RouteOption(
            fallback=fallback_id,
            protects=f.protects,
            verdict=verdict,
            because=because,
            triggered=triggered,
            needed_from_s=evidence.triggered if triggered else None,
            active_from_s=None if verdict == Verdict.BLOCKED and evidence.active == inf else arrives - began,
            limit_s=limit,
            limit_of=limit_of,
            capacity=carried,
            needed_capacity=needed,
            subject_level=evidence.run.level_at(subject, at),
            endurance_s=f.endurance,
            steps=f.steps,
            failback_steps=f.failback_steps,
            fate=fate,
        )

    def _evidence(self, fallback_id: str, f: Fallback) -> tuple[_Evidence, bool]:
        """The scenario's run where it called for the fallback, else a plain failure of what it protects."""
        if self.happened is not None:
            t = _first(self.happened, fallback_id, FallbackState.DETECTING, *_LATER)
            if t < inf:
                return self._read(self.happened, fallback_id, f, t), True
        failed = run(self.plan, _plain_failure(f.protects), system=self.system)
        t = _first(failed, fallback_id, FallbackState.DETECTING, *_LATER)
        return self._read(failed, fallback_id, f, t if t < inf else 0.0), False

    def _read(self, happened: Run, fallback_id: str, f: Fallback, triggered: float) -> _Evidence:
        noticed = _first(happened, fallback_id, *_LATER)
        detection = self.plan.components[f.protects].detection
        usual = triggered + (self.plan.defaults.detection if detection is None else detection)
        decision = self.plan.defaults.decision if f.decision is None else f.decision
        predicted = (noticed if noticed < inf else usual) + (0.0 if f.automatic else decision) + (f.lead_time or 0.0)
        return _Evidence(happened, triggered, _first(happened, fallback_id, FallbackState.ACTIVE), predicted)

    def _limit(self, subject: str, protects: str) -> tuple[float | None, str]:
        """The strictest RTO that the fallback must keep: the subject's own, else of what rests on the protected."""
        if self.plan.components[subject].kind == Kind.ACTIVITY:
            return self.plan.components[subject].analysis.rto, subject
        resting = [i for i in sorted(self.lineage.carried_by([protects])) if i in self.plan.activities]
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

    def _carried(self, f: Fallback, evidence: _Evidence) -> float:
        """Share of the protected component's output that it carries when it begins to, or would."""
        at = evidence.active if evidence.active < inf else evidence.triggered
        return f.capacity * min((evidence.run.level_at(v, at) for v in f.via), default=1.0)

    def _needed(self, subject: str, protects: str) -> float:
        """The smallest level of the protected component at which all activities concerned keep their MBCO."""
        if self.plan.components[subject].kind == Kind.ACTIVITY:
            concerned = [subject]
        else:
            concerned = [i for i in sorted(self.lineage.carried_by([protects])) if i in self.plan.activities]
        limits = {self.system.index[i]: self.plan.components[i].analysis.mbco for i in concerned}

        def enough(level: float) -> bool:
            own = np.ones(self.system.n)
            own[self.system.index[protects]] = level
            x = steady(self.system, own).x
            return all(x[i] >= limit - LEVEL for i, limit in limits.items())

        low, high = 0.0, 1.0
        if enough(low):
            return 0.0
        while high - low > 1e-6:  # noqa: PLR2004 - finer than any share people plan with
            middle = (low + high) / 2
            low, high = (low, middle) if enough(middle) else (middle, high)
        return round(high, 4)

    def _verdict(
        self,
        fallback_id: str,
        f: Fallback,
        evidence: _Evidence,
        fate: SharedFate,
        *,
        limit: float | None,
        began: float,
        carried: float,
        needed: float,
        triggered: bool,
    ) -> tuple[Verdict, tuple[str, ...]]:
        blockers = evidence.run.blocked.get(fallback_id, ())
        in_time = limit is None or evidence.predicted - began <= limit + LEVEL
        arrives = evidence.active if evidence.active < inf else evidence.predicted
        if blockers and (evidence.active == inf or (limit is not None and arrives - began > limit + LEVEL and in_time)):
            return Verdict.BLOCKED, blockers
        at = evidence.active if evidence.active < inf else evidence.triggered
        short = carried < needed - LEVEL
        gone = tuple(i for i in fate.shared if evidence.run.level_at(i, at) < 1.0 - LEVEL)
        if short and gone and carried < f.capacity - LEVEL:
            return Verdict.SHARES, self._nearest(fate, gone)
        if not triggered and fate.verdict == Fate.SHARES:
            return Verdict.SHARES, tuple(m.component for m in fate.meetings)
        if limit is not None and arrives - began > limit + LEVEL:
            return Verdict.TOO_LATE, ()
        if short:
            weak = tuple(v for v in f.via if evidence.run.level_at(v, at) < 1.0 - LEVEL)
            return Verdict.TOO_SMALL, weak
        if f.lead_time is None or fate.verdict == Fate.UNKNOWN:
            return Verdict.UNKNOWN, ()
        return Verdict.USABLE, ()

    def _nearest(self, fate: SharedFate, gone: tuple[str, ...]) -> tuple[str, ...]:
        """Of the shared components that are gone, the deepest ones: those that no other of them explains."""
        deepest = [i for i in gone if not (set(self.lineage.rests_on([i])) - {i}) & set(gone)]
        return tuple(sorted(deepest or gone))


_LATER = (
    FallbackState.ACTIVATING,
    FallbackState.BLOCKED,
    FallbackState.ACTIVE,
    FallbackState.FAILING_BACK,
    FallbackState.EXHAUSTED,
)


def _first(happened: Run, fallback: str, *states: FallbackState) -> float:
    """When a fallback first stood in one of the states; infinity: never."""
    return next((t for t, state in happened.fallbacks[fallback] if state in states), inf)


def _plain_failure(component: str) -> Scenario:
    """The component alone fails, for good, and monitoring sees it."""
    event = Event(at=0, select=Selector(id=(component,)), effect=Effect(level=0.0))  # type: ignore[arg-type]
    return Scenario(id="plain-failure", title={"en": "Plain failure"}, horizon="30d", events=(event,))  # type: ignore[arg-type]
