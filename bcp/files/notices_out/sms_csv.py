"""SMS for a gateway, and e-mail recipients for a mail merge, as CSV that no spreadsheet can mistake for formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bcp.files.spreadsheet import harmless
from bcp.model.announcement import NumberCheck


@dataclass(frozen=True, slots=True)
class Sms:
    """One message to one number (E.164)."""

    to: str
    text: str
    segments: int
    language: str = ""
    notice: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True)
class Mail:
    """One recipient of an e-mail whose text stands in `file`."""

    to: str
    file: str
    language: str = ""
    notice: str = ""
    line: str = ""


def sms_csv(messages: Iterable[Sms]) -> bytes:
    """`to, text, segments` and whose it is, UTF-8 with a byte order mark."""
    rows = ([m.to, m.text, str(m.segments), m.language, m.notice, m.line] for m in messages)
    return _csv(("to", "text", "segments", "language", "notice", "line"), rows)


def mail_csv(mails: Iterable[Mail]) -> bytes:
    """`to, file` and whose it is, UTF-8 with a byte order mark."""
    rows = ([m.to, m.file, m.language, m.notice, m.line] for m in mails)
    return _csv(("to", "file", "language", "notice", "line"), rows)


def checks_csv(numbers: Iterable[tuple[str, NumberCheck]]) -> bytes:
    """The test calls to make: notice, number, its state, and who has called it. Fill in `by` and `at`, two rows each."""
    rows = []
    for notice, number in numbers:
        made = [(c.by, c.at) for c in number.checks] or [("", "")]
        rows += [[number.number, by, at, number.state.value, notice] for by, at in made]
    return _csv(("number", "by", "at", "state", "notice"), rows)


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(text: str) -> str:
    """The text without characters that break a row, and without a formula."""
    kept = "".join(ch if ch.isprintable() or ch == "\n" else " " for ch in text)
    return harmless(kept)
