"""Which components that are down can start."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bcp.engine.levels.compile import System
from bcp.engine.levels.requirements import Bools, Floats, Mode, RequirementTable
from bcp.engine.levels.tolerance import ZERO


@dataclass(frozen=True, slots=True)
class Waiting:
    """The down components whose own state is above 0: `able` (n,), and all their requirements.

    `base` (one number a row of `table`) is what a requirement is worth without any of its members, and
    `quorums` (likewise) marks those that count members.
    """

    able: Bools
    table: RequirementTable
    base: Floats
    quorums: Bools

    def startable(self, x: Floats) -> Bools:
        """Those whose requirements, the ones to start too, all have values above 0 at levels `x` (both (n,))."""
        able = self.able.copy()
        table = self.table
        if table.count:
            level, first = x[table.member], table.first[:-1]
            enough = np.add.reduceat(level * table.weight, first) + self.base > ZERO
            if self.quorums.any():
                delivering = np.add.reduceat((level > ZERO).astype(np.intp), first)
                enough[self.quorums] = (delivering >= table.quorum)[self.quorums]
            able[table.owner[~enough]] = False
        return able

    def starting_now(self, x: Floats, ready: Bools) -> Bools:
        """Those that start at once, one after the other, where `ready` (n,) says whose restart is done.

        What starts is taken to deliver; where it turns out that it does not, it is down again.
        """
        level, started = x.copy(), np.zeros_like(ready)
        while True:
            new = self.startable(level) & ready & ~started
            if not new.any():
                return started
            started |= new
            level[new] = 1.0


def waiting(system: System, own: Floats, down: Bools) -> Waiting:
    """What waits to start, for own states `own` and the components `down` (both (n,))."""
    able = down & (own > ZERO)
    table = system.starting.taken(np.flatnonzero(able[system.starting.owner]))
    alone = 1.0 - table.weight[table.first[:-1]] if table.count else np.zeros(0)
    return Waiting(able, table, np.where(table.mode == Mode.NEEDS, alone, 0.0), table.mode == Mode.QUORUM)
