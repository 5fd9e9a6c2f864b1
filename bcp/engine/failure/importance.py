"""The probability of a top and what each variable means for it, exactly, from the diagrams of its regions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from bcp.engine.failure.solution import Solution
from bcp.engine.levels.requirements import Floats

Bound = Callable[[int, Sequence[float]], float]
"""A bound on the probability of a region without a diagram, from the probabilities of its leaves."""


class Passes:
    """Passes up and down the diagrams of a solution, for any probabilities of the variables.

    Variables are independent of each other; `q` has shape (V,).
    """

    def __init__(self, solution: Solution) -> None:
        made, diagrams = solution.regions, solution.diagrams
        self._made, self._diagrams = made, diagrams
        marked = diagrams.zeros(diagrams.count)
        for root in solution.root:
            if root is not None:
                marked[root] = 1
        diagrams.do("mark", diagrams.node, marked)
        nodes = np.flatnonzero(np.asarray(marked))
        nodes = np.concatenate(([0, 1], nodes[nodes > 1]))
        place = np.zeros(diagrams.count, np.int64)
        place[nodes] = np.arange(len(nodes))
        table = np.asarray(diagrams.node).reshape(-1, 4)[nodes]
        region = np.searchsorted(made.leaves, table[2:, 0], side="right") - 1
        self._begin = (np.searchsorted(region, np.arange(made.number + 1)) + 2).tolist()
        level = np.where(nodes > 1, table[:, 0], 0).astype(np.int64)
        self._nodes = [diagrams.array(x) for x in (level, place[table[:, 1]], place[table[:, 2]])]
        self._root = [None if root is None else int(place[root]) for root in solution.root]
        below = [self._root[~made.leaf[a]] if made.leaf[a] < 0 else None for a in made.at]
        self._source = diagrams.array([-1 if root is None else root for root in below])

    def probability(self, q: Sequence[float], bound: Bound | None = None) -> float:
        """The probability of the top; `bound` is asked for every region that has no diagram."""
        return self._up(q, bound)[0]

    def derivatives(self, q: Sequence[float]) -> tuple[float, Floats]:
        """The probability of the top and its derivatives by q, shape (V,), where all regions have diagrams.

        One pass up and one back down; a region's variables count through its own derivative.
        """
        top, value, chance = self._up(q, None)
        weight = self._diagrams.array([0.0] * len(value), np.float64)
        gain = self._diagrams.array([0.0] * len(chance), np.float64)
        weight[self._root[-1]] = 1.0
        self._diagrams.do("backward", *self._nodes, chance, self._source, value, weight, gain)
        found = np.zeros(len(q))
        for level, a in enumerate(self._made.at):
            if self._made.leaf[a] >= 0:
                found[self._made.leaf[a]] = gain[level]
        return top, found

    def _up(self, q: Sequence[float], bound: Bound | None) -> tuple[float, Any, Any]:
        """The probability of the top; and, as the kernels have them, those of the nodes and of the levels."""
        made, array = self._made, self._diagrams.array
        value = array([0.0, 1.0] + [0.0] * (len(self._nodes[0]) - 2), np.float64)
        chance = array([q[made.leaf[a]] if made.leaf[a] >= 0 else 0.0 for a in made.at], np.float64)
        begin = 2
        top = -1.0
        for r, root in enumerate(self._root):
            if root is not None and r < made.number - 1:
                continue
            end = self._begin[r + 1]
            self._diagrams.do("forward", begin, end, *self._nodes, chance, self._source, value)
            begin = end
            if root is not None:
                return float(value[root]), value, chance
            if bound is None:
                raise ValueError("a region without a diagram")
            top = bound(r, [self._at(a, chance, value) for a in range(*made.leaves[r : r + 2])])
            for level, a in enumerate(made.at):
                if made.leaf[a] == ~r:
                    chance[level] = top
        return top, value, chance

    def _at(self, leaf: int, chance: Any, value: Any) -> float:
        level = self._made.level[leaf]
        source = self._source[level]
        return float(chance[level] if source < 0 else value[source])
