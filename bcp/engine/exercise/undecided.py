"""What happens if nobody decides anything, or decides on one fallback alone: the ground of the answer key."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf

from bcp.engine.levels.compile import System, compile_plan
from bcp.engine.run.result import run
from bcp.model.plan import Plan
from bcp.model.run import FallbackState, Run
from bcp.model.scenario import Scenario


@dataclass(frozen=True)
class Undecided:
    """A scenario on a plan whose people wait: only automatic fallbacks act, the others stay where noticed."""

    plan: Plan
    scenario: Scenario
    system: System
    _alone: dict[tuple[str, float], Run] = field(default_factory=dict, repr=False, compare=False)

    @property
    def run(self) -> Run:
        """The run in which nobody decides."""
        return self._run("", 0.0)

    def deciding(self, fallback: str, at: float | None = None) -> Run:
        """The run in which this fallback alone is decided on: at scenario time `at` (seconds), else once noticed."""
        return self._run(fallback, 0.0 if at is None else max(0.0, at - self.noticed(fallback)))

    def _run(self, decided: str, after: float) -> Run:
        if (decided, after) not in self._alone:
            never = self.scenario.horizon_s + 1.0
            fallbacks = {
                f: c if c.automatic else c.model_copy(update={"decision": after if f == decided else never})
                for f, c in self.plan.fallbacks.items()
            }
            waiting = self.plan.model_copy(update={"fallbacks": fallbacks})
            self._alone[decided, after] = run(waiting, self.scenario, system=self.system)
        return self._alone[decided, after]

    def noticed(self, fallback: str) -> float:
        """When it is noticed that the fallback is called for (scenario time in seconds); infinity: never."""
        waits = (FallbackState.ACTIVATING, FallbackState.BLOCKED, FallbackState.ACTIVE)
        return next((t for t, state in self.run.fallbacks[fallback] if state in waits), inf)

    def latest(self, fallback: str, until: float, lead: float) -> float:
        """The latest decision (scenario time) with which the lead time (seconds) is over at `until`.

        The clock of the lead time stands still while the fallback is blocked. Negative where a decision
        before the outage would have been needed.
        """
        states = self.run.fallbacks[fallback]
        ends = [*(t for t, _ in states[1:]), inf]
        left = lead
        for (since, state), end in reversed(list(zip(states, ends, strict=True))):
            free = 0.0 if state == FallbackState.BLOCKED else max(0.0, min(end, until) - since)
            if free > 0 and free >= left:
                return since + free - left
            left -= free
        return -left


def undecided(plan: Plan, scenario: Scenario, system: System | None = None) -> Undecided:
    """That scenario on that plan, to be asked. Raises as `run` does when it is."""
    return Undecided(plan, scenario, compile_plan(plan) if system is None else system)
