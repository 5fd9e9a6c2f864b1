"""The fallback routing plan of one number or activity, as bars over the time since the failure."""

from __future__ import annotations

from reportlab.graphics.shapes import Drawing, Line, Rect

from bcp.model.route import RouteOption, RoutingPlan, Verdict
from bcp.render.blocks import Tone
from bcp.render.context.material import Material
from bcp.render.context.wording import option_tone, verdict_name
from bcp.render.figures.drawing import LABEL, Axis, chart, label, row_name, swatch, text, width_of
from bcp.render.style import FILLS, HAIR, LINE, PANEL, TONES, WIDTH

MOST = 18
"""Options in one drawing, so that it fits on a page."""

_ROW = 31.0
_BAR = 11.0
_LEGEND = 17.0


def routing(material: Material, route: RoutingPlan, first: int = 0) -> Drawing:
    """A row for each option in order, `MOST` of them from the `first` on: when it carries load, how much, and its verdict in words."""
    _ = material.words
    options = route.options[first : first + MOST]
    height = len(options) * _ROW + _LEGEND + 26
    drawing = chart(height)
    axis = Axis(_until(route), LABEL, WIDTH - 6)
    bottom = _LEGEND + 13
    top = height - 12
    axis.draw(drawing, bottom, top, _)
    limits = sorted({o.limit_s for o in route.options if o.limit_s is not None})
    for limit in limits:
        if limit <= axis.until:
            _limit(drawing, axis.x(limit), bottom, top, f"RTO {_.length(limit)}", axis)
    for n, option in enumerate(options):
        _option(drawing, axis, option, first + n + 1, top - (n + 1) * _ROW + 4, material)
    x = swatch(drawing, LABEL, 2, PANEL, _("noticed, decided and activated"))
    swatch(drawing, x, 2, FILLS[Tone.GOOD], _("carries load: height is the share"))
    return drawing


def _until(route: RoutingPlan) -> float:
    """Seconds shown: to half as long again as the latest option or limit."""
    times = [t for o in route.options for t in (o.active_from_s, o.limit_s) if t is not None]
    return max([1800.0, *times]) * 1.35


def _option(
    drawing: Drawing, axis: Axis, option: RouteOption, number: int, y: float, material: Material
) -> None:
    _ = material.words
    protects = _("for {name}", name=material.name(option.protects))
    row_name(drawing, y + _BAR + 2, f"{number}. {material.name(option.fallback)}", protects)
    drawing.add(
        Rect(axis.left, y, axis.right - axis.left, _BAR, fillColor=None, strokeColor=HAIR, strokeWidth=0.4)
    )
    tone = option_tone(option)
    start = option.active_from_s
    ready = axis.until if start is None else start
    drawing.add(
        Rect(axis.left, y, axis.x(ready) - axis.left, _BAR, fillColor=PANEL, strokeColor=None, strokeWidth=0)
    )
    if start is not None:
        end = axis.until if option.endurance_s is None else min(axis.until, start + option.endurance_s)
        left, right = axis.x(start), axis.x(end)
        fill = FILLS[Tone.GOOD if option.verdict == Verdict.USABLE else Tone.WARN]
        drawing.add(
            Rect(
                left, y, right - left, _BAR * option.capacity, fillColor=fill, strokeColor=None, strokeWidth=0
            )
        )
        drawing.add(Line(left, y - 1, left, y + _BAR + 1, strokeColor=TONES[tone], strokeWidth=1.2))
    verdict = verdict_name(option, material)
    words = (
        verdict
        if start is None
        else _(
            "{verdict} · from {time} · carries {share}",
            verdict=verdict,
            time=_.clock(start),
            share=_.percent(option.capacity),
        )
    )
    label(drawing, axis.left + 2, y + _BAR + 3, words, 6.6, axis.right - axis.left, TONES[tone])


def _limit(drawing: Drawing, x: float, bottom: float, top: float, words: str, axis: Axis) -> None:
    drawing.add(
        Line(x, bottom, x, top + 1, strokeColor=TONES[Tone.BAD], strokeWidth=0.9, strokeDashArray=[3, 2])
    )
    room = axis.right - x > width_of(words, 6.4, bold=True)
    drawing.add(
        text(x, top + 4, words, 6.4, bold=True, colour=TONES[Tone.BAD], anchor="middle" if room else "end")
    )
    drawing.add(Line(axis.left, top, axis.right, top, strokeColor=LINE, strokeWidth=0.4))
