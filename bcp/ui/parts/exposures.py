"""What would be lost if an operator, an area or a platform were down: a map of it and a table."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from bcp import usecases
from bcp.model.overview import Exposure, ExposureBy
from bcp.model.overview_words import exposure_title
from bcp.model.plan import Plan
from bcp.store import Stored
from bcp.ui import background, guard
from bcp.ui.state import Session, seed
from bcp.words import Words

_BY = "exposure-by"
_SCALE_LIGHT = [[0, "#e2f2e9"], [0.25, "#f8dd9a"], [1, "#a3231b"]]
_SCALE_DARK = [[0, "#173627"], [0.25, "#5c4510"], [1, "#c9332a"]]
_LEAST = 0.0005


def exposures(session: Session, opened: Stored) -> None:
    """Draw the choice, the map and the table."""
    words, plan = session.words, opened.plan
    seed(_BY, ExposureBy.OPERATOR)
    chosen = st.segmented_control(
        words("Taken together"),
        list(ExposureBy),
        format_func=lambda b: exposure_title(b, words),
        key=_BY,
        required=True,
    )
    by = ExposureBy.OPERATOR if chosen is None else chosen
    st.caption(
        words(
            "What is lost if everything of one of them is down for 24 hours: the share of all contacts (demand × time) that get no answer, with the fallbacks at work and without. The shares do not add up: one contact may need several."
        )
    )
    total, parts = usecases.exposure_parts(plan, by)
    job = background.jobs().start(("exposure", plan.content_hash, by), total, partial(iter, parts))

    def draw(found: tuple[Exposure, ...]) -> None:
        with guard.problems(words):
            if job.error is not None:
                raise job.error
            _drawn(plan, usecases.ranked_exposure(found), words, done=not job.running)

    background.watch(job, words, key="exposure", draw=draw)


def _drawn(plan: Plan, found: Sequence[Exposure], words: Words, *, done: bool) -> None:
    if not found:
        if done:
            st.info(words("No component of the plan says whose it is or where. Fill that in under Model."))
        return
    lost = [e for e in found if e.lost >= _LEAST]
    if lost:
        dark = st.context.theme.type == "dark"
        st.plotly_chart(
            treemap(plan, lost, words, dark=dark),
            key="exposure-map",
            config={"displayModeBar": False},
            alt=words("Map of what is lost; the table below holds the same."),
        )
    st.dataframe(_table(plan, found, words), hide_index=True)


def treemap(plan: Plan, found: Sequence[Exposure], words: Words, *, dark: bool) -> go.Figure:
    """A box for each, as large as what is lost with it; the share is written in it."""
    trace = {
        "type": "treemap",
        "labels": [escape(_name(plan, e)) for e in found],
        "ids": [e.name for e in found],
        "parents": [""] * len(found),
        "values": [e.lost for e in found],
        "text": [words.percent(round(e.lost, 3)) for e in found],
        "textinfo": "label+text",
        "hovertemplate": "%{label}<br>%{text}<extra></extra>",
        "marker": {
            "colors": [e.lost for e in found],
            "colorscale": _SCALE_DARK if dark else _SCALE_LIGHT,
            "cmin": 0,
            "cmax": 1,
        },
        "tiling": {"pad": 3},
        "root": {"color": "rgba(0, 0, 0, 0)"},
        "pathbar": {"visible": False},
    }
    layout = {"height": 340, "margin": {"l": 0, "r": 0, "t": 4, "b": 4}, "font": {"size": 14}}
    return go.Figure({"data": [trace], "layout": layout}, skip_invalid=True)


def _name(plan: Plan, exposure: Exposure) -> str:
    return exposure.name if exposure.by is ExposureBy.AREA else plan.title(exposure.name)


def _table(plan: Plan, found: Sequence[Exposure], words: Words) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                words("Name"): _name(plan, e),
                words("Lost in 24 h"): words.percent(round(e.lost, 3)),
                words("Without fallbacks"): words.percent(round(e.lost_bare, 3)),
                words("Components"): words.number(e.components),
                words("Below their minimum"): ", ".join(plan.title(i) for i in e.activities) or "–",
            }
            for e in found
        ]
    )
