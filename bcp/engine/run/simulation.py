"""A plan living through a scenario: from instant to instant, by the rules of DESIGN section 3.

At one instant: events; then, until nothing changes, levels, what goes down and what has started;
then fallbacks, and again from the levels on where a fallback began or ceased to carry load. In a run that
people drive their decisions come last, and then all of it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import inf

import numpy as np

from bcp.engine.levels.compile import System
from bcp.engine.levels.requirements import Bools, Floats
from bcp.engine.levels.standing import HALF, Standing, terms
from bcp.engine.levels.steady import Levels, steady
from bcp.engine.levels.tolerance import LEVEL, SECONDS, ZERO
from bcp.engine.run.causes import Moment
from bcp.engine.run.driven import Decisions, DrivenStanding, in_order
from bcp.engine.run.events import Happenings, happenings
from bcp.engine.run.spoiling import Spoiling, Spoilt
from bcp.engine.run.starting import Waiting, waiting
from bcp.model.decision import Decision
from bcp.model.fallback import Fallback
from bcp.model.plan import Plan
from bcp.model.run import FallbackState
from bcp.model.scenario import Scenario

Watcher = Callable[[Moment, tuple[FallbackState, ...]], None]
"""Told of every instant once it has settled."""


@dataclass(slots=True)
class Simulation:
    """A run in progress. Copy it (`copy.deepcopy`) to go on from the same state twice."""

    plan: Plan
    system: System
    happenings: Happenings
    standings: list[Standing]
    needs: list[tuple[int, ...]]
    restart: Floats
    complaining: Floats
    event_times: list[float]
    decisions: Decisions = field(default_factory=lambda: Decisions([]))
    spoiling: Spoiling | None = None
    t: float = -inf
    own: Floats = field(default_factory=lambda: np.ones(0))
    x: Floats = field(default_factory=lambda: np.ones(0))
    p: Floats = field(default_factory=lambda: np.ones(0))
    down: Bools = field(default_factory=lambda: np.zeros(0, np.bool_))
    frozen: Bools = field(default_factory=lambda: np.zeros(0, np.bool_))
    since: Floats = field(default_factory=lambda: np.ones(0))
    fell: dict[int, Moment] = field(default_factory=dict)
    spoilt: Spoilt | None = None

    @property
    def moment(self) -> Moment:
        """The settled present, from which causes can be read."""
        return Moment(
            self.t, self.system, self.happenings, self.own, self.x, self.p, self.down.copy(), dict(self.fell)
        )

    def run_to(self, until: float, watcher: Watcher | None = None) -> None:
        """Live through every instant before `until` (scenario time in seconds)."""
        while (t := self._next()) < until - SECONDS:
            self._live(t, watcher)

    def pause_at(self, t: float, watcher: Watcher | None = None) -> None:
        """Live through every instant up to `t` and settle at `t` itself, though nothing may change there."""
        self.run_to(t, watcher)
        self._live(t, watcher)

    def _live(self, t: float, watcher: Watcher | None) -> None:
        if self.t > -inf:
            for standing in self.standings:
                standing.elapse(t - self.t)
        self._happen(t)
        self._settle()
        if watcher is not None:
            watcher(self.moment, tuple(s.state for s in self.standings))

    def _next(self) -> float:
        """The next instant at which anything is due."""
        if self.t == -inf:
            return 0.0
        while self.event_times and self.event_times[0] <= self.t + SECONDS:
            self.event_times.pop(0)
        due = [self.decisions.next, *(s.due(self.t) for s in self.standings)]
        if self.event_times:
            due.append(self.event_times[0])
        if self.down.any():
            starts = self.since[self.down] + self.restart[self.down]
            due.append(float(starts.min()))
        return max(min(due, default=inf), self.t)

    def _happen(self, t: float) -> None:
        event_due = self.t == -inf or (bool(self.event_times) and self.event_times[0] <= t + SECONDS)
        self.t = t
        if event_due:
            self.own = self.happenings.own(t)
            self.frozen = self.happenings.frozen(t)
            if self.spoiling is not None:
                self.spoiling.happen(t)

    def _settle(self) -> None:
        while True:
            self._levels()
            before = [s.carries for s in self.standings]
            self._fallbacks()
            if before == [s.carries for s in self.standings] and not self._decided():
                break
        self._restart_clocks()
        rate = float(self.complaining @ (1.0 - self._good())) if self.standings else 0.0
        for f, standing in enumerate(self.standings):
            standing.rate = rate
            if standing.state == FallbackState.BLOCKED:
                standing.blocked_by |= self._blockers(f)

    def _good(self) -> Floats:
        """The share of its normal output that each component delivers and that is good."""
        return self.x if self.spoilt is None else self.x * self.spoilt.delivered

    def _levels(self) -> None:
        """Levels of an instant, and with them qualities where an event has to do with those."""
        active = [f for f, s in enumerate(self.standings) if s.carries]
        self._settle_levels(active)
        if self.spoiling is not None:
            self.spoilt = self.spoiling.settled(Levels(self.x, self.p), active, self.t)

    def _settle_levels(self, active: list[int]) -> None:
        """Levels, then what went down and what has started, until neither changes anything."""
        begun, refused = np.zeros_like(self.down), np.zeros_like(self.down)
        while True:
            levels = steady(self.system, self.own, self.down, active)
            self.x, self.p = levels.x, levels.p
            fallen = (self.p <= ZERO) & ~self.down
            if fallen.any():
                self._fall(fallen)
            if not self.down.any():
                return
            refused |= begun & fallen
            ready = (self._ready_at() <= self.t + SECONDS) & ~refused
            started = self._waiting().starting_now(self.x, ready)
            if not started.any():
                return
            begun |= started
            self.down = self.down & ~started
            for i in np.flatnonzero(started).tolist():
                del self.fell[i]

    def _fall(self, fallen: Bools) -> None:
        self.down = self.down | fallen
        self.since[fallen] = inf
        moment = Moment(
            self.t, self.system, self.happenings, self.own, self.x, self.p, self.down, dict(self.fell)
        )
        self.fell.update(dict.fromkeys(np.flatnonzero(fallen).tolist(), moment))

    def _waiting(self) -> Waiting:
        return waiting(self.system, self.own, self.down)

    def _ready_at(self) -> Floats:
        """When each component's restart is done if nothing breaks it; it begins now where it has not."""
        return np.where(np.isinf(self.since), self.t, self.since) + self.restart

    def _restart_clocks(self) -> None:
        """Clocks of what is starting run on, or begin now; a break sets them back."""
        if self.down.any():
            able = self._waiting().startable(self.x)
            self.since = np.where(able, np.where(np.isinf(self.since), self.t, self.since), inf)

    def _fallbacks(self) -> None:
        """Every change of state that is due at these levels, of each fallback until it takes up or drops load."""
        now: Moment | None = None
        for f, standing in enumerate(self.standings):
            below = self._calls(f, standing)
            if standing.state == FallbackState.IDLE:
                if not below:
                    continue
                now = now or self.moment
                self._trigger(f, standing, now)
            elif standing.unseen and below:
                now = now or self.moment
                self._listen(f, standing, now)
            blockers = self._blockers(f)
            carried = standing.carries
            while standing.carries == carried and standing.step(self.t, blockers, below=below):
                pass

    def _decided(self) -> bool:
        """Take the decisions that are due, on the levels as people see them; False where there are none."""
        due = self.decisions.due(self.t)
        for f, act in due:
            standing = self.standings[f]
            if isinstance(standing, DrivenStanding):
                standing.decide(act, self.t, below=self._calls(f, standing))
        return bool(due)

    def _calls(self, f: int, standing: Standing) -> bool:
        protected = self.system.bypasses[f].protects
        quality = 1.0 if self.spoilt is None else float(self.spoilt.primary[protected])
        return standing.calls(float(self.p[protected]), quality)

    def _roots(self, f: int, standing: Standing, now: Moment) -> frozenset[int]:
        """The events behind what calls for a fallback: of the level, of the quality, or of both."""
        protected = self.system.bypasses[f].protects
        primary = float(self.p[protected])
        if self.spoilt is None or not standing.calls(1.0, float(self.spoilt.primary[protected])):
            return now.roots(protected)
        spoiling = self.spoilt.roots(protected)
        return spoiling | now.roots(protected) if standing.calls(primary) else spoiling

    def _trigger(self, f: int, standing: Standing, now: Moment) -> None:
        standing.state = FallbackState.DETECTING
        standing.triggered = self.t
        standing.complaints = 0.0
        standing.noticed = inf
        if self._roots(f, standing, now):
            self._listen(f, standing, now)
        else:
            standing.noticed = self.t + standing.terms.detection
        standing.silent = standing.unseen

    def _listen(self, f: int, standing: Standing, now: Moment) -> None:
        """Monitoring sees the failure once an event at the root of its causes is not silent."""
        events = [self.happenings.items[e].event for e in sorted(self._roots(f, standing, now))]
        delays = [
            standing.terms.detection if e.detected_after is None else e.detected_after
            for e in events
            if not e.silent
        ]
        if delays:
            standing.noticed = self.t + min(delays)

    def _blockers(self, f: int) -> frozenset[int]:
        return frozenset(i for i in self.needs[f] if self.x[i] < HALF - LEVEL or self.frozen[i])


