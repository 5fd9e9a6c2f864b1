"""Which characters of a rendered template are its author's, and which came from a plan.

A plan's text is untrusted: a name such as `| # *x*` must never become a table cell, a heading or
emphasis. So the template's own punctuation is marked before Jinja runs (`marked`), whatever is
still plain punctuation afterwards came from a value, and `as_markdown` hands the first to Markdown
and hides the second from it. `literal` brings the hidden characters back once Markdown has been
read. No filter, macro or concatenation in a template can undo this.
"""

from __future__ import annotations

import string
import unicodedata

from bcp.errors import BcpError
from bcp.saying import said

_STRUCTURE = string.punctuation + "\n"
_AUTHOR = 0xE000
_VALUE = 0xE100
TONE = 0xE200
"""Private characters from here on switch the tone of the text that follows."""

_MARK = {ord(c): _AUTHOR + ord(c) for c in _STRUCTURE}
_UNMARK = {_AUTHOR + ord(c): c for c in _STRUCTURE}
_HIDE = {ord(c): _VALUE + ord(c) for c in _STRUCTURE}
_SHOW = {_VALUE + ord(c): c for c in _STRUCTURE}
_INVISIBLE = ("Cc", "Cf", "Cs", "Co")
_REPLACEMENT = "\ufffd"


def clean(text: str) -> str:
    """Untrusted text without control, private and lone surrogate characters, and without outer blanks."""
    if text.isprintable():
        return text.strip()
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").replace("\u2028", "\n")
    kept = (c if c == "\n" else _visible(c) for c in lines)
    return "".join(kept).strip()


def _visible(c: str) -> str:
    category = unicodedata.category(c)
    if category in ("Co", "Cs"):
        return _REPLACEMENT
    return "" if category in _INVISIBLE else c


def marked(text: str) -> str:
    """A template's own text, its punctuation and line ends marked as structure."""
    return text.translate(_MARK)


def as_markdown(rendered: str) -> str:
    """Markdown from a rendered template: marked characters count, all others of their kind are hidden."""
    return rendered.translate(_HIDE).translate(_UNMARK)


def literal(text: str) -> str:
    """Text out of the Markdown parser with the hidden characters of values back in their place."""
    return text.translate(_SHOW)


def refuse_private(text: str, where: str) -> None:
    """Raise BcpError where a template holds one of the characters that this module works with."""
    for number, line in enumerate(text.split("\n"), start=1):
        for c in line:
            if unicodedata.category(c) == "Co":
                raise BcpError(
                    said(
                        "the character U+{code:04X} of the private use area cannot stand in a template.",
                        code=ord(c),
                    ),
                    said("Delete it."),
                    f"{where}:{number}",
                )
