"""The timeline: each activity's level over time against its limits, and below it what the fallbacks did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from bcp.model.component import Bia
from bcp.model.duration import HOUR
from bcp.model.names import state_name
from bcp.model.plan import Plan
from bcp.model.quality_words import spoilt_at
from bcp.model.run import FallbackState, Run
from bcp.model.scenario import Scenario
from bcp.ui.parts.levels import FULL, NONE
from bcp.ui.parts.timeline_paint import DARK, LIGHT, STATE_PAINT, STRONG
from bcp.words import Words

_ROW = 40
_MARGIN = 56
_LONGEST_NAME = 60
_MOST_TICKS = 7
_BAR = 0.5
_NAME_ABOVE = 0.45


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a row between two times in seconds, with its text and its paint."""

    row: str
    name: str
    start: float
    end: float
    text: str
    paint: str
    tip: str


def timeline(plan: Plan, run: Run, scenario: Scenario, words: Words, t_s: float, *, key: str) -> None:
    """Draw the timeline with a line at scenario time `t_s` (seconds)."""
    dark = st.context.theme.type == "dark"
    st.plotly_chart(
        figure(plan, run, scenario, words, t_s, dark=dark),
        key=key,
        config={"displayModeBar": False, "scrollZoom": False},
    )


def figure(
    plan: Plan,
    run: Run,
    scenario: Scenario,
    words: Words,
    t_s: float | None,
    *,
    dark: bool,
    until: float | None = None,
    fallbacks: bool = True,
) -> go.Figure:
    """The timeline as a figure: time in hours, one row a line, with a line at `t_s` where there is one.

    `until` (seconds) ends it elsewhere than a little after the last change, as beside another one.
    """
    paint = DARK if dark else LIGHT
    end = shown_until(run) if until is None else until
    stretches = list(activity_stretches(plan, run, end, words))
    if fallbacks:
        stretches += fallback_stretches(plan, run, end, words)
    names = {s.row: s.name for s in stretches}
    height = {row: len(names) - 1 - n for n, row in enumerate(names)}
    layout = _layout(len(names), paint=paint, end=end, scenario=scenario, words=words)
    layout["shapes"] = [] if t_s is None else [_now(t_s)]
    traces = [
        _bars(stretches, height, paint),
        _names(names, height, paint),
        *_limits(plan, run, end=end, height=height, words=words, paint=paint),
    ]
    return go.Figure({"data": traces, "layout": layout}, skip_invalid=True)


def shown_until(run: Run) -> float:
    """Seconds at which the picture ends: a little after the last change, at the latest at the horizon."""
    changes = [steps[-1][0] for i, steps in run.levels.items() if i in run.activities]
    changes += [steps[-1][0] for i, steps in run.quality.items() if i in run.activities]
    changes += [steps[-1][0] for steps in run.fallbacks.values()]
    changes += [strike.until_s for strike in run.strikes if strike.until_s is not None]
    last = max([t for t in changes if t < run.horizon_s], default=run.horizon_s)
    return min(run.horizon_s, max(last * 1.08, HOUR))


def activity_stretches(plan: Plan, run: Run, end: float, words: Words) -> Iterator[Stretch]:
    """A stretch for every time in which an activity's level and quality hold."""
    for i, component in plan.activities.items():
        for start, stop, level in _holds(_steps(run, i), end):
            sort = _sort(component.analysis, level, run.quality_at(i, start))
            spoilt = spoilt_at(run, i, start, words)
            share = " · ".join(filter(None, (words.percent(round(level, 3)), spoilt)))
            tip = words(
                "{name}: {share} from {start} to {end}",
                name=component.name,
                share=share,
                start=words.clock(start),
                end=words.clock(stop),
            )
            yield Stretch(i, component.name, start, stop, "" if sort == "full" else share, sort, tip)


def _steps(run: Run, activity: str) -> list[tuple[float, float]]:
    """Its levels, a step too where only its quality changes."""
    times = {t for t, _ in (*run.levels[activity], *run.quality.get(activity, ()))}
    return [(t, run.level_at(activity, t)) for t in sorted(times)]


def _sort(bia: Bia, level: float, quality: float) -> str:
    if level <= NONE:
        return "down"
    if level >= FULL and quality >= FULL:
        return "full"
    return "low" if level < bia.mbco - 1e-9 or quality < (bia.quality_floor or 0.0) - 1e-9 else "enough"


def fallback_stretches(plan: Plan, run: Run, end: float, words: Words) -> Iterator[Stretch]:
    """A stretch for every state of the fallbacks that were called for."""
    for f, steps in run.fallbacks.items():
        if all(state is FallbackState.IDLE for _, state in steps):
            continue
        name = "↪ " + plan.title(f)
        for start, stop, state in _holds(steps, end):
            text = "" if state is FallbackState.IDLE else state_name(state, words)
            if state is FallbackState.BLOCKED:
                by = ", ".join(plan.title(b) for b in run.blocked.get(f, ()))
                text = words("Blocked by {names}", names=by) if by else text
            tip = words(
                "{name}: {share} from {start} to {end}",
                name=plan.title(f),
                share=text or state_name(state, words),
                start=words.clock(start),
                end=words.clock(stop),
            )
            yield Stretch(f"↪{f}", name, start, stop, text, STATE_PAINT.get(state, "idle"), tip)


