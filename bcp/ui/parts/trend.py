"""How many cells of the overview were red, amber and green in each of the last versions of the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from bcp import usecases
from bcp.errors import BcpError
from bcp.model.overview import Light, Lights
from bcp.model.overview_words import light_text
from bcp.model.scenario import Scenario
from bcp.store import Revision, Stored
from bcp.ui import background, cached, desk
from bcp.ui.parts import outages
from bcp.ui.parts.library_filter import narrowed
from bcp.ui.state import Session, seed
from bcp.words import Words

_LAST = "trend-last"
_PAINT = {
    False: {Light.RED: "#c0352b", Light.AMBER: "#e0a92e", Light.GREEN: "#4b9b73"},
    True: {Light.RED: "#c9453b", Light.AMBER: "#b98a1f", Light.GREEN: "#2f8059"},
}


@dataclass(frozen=True, slots=True)
class Point:
    """One version and its lights; none where that version cannot be run."""

    revision: Revision
    lights: Lights | None


def trend(session: Session, opened: Stored) -> None:
    """Let the number of versions be chosen; compute on demand, and draw them from the oldest to the newest."""
    words = session.words
    revisions = _distinct(cached.store().revisions(opened.name))
    seed(_LAST, 8)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = narrowed(session, outages.known(opened.name), "trend")
        last = int(st.number_input(words("Versions"), 1, 60, key=_LAST, width=140))
        wanted = revisions[:last]
        key = ("trend", opened.name, tuple(r.content_hash for r in wanted), tuple(chosen))
        pressed = st.button(words("Compute"), icon=":material/show_chart:", key="trend-go", type="primary")
    st.caption(
        words(
            "Each version that differs from the one before it, under the outages chosen. {n} of {all} versions.",
            n=len(wanted),
            all=len(revisions),
        )
    )
    job = background.jobs().find(key)
    if pressed or (job is not None and job.running):
        plans = [cached.stored(opened.name, r.number) for r in reversed(wanted)]
        job = background.jobs().start(key, len(plans), lambda: _points(plans, chosen))
    if job is None:
        st.info(words("Choose how many versions and press Compute. It may take a while on a large plan."))
        return
    background.watch(job, words, key="trend", draw=lambda points: _drawn(points, words))


def _distinct(revisions: Sequence[Revision]) -> list[Revision]:
    """The newest first, without those that changed nothing."""
    return [
        r
        for n, r in enumerate(revisions)
        if n + 1 == len(revisions) or r.content_hash != revisions[n + 1].content_hash
    ]


def _points(plans: Sequence[Stored], chosen: Mapping[str, Scenario]) -> Iterator[Point]:
    for stored in plans:
        try:
            yield Point(stored.revision, usecases.lights(stored.plan, chosen))
        except BcpError:
            yield Point(stored.revision, None)


def _drawn(points: Sequence[Point], words: Words) -> None:
    if not points:
        return
    st.plotly_chart(
        figure(points, words, dark=st.context.theme.type == "dark"),
        key="trend-chart",
        config={"displayModeBar": False},
        alt=words("Verdicts by version; the table below holds the same."),
    )
    st.dataframe(_table(points, words), hide_index=True)


def figure(points: Sequence[Point], words: Words, *, dark: bool) -> go.Figure:
    """A stacked bar for each version; each part has its number and its sign."""
    names = [words("Version {n}", n=p.revision.number) for p in points]
    bars = [
        {
            "type": "bar",
            "name": light_text(one, words),
            "x": names,
            "y": [getattr(p.lights, one) if p.lights else 0 for p in points],
            "text": [str(getattr(p.lights, one)) if p.lights else "" for p in points],
            "textposition": "inside",
            "marker": {"color": _PAINT[dark][one]},
            "hovertemplate": "%{x}: %{y}<extra>" + light_text(one, words) + "</extra>",
        }
        for one in Light
    ]
    layout = {
        "barmode": "stack",
        "height": 340,
        "margin": {"l": 30, "r": 10, "t": 10, "b": 40},
        "legend": {"orientation": "h", "y": 1.12},
        "xaxis": {"type": "category", "fixedrange": True},
        "yaxis": {"fixedrange": True},
    }
    return go.Figure({"data": bars, "layout": layout}, skip_invalid=True)


def _table(points: Sequence[Point], words: Words) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                words("Version"): str(p.revision.number),
                words("Saved"): words.moment(desk.local(p.revision.saved_at)),
                words("Note"): p.revision.note,
                **{
                    light_text(one, words): str(getattr(p.lights, one))
                    if p.lights
                    else words("cannot be run")
                    for one in Light
                },
            }
            for p in reversed(points)
        ]
    )
