"""The day it happens, two clicks from the start page: the incident and the emergency pack."""

from __future__ import annotations

import streamlit as st

from bcp.store import Stored
from bcp.ui import navigation
from bcp.ui.parts import pack
from bcp.ui.state import Session


def ways(session: Session, opened: Stored) -> None:
    """The two buttons for the open plan, and how old the last pack is."""
    words = session.words
    with st.container(border=True):
        st.markdown("#### " + words("When it happens"))
        with st.container(horizontal=True):
            if st.button(
                words("Something is down now"),
                key="open-incident",
                icon=":material/emergency:",
            ):
                navigation.go(session, "incident")
            pack.offer(session, opened, key="pack-start")
        pack.age(session, opened)
