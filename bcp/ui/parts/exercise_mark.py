"""The mark of an exercise: in the tab's title and as a banner in words, so that nobody takes it for real."""

from __future__ import annotations

import streamlit as st

from bcp.ui.parts.plain import plain
from bcp.words import Words

MARK_KEY = "exercise-mark"


def mark(title: str, words: Words) -> None:
    """Draw it over everything else; `title` is what is practised."""
    said = words("EXERCISE")
    st.set_page_config(page_title=f"{said} – {title}"[:120])
    with st.container(key=MARK_KEY):
        st.warning(
            f"**{said} · {said} · {said}**  \n"
            + words(
                "{title}. Nothing of this is real: call nobody and change nothing outside.",
                title=plain(title),
            ),
            icon=":material/theater_comedy:",
        )


def heading(title: str, words: Words) -> None:
    """The page's heading, marked too."""
    st.title(f"{words('EXERCISE')} – {plain(title)}")
