"""What the drawings share: text that is fitted to its place, and a time axis."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.graphics.shapes import Drawing, Group, Line, Rect, String
from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfmetrics import stringWidth

from bcp.render.style import BOLD, FAINT, HAIR, INK, LINE, MUTED, REGULAR, WHITE, WIDTH
from bcp.words import Words

_STEPS_S = (
    60,
    300,
    600,
    900,
    1800,
    3600,
    7200,
    10_800,
    14_400,
    21_600,
    43_200,
    86_400,
    172_800,
    604_800,
    2_592_000,
)
_MOST_TICKS = 9
_ELLIPSIS = "…"

LABEL = 42 * 72 / 25.4
"""Width of the names at the left of a chart with a time axis, in points."""


def text(
    x: float,
    y: float,
    words: str,
    size: float = 7,
    *,
    bold: bool = False,
    colour: Color = INK,
    anchor: str = "start",
) -> String:
    """A line of text at a baseline."""
    return String(
        x, y, words, fontName=BOLD if bold else REGULAR, fontSize=size, fillColor=colour, textAnchor=anchor
    )


def width_of(words: str, size: float, *, bold: bool = False) -> float:
    """Width of a line of text in points."""
    width: float = stringWidth(words, BOLD if bold else REGULAR, size)
    return width


def shortened(words: str, size: float, width: float, *, bold: bool = False) -> str:
    """The text, cut with an ellipsis where it is wider than its place."""
    flat = " ".join(words.split())
    if width_of(flat, size, bold=bold) <= width:
        return flat
    while flat and width_of(flat + _ELLIPSIS, size, bold=bold) > width:
        flat = flat[:-1]
    return flat.rstrip() + _ELLIPSIS


def wrapped(words: str, size: float, width: float, lines: int, *, bold: bool = False) -> list[str]:
    """The text in at most so many lines of a width; the last is cut where it does not fit."""
    result: list[str] = []
    rest = " ".join(words.split())
    while rest and len(result) < lines - 1 and width_of(rest, size, bold=bold) > width:
        cut = _break(rest, size, width, bold=bold)
        result.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*result, shortened(rest, size, width, bold=bold)] if rest else result


def fitting(words: str, sizes: tuple[float, ...], width: float, lines: int) -> tuple[float, list[str]]:
    """The largest of the sizes at which bold text fits its place without breaking a word, and its lines."""
    for size in sizes:
        longest = max(
            (width_of(word, size, bold=True) for word in words.replace("-", "- ").split()), default=0.0
        )
        result = wrapped(words, size, width, lines, bold=True)
        if longest <= width and not (result and result[-1].endswith(_ELLIPSIS)):
            return size, result
    return sizes[-1], wrapped(words, sizes[-1], width, lines, bold=True)


def _break(words: str, size: float, width: float, *, bold: bool) -> int:
    """Where a line ends: at the last blank or hyphen that fits, else in the word."""
    fits = 1
    while fits < len(words) and width_of(words[: fits + 1], size, bold=bold) <= width:
        fits += 1
    soft = max(words.rfind(" ", 0, fits + 1), words.rfind("-", 0, fits) + 1)
    return soft if soft > 0 else fits


@dataclass(frozen=True, slots=True)
class Axis:
    """A time axis from 0 to `until` seconds between two points of the page."""

    until: float
    left: float
    right: float

    def x(self, t: float) -> float:
        """Place of a time, kept inside the axis."""
        share = min(max(t / self.until, 0.0), 1.0) if self.until else 0.0
        return self.left + share * (self.right - self.left)

    def ticks(self) -> list[float]:
        """Round times, at most nine of them."""
        step = next((s for s in _STEPS_S if self.until / s <= _MOST_TICKS), _STEPS_S[-1])
        while self.until / step > _MOST_TICKS:
            step *= 2
        return [step * k for k in range(int(self.until // step) + 1)]

    def draw(self, drawing: Drawing | Group, bottom: float, top: float, _: Words) -> None:
        """Hairlines at the round times, with the time below each."""
        for t in self.ticks():
            x = self.x(t)
            drawing.add(Line(x, bottom, x, top, strokeColor=HAIR, strokeWidth=0.5))
            drawing.add(text(x, bottom - 9, _.clock(t), 6.2, colour=MUTED, anchor="middle"))
        drawing.add(Line(self.left, bottom, self.right, bottom, strokeColor=LINE, strokeWidth=0.6))


def chart(height: float) -> Drawing:
    """An empty drawing of the text's width."""
    return Drawing(WIDTH, height)


def row_name(drawing: Drawing, y: float, name: str, second: str = "") -> None:
    """The name at the left of a row, with a smaller line below it."""
    lines = wrapped(name, 7.0, LABEL - 8, 2, bold=True)
    for n, line in enumerate(lines):
        drawing.add(text(0, y - n * 8.2, line, 7.0, bold=True))
    if second:
        drawing.add(text(0, y - len(lines) * 8.2, shortened(second, 6.2, LABEL - 8), 6.2, colour=MUTED))


def label(drawing: Drawing, x: float, y: float, words: str, size: float, width: float, colour: Color) -> None:
    """A line of bold text on white, readable where lines cross it."""
    fitted = shortened(words, size, width, bold=True)
    box = Rect(
        x - 1, y - 1.6, width_of(fitted, size, bold=True) + 2, size + 1, fillColor=WHITE, strokeColor=None
    )
    drawing.add(box)
    drawing.add(text(x, y, fitted, size, bold=True, colour=colour))


def swatch(drawing: Drawing, x: float, y: float, fill: Color | None, label: str, **look: object) -> float:
    """A legend entry; the place where the next begins is given back."""
    drawing.add(Rect(x, y - 1, 11, 6.5, fillColor=fill, strokeColor=FAINT, strokeWidth=0.5, **look))
    drawing.add(text(x + 14.5, y, label, 6.4, colour=MUTED))
    return x + 14.5 + width_of(label, 6.4) + 12
