"""What a browser would make of a page that we write: for the tests of the files that must work by themselves."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"meta", "input", "br"}
"""Elements without an end, of those that we write."""


class Outline(HTMLParser):
    """What a browser makes of the page: elements, properly nested, and its text."""

    def __init__(self, content: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(content.decode("utf-8"))
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """The innermost element ends, and no other."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """A piece of text."""
        if not self.open or self.open[-1] not in ("script", "style"):
            self.text.append(data)

    @property
    def words(self) -> str:
        """All text with single spaces."""
        return " ".join(" ".join(self.text).split())
