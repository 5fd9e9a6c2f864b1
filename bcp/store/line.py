"""Names, authors and notes as people type them: one line of ordinary characters, of limited length."""

from __future__ import annotations

import unicodedata

from bcp.errors import StoreError
from bcp.saying import said

NAME_LENGTH = 80
"""Longest name of a plan or an author, in characters."""

NOTE_LENGTH = 300
"""Longest note on a revision, in characters."""

_REFUSED = {"Cc", "Cs", "Zl", "Zp"}


def plan_name(text: str) -> str:
    """A plan's name, without space around it and in Unicode's composed form, so that what looks alike is alike.

    Raises StoreError where it is empty, too long, or holds line breaks, control characters or half a character.
    """
    tidy = unicodedata.normalize("NFC", text.strip())
    if not tidy:
        raise StoreError(
            said("The plan has no name."), said("Give it one of 1 to {most} characters.", most=NAME_LENGTH)
        )
    if len(tidy) > NAME_LENGTH:
        raise StoreError(
            said("The plan's name is {n} characters long.", n=len(tidy)),
            said("Use at most {most}.", most=NAME_LENGTH),
        )
    if any(_refused(character) for character in tidy):
        raise StoreError(
            said("The plan's name holds line breaks or control characters."),
            said("Write it on one line, without them."),
        )
    return tidy


def remark(text: str, longest: int) -> str:
    """An author or a note as one line of at most `longest` characters; no edit is refused for its remark."""
    plain = " ".join("".join(" " if _refused(character) else character for character in text).split())
    tidy = unicodedata.normalize("NFC", plain)
    return tidy if len(tidy) <= longest else f"{tidy[: longest - 1]}…"


def _refused(character: str) -> bool:
    return unicodedata.category(character) in _REFUSED
