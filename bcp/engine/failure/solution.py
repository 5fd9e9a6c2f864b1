"""The diagrams and the minimal cut sets of every region of a circuit, as far as the limits allow."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from bcp.engine.failure.diagrams import Deadline, Diagrams, Limits
from bcp.engine.failure.regions import ARRANGEMENTS, Regions, arrangement

_ATTEMPT = 200_000
"""Nodes for the first attempts at a region; each further round has eight times more."""


@dataclass(slots=True)
class Solution:
    """What is known of R regions: `root[r]`, the diagram of when it is true, and `sets[r]`, its cut sets.

    None where a limit stopped it.
    """

    regions: Regions
    diagrams: Diagrams
    root: list[int | None]
    sets: list[int | None]


def solve(
    made: Regions, limits: Limits, deadline: Deadline, *, which: int = 0, fast: bool | None = None
) -> Solution:
    """The diagrams of all regions within the limits; `which` arrangement is tried first."""
    for r in range(made.number):
        made.arrange(r, arrangement(made, r, which))
    diagrams = Diagrams(len(made.leaf), limits, deadline, fast=fast)
    solution = Solution(made, diagrams, [None] * made.number, [None] * made.number)
    begin = 0
    while begin < made.number:
        begin = _build(solution, begin, made.number, _ATTEMPT)
        if begin < made.number:
            _retry(solution, begin, which)
            begin += 1
    _minimal(solution)
    return solution


def _build(solution: Solution, begin: int, end: int, nodes: int) -> int:
    """Build regions `begin` to `end` with so many new nodes at most; the first that is not done, or `end`."""
    made, diagrams = solution.regions, solution.diagrams
    width = max(b - a for a, b in zip(made.first, made.first[1:], strict=False))
    lists: list[list[int]] = [made.kind, made.first, made.argument, made.level, [0] * len(made.kind)]
    done, given = diagrams.run(
        "build",
        made.gates[end],
        *(diagrams.array(x) for x in (*lists, [0] * width)),
        begin=made.gates[begin],
        ceiling=diagrams.count + nodes,
    )
    reached = end if done else bisect_right(made.gates, diagrams.reached) - 1
    for r in range(begin, reached):
        solution.root[r] = int(given[5][made.gates[r + 1] - 1])
    return reached


def _retry(solution: Solution, region: int, which: int) -> None:
    """Build one region with other orders, and with more nodes each round."""
    made, diagrams = solution.regions, solution.diagrams
    nodes = _ATTEMPT
    begin = diagrams.count
    while diagrams.deadline.left:
        for turn in range(nodes == _ATTEMPT, ARRANGEMENTS):
            made.arrange(region, arrangement(made, region, (which + turn) % ARRANGEMENTS))
            if _build(solution, region, region + 1, nodes) > region:
                return
            diagrams.forget_from(begin)
            if not diagrams.deadline.left:
                return
        if begin + nodes >= diagrams.limits.nodes:
            return
        nodes *= 8


def _minimal(solution: Solution) -> None:
    """The minimal cut sets of all regions that have a diagram."""
    made, diagrams = solution.regions, solution.diagrams
    marked, sets = diagrams.zeros(diagrams.count), diagrams.zeros(diagrams.count)
    sets[1] = 1
    for root in solution.root:
        if root is not None:
            marked[root] = 1
    diagrams.do("mark", diagrams.node, marked)
    known = [root is not None for root in solution.root]
    begin = 2
    while True:
        done, (marked, sets) = diagrams.run("minimal", marked, sets, begin=begin)
        if done:
            break
        begin = diagrams.reached
        failed = bisect_right(made.leaves, int(diagrams.node[4 * begin])) - 1
        known[failed] = False
        diagrams.do("unmark", made.leaves[failed], made.leaves[failed + 1], diagrams.node, marked)
    for r, root in enumerate(solution.root):
        if root is not None and known[r]:
            solution.sets[r] = int(sets[root])
