"""The Streamlit entry: the list of pages and the sidebar, nothing else."""

import streamlit as st

from bcp.ui import navigation
from bcp.ui.parts import sidebar
from bcp.ui.state import session, write_address

st.set_page_config(page_title="bcp", page_icon=navigation.ICON, layout="wide")
st.logo(navigation.LOGO, size="large")
current = session()
page = st.navigation(navigation.menu(current.words))
sidebar.sidebar(current)
page.run()
write_address(current)
