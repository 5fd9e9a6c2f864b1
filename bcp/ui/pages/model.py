"""Model: the plan as a picture, as a table and as forms: three views of the same thing."""

import streamlit as st

from bcp.ui.parts import (
    component_table,
    contact_forms,
    empty,
    fallback_list,
    findings,
    inspector,
    neighbourhood,
    views,
)
from bcp.ui.state import session

current = session()
words = current.words
st.title(words("Model"))
opened = empty.open_plan(current)
view = views.choose(current, opened)
if view == "graph":
    neighbourhood.tools(current, opened)
    left, right = (
        st.columns([3, 2], gap="medium") if not current.view.wide else (st.container(), st.container())
    )
    with left:
        neighbourhood.picture(current, opened)
    with right:
        inspector.inspector(current, opened)
elif view == "table":
    component_table.component_table(current, opened)
elif view == "fallbacks":
    fallback_list.fallback_list(current, opened)
elif view == "contacts":
    contact_forms.contact_forms(current, opened)
else:
    findings.listing(current, opened)
