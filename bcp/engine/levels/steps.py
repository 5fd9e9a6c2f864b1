"""The steps of one pass over a plan: each computes the primary levels of a run of components.

Components are numbered so that a step's are neighbours, `first` to `last` (not included), and rest
only on earlier ones, a ring's also on each other. `own` holds own states with 0 where a component is
down; `x` holds delivered levels. All arrays have shape (n,).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from bcp.engine.levels.requirements import Floats, Ints, Mode, RequirementTable

_UNCHECKED: Final = "clip"
"""Compiled indices are in range; NumPy gathers about three times faster when it need not look."""


@dataclass(frozen=True, slots=True)
class Leaves:
    """Components without requirements: their primary level is their own state."""

    first: int
    last: int

    def apply(self, own: Floats, x: Floats) -> None:
        """Write the primary levels into `x`."""
        x[self.first : self.last] = own[self.first : self.last]


@dataclass(frozen=True, slots=True)
class Sum:
    """A requirement of equal shape in every component of a step: `min(1, base + Σ weight · x)`.

    `members` are arrays of shape (m,), one for each place; `weights` likewise, or None where all are 1.
    """

    base: Floats | None
    members: tuple[Ints, ...]
    weights: tuple[Floats | None, ...]

    def value(self, x: Floats) -> Floats:
        """Values of the requirement before they are clipped to 1, shape (m,)."""
        total: Floats | None = None
        for member, weight in zip(self.members, self.weights, strict=True):
            part = x.take(member, mode=_UNCHECKED)
            if weight is not None:
                part *= weight
            if total is None:
                total = part
            else:
                total += part
        assert total is not None  # noqa: S101 - a requirement has at least one member
        if self.base is not None:
            total += self.base
        return total


@dataclass(frozen=True, slots=True)
class KthLargest:
    """A quorum of equal shape in every component of a step; `members` has shape (m, arity)."""

    quorum: int
    members: Ints

    def value(self, x: Floats) -> Floats:
        """Values of the requirement, shape (m,)."""
        place = self.members.shape[1] - self.quorum
        taken: Floats = np.partition(x.take(self.members, mode=_UNCHECKED), place, axis=1)[:, place]
        return taken


@dataclass(frozen=True, slots=True)
class Alike:
    """Many components whose requirements have the same shape: whole-array gathers.

    `needed` holds what each needs in full, arrays of shape (m,); `parts` the other requirements.
    """

    first: int
    last: int
    needed: tuple[Ints, ...]
    parts: tuple[Sum | KthLargest, ...]

    def apply(self, own: Floats, x: Floats) -> None:
        """Write the primary levels into `x`."""
        out = x[self.first : self.last]
        lowest = own[self.first : self.last]  # at most 1, which clips the sums
        for member in self.needed:
            lowest = np.minimum(lowest, x.take(member), out=out)
        for part in self.parts:
            lowest = np.minimum(lowest, part.value(x), out=out)


@dataclass(frozen=True, slots=True)
class Mixed:
    """Components whose requirements differ in shape: segmented sums over all their members.

    `table` holds exactly their requirements, R of them with M members. `base` (R,) and the weights
    make every mode but the quorum a clipped sum. `bearers` are the places, counted from `first`, of
    the components that have requirements; `owner_start` says where each one's begin.
    """

    first: int
    last: int
    table: RequirementTable
    base: Floats
    member_start: Ints
    bearers: Ints
    owner_start: Ints
    quorums: tuple[tuple[Ints, KthLargest], ...]

    def values(self, x: Floats) -> Floats:
        """Values of the requirements, shape (R,)."""
        parts = x.take(self.table.member, mode=_UNCHECKED)
        parts *= self.table.weight
        totals: Floats = np.add.reduceat(parts, self.member_start)
        totals += self.base
        np.minimum(totals, 1.0, out=totals)
        for rows, quorum in self.quorums:
            totals[rows] = quorum.value(x)
        return totals

    def primary(self, own: Floats, x: Floats) -> Floats:
        """Primary levels of the step's components, shape (last − first,)."""
        level = own[self.first : self.last].copy()
        lowest: Floats = np.minimum.reduceat(self.values(x), self.owner_start)
        level[self.bearers] = np.minimum(level[self.bearers], lowest)
        return level

    def apply(self, own: Floats, x: Floats) -> None:
        """Write the primary levels into `x`."""
        x[self.first : self.last] = self.primary(own, x)


@dataclass(frozen=True, slots=True)
class Ring:
    """Components that rest on each other, iterated downwards from 1 to their greatest solution."""

    mixed: Mixed

    @property
    def first(self) -> int:
        """The first component of the ring."""
        return self.mixed.first

    @property
    def last(self) -> int:
        """One after the last component of the ring."""
        return self.mixed.last


Step = Leaves | Alike | Mixed | Ring


def mixed_step(first: int, last: int, table: RequirementTable) -> Mixed:
    """The step for components `first` to `last` whose requirements are `table`, sorted by owner."""
    needs = table.mode == Mode.NEEDS
    base = np.zeros(table.count)
    base[needs] = 1.0 - table.weight[table.first[:-1][needs]]
    owner_start = np.flatnonzero(np.diff(table.owner, prepend=-1)).astype(np.intp)
    bearers = table.owner[owner_start] - first
    quorums = []
    at = np.flatnonzero(table.mode == Mode.QUORUM)
    shapes = sorted({(int(table.quorum[r]), int(table.arity[r])) for r in at})
    for quorum, arity in shapes:
        rows = at[(table.quorum[at] == quorum) & (table.arity[at] == arity)]
        members = table.member[table.first[rows][:, None] + np.arange(arity)]
        quorums.append((rows.astype(np.intp), KthLargest(quorum, members)))
    return Mixed(first, last, table, base, table.first[:-1], bearers, owner_start, tuple(quorums))


def alike_step(first: int, last: int, table: RequirementTable) -> Alike:
    """The step for components `first` to `last` that all have requirements of the same shapes.

    `table` is sorted by owner and, within an owner, by shape.
    """
    size = last - first
    each = table.count // size
    rows = np.arange(table.count).reshape(size, each)
    needed: list[Ints] = []
    parts: list[Sum | KthLargest] = []
    for place in range(each):
        row = rows[:, place]
        arity = int(table.arity[row[0]])
        at = table.first[row][:, None] + np.arange(arity)
        members, weights, mode = table.member[at], table.weight[at], table.mode[row[0]]
        soft = mode == Mode.NEEDS and bool(np.any(weights != 1.0))
        if mode == Mode.QUORUM:
            parts.append(KthLargest(int(table.quorum[row[0]]), np.ascontiguousarray(members)))
        elif mode == Mode.NEEDS and not soft:
            needed.append(np.ascontiguousarray(members[:, 0]))
        else:
            parts.append(
                Sum(
                    1.0 - weights[:, 0] if soft else None,
                    tuple(np.ascontiguousarray(members[:, q]) for q in range(arity)),
                    tuple(
                        None if np.all(weights[:, q] == 1.0) else np.ascontiguousarray(weights[:, q])
                        for q in range(arity)
                    ),
                )
            )
    return Alike(first, last, tuple(needed), tuple(parts))
