"""HTML of untrusted texts: an element escapes whatever is not markup already, and a page fetches nothing.

Text can only become markup through `element`, so that no caller can forget to escape.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape

from bcp.render.marks import clean

_VOID = frozenset({"br", "input", "meta"})


class Html(str):
    """Markup that is whole and safe."""

    __slots__ = ()


def element(tag: str, *inside: str, **attributes: str | bool) -> Html:
    """An element around texts and other elements; texts are escaped, Html is not.

    Attributes are named with `_` for `-` (`data_keep`), `class_` for class and so on; True stands for an
    attribute without a value and False for none.
    """
    written = "".join(_attribute(name, value) for name, value in attributes.items())
    return Html(f"<{tag}{written}>" if tag in _VOID else f"<{tag}{written}>{joined(*inside)}</{tag}>")


def joined(*parts: str) -> Html:
    """Texts and elements one after another, the texts escaped."""
    return Html("".join(part if isinstance(part, Html) else _text(part) for part in parts))


def lines(text: str) -> Html:
    """A text with its line ends kept."""
    rows = clean(text).split("\n")
    return Html("<br>".join(escape(row) for row in rows))


def page(language: str, title: str, body: Html, *, style: str, script: str) -> bytes:
    """A whole document. Its policy allows exactly this style and this script, and nothing from elsewhere."""
    policy = (
        f"default-src 'none'; style-src {_allowed(style)}; script-src {_allowed(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(clean(title))}</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n{body}\n<script>{script}</script>\n</body>\n</html>\n"
    ).encode("utf-8", "replace")


def _text(text: str) -> str:
    """A text as markup, with the blanks around it that part it from its neighbours."""
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and text.strip() else ""
    return f"{before}{escape(clean(text))}{after}"


def _attribute(name: str, value: str | bool) -> str:
    if value is False:
        return ""
    shown = name.rstrip("_").replace("_", "-")
    return f" {shown}" if value is True else f' {shown}="{escape(clean(str(value)))}"'


def _allowed(source: str) -> str:
    digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
    return f"'sha256-{digest}'"
