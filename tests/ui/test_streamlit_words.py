"""Streamlit's own words, which the app says in the language of the page."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest
import streamlit as st

from bcp.ui.parts.page_semantics import SCRIPT
from bcp.ui.parts.streamlit_words import streamlit_words
from bcp.words import LANGUAGES

OTHERS = sorted(set(LANGUAGES) - {"en"})
COMPOSED = ("Enter to apply", "Enter to submit form")
"""Put together by Streamlit out of pieces."""


@lru_cache(maxsize=1)
def bundles() -> str:
    """The code that Streamlit gives to browsers."""
    folder = Path(st.__file__).parent / "static" / "static" / "js"
    return "\n".join(path.read_text("utf-8") for path in sorted(folder.glob("*.js")))


def test_streamlit_still_says_what_is_replaced() -> None:
    """Each text that is replaced stands in Streamlit's own code, so an upgrade that changes one is noticed."""
    whole = [english for english, _ in streamlit_words("sv")["whole"]]
    parts = [piece for before, after, *_ in streamlit_words("sv")["parts"] for piece in (before, after)]
    found = bundles()
    pieces = {"year, ", "month, ", "day, ", "Fullscreen: "}
    missing = [t for t in (*whole, *parts) if t not in found and not t.endswith(COMPOSED) and t not in pieces]
    assert missing == []
    assert "Press Enter to ${" in found


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_words_for_them(language: str) -> None:
    """The same texts are replaced in every language, and what stands between is kept."""
    assert len(streamlit_words(language)["whole"]) > 40
    assert all(len(part) == 4 for part in streamlit_words(language)["parts"])
    assert [e[:2] for e in streamlit_words(language)["parts"]] == [
        e[:2] for e in streamlit_words("sv")["parts"]
    ]


def test_english_is_left_as_it_is() -> None:
    """In English nothing is replaced."""
    assert streamlit_words("en") == {"whole": [], "parts": []}


def test_nothing_is_replaced_where_somebody_types() -> None:
    """The page looks at names and at places that hold no text of a plan, and never at the value of a field."""
    assert ".value" not in SCRIPT
    assert "stMarkdownContainer" not in SCRIPT


def test_the_button_of_a_long_toast_is_said_in_the_language() -> None:
    """What unfolds a long toast is among the words, and the page looks where Streamlit writes it."""
    whole = dict(streamlit_words("sv")["whole"])
    assert (whole["view more"], whole["view less"]) == ("Visa mer", "Visa mindre")
    assert "ToastViewButton" in SCRIPT
    assert "stToastViewButton" in bundles()