def _holds(steps: Sequence[tuple[float, Any]], end: float) -> Iterator[tuple[float, float, Any]]:
    for (start, value), after in zip(steps, [*(t for t, _ in steps[1:]), end], strict=True):
        stop = min(after, end)
        if stop > start:
            yield start, stop, value


def _bars(stretches: Sequence[Stretch], height: Mapping[str, int], paint: dict[str, str]) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "y": [height[s.row] for s in stretches],
        "base": [s.start / HOUR for s in stretches],
        "x": [(s.end - s.start) / HOUR for s in stretches],
        "text": [escape(s.text, quote=False) for s in stretches],
        "textposition": "inside",
        "insidetextanchor": "start",
        "textangle": 0,
        "constraintext": "inside",
        "insidetextfont": {
            "color": [paint["inverse" if s.paint in STRONG else "text"] for s in stretches],
            "size": 12,
        },
        "customdata": [escape(s.tip, quote=False) for s in stretches],
        "hovertemplate": "%{customdata}<extra></extra>",
        "marker": {"color": [paint[s.paint] for s in stretches], "line": {"width": 0}},
        "width": _BAR,
        "showlegend": False,
    }


def _names(names: Mapping[str, str], height: Mapping[str, int], paint: dict[str, str]) -> dict[str, Any]:
    """The rows' names, each above its bar: so they need no margin, on a phone neither."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": [0] * len(names),
        "y": [height[row] + _NAME_ABOVE for row in names],
        "text": [_cut(name) for name in names.values()],
        "textposition": "middle right",
        "textfont": {"color": paint["text"], "size": 12.5},
        "hoverinfo": "skip",
        "cliponaxis": False,
        "showlegend": False,
    }


def _limits(
    plan: Plan, run: Run, *, end: float, height: Mapping[str, int], words: Words, paint: dict[str, str]
) -> list[dict[str, Any]]:
    marks: list[tuple[float, str, str]] = []
    for i, component in plan.activities.items():
        bia = component.analysis
        for name, limit in (("RTO", bia.rto), ("MTPD", bia.mtpd)):
            for start, _ in run.activities[i].disruptions[:1]:
                if limit is not None and start + limit <= end:
                    marks.append((start + limit, i, f"{name} {words.length(limit)}"))
    if not marks:
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers+text",
            "x": [t / HOUR for t, _, _ in marks],
            "y": [height[row] for _, row, _ in marks],
            "text": [f" {text}" for _, _, text in marks],
            "textposition": "middle right",
            "textfont": {"color": paint["text"], "size": 11},
            "marker": {"symbol": "line-ns", "size": 20, "line": {"width": 3, "color": paint["text"]}},
            "hovertemplate": "%{text}<extra></extra>",
            "cliponaxis": False,
            "showlegend": False,
        }
    ]


def _now(t_s: float) -> dict[str, Any]:
    hours = t_s / HOUR
    line = {"color": "rgba(29, 111, 184, 0.7)", "width": 1.5, "dash": "dot"}
    return {"type": "line", "x0": hours, "x1": hours, "y0": 0, "y1": 1, "yref": "paper", "line": line}


def _layout(
    rows: int,
    *,
    paint: dict[str, str],
    end: float,
    scenario: Scenario,
    words: Words,
) -> dict[str, Any]:
    ticks = _ticks(end)
    return {
        "height": _ROW * max(rows, 2) + _MARGIN,
        "margin": {"l": 14, "r": 24, "t": 4, "b": 40},
        "bargap": 0.2,
        "xaxis": {
            "range": [0, end / HOUR],
            "tickvals": [t / HOUR for t in ticks],
            "ticktext": [_tick(t, scenario, words) for t in ticks],
            "gridcolor": paint["grid"],
            "showgrid": True,
            "zeroline": False,
            "fixedrange": True,
            "tickangle": 0,
        },
        "yaxis": {
            "visible": False,
            "range": [-0.4, rows - 0.2],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        "uniformtext": {"minsize": 10, "mode": "hide"},
        "hovermode": "closest",
        "barmode": "overlay",
        "showlegend": False,
    }


def _cut(name: str) -> str:
    return escape(
        name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…", quote=False
    )


def _ticks(end: float) -> list[float]:
    steps = (0.25, 0.5, 1, 2, 3, 6, 12, 24, 48, 168)
    step = next((s for s in steps if end / HOUR / s <= _MOST_TICKS), steps[-1]) * HOUR
    return [k * step for k in range(int(end // step) + 1)]


def _tick(t: float, scenario: Scenario, words: Words) -> str:
    local = clock_time(scenario, t)
    return f"{words.clock(t)}<br>{local}" if local else words.clock(t)


def clock_time(scenario: Scenario, t_s: float) -> str:
    """Local time of day at scenario time `t_s` (seconds), such as 11:30; empty where the scenario has no clock."""
    hours, _, minutes = scenario.clock.partition(":")
    if not (hours.isdecimal() and minutes.isdecimal()):
        return ""
    total = (int(hours) * 60 + int(minutes) + int(t_s // 60)) % (24 * 60)
    return f"{total // 60:02d}:{total % 60:02d}"
