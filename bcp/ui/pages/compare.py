"""Compare: versions, plans or outages side by side, and what became better or worse."""

import streamlit as st

from bcp.ui import guard, navigation
from bcp.ui.parts import comparison, empty, findings, side_by_side
from bcp.ui.state import session

current = session()
words = current.words
st.title(words("Compare"))
opened = empty.open_plan(current)
navigation.land(current)
findings.must_be_sound(current, opened)
what = comparison.kind(current)
if what == "several":
    side_by_side.several(current, opened)
    st.stop()
before, after = comparison.choose(current, opened, what)
with guard.problems(words, stop=True):
    found = comparison.compared(before, after, current)
comparison.summary(found, words)
comparison.differences(found, words)
side_by_side.pair(current, opened, before, after)
comparison.remarks(found, words)
