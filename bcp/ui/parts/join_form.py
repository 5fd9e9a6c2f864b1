"""Coming in: the code that the facilitator shows, a name, and a role at the table. No account."""

from __future__ import annotations

import streamlit as st

from bcp.errors import BcpError
from bcp.model.sitting import Sitting
from bcp.ui import cached
from bcp.ui.parts.exercise_mark import heading, mark
from bcp.ui.parts.plain import plain
from bcp.ui.state import Session, given, seed
from bcp.usecases import joining, sittings
from bcp.usecases.sittings import NameTakenError
from bcp.words import words as words_of

_CODE, _NAME, _ROLE = "join-code", "join-name", "join-role"


def join_form(session: Session) -> None:
    """Ask for the code, then for name and role."""
    words = session.words
    found = _sitting(session)
    if found is None:
        st.title(words("Join an exercise"))
        _say(session)
        seed(_CODE, session.joining)
        st.text_input(words("Code"), key=_CODE, max_chars=20, placeholder="ABC234", autocomplete="off")
        st.button(words("Go on"), key="join-code-go", type="primary", on_click=_code, args=(session,))
        st.caption(words("The facilitator shows the code on the screen. It holds for some hours."))
        return
    mark(found.title, words)
    heading(found.title, words)
    _say(session)
    if found.settings.briefing:
        st.info(plain(found.settings.briefing))
    roles = list(found.settings.roles)
    st.text_input(words("Your name"), key=_NAME, max_chars=60, autocomplete="name")
    if roles:
        seed(_ROLE, joining.free_role(cached.store(), found))
        st.radio(words("Your role in the exercise"), roles, key=_ROLE, format_func=plain)
    else:
        st.text_input(words("Your role in the exercise"), key=_ROLE, max_chars=60)
    st.button(
        words("Join"), key="join-go", type="primary", icon=":material/login:", on_click=_join, args=(session,)
    )
    if session.returning:
        st.button(words("That is me: let me back in"), key="join-again", on_click=_join, args=(session,),
                  kwargs={"again": True})  # fmt: skip
    st.caption(words("You need no account. What you do is kept in the log of the exercise under your name."))


def _sitting(session: Session) -> Sitting | None:
    if not session.joining:
        return None
    try:
        return joining.exercise_with_code(cached.store(), session.joining, source=_source())
    except BcpError as error:
        session.refused = session.refused or session.words.say(str(error))
        session.joining = ""
        return None


def _code(session: Session) -> None:
    session.joining = str(given(_CODE, "")).strip().upper()


def _join(session: Session, *, again: bool = False) -> None:
    name, role = str(given(_NAME, "")).strip(), str(given(_ROLE) or "").strip()
    if not name:
        session.refused = session.words("Say your name first, so that the others know who speaks.")
        return
    try:
        seat = sittings.join(cached.store(), session.joining, name, role, source=_source(), again=again)
    except NameTakenError as error:
        session.refused, session.returning = session.words.say(str(error)), True
        return
    except BcpError as error:
        session.refused = session.words.say(str(error))
        return
    session.seat, session.seat_key = seat.sitting, seat.key
    language = sittings.live(cached.store(), seat.sitting).sitting.language
    if words_of(language).language == language:
        session.language = language


def _source() -> str:
    """Whence somebody joins, for the limit on guesses."""
    return st.context.ip_address or ""


def _say(session: Session) -> None:
    if session.refused:
        st.error(plain(session.refused), icon=":material/error:")
        session.refused = ""
