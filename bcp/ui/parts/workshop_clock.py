"""The exercise clock: where it stands, and the facilitator's buttons to start, pause, hurry and jump it."""

from __future__ import annotations

import streamlit as st

from bcp.model.duration import HOUR, MINUTE
from bcp.model.log_entry import Clock
from bcp.model.situation import Situation
from bcp.ui.parts.workshop_seat import Held, again, clock_text, write
from bcp.ui.state import Session, given, put
from bcp.words import Words

_SPEEDS = (1.0, 5.0, 15.0, 60.0)
_SPEED = "clock-speed"
_JUMPS = (5 * MINUTE, 15 * MINUTE, HOUR)


def standing(mine: Held, now: Situation, words: Words) -> None:
    """Where the clock stands, large, and whether it runs: in words, not by colour."""
    st.markdown(f"## {clock_text(mine, now.clock.t_s, words)}")
    if now.closed is not None:
        st.markdown("■ " + words("The exercise is over."))
    elif now.clock.running:
        fast = (
            words("at normal speed")
            if now.clock.speed == 1
            else words("{n} times faster", n=f"{now.clock.speed:g}")
        )
        st.markdown(":material/play_arrow: " + words("The clock runs, {fast}.", fast=fast))
    else:
        st.markdown(":material/pause: " + words("The clock stands still."))


def controls(session: Session, mine: Held, now: Situation) -> None:
    """The facilitator's buttons."""
    words = session.words
    over = now.closed is not None
    waits = not now.clock.running and now.clock.t_s == 0
    put(_SPEED, now.clock.speed if now.clock.speed in _SPEEDS else 1.0)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if now.clock.running:
            st.button(words("Pause"), key="clock-pause", icon=":material/pause:", type="primary", disabled=over,
                      on_click=_run, args=(session, mine, False))  # fmt: skip
        else:
            st.button(words("Start the clock"), key="clock-start", icon=":material/play_arrow:", type="primary",
                      disabled=over, on_click=_run, args=(session, mine, True))  # fmt: skip
        st.segmented_control(
            words("Speed"), _SPEEDS, format_func=lambda s: f"{s:g}×", key=_SPEED, required=True, disabled=over,
            on_change=_hurry, args=(session, mine),
        )  # fmt: skip
    with st.container(horizontal=True):
        for jump in _JUMPS:
            st.button(f"+{words.length(jump)}", key=f"jump-{jump:.0f}", icon=":material/fast_forward:", disabled=over or waits,
                      on_click=_jump, args=(session, mine, jump))  # fmt: skip
        following = next_inject(now)
        st.button(words("To the next inject"), key="jump-next", icon=":material/skip_next:",
                  disabled=over or waits or following is None, on_click=_jump_to, args=(session, mine))  # fmt: skip


def next_inject(now: Situation) -> float | None:
    """Scenario time of the next inject that comes by itself."""
    due = [i.inject.at_s for i in now.injects_to_come if not i.inject.by_hand and not i.held]
    return min((t for t in due if t > now.clock.t_s), default=None)


def _run(session: Session, mine: Held, running: bool) -> None:
    clock = again(mine).situation().clock
    write(session, mine.seat, Clock(running=running, speed=clock.speed))


def _hurry(session: Session, mine: Held) -> None:
    clock = again(mine).situation().clock
    write(session, mine.seat, Clock(running=clock.running, speed=given(_SPEED) or clock.speed))


def _jump(session: Session, mine: Held, by: float) -> None:
    clock = again(mine).situation().clock
    write(session, mine.seat, Clock(running=clock.running, speed=clock.speed, jump_to=clock.t_s + by))


def _jump_to(session: Session, mine: Held) -> None:
    now = again(mine).situation()
    following = next_inject(now)
    if following is not None:
        write(session, mine.seat, Clock(running=now.clock.running, speed=now.clock.speed, jump_to=following))
