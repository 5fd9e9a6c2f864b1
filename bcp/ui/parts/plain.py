"""Texts from plans and scenarios in Markdown: shown as they are, whatever signs they hold."""

from __future__ import annotations

import re

_LINKED = re.compile(r"(https?|ftp|www)(?=[.:])", re.IGNORECASE)
"""What a browser's Markdown makes a link of, whether its signs are escaped or not."""

_JOINER = "\u2060"
_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    """The text with every sign that Markdown could take as its own escaped, on one line."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))


def unlinked(text: str) -> str:
    """As `plain`, and no address in it becomes a link: for what guests write on other people's screens."""
    return plain(_LINKED.sub(rf"\1{_JOINER}", text).replace("@", f"@{_JOINER}"))
