"""What people write on by hand: boxes to tick, log lines, lines to sign."""

from __future__ import annotations

from typing import Any

from reportlab.platypus import Flowable, KeepTogether, Paragraph, Table, TableStyle

from bcp.render import blocks as b
from bcp.render.style import HAIR, INK, LINE, MUTED, PANEL, Styles
from bcp.render.tables import markup

_FULL = 3
"""Columns from which on the last of a log is narrow too: time, what, who."""


class Box(Flowable):  # type: ignore[misc] # ReportLab ships no types
    """A square to tick."""

    def __init__(self, side: float) -> None:
        super().__init__()
        self.width = self.height = side

    def draw(self) -> None:
        """A thin square."""
        self.canv.setStrokeColor(INK)
        self.canv.setLineWidth(0.8)
        self.canv.rect(0, 0, self.width, self.height)


def log_lines(block: b.LogLines, styles: Styles, width: float) -> Flowable:
    """A ruled table to write in."""
    head = [Paragraph(markup((b.Span(title),)), styles.head) for title in block.titles]
    count = len(head)
    narrow = min(70.0, width / count)
    outer = 1 if count < _FULL else 2
    inner = (width - outer * narrow) / max(count - outer, 1)
    widths = [narrow, *[inner] * (count - outer), narrow][:count] if count > 1 else [width]
    rows = [head, *[[""] * count for _line in range(block.count)]]
    heights = [None, *[20 * styles.scale] * block.count]
    grid = Table(rows, colWidths=widths, rowHeights=heights, repeatRows=1, spaceBefore=3, spaceAfter=9)
    grid.setStyle(
        TableStyle(
            [
                ("LINEBELOW", (0, 0), (-1, 0), 0.8, INK),
                ("LINEBELOW", (0, 1), (-1, -1), 0.5, LINE),
                ("LINEAFTER", (0, 1), (-2, -1), 0.5, HAIR),
                ("LEFTPADDING", (0, 0), (-1, -1), 4),
                ("BACKGROUND", (0, 0), (-1, 0), PANEL),
            ]
        )
    )
    return grid


def signatures(block: b.Signatures, styles: Styles, width: float) -> Flowable:
    """For each role a name, a line to sign on and one for the day."""
    rows: list[list[Any]] = []
    look: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ]
    for role, name in block.signers:
        n = len(rows)
        rows.append([Paragraph(markup((b.Span(role, bold=True),)), styles.cell), "", "", ""])
        rows.append([Paragraph(markup((b.Span(name),)), styles.cell), "", "", ""])
        titles = (block.name_title, "", block.signature_title, block.date_title)
        rows.append([Paragraph(markup((b.Span(t),)), styles.small) if t else "" for t in titles])
        look += [
            ("TOPPADDING", (0, n), (-1, n), 12),
            ("BOTTOMPADDING", (0, n), (-1, n), 12),
            ("LINEBELOW", (0, n + 1), (0, n + 1), 0.7, MUTED),
            ("LINEBELOW", (2, n + 1), (3, n + 1), 0.7, MUTED),
            ("TOPPADDING", (0, n + 2), (-1, n + 2), 1),
        ]
    grid = Table(
        rows or [[""]], colWidths=[width * 0.36, width * 0.04, width * 0.38, width * 0.22], spaceAfter=8
    )
    grid.setStyle(TableStyle(look))
    return KeepTogether([grid])
