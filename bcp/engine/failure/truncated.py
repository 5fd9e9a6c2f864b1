"""What can be said of a top for which a limit stopped a diagram: its smallest cut sets, and bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from bcp.engine.failure.counting import FAR, Collector, Families
from bcp.engine.failure.diagrams import Deadline
from bcp.engine.failure.importance import Passes
from bcp.engine.failure.search import Region, Sets
from bcp.engine.failure.solution import Solution


@dataclass(frozen=True, slots=True)
class Smallest:
    """The cut sets up to the order `complete_to`, None: all there are."""

    families: Families
    complete_to: int | None


_NOTHING = Sets((), complete=False)
"""The sets of order 0, of which a region has none."""


def smallest(solution: Solution, order: int | None, deadline: Deadline, *, fast: bool | None) -> Smallest:
    """The smallest cut sets where some regions have none from their diagram, to the order the time allows."""
    made = solution.regions
    searched = {r: Region(made, r, fast=fast) for r, sets in enumerate(solution.sets) if sets is None}
    known: Smallest | None = None
    k = 0
    while known is None or (known.complete_to is not None and k <= (FAR if order is None else order)):
        collector = Collector(solution)
        complete = True
        for r in range(made.number):
            if r not in searched:
                collector.add()
                continue
            found = searched[r].smallest(collector.weights(r), k, deadline) if k else _NOTHING
            if found is None and known is not None:
                return known
            sets = found or _NOTHING
            complete = complete and sets.complete
            collector.add(sets.found)
        known = Smallest(collector.families, None if complete else k)
        k += 1
    return known


def bounds(
    solution: Solution, passes: Passes, q: Sequence[float], deadline: Deadline, *, fast: bool | None
) -> tuple[float, float]:
    """Two figures between which the top's probability lies, where some regions have no diagram.

    Bounds of a region below go into those of the regions above, of which all are monotone.
    """
    missing = [r for r, root in enumerate(solution.root) if root is None]
    regions = {r: Region(solution.regions, r, fast=fast) for r in missing}
    known: dict[tuple[int, tuple[float, ...]], tuple[float, float]] = {}

    def bound(side: int, r: int, leaves: Sequence[float]) -> float:
        key = (r, tuple(leaves))
        if key not in known:
            left = len(missing) - missing.index(r) + len(missing) * (1 - side)
            known[key] = regions[r].bounds(leaves, deadline.part(1 / left))
        return known[key][side]

    low = passes.probability(q, partial(bound, 0))
    return low, passes.probability(q, partial(bound, 1))
