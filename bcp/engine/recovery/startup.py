"""Coming up from black: when each component begins to start, is up by itself, and delivers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from math import inf

import numpy as np

from bcp.engine.fate.claims import used_by
from bcp.engine.levels.compile import System
from bcp.engine.levels.requirements import Bools, Floats, Ints, Mode, RequirementTable
from bcp.engine.levels.tolerance import SECONDS
from bcp.model.plan import Plan


@dataclass(frozen=True, slots=True)
class StandIn:
    """A fallback that delivers for a component `takes` seconds after all it uses does.

    `bypass` is its place among the system's bypasses.
    """

    component: int
    uses: tuple[int, ...]
    takes: float
    bypass: int


@dataclass(frozen=True, slots=True)
class Startup:
    """Seconds from when everything may start, infinity for never; arrays of shape (n,).

    `begins`: all requirements, those to start too, have values above 0. `starts`: `begins` and its
    restart. `ready`: it delivers, by itself or through a stand-in. `turn` is the order in which they
    came to deliver, n for never: what comes at one instant still has a cause and an effect. `stood[s]`
    is when stand-in s delivers, one number for each of `stand_ins`.
    """

    begins: Floats
    starts: Floats
    ready: Floats
    turn: Ints
    stood: tuple[float, ...]
    stand_ins: tuple[StandIn, ...]

    def stood_in(self, component: int, t: float) -> StandIn | None:
        """The stand-in that delivers for a component from just t on; None where it is up by itself then."""
        if abs(self.starts[component] - t) <= SECONDS:
            return None
        return next(
            (
                s
                for s, since in zip(self.stand_ins, self.stood, strict=True)
                if s.component == component and abs(since - t) <= SECONDS
            ),
            None,
        )


def delivering_members(table: RequirementTable) -> Bools:
    """Which memberships (M,) count towards a requirement's value being above 0."""
    counted = np.repeat(table.mode == Mode.QUORUM, table.arity)
    return counted | (table.weight > 0)


def startup(system: System, lasting: Floats, stand_ins: Sequence[StandIn] = ()) -> Startup:
    """The way up from black when each start lasts `lasting` seconds (n,) and nothing is broken.

    In the order of time: what delivers may satisfy the requirements of others, and a component begins
    once all of its are. Each membership is looked at once, so that this takes O((n + M) log n).
    """
    clock = _Clock(system, lasting, stand_ins)
    clock.run()
    return Startup(
        np.array(clock.begins),
        np.array(clock.starts),
        np.array(clock.ready),
        np.array(clock.turn, np.intp),
        tuple(clock.stood),
        tuple(stand_ins),
    )


class _Clock:
    """The state of a way up: what is still missing, and what is due when."""

    def __init__(self, system: System, lasting: Floats, stand_ins: Sequence[StandIn]) -> None:
        table = system.starting
        rows = np.repeat(np.arange(table.count), table.arity)
        counts = delivering_members(table)
        member, rows = table.member[counts], rows[counts]
        order = np.argsort(member, kind="stable")
        self.lasting: list[float] = lasting.tolist()
        self.rows_of: list[int] = rows[order].tolist()
        self.first: list[int] = np.searchsorted(member[order], np.arange(system.n + 1)).tolist()
        self.owner: list[int] = table.owner.tolist()
        self.missing: list[int] = system.enough.tolist()
        self.unsatisfied: list[int] = np.bincount(table.owner[system.enough > 0], minlength=system.n).tolist()
        self.stand_ins = stand_ins
        self.waits_for: dict[int, list[int]] = {}
        self.unready: list[int] = [len(set(s.uses)) for s in stand_ins]
        for number, s in enumerate(stand_ins):
            for i in sorted(set(s.uses)):
                self.waits_for.setdefault(i, []).append(number)
        self.begins, self.starts, self.ready = ([inf] * system.n for _ in range(3))
        self.turn: list[int] = [system.n] * system.n
        self.stood: list[float] = [inf] * len(stand_ins)
        self.due: list[tuple[float, int]] = []

    def run(self) -> None:
        """Live through every instant at which something begins to deliver."""
        for number, unready in enumerate(self.unready):
            if not unready:
                self._stand(number, 0.0)
        for i, unsatisfied in enumerate(self.unsatisfied):
            if not unsatisfied:
                self._begin(i, 0.0)
        turn = 0
        while self.due:
            t, i = heappop(self.due)
            if self.ready[i] < inf:
                continue
            self.ready[i] = t
            self.turn[i] = turn
            turn += 1
            self._satisfy(i, t)
            for number in self.waits_for.get(i, ()):
                self.unready[number] -= 1
                if not self.unready[number]:
                    self._stand(number, t)

    def _satisfy(self, member: int, t: float) -> None:
        for place in range(self.first[member], self.first[member + 1]):
            row = self.rows_of[place]
            self.missing[row] -= 1
            if self.missing[row] == 0:
                owner = self.owner[row]
                self.unsatisfied[owner] -= 1
                if not self.unsatisfied[owner]:
                    self._begin(owner, t)

    def _begin(self, i: int, t: float) -> None:
        self.begins[i] = t
        self.starts[i] = t + self.lasting[i]
        heappush(self.due, (self.starts[i], i))

    def _stand(self, number: int, t: float) -> None:
        s = self.stand_ins[number]
        self.stood[number] = t + s.takes
        heappush(self.due, (self.stood[number], s.component))


def ways_out(plan: Plan, system: System, alone: Startup) -> tuple[StandIn, ...]:
    """The fallbacks that can stand in for what never starts by itself, as `alone` found it."""
    found = []
    for number, f in enumerate(system.bypass_ids):
        fallback = plan.fallbacks[f]
        component = system.index[fallback.protects]
        if np.isinf(alone.ready[component]) and fallback.capacity > 0:
            decision = plan.defaults.decision if fallback.decision is None else fallback.decision
            takes = (0.0 if fallback.automatic else decision) + (fallback.lead_time or 0.0)
            uses = tuple(system.index[i] for i in used_by(fallback))
            found.append(StandIn(component, uses, takes, number))
    return tuple(found)
