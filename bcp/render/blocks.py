"""The closed list of what a document is made of. Every block is plain data; text in it is text, never markup."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from reportlab.graphics.shapes import Drawing


class Tone(StrEnum):
    """How a piece of text is coloured. It always says in words too what the colour means."""

    PLAIN = "plain"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in one look. A line end in `text` is a line break."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    tone: Tone = Tone.PLAIN
    box: bool = False
    """A box to tick, in place of text."""


Line = tuple[Span, ...]
"""Text in pieces."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (section) to 4."""

    level: int
    text: Line

    @property
    def plain(self) -> str:
        """The heading without its looks, for contents and bookmarks."""
        return " ".join("".join(span.text for span in self.text).split())


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: Line


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list; with a box it is to be ticked."""

    content: tuple[Block, ...]
    box: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: with bullets or numbers, or a checklist where its items have boxes."""

    items: tuple[Item, ...]
    start: int | None = None
    """The first number; none for bullets."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table. With an empty header it is a list of fields, the first column their names."""

    header: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]
    align: tuple[Literal["left", "center", "right"], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Something set apart from the text: a warning, or what is missing and how to add it."""

    content: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing and what it shows."""

    drawing: Drawing
    caption: str


@dataclass(frozen=True, slots=True)
class LogLines:
    """Empty lines to write on, under these column titles."""

    titles: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Signatures:
    """A line to sign on for each role, with the name where it is known."""

    signers: tuple[tuple[str, str], ...]
    name_title: str
    signature_title: str
    date_title: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Listing | Table | Note | Figure | LogLines | Signatures | PageBreak
