"""Lists of calls in and out, as CSV: `time, from, to, via, result` and whatever other columns there are.

The separator is found by itself (comma, semicolon or tab), as spreadsheets of different countries write
it. Every problem of a file is told at once, with its line, up to a limit; nothing is half read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bcp.errors import BcpError, InvalidInputError, Problem
from bcp.files.file_bytes import file_bytes
from bcp.files.spreadsheet import harmless
from bcp.model.call import COLUMNS, Call, Calls
from bcp.saying import said

MOST_BYTES = 300_000_000
"""A larger file is refused before it is read."""

MOST_CALLS = 1_000_000
"""More calls than this say nothing more about a fault that lasts."""

MOST_PROBLEMS = 50
"""More problems than this are counted, not listed."""

LONGEST_NAME = 300
"""Characters of one cell of the five columns."""

_SEPARATORS = ",;\t"
_BETWEEN = ";"
_MOST_COLUMNS = 200
_NEEDED = ("from", "to", "result")
_HEAD = said("The first line names the columns: {names}.", names=", ".join(COLUMNS))


def load_calls(path: Path) -> Calls:
    """The calls in a file. Raises NotFoundError where it cannot be read, InvalidInputError with its problems."""
    return read_calls(file_bytes(path, MOST_BYTES, said("the calls")), path.name)


def read_calls(data: bytes | str, file_name: str) -> Calls:
    """The calls in a CSV text, or in its bytes (UTF-8, or UTF-16 with its mark).

    Raises InvalidInputError with every problem, in the order of lines.
    """
    text = (data if isinstance(data, str) else _decoded(data, file_name)).lstrip("\ufeff")
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        fix = said("Save the table as CSV again; this is another sort of file, or a damaged one.")
        raise InvalidInputError(
            [Problem(file_name, line, "", said("there is a zero byte in this line."), fix)]
        )
    found = _Reading(file_name)
    calls = tuple(found.calls(text))
    if found.problems:
        raise InvalidInputError(found.told())
    if not calls:
        raise BcpError(
            said("there is no call in this file."), said("Write one call a line below the head."), file_name
        )
    return Calls(calls, tuple(found.others))


def write_calls(calls: Calls, rows: Sequence[Call]) -> str:
    """Some calls of a list as CSV, with a first column for their lines in the file that they came from."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["line", *COLUMNS, *map(harmless, calls.others)])
    for call in rows:
        cells = (
            call.time,
            _joined(call.origin),
            _joined(call.to),
            _joined(call.via),
            call.result,
            *call.other,
        )
        writer.writerow([call.row, *map(harmless, cells)])
    return out.getvalue()


def _joined(names: tuple[str, ...]) -> str:
    return f"{_BETWEEN} ".join(names)


