"""The log of a sitting as CSV: every entry, those struck out too, in the order in which they were written.

`at` and `happened` are ISO 8601 in UTC, `t_s` is scenario seconds, `struck_by` the number of the correction.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from bcp.files.spreadsheet import harmless
from bcp.model.log_entry import Corrected, Entry

COLUMNS = ("number", "at", "happened", "t_s", "who", "role", "kind", "text", "struck_by")
"""The head of the file."""


def write_log(
    entries: Sequence[Entry], second: Callable[[Entry], float], text: Callable[[Entry], str]
) -> bytes:
    """The log as UTF-8 with a byte order mark, which spreadsheets ask for; no cell is taken for a formula.

    `second` gives the scenario second of an entry and `text` what it says.
    """
    struck = {e.what.entry: e.number for e in entries if isinstance(e.what, Corrected)}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        cells = (
            str(entry.number), _moment(entry.at), _moment(entry.happened) if entry.happened else "",
            f"{second(entry):.0f}", entry.who, entry.role, entry.what.kind, text(entry),
            str(struck.get(entry.number, "")),
        )  # fmt: skip
        writer.writerow([harmless(cell) for cell in cells])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
