"""Affected lines counted by area over time: every area counts for itself and for each one above it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from bcp.engine.lines.course import Course
from bcp.model.affected_lines import AreaCount
from bcp.model.columns import Codes, Rows
from bcp.model.line import Lines

Shares = Mapping[int, int]
"""How many lines have each course."""


def area_counts(
    lines: Lines, rows: Rows, course_codes: Codes, courses: Sequence[Course]
) -> tuple[AreaCount, tuple[AreaCount, ...]]:
    """All affected lines together, and each area path that has some, itself or below it, sorted by path.

    `rows` are the affected rows of `lines`, `course_codes` the course of each. A line without an area
    counts in the total alone.
    """
    shares: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for area, course, n in _pairs(lines.area.codes[rows], course_codes, len(courses)):
        for path in prefixes(lines.area.values[area]):
            shares[path][course] += n
    customers = _customers(lines, rows)
    total = _count("", shares.pop("", {}), courses, customers.get("", 0))
    order = sorted(shares, key=lambda path: path.split("/"))
    return total, tuple(_count(path, shares[path], courses, customers[path]) for path in order)


def prefixes(area: str) -> Iterator[str]:
    """The paths that an area counts for: all areas together (the empty path), and each one down to itself."""
    yield ""
    if area:
        parts = area.split("/")
        for n in range(1, len(parts) + 1):
            yield "/".join(parts[:n])


def _pairs(one: Codes, other: Codes, width: int) -> Iterator[tuple[int, int, int]]:
    """The distinct pairs of two columns and how often each occurs; `other` is below `width`."""
    pairs, counts = np.unique(one.astype(np.int64) * max(width, 1) + other, return_counts=True)
    for pair, n in zip(pairs.tolist(), counts.tolist(), strict=True):
        yield pair // max(width, 1), pair % max(width, 1), n


def _customers(lines: Lines, rows: Rows) -> dict[str, int]:
    """Distinct customers by area path; a line without one counts as a customer of its own."""
    column, areas = lines.customer, lines.area
    found: dict[str, int] = defaultdict(int)
    below: dict[str, list[Rows]] = defaultdict(list)
    owned = column.codes[rows] != column.code("")
    alone = np.bincount(areas.codes[rows[~owned]], minlength=len(areas.values))
    for path, n in zip(areas.values, alone.tolist(), strict=True):
        for prefix in prefixes(path) if n else ():
            found[prefix] += n
    named, width = rows[owned], len(column.values) + 1
    pairs = _distinct(areas.codes[named].astype(np.int64) * width + column.codes[named])
    starts = np.searchsorted(pairs, np.arange(len(areas.values) + 1, dtype=np.int64) * width)
    for place, path in enumerate(areas.values):
        owners = pairs[starts[place] : starts[place + 1]] % width
        for prefix in prefixes(path) if len(owners) else ():
            below[prefix].append(owners)
    for prefix, parts in below.items():
        found[prefix] += len(parts[0]) if len(parts) == 1 else len(_distinct(np.concatenate(parts)))
    return found


def _distinct(values: Rows) -> Rows:
    """The distinct values, sorted; `np.unique` takes a hash table for whole numbers, which is several times slower."""
    ordered = np.sort(values)
    found: Rows = ordered[np.diff(ordered, prepend=-1) != 0]
    return found


def _count(area: str, shares: Shares, courses: Sequence[Course], customers: int) -> AreaCount:
    steps = _steps(shares, courses)
    peak = max(hit for _, hit, _ in steps)
    return AreaCount(
        area=area,
        lines=sum(shares.values()),
        down=sum(n for course, n in shares.items() if courses[course].down_spans),
        customers=customers,
        peak=peak,
        peak_s=next(t for t, hit, _ in steps if hit == peak),
        customer_hours=sum(n * courses[course].lost_hours for course, n in sorted(shares.items())),
        steps=steps,
    )


def _steps(shares: Shares, courses: Sequence[Course]) -> tuple[tuple[float, int, int], ...]:
    """How many lines are affected and how many down from each time on, from 0."""
    changes: dict[float, list[int]] = {0.0: [0, 0]}
    for course, n in shares.items():
        for place, spans in enumerate((courses[course].spans, courses[course].down_spans)):
            for since, until in spans:
                changes.setdefault(since, [0, 0])[place] += n
                changes.setdefault(until, [0, 0])[place] -= n
    found: list[tuple[float, int, int]] = []
    hit = down = 0
    horizon = max((courses[course].horizon_s for course in shares), default=0.0)
    for t in sorted(changes):
        hit, down = hit + changes[t][0], down + changes[t][1]
        if (not found or found[-1][1:] != (hit, down)) and (t < horizon or not found):
            found.append((t, hit, down))
    return tuple(found)
