"""The sentences of contract clauses."""

from __future__ import annotations

import re

import pytest

from bcp.model.contract import TEXTS, Ask
from bcp.words import LANGUAGES, words


@pytest.mark.parametrize("ask", Ask)
@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_every_clause_has_its_words_in_every_language(ask: Ask, language: str) -> None:
    """Each sentence is translated, with the same places to fill."""
    places = re.compile(r"\{\w+\}")
    for text in TEXTS[ask]:
        told = words(language)(text)
        assert told != text
        assert sorted(places.findall(told)) == sorted(places.findall(text))
