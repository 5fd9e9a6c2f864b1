"""A fallback that people drive: it waits for their decision, and does what they decide, when they decide it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf

from bcp.engine.levels.standing import Standing
from bcp.engine.levels.tolerance import SECONDS
from bcp.errors import NotFoundError
from bcp.model.decision import Act, Decision
from bcp.model.run import FallbackState
from bcp.model.spelling import did_you_mean
from bcp.saying import said

_UNDER_WAY = (FallbackState.ACTIVATING, FallbackState.BLOCKED)


@dataclass
class DrivenStanding(Standing):
    """A fallback's state in a run that is driven by decisions.

    `lead` is its lead time in seconds. One that is `automatic` goes on by itself, until it is stood down.
    What was activated before anything called for it stays in place until it has been called for and the
    primary is back, or until it is stood down.
    """

    lead: float = 0.0
    automatic: bool = False
    stood_down: bool = False
    called: bool = False
    decided_at: float = inf

    def step(self, t: float, blockers: frozenset[int], *, below: bool) -> bool:
        """Take the next change that is due at t, if any; True where there was one."""
        if self.state == FallbackState.WAITING:
            return not below and self._end(t)
        self.called = self.called or below
        return super().step(t, blockers, below=below)

    def decide(self, act: Act, t: float, *, below: bool) -> None:
        """What people decide or report at t; `below`: what it protects calls for it.

        Activating starts the lead time; a report that it is in place needs none. Either is held up by what
        stands in the way of an activation. Whatever is under way or in place already is left as it is.
        """
        match act:
            case Act.STAND_DOWN:
                self._stand_down(t, below)
            case _ if self.carries:
                self.state = FallbackState.ACTIVE
                self.stable_since = inf
            case Act.IN_PLACE:
                self._begin(t, 0.0, below)
            case Act.ACTIVATE if self.state not in _UNDER_WAY:
                self._begin(t, self.lead, below)

    def _begin(self, t: float, length: float, below: bool) -> None:
        if self.state not in _UNDER_WAY:
            self.called = below
        if below:
            self.noticed_at = min(self.noticed_at, t)
        self.decided_at = min(self.decided_at, t)
        self.state = FallbackState.ACTIVATING
        self.stood_down = False
        self.remaining = length
        self.running_since = t
        self.dropped = -inf

    def _stand_down(self, t: float, below: bool) -> None:
        self.stood_down = True
        if self.state in (FallbackState.IDLE, FallbackState.DETECTING):
            return
        if self.carries:
            self.dropped = t
        self.state = FallbackState.WAITING if below else FallbackState.IDLE

    def _detecting(self, t: float, below: bool) -> bool:
        moved = super()._detecting(t, below)
        if moved and self.state == FallbackState.ACTIVATING and (self.stood_down or not self.automatic):
            self.state = FallbackState.WAITING
        return moved

    def _activating(self, t: float, below: bool, blockers: frozenset[int]) -> bool:
        return super()._activating(t, below or not self.called, blockers)

    def _active(self, t: float, below: bool) -> bool:
        return super()._active(t, below or not self.called)

    def _end(self, t: float) -> bool:
        self.stood_down = False
        return super()._end(t)


@dataclass(slots=True)
class Decisions:
    """Decisions still to come in a run: scenario time (seconds), number of the fallback, and what is decided."""

    to_come: list[tuple[float, int, Act]]

    @property
    def next(self) -> float:
        """When the next one is taken; infinity: none is left."""
        return self.to_come[0][0] if self.to_come else inf

    def due(self, t: float) -> list[tuple[int, Act]]:
        """Those to be taken at t, in the order in which they were made; each is given once."""
        found = []
        while self.to_come and self.to_come[0][0] <= t + SECONDS:
            _, fallback, act = self.to_come.pop(0)
            found.append((fallback, act))
        return found


def in_order(decisions: Iterable[Decision], fallbacks: Mapping[str, int]) -> Decisions:
    """Decisions by time, those of one time in the order given; `fallbacks` gives each fallback its number.

    Raises NotFoundError for a fallback that there is not.
    """
    made = sorted(decisions, key=lambda d: d.at)
    for decision in made:
        if decision.fallback not in fallbacks:
            raise NotFoundError(
                said(
                    "a decision names the fallback {fallback!r}, which the plan does not have.",
                    fallback=decision.fallback,
                ),
                did_you_mean(decision.fallback, fallbacks, said("Name one that the plan has.")),
            )
    return Decisions([(d.at, fallbacks[d.fallback], d.act) for d in made])
