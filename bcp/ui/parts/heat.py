"""The heat view: a row for each outage, a column for each activity, in each cell the verdict and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from bcp import usecases
from bcp.model.duration import MINUTE
from bcp.model.overview import Grade, Light, Row, Unstruck, counted
from bcp.model.overview_words import grade_text, light_text
from bcp.model.plan import Plan
from bcp.model.scenario import Scenario
from bcp.store import Stored
from bcp.ui import background, guard
from bcp.ui.background import Job
from bcp.ui.parts import outages, runs
from bcp.ui.parts.library_filter import narrowed
from bcp.ui.parts.plain import plain
from bcp.ui.parts.verdict_grid import verdict_grid
from bcp.ui.state import Session, given, put
from bcp.words import Words

_VIEW = "overview-view"


def choose(session: Session) -> str:
    """Draw the choice between the three views; the one chosen."""
    words = session.words
    names = {
        "heat": words("Activities and outages"),
        "exposure": words("What rests on whom"),
        "trend": words("Over the versions"),
    }
    put(_VIEW, session.overview_view)
    st.segmented_control(
        words("View"),
        list(names),
        format_func=names.__getitem__,
        key=_VIEW,
        on_change=_choose,
        args=(session,),
        label_visibility="collapsed",
        required=True,
    )
    return session.overview_view


def _choose(session: Session) -> None:
    session.overview_view = given(_VIEW) or session.overview_view


def heat(session: Session, opened: Stored) -> None:
    """Draw the filter and the table; the rows appear as they are computed, the worst first."""
    words = session.words
    if not opened.plan.activities:
        st.info(words("The plan has no activity yet. Add one under Model: what your organisation delivers."))
        return
    known = outages.known(opened.name)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = narrowed(session, known, "heat")
        broken = st.toggle(words("Only those that break a limit"), key="heat-broken")
    job = started(opened.plan, chosen, session.language)

    def draw(parts: tuple[Row | Unstruck, ...]) -> None:
        with guard.problems(words):
            if job.error is not None:
                raise job.error
            _table(session, opened, parts, only_broken=broken)

    background.watch(job, words, key="heat", draw=draw)


def started(plan: Plan, chosen: Mapping[str, Scenario], language: str) -> Job[Row | Unstruck]:
    """The work of computing these outages; found again where it was begun before."""
    key = ("overview", plan.content_hash, language, tuple(chosen))
    return background.jobs().start(
        key, len(chosen), partial(usecases.overview_rows, plan, dict(chosen), language=language)
    )


def _table(session: Session, opened: Stored, parts: Sequence[Row | Unstruck], *, only_broken: bool) -> None:
    words = session.words
    rows = sorted((p for p in parts if isinstance(p, Row)), key=_badness)
    shown = [r for r in rows if not only_broken or _badness(r)[0] < 0]
    _counts(rows, words)
    if shown:
        picked = verdict_grid(opened.plan, shown, words, key="heat-grid")
        if picked is not None:
            drill_down(session, opened, *picked)
            st.rerun()
        st.caption(_key(words))
    if len(shown) < len(rows):
        hidden = len(rows) - len(shown)
        st.caption(
            words.count("Hidden: {n} that breaks no limit.", "Hidden: {n} that break no limit.", hidden)
        )
    _unstruck([p for p in parts if isinstance(p, Unstruck)], words)


def _badness(row: Row) -> tuple[int, int, str]:
    found = counted([row])
    return -found.red, -found.amber, row.title


def _counts(rows: Sequence[Row], words: Words) -> None:
    found = counted(rows)
    with st.container(horizontal=True, gap="large"):
        for one in Light:
            st.metric(light_text(one, words), words.number(getattr(found, one)), width="content")


def _key(words: Words) -> str:
    """What the signs mean, in one line, and what a click does."""
    signs = " · ".join(grade_text(one, words) for one in Grade)
    return f"{signs}. " + words(
        "Choose a cell to see that outage at the minute when the limit is broken. Times count from the beginning of the outage."
    )


def drill_down(session: Session, opened: Stored, row: Row, activity: str) -> None:
    """Turn to an outage, run it, and ask about an activity at its moment; without one, about the worst."""
    asked = (
        activity if activity in row.cells else min(row.cells, key=lambda i: row.cells[i].grade, default="")
    )
    session.scenario, session.settings = row.scenario, {}
    runs.run(session, opened)
    session.minute = int(row.cells[asked].look_at_s // MINUTE) if asked else 0
    session.asked = asked
    session.to_land = "scenarios"


def _unstruck(found: Sequence[Unstruck], words: Words) -> None:
    """Say which outages are not in the table, and what to set so that they can be."""
    if not found:
        return
    head = words.count(
        "{n} outage does not strike this plan", "{n} outages do not strike this plan", len(found)
    )
    with st.expander(head):
        st.caption(
            words(
                "As they stand they name operators or components that the plan does not have. Under Scenarios each can be set to yours."
            )
        )
        lines = [f"- **{plain(u.title)}** {plain(u.reason)} {plain(u.remedy)}" for u in found]
        st.markdown("\n".join(lines))
