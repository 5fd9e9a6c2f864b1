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
from bcp.usecases import building, interviewing
from bcp.words import Words


def ways_in(session: Session, opened: Stored | None) -> None:
    """Draw the beginning of a new plan, and, with a plan open, the way to add to that one."""
    words = session.words
    st.markdown(
        words(
            "Some twenty short screens make your first plan in about ten minutes. "
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
        countries, home = list(building.COUNTRIES), _home(session)
        country = st.selectbox(
            words("Country"),
            countries,
            index=None if home is None else countries.index(home),
            placeholder=words("Choose a country"),
            format_func=lambda code: country_name(code, words),
            key=f"{key}-country",
        )
        with st.container(horizontal=True):
            asked = st.form_submit_button(
                words("Begin with questions"),
                type="primary" if not empty or not session.plan else "secondary",
                icon=":material/forum:",
                key=f"{key}-begin",
            )
            bare = empty and st.form_submit_button(words("Empty plan"), key=f"{key}-empty")
    if asked or bare:
        if not name.strip():
            st.error(words("Give the organisation a name."))
            return
        if country is None:
            st.error(words("Choose the country."))
            return
        left = interviewing.left_off(cached.store(), name.strip())
        if asked and left is not None and left[1] and session.guided_left != left[0]:
            session.guided_left = left[0]
            st.rerun()
        with guard.problems(words, stop=True):
            _make(session, name.strip(), country, left[0] if left is not None and not left[1] else "")
        guided.begin(session)
        navigation.go(session, "guided" if asked else "model")
    if session.guided_left:
        _go_on(session, key)


def _go_on(session: Session, key: str) -> None:
    """The way back into an interview that was left, before another plan of the same name is begun."""
    words, left = session.words, session.guided_left
    st.info(
        words("The questions about {name} were begun and not finished.", name=plain(left))
        + " "
        + words("To make another plan of that name, press “Begin with questions” once more."),
        icon=":material/history:",
    )
    if st.button(words("Go on with {name}", name=plain(left)), key=f"{key}-go-on", type="primary"):
        session.open(left)
        navigation.go(session, "guided")


def _make(session: Session, name: str, country: str, unanswered: str) -> None:
    """Save the empty plan and turn to it; one of the same organisation in which nothing was answered is used again."""
    who, store = building.organisation(name, country, session.language), cached.store()
    stored = unanswered or desk.free_name(name)
    number = store.load(unanswered).revision.number if unanswered else 0
    if not unanswered or store.load(unanswered).plan.organisation != who:
        store.save(stored, Plan(organisation=who), author=desk.AUTHOR, expected=number)
    session.open(stored)


def _home(session: Session) -> str | None:
    """The country where the user seems to be at home: by the language that they read the app in, and the browser."""
    locale = st.context.locale or ""
    if session.language != "en" and not locale.lower().startswith(session.language):
        locale = session.language
    return building.likely_country(st.context.timezone or "", locale)


def country_name(code: str, words: Words) -> str:
    """A country by the name that the language gives it."""
    return str(Locale.parse(words.language).territories[code])
