"""Places that stay: boxes keep where they stood when others come or go, and groups stand in lanes of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bcp.ui.parts.layout import COLUMN, ROW, Laid, Point, laid_out
from bcp.ui.parts.links import Link

LANE_GAP = 44
"""Between the boxes of two lanes: room for the frames and the group's name."""

Pair = tuple[str, str]


def steady(ids: Sequence[str], links: Sequence[Link], before: Mapping[str, Point]) -> Laid:
    """Places like those of `laid_out`, except that boxes that stood somewhere before stand there again.

    What is new gets a free place beside what it is linked to. Laid out afresh where little was there
    before, or where an arrow would run backwards that need not.
    """
    fresh = laid_out(ids, links)
    places = {i: before[i] for i in ids if i in before}
    if 2 * len(places) < len(ids):
        return fresh
    pairs = _pairs(ids, links)
    for i in sorted((i for i in ids if i not in before), key=lambda i: (fresh.places[i], i)):
        places[i] = _free(_wished(i, pairs, places), places)
    if any(_backwards(pair, places) and not _backwards(pair, fresh.places) for pair in pairs):
        return fresh
    return Laid(places, _bends(pairs, places))


def in_lanes(ids: Sequence[str], links: Sequence[Link], lanes: Sequence[Sequence[str]]) -> Laid:
    """Columns as in `laid_out`, rows lane by lane from the top, so that no two lanes' boxes mix."""
    fresh = laid_out(ids, links)
    places: dict[str, Point] = {}
    top = 0
    for lane in lanes:
        columns: dict[int, list[str]] = {}
        for i in sorted(lane, key=lambda i: (fresh.places[i][1], i)):
            columns.setdefault(fresh.places[i][0], []).append(i)
        tallest = max(map(len, columns.values()), default=0)
        for x, column in columns.items():
            above = (tallest - len(column)) * ROW // 2
            places |= {i: (x, top + above + n * ROW) for n, i in enumerate(column)}
        top += tallest * ROW + LANE_GAP if tallest else 0
    return Laid(places, _bends(_pairs(ids, links), places))


def _pairs(ids: Iterable[str], links: Iterable[Link]) -> list[Pair]:
    inside = set(ids)
    return sorted({(x.source, x.target) for x in links if x.source in inside and x.target in inside})


def _backwards(pair: Pair, places: Mapping[str, Point]) -> bool:
    return places[pair[0]][0] >= places[pair[1]][0]


def _wished(i: str, pairs: Iterable[Pair], places: Mapping[str, Point]) -> Point:
    """Right of what rests on it, else left of what it rests on; with no link, below everything at the left."""
    above = [places[s] for s, t in pairs if t == i and s in places]
    below = [places[t] for s, t in pairs if s == i and t in places]
    if not above and not below:
        return (min(x for x, _ in places.values()), max(y for _, y in places.values()) + ROW)
    x = max(x for x, _ in above) + COLUMN if above else min(x for x, _ in below) - COLUMN
    rows = [y for _, y in (*above, *below)]
    return (x, round(sum(rows) / len(rows)))


def _free(wished: Point, places: Mapping[str, Point]) -> Point:
    """The place nearest to the wished one in its column where no box is in the way."""
    x, y = wished
    taken = [row for column, row in places.values() if column == x]
    offers = [y, *(row + step for row in taken for step in (ROW, -ROW))]
    free = [offer for offer in offers if all(abs(offer - row) >= ROW for row in taken)]
    return (x, min(free, key=lambda row: (abs(row - y), row)))


def _bends(pairs: Iterable[Pair], places: Mapping[str, Point]) -> dict[Pair, tuple[Point, ...]]:
    """For a link past other columns: the gap between boxes there that is nearest to the straight line."""
    columns: dict[int, list[int]] = {}
    for x, y in places.values():
        columns.setdefault(x, []).append(y)
    bends: dict[Pair, tuple[Point, ...]] = {}
    for source, target in pairs:
        (x0, y0), (x1, y1) = places[source], places[target]
        way = []
        for x in sorted(column for column in columns if x0 < column < x1):
            straight = round(y0 + (y1 - y0) * (x - x0) / (x1 - x0))
            way.append((x, _gap(straight, columns[x])))
        if way and any(y != round(y0 + (y1 - y0) * (x - x0) / (x1 - x0)) for x, y in way):
            bends[source, target] = tuple(way)
    return bends


def _gap(wished: int, rows: Sequence[int]) -> int:
    half = ROW // 2
    offers = [wished, *(row + step for row in rows for step in (half, -half))]
    free = [offer for offer in offers if all(abs(offer - row) >= half for row in rows)]
    return min(free, key=lambda row: (abs(row - wished), row))
