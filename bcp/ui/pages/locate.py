"""Locate: from calls that failed and calls that were well, where the fault lies, and which call to try next."""

import streamlit as st

from bcp.ui import guard
from bcp.ui.parts import empty, findings, located, sample_calls
from bcp.ui.state import session

current = session()
words = current.words
st.title(words("Find the fault"))
opened = empty.open_plan(current)
findings.must_be_sound(current, opened)
with guard.problems(words, stop=True):
    calls = sample_calls.given_calls(words, opened.plan)
    if calls is None:
        st.caption(words("Suspects appear here as soon as there are calls, one of them failed."))
        st.stop()
    with st.spinner(words("Looking for what the failures have in common …")):
        found = located.found(opened.plan, calls)
located.verdict(opened.plan, found, words)
located.suspects(opened.plan, calls, found, words)
located.next_test(opened.plan, found, words)
located.notes(found, words)
