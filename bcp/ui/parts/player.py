"""Playing an outage: the minute moves by itself until it is paused or the end is reached."""

from __future__ import annotations

import streamlit as st

from bcp.ui.state import Session, given, put

EVERY_S = 1.0
"""Seconds between two steps."""

_STRIDES = (1, 5, 15, 60)
_STRIDE = "play-stride"


def step(session: Session, last: int, *, polled: bool) -> None:
    """Move on by one step where it plays, to minute `last` at most.

    `polled` is whether the fragment draws itself again; where that no longer suits, the page is drawn
    once more so that it begins or ends.
    """
    if session.playing and polled:
        session.minute = min(session.minute + session.stride, last)
        session.playing = session.minute < last
    if session.playing != polled:
        st.rerun()


def buttons(session: Session, last: int) -> None:
    """Play or pause, and how many minutes each step is."""
    words = session.words
    put(_STRIDE, session.stride)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(
            words("Pause") if session.playing else words("Play"),
            icon=":material/pause:" if session.playing else ":material/play_arrow:",
            key="play",
            shortcut="p",
            on_click=_toggle,
            args=(session, last),
        )
        st.segmented_control(
            words("Minutes a second"),
            _STRIDES,
            key=_STRIDE,
            required=True,
            on_change=_stride,
            args=(session,),
        )


def _toggle(session: Session, last: int) -> None:
    session.playing = not session.playing
    if session.playing and session.minute >= last:
        session.minute = 0


def _stride(session: Session) -> None:
    session.stride = given(_STRIDE) or session.stride
