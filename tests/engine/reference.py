"""A slow and literal reading of DESIGN section 3, for tests to compare the engine with.

Plain dictionaries and loops, one function a rule, each quoting the sentence that it implements.
`reference_run` gives what `bcp run --json` gives. Selectors: `id` and `kind` only.
"""

from __future__ import annotations

from typing import Any

from bcp.model.plan import Plan
from bcp.model.scenario import Scenario
from tests.engine.reference_fallbacks import (
    blockers,
    change_fallback,
    complaints_per_second,
    notice_due,
    set_stabilise_clocks,
    stabilise_of,
)
from tests.engine.reference_levels import ZERO
from tests.engine.reference_metrics import Stretch, activity_metrics, affected_customers
from tests.engine.reference_scenario import CLOCK, Happenings
from tests.engine.reference_world import CARRYING, Memory, World, set_restart_clocks, settle


def reference_run(plan: Plan, scenario: Scenario) -> dict[str, Any]:
    """What happens to `plan` in `scenario`, in the form of `bcp run --json`."""
    world = World(plan, Happenings(plan, scenario))
    world.fallbacks = {f: Memory() for f in plan.fallbacks}
    horizon = scenario.horizon_s
    stretches: list[Stretch] = []
    blocked: dict[str, set[str]] = {}
    while True:
        pass_through_instant(world)
        for f, memory in world.fallbacks.items():
            if memory.state == "blocked":
                blocked.setdefault(f, set()).update(blockers(world, plan.fallbacks[f]))
        upcoming = next_instant(world)
        until = horizon if upcoming is None or upcoming >= horizon - CLOCK else upcoming
        states = {f: memory.state for f, memory in world.fallbacks.items()}
        surges = {i: world.happenings.surge(i, world.t) for i in plan.activities}
        good = dict(world.good.delivered)
        stretches.append(Stretch(world.t, until, dict(world.now.delivered), states, surges, good))
        if until == horizon:
            break
        let_time_pass(world, until)
    return {
        "format": "bcp-run/1",
        "horizon_s": horizon,
        "levels": {i: step_function([(s.start, s.levels[i]) for s in stretches]) for i in plan.components},
        "activities": {i: activity_metrics(c, i, stretches) for i, c in plan.activities.items()},
        "fallbacks": {f: step_function([(s.start, s.states[f]) for s in stretches]) for f in plan.fallbacks},
        "blocked": {f: sorted(by) for f, by in blocked.items()},
        "affected": affected_customers(plan, stretches),
        "quality": {
            i: step_function([(s.start, s.qualities[i]) for s in stretches])
            for i in plan.components
            if any(s.qualities[i] < 1 - ZERO for s in stretches)
        },
    }


def step_function(points: list[tuple[float, Any]]) -> list[list[Any]]:
    """`[[t_s, value], …]`, only where the value changes."""
    steps: list[list[Any]] = []
    for t, value in points:
        same = steps and (
            value == steps[-1][1] or (isinstance(value, float) and abs(value - steps[-1][1]) <= ZERO)
        )
        if not same:
            steps.append([t, value])
    return steps


def pass_through_instant(world: World) -> None:
    """Everything that happens at one instant, and the clocks that begin there.

    'Order at one instant: events; then, until nothing changes: levels, down, started; then fallbacks, and
    again levels if a fallback changed.' All fallbacks look at the same settled levels, so their order does
    not matter.
    """
    settle(world)
    while True:
        changed = [change_fallback(world, f) for f in world.fallbacks]
        if not any(changed):
            break
        settle(world)
    set_restart_clocks(world)
    set_stabilise_clocks(world)


def next_instant(world: World) -> float | None:
    """By 'A run is a sequence of instants at which something changes; between them levels are constant'."""
    dues = world.happenings.changes()
    for i, since in world.down.items():
        if since is not None:
            dues.append(since + world.plan.components[i].restart)
    for f in world.fallbacks:
        dues += fallback_dues(world, f)
    later = [due for due in dues if due > world.t + CLOCK]
    return min(later, default=None)


def fallback_dues(world: World, f: str) -> list[float]:
    """When a fallback's clocks run out."""
    memory, fallback = world.fallbacks[f], world.plan.fallbacks[f]
    dues: list[float] = []
    if memory.state == "detecting":
        dues.append(notice_due(world, f))
    if memory.state == "activating":
        dues.append(world.t + memory.to_do)
    if memory.state in CARRYING and fallback.endurance is not None:
        dues.append(memory.active_since + fallback.endurance)
    if memory.state == "active" and memory.stable_since is not None:
        dues.append(memory.stable_since + stabilise_of(world.plan, fallback))
    if memory.state == "failing_back":
        dues.append(memory.failing_since + fallback.failback)
    return dues


def let_time_pass(world: World, until: float) -> None:
    """Move the clocks that can stand still, and go to the next instant."""
    length = until - world.t
    for memory in world.fallbacks.values():
        if memory.state == "detecting":
            memory.complaints += complaints_per_second(world) * length
        elif memory.state == "activating":
            memory.to_do -= length
    world.t = until
