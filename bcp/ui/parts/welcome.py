"""The head of the start page: what to do here, and the plan that is open."""

from __future__ import annotations

import streamlit as st

from bcp.store import Stored
from bcp.ui import cached, navigation
from bcp.ui.parts.plain import plain
from bcp.ui.state import Session
from bcp.usecases import interviewing
from bcp.words import Words


def lead(words: Words) -> None:
    """Say what the product is for."""
    st.title(words("When the operator fails"))
    st.markdown(
        words(
            "See which of your services stop when a telephone operator goes down, which fallbacks really hold, "
            "and leave with a continuity plan and a recovery plan to print."
        )
    )


def steps(words: Words) -> None:
    """The three steps, for whoever has not taken the first."""
    told = (
        (
            "1",
            words("Model"),
            words("State what each activity rests on: numbers, platforms, lines, systems, people."),
        ),
        (
            "2",
            words("Run an outage"),
            words("See minute by minute what goes down, why, and which limits are broken."),
        ),
        (
            "3",
            words("Export the plan"),
            words("Download BCP, DRP and action cards as PDF, ready to sign and print."),
        ),
    )
    for column, (number, title, text) in zip(st.columns(len(told)), told, strict=True):
        with column.container(border=True, height="stretch"):
            st.markdown(f"**{number} · {title}**")
            st.caption(text)


def go_on(session: Session) -> None:
    """The plan that was worked on last, for whoever comes back, where none is open; nothing where none was saved."""
    words, saved = session.words, cached.store().plans()
    if not saved:
        steps(words)
        return
    with st.container(border=True):
        st.markdown(f"#### {plain(saved[0].organisation)}")
        st.caption(words("The plan that was saved last."))
        st.button(
            words("Go on"), key="start-go-on", type="primary", on_click=session.open, args=(saved[0].name,)
        )


def continue_with(session: Session, opened: Stored) -> None:
    """The open plan in one box, with the ways on."""
    words, plan = session.words, opened.plan
    with st.container(border=True):
        st.markdown(f"#### {plain(plan.organisation.name)}")
        counts = (
            words.count("{n} activity", "{n} activities", len(plan.activities)),
            words.count("{n} component", "{n} components", len(plan.components)),
            words.count("{n} fallback", "{n} fallbacks", len(plan.fallbacks)),
        )
        st.caption(" · ".join(counts))
        asking = interviewing.unfinished(cached.store(), opened.name)
        with st.container(horizontal=True):
            if asking and st.button(words("Go on with the questions"), key="open-guided", type="primary"):
                navigation.go(session, "guided")
            run = words("Run an outage")
            if st.button(run, key="open-scenarios", type="secondary" if asking else "primary"):
                navigation.go(session, "scenarios")
            if st.button(words("Open the model"), key="open-model"):
                navigation.go(session, "model")
            if st.button(words("Make the documents"), key="open-reports"):
                navigation.go(session, "reports")
