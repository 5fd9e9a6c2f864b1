"""Start: what the product is for, and the ways to a plan: continue, example, file, new, earlier revision."""

import streamlit as st

from bcp.ui import desk, navigation
from bcp.ui.parts import emergency, guided_begin, plan_list, plans, welcome
from bcp.ui.state import session

current = session()
words = current.words
opened = desk.current(current)
navigation.land(current)

welcome.lead(words)
if opened is None:
    welcome.go_on(current)
else:
    welcome.continue_with(current, opened)
    emergency.ways(current, opened)
left, right = st.columns([3, 2], gap="large")
with left:
    plan_list.plan_list(current)
    with st.container(border=True):
        guided_begin.new_plan(current, "new-plan", empty=True)
    plans.examples(current)
with right:
    plans.upload(current)
if opened is not None:
    plans.keep(current, opened)
    plans.history(current, opened)
