"""The cases into which the failure of one region falls: its smallest cut sets, and bounds on its probability.

Some leaves together keep a region's root false as long as they are up, and every cut set has one of
them; so there is a case for each: it has failed, those before it have not. The smallest cut sets are
found by going through all cases up to an order (R. Reiter's hitting sets, 1987); bounds on the
probability by always dividing the case that leaves most open, which is the factoring of network
reliability (J. P. Dotson and O. Gobien, 1979).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from bcp.engine.failure import search_kernels
from bcp.engine.failure.compiled import Kernels, compiled, numba_available
from bcp.engine.failure.diagrams import Deadline
from bcp.engine.failure.regions import Regions
from bcp.engine.failure.search_kernels import CUT, DEPTH, ENTERING, FILLED, LEFT, STATE, STEPS

_PLAIN: Kernels = {
    kernel.__name__: kernel
    for kernel in (
        search_kernels.survey,
        search_kernels.cheapest,
        search_kernels.keepers,
        search_kernels.is_minimal,
        search_kernels.search,
        search_kernels.gauge,
        search_kernels.expand,
    )
}
_STEPS = 20_000
"""Cases between two looks at the clock, compiled; plain Python takes a fiftieth."""
_FOUND = 1 << 16
"""Numbers that the search may put down before it is emptied."""
_MOST_SETS = 300_000
_MOST_CASES = 300_000
_ROUNDING = 1e-12


@cache
def _compiled() -> Kernels:
    return compiled(tuple(_PLAIN.values()))


@dataclass(frozen=True, slots=True)
class Sets:
    """Minimal sets of leaves; `complete`: there are no others of any order."""

    found: tuple[tuple[int, ...], ...]
    complete: bool


class Region:
    """One region of a circuit: leaves numbered from 0, and gates over them of which the last is the root."""

    def __init__(self, made: Regions, region: int, *, fast: bool | None = None) -> None:
        begin, end = made.gates[region : region + 2]
        leaf, last = made.leaves[region : region + 2]
        self._fast = numba_available() if fast is None else fast
        self._kernels = _compiled() if self._fast else _PLAIN
        self._leaves = last - leaf
        self._gates = end - begin
        base = made.first[begin]
        first = [f - base for f in made.first[begin : end + 1]]
        argument = [a - leaf if a >= 0 else a + begin for a in made.argument[base : made.first[end]]]
        self._program = [self._ints(x) for x in (made.kind[begin:end], first, argument)]

    def smallest(self, weight: Sequence[int], order: int, deadline: Deadline) -> Sets | None:
        """All minimal sets of leaves up to a total weight; None where time or their number stops it."""
        frames = order + 3
        out = self._ints([0] * (frames * (self._leaves + 1)))
        state = self._ints([0] * STATE)
        state[LEFT], state[ENTERING] = order, 1
        found = self._ints([0] * max(_FOUND, 2 * self._leaves + 8))
        given = [
            *self._program,
            self._ints(weight),
            self._ints([1] * self._leaves),
            *(
                self._ints([0] * n)
                for n in (self._leaves, self._gates, self._gates, self._gates + self._leaves)
            ),
            out,
            *(self._ints([0] * frames) for _ in range(3)),
        ]
        sets: list[tuple[int, ...]] = []
        while state[DEPTH] >= 0:
            state[STEPS] = _STEPS if self._fast else _STEPS // 50
            self._kernels["search"](*given, found, state)
            sets.extend(_unpacked(found, int(state[FILLED])))
            if state[DEPTH] >= 0 and (not deadline.left or len(sets) > _MOST_SETS):
                return None
        return Sets(tuple(sets), complete=not state[CUT])

    def bounds(self, q: Sequence[float], deadline: Deadline) -> tuple[float, float]:
        """Two figures between which the root's probability lies, where leaf a is true with q[a].

        As close to each other as the time allows.
        """
        chance = self._floats(q)
        inner = [self._floats([0.0] * self._gates) for _ in range(3)]
        cases = [self._floats([0.0] * self._leaves) for _ in range(3)]
        status, wanted, out = (
            self._ints([0] * n) for n in (self._leaves, self._gates + self._leaves, self._leaves)
        )
        self._kernels["gauge"](*self._program, status, chance, *inner)
        low, high = float(inner[0][-1]), float(inner[1][-1])
        sure, number = 0.0, 0
        heap = [_Case(low - high, 0, 1.0, low, high)]
        while heap and deadline.left and number < _MOST_CASES:
            case = heapq.heappop(heap)
            n = self._kernels["expand"](
                *self._program, self._ints(case.fixed()), chance, status, *inner, wanted, out, *cases
            )
            tried = tuple(int(a) for a in out[:n])
            for i in range(n):
                share, low, high = case.share * float(cases[0][i]), float(cases[1][i]), float(cases[2][i])
                number += 1
                if low == high or share == 0:
                    sure += share * low
                else:
                    new = _Case(share * (low - high), number, share, low, high, case, tried, i)
                    heapq.heappush(heap, new)
        low, high = (
            sure + sum(c.share * b for c, b in zip(heap, side, strict=True)) for side in _sides(heap)
        )
        return max(0.0, low * (1 - _ROUNDING)), min(1.0, high * (1 + _ROUNDING))

    def _ints(self, values: Sequence[int]) -> Any:
        return np.array(values, np.int64) if self._fast else list(values)

    def _floats(self, values: Sequence[float]) -> Any:
        return np.array(values, np.float64) if self._fast else list(values)


class _Case(NamedTuple):
    """A case that is still open; those that leave most open come first, earlier ones before later ones."""

    open: float
    number: int
    share: float
    low: float
    high: float
    within: _Case | None = None
    tried: tuple[int, ...] = ()
    failed: int = 0

    def fixed(self) -> list[int]:
        """The leaves that are fixed in it: a failed, ~a up."""
        found: list[int] = []
        case: _Case | None = self
        while case is not None and case.tried:
            found += [case.tried[case.failed], *(~a for a in case.tried[: case.failed])]
            case = case.within
        return found


def _sides(heap: list[_Case]) -> tuple[list[float], list[float]]:
    return [c.low for c in heap], [c.high for c in heap]


def _unpacked(found: Any, filled: int) -> Iterator[tuple[int, ...]]:
    at = 0
    while at < filled:
        size = int(found[at])
        yield tuple(sorted(int(a) for a in found[at + 1 : at + 1 + size]))
        at += size + 1
