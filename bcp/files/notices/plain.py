"""Strangers' texts made plain: one line without control characters, HTML without its markup, cut where too long."""

from __future__ import annotations

from html.parser import HTMLParser

LONGEST_LINE = 300
LONGEST_TEXT = 20_000

_BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "table", "ul", "ol", "pre"})
_UNSEEN = frozenset({"script", "style", "head", "title", "template"})


def one_line(text: str) -> str:
    """The text on one line, what cannot be printed taken out; whole, however long it is."""
    return " ".join("".join(ch if ch.isprintable() else " " for ch in text).split())


def short_line(text: str) -> str:
    """The text on one line of at most 300 characters; what was cut is marked with an ellipsis."""
    line = one_line(text)
    return line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 1] + "…"


def short_text(text: str) -> str:
    """The lines of a text without control characters, at most 20,000 characters of it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    plain = "\n".join("".join(ch for ch in line if ch.isprintable()).rstrip() for line in lines).strip()
    return plain if len(plain) <= LONGEST_TEXT else plain[: LONGEST_TEXT - 1] + "…"


def html_text(html: str) -> str:
    """What a reader of an HTML fragment sees, as plain text; nothing that it refers to is fetched."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return short_text("\n".join(line for line in lines if line))


class _Reader(HTMLParser):
    """Collects the text and a line break for each element that begins a new line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the base class hands it over
        """An element begins."""
        self.unseen += tag in _UNSEEN
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        self.unseen -= tag in _UNSEEN and self.unseen > 0
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """A piece of text."""
        if not self.unseen:
            self.parts.append(data.replace("\n", " "))
