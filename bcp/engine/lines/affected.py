"""Which lines a run hits, from when to when, and who is told first: exact, and as cheap as the distinct sets.

A line delivers the lowest level of the components that it hangs on. Lines that hang on the same components
share their fate, and most components of a run never change: levels are worked out once for each distinct
mixture of courses, whatever the number of lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from bcp.engine.levels.tolerance import LEVEL
from bcp.engine.lines.areas import area_counts
from bcp.engine.lines.course import Course, course_of_levels, lowest_of
from bcp.errors import BcpError
from bcp.model.affected_lines import AreaCount
from bcp.model.columns import Codes, Rows
from bcp.model.line import CustomerLine, Lines, priority_rank, within_area
from bcp.model.run import Run
from bcp.saying import said

DOWN_BELOW = 0.5
"""A line is down below this level, unless the question says otherwise."""

_UNHURT = -1


@dataclass(frozen=True, slots=True)
class LineHit:
    """One affected line, and what happens to it."""

    line: CustomerLine
    course: Course


@dataclass(frozen=True, eq=False)
class AffectedLines:
    """The affected lines of a list, those that are told first first; no other line is among them.

    `rows` (shape (n,)) are their rows in `lines`, `course_codes` (shape (n,)) index `courses`.
    `total` counts all of them, `areas` each area path and everything below it, sorted by path.
    """

    lines: Lines
    horizon_s: float
    area: str
    down_below: float
    rows: Rows
    course_codes: Codes
    courses: tuple[Course, ...]
    total: AreaCount
    areas: tuple[AreaCount, ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, place: int) -> LineHit:
        return LineHit(self.lines[int(self.rows[place])], self.courses[self.course_codes[place]])

    def __iter__(self) -> Iterator[LineHit]:
        return (self[place] for place in range(len(self)))

    @cached_property
    def by_priority(self) -> Mapping[str, int]:
        """How many affected lines have each priority, who is told first first."""
        column = self.lines.priority
        counts = np.bincount(column.codes[self.rows], minlength=len(column.values))
        found = {word: int(n) for word, n in zip(column.values, counts, strict=True) if n}
        return dict(sorted(found.items(), key=lambda item: priority_rank(item[0])))


def affected_lines(
    lines: Lines, run: Run, *, area: str = "", down_below: float = DOWN_BELOW
) -> AffectedLines:
    """The lines whose level is below 1 at some time of a run, within an area path where one is given.

    They come in the order in which they are told: by priority (see `PRIORITIES`), then by area, then as in
    their file. `down_below` (0 to 1) is the level below which a line counts as down. Raises BcpError where a
    line hangs on a component that the run does not know.
    """
    courses, course_of_set = _courses(lines.components.values, run, down_below)
    course_of_row = course_of_set[lines.components.codes] if len(lines) else np.empty(0, np.int32)
    hit = course_of_row != _UNHURT
    if area:
        inside = np.array([within_area(path, area) for path in lines.area.values], np.bool_)
        hit &= inside[lines.area.codes] if len(lines) else False
    rows = np.flatnonzero(hit)
    rows = rows[np.argsort(_told_rank(lines, rows), kind="stable")]
    codes = course_of_row[rows]
    total, areas = area_counts(lines, rows, codes, courses)
    return AffectedLines(lines, run.horizon_s, area, down_below, rows, codes, courses, total, areas)


def affected_ids(lines: Lines, run: Run, *, area: str = "") -> tuple[str, ...]:
    """The ids of exactly the lines that a run hits, sorted: whom a notice concerns. Raises as `affected_lines`."""
    found = affected_lines(lines, run, area=area)
    return tuple(sorted(lines.ids[int(row)] for row in found.rows))


def _courses(
    sets: Sequence[tuple[str, ...]], run: Run, down_below: float
) -> tuple[tuple[Course, ...], Codes]:
    """The distinct courses of lines that are hit, and for each set of components its course; -1: never below 1."""
    changing = _changing(run)
    places: dict[tuple[tuple[float, float], ...], int] = {}
    known: dict[frozenset[int], int] = {frozenset(): _UNHURT}
    step_functions = tuple(dict.fromkeys(changing.values()))
    number = {steps: n for n, steps in enumerate(step_functions)}
    number_of = {component: number[steps] for component, steps in changing.items()}
    found = np.empty(len(sets), np.int32)
    for place, members in enumerate(sets):
        _check_known(members, run)
        mixture = frozenset(number_of[m] for m in members if m in number_of)
        if mixture not in known:
            steps = lowest_of([step_functions[n] for n in sorted(mixture)])
            known[mixture] = places.setdefault(steps, len(places))
        found[place] = known[mixture]
    courses = tuple(course_of_levels(steps, run.horizon_s, down_below) for steps in places)
    return courses, found


def _changing(run: Run) -> dict[str, tuple[tuple[float, float], ...]]:
    """The levels of the components that are below 1 at some time before the horizon."""
    return {
        component: steps
        for component, steps in run.levels.items()
        if any(level < 1.0 - LEVEL and t < run.horizon_s for t, level in steps)
    }


def _check_known(members: tuple[str, ...], run: Run) -> None:
    for member in members:
        if member not in run.levels:
            raise BcpError(
                said("a line hangs on {member}, which the plan of this run does not have.", member=member),
                said("Read the lines again with this plan."),
            )


def _told_rank(lines: Lines, rows: Rows) -> npt.NDArray[np.int64]:
    """A number for each row that is the lower the sooner its owner is told: priority, then area; shape (rows,)."""
    priorities = _ranks([priority_rank(word) for word in lines.priority.values])
    areas = _ranks([(not path, path.split("/")) for path in lines.area.values])
    return priorities[lines.priority.codes[rows]] * max(len(areas), 1) + areas[lines.area.codes[rows]]


def _ranks(keys: Sequence[tuple[object, ...]]) -> npt.NDArray[np.int64]:
    """The place of each key in sorted order: shape (keys,)."""
    ranks = np.empty(len(keys), np.int64)
    ranks[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
    return ranks
