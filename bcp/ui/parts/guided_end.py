"""The end of the interview: the first outage to run, what the checks find, whom to ask, the documents."""

from __future__ import annotations

import streamlit as st

from bcp.model.interview import SECTIONS
from bcp.model.letters import Letter, answered, letters, question_line
from bcp.model.plan import Plan
from bcp.store import Stored
from bcp.ui import cached, desk, navigation
from bcp.ui.parts import findings
from bcp.ui.parts.plain import plain
from bcp.ui.parts.plans import file_stem
from bcp.ui.state import Session
from bcp.usecases import building
from bcp.words import words as words_of


def end(session: Session, opened: Stored) -> None:
    """Draw the ways on from a first plan."""
    words, plan = session.words, opened.plan
    st.progress(
        1.0,
        text=words(
            "All {n} parts are done. The plan is saved; you can go back at any time.", n=len(SECTIONS)
        ),
    )
    _outage(session, plan)
    _left_to_do(session, opened)
    with st.container(border=True):
        st.markdown("#### " + words("The documents"))
        st.caption(words("The continuity plan as it stands, to print and to fill in further."))
        if st.button(words("Make the documents"), key="guided-documents"):
            navigation.go(session, "reports")


def _outage(session: Session, plan: Plan) -> None:
    words = session.words
    found = building.first_outage(plan)
    if found is None:
        st.info(words("The plan is empty. Go back and say what customers call you for."))
        return
    reference, settings = found
    scenario = cached.scenario_on(plan, reference, tuple(sorted(settings.items())))
    with st.container(border=True):
        st.markdown("### " + words("Run the first outage"))
        st.markdown(f"**{plain(scenario.titled(session.language))}**")
        st.caption(
            words(
                "Chosen because it hits what you have just named. See what stops, when, and what still works."
            )
        )
        if st.button(words("Run it"), key="guided-run", type="primary", icon=":material/bolt:"):
            session.scenario, session.settings = reference, dict(settings)
            session.ran, session.minute, session.to_run = None, 0, True
            navigation.go(session, "scenarios")


def _left_to_do(session: Session, opened: Stored) -> None:
    """One list of what is left: the open questions, by whom they are for, and last what the checks find."""
    words, plan = session.words, opened.plan
    st.markdown("### " + words("What is left to do"))
    if found := letters(plan, words_of(plan.organisation.language)):
        st.caption(
            words("What you did not know, and what only the operator can know. Tick what has been answered.")
        )
    for letter in found:
        _letter(session, opened, letter)
    _remarks(session, plan)


def _remarks(session: Session, plan: Plan) -> None:
    words, found = session.words, findings.count(session, plan)
    if found is None:
        findings.awaited(session, plan)
        return
    title = words.count("{n} remark on the plan", "{n} remarks on the plan", found)
    with st.expander(title, icon=":material/flag:"):
        st.caption(words("What is missing or hangs on a single thing, each with what to do about it."))
        if st.button(words("Look at the remarks"), key="guided-findings"):
            session.model_view = "problems"
            navigation.go(session, "model")


def _letter(session: Session, opened: Stored, letter: Letter) -> None:
    words = session.words
    key = letter.to or "ourselves"
    with st.expander(
        f"{plain(letter.name)} ({len(letter.questions)})", expanded=False, icon=":material/mail:"
    ):
        for n, question in enumerate(letter.questions):
            st.checkbox(
                plain(question_line(opened.plan, question)),
                key=f"asked-{key}-{n}-{opened.revision.number}",
                on_change=_answered,
                args=(session, opened, letter, n),
            )
        if letter.to is not None:
            st.caption(words("A text to mail: copy it, or take it along as a file."))
            st.code(letter.text, language=None, wrap_lines=True)
            st.download_button(
                words("Download the text"),
                f"{letter.subject}\n\n{letter.text}",
                file_name=f"{file_stem(letter.name)}.txt",
                mime="text/plain",
                key=f"letter-{key}",
                on_click="ignore",
            )


def _answered(session: Session, opened: Stored, letter: Letter, n: int) -> None:
    desk.edit(session, opened, lambda plan: answered(plan, letter.questions[n]))
