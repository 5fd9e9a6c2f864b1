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


def menu(words: Words) -> dict[str, list[StreamlitPage]]:
    """The pages in the order of the menu, under the heading of what one wants to do there."""
    return {
        "": [_page("start", words("Start"), "home", default=True)],
        words("Plan"): [
            _page("guided", words("Guided start"), "forum"),
            _page("model", words("Model"), "account_tree"),
            _page("weaknesses", words("Weaknesses"), "troubleshoot"),
            _page("compare", words("Compare"), "compare_arrows"),
        ],
        words("Outages"): [
            _page("overview", words("All outages"), "grid_on"),
            _page("scenarios", words("Scenarios"), "bolt"),
            _page("routes", words("Fallback routes"), "alt_route"),
        ],
        words("When it happens"): [
            _page("incident", words("Incident"), "emergency"),
            _page("locate", words("Find the fault"), "my_location"),
            _page("notices", words("Notices to send"), "campaign"),
        ],
        words("Exercise"): [_page("workshop", words("Workshop"), "groups")],
        words("Documents"): [_page("reports", words("Reports"), "description")],
    }


def navigated(session: Session) -> StreamlitPage:
    """The page that the address names; for those who only join an exercise there is one, and no menu."""
    if session.guest:
        title = session.words("Join an exercise")
        ways = [
            st.Page(_PAGES / "join.py", title=title, url_path=url, default=url != "join")
            for url in ("in", "join")
        ]
        return st.navigation(ways, position="hidden")
    return st.navigation(menu(session.words), expanded=True)


def pages(words: Words) -> dict[str, StreamlitPage]:
    """Every page by its name."""
    return {page.url_path or "start": page for section in menu(words).values() for page in section}


def go(session: Session, name: str) -> None:
    """Turn to another page at once."""
    st.switch_page(pages(session.words)[name])


def land(session: Session) -> None:
    """Turn to the page that the one who started the app asked for; once."""
    if session.to_land:
        name, session.to_land = session.to_land, ""
        go(session, name)


def _page(name: str, title: str, icon: str, *, default: bool = False) -> StreamlitPage:
    return st.Page(
        _PAGES / f"{name}.py", title=title, url_path=name, icon=f":material/{icon}:", default=default
    )
