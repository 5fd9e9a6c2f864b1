"""A whole run as step functions: every component's level and every fallback's state over time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from bcp.engine.levels.compile import System, compile_plan
from bcp.engine.levels.requirements import Floats
from bcp.engine.levels.tolerance import ZERO
from bcp.engine.run.causes import Moment, chain_ids
from bcp.engine.run.driven import DrivenStanding
from bcp.engine.run.events import Happenings
from bcp.engine.run.simulation import Simulation, simulation
from bcp.engine.run.spoiling import Spoilt
from bcp.model.decision import Decision
from bcp.model.plan import Plan
from bcp.model.run import FallbackState
from bcp.model.scenario import Scenario

Steps = list[tuple[float, float]]
"""(seconds of scenario time, level) from 0 on; a level holds until the next one's time."""


@dataclass(slots=True)
class Trajectory:
    """What a simulation went through, up to `horizon` (seconds of scenario time).

    `lowest_chain` holds, for each component that ever fell below its full level, the chain down to
    what an event struck, read at the first moment of its lowest level. `quality` and `spoiling_chain`
    say the same of qualities, for components whose quality ever is below 1. `decided` says, in a run that
    people's decisions drive, when each fallback was first decided on; else it is None.
    """

    system: System
    happenings: Happenings
    horizon: float
    levels: Mapping[str, Steps]
    states: Mapping[str, list[tuple[float, FallbackState]]]
    blocked: Mapping[str, tuple[str, ...]]
    noticed: Mapping[str, float]
    lowest_chain: Mapping[str, tuple[str, ...]]
    last: Moment
    waiting: tuple[int, ...]
    decided: Mapping[str, float] | None = None
    quality: Mapping[str, Steps] = field(default_factory=dict)
    spoiling_chain: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class _Recorder:
    """Collects step functions from settled moments."""

    progress: Simulation
    with_causes: bool
    level: Floats
    lowest: Floats
    levels: list[Steps]
    states: list[list[tuple[float, FallbackState]]]
    lowest_at: dict[int, Moment] = field(default_factory=dict)
    qualities: dict[int, Steps] = field(default_factory=dict)
    worst_at: dict[int, Spoilt] = field(default_factory=dict)

    def __call__(self, moment: Moment, states: tuple[FallbackState, ...]) -> None:
        moved = np.flatnonzero(np.abs(moment.x - self.level) > ZERO)
        for i in moved.tolist():
            self.levels[i].append((moment.t, float(moment.x[i])))
        self.level[moved] = moment.x[moved]
        for f, state in enumerate(states):
            if not self.states[f] or self.states[f][-1][1] != state:
                self.states[f].append((moment.t, state))
        if self.with_causes:
            deeper = np.flatnonzero(moment.x < self.lowest - ZERO)
            self.lowest[deeper] = moment.x[deeper]
            self.lowest_at.update(dict.fromkeys(deeper.tolist(), moment))
        if self.progress.spoilt is not None:
            self._qualities(moment.t, self.progress.spoilt)

    def _qualities(self, t: float, spoilt: Spoilt) -> None:
        worse = np.flatnonzero(spoilt.delivered < 1.0 - ZERO).tolist()
        for i in sorted({*worse, *self.qualities}):
            quality = float(spoilt.delivered[i])
            steps = self.qualities.setdefault(i, [(0.0, 1.0)] if t > 0 else [(0.0, quality)])
            if abs(quality - steps[-1][1]) > ZERO:
                steps.append((t, quality))
            if self.with_causes and (
                i not in self.worst_at or quality < self.worst_at[i].delivered[i] - ZERO
            ):
                self.worst_at[i] = spoilt


def simulate(
    plan: Plan,
    scenario: Scenario,
    *,
    system: System | None = None,
    causes: bool = True,
    decisions: Iterable[Decision] | None = None,
) -> Trajectory:
    """Run a scenario on a plan to its horizon.

    `system` is the plan compiled, where the caller has it already. Without `causes` no chains are
    read. With `decisions` they drive the run: see `simulation`. Raises BcpError where the plan contradicts
    itself and SelectorError where the scenario does not fit it.
    """
    compiled = compile_plan(plan) if system is None else system
    progress = simulation(plan, compiled, scenario, decisions)
    recorder = _Recorder(
        progress,
        causes,
        np.full(compiled.n, np.inf),
        np.ones(compiled.n),
        [[] for _ in compiled.ids],
        [[] for _ in compiled.bypasses],
    )
    progress.run_to(scenario.horizon_s, recorder)
    return _trajectory(progress, recorder, scenario.horizon_s, driven=decisions is not None)


def _trajectory(progress: Simulation, recorder: _Recorder, horizon: float, *, driven: bool) -> Trajectory:
    system = progress.system
    named = sorted(range(system.n), key=lambda i: system.ids[i])
    waiting = np.flatnonzero(progress.down & (progress.own > ZERO) & np.isinf(progress.since))
    return Trajectory(
        system=system,
        happenings=progress.happenings,
        horizon=horizon,
        levels={system.ids[i]: recorder.levels[i] for i in named},
        states={f: recorder.states[k] for k, f in enumerate(system.bypass_ids)},
        blocked={
            f: tuple(sorted(system.ids[i] for i in s.blocked_by))
            for f, s in zip(system.bypass_ids, progress.standings, strict=True)
            if s.blocked_by
        },
        noticed={
            f: s.noticed_at
            for f, s in zip(system.bypass_ids, progress.standings, strict=True)
            if s.noticed_at < float("inf")
        },
        lowest_chain={
            system.ids[i]: chain_ids(recorder.lowest_at[i], i) for i in named if i in recorder.lowest_at
        },
        last=progress.moment,
        waiting=tuple(waiting.tolist()),
        decided=_decided(progress) if driven else None,
        quality={system.ids[i]: recorder.qualities[i] for i in named if i in recorder.qualities},
        spoiling_chain={
            system.ids[i]: recorder.worst_at[i].chain(i, system) for i in named if i in recorder.worst_at
        },
    )


def _decided(progress: Simulation) -> dict[str, float]:
    return {
        f: standing.decided_at
        for f, standing in zip(progress.system.bypass_ids, progress.standings, strict=True)
        if isinstance(standing, DrivenStanding) and standing.decided_at < float("inf")
    }


def moment_at(
    plan: Plan,
    scenario: Scenario,
    t: float,
    *,
    system: System | None = None,
    decisions: Iterable[Decision] | None = None,
) -> Moment:
    """The settled state at scenario time t (seconds), from which causes can be read."""
    progress = simulation(plan, compile_plan(plan) if system is None else system, scenario, decisions)
    progress.pause_at(max(0.0, t))
    return progress.moment
