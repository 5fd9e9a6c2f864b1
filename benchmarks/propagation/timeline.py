"""A timeline with 200 instants on 10,000 components."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from layered import Layered, layered

from bcp.engine.levels.compile import compile_plan
from bcp.engine.run.timeline import simulate
from bcp.model.plan import Plan
from bcp.model.scenario import Scenario

COMPONENTS = 10_000
EVENTS = 100
ROUNDS = 5
SEED = 20260303


def written(drawn: Layered) -> Plan:
    """The layered plan as a plan, as if read from a file."""
    components: dict[str, dict[str, object]] = {}
    for i, members in enumerate(drawn.members.tolist()):
        names = [f"c{j}" for j in members]
        requires: list[object] = []
        if i >= drawn.first:
            requires = [names[0], {"any_of": names[1:]}] if drawn.redundant[i] else list(names)
        components[f"c{i}"] = {"kind": "system", "name": f"c{i}", "requires": requires}
    return Plan.model_validate({"organisation": {"name": "Layered"}, "components": components})


def failures(drawn: Layered) -> Scenario:
    """100 leaves fail one after the other, each for an hour: 200 instants."""
    events = [
        {
            "at": f"{3 * k + 1}m",
            "select": {"id": f"c{k * drawn.first // EVENTS}"},
            "effect": {"level": 0},
            "for": "59m30s",
        }
        for k in range(EVENTS)
    ]
    return Scenario.model_validate({"id": "failures", "title": "Failures", "events": events})


def measure_timeline() -> dict[str, float]:
    """Median milliseconds to compile the plan and to live through the failures, with and without causes."""
    drawn = layered(COMPONENTS, SEED)
    plan, scenario = written(drawn), failures(drawn)
    system = compile_plan(plan)
    trajectory = simulate(plan, scenario, system=system, causes=False)
    return {
        "n": COMPONENTS,
        "instants": len({t for steps in trajectory.levels.values() for t, _ in steps if t > 0}),
        "compile_ms": median_ms(lambda: compile_plan(plan)),
        "plain_ms": median_ms(lambda: simulate(plan, scenario, system=system, causes=False)),
        "causes_ms": median_ms(lambda: simulate(plan, scenario, system=system)),
    }


def median_ms(work: Callable[[], object]) -> float:
    """The median of a few runs, in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1e3)
    return statistics.median(times)
