"""One fallback over time: where it stands, and when that changes next."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf

from bcp.engine.levels.tolerance import LEVEL, SECONDS
from bcp.model.fallback import Fallback
from bcp.model.plan import Defaults
from bcp.model.run import FallbackState

HALF = 0.5
"""Below this level, what an activation needs does not serve."""

NOTICED_AT_LATEST = 24 * 3600.0
"""Seconds after which a silent failure is noticed even without complaints."""


@dataclass(frozen=True, slots=True)
class Terms:
    """A fallback's figures with the plan's defaults filled in. Times in seconds, levels 0–1."""

    trigger_below: float
    trigger_quality_below: float
    detection: float
    activation: float
    endurance: float
    stabilise: float
    failback: float
    complaints_to_notice: float


def terms(fallback: Fallback, detection: float | None, defaults: Defaults) -> Terms:
    """The terms of a fallback whose protected component has this `detection` (None: the plan's)."""
    decision = defaults.decision if fallback.decision is None else fallback.decision
    return Terms(
        trigger_below=defaults.trigger_below if fallback.trigger_below is None else fallback.trigger_below,
        trigger_quality_below=fallback.trigger_quality_below or 0.0,
        detection=defaults.detection if detection is None else detection,
        activation=(0.0 if fallback.automatic else decision) + (fallback.lead_time or 0.0),
        endurance=inf if fallback.endurance is None else fallback.endurance,
        stabilise=defaults.stabilise if fallback.stabilise is None else fallback.stabilise,
        failback=fallback.failback,
        complaints_to_notice=defaults.complaints_to_notice,
    )


@dataclass(slots=True)
class Standing:
    """A fallback's state during a run. Times are scenario time in seconds; infinity means never."""

    terms: Terms
    state: FallbackState = FallbackState.IDLE
    triggered: float = inf
    noticed: float = inf
    silent: bool = False
    complaints: float = 0.0
    rate: float = 0.0
    remaining: float = 0.0
    running_since: float = inf
    active_since: float = inf
    stable_since: float = inf
    failing_since: float = inf
    dropped: float = -inf
    noticed_at: float = inf
    blocked_by: set[int] = field(default_factory=set)

    @property
    def carries(self) -> bool:
        """True while it carries load."""
        return self.state in (FallbackState.ACTIVE, FallbackState.FAILING_BACK)

    @property
    def unseen(self) -> bool:
        """True while monitoring has seen nothing of what calls for it; complaints may still come first."""
        return self.state == FallbackState.DETECTING and self.noticed == inf

    def calls(self, primary: float, quality: float = 1.0) -> bool:
        """True where the protected component's primary level, or the quality of that, calls for it."""
        return (
            primary < self.terms.trigger_below - LEVEL or quality < self.terms.trigger_quality_below - LEVEL
        )

    def due(self, t: float) -> float:
        """When it changes next by its own clocks, seen from t; infinity where only something else changes it."""
        match self.state:
            case FallbackState.DETECTING:
                return min(self.noticed, self._complaints_due(t), self._late())
            case FallbackState.ACTIVATING:
                done = self.running_since + self.remaining
                return inf if done <= t + SECONDS and self._just_dropped(t) else done
            case FallbackState.ACTIVE:
                return min(self.active_since + self.terms.endurance, self.stable_since + self.terms.stabilise)
            case FallbackState.FAILING_BACK:
                return min(self.active_since + self.terms.endurance, self.failing_since + self.terms.failback)
            case _:
                return inf

    def _complaints_due(self, t: float) -> float:
        if not self.silent or self.rate <= 0:
            return inf
        return t + max(0.0, self.terms.complaints_to_notice - self.complaints) / self.rate

    def _late(self) -> float:
        return self.triggered + NOTICED_AT_LATEST if self.silent else inf

    def elapse(self, seconds: float) -> None:
        """Complaints come in while a silent failure goes unnoticed."""
        if self.state == FallbackState.DETECTING and self.silent:
            self.complaints += self.rate * seconds

    def step(self, t: float, blockers: frozenset[int], *, below: bool) -> bool:
        """Take the next change that is due at t, if any; True where there was one.

        `below`: what it protects calls for it. Being triggered is not among the changes: that needs the
        causes (see the simulation).
        """
        match self.state:
            case FallbackState.DETECTING:
                return self._detecting(t, below)
            case FallbackState.ACTIVATING | FallbackState.BLOCKED:
                return self._activating(t, below, blockers)
            case FallbackState.ACTIVE:
                return self._active(t, below)
            case FallbackState.FAILING_BACK:
                return self._failing_back(t, below)
            case FallbackState.EXHAUSTED:
                return not below and self._end(t)
            case _:
                return False

    def _detecting(self, t: float, below: bool) -> bool:
        if not below:
            return self._end(t)
        complained = self.silent and self.complaints >= self.terms.complaints_to_notice - LEVEL
        if not complained and min(self.noticed, self._late()) > t + SECONDS:
            return False
        self.state = FallbackState.ACTIVATING
        self.noticed_at = min(self.noticed_at, t)
        self.remaining = self.terms.activation
        self.running_since = t
        return True

    def _activating(self, t: float, below: bool, blockers: frozenset[int]) -> bool:
        if not below:
            return self._end(t)
        if blockers:
            if self.state == FallbackState.BLOCKED:
                return False
            self.remaining = max(0.0, self.remaining - (t - self.running_since))
            self.running_since = inf
            self.state = FallbackState.BLOCKED
            return True
        if self.state == FallbackState.BLOCKED:
            self.state = FallbackState.ACTIVATING
            self.running_since = t
            return True
        if self._just_dropped(t) or self.running_since + self.remaining > t + SECONDS:
            return False
        self.state = FallbackState.ACTIVE
        self.active_since = t
        self.stable_since = inf
        return True

    def _active(self, t: float, below: bool) -> bool:
        if self.active_since + self.terms.endurance <= t + SECONDS:
            return self._exhaust(t)
        if below:
            self.stable_since = inf
            return False
        if self.stable_since == inf:
            self.stable_since = t
        if self.stable_since + self.terms.stabilise > t + SECONDS:
            return False
        self.state = FallbackState.FAILING_BACK
        self.failing_since = t
        return True

    def _failing_back(self, t: float, below: bool) -> bool:
        if self.active_since + self.terms.endurance <= t + SECONDS:
            return self._exhaust(t)
        if below:
            self.state = FallbackState.ACTIVE
            self.stable_since = inf
            return True
        return self.failing_since + self.terms.failback <= t + SECONDS and self._end(t)

    def _exhaust(self, t: float) -> bool:
        self.state = FallbackState.EXHAUSTED
        self.dropped = t
        return True

    def _end(self, t: float) -> bool:
        if self.carries:
            self.dropped = t
        self.state = FallbackState.IDLE
        return True

    def _just_dropped(self, t: float) -> bool:
        """True at the instant at which it dropped its load, which it cannot take up again at the same one."""
        return t <= self.dropped + SECONDS
