"""The saved plans: the last ones to go on with, and a place to rename, copy, delete and bring back."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from bcp.errors import BcpError
from bcp.store import PlanStore, Summary
from bcp.ui import cached, desk
from bcp.ui.parts.plain import plain
from bcp.ui.state import Session, given
from bcp.usecases.copying import copy_plan
from bcp.words import Words

_SHOWN = 8
_TO_OPEN, _WHICH, _NAME, _GONE = "plan-other", "plan-which", "plan-new-name", "plan-gone"


def plan_list(session: Session) -> None:
    """Draw it; nothing where no plan was ever saved."""
    words, store = session.words, cached.store()
    saved, gone = store.plans(), store.deleted()
    if saved:
        st.subheader(words("Your plans"))
        for summary in saved[:_SHOWN]:
            _row(session, summary)
        if len(saved) > _SHOWN:
            _others(session, saved[_SHOWN:])
    if saved or gone:
        with st.expander(words("Rename, copy or delete a plan"), icon=":material/edit:"):
            if saved:
                _changes(session, saved)
            if gone:
                _deleted(session, gone)


def _row(session: Session, summary: Summary) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            plain(summary.name), key=f"plan-{summary.name}", disabled=summary.name == session.plan,
            on_click=_open, args=(session, summary.name),
        )  # fmt: skip
        st.caption(_said(summary, session.words))


def _others(session: Session, saved: tuple[Summary, ...]) -> None:
    words = session.words
    by_name = {s.name: s for s in saved}
    st.selectbox(
        words.count("{n} older plan", "{n} older plans", len(saved)), list(by_name), index=None, key=_TO_OPEN,
        format_func=lambda n: f"{n} · {_said(by_name[n], words)}", placeholder=words("Open …"),
        on_change=_open_other, args=(session,),
    )  # fmt: skip


def _said(summary: Summary, words: Words) -> str:
    size = words.count("{n} component", "{n} components", summary.components)
    when = words.moment(desk.local(summary.saved_at))
    return f"{plain(summary.organisation)} · {size} · {words('saved {when}', when=when)}"


def _changes(session: Session, saved: tuple[Summary, ...]) -> None:
    words = session.words
    names = [s.name for s in saved]
    st.selectbox(
        words("Plan"), names, index=names.index(session.plan) if session.plan in names else 0, key=_WHICH
    )
    st.text_input(words("New name"), key=_NAME, max_chars=80, help=words("For renaming and copying."))
    with st.container(horizontal=True):
        st.button(words("Rename"), key="plan-rename", on_click=_rename, args=(session,))
        st.button(words("Copy"), key="plan-copy", on_click=_copy, args=(session,))
        st.button(
            words("Delete"), key="plan-delete", icon=":material/delete:", on_click=_delete, args=(session,)
        )


def _deleted(session: Session, gone: tuple[Summary, ...]) -> None:
    words = session.words
    st.selectbox(
        words.count("{n} deleted plan", "{n} deleted plans", len(gone)),
        list(dict.fromkeys(s.name for s in gone)),
        key=_GONE,
        help=words("Everything of it is kept: its versions, incidents and exercises."),
    )
    st.button(words("Bring back"), key="plan-recover", on_click=_recover, args=(session,))


def _open(session: Session, name: str) -> None:
    session.open(name)
    session.to_land = "model"


def _open_other(session: Session) -> None:
    if name := given(_TO_OPEN):
        _open(session, name)


def _rename(session: Session) -> None:
    old, new = given(_WHICH), _typed(session)
    said = session.words("The plan {old} is called {new} now.", old=old, new=new)
    if new:
        _do(session, lambda store: store.rename(old, new), said, leaves=old, turns_to=new)


def _copy(session: Session) -> None:
    old, new = given(_WHICH), _typed(session)
    said = session.words("{new} is a copy of {old}.", old=old, new=new)
    if new:
        _do(session, lambda store: copy_plan(store, old, new, author=desk.AUTHOR), said)


def _typed(session: Session) -> str:
    name = str(given(_NAME) or "").strip()
    if not name:
        session.refused = session.words("Type the new name first.")
    return name


def _delete(session: Session) -> None:
    name = given(_WHICH)
    said = session.words("{name} is deleted. It can be brought back in the same place.", name=name)
    _do(session, lambda store: store.delete(name), said, leaves=name)


def _recover(session: Session) -> None:
    name = given(_GONE)
    said = session.words("{name} is back, with everything of it.", name=name)
    _do(session, lambda store: store.recover(name), said)


def _do(
    session: Session, change: Callable[[PlanStore], object], said: str, leaves: str = "", turns_to: str = ""
) -> None:
    """Make the change and tell of it, or why the store refuses; where `leaves` was open, `turns_to` is from now on."""
    try:
        change(cached.store())
    except BcpError as error:
        session.refused = session.words.say(str(error))
        return
    if leaves and session.plan == leaves:
        session.open(turns_to)
    session.told = (said,)
