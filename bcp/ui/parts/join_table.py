"""A participant's screen: what the role has heard, what it knows, what it can decide, and its notes."""

from __future__ import annotations

import streamlit as st

from bcp.model.decision import Act
from bcp.model.log_entry import Decided, Noted, Parked, StepTaken
from bcp.model.names import state_name
from bcp.model.run import FallbackState
from bcp.model.situation import FallbackNow, Situation
from bcp.ui.parts import workshop_log, workshop_script, workshop_standing
from bcp.ui.parts.half_typed import half_typed
from bcp.ui.parts.plain import unlinked
from bcp.ui.parts.workshop_clock import standing
from bcp.ui.parts.workshop_seat import Held, again, say, tell, write
from bcp.ui.state import Session, given, put
from bcp.usecases import exercises
from bcp.usecases.exercises import Known

_EVERY = "3s"
"""How often a participant's screen looks for news: thirty of them ask ten times a second for what they hear."""

_FALLBACK, _REASON, _OWNER, _NOTE = "decide-fallback", "decide-reason", "decide-owner", "own-note"


def table(session: Session, mine: Held) -> None:
    """Draw it: what changes by itself above, what somebody types below, where nothing redraws it."""
    words = session.words
    st.markdown(
        words(
            "You are **{name}**, **{role}**.",
            name=unlinked(mine.seat.name),
            role=unlinked(mine.seat.role or "–"),
        )
    )
    half_typed(f"{mine.seat.sitting}-{mine.seat.role}", (_REASON, _OWNER, _NOTE))
    _heard(session, mine)
    _decide(session, mine)
    _note(session, mine)
    _sheet(session, mine)
    _known(session, mine)


@st.fragment(run_every=_EVERY)
def _heard(session: Session, mine: Held) -> None:
    words = session.words
    mine = again(mine)
    now = mine.situation()
    tell(session)
    standing(mine, now, words)
    workshop_standing.next_limit(mine.live.plan, _of(mine, now).activities, now.clock.t_s, words)
    st.subheader(words("What you hear"))
    with st.container(key="heard"):
        workshop_script.gone_out(mine, now, words)


@st.fragment(run_every=_EVERY)
def _known(session: Session, mine: Held) -> None:
    words = session.words
    mine = again(mine)
    now = mine.situation()
    known = _of(mine, now)
    st.subheader(words("What you know"))
    if known.activities:
        workshop_standing.activities(mine.live.plan, known.activities, now.clock.t_s, words)
    else:
        st.caption(words("Nothing unusual, as far as you know."))
    for fallback in known.fallbacks:
        if fallback.decided_s is not None:
            _under_way(session, mine, now, fallback)
    st.markdown("#### " + words("Decisions"))
    workshop_log.decisions(mine, now, words)


def _of(mine: Held, now: Situation) -> Known:
    found = mine.exercise
    if found is None:
        return Known(now.activities, now.fallbacks)
    return exercises.known_to(found, mine.seat.role, now)


def _under_way(session: Session, mine: Held, now: Situation, fallback: FallbackNow) -> None:
    """A fallback that was decided on: its state, its steps to tick off, and the word that it is in place."""
    words, plan = session.words, mine.live.plan
    f = fallback.fallback
    over = now.closed is not None
    with st.container(border=True, key=f"under-way-{f}"):
        st.markdown(f"**{unlinked(plan.title(f))}** · {state_name(fallback.state, words)}")
        stopped = ", ".join(plan.title(i) for i in fallback.stopped_by)
        if stopped and fallback.state is FallbackState.BLOCKED:
            st.markdown("✕ " + words("You get stuck: no response from {names}.", names=unlinked(stopped)))
        for number, step in enumerate(plan.fallbacks[f].steps):
            key = f"step-{f}-{number}"
            put(key, number in fallback.steps_done)
            st.checkbox(
                unlinked(step.do), key=key, disabled=over, on_change=_step, args=(session, mine, f, number)
            )
        if fallback.state in (FallbackState.ACTIVATING, FallbackState.BLOCKED):
            st.button(words("It is in place now"), key=f"in-place-{f}", icon=":material/check:", disabled=over,
                      on_click=say, args=(session, mine.seat, Decided(fallback=f, act=Act.IN_PLACE)))  # fmt: skip
        elif fallback.state in (FallbackState.ACTIVE, FallbackState.FAILING_BACK):
            st.button(words("Stand down"), key=f"stand-down-{f}", disabled=over,
                      on_click=say, args=(session, mine.seat, Decided(fallback=f, act=Act.STAND_DOWN)))  # fmt: skip


def _step(session: Session, mine: Held, fallback: str, number: int) -> None:
    done = bool(given(f"step-{fallback}-{number}"))
    write(session, mine.seat, StepTaken(fallback=fallback, step=number, done=done))


def _sheet(session: Session, mine: Held) -> None:
    """What the plan gives the role: people, activities, fallbacks with their steps, messages."""
    found = mine.exercise
    sheet = exercises.brief(found, mine.live.plan, mine.seat.role) if found else ""
    if sheet:
        with st.expander(session.words("Your role sheet"), icon=":material/badge:"):
            st.markdown(sheet.replace("## ", "##### "))


def _decide(session: Session, mine: Held) -> None:
    """The form to decide on a fallback. It is no part of what is polled: nobody loses what they type."""
    words, plan = session.words, mine.live.plan
    now = mine.situation()
    known = _of(mine, now).fallbacks
    options = [f.fallback for f in known] or list(plan.fallbacks)
    over = now.closed is not None
    st.subheader(words("Decide"))
    with st.container(border=True):
        st.selectbox(words("Activate"), options, key=_FALLBACK, format_func=plan.title)
        st.text_area(words("Reason"), key=_REASON, max_chars=1000, height=80)
        st.text_input(words("Who carries it out"), key=_OWNER, max_chars=100)
        st.button(words("Decide"), key="decide-go", type="primary", icon=":material/gavel:",
                  disabled=over or not options, on_click=_decided, args=(session, mine))  # fmt: skip


def _decided(session: Session, mine: Held) -> None:
    chosen = given(_FALLBACK)
    if not chosen:
        return
    what = Decided(
        fallback=chosen,
        act=Act.ACTIVATE,
        reason=str(given(_REASON, "")).strip(),
        owner=str(given(_OWNER, "")).strip(),
    )
    if write(session, mine.seat, what):
        put(_REASON, "")
        put(_OWNER, "")


def _note(session: Session, mine: Held) -> None:
    """A note, or a question for afterwards."""
    words = session.words
    over = mine.situation().closed is not None
    with st.expander(words("Note or question"), icon=":material/edit_note:"):
        st.text_area(words("Note"), key=_NOTE, max_chars=1000, height=80)
        with st.container(horizontal=True):
            st.button(words("Into the log"), key="own-note-keep", disabled=over,
                      on_click=_noted, args=(session, mine, "note"))  # fmt: skip
            st.button(words("Park it for afterwards"), key="own-note-park", disabled=over,
                      on_click=_noted, args=(session, mine, "park"))  # fmt: skip


def _noted(session: Session, mine: Held, where: str) -> None:
    text = str(given(_NOTE, "")).strip()
    if text and write(session, mine.seat, Parked(text=text) if where == "park" else Noted(text=text)):
        put(_NOTE, "")