def _decoded(data: bytes, file_name: str) -> str:
    if len(data) > MOST_BYTES:
        message = said("the file is larger than {n} MB.", n=MOST_BYTES // 10**6)
        raise BcpError(message, said("Take a part of the calls: a day, or a sample."), file_name)
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problem = Problem(
            file_name,
            line,
            "",
            said("this is not text in UTF-8."),
            said("Save the file as CSV in UTF-8 and try again."),
        )
        raise InvalidInputError([problem]) from error


@dataclass
class _Reading:
    """One file being read: its problems so far, and where its columns stand."""

    file_name: str
    problems: list[Problem] = field(default_factory=list)
    more: int = 0
    others: list[str] = field(default_factory=list)
    _parts: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def wrong(self, line: int, message: str, fix: str, path: str = "") -> None:
        """Take down a problem; past the limit it is only counted."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(self.file_name, line, path, message, fix))
        else:
            self.more += 1

    def told(self) -> list[Problem]:
        """Every problem, and how many more there are."""
        if not self.more:
            return self.problems
        rest = Problem(
            self.file_name, 0, "", said("and {more:,} more problems like these.", more=self.more), ""
        )
        return [*self.problems, rest]

    def calls(self, text: str) -> Iterator[Call]:
        """Each call that is right; what is wrong goes to the problems."""
        rows = _rows(text, self)
        line, head = next(rows, (1, []))
        places = self._columns(line, head)
        if places is None:
            return
        rest = [i for i in range(len(head)) if i not in places.values()]
        self.others = [head[i].strip() for i in rest]
        for count, (line, cells) in enumerate(rows):
            if count == MOST_CALLS:
                limit = said("there are more than {most_calls:,} calls.", most_calls=MOST_CALLS)
                self.wrong(line, limit, said("Take a part of them: a day, or a sample."))
                return
            call = self._call(line, cells, places, rest, len(head))
            if call is not None:
                yield call

    def _columns(self, line: int, head: list[str]) -> dict[str, int] | None:
        """Where each column stands; None, with the problems taken down, where one is missing or twice there."""
        names = [cell.strip().casefold() for cell in head]
        before = len(self.problems)
        if len(head) > _MOST_COLUMNS:
            self.wrong(
                line, said("there are more than {most_columns} columns.", most_columns=_MOST_COLUMNS), _HEAD
            )
            return None
        for name in COLUMNS:
            if names.count(name) > 1:
                self.wrong(
                    line, said("the column {name} is there twice.", name=name), said("Name each column once.")
                )
            elif name in _NEEDED and name not in names:
                self.wrong(line, said("there is no column {name}.", name=name), _HEAD)
        if len(self.problems) > before:
            return None
        return {name: names.index(name) for name in COLUMNS if name in names}

    def _call(
        self, line: int, cells: list[str], places: dict[str, int], rest: list[int], width: int
    ) -> Call | None:
        while len(cells) > width and not cells[-1].strip():
            cells.pop()  # spreadsheets leave separators at the ends of lines
        if len(cells) != width:
            message = said("this line has {n} cells, the head has {width}.", n=len(cells), width=width)
            self.wrong(line, message, said("Put text with separators or quotes in it between quotes."))
            return None
        raw = {name: cells[place] for name, place in places.items()}
        long = next((name for name, cell in raw.items() if len(cell) > LONGEST_NAME), "")
        if long:
            self.wrong(
                line,
                said("the text is longer than {most} characters.", most=LONGEST_NAME),
                said("Shorten it."),
                long,
            )
            return None
        result = " ".join(raw["result"].split()).casefold()
        if not result:
            self.wrong(
                line,
                said("the result is missing."),
                said("Write ok, or what was wrong with the call."),
                "result",
            )
            return None
        origin, to, via = (self._names(raw.get(name, "")) for name in ("from", "to", "via"))
        if not (origin or to or via):
            self.wrong(
                line,
                said("the call names nothing."),
                said("Say where it came from, went to or passed through."),
            )
            return None
        other = tuple(cells[place] for place in rest)
        return Call(line, raw.get("time", "").strip(), origin, to, via, result, other)

    def _names(self, cell: str) -> tuple[str, ...]:
        """The names in a cell; equal cells share one value."""
        if cell not in self._parts:
            parts = (" ".join(part.split()) for part in cell.split(_BETWEEN))
            self._parts[cell] = tuple(dict.fromkeys(part for part in parts if part))
        return self._parts[cell]


def _rows(text: str, found: _Reading) -> Iterator[tuple[int, list[str]]]:
    """Each row that has something in it, with the line that it ends on; the head is the first."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            fix = said("Save the table as CSV again; each quotation mark inside a text is written twice.")
            found.wrong(max(reader.line_num, 1), said("this is no CSV: {error}.", error=error), fix)
            return
        if any(cell.strip() for cell in cells):
            yield reader.line_num, cells


def _separator(text: str) -> str:
    """The separator with which most of the five columns are found in the first line that is not empty."""
    head = next((line for line in text[:100_000].splitlines() if line.strip()), "")
    return max(_SEPARATORS, key=lambda sign: _known(head, sign))


def _known(head: str, sign: str) -> int:
    return len({cell.strip().strip('"').strip().casefold() for cell in head.split(sign)} & set(COLUMNS))
