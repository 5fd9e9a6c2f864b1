"""Why: the chains of binding requirements from a component down to the events that caused its level."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from bcp.engine.compile import System
from bcp.engine.events import Happenings
from bcp.engine.order import rings_and_depths
from bcp.engine.requirements import Bools, Floats, Mode
from bcp.engine.tolerance import ZERO
from bcp.model.why import Because, Why, WhyStep


@dataclass(frozen=True, slots=True)
class Binding:
    """A requirement that holds its owner at its level, and the members that make it do so."""

    because: Because
    members: tuple[int, ...]


@dataclass(frozen=True)
class Moment:
    """Everything about one instant that a cause can be read from.

    `own`, `x`, `p` are levels of shape (n,), `down` (n,) the components held at 0 until they have
    started. `fell` gives, for each component that is down, the instant at which it went down.
    """

    t: float
    system: System
    happenings: Happenings
    own: Floats
    x: Floats
    p: Floats
    down: Bools
    fell: Mapping[int, Moment] = field(default_factory=dict)

    def events(self, i: int) -> tuple[int, ...]:
        """Numbers of the events that hold component i down by its own state; none where that does not bind."""
        limit = 0.0 if self.down[i] else float(self.p[i])
        if self.own[i] < 1.0 and self.own[i] <= limit + ZERO:
            return self.happenings.lowering(i, self.t)
        return ()

    def bindings(self, i: int) -> tuple[Binding, ...]:
        """The requirements that hold component i down; of a down one, those whose value is 0, to start too."""
        if self.p[i] >= 1.0 - ZERO:
            return ()
        table, limit = self.system.starting, 0.0 if self.down[i] else float(self.p[i])
        first, last = np.searchsorted(table.owner, [i, i + 1])
        found = []
        for row in range(first, last):
            if table.start[row] and not self.down[i]:
                continue
            value, members = self._value(row)
            if value <= limit + ZERO:
                mode = "start" if table.start[row] else Mode(int(table.mode[row])).name.lower()
                found.append(Binding(_BECAUSE[mode], members))
        return tuple(found)

    def _value(self, row: int) -> tuple[float, tuple[int, ...]]:
        """A requirement's value and the members that keep it from being higher."""
        table = self.system.starting
        part = slice(table.first[row], table.first[row + 1])
        members, weight = table.member[part], table.weight[part]
        x = self.x[members]
        if table.mode[row] == Mode.QUORUM:
            value = float(np.sort(x)[len(x) - table.quorum[row]])
            guilty = members[x <= value + ZERO]
        elif table.mode[row] == Mode.NEEDS:
            value = float(1.0 - weight[0] * (1.0 - x[0]))
            guilty = members
        else:
            value = min(1.0, float(weight @ x))
            guilty = members[(x < 1.0 - ZERO) & (weight > 0)]
        return value, tuple(int(m) for m in guilty)

    def roots(self, i: int) -> frozenset[int]:
        """Numbers of all events at the roots of component i's causes."""
        return frozenset(e for j, moment in self.involved(i) for e in moment.events(j))

    def involved(self, i: int) -> tuple[tuple[int, Moment], ...]:
        """Every component on a binding chain from i, with the moment at which it is looked at.

        Where nothing binds any more, the chain goes on at the moment when the component went down.
        """
        seen: dict[tuple[int, float], Moment] = {(i, self.t): self}
        row: list[tuple[int, Moment]] = [(i, self)]
        while row:
            j, moment = row.pop()
            for k, then, _ in moment.onward(j):
                if (k, then.t) not in seen:
                    seen[(k, then.t)] = then
                    row.append((k, then))
        return tuple((j, moment) for (j, _), moment in sorted(seen.items(), key=lambda item: item[0]))

    def onward(self, i: int) -> list[tuple[int, Moment, Because]]:
        """The next links of the chain from component i: component, moment, and by what."""
        links = [(m, self, b.because) for b in self.bindings(i) for m in b.members]
        if not self.down[i] or i not in self.fell or self.events(i):
            return links
        if links and not self._in_circle(i):
            return links
        then = self.fell[i]
        return links if then.t == self.t else [*links, (i, then, "earlier" if links else "restarting")]

    def _in_circle(self, i: int) -> bool:
        """True where no event is to be found from i among what binds at this moment."""
        seen, row = {i}, [i]
        while row:
            j = row.pop()
            if self.events(j) or (j in self.fell and not self.bindings(j)):
                return False
            for binding in self.bindings(j):
                row.extend(m for m in binding.members if m not in seen)
                seen.update(binding.members)
        return True

    def chain(self, i: int) -> tuple[tuple[int, Moment, Because], ...]:
        """A shortest chain from i to something that an event strikes: each component and what holds it down.

        Among chains of equal length the first by component number, so that it is always the same one.
        """
        start = (i, self.t)
        came: dict[tuple[int, float], tuple[tuple[int, float], Because] | None] = {start: None}
        moments = {start: self}
        row = [start]
        while row:
            for key in row:
                if moments[key].events(key[0]):
                    return self._way(key, came, moments)
            following = []
            for key in row:
                for k, then, because in sorted(
                    moments[key].onward(key[0]), key=lambda link: (link[0], link[1].t)
                ):
                    new = (k, then.t)
                    if new not in came:
                        came[new] = (key, because)
                        moments[new] = then
                        following.append(new)
            row = following
        return ()

    def _way(
        self,
        end: tuple[int, float],
        came: Mapping[tuple[int, float], tuple[tuple[int, float], Because] | None],
        moments: Mapping[tuple[int, float], Moment],
    ) -> tuple[tuple[int, Moment, Because], ...]:
        way: list[tuple[int, Moment, Because]] = [(end[0], moments[end], "event")]
        key = end
        while (link := came[key]) is not None:
            key, because = link
            way.append((key[0], moments[key], because))
        return tuple(reversed(way))


_BECAUSE: dict[str, Because] = {
    "needs": "needs",
    "pool": "pool",
    "split": "split",
    "quorum": "quorum",
    "start": "start",
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
        involved=tuple(sorted({ids[j] for j, _ in moment.involved(i)})),
        roots=tuple(sorted(moment.roots(i))),
    )


def deadlocked(moment: Moment, waiting: Iterable[int]) -> tuple[tuple[str, ...], ...]:
    """Groups among the `waiting` components that wait for each other, directly or in a ring, sorted.

    `waiting` are down although no event holds them, and have not begun to start.
    """
    members = sorted(set(waiting))
    place = {i: k for k, i in enumerate(members)}
    edges = [
        (place[i], place[m]) for i in members for b in moment.bindings(i) for m in b.members if m in place
    ]
    if not edges:
        return ()
    owner, member = (np.array(side, np.intp) for side in zip(*edges, strict=True))
    ring, in_ring, _ = rings_and_depths(len(members), owner, member)
    groups: dict[int, list[str]] = {}
    for k, i in enumerate(members):
        if in_ring[k]:
            groups.setdefault(int(ring[k]), []).append(moment.system.ids[i])
    return tuple(sorted(tuple(sorted(group)) for group in groups.values()))
