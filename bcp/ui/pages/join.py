"""Join: a participant comes into an exercise with a code and a name, and sees what the role hears and can do."""

import streamlit as st

from bcp.ui import guard
from bcp.ui.parts import exercise_mark, join_form, join_table
from bcp.ui.parts.page_semantics import page_semantics
from bcp.ui.parts.progress_sign import progress_sign
from bcp.ui.parts.workshop_seat import held
from bcp.ui.state import session

current = session()
words = current.words
with st.container(gap=None):  # what shows nothing takes no room from a phone
    page_semantics(current.language)
    progress_sign()
with guard.problems(words, stop=True):
    mine = held(current.seat, current.seat_key)
if mine is None or mine.seat.facilitator:  # a leader's key, or one of an incident, is no participant's
    join_form.join_form(current)
else:
    exercise_mark.mark(mine.live.sitting.title, words)
    exercise_mark.heading(mine.seat.role or mine.live.sitting.title, words)
    join_table.table(current, mine)
