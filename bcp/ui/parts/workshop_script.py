"""The script in the facilitator's hands: what comes next, letting out and holding back, a text of the moment, what went out."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from bcp.model.exercise import ExerciseInject
from bcp.model.log_entry import EVERYBODY, Held, Released
from bcp.model.scenario import in_language
from bcp.model.situation import InjectNow, Situation
from bcp.ui.parts import workshop_seat
from bcp.ui.parts.plain import unlinked
from bcp.ui.parts.workshop_seat import clock_text, say, write
from bcp.ui.state import Session, given, put
from bcp.usecases import exercises
from bcp.words import Words

_COMING = 12
_TEXT, _TO, _CHANNEL = "adhoc-text", "adhoc-to", "adhoc-channel"


def coming(session: Session, mine: workshop_seat.Held, now: Situation) -> None:
    """The injects to come by time, the next first, and those that answer a decision, by hand."""
    words = session.words
    written = _written(mine)
    asked = {d.fallback for d in now.decisions}
    by_hand = sorted(
        (i for i in now.injects_to_come if i.inject.by_hand),
        key=lambda i: (not set(i.inject.fallbacks) & asked, i.inject.at_s, i.inject.id),
    )
    timed = [i for i in now.injects_to_come if not i.inject.by_hand]
    st.markdown("#### " + words("Coming"))
    if not timed:
        st.caption(words("Nothing more comes by itself."))
    for item in timed[:_COMING]:
        _card(session, mine, now, item, written)
    if len(timed) > _COMING:
        st.caption(words("{n} more come after these.", n=len(timed) - _COMING))
    if by_hand:
        st.markdown("#### " + words("Answers to decisions"))
        st.caption(
            words("Let these out when somebody tries it. Those that have been decided on stand first.")
        )
        for item in by_hand:
            _card(session, mine, now, item, written, decided=bool(set(item.inject.fallbacks) & asked))


def _written(mine: workshop_seat.Held) -> Mapping[str, ExerciseInject]:
    found = mine.exercise
    return {i.id: i for i in found.injects} if found else {}


def _card(
    session: Session,
    mine: workshop_seat.Held,
    now: Situation,
    item: InjectNow,
    written: Mapping[str, ExerciseInject],
    *,
    decided: bool = False,
) -> None:
    words, inject, language = session.words, item.inject, mine.live.sitting.language
    over = now.closed is not None
    with st.container(border=True):
        when = words("by hand") if inject.by_hand else clock_text(mine, inject.at_s, words)
        signs = [f"**{when}**", unlinked(to_text(inject.to, words)), unlinked(inject.channel)]
        if decided:
            signs.append("● " + words("has been decided on"))
        if item.held:
            signs.append(":material/pause: " + words("held back"))
        origin = written.get(inject.id)
        if origin is not None and not exercises.still_true(origin, now):
            signs.append("≠ " + words("no longer true: it has been dealt with"))
        st.markdown(" · ".join(sign for sign in signs if sign))
        st.markdown(unlinked(in_language(inject.text, language)))
        note = in_language(inject.expected, language)
        if note:
            st.caption(unlinked(note))
        with st.container(horizontal=True):
            st.button(words("Let out now"), key=f"release-{inject.id}", icon=":material/send:", disabled=over,
                      on_click=say, args=(session, mine.seat, Released(inject=inject.id)))  # fmt: skip
            if not inject.by_hand:
                st.button(
                    words("Hold back no more") if item.held else words("Hold back"), key=f"hold-{inject.id}",
                    icon=":material/pause_circle:", disabled=over,
                    on_click=say, args=(session, mine.seat, Held(inject=inject.id, held=not item.held)),
                )  # fmt: skip


def ad_hoc(session: Session, mine: workshop_seat.Held, *, over: bool) -> None:
    """A text of the moment, to a role or to everybody. Drawn outside of what is polled, so that nothing typed is lost."""
    words = session.words
    st.markdown("#### " + words("A text of your own"))
    roles = (EVERYBODY, *mine.live.sitting.settings.roles)
    st.text_area(words("What they hear"), key=_TEXT, max_chars=2000, height=90)
    left, right = st.columns(2)
    left.selectbox(words("To"), roles, key=_TO, format_func=lambda r: to_text(r, words))
    right.text_input(words("Channel"), key=_CHANNEL, max_chars=60)
    st.button(words("Let out now"), key="adhoc-send", icon=":material/send:", disabled=over,
              on_click=_send, args=(session, mine))  # fmt: skip


def _send(session: Session, mine: workshop_seat.Held) -> None:
    text = str(given(_TEXT, "")).strip()
    if not text:
        session.refused = session.words("Write what they are to hear first.")
        return
    what = Released(text=text, channel=str(given(_CHANNEL, "")).strip(), to=given(_TO) or EVERYBODY)
    if write(session, mine.seat, what):
        put(_TEXT, "")


def gone_out(mine: workshop_seat.Held, now: Situation, words: Words, *, most: int | None = None) -> None:
    """What has been let out to this seat, the newest first."""
    language = mine.live.sitting.language
    shown = list(reversed(now.injects))[:most]
    for item in shown:
        with st.container(border=True):
            when = "–" if item.released_s is None else clock_text(mine, item.released_s, words)
            head = (f"**{when}**", unlinked(item.inject.channel), unlinked(to_text(item.inject.to, words)))
            st.markdown(" · ".join(part for part in head if part))
            st.markdown(unlinked(in_language(item.inject.text, language)))
    if not shown:
        st.caption(words("Nothing has been let out yet."))


def to_text(to: str, words: Words) -> str:
    """To whom an inject goes."""
    return words("everybody") if to in ("", EVERYBODY) else to
