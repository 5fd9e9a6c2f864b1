"""A run as the value that is printed, stored and reported."""

from __future__ import annotations

from collections.abc import Iterable

from bcp.engine.levels.compile import System
from bcp.engine.run.causes import deadlocked
from bcp.engine.run.events import Happening
from bcp.engine.run.metrics import activity_results, affected
from bcp.engine.run.timeline import Trajectory, simulate
from bcp.model.decision import Decision
from bcp.model.duration import duration_text
from bcp.model.plan import Plan
from bcp.model.run import Run, Strike
from bcp.model.scenario import Effect, Scenario


def run(
    plan: Plan,
    scenario: Scenario,
    *,
    system: System | None = None,
    causes: bool = True,
    decisions: Iterable[Decision] | None = None,
) -> Run:
    """Run a scenario on a plan: what goes down, why, who is hit and which fallbacks carry load.

    `system` is the plan compiled, where the caller has it already. Without `causes` no chains are read.
    With `decisions`, be they none, fallbacks that are not automatic do only what is decided, when it is.
    Raises BcpError where the plan contradicts itself and SelectorError where the scenario does not fit it.
    """
    trajectory = simulate(plan, scenario, system=system, causes=causes, decisions=decisions)
    return as_run(plan, scenario, trajectory)


def as_run(plan: Plan, scenario: Scenario, trajectory: Trajectory) -> Run:
    """What a trajectory of this scenario on this plan means for people."""
    return Run(
        plan=plan.organisation.name,
        plan_hash=plan.content_hash,
        scenario=scenario.id,
        parameters={name: scenario.parameters[name].default for name in sorted(scenario.parameters)},
        horizon_s=scenario.horizon_s,
        levels={i: tuple(steps) for i, steps in trajectory.levels.items()},
        activities=activity_results(plan, trajectory),
        fallbacks={f: tuple(steps) for f, steps in trajectory.states.items()},
        blocked=trajectory.blocked,
        affected=affected(plan, trajectory),
        causes=trajectory.lowest_chain,
        strikes=tuple(_strike(item, trajectory) for item in trajectory.happenings.items),
        noticed_s=min(trajectory.noticed.values(), default=None),
        declared_s=_declared(plan, trajectory),
        deadlocks=deadlocked(trajectory.last, trajectory.waiting),
        quality={i: tuple(steps) for i, steps in trajectory.quality.items()},
        quality_causes=trajectory.spoiling_chain,
    )


def _declared(plan: Plan, trajectory: Trajectory) -> float | None:
    """When the first decision is taken: `decision` after it was noticed, at once where it is automatic.

    In a run that people drive, when they took it.
    """
    times = [] if trajectory.decided is None else list(trajectory.decided.values())
    for f, t in trajectory.noticed.items():
        fallback = plan.fallbacks[f]
        if trajectory.decided is not None and not fallback.automatic:
            continue
        decision = plan.defaults.decision if fallback.decision is None else fallback.decision
        times.append(t + (0.0 if fallback.automatic else decision))
    return min(times, default=None)


def _strike(item: Happening, trajectory: Trajectory) -> Strike:
    ids = trajectory.system.ids
    return Strike(
        at_s=item.event.at,
        until_s=item.event.end,
        components=tuple(sorted(ids[i] for i in item.on)),
        silent=item.event.silent,
        text=effect_text(item.event.effect),
    )


def effect_text(effect: Effect) -> str:
    """An effect as a scenario file has it, in one line: `level 0`, `ramp to 0.05 over 2h`, `frozen`, `surge 4`."""
    parts = []
    if effect.level is not None:
        parts.append(f"level {effect.level:g}")
    if effect.ramp is not None:
        parts.append(f"ramp to {effect.ramp.to:g} over {duration_text(effect.ramp.over)}")
    if effect.freeze:
        parts.append("frozen")
    if effect.surge is not None:
        parts.append(f"surge {effect.surge:g}")
    if effect.quality is not None:
        parts.append(f"quality {effect.quality:g}")
    return ", ".join(parts)
