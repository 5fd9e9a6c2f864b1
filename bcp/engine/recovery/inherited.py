"""What every component inherits from the activities above it, together with whatever it is redundant to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf

import numpy as np

from bcp.engine.levels.compile import System
from bcp.engine.levels.edges import LEAST, Edge, Edges
from bcp.engine.levels.order import rings_and_depths
from bcp.engine.levels.requirements import Floats, Mode
from bcp.engine.levels.tolerance import LEVEL, ZERO


@dataclass(frozen=True, slots=True)
class Step:
    """The way one step up: through which edge, and whether its owner is down without the member's row."""

    edge: Edge
    down: bool


@dataclass
class Inherited:
    """Seconds within which each component must deliver again, infinity where nobody asks.

    `within` (n,) counts where everything above it is down and starts again one after the other,
    `lowered` (n,) where only levels sank, so that nothing starts.
    """

    within: list[float]
    lowered: list[float]
    wanted: list[float]
    up: dict[int, Step] = field(default_factory=dict)
    up_lowered: dict[int, Step] = field(default_factory=dict)

    def way(self, component: int) -> list[Step]:
        """The steps from a component up to the activity whose limit decides."""
        found: list[Step] = []
        steps, here = self.up, component
        while here in steps:
            step = steps[here]
            found.append(step)
            here = step.edge.owner
            steps = self.up if step.down else self.up_lowered
        return found


def inherited(
    system: System, whole: Floats, mbco: Mapping[int, float], limits: Mapping[int, float], lasting: Floats
) -> Inherited:
    """What the activities with `limits` (seconds) ask of everything below them, each at its `mbco`.

    From the activities down: a member must deliver as much sooner as its owner takes to restart
    (`lasting`, seconds, (n,)) after the loss of a whole requirement takes it down. What is only soft
    and may be lost altogether inherits nothing. Requirements to start count as well. Inside a ring the
    nearest way counts, since each of it starts once. One look at each membership.
    """
    passing = _Passing(system, whole, lasting)
    for a in sorted(mbco):
        if mbco[a] > LEVEL and whole[a] >= mbco[a] - LEVEL:
            found = passing.found
            found.wanted[a] = mbco[a]
            found.within[a] = found.lowered[a] = limits.get(a, inf)
    passing.run()
    return passing.found


class _Passing:
    """The way down over all memberships, those that count only to start too."""

    def __init__(self, system: System, whole: Floats, lasting: Floats) -> None:
        n = system.n
        self.edges = Edges(system.starting, whole)
        self.lasting: list[float] = lasting.tolist()
        self.found = Inherited([inf] * n, [inf] * n, [0.0] * n)
        table = system.starting
        self.start: list[bool] = table.start.tolist()
        soft = (table.mode == Mode.NEEDS) & (table.weight[table.first[:-1]] < 1.0 - ZERO)
        self.down: list[bool] = (~soft | table.start).tolist()
        ring, in_ring, depth = rings_and_depths(n, table.member_owner, table.member)
        self.in_ring: list[bool] = in_ring.tolist()
        self.ring: list[int] = ring.tolist()
        self.order: list[int] = np.lexsort((np.arange(n), ring, -depth)).tolist()

    def run(self) -> None:
        """Everything hands its demand down once, owners before members."""
        place = 0
        while place < len(self.order):
            i = self.order[place]
            if not self.in_ring[i]:
                self._hand_down(i, set())
                place += 1
                continue
            last = place
            while last < len(self.order) and self.ring[self.order[last]] == self.ring[i]:
                last += 1
            self._around(self.order[place:last])
            place = last

    def _around(self, ring: list[int]) -> None:
        """A ring hands demands on from those that something outside asks for, the nearest first."""
        row = [i for i in ring if self.found.wanted[i] > 0]
        settled = set(row)
        while row:
            reached: set[int] = set()
            for i in row:
                reached |= self._hand_down(i, settled) & set(ring)
            row = sorted(reached - settled)
            settled |= reached

    def _hand_down(self, owner: int, settled: set[int]) -> set[int]:
        """Ask of the members what the owner is asked for; returns those asked. `settled` ones are not."""
        found = self.found
        reached: set[int] = set()
        if found.wanted[owner] <= 0:
            return reached
        for row in self.edges.rows(owner):
            down = self.down[row]
            within = found.within[owner] - self.lasting[owner] if down else found.lowered[owner]
            for edge in self.edges.below(row):
                m = edge.member
                asked = LEAST if self.start[row] else self.edges.together(edge, found.wanted[owner])
                if asked <= 0 or m in settled:
                    continue
                reached.add(m)
                found.wanted[m] = max(found.wanted[m], asked)
                if within < found.within[m]:
                    found.within[m], found.up[m] = within, Step(edge, down)
                if found.lowered[owner] < found.lowered[m]:
                    found.lowered[m], found.up_lowered[m] = found.lowered[owner], Step(edge, False)
        return reached
