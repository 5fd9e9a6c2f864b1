"""Lists of customers' lines as CSV, up to a few million: what each line hangs on, and how its owner is told.

Columns: `id`, `components` (ids of the plan's components, `;` between several), and where known `area` (a path
such as SE/S/1784), `contacts` (`sms:+46701234567; email:name@example.com`, or channels alone), `consent` (the
channels that the owner has agreed to), `language`, `priority`, `customer`. Any other column is passed over.
Every problem is told with its line, up to a limit; nothing is half imported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from bcp.errors import BcpError, Problem
from bcp.files.arrow_columns import Flags, column_of, flags, numbers, texts
from bcp.files.csv_columns import MOST_PROBLEMS, CsvSource, Head, lines_of, read_columns, read_head, told
from bcp.files.lines_cells import (
    AREA,
    CONSENT,
    CONTACTS,
    LANGUAGE,
    LONGEST,
    LONGEST_ID,
    PRIORITY,
    UNPRINTABLE,
    Cell,
    Said,
    components_cell,
    explain_contacts,
    explain_name,
    shown,
)
from bcp.model.columns import Coded, Codes, Rows, Texts
from bcp.model.line import Lines
from bcp.model.plan import Plan
from bcp.saying import said, together

COLUMNS = ("id", "area", "components", "contacts", "consent", "language", "priority", "customer")
"""The columns that are read, by their names in the head; letter case counts for nothing."""

NEEDED = frozenset(("id", "components"))
"""Without these nothing can be said."""

MOST_LINES = 5_000_000
"""More lines than this are refused."""

_CODED = frozenset(("area", "components", "consent", "language", "priority"))

T = TypeVar("T")


def load_lines(path: Path, plan: Plan) -> Lines:
    """The lines in a file. Raises NotFoundError where it cannot be read, InvalidInputError with its problems."""
    return _lines(CsvSource(path.name, path), plan)


def read_lines(data: bytes | str, file_name: str, plan: Plan) -> Lines:
    """The lines in a CSV text or its bytes. Raises InvalidInputError with every problem, in the order of lines."""
    content = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    return _lines(CsvSource(file_name, content), plan)


def _lines(source: CsvSource, plan: Plan) -> Lines:
    head = read_head(source, COLUMNS, NEEDED)
    table, rows = _without_blanks(read_columns(source, head, _CODED))
    if not 0 < len(rows) <= MOST_LINES:
        message = (
            said("there are more than {most_lines:,} lines.", most_lines=MOST_LINES)
            if len(rows)
            else said("there is no line in this file.")
        )
        raise BcpError(
            message, said("Write one line a row below the head; split a longer list."), source.name
        )
    reading = _Reading(table, rows)
    lines = Lines(
        ids=reading.ids(),
        area=reading.coded("area", AREA),
        components=reading.coded("components", components_cell(plan)),
        contacts=reading.contacts(),
        consent=reading.coded("consent", CONSENT),
        language=reading.coded("language", LANGUAGE),
        priority=reading.coded("priority", PRIORITY),
        customer=reading.customers(),
    )
    if reading.wrong:
        hidden = max(len(reading.wrong) - MOST_PROBLEMS, 0)
        raise told(source, list(_located(reading.wrong, source, head)), reading.more + hidden)
    return lines


def _without_blanks(table: Mapping[str, pa.Array]) -> tuple[dict[str, pa.Array], Rows]:
    """The rows in which something stands, and their numbers in the file's table."""
    blank = _none(table["id"])
    for name in table if blank.any() else ():
        blank &= _none(table[name])
    rows = np.flatnonzero(~blank)
    return {n: c.take(column_of(rows)) if blank.any() else c for n, c in table.items()}, rows


def _none(column: pa.Array) -> Flags:
    """Where nothing but blanks stands."""
    if pa.types.is_dictionary(column.type):
        empty = np.array([not value.strip() for value in column.dictionary.to_pylist()], np.bool_)
        return empty[numbers(column.indices)] if len(empty) else np.zeros(len(column), np.bool_)
    found: Flags = _lengths(pc.utf8_trim_whitespace(column)) == 0
    return found


@dataclass(frozen=True, slots=True)
class _Wrong:
    """A problem at a row of the file's table; `first` is the row that has the same already, -1: none."""

    row: int
    column: str
    message: str
    fix: str
    first: int = -1


def _located(wrong: list[_Wrong], source: CsvSource, head: Head) -> Iterator[Problem]:
    """The problems that come first, with their lines."""
    chosen = sorted(wrong, key=lambda w: (w.row, w.column))[:MOST_PROBLEMS]
    lines = lines_of(source, head, {w.row for w in chosen} | {w.first for w in chosen if w.first >= 0})
    for w in chosen:
        message = (
            w.message
            if w.first < 0
            else together((w.message, said("It stands in line {line} already.", line=lines.get(w.first, 0))))
        )
        yield Problem(source.name, lines.get(w.row, 0), w.column, message, w.fix)


