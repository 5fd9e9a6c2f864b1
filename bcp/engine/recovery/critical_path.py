"""How soon each activity is at its MBCO after everything was down, and which chain of starts decides it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from bcp.engine.levels.compile import System
from bcp.engine.levels.requirements import Floats, Ints, Mode
from bcp.engine.levels.steady import Levels, steady
from bcp.engine.levels.tolerance import LEVEL, SECONDS, ZERO
from bcp.engine.recovery.startup import Startup
from bcp.model.plan import Plan
from bcp.model.recovery import Link, Recovery


def recoveries(plan: Plan, system: System, way_up: Startup) -> tuple[Recovery, ...]:
    """The earliest recovery of every activity, by id, from the way up that `restart_order` found.

    Levels are those of the steady state at each instant at which something comes up; they only rise,
    so the instant at which an activity is first at its MBCO is found by halving. Takes at most one
    steady state an instant.
    """
    names = sorted(plan.activities)
    limits = [plan.components[i].analysis.mbco for i in names]
    ascent = _Ascent(system, way_up, tuple(system.index[i] for i in names))
    return tuple(
        _recovery(name, plan, ascent, ascent.first_enough(k, limit))
        for k, (name, limit) in enumerate(zip(names, limits, strict=True))
    )


def _recovery(name: str, plan: Plan, ascent: _Ascent, instant: int | None) -> Recovery:
    bia, place = plan.components[name].analysis, ascent.system.index[name]
    return Recovery(
        activity=name,
        enough_s=None if instant is None else ascent.instants[instant],
        level=ascent.reached(len(ascent.instants) - 1)[ascent.activities.index(place)],
        mbco=bia.mbco,
        rto_s=bia.rto,
        path=() if instant is None else ascent.path(place, bia.mbco, instant),
    )


@dataclass
class _Ascent:
    """The instants at which something comes up, and the levels between them."""

    system: System
    way_up: Startup
    activities: tuple[int, ...]
    instants: list[float] = field(init=False)
    known: dict[int, tuple[float, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        times = np.concatenate((self.way_up.starts, self.way_up.stood, [0.0]))
        ordered = np.unique(times[np.isfinite(times)])
        apart = np.diff(ordered, prepend=-np.inf) > SECONDS
        self.instants = ordered[apart].tolist()

    def levels(self, instant: int) -> Levels:
        """The levels once all that is due at an instant has come up; before the first for −1."""
        t = self.instants[instant] + SECONDS if instant >= 0 else -1.0
        standing = [
            s.bypass for s, since in zip(self.way_up.stand_ins, self.way_up.stood, strict=True) if since <= t
        ]
        return steady(self.system, np.ones(self.system.n), self.way_up.starts > t, standing)

    def reached(self, instant: int) -> tuple[float, ...]:
        """The levels of the activities at an instant."""
        if instant not in self.known:
            x = self.levels(instant).x
            self.known[instant] = tuple(x[list(self.activities)].tolist())
        return self.known[instant]

    def first_enough(self, activity: int, limit: float) -> int | None:
        """The first instant at which the activity of this number is at its limit; None: never.

        It delivers nothing before it is ready itself, and often enough from then on.
        """
        last = len(self.instants) - 1
        if self.reached(last)[activity] < limit - LEVEL:
            return None
        if limit <= LEVEL:
            return 0
        begin = self.way_up.ready[self.activities[activity]]
        ready = min(bisect_left(self.instants, begin - SECONDS), last)
        if self.reached(ready)[activity] >= limit - LEVEL:
            return ready
        low, high = -1, last
        while high - low > 1:
            middle = (low + high) // 2
            if middle > ready and self.reached(middle)[activity] >= limit - LEVEL:
                high = middle
            else:
                low = middle
        return high

    def path(self, activity: int, limit: float, instant: int) -> tuple[Link, ...]:
        """The critical path of an activity that is first at its limit at an instant, first to start first."""
        t = self.instants[instant]
        if limit <= LEVEL:
            return ()
        risen = [activity] if self.comes_up(activity, t) else _risen(activity, limit, self, instant)
        ends = [Link(component=self.system.ids[i], from_s=t, ready_s=t) for i in risen[1:]]
        return (*_starts(risen[0], t, self.system, self.way_up), *ends)

    def comes_up(self, component: int, t: float) -> bool:
        """True where a component is up by itself, or a stand-in delivers for it, from just that time on."""
        return abs(self.way_up.starts[component] - t) <= SECONDS or any(
            s.component == component and abs(since - t) <= SECONDS
            for s, since in zip(self.way_up.stand_ins, self.way_up.stood, strict=True)
        )


def _starts(goal: int, at: float, system: System, way_up: Startup) -> tuple[Link, ...]:
    """The chain of starts that ends when `goal` comes up: each begins when the one before it delivers."""
    chain: list[Link] = []
    here: int | None = goal
    while here is not None:
        stand_in = way_up.stood_in(here, at)
        begin = float(way_up.begins[here]) if stand_in is None else at - stand_in.takes
        fallback = "" if stand_in is None else system.bypass_ids[stand_in.bypass]
        chain.append(Link(component=system.ids[here], from_s=begin, ready_s=at, fallback=fallback))
        waited = _decisive(here, system, way_up) if stand_in is None else _latest(stand_in.uses, way_up)
        here = waited if begin > SECONDS else None
        at = begin
    return tuple(reversed(chain))


def _latest(uses: Sequence[int], way_up: Startup) -> int | None:
    return max(uses, key=lambda i: int(way_up.turn[i]), default=None)


def _decisive(component: int, system: System, way_up: Startup) -> int | None:
    """The member whose start satisfied the last requirement that a component waited for."""
    table = system.starting
    latest: int | None = None
    for row in _rows(table.owner, component):
        enough = int(system.enough[row])
        if not enough:
            continue
        part = slice(table.first[row], table.first[row + 1])
        counts = (table.weight[part] > 0) | (table.mode[row] == Mode.QUORUM)
        members = table.member[part][counts]
        last = int(members[np.argsort(way_up.turn[members], kind="stable")[enough - 1]])
        if latest is None or way_up.turn[last] > way_up.turn[latest]:
            latest = last
    return latest


def _rows(owner: Ints, component: int) -> range:
    first, last = np.searchsorted(owner, [component, component + 1])
    return range(int(first), int(last))


def _risen(activity: int, limit: float, ascent: _Ascent, instant: int) -> list[int]:
    """From a component that came up at an instant to the activity that its level carries over the limit.

    Only requirements that held their owner below its new level before, and only members that rose,
    lead further down; the shortest such way counts. There is one: if all that is reached had been up
    before, its new levels would have solved the old instant too.
    """
    system, t = ascent.system, ascent.instants[instant]
    before, after = ascent.levels(instant - 1), ascent.levels(instant)
    values = system.gauge.values(before.x)
    came_from: dict[int, int] = {activity: -1}
    row = [activity]
    while row:
        following: list[int] = []
        for owner in row:
            if ascent.comes_up(owner, t):
                return _back(owner, came_from)
            wanted = min(limit, float(after.p[owner])) if owner == activity else float(after.p[owner])
            for member in _pulled(owner, wanted, ascent, values, before.x, after.x):
                if member not in came_from:
                    came_from[member] = owner
                    following.append(member)
        row = following
    return [activity]


def _back(component: int, came_from: dict[int, int]) -> list[int]:
    way = [component]
    while came_from[way[-1]] >= 0:
        way.append(came_from[way[-1]])
    return way


def _pulled(
    owner: int, wanted: float, ascent: _Ascent, values: Floats, before: Floats, after: Floats
) -> list[int]:
    """The members that rose of the requirements that held an owner below what it has now; sorted."""
    table = ascent.system.starting
    found: set[int] = set()
    for row in _rows(table.owner, owner):
        if not table.start[row] and values[row] < wanted - ZERO:
            members = table.member[table.first[row] : table.first[row + 1]]
            found.update(members[after[members] > before[members] + ZERO].tolist())
    for stand_in in ascent.way_up.stand_ins:
        if stand_in.component == owner:
            via = ascent.system.bypasses[stand_in.bypass].via
            found.update(via[after[via] > before[via] + ZERO].tolist())
    return sorted(found)
