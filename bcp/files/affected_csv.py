"""The affected lines as CSV, those that are told first first: the columns they came with, and what happens to them.

`from_s` and `until_s` are seconds of scenario time, `until_s` empty where the line is still affected at the
horizon; `down_from_s` is empty where it never is down. What is written can be read again as a list of lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from bcp.engine.lines.affected import AffectedLines
from bcp.engine.lines.course import Course
from bcp.errors import BcpError
from bcp.files.arrow_columns import column_of
from bcp.files.spreadsheet import FORMULA, MARKED, NUMBER, SPLIT, harmless
from bcp.model.columns import Coded, Codes, Rows, Texts
from bcp.model.line import BETWEEN
from bcp.saying import said

COLUMNS = (
    *("id", "area", "components", "contacts", "consent", "language", "priority", "customer"),
    *("from_s", "until_s", "down_from_s", "lowest_level", "affected_h"),
)
"""The head of the file."""

_AT_ONCE = 1 << 16


def save_affected(found: AffectedLines, path: Path) -> None:
    """Write the affected lines to a file, its folder too where there is none. Raises BcpError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as out:
            write_affected(found, out)
    except OSError as error:
        raise BcpError(
            said("the file cannot be written: {error}.", error=error.strerror),
            said("Choose another place."),
            str(path),
        ) from error


def write_affected(found: AffectedLines, out: BinaryIO) -> None:
    """Write the affected lines to an open file. No cell of it is taken for a formula (see `spreadsheet`)."""
    schema = pa.schema([(name, pa.string()) for name in COLUMNS])
    options = pa_csv.WriteOptions(quoting_style="needed")
    with pa_csv.CSVWriter(out, schema, write_options=options) as writer:
        for start in range(0, len(found), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            columns = [*_of_lines(found, found.rows[part]), *_of_courses(found, found.course_codes[part])]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))


def _of_lines(found: AffectedLines, rows: Rows) -> Iterator[pa.Array]:
    """The columns that the lines came with."""
    lines = found.lines
    yield _texts(lines.ids, rows)
    yield _few(lines.area.values, lines.area.codes[rows])
    yield _few(lines.components.values, lines.components.codes[rows])
    yield _texts(lines.contacts, rows)
    yield _few(lines.consent.values, lines.consent.codes[rows])
    yield _few(lines.language.values, lines.language.codes[rows])
    yield _few(lines.priority.values, lines.priority.codes[rows])
    yield _customers(lines.customer, rows)


def _of_courses(found: AffectedLines, codes: Codes) -> Iterator[pa.Array]:
    """What happens to the lines."""
    for figures in zip(*map(_figures, found.courses), strict=True):
        yield column_of(Texts.of(figures)).take(column_of(codes))


def _figures(course: Course) -> tuple[str, ...]:
    affected = sum(until - since for since, until in course.spans) / 3600.0
    down_from = course.down_spans[0][0] if course.down_spans else None
    return tuple(map(_number, (course.from_s, course.until_s, down_from, course.lowest, affected)))


def _number(value: float | None) -> str:
    """At most six decimals, and no more than are needed."""
    return "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".")


def _few(values: Sequence[str | tuple[str, ...]], codes: Codes) -> pa.Array:
    """A column of which only the values that occur become texts."""
    used, places = np.unique(codes, return_inverse=True)
    return column_of(Texts.of(_cells(values[code] for code in used))).take(column_of(places))


def _cells(values: Iterable[str | tuple[str, ...]]) -> list[str]:
    return [harmless(value if isinstance(value, str) else BETWEEN.join(value)) for value in values]


def _customers(column: Coded[str], rows: Rows) -> pa.Array:
    codes = column.codes[rows]
    values = column.values
    return _texts(values, codes) if isinstance(values, Texts) else _few(values, codes)


def _texts(texts: Texts, rows: Rows | Codes) -> pa.Array:
    """Texts of these rows, those that a spreadsheet may take for a formula marked as text."""
    column = column_of(texts).take(column_of(rows))
    suspect = pc.and_not(pc.match_substring_regex(column, FORMULA), pc.match_substring_regex(column, NUMBER))
    column = pc.replace_substring_regex(column, SPLIT, MARKED)
    marked = pc.binary_join_element_wise("'", column, "") if pc.any(suspect).as_py() else column
    return cast(pa.Array, pc.if_else(suspect, marked, column))