@dataclass
class _Reading:
    """A table being checked, each column given up as it is read. `rows`: their numbers in the file's table."""

    table: dict[str, pa.Array]
    rows: Rows
    wrong: list[_Wrong] = field(default_factory=list)
    more: int = 0

    def coded(self, name: str, cell: Cell[T]) -> Coded[T]:
        """A column that has each value once; each wrong value is one problem, at the first row that has it."""
        if name not in self.table:
            return Coded(np.zeros(len(self.rows), np.int32), (cell.read(""),))
        column = self.table.pop(name)
        raw, codes = column.dictionary.to_pylist(), numbers(column.indices)
        counts = np.bincount(codes, minlength=len(raw))
        places: dict[T, int] = {}
        renamed = np.full(len(raw), -1, np.int32)
        bad = []
        for code in np.flatnonzero(counts).tolist():
            try:
                renamed[code] = places.setdefault(cell.read(raw[code]), len(places))
            except ValueError:
                bad.append(code)
        if bad:
            self._bad_values(name, cell, raw, codes, bad)
        return Coded(renamed[codes], tuple(places))

    def _bad_values(
        self, name: str, cell: Cell[T], raw: list[str], codes: npt.NDArray[np.int32], bad: list[int]
    ) -> None:
        used, first, counts = np.unique(codes, return_index=True, return_counts=True)
        places = np.searchsorted(used, bad)
        for place in sorted(places.tolist(), key=lambda p: int(first[p]))[:MOST_PROBLEMS]:
            message, fix = cell.explain(raw[used[place]])
            others = int(counts[place]) - 1
            also = said("({others:,} more lines have the same.)", others=others) if others else ""
            self.wrong.append(_Wrong(int(self.rows[first[place]]), name, together((message, also)), fix))
        self.more += max(len(bad) - MOST_PROBLEMS, 0)

    def ids(self) -> Texts:
        """The ids: each of them there, printable and once."""
        column = pc.utf8_trim_whitespace(self.table.pop("id"))
        bad = _unprintable(column) | (_lengths(column) == 0) | (_lengths(column) > LONGEST_ID)
        self._bad_rows("id", column, bad, lambda cell: explain_name(cell, "id"))
        if bad.any():
            return texts(column)
        known = column.dictionary_encode()
        if len(known.dictionary) < len(column):
            codes = numbers(known.indices)
            _, first = np.unique(codes, return_index=True)
            again = np.flatnonzero(first[codes] != np.arange(len(codes)))
            for row in again[:MOST_PROBLEMS].tolist():
                message = said("the id {id} is there twice.", id=shown(column[row].as_py()))
                same = int(self.rows[first[codes[row]]])
                self.wrong.append(
                    _Wrong(int(self.rows[row]), "id", message, said("Give each line its own id."), same)
                )
            self.more += max(len(again) - MOST_PROBLEMS, 0)
        return texts(column)

    def contacts(self) -> Texts:
        """The contacts as they are written, each of them one that can be used."""
        if "contacts" not in self.table:
            return Texts(np.empty(0, np.uint8), np.zeros(len(self.rows) + 1, np.int32))
        column = self.table.pop("contacts")
        right = flags(pc.match_substring_regex(column, CONTACTS))
        bad = ~right | _unprintable(column) | (_lengths(column) > LONGEST)
        self._bad_rows("contacts", column, bad, explain_contacts)
        return texts(column)

    def customers(self) -> Coded[str]:
        """The customers; the column has each of them once."""
        if "customer" not in self.table:
            return Coded(np.zeros(len(self.rows), np.int32), ("",))
        column = pc.utf8_trim_whitespace(self.table.pop("customer"))
        bad = _unprintable(column) | (_lengths(column) > LONGEST_ID)
        self._bad_rows("customer", column, bad, lambda cell: explain_name(cell, "customer"))
        known = column.dictionary_encode()
        return Coded(numbers(known.indices), texts(known.dictionary))

    def _bad_rows(
        self, name: str, column: pa.StringArray, bad: Flags, explain: Callable[[str], Said]
    ) -> None:
        found = np.flatnonzero(bad)
        for row in found[:MOST_PROBLEMS].tolist():
            message, fix = explain(column[row].as_py())
            self.wrong.append(_Wrong(int(self.rows[row]), name, message, fix))
        self.more += max(len(found) - MOST_PROBLEMS, 0)


def _unprintable(column: pa.StringArray) -> Flags:
    return flags(pc.match_substring_regex(column, UNPRINTABLE))


def _lengths(column: pa.StringArray) -> Codes:
    return numbers(pc.utf8_length(column))
