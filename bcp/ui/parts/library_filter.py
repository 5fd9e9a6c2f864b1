"""Narrowing the outages by text and by where, why and how they came about."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from bcp import usecases
from bcp.model.outage import CauseKind, Pattern, cause_name, pattern_name
from bcp.model.scenario import Scenario
from bcp.ui import cached
from bcp.ui.state import Session


def narrowed(session: Session, known: Mapping[str, Scenario], key: str = "library") -> dict[str, Scenario]:
    """Let the outages be narrowed; those that are left, by their references. `key` begins the widgets' keys."""
    words = session.words
    shelf = cached.shelf()
    with st.popover(words("Filter"), icon=":material/filter_list:", key=f"{key}-filter"):
        text = st.text_input(
            words("Search"),
            key=f"{key}-text",
            placeholder=words("Words in title, description or lesson"),
        )
        country = st.selectbox(
            words("Country"), ["", *shelf.countries], key=f"{key}-country", format_func=lambda c: c or "–"
        )
        cause = st.selectbox(
            words("Cause"),
            ["", *shelf.causes],
            key=f"{key}-cause",
            format_func=lambda c: cause_name(CauseKind(c), words) if c else "–",
        )
        pattern = st.selectbox(
            words("Pattern"),
            ["", *shelf.patterns],
            key=f"{key}-pattern",
            format_func=lambda c: pattern_name(Pattern(c), words) if c else "–",
        )
        left = usecases.chosen_outages(known, country=country, cause=cause, pattern=pattern, text=text)
        st.caption(words.count("{n} scenario", "{n} scenarios", len(left)))
    return left
