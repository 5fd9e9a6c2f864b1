"""What the sides of many claims have in common, all at once: components, where ways meet, attributes, open ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bcp.engine.fate.attributes import attributes
from bcp.engine.fate.claims import Claim
from bcp.engine.fate.closures import WORD, Bits, Closures, way_to
from bcp.engine.levels.requirements import Ints
from bcp.engine.levels.selectors import Lineage
from bcp.model.component import Kind

_NEVER_LAST = frozenset(
    {Kind.NUMBER, Kind.NUMBER_RANGE, Kind.TRUNK, Kind.ACCESS, Kind.INTERCONNECT, Kind.CHANNEL}
)
"""Kinds that always rest on something: where the plan names nothing below them, nobody has asked yet."""

_BYTES = 32_000_000
"""About how much memory the closures of the claims that are taken together may fill."""

_MOST_WORDS = 64
_LISTED = 1_000_000
"""How many shared components are named over all claims, when the claims are very many."""


@dataclass(frozen=True, slots=True)
class Listed:
    """How many there are, and the first of them by number."""

    count: int
    first: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Met:
    """A component on which several sides rest, with the way down to it from each; an empty one where none leads."""

    component: int
    ways: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Overlap:
    """What the sides of one claim have in common; components by their number in the closures."""

    shared: Listed
    met: tuple[Met, ...]
    same: tuple[str, ...]
    open_ends: Listed


class Ground:
    """A plan made ready for any number of claims on it."""

    def __init__(self, lineage: Lineage) -> None:
        plan = lineage.plan
        self.plan = plan
        self.closures = Closures(lineage)
        index, ids = self.closures.index, self.closures.ids
        self._ends = np.array(
            [n for n, i in enumerate(ids) if not lineage.below[i] and plan.components[i].kind in _NEVER_LAST],
            np.intp,
        )
        labels = attributes(plan)
        self._labels = tuple(labels)
        named = [(n, index[i]) for n, label in enumerate(labels) if (i := label.partition(":")[2]) in index]
        self._named = np.array(named, np.intp).reshape(-1, 2)
        self._bearers = np.array([index[i] for bearers in labels.values() for i in bearers], np.intp)
        sizes = [len(bearers) for bearers in labels.values()]
        self._first_bearer = np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.intp)

    def overlaps(self, claims: Sequence[Claim]) -> list[Overlap]:
        """What the sides of each claim have in common, in the order of the claims.

        Up to 1,000 shared components, 100 meetings and 100 open ends are named of each, fewer where
        the claims are more than a thousand; of the shared ones the first by id, of meetings the nearest.
        """
        limits = _Limits.of(len(claims))
        found: dict[int, Overlap] = {}
        for chunk in self._chunks(claims):
            found.update(
                zip(chunk, self._together([claims[number] for number in chunk], limits), strict=True)
            )
        return [found[number] for number in range(len(claims))]

    def _chunks(self, claims: Sequence[Claim]) -> Iterator[list[int]]:
        """Claims of about as many sides, as many together as memory allows."""
        order = sorted(range(len(claims)), key=lambda c: (len(claims[c].sides), c))
        while order:
            sides = len(claims[order[0]].sides)
            words = max(1, min(_MOST_WORDS, _BYTES // (8 * sides * max(1, self.closures.n))))
            alike = [c for c in order[: words * WORD] if len(claims[c].sides) <= 2 * sides]
            yield alike
            order = order[len(alike) :]

    def _together(self, claims: Sequence[Claim], limits: _Limits) -> Iterator[Overlap]:
        sides = self._sides(claims)
        once, twice = _once_and_twice(sides)
        shared = _listed(twice, np.arange(self.closures.n), limits.shared)
        ends = _listed(once[self._ends], self._ends, limits.ends)
        same = _listed(self._same(sides, twice), np.arange(len(self._labels)), len(self._labels))
        for word in range(once.shape[1]):
            meetings = _Meetings(
                self.closures, [side[:, word].tolist() for side in sides], twice[:, word].tolist()
            )
            for place, claim in enumerate(claims[word * WORD : (word + 1) * WORD]):
                q = word * WORD + place
                yield Overlap(
                    shared[q],
                    meetings.of(claim, self._starts(claim), place, limits.met) if shared[q].count else (),
                    tuple(self._labels[n] for n in same[q].first),
                    ends[q],
                )

    def _starts(self, claim: Claim) -> list[list[int]]:
        return [[self.closures.index[i] for i in side] for side in claim.sides]

    def _sides(self, claims: Sequence[Claim]) -> list[Bits]:
        """For the first side of each claim, the second and so on: which of those rest on each component."""
        starts = [self._starts(claim) for claim in claims]
        most = max(len(sides) for sides in starts)
        return [self.closures.under([s[r] if r < len(s) else () for s in starts]) for r in range(most)]

    def _same(self, sides: Sequence[Bits], shared: Bits) -> Bits:
        """For each attribute, the claims in which two sides or more have it beside what they share.

        Where they share the very operator or site that it names, the attribute is no news.
        """
        if not self._labels:
            return np.zeros((0, shared.shape[1]), np.uint64)
        beside = ~shared[self._bearers]
        bearing = [
            np.bitwise_or.reduceat(side[self._bearers] & beside, self._first_bearer, axis=0) for side in sides
        ]
        same = _once_and_twice(bearing)[1]
        label, component = self._named.T
        same[label] &= ~shared[component]
        return same


@dataclass(frozen=True, slots=True)
class _Limits:
    shared: int
    met: int
    ends: int

    @classmethod
    def of(cls, claims: int) -> _Limits:
        """How much is named of each of so many claims."""
        share = _LISTED // max(1, claims)
        return cls(max(20, min(1000, share)), max(3, min(100, share // 10)), max(5, min(100, share // 10)))


def _once_and_twice(sides: Sequence[Bits]) -> tuple[Bits, Bits]:
    """The claims of which one side or more, and of which two or more, have a bit in each row."""
    once, twice = np.zeros_like(sides[0]), np.zeros_like(sides[0])
    for side in sides:
        twice |= once & side
        once |= side
    return once, twice


def _listed(bits: Bits, names: Ints, limit: int) -> list[Listed]:
    """For every column of `bits`, shape (R, W), the rows that have it, called by `names` (R,): how many, the first."""
    found = []
    for word in range(bits.shape[1]):
        rows = np.flatnonzero(bits[:, word])
        octets = bits[rows, word].astype("<u8").view(np.uint8).reshape(len(rows), WORD // 8)
        columns = np.ascontiguousarray(np.unpackbits(octets, axis=1, bitorder="little").T)
        counts = columns.sum(axis=1, dtype=np.intp).tolist()
        for column, count in zip(columns, counts, strict=True):
            first = rows[np.flatnonzero(column)[:limit]] if count else rows[:0]
            found.append(Listed(count, tuple(names[first].tolist())))
    return found


class _Meetings:
    """Where the ways of sides meet, for the 64 claims of one word.

    `sides[r][i]` has a bit for each claim whose r-th side rests on component i, `shared[i]` one for each
    of which several sides do.
    """

    def __init__(self, closures: Closures, sides: Sequence[list[int]], shared: list[int]) -> None:
        self._closures = closures
        self._sides = sides
        self._shared = shared

    def of(self, claim: Claim, starts: Sequence[Sequence[int]], place: int, limit: int) -> tuple[Met, ...]:
        """Where the ways of one claim meet; by number. `starts` are its sides as numbers, `place` is its bit."""
        met, came_from = self._nearest(
            starts[:1] if claim.from_first else starts, (1 << len(starts)) - 1, place, limit
        )
        ways = [
            self._closures.ways(side, [i for i in met if resting[i] >> place & 1])
            for side, resting in zip(
                starts[claim.from_first :], self._sides[claim.from_first :], strict=False
            )
        ]
        if claim.from_first:
            ways.insert(0, {i: way_to(i, came_from) for i in met})
        return tuple(Met(i, tuple(way.get(i, ()) for way in ways)) for i in sorted(met))

    def _nearest(
        self, starts: Sequence[Sequence[int]], everyone: int, place: int, limit: int
    ) -> tuple[list[int], dict[int, int]]:
        """The nearest components to which a way leads from one that fewer sides rest on, and those ways.

        The ways are kept as what each component was first reached from, −1 for a start. Nobody looks
        beyond what `everyone`, a bit for each side, rests on.
        """
        below, shared = self._closures.below, self._shared
        row = sorted({i for side in starts for i in side})
        came_from = dict.fromkeys(row, -1)
        resting = {i: self._resting(i, place) for i in row}
        met = dict.fromkeys(i for i in row if shared[i] >> place & 1)
        while row and len(met) < limit:
            following = []
            for owner in row:
                ours = resting[owner]
                if ours == everyone:
                    continue
                for member in below[owner]:
                    common = shared[member] >> place & 1
                    if member not in came_from:
                        came_from[member] = owner
                        resting[member] = self._resting(member, place) if common else ours
                        following.append(member)
                    if common and resting[member] != ours:
                        met[member] = None
                if len(met) >= limit:
                    break
            row = following
        return list(met)[:limit], came_from

    def _resting(self, component: int, place: int) -> int:
        """The sides that rest on a component, a bit each."""
        found = 0
        for r, side in enumerate(self._sides):
            found |= (side[component] >> place & 1) << r
        return found
