"""One notice on the screen: where it stands, its texts, and those that go out with a decision."""

from __future__ import annotations

import streamlit as st

from bcp.model.announcement import Announcement, Wording
from bcp.model.notice_out_words import (
    decision_text,
    due_text,
    form_name,
    number_state,
    occasion_name,
    reached_text,
    size_text,
)
from bcp.model.plan import Plan
from bcp.ui.parts.plain import plain
from bcp.words import Words


def notice(notice: Announcement, plan: Plan, language: str, words: Words) -> None:
    """A notice with its texts in a language, and the version that goes out with a decision below it."""
    facts = [
        occasion_name(notice.occasion, words),
        words("revision {n}", n=notice.revision),
        due_text(notice, words),
        words("reached: {share}", share=reached_text(notice, words)),
    ]
    st.caption(plain(" · ".join(facts)))
    if notice.lost_channels:
        st.caption(words("Gone: {names}", names=plain(", ".join(notice.lost_channels))))
    if notice.at_decision is not None:
        st.markdown("##### " + words("Until it is decided"))
    _texts(notice, language, words)
    if notice.at_decision is not None:
        decided(notice.at_decision, plan, words)
        _texts(notice.at_decision, language, words)


def decided(version: Announcement, plan: Plan, words: Words) -> None:
    """What stands above the texts that go out with a decision: which, and what telling the number does."""
    st.markdown("##### " + words("With the decision"))
    st.markdown(plain(decision_text(version, plan, words)))


def _texts(notice: Announcement, language: str, words: Words) -> None:
    """The texts of one version, with what must be mended before they go out."""
    for number in notice.wrong:
        text = words(
            "The text names {number}: {state}.", number=number.number, state=number_state(number.state, words)
        )
        st.error(plain(text), icon=":material/call_end:")
    for wordings in _alike(notice, language):
        first = wordings[0]
        names = " · ".join(f"{form_name(w.form, words)} ({size_text(w, words)})" for w in wordings)
        head = f"**{plain(names)}**"
        long = any(not w.fits for w in wordings)
        st.markdown(f"{head} · :material/warning: {words('too long')}" if long else head)
        st.code(f"{first.subject}\n\n{first.text}", language=None, wrap_lines=True)
        for place in first.left_open:
            st.warning(plain(words("Fill in {place}.", place=place)))


def _alike(notice: Announcement, language: str) -> list[list[Wording]]:
    """The texts in a language, those of the same words together."""
    found: dict[str, list[Wording]] = {}
    for wording in notice.wordings:
        if wording.language == language:
            found.setdefault(wording.text, []).append(wording)
    return list(found.values())
