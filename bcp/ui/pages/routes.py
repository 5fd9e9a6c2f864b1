"""Fallback routes: for each number and activity the ways around a failure, and what each is worth."""

import streamlit as st

from bcp.ui.parts import empty, findings, routing
from bcp.ui.state import session

current = session()
words = current.words
st.title(words("Fallback routes"))
opened = empty.open_plan(current)
findings.must_be_sound(current, opened)
plans, under_scenario = routing.chosen_plans(current, opened)
if not plans:
    st.caption(words("The plan has no numbers or activities to route."))
    st.stop()
routing.overview(opened.plan, plans, words, under_scenario=under_scenario)
subject = routing.choose_subject(current, opened.plan, plans)
routing.options(current, opened.plan, subject, under_scenario=under_scenario)
