"""Cells that spreadsheets read: no text from outside may become a formula there.

A cell that begins with `=`, `+`, `-`, `@`, their full-width forms, a tab or a line break gets an apostrophe
before it, as spreadsheets themselves mark text. An E.164 number such as +46701234567 is left as it is: nothing
can be computed from it, and a gateway that gets it with an apostrophe would send to nobody.

Where commas are for decimals, spreadsheets split lines at semicolons instead, in the middle of a cell too: what
would begin a cell there is marked in the same way.
"""

from __future__ import annotations

import re

FORMULA = r"^[=+\-@\t\r\n\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}]"
"""What a spreadsheet may take for a formula, as a pattern of RE2."""

NUMBER = r"^\+[1-9][0-9]{5,14}$"
"""An E.164 number, as a pattern of RE2: left as it is."""

SPLIT = r"""(;[" ]*)([=+\-@\t\r\n\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}])"""
"""What begins a formula behind a semicolon, as a pattern of RE2: what stands before the apostrophe, and after it."""

MARKED = r"\1'\2"
"""What takes the place of `SPLIT`."""

_SPLIT = re.compile(re.sub(r"\\x\{(\w+)\}", r"\\u\1", SPLIT))
_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_MOST_DIGITS = 15
_FEWEST_DIGITS = 6


def harmless(cell: str) -> str:
    """The cell as it may stand in a file that a spreadsheet opens."""
    split = _SPLIT.sub(MARKED, cell)
    return f"'{split}" if cell.startswith(_SIGNS) and not _is_number(cell) else split


def _is_number(cell: str) -> bool:
    """True for an E.164 number without separators."""
    digits = cell[1:]
    return (
        cell[0] == "+"
        and digits.isascii()
        and digits.isdigit()
        and digits[0] != "0"
        and _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS
    )
