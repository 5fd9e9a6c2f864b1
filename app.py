"""The Streamlit entry: the list of pages, the sidebar and what stands on every page, nothing else."""

import streamlit as st

from bcp.ui import navigation, reading_in
from bcp.ui.parts import incident_banner, sidebar
from bcp.ui.state import session, write_address

st.set_page_config(page_title="bcp", page_icon=navigation.ICON, layout="wide")
st.logo(navigation.LOGO, size="large")
current = session()
page = navigation.navigated(current)
if not current.guest:
    sidebar.sidebar(current)
    incident_banner.banner(current, page.url_path)
page.run()
write_address(current)
reading_in.page_stands()
