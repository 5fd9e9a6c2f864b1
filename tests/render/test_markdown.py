from __future__ import annotations

import pytest

from bcp.errors import BcpError
from bcp.render.blocks import Heading, Listing, Note, PageBreak, Paragraph, Table, Tone
from bcp.render.markdown import read_blocks, tone_switch


def test_every_block_of_the_closed_list_is_read() -> None:
    """Headings, paragraphs, lists, checklists, tables, notes and page breaks are told apart."""
    text = "# One\n\nText **bold** *it*.\n\n- a\n- b\n\n3. c\n\n- [ ] do\n\n| A | B |\n|---|--:|\n| 1 | 2 |\n\n> note\n\n---\n"
    heading, paragraph, bullets, numbers, checks, table, note, end = read_blocks(text, (), "x.md")
    assert heading == Heading(1, heading.text)
    assert heading.plain == "One"
    assert isinstance(paragraph, Paragraph)
    assert [(s.text, s.bold, s.italic) for s in paragraph.text] == [
        ("Text ", False, False),
        ("bold", True, False),
        (" ", False, False),
        ("it", False, True),
        (".", False, False),
    ]
    assert isinstance(bullets, Listing)
    assert bullets.start is None
    assert not bullets.items[0].box
    assert isinstance(numbers, Listing)
    assert numbers.start == 3
    assert isinstance(checks, Listing)
    assert checks.items[0].box
    assert isinstance(table, Table)
    assert table.align == ("left", "right")
    assert table.rows[0][1][0].text == "2"
    assert isinstance(note, Note)
    assert end == PageBreak()


@pytest.mark.parametrize(
    "text", ["<b>x</b>", "[x](javascript:alert(1))", "![x](file:///etc/passwd)", "<http://x.y>"]
)
def test_html_links_and_images_stay_text(text: str) -> None:
    """Raw HTML, links, images and autolinks are shown as they are written."""
    (paragraph,) = read_blocks(text, (), "x.md")
    assert isinstance(paragraph, Paragraph)
    assert "".join(span.text for span in paragraph.text) == text


@pytest.mark.parametrize("fence", ["```\ncode\n```", "```bcp\n7\n```", "```bcp\nx\n```"])
def test_a_fence_that_no_function_made_is_refused(fence: str) -> None:
    """A code fence is an error that names the template and says what to use."""
    with pytest.raises(BcpError, match="code fence") as caught:
        read_blocks(fence, (), "own/en.md")
    assert caught.value.where == "own/en.md"


def test_a_tone_holds_from_its_switch_to_the_next() -> None:
    """Text between two switches has the tone, in bold text too."""
    text = f"a **{tone_switch(Tone.BAD)}b{tone_switch(Tone.PLAIN)} c**"
    (paragraph,) = read_blocks(text, (), "x.md")
    assert isinstance(paragraph, Paragraph)
    assert [(s.text, s.tone, s.bold) for s in paragraph.text] == [
        ("a ", Tone.PLAIN, False),
        ("b", Tone.BAD, True),
        (" c", Tone.PLAIN, True),
    ]
