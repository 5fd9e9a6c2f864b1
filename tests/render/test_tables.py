from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp.render.blocks import Span, Tone
from bcp.render.style import WIDTH, Styles, register_fonts
from bcp.render.tables import column_widths, markup

register_fonts()

CELLS = st.text(max_size=400).map(lambda text: (Span(text),))


@given(
    st.integers(1, 8).flatmap(
        lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=1, max_size=5)
    )
)
def test_columns_fill_the_width(rows: list[list[tuple[Span, ...]]]) -> None:
    """Whatever stands in the cells, the columns are wider than nothing and together as wide as the text."""
    widths = column_widths(rows, Styles(), WIDTH)
    assert sum(widths) == pytest.approx(WIDTH)
    assert min(widths) > 5


def test_a_long_cell_leaves_room_for_the_others() -> None:
    """A text of thousands of letters does not starve the short columns beside it."""
    widths = column_widths([[(Span("Telephone"),), (Span("word " * 4000),)]], Styles(), WIDTH)
    assert widths[0] > 40


@pytest.mark.parametrize(
    "text", ["<b>x</b>", "a & b", "</para>", "<br/>", '<a href="x">y</a>', "<font color=red>"]
)
def test_markup_of_a_plan_is_escaped(text: str) -> None:
    """ReportLab's own tags in a text are shown, in every look and tone."""
    for span in (Span(text), Span(text, bold=True, italic=True, code=True, tone=Tone.BAD)):
        inner = markup((span,))
        assert text not in inner
        assert "&lt;" in inner or "&amp;" in inner
