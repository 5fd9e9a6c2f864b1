"""What a page shows while there is nothing to show: what it is for, and the way on."""

from __future__ import annotations

from typing import Never

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


def outage_that_strikes(session: Session) -> Never:
    """No outage finds anything in the plan to strike: say what to add, lead there, and end the page."""
    words = session.words
    with st.container(border=True):
        st.markdown("#### " + words("No outage strikes this plan yet"))
        st.write(
            words(
                "An outage strikes operators, platforms, lines, systems or power, and the plan has none that one of "
                "the library means. Say in the model what your numbers rest on and who runs it, or write an outage of "
                "your own under Scenarios."
            )
        )
        with st.container(horizontal=True):
            if st.button(words("Go to the model"), key="to-model", type="primary"):
                navigation.go(session, "model")
            if st.button(words("Go to the scenarios"), key="to-scenarios"):
                navigation.go(session, "scenarios")
    st.stop()
