"""Which levels each component can have, when every component by itself is either up or down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bcp.engine.failure.ring_cases import RingCases, cases_beneath, cases_of
from bcp.engine.failure.weighted import Levels, sums
from bcp.engine.levels.requirements import Mode
from bcp.engine.levels.tolerance import ZERO, distinct
from bcp.engine.levels.wiring import Wiring, graded

BINARY: Levels = (0.0, 1.0)

_MOST_LEVELS = 256
"""A component with more possible levels than this has its levels left open."""

_MANY_LEVELS = 64
"""A ring in which a component has more possible levels than this is worked out case by case if it can be."""

_FEW_CASES = 512
_MOST_CASES = 8192
"""A ring of few cases is worked out at once; one of more than the most is not."""

_MOST_SUMS = 20_000_000
"""After adding so many levels up, all further sums are left open too: a minute's work at most."""


class Attainable:
    """The levels that each component of a wiring can have: `levels[i]`, None where they are left open.

    `cases[i]` stands beside the levels of what was worked out case by case.
    """

    def __init__(self, wiring: Wiring) -> None:
        self.levels: list[Levels | None] = [BINARY] * wiring.n
        self.cases: dict[int, RingCases] = {}
        self._wiring = wiring
        self._known: dict[tuple[tuple[float, Levels], ...], Levels | None] = {}
        self._sums = 0
        is_graded = graded(wiring)
        for group in wiring.groups:
            if not any(is_graded[i] for i in group):
                continue
            if wiring.in_ring[group[0]]:
                self._settle(group)
            else:
                self.levels[group[0]] = self._delivered(group[0])
                if self.levels[group[0]] is None:
                    self._by_cases(group)

    def primary(self, component: int) -> Levels | None:
        """The levels that a component can have without fallbacks."""
        wiring, found, highest = self._wiring, {0.0}, 1.0
        if not wiring.rows(component):
            return BINARY
        for row in wiring.rows(component):
            values = self._row(row)
            if values is None:
                return None
            highest = min(highest, values[-1])
            found.update(values)
        return distinct(v for v in found if v <= highest + ZERO)

    def carried(self, via: Iterable[int]) -> Levels | None:
        """The levels that the lowest of these can have; 0 too, for a fallback that cannot be activated."""
        found = {0.0}
        highest = 1.0
        for i in via:
            levels = self.levels[i]
            if levels is None:
                return None
            highest = min(highest, levels[-1])
            found.update(levels)
        return distinct(v for v in (found if len(found) > 1 else BINARY) if v <= highest + ZERO)

    def _delivered(self, component: int) -> Levels | None:
        own = self.primary(component)
        if own is None or len(own) > _MOST_LEVELS:
            return None
        carriers = self._wiring.carriers.get(component)
        if not carriers:
            return own
        terms: list[tuple[float, Levels]] = [(1.0, own)]
        for bypass in carriers:
            levels = self.carried(bypass.via.tolist())
            if levels is None:
                return None
            terms.append((bypass.capacity, levels))
        return self._sum(terms)

    def _row(self, row: int) -> Levels | None:
        wiring = self._wiring
        terms: list[tuple[float, Levels]] = []
        for weight, member in wiring.terms(row):
            levels = self.levels[member]
            if levels is None:
                return None
            terms.append((weight, levels))
        match wiring.mode[row]:
            case Mode.NEEDS:
                if not terms:
                    return (1.0,)
                impact, levels = terms[0]
                return levels if impact >= 1 else distinct(1.0 - impact * (1.0 - v) for v in levels)
            case Mode.QUORUM:
                return distinct({v for _, levels in terms for v in levels})
            case _:
                return self._sum(terms)

    def _sum(self, terms: Sequence[tuple[float, Levels]]) -> Levels | None:
        """The levels that Σ weight · level, at most 1, can have."""
        key = tuple(sorted(terms))
        if key not in self._known:
            total: Levels = (0.0,)
            for weight, levels in key:
                self._sums += len(total) * len(levels)
                if self._sums > _MOST_SUMS:
                    return None
                total = sums(total, weight, levels)
                if len(total) > _MOST_LEVELS:
                    break
            self._known[key] = total if len(total) <= _MOST_LEVELS else None
        return self._known[key]

    def _settle(self, ring: list[int]) -> None:
        """The levels of a ring: all that can come of whole ones, again and again until there is nothing new.

        A small ring is worked out case by case at once, a larger one where its levels grow many; where
        they grow too many even so, they are left open.
        """
        if self._taken(ring, cases_of(self._wiring, ring, self.levels, _FEW_CASES)):
            return
        for i in ring:
            self.levels[i] = (1.0,)
        if self._grown(ring, _MANY_LEVELS) or self._by_cases(ring) or self._grown(ring, _MOST_LEVELS):
            return
        for i in ring:
            self.levels[i] = None

    def _by_cases(self, components: list[int]) -> bool:
        """Work components out case by case, with what they rest on or with all that lies beneath, if either is small."""
        beside = cases_of(self._wiring, components, self.levels, _MOST_CASES)
        return self._taken(components, beside or cases_beneath(self._wiring, components, _MOST_CASES))

    def _taken(self, components: list[int], cases: RingCases | None) -> bool:
        if cases is None:
            return False
        for i in components:
            self.cases[i] = cases
            self.levels[i] = distinct((0.0, *cases.levels_of(i)))
        return True

    def _grown(self, ring: list[int], most: int) -> bool:
        """Let the levels of a ring grow until there is nothing new; False where a component gets more than `most`."""
        while True:
            grown = False
            for i in ring:
                levels, before = self._delivered(i), self.levels[i] or ()
                if levels is None:
                    return False
                merged = distinct((*before, *levels))
                grown |= len(merged) > len(before)
                self.levels[i] = merged
                if len(merged) > most:
                    return False
            if not grown:
                return True
