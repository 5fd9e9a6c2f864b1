"""The pages, and how to get from one to another."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from bcp.ui.state import Session
from bcp.words import Words

_HERE = Path(__file__).parent
_PAGES = _HERE / "pages"

ICON = str(_HERE / "icon.svg")
"""The picture in the browser's tab: a file of our own, because Streamlit fetches others from the internet."""

LOGO = str(_HERE / "logo.svg")
"""The picture at the head of the sidebar."""


def pages(words: Words) -> dict[str, StreamlitPage]:
    """Every page by its name, in the order of the menu."""
    return {
        "start": st.Page(
            _PAGES / "start.py", title=words("Start"), url_path="start", default=True, icon=":material/home:"
        ),
        "model": st.Page(
            _PAGES / "model.py", title=words("Model"), url_path="model", icon=":material/account_tree:"
        ),
        "scenarios": st.Page(
            _PAGES / "scenarios.py", title=words("Scenarios"), url_path="scenarios", icon=":material/bolt:"
        ),
        "routes": st.Page(
            _PAGES / "routes.py",
            title=words("Fallback routes"),
            url_path="routes",
            icon=":material/alt_route:",
        ),
        "weaknesses": st.Page(
            _PAGES / "weaknesses.py",
            title=words("Weaknesses"),
            url_path="weaknesses",
            icon=":material/troubleshoot:",
        ),
        "compare": st.Page(
            _PAGES / "compare.py",
            title=words("Compare"),
            url_path="compare",
            icon=":material/compare_arrows:",
        ),
        "locate": st.Page(
            _PAGES / "locate.py",
            title=words("Find the fault"),
            url_path="locate",
            icon=":material/my_location:",
        ),
        "notices": st.Page(
            _PAGES / "notices.py",
            title=words("Notices to send"),
            url_path="notices",
            icon=":material/campaign:",
        ),
        "reports": st.Page(
            _PAGES / "reports.py", title=words("Reports"), url_path="reports", icon=":material/description:"
        ),
    }


def go(session: Session, name: str) -> None:
    """Turn to another page at once."""
    st.switch_page(pages(session.words)[name])


def land(session: Session) -> None:
    """Turn to the page that the one who started the app asked for; once."""
    if session.to_land:
        name, session.to_land = session.to_land, ""
        go(session, name)
