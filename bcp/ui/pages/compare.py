"""Compare: two versions, two plans or two outages side by side, and what became better or worse."""

import streamlit as st

from bcp.ui import guard
from bcp.ui.parts import comparison, empty, findings
from bcp.ui.state import session

current = session()
words = current.words
st.title(words("Compare"))
opened = empty.open_plan(current)
findings.must_be_sound(current, opened)
before, after = comparison.choose(current, opened)
with guard.problems(words, stop=True):
    found = comparison.compared(before, after, current)
comparison.summary(found, words)
comparison.differences(found, words)
comparison.remarks(found, words)
