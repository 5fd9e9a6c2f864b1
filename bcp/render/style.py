"""How documents look: fonts, colours, sizes. Everything that a designer would change stands here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from bcp.render.blocks import Tone

REGULAR, BOLD, ITALIC, BOLD_ITALIC = "DejaVu", "DejaVu-Bold", "DejaVu-Oblique", "DejaVu-BoldOblique"

PAGE = A4
MARGIN = 20 * mm
TOP, BOTTOM = 26 * mm, 22 * mm
WIDTH: float = PAGE[0] - 2 * MARGIN
"""Width of the text and of every drawing, in points."""
HEIGHT: float = PAGE[1] - TOP - BOTTOM

INK = HexColor("#1b2430")
MUTED = HexColor("#5b6675")
FAINT = HexColor("#8d97a5")
LINE = HexColor("#c9d0d9")
HAIR = HexColor("#e3e7ec")
PANEL = HexColor("#f3f5f8")
ACCENT = HexColor("#1d4e74")
ACCENT_PALE = HexColor("#dbe6ef")
WHITE = HexColor("#ffffff")

TONES: dict[Tone, Color] = {
    Tone.PLAIN: INK,
    Tone.GOOD: HexColor("#1a6b41"),
    Tone.WARN: HexColor("#8f4a00"),
    Tone.BAD: HexColor("#a3211b"),
    Tone.QUIET: MUTED,
}
"""All have at least 4.5 : 1 contrast on white and on the panel."""

FILLS: dict[Tone, Color] = {
    Tone.PLAIN: HexColor("#e3e7ec"),
    Tone.GOOD: HexColor("#bfe0cd"),
    Tone.WARN: HexColor("#f4d7b0"),
    Tone.BAD: HexColor("#efc1bd"),
    Tone.QUIET: HexColor("#e3e7ec"),
}


@lru_cache(maxsize=1)
def register_fonts() -> None:
    """Make the vendored DejaVu Sans Condensed known to ReportLab, once a process."""
    folder = Path(__file__).parent / "fonts"
    files = {REGULAR: "", BOLD: "-Bold", ITALIC: "-Oblique", BOLD_ITALIC: "-BoldOblique"}
    for name, suffix in files.items():
        pdfmetrics.registerFont(TTFont(name, str(folder / f"DejaVuSansCondensed{suffix}.ttf")))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD_ITALIC)


@dataclass(frozen=True)
class Styles:
    """Paragraph styles at a scale: 1 is normal, cards that would not fit on their side use less."""

    scale: float = 1.0

    @cached_property
    def body(self) -> ParagraphStyle:
        """Running text."""
        return self._style("body", 9.2, 13.4, after=6)

    @cached_property
    def item(self) -> ParagraphStyle:
        """A paragraph of a list item."""
        return self._style("item", 9.2, 13.0, after=2.5)

    @cached_property
    def headings(self) -> tuple[ParagraphStyle, ...]:
        """Headings of level 1 to 4."""
        return (
            self._style("h1", 16.5, 21, font=BOLD, colour=ACCENT, before=16, after=8),
            self._style("h2", 11.8, 15.5, font=BOLD, before=13, after=5),
            self._style("h3", 9.8, 13.2, font=BOLD, colour=ACCENT, before=9, after=3.5),
            self._style("h4", 9.2, 12.6, font=BOLD_ITALIC, colour=MUTED, before=6, after=3),
        )

    @cached_property
    def head(self) -> ParagraphStyle:
        """A header cell."""
        return self._style("head", 7.6, 9.8, font=BOLD, colour=MUTED)

    @cached_property
    def cell(self) -> ParagraphStyle:
        """A cell."""
        return self._style("cell", 8.2, 10.9)

    @cached_property
    def note(self) -> ParagraphStyle:
        """Text of a note."""
        return self._style("note", 8.8, 12.4, after=3)

    @cached_property
    def caption(self) -> ParagraphStyle:
        """What a figure shows."""
        return self._style("caption", 7.8, 10.4, font=ITALIC, colour=MUTED, before=2, after=8)

    @cached_property
    def small(self) -> ParagraphStyle:
        """Small print."""
        return self._style("small", 7.4, 9.6, colour=MUTED)

    @cached_property
    def card_title(self) -> ParagraphStyle:
        """The title of an action card, on its band."""
        band = self._style("card", 15.5, 19, font=BOLD, colour=WHITE, before=8, after=14)
        return ParagraphStyle(
            "band", parent=band, backColor=ACCENT, borderPadding=(7, 9, 9, 9), leftIndent=9, rightIndent=9
        )

    def aligned(self, style: ParagraphStyle, align: str) -> ParagraphStyle:
        """The same style set left, centred or right."""
        places = {"left": TA_LEFT, "center": TA_CENTER, "right": TA_RIGHT}
        return ParagraphStyle(f"{style.name}-{align}", parent=style, alignment=places[align])

    def _style(
        self,
        name: str,
        size: float,
        leading: float,
        *,
        font: str = REGULAR,
        colour: Color = INK,
        before: float = 0,
        after: float = 0,
    ) -> ParagraphStyle:
        k = self.scale
        return ParagraphStyle(
            name,
            fontName=font,
            fontSize=size * k,
            leading=leading * k,
            textColor=colour,
            spaceBefore=before * k,
            spaceAfter=after * k,
            splitLongWords=1,
            allowWidows=0,
            allowOrphans=0,
        )