def simulation(
    plan: Plan, system: System, scenario: Scenario, decisions: Iterable[Decision] | None = None
) -> Simulation:
    """A run of the scenario that has not begun. Raises SelectorError where the scenario does not fit the plan.

    With `decisions`, be they none, fallbacks that are not automatic wait for a decision once they are
    noticed. Raises NotFoundError for a decision about a fallback that the plan does not have.
    """
    falling = happenings(system, plan, scenario)
    fallbacks = [plan.fallbacks[f] for f in system.bypass_ids]
    index = system.index
    complaining = np.zeros(system.n)
    for i, activity in plan.activities.items():
        complaining[index[i]] = activity.analysis.demand / 3600.0 * plan.defaults.complaint_rate
    return Simulation(
        plan=plan,
        system=system,
        happenings=falling,
        standings=[_standing(plan, f, driven=decisions is not None) for f in fallbacks],
        needs=[
            tuple(sorted({index[i] for i in (*f.needs, *([f.executes_at] if f.executes_at else []))}))
            for f in fallbacks
        ],
        restart=np.array([plan.components[i].restart for i in system.ids]),
        complaining=complaining,
        event_times=falling.times(),
        decisions=in_order(decisions or (), {f: k for k, f in enumerate(system.bypass_ids)}),
        spoiling=Spoiling(falling) if falling.spoils else None,
        down=np.zeros(system.n, np.bool_),
        since=np.full(system.n, inf),
    )


def _standing(plan: Plan, fallback: Fallback, *, driven: bool) -> Standing:
    own = terms(fallback, plan.components[fallback.protects].detection, plan.defaults)
    if not driven:
        return Standing(own)
    return DrivenStanding(own, lead=fallback.lead_time or 0.0, automatic=fallback.automatic)
