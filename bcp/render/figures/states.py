"""What state each fallback is in, over the time of a scenario."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.graphics.shapes import Drawing, Line, Rect

from bcp.model.run import FallbackState, Run
from bcp.render.blocks import Tone
from bcp.render.context.material import Material
from bcp.render.context.wording import state_name
from bcp.render.figures.drawing import LABEL, Axis, chart, row_name, swatch, text, width_of
from bcp.render.style import ACCENT_PALE, FAINT, FILLS, HAIR, MUTED, PANEL, TONES, WHITE, WIDTH

MOST = 20
"""Fallbacks in one drawing, so that it fits on a page."""

_ROW = 29.0
_BAR = 14.0
_FIGURE_WIDTH = 8.0
_LEGEND = 17.0

_FILL = {
    FallbackState.IDLE: WHITE,
    FallbackState.DETECTING: PANEL,
    FallbackState.ACTIVATING: FILLS[Tone.WARN],
    FallbackState.BLOCKED: FILLS[Tone.BAD],
    FallbackState.ACTIVE: FILLS[Tone.GOOD],
    FallbackState.FAILING_BACK: ACCENT_PALE,
    FallbackState.EXHAUSTED: FAINT,
    FallbackState.WAITING: PANEL,
}


def called_for(material: Material, run: Run) -> tuple[str, ...]:
    """The fallbacks that the scenario called for, by name."""
    called = [f for f, steps in run.fallbacks.items() if any(s != FallbackState.IDLE for _t, s in steps)]
    return tuple(sorted(called, key=lambda f: (material.name(f), f)))


def fallback_states(material: Material, run: Run, shown: Sequence[str]) -> Drawing:
    """A bar for each of some fallbacks; each state has its name or its figure in the bar, both in the legend."""
    height = len(shown) * _ROW + _LEGEND + 14
    drawing = chart(height)
    last = max((t for f in shown for t, _state in run.fallbacks[f]), default=0.0)
    axis = Axis(max(min(last * 1.1, run.horizon_s), 1800.0), LABEL, WIDTH - 6)
    axis.draw(drawing, _LEGEND + 13, height, material.words)
    for n, key in enumerate(shown):
        y = height - (n + 1) * _ROW + 4
        blockers = ", ".join(material.names(run.blocked.get(key, ())))
        second = material.words("blocked by {names}", names=blockers) if blockers else ""
        row_name(drawing, y + _BAR - 2, material.name(key), second)
        _bar(drawing, axis, run, key, y, material)
    _legend(drawing, material, {s for f in shown for _t, s in run.fallbacks[f]})
    return drawing


def _bar(drawing: Drawing, axis: Axis, run: Run, key: str, y: float, material: Material) -> None:
    steps = run.fallbacks[key]
    ends = [t for t, _state in steps[1:]] + [axis.until]
    for (since, state), until in zip(steps, ends, strict=True):
        left, right = axis.x(since), axis.x(until)
        if since >= axis.until or right - left <= 0:
            continue
        drawing.add(
            Rect(left, y, right - left, _BAR, fillColor=_FILL[state], strokeColor=HAIR, strokeWidth=0.4)
        )
        if state == FallbackState.BLOCKED:
            _crossed(drawing, left, right, y)
        if state == FallbackState.ACTIVE:
            drawing.add(
                Rect(left, y, right - left, 2.2, fillColor=TONES[Tone.GOOD], strokeColor=None, strokeWidth=0)
            )
        _named(drawing, left, right, y, state, material)


def _crossed(drawing: Drawing, left: float, right: float, y: float) -> None:
    x = left + 1
    while x + 4 < right:
        drawing.add(Line(x, y, x + 4, y + 4, strokeColor=TONES[Tone.BAD], strokeWidth=0.4))
        x += 4


def _named(
    drawing: Drawing, left: float, right: float, y: float, state: FallbackState, material: Material
) -> None:
    if state == FallbackState.IDLE:
        return
    name = state_name(state, material.words)
    if width_of(name, 6.4) + 4 < right - left:
        drawing.add(text((left + right) / 2, y + 5.4, name, 6.4, anchor="middle"))
    elif right - left > _FIGURE_WIDTH:
        drawing.add(text((left + right) / 2, y + 5.4, _code(state), 6.4, bold=True, anchor="middle"))


def _code(state: FallbackState) -> str:
    """The figure that stands for a state where its name does not fit."""
    return str(tuple(FallbackState).index(state))


def _legend(drawing: Drawing, material: Material, states: set[FallbackState]) -> None:
    x = LABEL
    for state in FallbackState:
        if state in states and state != FallbackState.IDLE:
            x = swatch(drawing, x, 2, _FILL[state], f"{_code(state)} {state_name(state, material.words)}")
    if not states - {FallbackState.IDLE}:
        drawing.add(text(x, 2, material.words("No fallback was called for."), 6.4, colour=MUTED))
