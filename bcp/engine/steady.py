"""Steady state: the greatest levels that agree with every requirement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from bcp.engine.compile import Bypass, System
from bcp.engine.requirements import Bools, Floats, Mode
from bcp.engine.steps import Ring
from bcp.engine.tolerance import ZERO

_SAME = 1e-15
"""A ring has settled when no level moves by more than this in a round."""

_ROUNDS = 200_000
_ROUNDS_BEFORE_SOLVING = 40
_LARGEST_SOLVED = 3000


@dataclass(frozen=True, slots=True)
class Levels:
    """Delivered levels `x` and primary levels `p` (without fallbacks), both 0–1 and of shape (n,)."""

    x: Floats
    p: Floats


def steady(system: System, own: Floats, down: Bools | None = None, active: Iterable[int] = ()) -> Levels:
    """The greatest solution of DESIGN's equations for own states `own` (n,), the set `down` (n,) of
    components held at primary level 0, and the indices of the active fallbacks.

    One pass in the order of the steps; a ring is iterated downwards from 1.
    """
    held = own if down is None else np.where(down, 0.0, own)
    x = np.empty(system.n)
    supports = _by_step(system, active)
    primary: dict[int, float] = {}
    for number, step in enumerate(system.steps):
        support = supports.get(number)
        if isinstance(step, Ring):
            _settle(step, held, x, support or {}, primary)
            continue
        step.apply(held, x)
        if support:
            _support(x, support, primary)
    if not primary:
        return Levels(x, x)
    p = x.copy()
    p[list(primary)] = list(primary.values())
    return Levels(x, p)


_Support = dict[int, list[Bypass]]
"""The active fallbacks by the component they protect."""


def _by_step(system: System, active: Iterable[int]) -> dict[int, _Support]:
    found: dict[int, _Support] = {}
    for f in sorted(active):
        bypass = system.bypasses[f]
        found.setdefault(int(system.step_of[bypass.protects]), {}).setdefault(bypass.protects, []).append(
            bypass
        )
    return found


def added(bypasses: Iterable[Bypass], x: Floats) -> float:
    """What fallbacks add to the component they protect: Σ capacity · min of what they go via (1 via nothing)."""
    return sum(b.capacity * (float(x[b.via].min()) if len(b.via) else 1.0) for b in bypasses)


def _support(x: Floats, support: _Support, primary: dict[int, float]) -> None:
    for component, bypasses in support.items():
        primary[component] = float(x[component])
        x[component] = min(1.0, primary[component] + added(bypasses, x))


def _settle(ring: Ring, own: Floats, x: Floats, support: _Support, primary: dict[int, float]) -> None:
    """Iterate a ring from 1 downwards until it stands still; the limit of a slow descent is solved for."""
    here = slice(ring.first, ring.last)
    x[here] = 1.0
    for component in support:
        primary[component] = 1.0
    may_solve = ring.last - ring.first <= _LARGEST_SOLVED and not np.any(ring.mixed.table.mode == Mode.QUORUM)
    for count in range(1, _ROUNDS):
        moved = _round(ring, own, x, support, primary)
        if moved <= _SAME:
            return
        if may_solve and count % _ROUNDS_BEFORE_SOLVING == 0:
            solution = _solved(ring, own, x, support)
            if solution is not None:
                x[here] = solution
                _round(ring, own, x, support, primary)
                return


def _round(ring: Ring, own: Floats, x: Floats, support: _Support, primary: dict[int, float]) -> float:
    """One round over a ring, all components from the levels before it; returns the largest move."""
    level = ring.mixed.primary(own, x)
    lifted = {c: min(1.0, float(level[c - ring.first]) + added(b, x)) for c, b in support.items()}
    for component, value in lifted.items():
        primary[component] = float(level[component - ring.first])
        level[component - ring.first] = value
    moved = float(np.max(np.abs(level - x[ring.first : ring.last])))
    x[ring.first : ring.last] = level
    return moved


def _solved(ring: Ring, own: Floats, x: Floats, support: _Support) -> Floats | None:
    """The limit of the descent, where the requirements that bind now go on binding; None otherwise.

    The levels are the least of finitely many affine functions with weights of at least 0. With the
    binding ones chosen, `y = A y + b`; where that has a solution between 0 and the present levels and
    it solves the whole system too, it is the greatest solution: the present levels are above that one,
    and it lies below the solution of every choice.
    """
    size = ring.last - ring.first
    matrix, constant = np.eye(size), np.zeros(size)
    inside = np.zeros(len(x), np.bool_)
    inside[ring.first : ring.last] = True

    def add(row: int, member: int, weight: float) -> None:
        if inside[member]:
            matrix[row, member - ring.first] -= weight
        else:
            constant[row] += weight * x[member]

    table, values = ring.mixed.table, ring.mixed.values(x)
    starts = np.append(ring.mixed.owner_start, table.count)
    place = {int(b): k for k, b in enumerate(ring.mixed.bearers)}
    for row in range(size):
        binding, lowest = -1, float(own[ring.first + row])
        if row in place:
            rows = range(starts[place[row]], starts[place[row] + 1])
            binding = min(rows, key=lambda r: float(values[r]))
            if values[binding] >= lowest:
                binding = -1
        if binding < 0:
            constant[row] += lowest
        elif values[binding] >= 1.0:
            constant[row] += 1.0
        else:
            constant[row] += ring.mixed.base[binding]
            for m in range(table.first[binding], table.first[binding + 1]):
                add(row, int(table.member[m]), float(table.weight[m]))
        for bypass in support.get(ring.first + row, ()):
            if len(bypass.via):
                add(row, int(bypass.via[np.argmin(x[bypass.via])]), bypass.capacity)
            else:
                constant[row] += bypass.capacity
        if row + ring.first in support and x[ring.first + row] >= 1.0:
            matrix[row] = 0.0
            matrix[row, row], constant[row] = 1.0, 1.0
    return _checked(ring, own, x, support, matrix, constant)


def _checked(
    ring: Ring, own: Floats, x: Floats, support: _Support, matrix: Floats, constant: Floats
) -> Floats | None:
    try:
        inverse = np.linalg.inv(matrix)
    except np.linalg.LinAlgError:
        return None
    y = inverse @ constant
    here = slice(ring.first, ring.last)
    # An inverse without negative entries is what makes z ≤ A z + b imply z ≤ y.
    if not np.all(np.isfinite(inverse)) or np.any(inverse < -ZERO) or np.any(y > x[here] + ZERO):
        return None
    y = np.clip(y, 0.0, 1.0)
    trial = x.copy()
    trial[here] = y
    moved = _round(ring, own, trial, support, {})
    return y if moved <= ZERO else None
