"""Blocks to what ReportLab lays out on pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    Indenter,
    KeepTogether,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)
from reportlab.platypus import PageBreak as NewPage

from bcp.render import blocks as b
from bcp.render.forms import Box, log_lines, signatures
from bcp.render.style import ACCENT, HEIGHT, PANEL, WIDTH, Styles
from bcp.render.tables import markup, table

_INDENT = 13.0
_NOTE_PAD = 8.0
_SHORT_TABLE = 60 * mm


class Title(Paragraph):  # type: ignore[misc] # ReportLab ships no types
    """A heading that knows its place in the contents."""

    def __init__(self, heading: b.Heading, style: ParagraphStyle, key: str) -> None:
        super().__init__(markup(heading.text), style)
        self.level = heading.level
        self.plain = heading.plain
        self.key = key


class Layout:
    """Turns blocks into flowables of one look and width, and numbers figures and headings.

    `cards` begins the keys of a card's headings, which then have their title on a band.
    """

    def __init__(self, styles: Styles, figure_word: str, width: float = WIDTH, *, cards: str = "") -> None:
        self._styles = styles
        self._width = width
        self._figure_word = figure_word
        self._figures = 0
        self._headings = 0
        self._cards = cards

    def story(self, content: Sequence[b.Block]) -> list[Flowable]:
        """The flowables of a document's blocks; each heading stays with what follows it."""
        flows = [list(self._flow(block, self._width)) for block in content]
        story: list[Flowable] = []
        for n, block in enumerate(content):
            if isinstance(block, b.Heading):
                story.append(CondPageBreak(min(self._room(content, flows, n), HEIGHT * 0.9)))
            story += flows[n]
        return story

    def _room(self, content: Sequence[b.Block], flows: list[list[Flowable]], n: int) -> float:
        """Height that a heading and the beginning of what follows need."""
        height = 0.0
        for block, flow in zip(content[n:], flows[n:], strict=True):
            if isinstance(block, b.PageBreak):
                break
            height += _least_height(block, flow, self._width)
            short = isinstance(block, b.Paragraph) and height < 30 * mm
            if not (isinstance(block, b.Heading) or short):
                break
        return height

    def _flow(self, block: b.Block, width: float) -> Iterator[Flowable]:
        match block:
            case b.Heading():
                self._headings += 1
                key = f"{self._cards or 'h'}{self._headings}"
                yield Title(block, self._heading_style(block.level), key)
            case b.Paragraph():
                if markup(block.text).strip():
                    yield Paragraph(markup(block.text), self._styles.body)
            case b.Listing():
                yield from self._listing(block, width)
            case b.PageBreak():
                yield NewPage()
            case _:
                yield self._one(block, width)

    def _one(self, block: b.Table | b.Note | b.Figure | b.LogLines | b.Signatures, width: float) -> Flowable:
        match block:
            case b.Table():
                return _undivided(table(block, self._styles, width), width)
            case b.Note():
                return self._note(block, width)
            case b.Figure():
                return self._figure(block)
            case b.LogLines():
                return log_lines(block, self._styles, width)
            case b.Signatures():
                return signatures(block, self._styles, width)

    def _heading_style(self, level: int) -> ParagraphStyle:
        return self._styles.card_title if self._cards and level == 1 else self._styles.headings[level - 1]

    def _listing(self, block: b.Listing, width: float) -> Iterator[Flowable]:
        style = self._styles.item
        for n, item in enumerate(block.items):
            side = style.fontSize * 0.92
            if item.box:
                mark: Flowable = Box(side)
            else:
                mark = Paragraph("•" if block.start is None else f"{block.start + n}.", style)
            indent = _INDENT * self._styles.scale * (1.25 if item.box or block.start is not None else 1)
            first, *others = item.content or (b.Paragraph(()),)
            text = markup(first.text) if isinstance(first, b.Paragraph) else ""
            row = Table([[mark, Paragraph(text, style)]], colWidths=[indent, width - indent], splitInRow=1)
            row.setStyle(_flush(top=1.6 * self._styles.scale if item.box else 0))
            yield row
            rest = others if isinstance(first, b.Paragraph) else [first, *others]
            if rest:
                yield Indenter(left=indent)
                for inner in rest:
                    yield from self._flow(inner, width - indent)
                yield Indenter(left=-indent)
        yield Spacer(1, 4 * self._styles.scale)

    def _note(self, block: b.Note, width: float) -> Flowable:
        inner = Layout(replace(self._styles), self._figure_word, width - 2 * _NOTE_PAD - 3)
        content: list[Flowable] = []
        for part in block.content:
            if isinstance(part, b.Paragraph):
                content.append(Paragraph(markup(part.text), self._styles.note))
            else:
                content += inner._flow(part, inner._width)
        rows = [[item] for item in content] or [[Spacer(1, 1)]]
        framed = Table(
            rows, colWidths=[width], splitInRow=1, spaceBefore=3, spaceAfter=9 * self._styles.scale
        )
        look: list[tuple[Any, ...]] = [
            ("BACKGROUND", (0, 0), (-1, -1), PANEL),
            ("LINEBEFORE", (0, 0), (0, -1), 2.2, ACCENT),
            ("LEFTPADDING", (0, 0), (-1, -1), _NOTE_PAD + 3),
            ("RIGHTPADDING", (0, 0), (-1, -1), _NOTE_PAD),
            ("TOPPADDING", (0, 0), (-1, -1), 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
            ("TOPPADDING", (0, 0), (-1, 0), 6),
            ("BOTTOMPADDING", (0, -1), (-1, -1), 6),
        ]
        framed.setStyle(TableStyle(look))
        return framed

    def _figure(self, block: b.Figure) -> Flowable:
        self._figures += 1
        caption = markup((b.Span(f"{self._figure_word} {self._figures}. ", bold=True), b.Span(block.caption)))
        return KeepTogether([Spacer(1, 4), block.drawing, Paragraph(caption, self._styles.caption)])


def _least_height(block: b.Block, flow: list[Flowable], width: float) -> float:
    """What a block needs at the foot of a page, in points: all of a figure, the first rows of a table."""
    match block:
        case b.Figure():
            return float(block.drawing.height) + 24
        case b.Heading() | b.Paragraph() if flow:
            style = flow[0].style
            return min(float(flow[0].wrap(width, HEIGHT)[1]), 48.0) + float(
                style.spaceBefore + style.spaceAfter
            )
        case b.Table() if flow and isinstance(flow[0], Table):
            flow[0].wrap(width, HEIGHT)
            return float(min(sum(flow[0]._rowHeights[:3]), HEIGHT / 3)) + 6  # noqa: SLF001 - set by wrap
        case b.Table() | b.Signatures() | b.LogLines() | b.Note() if flow:
            return min(height_of(flow[0], width), HEIGHT / 2) + 6
        case b.Listing():
            return 34.0
    return 0.0


def _undivided(grid: Table, width: float) -> Flowable:
    """The table, kept on one page where it is short."""
    return KeepTogether([grid]) if grid.wrap(width, HEIGHT)[1] < _SHORT_TABLE else grid


def height_of(flowable: Flowable, width: float) -> float:
    """Height in points that a flowable takes at a width."""
    if isinstance(flowable, KeepTogether):
        return sum((height_of(part, width) for part in flowable._content), 0.0)  # noqa: SLF001 - it has no wrap of its own
    return float(flowable.wrap(width, HEIGHT)[1])


def _flush(top: float) -> TableStyle:
    return TableStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (0, -1), top),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2.2),
        ]
    )
