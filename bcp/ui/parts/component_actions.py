"""What can be done with the chosen component, as buttons: everything that the picture's gestures do."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from bcp.model import edit, edit_block, edit_requirements
from bcp.model.component import Component, Kind
from bcp.model.plan import Plan
from bcp.store import Stored
from bcp.ui import desk
from bcp.ui.parts.chosen import act, choose, connect, copy
from bcp.ui.parts.fields import kind_name, kind_of
from bcp.ui.parts.gestures import More
from bcp.ui.parts.links import neighbours
from bcp.ui.parts.plain import plain
from bcp.ui.parts.scene import all_beside
from bcp.ui.parts.scene_picture import hidden_text
from bcp.ui.per_plan import by_title
from bcp.ui.state import Session, given
from bcp.ui.view import Question, Way

_TOLD = 12


def actions(session: Session, opened: Stored, component: str) -> None:
    """The buttons of one component, and below them what is being asked."""
    words = session.words
    asked: list[tuple[Question, str, str]] = [
        ("below", words("Needs a new one"), ":material/add_circle:"),
        ("above", words("Needed by a new one"), ":material/add_circle_outline:"),
        ("connect", words("Connect to …"), ":material/arrow_forward:"),
    ]
    with st.container(horizontal=True, gap="small"):
        for what, label, icon in asked:
            st.button(
                label, icon=icon, key=f"ask-{what}", on_click=_ask, args=(session, what), type="tertiary"
            )
        st.button(
            words("Look around it"), icon=":material/center_focus_strong:", key="look-around",
            on_click=session.view.look_at, args=(component,), type="tertiary",
        )  # fmt: skip
        block_buttons(session, [component])
    question(session, opened, [component])
    _unhidden(session, component)
    _hidden(session, opened.plan, component)


def block_buttons(session: Session, ids: Sequence[str]) -> None:
    """Copy and remove, for one component or several."""
    words = session.words
    st.button(
        words("Copy"),
        icon=":material/content_copy:",
        key="copy-block",
        on_click=copy,
        args=(session, ids),
        type="tertiary",
    )
    st.button(
        words("Remove"),
        icon=":material/delete:",
        key="ask-remove",
        on_click=_ask,
        args=(session, "remove"),
        type="tertiary",
    )


def question(session: Session, opened: Stored, ids: Sequence[str]) -> None:
    """What is being asked about the chosen components, if anything."""
    asking = session.view.asking
    if not asking:
        return
    with st.container(border=True):
        if asking == "remove":
            _remove(session, opened, ids)
        elif asking == "connect":
            _connect(session, opened.plan, ids[0])
        else:
            _beside(session, opened, ids[0], "up" if asking == "above" else "down")


def _ask(session: Session, what: Question) -> None:
    session.view.asking = "" if session.view.asking == what else what


def _remove(session: Session, opened: Stored, ids: Sequence[str]) -> None:
    words, plan = session.words, opened.plan
    _, also = edit.remove(plan, *ids, words=words)
    names = ", ".join(plan.title(i) for i in ids[:_TOLD])
    st.markdown("**" + plain(words("Remove {names}?", names=names)) + "**")
    resting = {i for key in ids for i in neighbours(plan).beside(key, "up")} - set(ids)
    if resting:
        text = words.count("{n} component rests on this.", "{n} components rest on this.", len(resting))
        st.markdown(f":small[{text}]")
    lines = [f"- :small[{plain(text)}]" for text in also[:_TOLD]]
    if len(also) > _TOLD:
        lines.append(f"- :small[{words('and {n} more', n=len(also) - _TOLD)}]")
    st.markdown("\n".join(lines))
    with st.container(horizontal=True):
        st.button(
            words("Remove"),
            type="primary",
            key=f"remove-{ids[0]}",
            on_click=_removed,
            args=(session, tuple(ids)),
        )
        st.button(words("Keep"), key="keep", on_click=_ask, args=(session, ""))


def _removed(session: Session, ids: Sequence[str]) -> None:
    centre = session.view.centre
    if desk.act(session, lambda plan: edit.remove(plan, *ids, words=session.words)[0]):
        choose(session, [] if centre in ids else [centre])


def _connect(session: Session, plan: Plan, component: str) -> None:
    words = session.words
    names = {
        "down": words("{name} needs …", name=plain(plan.title(component))),
        "up": words("… needs {name}", name=plain(plan.title(component))),
    }
    st.radio(words("Direction"), list(names), format_func=names.__getitem__, key="connect-way")
    others = [i for i in by_title(plan) if i != component]
    st.selectbox(
        words("Connect to"), others, index=None, key="connect-to", placeholder=words("Choose"),
        format_func=lambda i: f"{plan.title(i)} · {kind_of(plan.components[i], words)}",
    )  # fmt: skip
    with st.container(horizontal=True):
        st.button(
            words("Connect"), type="primary", key="connect-do", on_click=_connected, args=(session, component)
        )
        st.button(words("Cancel"), key="connect-cancel", on_click=_ask, args=(session, ""))


def _connected(session: Session, component: str) -> None:
    other = given("connect-to")
    if not other:
        return
    if given("connect-way") == "up":
        connect(session, other, component)
    else:
        connect(session, component, other)


def _beside(session: Session, opened: Stored, component: str, way: Way) -> None:
    words, plan = session.words, opened.plan
    title = plain(plan.title(component))
    heading = (
        words("What {name} needs too", name=title)
        if way == "down"
        else words("What needs {name} too", name=title)
    )
    with st.form(f"beside-{way}-{component}", border=False):
        st.markdown(f"**{heading}**")
        kinds = sorted(Kind, key=lambda k: kind_name(k, words))
        likely = kinds.index(Kind.SYSTEM if way == "down" else Kind.ACTIVITY)
        kind = st.selectbox(
            words("Kind"), kinds, index=likely, format_func=lambda k: kind_name(k, words), key="beside-kind"
        )
        name = st.text_input(words("Name"), max_chars=120, key="beside-name")
        if st.form_submit_button(words("Add"), type="primary", key="beside-add"):
            if not name.strip():
                st.error(words("Give it a name."))
            elif put_new(session, name.strip(), kind, component, way):
                st.rerun()


def put_new(session: Session, name: str, kind: Kind, beside: str | None, way: Way) -> bool:
    """Add a component, alone or beside another one, and choose it. False where it was refused."""
    made = ""

    def change(plan: Plan) -> Plan:
        nonlocal made
        made = edit_block.free_id(
            edit_block.id_from(name), {*plan.components, *plan.fallbacks, *plan.contacts}
        )
        return edit_requirements.put_beside(
            plan, made, Component(kind=kind, name=name),
            needed_by=beside if way == "down" else None, needs=beside if way == "up" else None,
        )  # fmt: skip

    done = desk.act(session, change)
    if done:
        choose(session, [made])
        session.view.beside = (*session.view.beside, made)
    return done


def _hidden(session: Session, plan: Plan, component: str) -> None:
    """What the picture leaves out beside this component, each a click away."""
    words, view = session.words, session.view
    ways: list[tuple[Way, str]] = [("up", words("What rests on it")), ("down", words("Rests on"))]
    for place, (way, label) in zip(st.columns(2), ways, strict=True):
        found = all_beside(plan, component, way)
        if found:
            place.selectbox(
                f"{label} ({len(found)})", found, index=None, format_func=plan.title,
                key=f"go-{way}-{component}-{view.centre}", placeholder=words("Go to …"),
                on_change=_go, args=(session, f"go-{way}-{component}-{view.centre}"),
            )  # fmt: skip


def _unhidden(session: Session, component: str) -> None:
    """A button for each direction in which the last picture left out neighbours of this component."""
    ways: tuple[Way, ...] = ("up", "down")
    with st.container(horizontal=True):
        for way in ways:
            if count := session.view.hidden.get((component, way), 0):
                st.button(
                    hidden_text(way, count, session.words), icon=":material/visibility:", key=f"more-{way}",
                    on_click=act, args=(session, More(do="more", id=component, way=way)),
                )  # fmt: skip


def _go(session: Session, key: str) -> None:
    there = given(key)
    if there:
        choose(session, [there])
