"""Notices: whom to tell what in an outage, when, over which channels, with numbers that two people have called."""

import streamlit as st

from bcp.ui import guard
from bcp.ui.parts import empty, findings, notices_out
from bcp.ui.state import session

current = session()
words = current.words
st.title(words("Notices to send"))
opened = empty.open_plan(current)
findings.must_be_sound(current, opened)
with guard.problems(words, stop=True):
    notices_out.notices(current, opened)
