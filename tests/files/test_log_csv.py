from __future__ import annotations

import csv
import io

from bcp.files.log_csv import COLUMNS, write_log
from bcp.model.log_entry import Corrected, Noted
from tests.engine.live.sitting import log


def rows(content: bytes) -> list[list[str]]:
    """The file as a spreadsheet reads it."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_every_entry_is_a_row() -> None:
    """Also those that were struck out, with the number of what struck them."""
    entries = log((0, Noted(text="a")), (5, Corrected(entry=1)), who="Åsa")
    found = rows(write_log(entries, lambda e: 60.0 * e.number, lambda e: f"entry {e.number}"))
    assert found == [
        list(COLUMNS),
        ["1", "2026-03-03T06:00:00Z", "", "60", "Åsa", "it", "noted", "entry 1", "2"],
        ["2", "2026-03-03T06:05:00Z", "", "120", "Åsa", "it", "corrected", "entry 2", ""],
    ]


def test_no_cell_is_a_formula() -> None:
    """What people write stays text in a spreadsheet, line breaks and quotes too."""
    entries = log((0, Noted(text="x")), who="=cmd()", role="@x")
    found = rows(write_log(entries, lambda _: 0.0, lambda _: '-1+1\n"x"'))
    assert found[1][4:8] == ["'=cmd()", "'@x", "noted", '\'-1+1\n"x"']
