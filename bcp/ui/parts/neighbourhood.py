"""The picture of what lies around one component, or of the whole plan; it says what it leaves out."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from bcp.model.component import Kind
from bcp.model.plan import Plan
from bcp.store import Stored
from bcp.ui import desk
from bcp.ui.parts import findings
from bcp.ui.parts.add import add
from bcp.ui.parts.chosen import act, choose, chosen
from bcp.ui.parts.fields import kind_name, kind_of
from bcp.ui.parts.gestures import understood
from bcp.ui.parts.graph import acts, editable_graph
from bcp.ui.parts.plain import plain
from bcp.ui.parts.scene import MOST, Scene, scene
from bcp.ui.parts.scene_picture import scene_picture
from bcp.ui.parts.shown_table import shown_table
from bcp.ui.parts.view_form import view_form
from bcp.ui.per_plan import by_title
from bcp.ui.state import Session, given, put
from bcp.ui.view import DEEPEST
from bcp.words import Words

_KEY = "graph-model"
_SEARCH = 230
"""Width of the search field in pixels: with what stands beside it, a row on a screen, three on a phone."""


def tools(session: Session, opened: Stored) -> None:
    """Draw the search, the depth, what is shown and the way to add; in an empty plan only the last."""
    words, plan = session.words, opened.plan
    if not plan.components:
        text = words(
            "Nothing here yet. Add an activity – what your organisation delivers – and then what it rests on."
        )
        st.info(text)
        add(session, opened)
        return
    if session.view.centre not in plan.components:
        start = session.chosen if session.chosen in plan.components else ""
        session.view.look_at(start or next(iter(plan.activities), next(iter(plan.components))))
        session.chosen = session.chosen or session.view.centre
    kinds = {kind: kind_name(kind, words) for kind in Kind}
    put("focus", session.chosen if session.chosen in plan.components else None)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox(
            words("Find a component"), by_title(plan), key="focus",
            format_func=lambda i: f"{plan.title(i)} · {kinds[plan.components[i].kind]}",
            on_change=_find, args=(session,), index=None, placeholder=words("Choose"), width=_SEARCH,
        )  # fmt: skip
        _steps(session, "up", words("Steps to the left"))
        _steps(session, "down", words("Steps to the right"))
        view_form(session, plan)
        add(session, opened)


def picture(session: Session, opened: Stored) -> None:
    """Draw the picture; what is done in it is chosen, or saved, at once."""
    words, plan, view = session.words, opened.plan, session.view
    if view.centre not in plan.components:
        return
    remarks = findings.counted(session, plan)
    held = chosen(session, plan)
    shown = scene(plan, view, remarks)
    if held and not _visible(held[0], shown):
        view.look_at(held[0])
        shown = scene(plan, view, remarks)
    view.drawn, view.hidden = shown.drawn, shown.hidden
    if view.by and view.folded is None:
        view.folded = shown.folded
    data = scene_picture(plan, shown, view, words, chosen=held, remarks=remarks)
    editable_graph(data, key=_KEY, heard=lambda: _heard(session))
    _left_out(plan, shown, words)
    _folding(session, shown)
    shown_table(session, plan, shown.boxes, held)


def _visible(component: str, shown: Scene) -> bool:
    return component in shown.boxes or any(component in shown.groups[g] for g in shown.folded)


def _left_out(plan: Plan, shown: Scene, words: Words) -> None:
    text = words(
        "{n} of {all} components shown, {hidden} hidden. Left: what rests on it. Right: what it rests on.",
        n=shown.shown, all=len(plan.components), hidden=len(plan.components) - shown.shown,
    )  # fmt: skip
    if shown.filtered:
        text += " " + words.count(
            "The filters leave out {n} component.", "The filters leave out {n} components.", shown.filtered
        )
    if shown.crowded:
        text += " " + words(
            "There is room for {most} boxes: {n} more would be here. Group or filter to see them.",
            most=MOST, n=shown.crowded,
        )  # fmt: skip
    st.caption(text + " " + words("Dashed: fallback. Dotted: needed to start. ⚑: remarks about it."))


def _folding(session: Session, shown: Scene) -> None:
    """The groups of the picture as a list, to fold and unfold without it."""
    words = session.words
    if not shown.groups:
        return
    put("unfolded", sorted(g for g in shown.groups if g not in shown.folded))
    st.pills(
        words("Unfolded groups"),
        sorted(shown.groups),
        selection_mode="multi",
        format_func=lambda g: f"{plain(g)} · {len(shown.groups[g])}",
        key="unfolded",
        on_change=_fold,
        args=(session, tuple(shown.groups)),
    )


def _fold(session: Session, groups: Sequence[str]) -> None:
    unfolded = given("unfolded") or ()
    rest = (session.view.folded or frozenset()) - set(groups)
    session.view.folded = rest | {g for g in groups if g not in unfolded}


def option(plan: Plan, component: str, words: Words) -> str:
    """A component in a list: its name and kind."""
    return f"{plan.title(component)} · {kind_of(plan.components[component], words)}"


def _steps(session: Session, way: str, label: str) -> None:
    put(f"depth-{way}", getattr(session.view, way))
    st.segmented_control(
        label, list(range(DEEPEST)), key=f"depth-{way}", on_change=_depth, args=(session, way), required=True,
        disabled=session.view.whole,
    )  # fmt: skip


def _find(session: Session) -> None:
    found = given("focus")
    choose(session, [found] if found else [])
    if found:
        session.view.look_at(found)


def _depth(session: Session, way: str) -> None:
    wanted = given(f"depth-{way}")
    if wanted is not None:
        setattr(session.view, way, wanted)


def _heard(session: Session) -> None:
    with session.editing:
        for number, told in acts(_KEY, session.view.heard):
            session.view.heard = number
            opened = desk.current(session)
            gesture = understood(told, opened.plan) if opened else None
            if gesture is not None:
                act(session, gesture)
