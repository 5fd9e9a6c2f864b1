"""Why: the chains of binding requirements from a component down to the events that caused its level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

import numpy as np

from bcp.engine.levels.compile import System
from bcp.engine.levels.links import Links, binding_links
from bcp.engine.levels.order import rings_and_depths
from bcp.engine.levels.requirements import Bools, Floats, Mode
from bcp.engine.levels.tolerance import ZERO
from bcp.model.why import Because, Why, WhyStep

_FAR = np.iinfo(np.intp).max
"""The distance of what no event is behind."""


class Lowering(Protocol):
    """Events, as far as causes are read from them."""

    def lowering(self, component: int, t: float) -> tuple[int, ...]:
        """Numbers of the events that give a component its own state at t (seconds), where that is below 1."""


@dataclass(frozen=True)
class Moment:
    """Everything about one instant that a cause can be read from.

    `own`, `x`, `p` are levels of shape (n,), `down` (n,) the components held at 0 until they have
    started. `fell` gives, for each component that is down, the moment at which it went down.
    """

    t: float
    system: System
    happenings: Lowering
    own: Floats
    x: Floats
    p: Floats
    down: Bools
    fell: Mapping[int, Moment] = field(default_factory=dict)

    @cached_property
    def links(self) -> Links:
        """The binding requirements of this moment."""
        return binding_links(self.system, self.own, self.x, self.p, self.down)

    def events(self, i: int) -> tuple[int, ...]:
        """Numbers of the events that hold component i down by its own state; none where that does not bind."""
        return self.happenings.lowering(i, self.t) if self.links.struck[i] else ()

    @cached_property
    def distance(self) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
        """How many links lie between each component and what an event struck, shape (n,).

        Where nothing binds any more (a restart, or a deadlock whose event is over) the way goes on at
        the moment when the component went down, and counts one link more.
        """
        distance = np.full(self.system.n, _FAR, np.intp)
        distance[self.links.struck] = 0
        restarting = [i for i in self.fell if not self.links.struck[i] and not self.links.binds(i)]
        self._go_back(restarting, distance)
        self.links.spread(distance)
        circling = [i for i in self.fell if distance[i] == _FAR]
        if circling:
            self._go_back(circling, distance)
            self.links.spread(distance)
        return distance

    def _go_back(
        self, components: Iterable[int], distance: np.ndarray[tuple[int], np.dtype[np.intp]]
    ) -> None:
        for i in components:
            earlier = int(self.fell[i].distance[i])
            distance[i] = min(int(distance[i]), earlier + 1 if earlier < _FAR else _FAR)

    def goes_back(self, i: int) -> bool:
        """True where component i's causes lie at the moment when it went down."""
        if i not in self.fell or self.links.struck[i] or self.distance[i] == _FAR:
            return False
        nearest = min((int(self.distance[m]) for m in self.links.members(i)), default=_FAR)
        return nearest >= int(self.distance[i])

    def involved(self, i: int) -> Iterator[tuple[Moment, np.ndarray[tuple[int], np.dtype[np.intp]]]]:
        """Every moment at which causes of component i lie, with the components on binding chains there."""
        row: list[tuple[Moment, list[int]]] = [(self, [i])]
        while row:
            moment, starts = row.pop()
            reached = moment.links.reached(starts)
            yield moment, reached
            back: dict[int, tuple[Moment, list[int]]] = {}
            for j in reached.tolist():
                if moment.goes_back(j):
                    then = moment.fell[j]
                    back.setdefault(id(then), (then, []))[1].append(j)
            row.extend(sorted(back.values(), key=lambda item: (item[0].t, item[1])))

    def roots(self, i: int) -> frozenset[int]:
        """Numbers of all events at the roots of component i's causes."""
        return frozenset(
            event
            for moment, reached in self.involved(i)
            for j in reached[moment.links.struck[reached]].tolist()
            for event in moment.events(j)
        )

    def chain(self, i: int) -> tuple[tuple[int, Moment, Because], ...]:
        """A shortest chain from i to something that an event strikes: each component and what holds it down.

        Among chains of equal length the first by component number, so that it is always the same one.
        """
        way: list[tuple[int, Moment, Because]] = []
        moment = self
        while moment.distance[i] < _FAR:
            if moment.links.struck[i]:
                return (*way, (i, moment, "event"))
            if moment.goes_back(i):
                way.append((i, moment, "earlier" if moment.links.binds(i) else "restarting"))
                moment = moment.fell[i]
                continue
            following = min(moment.links.members(i), key=lambda m: (int(moment.distance[m]), m))
            way.append((i, moment, _because(moment, i, following)))
            i = following
        return ()


def _because(moment: Moment, i: int, member: int) -> Because:
    """By which of its requirements component i hangs on the member: the first that binds."""
    table = moment.system.starting
    row = moment.links.row(i, member)
    return "start" if table.start[row] else _BECAUSE[int(table.mode[row])]


_BECAUSE: dict[int, Because] = {
    int(Mode.NEEDS): "needs",
    int(Mode.POOL): "pool",
    int(Mode.SPLIT): "split",
    int(Mode.QUORUM): "quorum",
}


def chain_ids(moment: Moment, i: int) -> tuple[str, ...]:
    """The chain from component i down to what an event struck, as ids, each once."""
    return tuple(dict.fromkeys(moment.system.ids[j] for j, _, _ in moment.chain(i)))


def explained(moment: Moment, component: str) -> Why:
    """Why a component has its level at this moment."""
    i = moment.system.index[component]
    ids = moment.system.ids
    level = float(moment.x[i])
    if moment.p[i] >= 1.0 - ZERO:
        return Why(component=component, t_s=moment.t, level=level)
    links = moment.chain(i)
    steps = []
    for number, (j, then, because) in enumerate(links):
        following = links[number + 1][0] if number + 1 < len(links) else None
        steps.append(
            WhyStep(
                component=ids[j],
                level=float(then.x[j]),
                primary=float(then.p[j]),
                because=because,
                on="" if following is None or following == j else ids[following],
                events=then.events(j) if because == "event" else (),
            )
        )
    return Why(
        component=component,
        t_s=moment.t,
        level=level,
        steps=tuple(steps),
        involved=tuple(sorted({ids[j] for _, reached in moment.involved(i) for j in reached.tolist()})),
        roots=tuple(sorted(moment.roots(i))),
    )


def deadlocked(moment: Moment, waiting: Iterable[int]) -> tuple[tuple[str, ...], ...]:
    """Groups among the `waiting` components that wait for each other, directly or in a ring, sorted.

    `waiting` are down although no event holds them, and have not begun to start.
    """
    members = sorted(set(waiting))
    place = {i: k for k, i in enumerate(members)}
    edges = [(place[i], place[m]) for i in members for m in moment.links.members(i) if m in place]
    if not edges:
        return ()
    owner, member = (np.array(side, np.intp) for side in zip(*edges, strict=True))
    ring, in_ring, _ = rings_and_depths(len(members), owner, member)
    groups: dict[int, list[str]] = {}
    for k, i in enumerate(members):
        if in_ring[k]:
            groups.setdefault(int(ring[k]), []).append(moment.system.ids[i])
    return tuple(sorted(tuple(sorted(group)) for group in groups.values()))
