"""Workshop: the facilitator opens an exercise, leads it with the answer key at hand, and takes what was learnt along."""

import streamlit as st

from bcp.ui import guard
from bcp.ui.parts import empty, exercise_mark, findings, workshop_opening, workshop_room
from bcp.ui.parts.workshop_seat import held
from bcp.ui.state import session

current = session()
words = current.words
with guard.problems(words, stop=True):
    mine = held(current.workshop, current.workshop_key)
if mine is not None and mine.seat.facilitator:
    exercise_mark.mark(mine.live.sitting.title, words)
    exercise_mark.heading(mine.live.sitting.title, words)
    workshop_room.room(current, mine)
else:
    st.title(words("Workshop"))
    opened = empty.open_plan(current)
    findings.must_be_sound(current, opened)
    workshop_opening.opening(current, opened)
    workshop_opening.earlier(current)
