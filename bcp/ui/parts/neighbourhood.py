"""The picture of what lies around one component, with search and depth; it says what it leaves out."""

from __future__ import annotations

import streamlit as st

from bcp.model.plan import Plan
from bcp.store import Stored
from bcp.ui.parts import findings
from bcp.ui.parts.add import add
from bcp.ui.parts.fields import kind_name
from bcp.ui.parts.graph import graph
from bcp.ui.parts.links import around, links
from bcp.ui.state import Session, given, put
from bcp.words import Words

MOST = 80
"""Boxes in one picture: more than this nobody can read."""


def tools(session: Session, opened: Stored) -> None:
    """Draw the search, the depth and the way to add; in an empty plan only the last."""
    words, plan = session.words, opened.plan
    if not plan.components:
        text = words(
            "Nothing here yet. Add an activity – what your organisation delivers – and then what it rests on."
        )
        st.info(text)
        add(session, opened)
        return
    if session.chosen not in plan.components:
        session.chosen = next(iter(plan.activities), next(iter(plan.components)))
    search, depth, new = st.columns([5, 3, 2], vertical_alignment="bottom")
    names = sorted(plan.components, key=lambda i: plan.title(i).casefold())
    put("focus", session.chosen)
    search.selectbox(
        words("Find a component"), names, format_func=lambda i: option(plan, i, words), key="focus",
        on_change=_focus, args=(session,),
    )  # fmt: skip
    put("depth", session.depth)
    depth.segmented_control(
        words("Steps away"), [1, 2, 3, 4], key="depth", on_change=_depth, args=(session,), required=True,
        width="stretch",
    )  # fmt: skip
    with new:
        add(session, opened)


def picture(session: Session, opened: Stored) -> None:
    """Draw the surroundings of the chosen component; a click on a box chooses that one."""
    words, plan = session.words, opened.plan
    if session.chosen not in plan.components:
        return
    shown = around(links(plan), session.chosen, session.depth, MOST)
    clicked = graph(
        plan, shown, words, key="graph-model", focus=session.chosen, chosen=session.chosen,
        remarks=findings.counted(session, plan),
    )  # fmt: skip
    st.caption(
        words(
            "{n} of {all} components shown, {hidden} hidden. Left: what rests on it. Right: what it rests on.",
            n=len(shown), all=len(plan.components), hidden=len(plan.components) - len(shown),
        )
        + " "
        + words("Dashed: fallback. Dotted: needed to start. ⚑: remarks about it.")
    )  # fmt: skip
    if clicked and clicked != session.chosen:
        session.chosen = clicked
        st.rerun()


def option(plan: Plan, component: str, words: Words) -> str:
    """A component in a list: its name and kind."""
    return f"{plan.title(component)} · {kind_name(plan.components[component].kind, words)}"


def _focus(session: Session) -> None:
    session.chosen = given("focus") or session.chosen


def _depth(session: Session) -> None:
    session.depth = given("depth") or session.depth
