from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp.model.columns import Coded, Texts


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=5)), st.text(max_size=2))
def test_texts_are_a_sequence(texts: list[str], wanted: str) -> None:
    """Items, slices, negative places and the place of a text, as in a list."""
    column = Texts.of(texts)
    assert list(column) == texts
    assert column[-2:] == texts[-2:]
    assert [column[-n] for n in range(1, len(texts) + 1)] == texts[::-1]
    assert (wanted in column) == (wanted in texts)
    for text in texts:
        assert column.index(text) == texts.index(text)


def test_a_text_that_is_not_there_has_no_place() -> None:
    """As in a list, asking for it is an error; so is a place past the end."""
    column = Texts.of(["a", "b"])
    with pytest.raises(ValueError, match="'c'"):
        column.index("c")
    with pytest.raises(IndexError):
        column[2]


@given(st.lists(st.sampled_from(["x", "y", ""])))
def test_a_coded_column_keeps_each_value_once(rows: list[str]) -> None:
    """Every row has its value, and the values are the distinct ones."""
    column = Coded.of(rows)
    assert [column[n] for n in range(len(column))] == rows
    assert sorted(column.values) == sorted(set(rows))
    assert (column.code("y") == -1) == ("y" not in rows)
