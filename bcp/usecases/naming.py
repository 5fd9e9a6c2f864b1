"""What to say to somebody who names a thing that is not there."""

from __future__ import annotations

from difflib import get_close_matches

from bcp.saying import said


def did_you_mean(word: str, known: tuple[str, ...]) -> str:
    """The nearest known name, or all of them."""
    near = get_close_matches(word, known, 1)
    return (
        said("Did you mean {near}?", near=near[0])
        if near
        else said("There are: {names}.", names=", ".join(known))
    )
