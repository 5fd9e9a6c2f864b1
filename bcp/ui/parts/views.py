"""Which view of the model is shown."""

from __future__ import annotations

import streamlit as st

from bcp.store import Stored
from bcp.ui.parts import findings
from bcp.ui.state import Session, given, put

_KEY = "model-view"


def choose(session: Session, opened: Stored) -> str:
    """Draw the choice; the view chosen."""
    words = session.words
    wrong = findings.count(session, opened.plan)
    names = {
        "graph": words("Picture"),
        "table": words("Table"),
        "fallbacks": words("Fallbacks"),
        "contacts": words("Contacts"),
        "problems": words("Remarks ({n})", n="…" if wrong is None else words.number(wrong)),
    }
    put(_KEY, session.model_view)
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
    findings.awaited(session, opened.plan)
    return session.model_view


def _choose(session: Session) -> None:
    session.model_view = given(_KEY) or session.model_view
