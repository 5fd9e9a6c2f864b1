"""One moment of a run: the timeline with its slider, the picture at that minute, and why something is down."""

from __future__ import annotations

from collections import Counter
from math import ceil

import streamlit as st

from bcp.model.component import Kind
from bcp.model.duration import MINUTE
from bcp.model.names import state_name
from bcp.model.quality_words import spoilt_at
from bcp.model.run import FallbackState
from bcp.ui import cached, guard
from bcp.ui.parts import player
from bcp.ui.parts.graph import graph
from bcp.ui.parts.levels import FULL, level_text
from bcp.ui.parts.plain import plain
from bcp.ui.parts.runs import Shown
from bcp.ui.parts.timeline import clock_time, shown_until, timeline
from bcp.ui.parts.why import why
from bcp.ui.state import Session, given, put, write_address
from bcp.words import Words

_SLIDER = "minute"
_MOST = 60


def moment(session: Session, shown: Shown) -> None:
    """Draw it. Moving the slider redraws only this; while it plays it is drawn again and again, later each time."""
    playing = session.playing
    st.fragment(_moment, run_every=player.EVERY_S if playing else None, key="moment")(
        session, shown, polled=playing
    )


def _moment(session: Session, shown: Shown, *, polled: bool) -> None:
    words = session.words
    last = ceil(shown_until(shown.run) / MINUTE)
    session.minute = min(session.minute, last)
    player.step(session, last, polled=polled)
    st.subheader(words("Minute by minute"))
    _slider(session, shown, last)
    t = session.minute * MINUTE
    _now(shown, t, words)
    timeline(shown.plan, shown.run, shown.scenario, words, t, key="timeline")
    levels = {i: shown.run.level_at(i, t) for i in shown.plan.components}
    low = sorted((i for i in levels if levels[i] < FULL), key=lambda i: _rank(shown, i, levels[i]))
    picture, answer = st.container(), st.container()
    with answer:
        chain = _why(session, shown, low, t)
    with picture:
        _picture(session, shown, levels, low, chain)
    write_address(session)


def _slider(session: Session, shown: Shown, last: int) -> None:
    words = session.words
    put(_SLIDER, session.minute)
    moments = sorted({round(t / MINUTE) for t in changes(shown)})
    player.buttons(session, last)
    earlier = [m for m in moments if m < session.minute]
    later = [m for m in moments if session.minute < m <= last]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(
            "", icon=":material/skip_previous:", key="earlier", help=words("To the change before"), disabled=not earlier,
            on_click=_jump, args=(session, earlier[-1] if earlier else 0),
        )  # fmt: skip
        st.slider(
            words("Minutes since the outage began"), 0, max(last, 1), key=_SLIDER, on_change=_moved, args=(session,),
        )  # fmt: skip
        st.button(
            "", icon=":material/skip_next:", key="later", help=words("To the next change"), disabled=not later,
            on_click=_jump, args=(session, later[0] if later else last),
        )  # fmt: skip


def changes(shown: Shown) -> set[float]:
    """The times (seconds) at which an activity's level or a fallback's state changes."""
    run = shown.run
    steps = [t for i in shown.plan.activities for t, _ in (*run.levels[i], *run.quality.get(i, ()))]
    return {*steps, *(t for states in shown.run.fallbacks.values() for t, _ in states)}


def _jump(session: Session, minute: int) -> None:
    session.minute, session.playing = minute, False


def _moved(session: Session) -> None:
    session.minute, session.playing = given(_SLIDER, session.minute), False


def _now(shown: Shown, t: float, words: Words) -> None:
    """Say in words how things stand at this minute."""
    local = clock_time(shown.scenario, t)
    when = words.clock(t) + (f" ({words('at {time}', time=local)})" if local else "")
    low = [
        f"{plain(component.name)} {level_text(shown.run.level_at(i, t), words)}"
        for i, component in shown.plan.activities.items()
        if shown.run.level_at(i, t) < FULL
    ]
    spoilt = {i: spoilt_at(shown.run, i, t, words) for i in shown.plan.activities}
    low += [f"{plain(shown.plan.title(i))}: {text}" for i, text in spoilt.items() if text]
    states = Counter(shown.run.state_at(f, t) for f in shown.run.fallbacks)
    called = [
        f"{state_name(state, words)} {states[state]}"
        for state in FallbackState
        if state is not FallbackState.IDLE and states[state]
    ]
    st.markdown(f"**{when}** · " + (" · ".join(low) or words("everything works")))
    if called:
        st.caption(words("Fallbacks: {states}", states=" · ".join(called)))
    for i in (i for i, text in spoilt.items() if text and i in shown.run.quality_causes):
        chain = " → ".join(plain(shown.plan.title(j)) for j in shown.run.quality_causes[i])
        st.caption(words("What spoils it: {chain}", chain=chain))


def _rank(shown: Shown, component: str, level: float) -> tuple[bool, float, str]:
    return shown.plan.components[component].kind is not Kind.ACTIVITY, level, component


def _why(session: Session, shown: Shown, low: list[str], t: float) -> tuple[str, ...]:
    words = session.words
    st.markdown("##### " + words("Why is this down?"))
    if not low:
        st.caption("✓ " + words("Nothing is down at this minute."))
        return ()
    if session.asked not in low:
        session.asked = low[0]
    put("asked", session.asked)
    st.selectbox(
        words("Ask about"), low, format_func=shown.plan.title, key="asked", on_change=_asked, args=(session,)
    )
    with guard.problems(words):
        answer = cached.why(shown.plan, shown.key.scenario, shown.key.settings, session.asked, t)
        why(shown, answer, session.language)
        return tuple(step.component for step in answer.steps)
    return ()


def _asked(session: Session) -> None:
    session.asked = given("asked", session.asked)


def _picture(
    session: Session, shown: Shown, levels: dict[str, float], low: list[str], chain: tuple[str, ...]
) -> None:
    words = session.words
    drawn = low[:_MOST] if low else list(shown.plan.activities)
    st.markdown("##### " + words("What is hit"))
    clicked = graph(
        shown.plan,
        drawn,
        words,
        key="graph-moment",
        focus=session.asked,
        chosen=session.asked,
        levels=levels,
        chain=chain,
    )
    rest = len(shown.plan.components) - len(drawn)
    st.caption(
        words("Shown: {n} that are hit. Hidden: {rest} others.", n=len(drawn), rest=rest)
        if low
        else words("Shown: the activities.")
    )
    if clicked in low and clicked is not None and clicked != session.asked:
        session.asked = clicked
        st.rerun(scope="fragment")
