from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bcp.files.spreadsheet import FORMULA, MARKED, NUMBER, SPLIT, harmless


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1-1",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1",
        "＋1",
        "+0701234567",
        "+12",
        "+46701+1",
    ],
)
def test_what_may_be_a_formula_is_marked_as_text(cell: str) -> None:
    """A cell that a spreadsheet may compute gets an apostrophe before it."""
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "a=b", "+46701234567", "'=1", "1", "SE/S", "sms:+46701234567"])
def test_everything_else_stays_as_it_is(cell: str) -> None:
    """Plain text and E.164 numbers are left alone."""
    assert harmless(cell) == cell


@pytest.mark.parametrize(
    ("cell", "marked"),
    [
        ("a;=1+1", "a;'=1+1"),
        ('a; "=1', "a; \"'=1"),
        ("＝1;＝2;b", "'＝1;'＝2;b"),
        ("a;b=1;c", "a;b=1;c"),
        (";'=1", ";'=1"),
    ],
)
def test_what_begins_behind_a_semicolon_is_marked_too(cell: str, marked: str) -> None:
    """A program that splits lines at semicolons finds no formula in the middle of a cell either."""
    assert harmless(cell) == marked


@given(st.text(st.sampled_from('=+-@\t\r\n＝＋09467x ;"'), max_size=18))
@example("+123456789012345")
@example("+1234567890123456")
@example("+46701234567\n")
def test_the_patterns_say_the_same(cell: str) -> None:
    """One cell and a whole column are judged alike."""
    column = pa.array([cell])
    formula = pc.match_substring_regex(column, FORMULA)[0].as_py()
    number = pc.match_substring_regex(column, NUMBER)[0].as_py()
    split = pc.replace_substring_regex(column, SPLIT, MARKED)[0].as_py()
    assert harmless(cell) == (f"'{split}" if formula and not number else split)
