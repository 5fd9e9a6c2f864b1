"""Incident: the day it happens. What is down, what breaks next, which fallback works now, whom to tell, the log."""

import streamlit as st

from bcp.ui import guard
from bcp.ui.parts import empty, findings, incident_screen, incident_start, pack
from bcp.ui.state import session

current = session()
words = current.words
st.title(words("Incident"))
opened = empty.open_plan(current)
findings.must_be_sound(current, opened)
with guard.problems(words, stop=True):
    if incident_start.taking_part(current, opened):
        incident_screen.screen(current, opened)
    else:
        incident_start.ways_in(current, opened)
        pack.offer(current, opened, key="pack-incident")
        pack.age(current, opened)
