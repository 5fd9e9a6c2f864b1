"""What share of those who dial a number get through, told apart from those who reach another number instead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bcp.engine.levels.compile import System
from bcp.engine.levels.tolerance import ZERO
from bcp.engine.run.causes import Moment
from bcp.engine.run.simulation import simulation
from bcp.model.component import Kind
from bcp.model.decision import Decision
from bcp.model.fallback import Fallback
from bcp.model.plan import Plan
from bcp.model.run import FallbackState
from bcp.model.scenario import Scenario

Steps = tuple[tuple[float, float], ...]
"""(seconds of scenario time, level) from 0 on; a level holds until the next one's time."""

_CARRYING = (FallbackState.ACTIVE, FallbackState.FAILING_BACK)


INTERNAL = "internal"
"""The tag of a number that is told to nobody outside."""

NOT_GIVEN_OUT = frozenset({"reserve", INTERNAL})
"""Tags of numbers that callers are not told: there for a fallback only, or among the staff."""


def given_to_callers(plan: Plan) -> tuple[str, ...]:
    """The numbers that callers know: those that activities rest on directly, but none kept back; sorted."""
    own = {m for a in plan.activities.values() for r in a.requires for m in r.members}
    return tuple(
        i
        for i, c in sorted(plan.of_kind(Kind.NUMBER).items())
        if i in own and NOT_GIVEN_OUT.isdisjoint(c.tags)
    )


def published_by(plan: Plan, fallback: Fallback) -> tuple[str, ...]:
    """The numbers that callers are told to dial while this fallback is active.

    A diversion (`executes_at`) tells nobody anything: callers dial as before.
    """
    if fallback.executes_at is not None:
        return ()
    return tuple(i for i in fallback.via if plan.components[i].kind == Kind.NUMBER)


def given_to_everybody(plan: Plan, fallback: Fallback) -> tuple[str, ...]:
    """Those of the numbers it publishes that the public is told: it goes over a notice channel, or needs one.

    A number that is tagged as internal is told to nobody outside, whatever its fallback needs.
    """
    used = (plan.components.get(i) for i in (*fallback.via, *fallback.needs))
    if not any(c is not None and c.kind == Kind.CHANNEL for c in used):
        return ()
    return tuple(i for i in published_by(plan, fallback) if INTERNAL not in plan.components[i].tags)


def dialled_levels(
    plan: Plan, scenario: Scenario, system: System, decisions: Iterable[Decision] | None = None
) -> Mapping[str, Steps]:
    """For each number of the plan the share (0–1) of those who dial it that get through, over the run.

    It is the primary level, and what active fallbacks add that leave the number as it is: a diversion, a
    move to another platform. A fallback that publishes another number helps callers but not this number.
    `decisions` drive the run, where they are given. Raises as `simulate` does.
    """
    recorder = _Recorder(plan, system)
    simulation(plan, system, scenario, decisions).run_to(scenario.horizon_s, recorder)
    return {i: tuple(steps) for i, steps in sorted(recorder.levels.items())}


@dataclass(slots=True)
class _Recorder:
    plan: Plan
    system: System
    levels: dict[str, list[tuple[float, float]]] = field(init=False)
    quiet: Mapping[str, tuple[tuple[int, str], ...]] = field(init=False)

    def __post_init__(self) -> None:
        self.levels = {i: [] for i in self.plan.of_kind(Kind.NUMBER)}
        quiet = defaultdict(list)
        for k, f in enumerate(self.system.bypass_ids):
            fallback = self.plan.fallbacks[f]
            if not published_by(self.plan, fallback):
                quiet[fallback.protects].append((k, f))
        self.quiet = {i: tuple(found) for i, found in quiet.items()}

    def __call__(self, moment: Moment, states: tuple[FallbackState, ...]) -> None:
        index = self.system.index
        for number, steps in self.levels.items():
            level = float(moment.p[index[number]])
            for k, f in self.quiet.get(number, ()):
                if states[k] in _CARRYING:
                    fallback = self.plan.fallbacks[f]
                    carried = min((float(moment.x[index[j]]) for j in fallback.via), default=0.0)
                    level += fallback.capacity * carried
            level = min(1.0, level)
            if not steps or abs(steps[-1][1] - level) > ZERO:
                steps.append((moment.t, level))
