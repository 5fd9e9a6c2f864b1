"""The word that somebody may have meant."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping

from bcp.saying import said

_BUSY = 2000
"""Above this many known words only those that begin alike are compared: a large plan must stay quick."""


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known word most like `word`, letter case aside; None where none is near."""
    folded = {k.casefold(): k for k in sorted(known, reverse=True)}
    return _nearest(word, folded)


def did_you_mean(word: str, known: Collection[str], otherwise: str = "") -> str:
    """`Did you mean "x"?` where a known word is near; else `otherwise`."""
    found = nearest(word, known)
    return said('Did you mean "{found}"?', found=found) if found else otherwise


class Spelling:
    """The known words of one sort, asked about many times; each misspelling is compared once."""

    def __init__(self, known: Collection[str]) -> None:
        self._folded = {k.casefold(): k for k in sorted(known, reverse=True)}
        self._answers: dict[str, str | None] = {}

    def did_you_mean(self, word: str, otherwise: str = "") -> str:
        """`Did you mean "x"?` where a known word is near; else `otherwise`."""
        if word not in self._answers:
            self._answers[word] = _nearest(word, self._folded)
        found = self._answers[word]
        return said('Did you mean "{found}"?', found=found) if found else otherwise


def _nearest(word: str, folded: Mapping[str, str]) -> str | None:
    wanted = word.casefold()
    known = [k for k in folded if k[:2] == wanted[:2]] if len(folded) > _BUSY else list(folded)
    found = difflib.get_close_matches(wanted, known[:_BUSY], n=1, cutoff=0.6)
    return folded[found[0]] if found else None
