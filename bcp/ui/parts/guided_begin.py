"""The first question of all: whose plan it is to be."""

from __future__ import annotations

import streamlit as st
from babel import Locale

from bcp.model.plan import Plan
from bcp.store import Stored
from bcp.ui import cached, desk, guard, navigation
from bcp.ui.parts import guided
from bcp.ui.parts.plain import plain
from bcp.ui.state import Session
from bcp.usecases import building
from bcp.words import Words


def ways_in(session: Session, opened: Stored | None) -> None:
    """Draw the beginning of a new plan, and, with a plan open, the way to add to that one."""
    words = session.words
    st.markdown(
        words(
            "Short questions, one at a time, make your first plan in about ten minutes. "
            "“I don't know” is a good answer: it becomes a question for your operator."
        )
    )
    if opened is not None:
        with st.container(border=True):
            st.markdown(f"#### {plain(opened.plan.organisation.name)}")
            st.caption(words("The questions add to the plan that is open; nothing in it is changed."))
            st.button(
                words("Add to this plan"),
                key="guided-add",
                type="primary",
                on_click=guided.begin,
                args=(session,),
            )
    with st.container(border=True):
        new_plan(session, "guided-new")


def new_plan(session: Session, key: str, *, empty: bool = False) -> None:
    """The form for a new plan, which begins the interview; with `empty`, one without questions too."""
    words = session.words
    st.markdown("#### " + words("A new plan"))
    with st.form(key, border=False):
        name = st.text_input(words("Name of the organisation"), key=f"{key}-name", max_chars=80)
        countries = list(building.COUNTRIES)
        country = st.selectbox(
            words("Country"),
            countries,
            index=countries.index(_home()),
            format_func=lambda code: country_name(code, words),
            key=f"{key}-country",
        )
        with st.container(horizontal=True):
            asked = st.form_submit_button(
                words("Begin with questions"),
                type="secondary" if session.plan else "primary",
                icon=":material/forum:",
                key=f"{key}-begin",
            )
            bare = empty and st.form_submit_button(words("Empty plan"), key=f"{key}-empty")
    if asked or bare:
        if not name.strip():
            st.error(words("Give the organisation a name."))
            return
        with guard.problems(words, stop=True):
            _make(session, name.strip(), country)
        guided.begin(session)
        navigation.go(session, "guided" if asked else "model")


def _make(session: Session, name: str, country: str) -> None:
    who = building.organisation(name, country, session.language)
    stored = desk.free_name(name)
    cached.store().save(stored, Plan(organisation=who), author=desk.AUTHOR, expected=0)
    session.open(stored)


def _home() -> str:
    """The country where the browser seems to be."""
    region = (st.context.locale or "").replace("_", "-").rpartition("-")[2].upper()
    return building.likely_country(st.context.timezone or "", region)


def country_name(code: str, words: Words) -> str:
    """A country by the name that the language gives it."""
    return str(Locale.parse(words.language).territories[code])
