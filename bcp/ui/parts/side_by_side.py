"""Up to four outages, or two versions, beside each other: a table of verdicts and a small timeline of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go
import streamlit as st

from bcp import usecases
from bcp.errors import BcpError
from bcp.model.plan import Plan
from bcp.model.run import Run
from bcp.model.scenario import Scenario
from bcp.store import Stored
from bcp.ui import cached, guard
from bcp.ui.parts import heat, outages
from bcp.ui.parts.comparison import Chosen
from bcp.ui.parts.plain import plain
from bcp.ui.parts.timeline import figure, shown_until
from bcp.ui.parts.verdict_grid import verdict_grid
from bcp.ui.state import Session, seed
from bcp.words import Words

_MOST = 4
_KEY = "side-outages"


@dataclass(frozen=True, slots=True)
class Panel:
    """One run beside others."""

    reference: str
    title: str
    plan: Plan
    scenario: Scenario
    run: Run


def _first(known: dict[str, Scenario], last: str) -> list[str]:
    """What stands there at first: the last outage that was run and the one after it."""
    names = list(known)
    first = last if last in known else names[0]
    return [first, next(i for i in names if i != first)] if len(names) > 1 else [first]


def _chosen(session: Session, opened: Stored) -> list[str]:
    """Let up to four outages be chosen; their references."""
    words = session.words
    known = outages.known(opened.name)
    seed(_KEY, _first(known, session.running[0]))
    return st.multiselect(
        words("Outages"),
        list(known),
        format_func=lambda i: outages.title(i, known[i], words),
        key=_KEY,
        max_selections=_MOST,
        placeholder=words("Choose"),
    )


def several(session: Session, opened: Stored) -> None:
    """Draw the choice, the table and the timelines."""
    words = session.words
    panels = []
    for reference in _chosen(session, opened):
        with guard.problems(words):
            panels.append(_panel(reference, "", opened.plan, words))
    if not panels:
        st.info(words("Choose up to four outages to see them beside each other."))
        return
    _table(session, opened, panels, words("Outage"))
    _timelines(panels, words)


def pair(session: Session, opened: Stored, before: Chosen, after: Chosen) -> None:
    """Two sides that were compared under an outage, in the same way."""
    words = session.words
    if not (before.scenario and after.scenario):
        return
    try:
        panels = [_panel(side.scenario, side.label, side.stored.plan, words) for side in (before, after)]
    except BcpError:
        return  # the comparison above has said so
    st.markdown("#### " + words("Side by side"))
    _table(session, opened, panels, words("Side"))
    _timelines(panels, words)


def _panel(reference: str, title: str, plan: Plan, words: Words) -> Panel:
    scenario = cached.scenario_on(plan, reference, ())
    return Panel(
        reference, title or scenario.titled(words.language), plan, scenario, cached.run(plan, reference, ())
    )


def _table(session: Session, opened: Stored, panels: Sequence[Panel], corner: str) -> None:
    """The verdicts; a cell that is chosen leads to its outage on the open plan."""
    rows = [usecases.overview_row(p.plan, p.run, str(n), p.title) for n, p in enumerate(panels)]
    picked = verdict_grid(opened.plan, rows, session.words, key="side-grid", corner=corner)
    if picked is not None:
        row, activity = picked
        outage = panels[int(row.scenario)].reference
        heat.drill_down(session, opened, row.model_copy(update={"scenario": outage}), activity)
        st.rerun()


def _timelines(panels: Sequence[Panel], words: Words) -> None:
    """All over the same length of time, so that they can be held against each other."""
    until = max(shown_until(p.run) for p in panels)
    dark = st.context.theme.type == "dark"
    for start in range(0, len(panels), 2):
        for n, (place, p) in enumerate(zip(st.columns(2), panels[start : start + 2], strict=False), start):
            with place:
                st.markdown(f"**{plain(p.title)}**")
                st.plotly_chart(
                    _small(p, words, until, dark=dark),
                    key=f"side-{n}",
                    config={"displayModeBar": False},
                    alt=words("Timeline; the table above holds the verdicts."),
                )
    st.caption(words("Upright strokes: RTO and MTPD. All timelines are equally long."))


def _small(panel: Panel, words: Words, until: float, *, dark: bool) -> go.Figure:
    """The activities alone; the limits as strokes without names, for which there is no room."""
    drawn = figure(
        panel.plan, panel.run, panel.scenario, words, None, dark=dark, until=until, fallbacks=False
    )
    return drawn.update_traces(mode="markers", selector={"mode": "markers+text"})
