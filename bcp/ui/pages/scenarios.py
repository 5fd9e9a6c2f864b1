"""Scenarios: pick an outage, run it on the plan, see what it does minute by minute, and ask why."""

import streamlit as st

from bcp.ui.parts import (
    consequences,
    empty,
    findings,
    headline,
    lateness,
    moment,
    notices_in,
    outage_builder,
    runs,
    scenario_form,
    what_if,
)
from bcp.ui.state import session

current = session()
words = current.words
st.title(words("Scenarios"))
opened = empty.open_plan(current)
findings.must_be_sound(current, opened)
what_if.come_back(current, opened)
scenario_form.choose(current, opened)
outage_builder.builder(current, opened)
notices_in.notices(current, opened.plan)
what_if.what_if(current, opened)
shown = runs.shown(current)
if shown is None:
    st.caption(words("Choose an outage above and run it. What it does to your activities appears here."))
    st.stop()
runs.age(current, opened)
headline.verdicts(shown.plan, shown.run, words, shown.before)
headline.figures(shown.plan, shown.run, shown.scenario, words)
moment.moment(current, shown)
lateness.lateness(current, shown)
consequences.consequences(current, shown)
