"""The timeline of the activities in a scenario, with their RTO and MTPD."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.graphics.shapes import Drawing, Line, Polygon, Rect

from bcp.model.run import Run
from bcp.render.blocks import Tone
from bcp.render.context.material import Material
from bcp.render.figures.drawing import LABEL, Axis, chart, row_name, swatch, text, width_of
from bcp.render.style import FAINT, FILLS, HAIR, INK, TONES, WHITE, WIDTH

MOST = 14
"""Activities in one drawing, so that it fits on a page."""

_ROW = 41.0
_BAR = 19.0
_FIGURE_WIDTH = 16.0
_LEGEND = 16.0
_MARGIN = 1.12


def timeline(material: Material, run: Run, shown: Sequence[str]) -> Drawing:
    """The level of some activities over time. Height is the level, lines are the limits."""
    height = len(shown) * _ROW + _LEGEND + 16
    drawing = chart(height)
    axis = Axis(_until(material, run, shown), LABEL, WIDTH - 6)
    bottom = _LEGEND + 14
    axis.draw(drawing, bottom, height - 2, material.words)
    for n, key in enumerate(shown):
        _row(drawing, axis, material, run, key, height - (n + 1) * _ROW)
    _legend(drawing, material)
    return drawing


def _until(material: Material, run: Run, shown: Sequence[str]) -> float:
    """Seconds shown: to the last change or limit that matters, not to a horizon far behind it."""
    last = 0.0
    for key in shown:
        result = run.activities[key]
        last = max([last, *(t for t, _level in run.levels[key])])
        for limit in (material.plan.components[key].analysis.rto,):
            if result.first_below_s is not None and limit is not None:
                last = max(last, result.first_below_s + limit)
        if result.mtpd_breach_s is not None:
            last = max(last, result.mtpd_breach_s)
    return min(max(last * _MARGIN, 3600.0), max(run.horizon_s, 1.0)) if last else max(run.horizon_s, 1.0)


def _row(drawing: Drawing, axis: Axis, material: Material, run: Run, key: str, y: float) -> None:
    _ = material.words
    result, bia = run.activities[key], material.plan.components[key].analysis
    lowest = _("lowest {share}", share=_.percent(result.min_level))
    if result.first_below_s is None:
        second = _("enough throughout ({lowest})", lowest=lowest)
    else:
        second = _("too low for {time}", time=_.length(result.downtime_s))
    row_name(drawing, y + _BAR + 1, material.name(key), second)
    drawing.add(
        Rect(axis.left, y, axis.right - axis.left, _BAR, fillColor=WHITE, strokeColor=HAIR, strokeWidth=0.5)
    )
    _levels(drawing, axis, run, key, y)
    if bia.mbco < 1:
        level = y + bia.mbco * _BAR
        drawing.add(
            Line(
                axis.left,
                level,
                axis.right,
                level,
                strokeColor=FAINT,
                strokeWidth=0.5,
                strokeDashArray=[1.5, 2],
            )
        )
    begins = result.first_below_s
    if begins is not None:
        limits = [(bia.rto, "RTO", result.rto_met), (bia.mtpd, "MTPD", result.mtpd_met)]
        taken = 0.0
        for limit, name, met in limits:
            if limit is not None and begins + limit <= axis.until:
                words = f"{name} {_.clock(begins + limit)}"
                words = words if met is not False else _("{limit} broken", limit=words)
                lift = 8.0 if axis.x(begins + limit) < taken else 0.0
                taken = _limit(drawing, axis, begins + limit, words, met is not False, y + lift)


def _levels(drawing: Drawing, axis: Axis, run: Run, key: str, y: float) -> None:
    steps = run.levels[key]
    ends = [t for t, _level in steps[1:]] + [axis.until]
    for (since, level), until in zip(steps, ends, strict=True):
        if since >= axis.until:
            break
        left, right = axis.x(since), axis.x(until)
        if level <= 0:
            _nothing(drawing, left, right, y)
            continue
        tone = Tone.GOOD if level >= 1 else Tone.WARN
        drawing.add(
            Rect(left, y, right - left, level * _BAR, fillColor=FILLS[tone], strokeColor=None, strokeWidth=0)
        )
        if level < 1 and right - left > width_of("100 %", 6.2) + 4:
            label = f"{round(level * 100)} %"
            drawing.add(text((left + right) / 2, y + 2, label, 6.2, colour=TONES[Tone.WARN], anchor="middle"))


def _nothing(drawing: Drawing, left: float, right: float, y: float) -> None:
    """Level 0: a hatched floor with the figure, so that it is not taken for white paper."""
    drawing.add(Rect(left, y, right - left, 4.5, fillColor=FILLS[Tone.BAD], strokeColor=None, strokeWidth=0))
    x = left
    while x + 4.5 < right:
        drawing.add(Line(x, y, x + 4.5, y + 4.5, strokeColor=TONES[Tone.BAD], strokeWidth=0.4))
        x += 4.5
    if right - left > _FIGURE_WIDTH:
        drawing.add(
            text((left + right) / 2, y + 7.5, "0 %", 6.2, bold=True, colour=TONES[Tone.BAD], anchor="middle")
        )


def _limit(drawing: Drawing, axis: Axis, t: float, words: str, kept: bool, y: float) -> float:
    """A limit with its label; gives back where the label ends, so that the next keeps clear of it."""
    x = axis.x(t)
    tone = TONES[Tone.QUIET if kept else Tone.BAD]
    drawing.add(Line(x, y - 1, x, y + _BAR + 4, strokeColor=tone, strokeWidth=1.1))
    drawing.add(
        Polygon(
            [x, y + _BAR + 1, x - 2.6, y + _BAR + 5, x + 2.6, y + _BAR + 5], fillColor=tone, strokeColor=None
        )
    )
    room = axis.right - x > width_of(words, 6.2, bold=True) + 4
    drawing.add(
        text(
            x + (4 if room else -4),
            y + _BAR + 2,
            words,
            6.2,
            bold=True,
            colour=tone,
            anchor="start" if room else "end",
        )
    )
    return x + 8 + (width_of(words, 6.2, bold=True) if room else 0.0)


def _legend(drawing: Drawing, material: Material) -> None:
    _ = material.words
    x = swatch(drawing, LABEL, 2, FILLS[Tone.GOOD], _("full level"))
    x = swatch(drawing, x, 2, FILLS[Tone.WARN], _("reduced: height is the level"))
    x = swatch(drawing, x, 2, FILLS[Tone.BAD], _("nothing (0 %)"))
    drawing.add(Line(x, 5, x + 11, 5, strokeColor=FAINT, strokeWidth=0.6, strokeDashArray=[1.5, 2]))
    drawing.add(text(x + 14.5, 2, _("MBCO: enough above it"), 6.4, colour=INK))
