"""Steady state: the greatest levels that agree with every requirement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from bcp.engine.levels.compile import Bypass, System
from bcp.engine.levels.requirements import Bools, Floats, Mode
from bcp.engine.levels.standing import HALF
from bcp.engine.levels.steps import Ring
from bcp.engine.levels.tolerance import LEVEL, ZERO

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
    """The greatest levels for own states `own` and the components `down` (both (n,)).

    What is down has primary level 0; `active` are the numbers of the fallbacks that carry load. One
    pass in the order of the steps; a ring is iterated downwards from 1.
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


def steady_with_fallbacks(system: System, own: Floats) -> Floats:
    """The greatest levels, shape (n,), when every fallback carries load whose `needs` serve in that same state."""
    active = set(range(len(system.bypasses)))
    while True:
        x = steady(system, own, None, active).x
        dead = {f for f in active if np.any(x[system.bypasses[f].needs] < HALF - LEVEL)}
        if not dead:
            return x
        active -= dead


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
    binding ones chosen, `y = A y + b`. Where I − A has an inverse without negative entries, every
    solution z of the whole system, for which z ≤ A z + b, lies below y; so where y solves the whole
    system it is the greatest solution.
    """
    here = slice(ring.first, ring.last)
    linear = _Linear(ring, x)
    for row, binding in enumerate(_binding(ring, own, x)):
        component = ring.first + row
        if component in support and x[component] >= 1.0:
            linear.constant[row] = 1.0
            continue
        if binding is None:
            linear.constant[row] += own[component]
        else:
            linear.take(row, binding)
        for bypass in support.get(component, ()):
            linear.add_bypass(row, bypass)
    try:
        inverse = np.linalg.inv(linear.matrix)
    except np.linalg.LinAlgError:
        return None
    y = inverse @ linear.constant
    if not np.all(np.isfinite(inverse)) or np.any(inverse < -ZERO) or np.any(y > x[here] + ZERO):
        return None
    trial = x.copy()
    trial[here] = np.clip(y, 0.0, 1.0)
    solution = trial[here].copy()
    return solution if _round(ring, own, trial, support, {}) <= ZERO else None


def _binding(ring: Ring, own: Floats, x: Floats) -> list[int | None]:
    """For each component of a ring the requirement with the lowest value; None where its own state is lower."""
    values = ring.mixed.values(x)
    found: list[int | None] = [None] * (ring.last - ring.first)
    starts = np.append(ring.mixed.owner_start, len(values))
    for k, bearer in enumerate(ring.mixed.bearers.tolist()):
        row = int(starts[k]) + int(np.argmin(values[starts[k] : starts[k + 1]]))
        if values[row] < own[ring.first + bearer]:
            found[bearer] = row
    return found


class _Linear:
    """`matrix · y = constant` for the levels y of a ring, built row by row; `matrix` is I − A."""

    def __init__(self, ring: Ring, x: Floats) -> None:
        size = ring.last - ring.first
        self.matrix, self.constant = np.eye(size), np.zeros(size)
        self._ring, self._x = ring, x
        self._values = ring.mixed.values(x)

    def take(self, row: int, requirement: int) -> None:
        """This component's level is the value of that requirement."""
        if self._values[requirement] >= 1.0:
            self.constant[row] += 1.0
            return
        table = self._ring.mixed.table
        self.constant[row] += self._ring.mixed.base[requirement]
        for m in range(table.first[requirement], table.first[requirement + 1]):
            self._add(row, int(table.member[m]), float(table.weight[m]))

    def add_bypass(self, row: int, bypass: Bypass) -> None:
        """A fallback adds what its lowest carrier delivers."""
        if len(bypass.via):
            self._add(row, int(bypass.via[np.argmin(self._x[bypass.via])]), bypass.capacity)
        else:
            self.constant[row] += bypass.capacity

    def _add(self, row: int, member: int, weight: float) -> None:
        if self._ring.first <= member < self._ring.last:
            self.matrix[row, member - self._ring.first] -= weight
        else:
            self.constant[row] += weight * self._x[member]
