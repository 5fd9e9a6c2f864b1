"""Weaknesses: what the plan itself tells, without any outage: cut sets, shared fate, recovery, demands, people."""

import streamlit as st

from bcp.ui import cached, guard
from bcp.ui.parts import cut_sets, demands, empty, fates, findings, reach, recoveries, weaknesses
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
        fates.fates(opened.plan, cached.assessment(opened.plan, current.language), words)
    elif view == "recovery":
        recoveries.recoveries(opened.plan, cached.assessment(opened.plan, current.language), words)
    elif view == "demands":
        demands.demands(opened.plan, cached.assessment(opened.plan, current.language), words)
    else:
        reach.reach(current, opened)
