"""How late may the decision be before a limit breaks: a sentence with the exact answer, and a chart of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from bcp import usecases
from bcp.model.duration import HOUR, MINUTE
from bcp.model.run import FallbackState
from bcp.model.sensitivity import Limit, Sensitivity, Varied
from bcp.ui import background, guard
from bcp.ui.parts.fallback_list import option
from bcp.ui.parts.plain import plain
from bcp.ui.parts.runs import Shown
from bcp.ui.parts.timeline_paint import DARK, LIGHT, Paint
from bcp.ui.state import Session, given, put
from bcp.words import Words

_SWITCH = "late"


def lateness(session: Session, shown: Shown) -> None:
    """Draw the switch and, where it is on, the choices and the answer."""
    words = session.words
    put(_SWITCH, session.late)
    st.toggle(words("How late may a decision be?"), key=_SWITCH, on_change=_switched, args=(session,))
    if not session.late:
        return
    limited = [
        i for i, a in shown.plan.activities.items() if (a.analysis.rto, a.analysis.mtpd) != (None, None)
    ]
    fallbacks = _called(shown)
    if not (limited and fallbacks):
        st.info(
            words("There must be an activity with an RTO or MTPD, and a fallback that this outage calls for.")
        )
        return
    with st.container(border=True):
        _answer(shown, _asked(shown, limited, fallbacks, words), words)


def _switched(session: Session) -> None:
    session.late = bool(given(_SWITCH))


def _called(shown: Shown) -> list[str]:
    """The fallbacks that the outage calls for, those of the hardest hit first; they are what a decision is about."""
    run = shown.run
    called = [f for f, steps in run.fallbacks.items() if any(s is not FallbackState.IDLE for _, s in steps)]
    return sorted(called, key=lambda f: (not _broken(shown, f), shown.plan.title(f)))


def _broken(shown: Shown, fallback: str) -> bool:
    """Whether an activity breaks a limit whose chain of causes names what the fallback protects."""
    protects = shown.plan.fallbacks[fallback].protects
    hit = (i for i, a in shown.run.activities.items() if False in (a.rto_met, a.mtpd_met))
    return any(protects in shown.run.causes.get(i, ()) for i in hit)


@dataclass(frozen=True, slots=True)
class _Question:
    """Which time of which fallback is varied, and which limit of which activity is watched."""

    fallback: str
    activity: str
    limit: Limit
    varied: Varied


def _asked(shown: Shown, limited: list[str], fallbacks: list[str], words: Words) -> _Question:
    """Let the question be put; what the fallback stands in for comes before other activities."""
    plan, run = shown.plan, shown.run
    first, second = st.columns(2)
    fallback = first.selectbox(
        words("Fallback"), fallbacks, format_func=lambda f: option(plan, f), key="late-fallback"
    )
    near = [i for i in limited if plan.fallbacks[fallback].protects in run.causes.get(i, ())]
    activities = [*near, *(i for i in limited if i not in near)]
    activity = second.selectbox(
        words("Activity"), activities, format_func=plan.title, key=f"late-activity-{fallback}"
    )
    bia = plan.components[activity].analysis
    limits = [lim for lim, held in ((Limit.RTO, bia.rto), (Limit.MTPD, bia.mtpd)) if held is not None]
    names = {Varied.DECISION: words("The decision"), Varied.LEAD_TIME: words("The lead time")}
    with st.container(horizontal=True):
        limit = st.segmented_control(
            words("Limit"), limits, default=limits[0], format_func=str.upper, required=True, key=f"late-limit-{activity}"
        )  # fmt: skip
        varied = st.segmented_control(
            words("What takes longer"), list(Varied), default=Varied.DECISION, format_func=names.__getitem__,
            required=True, key="late-varied",
        )  # fmt: skip
    return _Question(fallback, activity, limit or limits[0], varied or Varied.DECISION)


def _answer(shown: Shown, asked: _Question, words: Words) -> None:
    plan = shown.plan

    def work() -> Iterator[Sensitivity]:
        yield usecases.sensitivity(
            plan, shown.scenario, asked.fallback, asked.activity, varied=asked.varied, limit=asked.limit
        )

    key = ("late", plan.content_hash, shown.key.scenario, shown.key.settings, asked)
    job = background.jobs().start(key, 1, work)

    def draw(parts: tuple[Sensitivity, ...]) -> None:
        with guard.problems(words):
            if job.error is not None:
                raise job.error
            for found in parts:
                st.markdown(sentence(found, words, activity=plain(plan.title(asked.activity))))
                _chart(found, words)

    background.watch(job, words, key="late-work", draw=draw)


def sentence(found: Sensitivity, words: Words, *, activity: str) -> str:
    """The answer in a sentence, with what is left of what the plan says."""
    limit = f"{found.limit.upper()} ({words.length(found.limit_s)})"
    if found.never:
        return "✕ " + words("{activity}: the {limit} is broken even if it takes no time at all.", activity=activity, limit=limit)  # fmt: skip
    if found.always:
        return "✓ " + words("{activity}: the {limit} holds however long it takes.", activity=activity, limit=limit)  # fmt: skip
    latest, spare = found.latest_s or 0.0, found.spare_s or 0.0
    text = words(
        "{activity}: at most **{latest}**; one second more breaks the {limit}.",
        activity=activity,
        latest=exact(latest, words),
        limit=limit,
    )
    planned = words("The plan has {planned}", planned=exact(found.planned_s, words))
    left = (
        words("{length} to spare", length=exact(spare, words)) if round(spare) else words("nothing to spare")
    )
    late = words("{length} too late", length=exact(-spare, words))
    sign = "◐" if round(spare) == 0 else "✓" if spare > 0 else "✕"
    return f"{sign} {text} {planned}: {left if spare >= 0 else late}."


def exact(seconds: float, words: Words) -> str:
    """A length of time with its seconds, where it has any."""
    whole, rest = divmod(round(seconds), int(MINUTE))
    if not rest:
        return words.length(seconds)
    return f"{words.length(whole * MINUTE)} {rest}\xa0s" if whole else f"{rest}\xa0s"


def _chart(found: Sensitivity, words: Words) -> None:
    st.plotly_chart(
        figure(found, words, dark=st.context.theme.type == "dark"),
        key="late-chart",
        config={"displayModeBar": False},
        alt=words("Longest disruption by how long it takes; the sentence above gives the turning point."),
    )


def figure(found: Sensitivity, words: Words, *, dark: bool) -> go.Figure:
    """The longest disruption over how long it takes, with the limit, the turning point and what the plan has."""
    paint = DARK if dark else LIGHT
    end = max(found.limit_s * 2, found.planned_s * 1.2, HOUR)
    samples = [s for s in found.samples if s.after_s <= end]
    line = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [s.after_s / MINUTE for s in samples],
        "y": [s.longest_s / HOUR for s in samples],
        "marker": {
            "symbol": ["circle" if s.held else "x" for s in samples],
            "size": 8,
            "color": [paint["active"] if s.held else paint["down"] for s in samples],
        },
        "line": {"color": paint["work"], "width": 2},
        "text": [words("held") if s.held else words("broken") for s in samples],
        "hovertemplate": "%{x:.0f} min: %{y:.2f} h, %{text}<extra></extra>",
    }
    shapes, notes = _marks(found, end, words, paint)
    layout = {
        "height": 300,
        "margin": {"l": 50, "r": 20, "t": 20, "b": 44},
        "showlegend": False,
        "xaxis": {"title": {"text": words("Minutes it takes")}, "fixedrange": True, "rangemode": "tozero"},
        "yaxis": {"title": {"text": words("Longest disruption (h)")}, "fixedrange": True, "rangemode": "tozero"},
        "shapes": shapes,
        "annotations": notes,
    }  # fmt: skip
    return go.Figure({"data": [line], "layout": layout}, skip_invalid=True)


def _marks(
    found: Sensitivity, end: float, words: Words, paint: Paint
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The limit as a line across, what the plan has and the turning point as lines up, each with its name."""
    limit = found.limit_s / HOUR
    across = {"color": paint["down"], "dash": "dash"}
    shapes = [{"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": limit, "y1": limit, "line": across}]
    notes = [{"xref": "paper", "x": 1, "y": limit, "yanchor": "bottom", "xanchor": "right", "text": found.limit.upper()}]  # fmt: skip
    ups = [(found.planned_s, words("in the plan"), "dot")]
    if found.latest_s is not None and found.latest_s <= end:
        ups.append((found.latest_s, words("at the latest"), "solid"))
    for n, (t, text, dash) in enumerate(ups):
        up = {"color": paint["text"], "dash": dash, "width": 1.5}
        shapes.append({"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": t / MINUTE, "x1": t / MINUTE, "line": up})  # fmt: skip
        notes.append(
            {"yref": "paper", "y": 1 - 0.1 * n, "x": t / MINUTE, "xanchor": "left", "text": f" {text}"}
        )
    return shapes, [{**note, "showarrow": False} for note in notes]
