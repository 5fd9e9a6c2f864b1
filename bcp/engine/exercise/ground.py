"""All that an exercise is written from: the run in which nobody decides, who is reached in it, and who plays."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from bcp.engine.exercise.roles import Seats
from bcp.engine.exercise.undecided import Undecided
from bcp.model.plan import Plan
from bcp.model.reachability import Reachability
from bcp.model.run import Run
from bcp.model.scenario import Scenario
from bcp.words import Words

_CHAIN = 6
"""A chain of causes is cut after so many."""


@dataclass(frozen=True)
class Ground:
    """All that injects are written from."""

    waiting: Undecided
    people: Reachability
    seated: Seats
    words: Words

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.waiting.plan

    @property
    def scenario(self) -> Scenario:
        """The outage."""
        return self.waiting.scenario

    @property
    def run(self) -> Run:
        """What happens if nobody decides."""
        return self.waiting.run

    @property
    def disrupted(self) -> tuple[str, ...]:
        """The activities that fall below their MBCO, those with the least time first."""
        hit = [i for i in self.plan.activities if self.run.activities[i].first_below_s is not None]
        return tuple(sorted(hit, key=self._urgency))

    def behind(self, component: str) -> str:
        """The chain from a component down to its cause, for the facilitator."""
        chain = self.run.causes.get(component, ())
        return " → ".join(self.plan.title(i) for i in chain[:_CHAIN]) + (
            " → …" if len(chain) > _CHAIN else ""
        )

    def _urgency(self, activity: str) -> tuple[float, float, float]:
        rto = self.plan.components[activity].analysis.rto
        return (
            inf if rto is None else rto,
            -self.plan.components[activity].analysis.demand,
            self.run.activities[activity].first_below_s or 0.0,
        )
