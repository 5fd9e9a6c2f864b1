"""All single failures against all activities at once: a bit for each component, whole words of them a step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np

from bcp.engine.failure.failure_logic import plan_logic
from bcp.engine.failure.logic import Logic
from bcp.engine.levels.compile import System
from bcp.engine.levels.requirements import Bools, Ints
from bcp.engine.levels.steady import steady, steady_with_fallbacks
from bcp.engine.levels.tolerance import LEVEL
from bcp.errors import BcpError
from bcp.model.plan import Plan

_BITS_AT_ONCE = 1 << 31
"""How many bits may be held at a time, for all nodes together: a quarter of a gigabyte."""

_NARROWEST, _WIDEST = 1 << 10, 1 << 17
"""How many components are taken together at least and at most."""


def single_points_of(
    plan: Plan, system: System, targets: Iterable[str], *, with_fallbacks: bool = False
) -> dict[str, tuple[str, ...]]:
    """For each target the components whose lone failure takes it below its MBCO, sorted.

    Reads as the cut sets of order 1 do: the target itself is not counted, nor what is virtual; a target
    that is too low with everything up has none. Where the plan has more different shares than its failure
    logic can tell apart, each component's failure is propagated by itself: a second for some thousand.
    """
    named = sorted(targets)
    try:
        logic = plan_logic(plan, system, named, with_fallbacks=with_fallbacks)
    except BcpError:
        return _one_by_one(plan, system, named, with_fallbacks=with_fallbacks)
    return single_failures(logic)


def _one_by_one(
    plan: Plan, system: System, targets: Sequence[str], *, with_fallbacks: bool
) -> dict[str, tuple[str, ...]]:
    at = np.array([system.index[t] for t in targets], np.intp)
    least = np.array([plan.components[t].analysis.mbco for t in targets]) - LEVEL
    own = np.ones(system.n)

    def too_low() -> Bools:
        x = steady_with_fallbacks(system, own) if with_fallbacks else steady(system, own).x
        low: Bools = x[at] < least
        return low

    already = too_low()
    found: dict[str, list[str]] = {t: [] for t in targets}
    for component in sorted(plan.components):
        if plan.components[component].virtual:
            continue
        own[system.index[component]] = 0.0
        for k in np.flatnonzero(too_low() & ~already).tolist():
            if targets[k] != component:
                found[targets[k]].append(component)
        own[system.index[component]] = 1.0
    return {t: tuple(points) for t, points in found.items()}


def single_failures(logic: Logic) -> dict[str, tuple[str, ...]]:
    """For each top of a failure logic the variables whose failure alone makes it true, sorted.

    A top that is true without any failure has none.
    """
    names, components = sorted(logic.tops), sorted(logic.variables)
    rank = {component: k for k, component in enumerate(components)}
    renamed = np.array([rank[component] for component in logic.variables], np.intp)
    top, variable = _pairs(logic, [logic.tops[name] for name in names])
    pairs = np.sort(top * len(components) + renamed[variable])
    bounds = np.searchsorted(pairs, np.arange(len(names) + 1) * len(components)).tolist()
    pairs -= np.repeat(np.arange(len(names)) * len(components), np.diff(bounds))
    found = np.array(components, np.object_)[pairs].tolist()
    return {name: tuple(found[bounds[k] : bounds[k + 1]]) for k, name in enumerate(names)}


def taken_down(singles: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The same the other way round: for each component that takes anything down alone, what it takes down, sorted."""
    found: dict[str, list[str]] = {}
    for top in sorted(singles):
        for component in singles[top]:
            found.setdefault(component, []).append(top)
    return {component: tuple(found[component]) for component in sorted(found)}


def _pairs(logic: Logic, tops: list[int]) -> tuple[Ints, Ints]:
    """Which variable alone makes which top true: places of tops and numbers of variables, both (pairs,).

    The variables are taken some thousands at a time, and each time only the gates above them.
    """
    count = len(logic.variables)
    width = min(max(_BITS_AT_ONCE // (count + logic.gates + 1), _NARROWEST), _WIDEST)
    gates = _Gates(logic)
    above = gates.above([1 << (v // width) for v in range(count)])
    found = [(np.zeros(0, np.intp), np.zeros(0, np.intp))]
    for chunk, low in enumerate(range(0, count, width)):
        reached = [
            g for g, chunks in enumerate(above) if chunks >> chunk & 1 and count + g not in gates.given
        ]
        masks = gates.masks(low, min(low + width, count), reached)
        top, place = _set_bits([0 if t in gates.given else masks[t] for t in tops], width)
        found.append((top, place + low))
    return np.concatenate([t for t, _ in found]), np.concatenate([v for _, v in found])


class _Gates:
    """A logic's gates as lists. `given` are the nodes that are true without any failure."""

    def __init__(self, logic: Logic) -> None:
        first, argument = logic.first.tolist(), logic.argument.tolist()
        self.variables = len(logic.variables)
        self.least: list[int] = logic.least.tolist()
        self.arguments: list[list[int]] = [argument[a:b] for a, b in pairwise(first)]
        self.given: set[int] = set()
        for g, least in enumerate(self.least):
            if least <= 0 or (self.given and sum(a in self.given for a in self.arguments[g]) >= least):
                self.given.add(self.variables + g)

    def above(self, marks: list[int]) -> list[int]:
        """For each gate the marks of all variables beneath it."""
        value = [*marks]
        for arguments in self.arguments:
            union = 0
            for a in arguments:
                union |= value[a]
            value.append(union)
        return value[self.variables :]

    def masks(self, low: int, high: int, reached: list[int]) -> list[int]:
        """For each node a bit for each of the variables `low` to `high` (not included) that alone makes it true.

        `reached` are the gates above any of these, all of them but the given ones.
        """
        whole = (1 << (high - low)) - 1
        value = [0] * (self.variables + len(self.least))
        value[low:high] = [1 << k for k in range(high - low)]
        for node in self.given:
            value[node] = whole
        for g in reached:
            least, arguments = self.least[g], self.arguments[g]
            if least == 1:
                mask = 0
                for a in arguments:
                    mask |= value[a]
            elif least == len(arguments):
                mask = whole
                for a in arguments:
                    mask &= value[a]
            else:
                mask = _at_least(least, [value[a] for a in arguments], whole)
            value[self.variables + g] = mask
        return value


def _at_least(least: int, masks: list[int], whole: int) -> int:
    """The bits that are set in at least `least` of these masks.

    A counter a bit, kept as slices; it begins so far below a power of two that the least count carries out of it.
    """
    size = (least - 1).bit_length()
    start = (1 << size) - least
    slices = [whole if start >> s & 1 else 0 for s in range(size)]
    reached = 0
    for mask in masks:
        carry = mask
        for s in range(size):
            slices[s], carry = slices[s] ^ carry, slices[s] & carry
            if not carry:
                break
        reached |= carry
    return reached


def _set_bits(masks: list[int], width: int) -> tuple[Ints, Ints]:
    """Rows and places of the bits that are set in masks of at most `width` bits: two arrays of shape (set,)."""
    rows = [row for row, mask in enumerate(masks) if mask]
    length = -(-width // 8)
    held = np.frombuffer(b"".join(masks[row].to_bytes(length, "little") for row in rows), np.uint8)
    at = np.flatnonzero(held)
    bit = np.flatnonzero(np.unpackbits(held[at], bitorder="little"))
    row, place = np.divmod(at[bit >> 3] * 8 + (bit & 7), length * 8)
    return np.array(rows, np.intp)[row], place
