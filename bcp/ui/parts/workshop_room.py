"""The facilitator's room: the code on the screen, the clock, and the views of what goes on."""

from __future__ import annotations

from html import escape
from urllib.parse import urlsplit

import streamlit as st

from bcp.ui.parts import (
    workshop_after,
    workshop_clock,
    workshop_key,
    workshop_log,
    workshop_opening,
    workshop_script,
    workshop_standing,
)
from bcp.ui.parts.half_typed import half_typed
from bcp.ui.parts.plain import unlinked
from bcp.ui.parts.timeline import timeline
from bcp.ui.parts.workshop_seat import EVERY, Held, again, moment, tell
from bcp.ui.state import Session, given, put
from bcp.usecases import sittings
from bcp.usecases.sharing import SHARED_PORT, own_addresses, sharing_command
from bcp.words import Words

_VIEW = "workshop-view"
_CODE = (
    """<div style="font: 700 clamp(2.5rem, 7vw, 4.5rem)/1 monospace; letter-spacing: .12em">{code}</div>"""
)
_TIMELINE_EVERY = "10s"


def room(session: Session, mine: Held) -> None:
    """Draw it. Forms stand outside of what is polled, so that nobody loses what they type."""
    words = session.words
    _way_in(mine, words)
    half_typed(mine.seat.sitting, ("adhoc-text", "log-note", "action-text", "action-owner"))
    _clock(session, mine)
    _choose(session)
    over = mine.situation().closed is not None
    match session.workshop_view:
        case "script":
            left, right = st.columns([3, 2], gap="large")
            with right:
                workshop_script.ad_hoc(session, mine, over=over)
                workshop_log.sheets(mine, words)
                _sent(session, mine)
            with left:
                _script(session, mine)
        case "key":
            _key(session, mine)
        case "log":
            workshop_log.note(session, mine, over=over)
            workshop_log.downloads(mine, words)
            workshop_log.strike(session, mine)
            _log(session, mine)
        case "after":
            workshop_after.measured(session, mine)
            _actions(session, mine)
            workshop_after.agree(session, mine)
            workshop_log.downloads(mine, words)
            st.divider()
            workshop_after.close(session, mine, mine.situation())
        case _:
            _now(session, mine)
            _timeline(session, mine)
    st.button(words("Back to the list of exercises"), key="leave-workshop", icon=":material/arrow_back:",
              on_click=workshop_opening.leave, args=(session,))  # fmt: skip


def _way_in(mine: Held, words: Words) -> None:
    """The code, as large as the page allows, and the address to join at."""
    sitting = mine.live.sitting
    with st.container(border=True, key="way-in"):
        left, right = st.columns([2, 3], vertical_alignment="center")
        left.caption(words("Code to join"))
        left.html(_CODE.format(code=escape(sitting.code)))
        address = join_address(sitting.code)
        with right:
            if urlsplit(address).hostname in _HERE:
                begun = mine.situation().clock.t_s > 0
                with st.expander(
                    words("Others cannot join yet"), icon=":material/link_off:", expanded=not begun
                ):
                    _not_shared(sitting.code, address, words)
            else:
                st.markdown(words("Participants open this address and give their name and role:"))
                st.code(address, language=None, wrap_lines=True)


def _not_shared(code: str, here: str, words: Words) -> None:
    """The app was started for this computer alone: what to do so that others can join, and what their address will be."""
    port = urlsplit(here).port or SHARED_PORT
    st.markdown(
        words(
            "The app was started for this computer alone. Stop it in its window with Ctrl+C and start it with this command. The exercise goes on where it was."
        )
    )
    st.code(sharing_command(port), language=None)
    st.markdown(words("Then the command prints an address of your own, and others join here:"))
    st.code(f"http://{own_addresses()[0]}:{port}/join?join={code}", language=None, wrap_lines=True)
    st.caption(words("On this computer you can try it already: {address}", address=here))


def join_address(code: str) -> str:
    """Where participants join: as this browser reaches the app, or at the address that a shared app has for others."""
    parts = urlsplit(st.context.url or "http://localhost")
    base = parts.path.rpartition("/")[0]
    shared = str(st.get_option("browser.serverAddress") or "")
    place = parts.netloc
    if parts.hostname in _HERE and shared and shared not in _HERE:
        place = f"{shared}:{parts.port}" if parts.port else shared
    return f"{parts.scheme}://{place}{base}/join?join={code}"


