"""What a page shows while there is nothing to show: what it is for, and the way on."""

from __future__ import annotations

import streamlit as st

from bcp.store import Stored
from bcp.ui import desk, navigation
from bcp.ui.state import Session


def open_plan(session: Session) -> Stored:
    """The open plan; without one, say where to open one and end the page."""
    opened = desk.current(session)
    if opened is None:
        words = session.words
        with st.container(border=True):
            st.markdown("#### " + words("Open a plan first"))
            st.write(
                words(
                    "This page works on your organisation's plan. Begin with an example if you are new here."
                )
            )
            if st.button(words("Go to the start page"), key="to-start", type="primary"):
                navigation.go(session, "start")
        st.stop()
    return opened
