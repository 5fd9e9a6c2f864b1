"""Some columns of a large CSV table, read by pyarrow; and the lines in which something is wrong with it.

Columns that nobody asked for are never kept. The separator is found by itself (comma, semicolon or tab), as
spreadsheets of different countries write it; UTF-8, or UTF-16 with its mark. Reading is strict: a line with
too few or too many cells, a quotation mark that is not closed and text that cannot be decoded are problems.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.csv as pa_csv

from bcp.errors import BcpError, InvalidInputError, NotFoundError, Problem
from bcp.model.spelling import did_you_mean
from bcp.saying import said

MOST_BYTES = 1_000_000_000
"""A larger file is refused before it is read."""

MOST_PROBLEMS = 50
"""More problems than this are counted, not listed."""

_SEPARATORS = ",;\t"
_MOST_COLUMNS = 200
_BLOCK = 1 << 20
_UNDECODED = range(0xDC80, 0xDD00)
_QUOTES = said("Save the table as CSV again; each quotation mark inside a text is written twice.")


@dataclass(frozen=True, slots=True)
class CsvSource:
    """A CSV table that can be read again and again: a file, or bytes that are in memory already."""

    name: str
    content: Path | bytes

    def open(self) -> BinaryIO:
        """Its bytes from the beginning. Raises NotFoundError where the file cannot be read."""
        if isinstance(self.content, bytes):
            self._not_above(len(self.content))
            return io.BytesIO(self.content)
        try:
            if self.content.exists() and not (self.content.is_file() or self.content.is_dir()):
                raise NotFoundError(
                    said("{path!r} is no ordinary file.", path=str(self.content)),
                    said("Save it to a file first."),
                )
            self._not_above(self.content.stat().st_size)
            return self.content.open("rb")
        except (OSError, ValueError) as error:
            named = error.strerror if isinstance(error, OSError) else None
            raise NotFoundError(
                said(
                    "{path!r} cannot be read: {reason}.",
                    path=str(self.content),
                    reason=named or said("the name is not allowed"),
                ),
                said("Check the name of the file."),
            ) from error

    def _not_above(self, size: int) -> None:
        if size > MOST_BYTES:
            message = said("the file is larger than {n} MB.", n=MOST_BYTES // 10**6)
            raise BcpError(message, said("Take out the columns that are not needed, or split it."), self.name)

    @property
    def encoding(self) -> str:
        """How its text is written."""
        with self.open() as file:
            return "utf-16" if file.read(2) in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"

    def looked_through(self) -> tuple[bool, bool]:
        """Whether there is, or may be, a quotation mark anywhere; and whether all of it is text."""
        quoted, decoder = False, codecs.getincrementaldecoder(self.encoding)()
        with self.open() as file:
            try:
                while block := file.read(_BLOCK):
                    quoted = quoted or b'"' in block
                    decoder.decode(block)
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                return True, False
        return quoted, True


@dataclass(frozen=True, slots=True)
class Head:
    """The first row of a table: its separator, how many columns there are, and where the wanted ones stand."""

    separator: str
    width: int
    places: Mapping[str, int]


def read_head(source: CsvSource, columns: Sequence[str], needed: Collection[str]) -> Head:
    """Where the wanted columns stand. Raises InvalidInputError where one is missing or twice there."""
    names = said("The first line names the columns: {names}.", names=", ".join(columns))
    with source.open() as file:
        start = file.read(100_000).decode(source.encoding, "replace")
    first = next((line for line in start.splitlines() if line), "")
    separator = max(_SEPARATORS, key=lambda sign: len(set(_cells_of(first, sign)) & set(columns)))
    line, cells = next(_rows(source, separator), (1, []))
    found = [cell.strip().casefold() for cell in cells]
    problems = []
    if len(found) > _MOST_COLUMNS:
        problems.append(
            Problem(
                source.name,
                line,
                "",
                said("there are more than {most_columns} columns.", most_columns=_MOST_COLUMNS),
                names,
            )
        )
    for name in columns:
        if found.count(name) > 1:
            problems.append(
                Problem(
                    source.name,
                    line,
                    "",
                    said("the column {name} is there twice.", name=name),
                    said("Name each column once."),
                )
            )
        elif name in needed and name not in found:
            fix = did_you_mean(name, found, names)
            problems.append(
                Problem(source.name, line, "", said("there is no column {name}.", name=name), fix)
            )
    if problems:
        raise InvalidInputError(problems)
    return Head(separator, len(found), {name: found.index(name) for name in columns if name in found})


def _cells_of(line: str, separator: str) -> Iterator[str]:
    return (cell.strip().strip('"').strip().casefold() for cell in line.split(separator))


def read_columns(source: CsvSource, head: Head, coded: Collection[str]) -> dict[str, pa.Array]:
    """The wanted columns by name, as texts, those in `coded` with each value once; the head is left out.

    Raises InvalidInputError with every problem of the table's form, BcpError where it cannot be read at all.
    """
    quoted, text = source.looked_through()
    if quoted:  # only then can a text be closed in the wrong place or not at all
        _refuse(source, structure_problems(source, head))
    try:
        return _read(source, head, coded, _on_odd_row if text else None)
    except (pa.ArrowException, UnicodeError, OverflowError) as error:
        _refuse(source, structure_problems(source, head))
        first = str(error).partition("\n")[0]
        raise BcpError(
            said("the table cannot be read: {error}.", error=first),
            said("Save it as CSV in UTF-8 again."),
            source.name,
        ) from error


def _read(
    source: CsvSource, head: Head, coded: Collection[str], on_odd_row: Callable[[Any], str] | None
) -> dict[str, pa.Array]:
    texts, once = pa.string(), pa.dictionary(pa.int32(), pa.string())
    wanted = {f"f{place}": once if name in coded else texts for name, place in head.places.items()}
    encoding = "utf8" if source.encoding == "utf-8-sig" else source.encoding
    with source.open() as file:
        reader = pa_csv.open_csv(
            file,
            read_options=pa_csv.ReadOptions(
                autogenerate_column_names=True, block_size=_BLOCK, encoding=encoding
            ),
            parse_options=pa_csv.ParseOptions(
                delimiter=head.separator, newlines_in_values=True, invalid_row_handler=on_odd_row
            ),
            convert_options=pa_csv.ConvertOptions(
                include_columns=list(wanted), column_types=wanted, strings_can_be_null=False
            ),
        )
        pieces: list[list[pa.Array]] = [[] for _ in wanted]
        for batch in reader:
            for piece, column in zip(pieces, batch.columns, strict=True):
                piece.append(column)
    return {name: _whole(pieces.pop(0)) for name in head.places}


def _whole(pieces: list[pa.Array]) -> pa.Array:
    """A column in one piece, without its head."""
    return pa.chunked_array(pieces).unify_dictionaries().combine_chunks().slice(1)


def _on_odd_row(row: Any) -> str:
    """Lines of blanks are passed over, any other with a wrong number of cells ends the reading."""
    return "error" if row.text.strip() else "skip"


def structure_problems(source: CsvSource, head: Head) -> list[Problem]:
    """What is wrong with the form of a table, read slowly line by line; nothing where all is well."""
    found: list[Problem] = []
    try:
        for line, cells in _rows(source, head.separator):
            if len(cells) != head.width:
                message = said(
                    "this line has {n} cells, the head has {width}.", n=len(cells), width=head.width
                )
                fix = said("Put text with separators or quotes in it between quotes.")
                found.append(Problem(source.name, line, "", message, fix))
            elif any(_undecoded(cells[place]) for place in head.places.values()):
                fix = said("Save the file as CSV in UTF-8 and try again.")
                found.append(Problem(source.name, line, "", said("this is not text in UTF-8."), fix))
    except InvalidInputError as error:
        found += error.problems
    return found


def lines_of(source: CsvSource, head: Head, rows: Collection[int]) -> dict[int, int]:
    """The lines in the file, from 1, on which rows of the table (from 0, the head left out) begin."""
    wanted, found = set(rows), {}
    good = (line for line, cells in _rows(source, head.separator) if len(cells) == head.width)
    for row, line in enumerate(good, start=-1):
        if row in wanted:
            found[row] = line
        if len(found) == len(wanted):
            break
    return found


def told(source: CsvSource, problems: Sequence[Problem], more: int = 0) -> InvalidInputError:
    """Problems as one error in the order of lines; past the limit, and `more` beside them, only counted."""
    ordered = sorted(problems)
    more += max(len(ordered) - MOST_PROBLEMS, 0)
    rest = (
        [Problem(source.name, 0, "", said("and {more:,} more problems like these.", more=more), "")]
        if more
        else []
    )
    return InvalidInputError([*ordered[:MOST_PROBLEMS], *rest])


def _refuse(source: CsvSource, problems: Sequence[Problem]) -> None:
    if problems:
        raise told(source, problems)


def _undecoded(cell: str) -> bool:
    return not cell.isascii() and any(ord(ch) in _UNDECODED for ch in cell)


def _rows(source: CsvSource, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that has a cell with something in it or more than one cell, with the line it begins on.

    Raises InvalidInputError where a quotation mark is not closed or stands in a wrong place.
    """
    with io.TextIOWrapper(source.open(), source.encoding, errors="surrogateescape", newline="") as text:
        reader = csv.reader(text, delimiter=separator, strict=True)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except (csv.Error, UnicodeError) as error:
                raise InvalidInputError(
                    [Problem(source.name, line, "", said("this is no CSV: {error}.", error=error), _QUOTES)]
                ) from error
            if len(cells) > 1 or (cells and cells[0].strip()):
                yield line, cells
