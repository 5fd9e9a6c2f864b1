"""Tables: columns as wide as their content asks for, rows that may break over pages, nothing clipped."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Paragraph, Table, TableStyle

from bcp.render.blocks import Line, Span, Tone
from bcp.render.blocks import Table as TableBlock
from bcp.render.style import BOLD, HAIR, INK, LINE, PANEL, TONES, Styles

_PAD_X, _PAD_Y = 4.0, 3.2
_WIDEST_WORD = 112.0
"""Points that a word may claim for its column; a longer one is broken."""

_BOX = "☐"


def markup(line: Line) -> str:
    """A line as ReportLab's paragraph markup; whatever stands in its text is escaped."""
    return "".join(_span(span) for span in line)


def _span(span: Span) -> str:
    if span.box:
        return f"{_BOX}\u00a0 "
    text = escape(span.text).replace("\n", "<br/>")
    if span.tone is not Tone.PLAIN:
        text = f'<font color="{TONES[span.tone].hexval().replace("0x", "#")}"><b>{text}</b></font>'
    if span.code:
        text = f'<font backColor="{PANEL.hexval().replace("0x", "#")}"><b>{text}</b></font>'
    if span.italic:
        text = f"<i>{text}</i>"
    return f"<b>{text}</b>" if span.bold else text


def table(block: TableBlock, styles: Styles, width: float) -> Flowable:
    """A table of a width in points, its header repeated on each page."""
    fields = not any(markup(cell).strip() for cell in block.header)
    columns = len(block.header)
    rows = [tuple(row[:columns]) + ((),) * (columns - len(row)) for row in block.rows]
    if fields:
        rows = [
            ((*(Span(s.text, bold=True, tone=s.tone, box=s.box) for s in row[0]),), *row[1:]) for row in rows
        ]
    widths = column_widths([block.header, *rows], styles, width)
    cells = [[_cell(c, styles, a, head=False) for c, a in zip(row, block.align, strict=True)] for row in rows]
    look = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), _PAD_X),
        ("RIGHTPADDING", (0, 0), (-1, -1), _PAD_X),
        ("TOPPADDING", (0, 0), (-1, -1), _PAD_Y * styles.scale),
        ("BOTTOMPADDING", (0, 0), (-1, -1), (_PAD_Y + 0.8) * styles.scale),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, HAIR),
        ("LINEBELOW", (0, -1), (-1, -1), 0.7, LINE),
    ]
    if fields:
        look += [("LINEABOVE", (0, 0), (-1, 0), 0.7, LINE), ("BACKGROUND", (0, 0), (0, -1), PANEL)]
    else:
        head = [_cell(c, styles, a, head=True) for c, a in zip(block.header, block.align, strict=True)]
        cells = [head, *cells]
        look += [
            ("BACKGROUND", (0, 0), (-1, 0), PANEL),
            ("LINEBELOW", (0, 0), (-1, 0), 0.8, INK),
            ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ]
    return Table(
        cells,
        colWidths=widths,
        repeatRows=0 if fields else 1,
        style=TableStyle(look),
        splitInRow=1,
        spaceBefore=3,
        spaceAfter=9 * styles.scale,
        hAlign="LEFT",
    )


def _cell(line: Line, styles: Styles, align: str, *, head: bool) -> Paragraph:
    return Paragraph(markup(line), styles.aligned(styles.head if head else styles.cell, align))


def column_widths(rows: Sequence[Sequence[Line]], styles: Styles, width: float) -> list[float]:
    """Widths that sum to `width`: each column gets its longest word, the rest goes where lines are long."""
    columns = range(len(rows[0]))
    least = [max(_longest_word(row[c], styles) for row in rows) + 2 * _PAD_X for c in columns]
    wanted = [max(max(_longest_line(row[c], styles) for row in rows) + 2 * _PAD_X, least[c]) for c in columns]
    if sum(least) >= width:
        return _capped(least, width)
    spare, missing = width - sum(least), [w - m for w, m in zip(wanted, least, strict=True)]
    if sum(missing) <= spare:
        extra = (spare - sum(missing)) / sum(wanted)
        return [w + w * extra for w in wanted]
    # the root keeps one very long cell from starving all other columns
    claims = [m**0.6 for m in missing]
    return [m + spare * claim / sum(claims) for m, claim in zip(least, claims, strict=True)]


def _capped(widths: list[float], total: float) -> list[float]:
    """Widths that sum to `total`: only the widest are cut, so that words break in as few columns as can be."""
    rest, open_columns = total, len(widths)
    for narrowest in sorted(widths):
        if narrowest * open_columns >= rest:
            break
        rest, open_columns = rest - narrowest, open_columns - 1
    return [min(w, rest / open_columns) for w in widths]


def _longest_word(line: Line, styles: Styles) -> float:
    words = " ".join(span.text if not span.box else _BOX for span in line).split(" ")
    return min(
        max((_width(word, styles) for part in words for word in part.split("\n")), default=0.0), _WIDEST_WORD
    )


def _longest_line(line: Line, styles: Styles) -> float:
    text = "".join(span.text if not span.box else f"{_BOX}  " for span in line)
    return max((_width(part, styles) for part in text.split("\n")), default=0.0)


def _width(text: str, styles: Styles) -> float:
    width: float = stringWidth(text, BOLD, styles.cell.fontSize)
    return width + 0.5
