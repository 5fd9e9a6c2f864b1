"""All outages: every activity in every outage, what each operator carries, and how that went over the versions."""

import streamlit as st

from bcp.ui import guard, navigation
from bcp.ui.parts import empty, exposures, findings, heat, trend
from bcp.ui.state import session

current = session()
words = current.words
st.title(words("All outages"))
opened = empty.open_plan(current)
navigation.land(current)
findings.must_be_sound(current, opened)
view = heat.choose(current)
with guard.problems(words, stop=True):
    if view == "heat":
        heat.heat(current, opened)
    elif view == "exposure":
        exposures.exposures(current, opened)
    else:
        trend.trend(current, opened)
