"""Scenarios: pick an outage, run it on the plan, see what it does minute by minute, and ask why."""

import streamlit as st

from bcp.ui.parts import consequences, empty, findings, headline, moment, notices_in, runs, scenario_form
from bcp.ui.state import session

current = session()
words = current.words
st.title(words("Scenarios"))
opened = empty.open_plan(current)
findings.must_be_sound(current, opened)
scenario_form.choose(current, opened)
notices_in.notices(opened.plan, words)
shown = runs.shown(current)
if shown is None:
    st.caption(words("Choose an outage above and run it. What it does to your activities appears here."))
    st.stop()
runs.age(current, opened)
headline.verdicts(shown.plan, shown.run, words, shown.before)
headline.figures(shown.plan, shown.run, words)
moment.moment(current, shown)
consequences.consequences(current, shown)
