"""Positions for a part of the plan: columns from what is delivered, at the left, to what it rests on.

Longest-path columns over the strongly connected parts, ordered by a few barycentre sweeps. Computed
here rather than in the browser so that the same picture comes out every time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

from bcp.ui.parts.links import Link

COLUMN = 176
"""Distance between columns in the picture's units (pixels at full size)."""

ROW = 58
"""Distance between two boxes of a column."""

TALLEST = 14
"""Boxes in a column before it continues in another one beside it."""

_SWEEPS = 6


Point = tuple[int, int]


@dataclass(frozen=True)
class Laid:
    """Where every box stands, and the points that a long link goes through on its way."""

    places: Mapping[str, Point]
    bends: Mapping[tuple[str, str], tuple[Point, ...]]


def laid_out(ids: Sequence[str], links: Sequence[Link]) -> Laid:
    """Places for these components; links to others than these are ignored."""
    inside = set(ids)
    pairs = sorted({(x.source, x.target) for x in links if x.source in inside and x.target in inside})
    columns = _columns(ids, pairs)
    columns, steps, through = _with_waypoints(columns, pairs)
    placed: dict[str, Point] = {}
    x = 0
    for column in _ordered(columns, steps):
        for part in _parts(column):
            middle = (len(part) - 1) / 2
            placed |= {i: (x, round((row - middle) * ROW)) for row, i in enumerate(part)}
            x += COLUMN
    bends = {pair: tuple(placed[w] for w in way) for pair, way in through.items()}
    return Laid({i: placed[i] for i in ids}, bends)


def _with_waypoints(
    columns: list[list[str]], pairs: Sequence[tuple[str, str]]
) -> tuple[list[list[str]], list[tuple[str, str]], dict[tuple[str, str], list[str]]]:
    """Columns with a place kept free wherever a link passes one, so that it does not run behind a box."""
    at = {i: n for n, column in enumerate(columns) for i in column}
    wider = [list(column) for column in columns]
    steps: list[tuple[str, str]] = []
    through: dict[tuple[str, str], list[str]] = {}
    for source, target in pairs:
        way = [f"{source}\0{target}\0{n}" for n in range(at[source] + 1, at[target])]
        for n, waypoint in enumerate(way, at[source] + 1):
            wider[n].append(waypoint)
        steps += pairwise([source, *way, target])
        if way:
            through[source, target] = way
    return wider, steps, through


def _columns(ids: Sequence[str], pairs: Sequence[tuple[str, str]]) -> list[list[str]]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(sorted(ids))
    graph.add_edges_from(sorted(pairs))
    rings = nx.condensation(graph)
    depth: dict[int, int] = {}
    for ring in nx.lexicographical_topological_sort(rings, key=lambda r: min(rings.nodes[r]["members"])):
        depth[ring] = 1 + max((depth[above] for above in rings.predecessors(ring)), default=-1)
    for ring in reversed(list(nx.topological_sort(rings))):
        below = [depth[other] for other in rings.successors(ring)]
        if below and not list(rings.predecessors(ring)):
            depth[ring] = min(below) - 1
    columns: list[list[str]] = [[] for _ in range(1 + max(depth.values(), default=-1))]
    for ring, column in depth.items():
        columns[column] += rings.nodes[ring]["members"]
    return [sorted(column) for column in columns]


def _ordered(columns: list[list[str]], pairs: Sequence[tuple[str, str]]) -> list[list[str]]:
    touching: dict[str, list[str]] = {}
    for source, target in sorted(pairs):
        touching.setdefault(source, []).append(target)
        touching.setdefault(target, []).append(source)
    height = {i: row - (len(c) - 1) / 2 for c in columns for row, i in enumerate(c)}
    for sweep in range(_SWEEPS):
        for column in columns if sweep % 2 == 0 else reversed(columns):
            wanted = {i: _mean([height[j] for j in touching.get(i, ())], height[i]) for i in column}
            column.sort(key=lambda i: (wanted[i], i))
            height |= {i: row - (len(column) - 1) / 2 for row, i in enumerate(column)}
    return columns


def _mean(values: Sequence[float], other: float) -> float:
    return sum(values) / len(values) if values else other


def _parts(column: list[str]) -> list[list[str]]:
    count = -(-len(column) // TALLEST)
    size = -(-len(column) // count) if count else 0
    return [column[start : start + size] for start in range(0, len(column), size)] if size else []
