"""Pages: cover, running head and foot, page x of y, contents, bookmarks."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    TableStyle,
)
from reportlab.platypus.tableofcontents import TableOfContents

from bcp.render.figures.drawing import shortened, width_of
from bcp.render.flowables import Title
from bcp.render.style import (
    ACCENT,
    BOLD,
    BOTTOM,
    HAIR,
    HEIGHT,
    INK,
    LINE,
    MARGIN,
    MUTED,
    PAGE,
    REGULAR,
    TOP,
    WIDTH,
)
from bcp.words import Words

_CONTENTS_DEPTH = 2
_TIGHT = TableStyle(
    [(side, (0, 0), (-1, -1), 0) for side in ("TOPPADDING", "BOTTOMPADDING", "LEFTPADDING", "RIGHTPADDING")]
)


@dataclass(frozen=True, slots=True)
class Frontmatter:
    """What stands on every page and on the cover."""

    title: str
    subtitle: str
    organisation: str
    classification: str
    revision: str
    content_hash: str
    made_on: str
    fields: tuple[tuple[str, str], ...]
    """Names and values at the foot of the cover."""


class _Total(Flowable):  # type: ignore[misc] # ReportLab ships no types
    """Knows after a pass how many pages there are, and asks for another pass while that changes."""

    def __init__(self) -> None:
        super().__init__()
        self.pages = 0
        self.before = -1

    def isIndexing(self) -> bool:  # noqa: N802 - ReportLab's name
        return True

    def isSatisfied(self) -> bool:  # noqa: N802 - ReportLab's name
        return self.pages == self.before

    def beforeBuild(self) -> None:  # noqa: N802 - ReportLab's name
        self.before = self.pages

    def notify(self, kind: str, stuff: Any) -> None:
        """Headings are no concern of it."""

    def afterBuild(self) -> None:  # noqa: N802 - ReportLab's name
        """What was counted stands."""

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return 0.0, 0.0

    def draw(self) -> None:
        """Nothing is seen of it."""


class Pages(BaseDocTemplate):  # type: ignore[misc] # ReportLab ships no types
    """A document with a running head and foot on each page, contents and bookmarks."""

    def __init__(self, file: io.BytesIO, front: Frontmatter, words: Words) -> None:
        super().__init__(
            file,
            pagesize=PAGE,
            leftMargin=MARGIN,
            rightMargin=MARGIN,
            topMargin=TOP,
            bottomMargin=BOTTOM,
            title=f"{front.title} – {front.organisation}",
            author=front.organisation,
            subject=front.subtitle,
            creator="bcp",
            lang=words.language,
            invariant=1,
            pageCompression=1,
        )
        self._front = front
        self._words = words
        self._total = _Total()
        self._last_level = -1
        frame = Frame(MARGIN, BOTTOM, WIDTH, HEIGHT, 0, 0, 0, 0, id="text")
        self.addPageTemplates(
            [
                PageTemplate("cover", [frame], onPage=self._cover),
                PageTemplate("text", [frame], onPage=self._head_and_foot),
            ]
        )

    def document(self, story: list[Flowable]) -> None:
        """Write the document: cover, contents, text."""
        titles = [flow for flow in story if isinstance(flow, Title) and flow.level <= _CONTENTS_DEPTH]
        contents = _contents(self._words, titles)
        opening = [NextPageTemplate("text"), PageBreak(), *contents, PageBreak()]
        self._write([*opening, *story], first=0)

    def cards(self, story: list[Flowable]) -> None:
        """Write pages without cover and contents."""
        self._write([*story], first=1)

    def _write(self, story: list[Flowable], first: int) -> None:
        self._firstPageTemplateIndex = first
        self.multiBuild([*story, self._total], maxPasses=8)

    def handle_documentBegin(self) -> None:  # noqa: N802 - ReportLab's name
        """Begin a pass."""
        self._last_level = -1
        super().handle_documentBegin()

    def afterFlowable(self, flowable: Any) -> None:  # noqa: N802 - ReportLab's name
        """Put a heading into contents and bookmarks."""
        if not isinstance(flowable, Title):
            return
        level = min(flowable.level - 1, self._last_level + 1)
        self._last_level = level
        self.canv.bookmarkHorizontal(flowable.key, 0, self.frame._y + flowable.height)  # noqa: SLF001 - no other way to know
        self.canv.addOutlineEntry(flowable.plain, flowable.key, level, closed=level > 0)
        if flowable.level <= _CONTENTS_DEPTH:
            self.notify("TOCEntry", (flowable.level - 1, escape(flowable.plain), self.page, flowable.key))

    def afterPage(self) -> None:  # noqa: N802 - ReportLab's name
        """Count pages."""
        self._total.pages = max(self._total.pages, self.page) if self.page > 1 else 1

    def _head_and_foot(self, canvas: Canvas, _document: Any) -> None:
        front, top = self._front, PAGE[1] - 15 * mm
        canvas.saveState()
        canvas.setFont(REGULAR, 7.4)
        canvas.setFillColor(MUTED)
        mark = shortened(_in_short(front.classification), 7.0, WIDTH * 0.35, bold=True)
        left = f"{front.organisation} · {front.title}"
        canvas.drawString(MARGIN, top, shortened(left, 7.4, WIDTH - width_of(mark, 7.0, bold=True) - 16))
        canvas.setFont(BOLD, 7.0)
        canvas.setFillColor(INK)
        canvas.drawRightString(MARGIN + WIDTH, top, mark)
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.6)
        canvas.line(MARGIN, top - 5, MARGIN + WIDTH, top - 5)
        self._foot(canvas)
        canvas.restoreState()

    def _foot(self, canvas: Canvas) -> None:
        front, _ = self._front, self._words
        canvas.setStrokeColor(HAIR)
        canvas.line(MARGIN, 14.5 * mm, MARGIN + WIDTH, 14.5 * mm)
        canvas.setFont(REGULAR, 7.0)
        canvas.setFillColor(MUTED)
        parts = [_("Revision {name}", name=front.revision)] if front.revision else []
        parts.append(_("content {hash}", hash=front.content_hash))
        parts += [_("made {day}", day=front.made_on)] if front.made_on else []
        canvas.drawString(MARGIN, 10.5 * mm, shortened(" · ".join(parts), 7.0, WIDTH * 0.75))
        total = max(self._total.before, self.page)
        canvas.drawRightString(MARGIN + WIDTH, 10.5 * mm, _("Page {n} of {all}", n=self.page, all=total))

    def _cover(self, canvas: Canvas, _document: Any) -> None:
        front, height = self._front, PAGE[1]
        canvas.saveState()
        canvas.setFillColor(ACCENT)
        canvas.rect(0, 0, 9 * mm, height, stroke=0, fill=1)
        left, width = 30 * mm, PAGE[0] - 30 * mm - MARGIN
        if front.classification:
            mark = shortened(_in_short(front.classification), 8, width * 0.8, bold=True)
            box = width_of(mark, 8, bold=True) + 14
            canvas.setStrokeColor(INK)
            canvas.setLineWidth(0.9)
            canvas.rect(left + width - box, height - 32 * mm, box, 17, stroke=1, fill=0)
            canvas.setFillColor(INK)
            canvas.setFont(BOLD, 8)
            canvas.drawCentredString(left + width - box / 2, height - 32 * mm + 5.4, mark)
        _placed(canvas, front.organisation, _style(13, 17, colour=MUTED), left, height - 84 * mm, width)
        y = _placed(
            canvas, front.title, _style(31, 37, font=BOLD), left, height - 98 * mm, width, above=False
        )
        if front.subtitle:
            y = _placed(canvas, front.subtitle, _style(13, 18, colour=MUTED), left, y - 8, width, above=False)
        canvas.setStrokeColor(ACCENT)
        canvas.setLineWidth(2)
        canvas.line(left, y - 16, left + 34 * mm, y - 16)
        _cover_fields(canvas, front, left, width)
        canvas.restoreState()


def _in_short(classification: str) -> str:
    """The first word or words of a classification, as a stamp has them; the whole stands on the control page."""
    return re.split(r"[,;(:]", classification, maxsplit=1)[0].strip().upper()


def _cover_fields(canvas: Canvas, front: Frontmatter, left: float, width: float) -> None:
    style, inner = _style(8.4, 11), width - 46 * mm
    values = [Paragraph(escape(value), style) for _name, value in front.fields]
    heights = [float(value.wrap(inner, PAGE[1])[1]) for value in values]
    top = 20 * mm + sum(heights) + 5 * len(heights)
    canvas.setStrokeColor(HAIR)
    canvas.setLineWidth(0.6)
    for (name, _value), value, height in zip(front.fields, values, heights, strict=True):
        canvas.line(left, top, left + width, top)
        canvas.setFont(REGULAR, 8.4)
        canvas.setFillColor(MUTED)
        canvas.drawString(left, top - 11, name)
        value.drawOn(canvas, left + 46 * mm, top - 2.5 - height)
        top -= height + 5


def _style(size: float, leading: float, *, font: str = REGULAR, colour: Any = INK) -> ParagraphStyle:
    return ParagraphStyle(
        "cover", fontName=font, fontSize=size, leading=leading, textColor=colour, splitLongWords=1
    )


def _placed(
    canvas: Canvas,
    words: str,
    style: ParagraphStyle,
    left: float,
    y: float,
    width: float,
    *,
    above: bool = True,
) -> float:
    """Text with its lower edge (above) or its upper edge at y; gives back its lower edge."""
    paragraph = Paragraph(escape(words), style)
    _w, height = paragraph.wrap(width, PAGE[1])
    bottom = y if above else y - height
    paragraph.drawOn(canvas, left, bottom)
    return float(bottom)


def _contents(_: Words, titles: list[Title]) -> list[Flowable]:
    """The list of contents, as long from the first pass on as it will be in the end."""
    title = ParagraphStyle(
        "contents", fontName=BOLD, fontSize=16.5, leading=21, textColor=ACCENT, spaceAfter=10
    )
    contents = TableOfContents(dotsMinLevel=1, tableStyle=_TIGHT)
    contents.levelStyles = [
        ParagraphStyle(
            "toc1", fontName=BOLD, fontSize=9.2, leading=13, textColor=INK, spaceBefore=6, rightIndent=24
        ),
        ParagraphStyle(
            "toc2",
            fontName=REGULAR,
            fontSize=8.6,
            leading=12.4,
            textColor=MUTED,
            leftIndent=14,
            rightIndent=24,
        ),
    ]
    contents.addEntries([(t.level - 1, escape(t.plain), 0, t.key) for t in titles])
    return [Paragraph(escape(_("Contents")), title), Spacer(1, 2), contents]
