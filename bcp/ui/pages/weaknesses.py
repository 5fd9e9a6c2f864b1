"""Weaknesses: what the plan itself tells, without any outage: cut sets, shared fate, recovery, demands, people."""

import streamlit as st

from bcp.ui import guard
from bcp.ui.parts import cut_sets, empty, findings, reach, weaknesses
from bcp.ui.state import session

current = session()
words = current.words
st.title(words("Weaknesses"))
opened = empty.open_plan(current)
findings.must_be_sound(current, opened)
view = weaknesses.choose(current)
with guard.problems(words, stop=True):
    if view == "sets":
        cut_sets.cut_sets(current, opened)
    elif view == "fate":
        weaknesses.fate(opened.plan, words)
    elif view == "recovery":
        weaknesses.recovery(opened.plan, words)
    elif view == "demands":
        weaknesses.owed(opened.plan, words)
    else:
        reach.reach(current, opened)
