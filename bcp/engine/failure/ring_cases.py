"""A few components that rest on each other, or on little else, worked out case by case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

from bcp.engine.levels.compile import System, compile_arrays
from bcp.engine.levels.requirements import Bools, Floats, Mode
from bcp.engine.levels.standing import HALF
from bcp.engine.levels.steady import steady_with_fallbacks
from bcp.engine.levels.tolerance import LEVEL
from bcp.engine.levels.wiring import Wiring

_ROUNDS = 1500
_MOST_SLOW = 200
"""A ring is left open where more cases than this still descend after 1500 rounds."""

_SAME = 1e-15
"""A case has settled when no level moves by more than this in a round."""

_Input = tuple[int, tuple[float, ...]]
"""A component and the levels that it can have, in rising order."""


@dataclass(frozen=True, slots=True)
class RingCases:
    """The levels of some components, the `members`, in every case.

    `inputs` are what the cases differ in, a component and its levels in rising order: the members, which
    are up or down by themselves, and what else they rest on. `table` has one axis an input and one more
    for the members.
    """

    members: tuple[int, ...]
    inputs: tuple[_Input, ...]
    table: Floats

    def levels_of(self, member: int) -> list[float]:
        """Every level that a member has in some case, rising."""
        return [float(v) for v in np.unique(self.table[..., self.members.index(member)])]

    def fails(self, member: int, threshold: float) -> Bools:
        """Where a member's level is below a threshold: one axis an input."""
        below: Bools = self.table[..., self.members.index(member)] < threshold
        return below


def cases_of(
    wiring: Wiring, ring: Sequence[int], levels: Sequence[tuple[float, ...] | None], most: int
) -> RingCases | None:
    """The cases of a ring whose surroundings have these levels; None where they are more than `most` or left open."""
    members = sorted(ring)
    inputs: list[_Input] = [(i, (0.0, 1.0)) for i in members]
    for i in sorted(_rests_on(wiring, members) - set(members)):
        known = levels[i]
        if known is None:
            return None
        inputs.append((i, known))
    return _worked_out(wiring, members, inputs, most)


def cases_beneath(wiring: Wiring, components: Sequence[int], most: int) -> RingCases | None:
    """The cases of components together with all that lies beneath them; None where they are more than `most`."""
    members, new = set(components), set(components)
    while new:
        new = _rests_on(wiring, sorted(new)) - members
        members |= new
        if 2.0 ** len(members) > most:
            return None
    ordered = sorted(members)
    return _worked_out(wiring, ordered, [(i, (0.0, 1.0)) for i in ordered], most)


def _worked_out(
    wiring: Wiring, members: Sequence[int], inputs: Sequence[_Input], most: int
) -> RingCases | None:
    if prod(len(values) for _, values in inputs) > most:
        return None
    x = _settled(wiring, members, inputs)
    if x is None:
        return None
    shape = tuple(len(values) for _, values in inputs)
    table = np.stack([x[i].reshape(shape) for i in members], axis=-1)
    return RingCases(tuple(members), tuple(inputs), table)


def _settled(wiring: Wiring, members: Sequence[int], inputs: Sequence[_Input]) -> dict[int, Floats] | None:
    """The levels of a ring's members and of what it rests on, one number a case.

    All cases descend together; the few that go on for long are left to the engine, many to nobody.
    """
    grid = np.meshgrid(*(values for _, values in inputs), indexing="ij")
    given = {i: axis.ravel() for (i, _), axis in zip(inputs, grid, strict=True)}
    x = {i: np.ones_like(column) if i in members else column for i, column in given.items()}
    for _ in range(_ROUNDS):
        moved = np.zeros(grid[0].size)
        for i in members:
            level = _level(wiring, i, given[i], x)
            np.maximum(moved, x[i] - level, out=moved)
            x[i] = level
        slow = np.flatnonzero(moved > _SAME)
        if not slow.size:
            return x
    if slow.size > _MOST_SLOW:
        return None
    part = _part(wiring, members, [i for i in given if i not in members])
    places = [part.index[str(i)] for i in given]
    for case in slow.tolist():
        own = np.ones(part.n)
        own[places] = [column[case] for column in given.values()]
        levels = steady_with_fallbacks(part, own)
        for i in members:
            x[i][case] = levels[part.index[str(i)]]
    return x


def _level(wiring: Wiring, i: int, own: Floats, x: Mapping[int, Floats]) -> Floats:
    """The level of a component in every case, from the levels around it."""
    level = own
    for row in wiring.rows(i):
        level = np.minimum(level, _value(wiring, row, x))
    for bypass in wiring.carriers.get(i, ()):
        carried = np.full_like(own, bypass.capacity)
        for j in bypass.via.tolist():
            carried = np.minimum(carried, bypass.capacity * x[j])
        for j in bypass.needs.tolist():
            carried = np.where(x[j] >= HALF - LEVEL, carried, 0.0)
        level = level + carried
    return np.minimum(level, 1.0)


def _value(wiring: Wiring, row: int, x: Mapping[int, Floats]) -> Floats | float:
    """The value of a requirement in every case."""
    terms = wiring.terms(row)
    match wiring.mode[row]:
        case Mode.NEEDS:
            return 1.0 - terms[0][0] * (1.0 - x[terms[0][1]]) if terms else 1.0
        case Mode.QUORUM:
            stacked = np.sort(np.stack([x[j] for _, j in terms]), axis=0)
            kth: Floats = stacked[len(terms) - wiring.quorum[row]]
            return kth
        case _:
            return sum((weight * x[j] for weight, j in terms), 0.0)


def _rests_on(wiring: Wiring, members: Sequence[int]) -> set[int]:
    found = {j for i in members for row in wiring.rows(i) for _, j in wiring.terms(row)}
    for i in members:
        for bypass in wiring.carriers.get(i, ()):
            found.update(bypass.via.tolist(), bypass.needs.tolist())
    return found


def _part(wiring: Wiring, members: Sequence[int], around: Sequence[int]) -> System:
    """The ring as a system of its own: what it rests on has no requirements there. Named by number."""
    system = wiring.system
    inside = [*members, *around]
    place = np.zeros(system.n, np.intp)
    place[inside] = np.arange(len(inside))
    rows = [row for i in members for row in wiring.rows(i)]
    table = system.running.taken(np.array(rows, np.intp))
    carriers = [b.renumbered(place) for i in members for b in wiring.carriers.get(i, ())]
    return compile_arrays([str(i) for i in inside], table.renumbered(place), carriers)
