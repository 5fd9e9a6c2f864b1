"""A sentence that remembers how it was made, so that it can be said again in another language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Self


class Said(str):
    """An English sentence, filled in, with its `text` as the catalogues have it and the `values` put into it.

    It is a text like any other to whoever compares, prints or stores it. `Words.say` says it in a language.
    It stays what it is through `str(…)`, so an error made of one gives it back as `str(error)`.
    """

    __slots__ = ("text", "values")

    text: str
    values: Mapping[str, object]

    def __new__(cls, text: str, values: Mapping[str, object]) -> Self:
        """`text` with its `{name}` places filled from `values`; an exception counts as what it says."""
        kept = {k: str(v) if isinstance(v, BaseException) else v for k, v in values.items()}
        made = super().__new__(cls, text.format(**kept))
        made.text, made.values = text, kept
        return made

    def __str__(self) -> str:
        """Itself, with its memory."""
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled and copied as its text and its values."""
        return Said, (self.text, dict(self.values))


def said(text: str, /, **values: object) -> Said:
    """An English sentence with its `{name}` places filled, to be said in any language later."""
    return Said(text, values)


def together(parts: Iterable[str], between: str = " ") -> str:
    """The texts in a row, empty ones left out; what can be said in another language still can."""
    kept = [part for part in parts if part]
    if not any(isinstance(part, Said) for part in kept):
        return between.join(kept)
    if len(kept) == 1:
        return kept[0]
    gap = between.replace("{", "{{").replace("}", "}}")
    places = gap.join(f"{{p{n}}}" for n in range(len(kept)))
    return Said(places, {f"p{n}": part for n, part in enumerate(kept)})
