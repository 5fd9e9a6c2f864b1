"""Guided start: an interview that builds a first plan, a question at a time, and shows what each answer adds."""

import streamlit as st

from bcp.ui import desk
from bcp.ui.parts import guided, guided_begin, guided_end, guided_plan
from bcp.ui.state import session

current = session()
words = current.words
st.title(words("Guided start"))
opened = desk.current(current)
found = guided.conducted(opened) if opened is not None else None
if opened is None or found is None:
    guided_begin.ways_in(current, opened)
elif found.interview.section is None:
    guided_end.end(current, opened)
    guided.back_button(current, found)
else:
    left, right = st.columns([5, 4], gap="large")
    with left:
        guided.talk(current, found)
    with right:
        guided_plan.so_far(current, found)
