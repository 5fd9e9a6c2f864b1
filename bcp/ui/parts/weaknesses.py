"""Which kind of weakness is shown."""

from __future__ import annotations

import streamlit as st

from bcp.ui.state import Session, given, put

_KEY = "weakness-view"


def choose(session: Session) -> str:
    """Draw the choice; the view chosen."""
    words = session.words
    names = {
        "sets": words("What takes it down"),
        "fate": words("Shared fate"),
        "recovery": words("Recovery from black"),
        "demands": words("What suppliers owe"),
        "people": words("People and channels"),
    }
    put(_KEY, session.weakness_view)
    st.segmented_control(
        words("View"),
        list(names),
        format_func=names.__getitem__,
        key=_KEY,
        on_change=_choose,
        args=(session,),
        label_visibility="collapsed",
        required=True,
    )
    return session.weakness_view


def _choose(session: Session) -> None:
    session.weakness_view = given(_KEY) or session.weakness_view