_HERE = ("127.0.0.1", "localhost", "::1")
"""Names under which a computer reaches only itself."""


def _choose(session: Session) -> None:
    words = session.words
    names = {
        "now": words("Now"),
        "script": words("Script"),
        "key": words("Answer key"),
        "log": words("Log"),
        "after": words("After-action"),
    }
    put(_VIEW, session.workshop_view)
    st.segmented_control(
        words("View"), list(names), format_func=names.__getitem__, key=_VIEW, required=True,
        label_visibility="collapsed", on_change=_chosen, args=(session,),
    )  # fmt: skip


def _chosen(session: Session) -> None:
    session.workshop_view = given(_VIEW) or session.workshop_view


@st.fragment(run_every=EVERY)
def _clock(session: Session, mine: Held) -> None:
    mine = again(mine)
    now = mine.situation()
    tell(session)
    with st.container(border=True):
        left, right = st.columns([2, 3], vertical_alignment="center")
        with left:
            workshop_clock.standing(mine, now, session.words)
            workshop_standing.next_limit(mine.live.plan, now.activities, now.clock.t_s, session.words)
        with right:
            workshop_clock.controls(session, mine, now)


@st.fragment(run_every=EVERY)
def _now(session: Session, mine: Held) -> None:
    words = session.words
    mine = again(mine)
    now = mine.situation()
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.markdown("#### " + words("Activities"))
        workshop_standing.activities(mine.live.plan, now.activities, now.clock.t_s, words)
        st.markdown("#### " + words("Fallbacks"))
        workshop_standing.fallbacks(mine.live.plan, now.fallbacks, now.clock.t_s, words)
    with right:
        st.markdown("#### " + words("Decisions"))
        workshop_log.decisions(mine, now, words)
        following = [i for i in now.injects_to_come if not i.inject.by_hand][:1]
        st.markdown("#### " + words("Next inject"))
        for item in following:
            text = item.inject.text.get(mine.live.sitting.language, "")
            st.markdown(f"**{words.clock(item.inject.at_s)}** {unlinked(text)}")
        if not following:
            st.caption(words("Nothing more comes by itself."))
        st.markdown("#### " + words("Participants"))
        workshop_log.people(mine, now, words)
        st.markdown("#### " + words("Parking lot"))
        workshop_log.parking(now, words)


@st.fragment(run_every=_TIMELINE_EVERY)
def _timeline(session: Session, mine: Held) -> None:
    """The whole course as decisions have made it, with the present marked. For the facilitator's eyes."""
    words = session.words
    mine = again(mine)
    scenario = mine.live.sitting.scenario
    if scenario is None:
        return
    st.markdown("#### " + words("As things stand"))
    t_s = mine.situation().clock.t_s
    timeline(
        mine.live.plan,
        sittings.whole_course(mine.live, now=moment()),
        scenario,
        words,
        t_s,
        key="workshop-timeline",
    )


@st.fragment(run_every=EVERY)
def _script(session: Session, mine: Held) -> None:
    mine = again(mine)
    workshop_script.coming(session, mine, mine.situation())


@st.fragment(run_every=EVERY)
def _sent(session: Session, mine: Held) -> None:
    mine = again(mine)
    st.markdown("#### " + session.words("Let out"))
    workshop_script.gone_out(mine, mine.situation(), session.words)


@st.fragment(run_every=EVERY)
def _key(session: Session, mine: Held) -> None:
    words = session.words
    mine = again(mine)
    now = mine.situation()
    st.markdown("#### " + words("Answer key"))
    workshop_key.key(mine, now, words)
    st.markdown("#### " + words("Expected"))
    workshop_key.expected(mine, now, words)


@st.fragment(run_every=EVERY)
def _log(session: Session, mine: Held) -> None:
    workshop_log.entries(again(mine), session.words)


@st.fragment(run_every=EVERY)
def _actions(session: Session, mine: Held) -> None:
    mine = again(mine)
    workshop_after.actions(session, mine, mine.situation())
    st.markdown("#### " + session.words("Parking lot"))
    workshop_log.parking(mine.situation(), session.words)
