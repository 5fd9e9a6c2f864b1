"""Texts from plans and scenarios in Markdown: shown as they are, whatever signs they hold."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    """The text with every sign that Markdown could take as its own escaped, on one line."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))
