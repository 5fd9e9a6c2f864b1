"""The same figures by another way, to check the first: no simplification, no modules, another order.

The probability comes from the minimal cut sets: their union is made a diagram again, which has to be
the very diagram that they came from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bcp.engine.failure.circuit import circuit
from bcp.engine.failure.counting import Collector
from bcp.engine.failure.diagrams import Deadline, Limits
from bcp.engine.failure.importance import Passes
from bcp.engine.failure.logic import Logic
from bcp.engine.failure.regions import REVERSED, regions
from bcp.engine.failure.solution import Solution, solve


@dataclass(frozen=True, slots=True)
class Direct:
    """Cut sets by order 1, 2 and so on, the probability that any has failed, and whether the diagrams agree."""

    counts: tuple[int, ...]
    probability: float
    consistent: bool


def direct(
    logic: Logic,
    top: str,
    unavailability: Mapping[str, float],
    limits: Limits = Limits(),  # noqa: B008 - a constant value
    *,
    fast: bool | None = None,
) -> Direct | None:
    """Counts and probability of a top that is no constant; None where a limit stopped it."""
    made = regions(circuit(logic, logic.tops[top]), modular=False)
    solution = solve(made, limits, Deadline(limits.seconds, limits.ended), which=REVERSED, fast=fast)
    rebuilt = _united(solution)
    if rebuilt is None:
        return None
    collector = Collector(solution)
    collector.add()
    solution.root[0], consistent = rebuilt, rebuilt == solution.root[0]
    q = [unavailability.get(name, 0.0) for name in logic.variables]
    return Direct(collector.families.by_order()[1:], Passes(solution).probability(q), consistent)


def _united(solution: Solution) -> int | None:
    """The diagram of the union of the only region's cut sets."""
    root, diagrams = solution.sets[0], solution.diagrams
    if root is None:
        return None
    marked, function = diagrams.zeros(root + 1), diagrams.zeros(root + 1)
    marked[root] = function[1] = 1
    diagrams.do("mark", diagrams.node, marked)
    marked[0] = marked[1] = 0
    done, (_, function) = diagrams.run("united", marked, function)
    return int(function[root]) if done else None
