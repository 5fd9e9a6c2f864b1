"""Test calls that two people made to the numbers of a notice, from a CSV file: number, by, at."""

from __future__ import annotations

import csv
import io

from bcp.errors import InvalidInputError, Problem
from bcp.model.announcement import Checked
from bcp.saying import said

_MOST = 10_000


def read_checks(text: str, file_name: str) -> tuple[tuple[str, Checked], ...]:
    """Each test call as (number as written, who and when); rows without a name are calls still to make.

    Columns may stand in any order, with others beside them. Raises InvalidInputError with every problem.
    """
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    columns = {name.strip().casefold(): name for name in rows.fieldnames or () if name}
    missing = [name for name in ("number", "by") if name not in columns]
    if missing:
        message = said("the file has no column {names}.", names=" and no column ".join(missing))
        raise InvalidInputError([Problem(file_name, 1, "", message, said("It needs number, by and at."))])
    found: list[tuple[str, Checked]] = []
    problems: list[Problem] = []
    try:
        for count, row in enumerate(rows):
            number, by = ((row.get(columns[c]) or "").strip().lstrip("'") for c in ("number", "by"))
            at = (row.get(columns.get("at", ""), "") or "").strip()
            if count >= _MOST or not any(c.isdigit() for c in number) or len(by) > _LONGEST or len(at) > _AT:
                message = said("no test call: a number with digits, and a name and time of ordinary length.")
                problems.append(
                    Problem(file_name, rows.line_num, "", message, said("Correct the row or delete it."))
                )
                break
            if by:
                found.append((number, Checked(by=by, at=at)))
    except csv.Error as error:
        problems.append(
            Problem(
                file_name,
                rows.line_num,
                "",
                said("no CSV: {error}.", error=error),
                said("Save it as CSV again."),
            )
        )
    if problems:
        raise InvalidInputError(problems)
    return tuple(found)


_LONGEST, _AT = 300, 40
