"""The sidebar: the open plan with undo and redo, and the language."""

from __future__ import annotations

import streamlit as st

from bcp.store import Stored
from bcp.ui import cached, desk, guard
from bcp.ui.parts.page_semantics import page_semantics
from bcp.ui.parts.plain import plain
from bcp.ui.parts.progress_sign import progress_sign
from bcp.ui.state import Session, given, seed
from bcp.words import LANGUAGES

_LANGUAGE, _LARGE = "language", "large"


def sidebar(session: Session) -> None:
    """Draw it; said on every page is also what the last edit changed."""
    opened = desk.current(session)
    with st.sidebar:
        _plan(session, opened)
        st.selectbox(
            session.words("Language"),
            list(LANGUAGES),
            index=list(LANGUAGES).index(session.language),
            format_func=LANGUAGES.__getitem__,
            key=_LANGUAGE,
            on_change=_choose_language,
            args=(session,),
        )
        seed(_LARGE, session.large)
        st.toggle(
            session.words("Large text, as for a projector"),
            key=_LARGE,
            on_change=_choose_size,
            args=(session,),
        )
        page_semantics(session.language, large=session.large)
        progress_sign()
    _tell(session)


def _plan(session: Session, opened: Stored | None) -> None:
    words = session.words
    if opened is None:
        st.caption(words("No plan is open."))
        return
    st.markdown(f"**{plain(opened.plan.organisation.name)}**")
    saved = desk.local(opened.revision.saved_at, opened.plan.organisation.timezone).strftime("%H:%M")
    st.caption("✓ " + words("Saved {time} · revision {n}", time=saved, n=opened.revision.number))
    back, forward = cached.store().steps(opened.name)
    with st.container(horizontal=True, gap="small"):
        for key, text, possible in (("undo", words("Undo"), back), ("redo", words("Redo"), forward)):
            st.button(
                text,
                key=key,
                icon=f":material/{key}:",
                disabled=possible is None,
                on_click=desk.step,
                args=(session, key),
            )


def _choose_language(session: Session) -> None:
    session.language = given(_LANGUAGE, session.language)


def _choose_size(session: Session) -> None:
    session.large = bool(given(_LARGE))


def _tell(session: Session) -> None:
    if session.refused:
        st.toast(plain(guard.capital(session.refused)), icon=":material/error:", duration="long")
        session.refused = ""
    if session.told:
        lines = [plain(line) for line in session.told[:6]]
        st.toast(
            "**" + session.words("Saved") + "**  \n" + "  \n".join(lines),
            icon=":material/check_circle:",
            duration="long",
        )
        session.told = ()
