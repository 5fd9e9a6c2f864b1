"""How good what passes is: at settled levels, the greatest qualities that agree with every requirement.

The quality of a component is the share of what it delivers that is good, for instance calls that both sides
can hear. What is spoilt still gets through, so levels are given here and quality changes none of them. What
passes through a requirement is mixed from its members in the amounts in which they deliver. With levels given
each mixture is fixed, so qualities are the levels of another system: the same components and requirements,
with the amounts as weights. That system is built here; it is solved, and its causes are read, like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from bcp.engine.levels.compile import Bypass, System, compile_arrays
from bcp.engine.levels.requirements import Bools, Floats, Ints, Mode, RequirementTable
from bcp.engine.levels.steady import Levels, steady
from bcp.engine.levels.tolerance import LEVEL, ZERO

_Row = tuple[int, Mode, int, Sequence[tuple[int, float]]]
"""A requirement: its owner, mode, quorum, and members with their weights."""


@dataclass(frozen=True, slots=True)
class Passing:
    """What passes at settled levels: a system whose levels are the qualities of n components.

    `delivered` and `primary` (n,) are the numbers in `system` of each component's quality with and without
    fallbacks; `stands_for` (m,) the component of each number in `system`, −1 for what a fallback goes via.
    `alive` (n,) marks components that deliver something by themselves.
    """

    system: System
    delivered: Ints
    primary: Ints
    stands_for: Ints
    alive: Bools

    def own(self, quality: Floats) -> Floats:
        """Own states (m,) of the system for own qualities (n,): where nothing passes, nothing is spoilt."""
        own = np.ones(self.system.n)
        own[self.primary[self.alive]] = quality[self.alive]
        return own


def passing(system: System, levels: Levels, active: Iterable[int]) -> Passing:
    """What passes at these levels while the fallbacks numbered `active` carry load."""
    n, alive = system.n, levels.p > ZERO
    carrying: dict[int, list[Bypass]] = {}
    for f in sorted(active):
        bypass = system.bypasses[f]
        if bypass.capacity > 0 and levels.x[bypass.protects] > ZERO:
            carrying.setdefault(bypass.protects, []).append(bypass)
    numbers = np.arange(n)
    stands_for: list[int] = list(range(n))
    rows: list[_Row] = []
    for component, bypasses in sorted(carrying.items()):
        numbers[component] = len(stands_for)
        stands_for.append(component)
        rows += _carried(component, bypasses, levels, stands_for, int(numbers[component]))
    rows += _mixed(system.running, levels.x, alive, numbers)
    names = [f"{i}:{k}" if k >= n else system.ids[k] for k, i in enumerate(stands_for)]
    compiled = compile_arrays(names, _table(rows))
    place = np.array([compiled.index[name] for name in names], np.intp)
    meaning = np.empty(len(names), np.intp)
    meaning[place] = stands_for
    return Passing(compiled, place[:n], place[numbers], meaning, alive)


def qualities(passes: Passing, own: Floats) -> Levels:
    """The greatest qualities (m,) of the system of what passes for own qualities `own` (n,)."""
    return steady(passes.system, passes.own(own))


def _carried(
    component: int, bypasses: Sequence[Bypass], levels: Levels, stands_for: list[int], primary: int
) -> list[_Row]:
    """What a component delivers with fallbacks: they carry what they can, and it carries the rest itself."""
    amounts = [b.capacity * (float(levels.x[b.via].min()) if len(b.via) else 1.0) for b in bypasses]
    delivered, total = float(levels.x[component]), sum(amounts)
    taken = min(1.0, total)
    parts: list[tuple[int, float]] = []
    rows: list[_Row] = []
    if delivered - taken > ZERO:
        parts.append((primary, (delivered - taken) / delivered))
    for bypass, amount in zip(bypasses, amounts, strict=True):
        if amount <= ZERO:
            continue
        carrier = len(stands_for)
        stands_for.append(-1)
        parts.append((carrier, amount / total * taken / delivered))
        rows += [(carrier, Mode.NEEDS, 0, [(int(j), 1.0)]) for j in bypass.via]
    return [*rows, (component, Mode.SPLIT, 0, parts or [(primary, 1.0)])]


def _mixed(table: RequirementTable, x: Floats, alive: Bools, numbers: Ints) -> list[_Row]:
    """The requirements of what is alive, each a mixture of its members in the amounts in which they deliver."""
    rows: list[_Row] = []
    for r in np.flatnonzero(alive[table.owner]).tolist():
        span = slice(table.first[r], table.first[r + 1])
        members, weights, mode = table.member[span], table.weight[span], Mode(table.mode[r])
        if mode == Mode.QUORUM:
            quorum = int(table.quorum[r])
            enough = np.partition(x[members], len(members) - quorum)[len(members) - quorum]
            parts = [(j, 1.0) for j in members[x[members] >= enough - LEVEL].tolist()]
        else:
            amounts = weights * x[members]
            others = 1.0 - float(weights[0]) if mode == Mode.NEEDS else 0.0
            whole = others + float(amounts.sum())
            parts = [
                (int(j), float(a) / whole) for j, a in zip(members, amounts, strict=True) if a / whole > 0
            ]
            quorum, mode = 0, Mode.NEEDS if mode == Mode.NEEDS else Mode.SPLIT
        if parts:
            rows.append((int(numbers[table.owner[r]]), mode, quorum, parts))
    return rows


def _table(rows: list[_Row]) -> RequirementTable:
    rows = sorted(rows, key=lambda row: row[0])
    arity = [len(parts) for _, _, _, parts in rows]
    return RequirementTable(
        np.array([owner for owner, _, _, _ in rows], np.intp),
        np.array([mode for _, mode, _, _ in rows], np.int8),
        np.array([quorum for _, _, quorum, _ in rows], np.intp),
        np.zeros(len(rows), np.bool_),
        np.concatenate(([0], np.cumsum(arity))).astype(np.intp),
        np.array([j for _, _, _, parts in rows for j, _ in parts], np.intp),
        np.array([w for _, _, _, parts in rows for _, w in parts], np.float64),
    )
