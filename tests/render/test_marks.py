from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp.errors import BcpError
from bcp.render.blocks import Paragraph
from bcp.render.markdown import read_blocks
from bcp.render.marks import as_markdown, clean, literal, marked, refuse_private

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
HOSTILE = st.text(st.sampled_from(string.punctuation + " \n\tab1"), max_size=80)


@given(st.one_of(ANY, HOSTILE))
def test_a_value_is_never_markdown(value: str) -> None:
    """Whatever text a plan holds, it comes out of the Markdown parser as one paragraph with that very text."""
    text = clean(value)
    blocks = read_blocks(as_markdown(marked("begin ") + text + marked(" end")), (), "x.md")
    assert len(blocks) == 1
    paragraph = blocks[0]
    assert isinstance(paragraph, Paragraph)
    said = "".join(span.text for span in paragraph.text)
    assert said.split() == f"begin {text} end".split()
    assert not any(span.bold or span.italic or span.code for span in paragraph.text)


@given(HOSTILE)
def test_a_template_keeps_its_own_marks(text: str) -> None:
    """Text of the template itself reaches Markdown unchanged."""
    assert as_markdown(marked(text)) == text.replace("\t", "\t")


@given(ANY)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    """Cleaned text is clean, and holds none of the characters that mark structure."""
    once = clean(text)
    assert clean(once) == once
    assert literal(once) == once


def test_control_characters_are_dropped() -> None:
    """Control, direction and private characters do not reach a document; line ends stay."""
    assert clean(" a\x00\u202eb\r\nc\ue123 ") == "ab\nc\ufffd"


def test_a_private_character_in_a_template_is_refused() -> None:
    """A template with a character of the private use area is refused, with its line."""
    with pytest.raises(BcpError, match=r"U\+E123") as caught:
        refuse_private("fine\nnot \ue123", "own/en.md")
    assert caught.value.where == "own/en.md:2"
