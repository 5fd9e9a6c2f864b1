"""The sitting that a browser is in: its seat from the address, what it writes, and why something was refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import ceil

import streamlit as st

from bcp.errors import BcpError, NotFoundError
from bcp.model.duration import DAY, MINUTE
from bcp.model.exercise import Exercise
from bcp.model.log_entry import What
from bcp.model.situation import Situation
from bcp.ui import cached
from bcp.ui.parts.plain import unlinked
from bcp.ui.parts.timeline import clock_time
from bcp.ui.state import Session
from bcp.usecases import sittings
from bcp.usecases.sittings import Live, Seat
from bcp.words import Words

EVERY = "2s"
"""How often a screen of an exercise looks for news."""


@dataclass(frozen=True)
class Held:
    """A seat, and the sitting as its log has it now."""

    seat: Seat
    live: Live

    @property
    def exercise(self) -> Exercise | None:
        """What the generator writes for this sitting's plan and scenario: roles, expectations, answer key."""
        return cached.exercise(self.live.plan, self.live.sitting)

    def situation(self) -> Situation:
        """The present, as this seat may see it."""
        return sittings.situation(self.live, seat=self.seat, now=moment())


def moment() -> datetime:
    """The present moment by the store's clock."""
    return cached.store().sittings.now()


def held(sitting: str, key: str) -> Held | None:
    """The seat of this key in this sitting; None where there is no such seat or sitting.

    Raises BcpError where the sitting is there and cannot be read.
    """
    if not sitting or not key:
        return None
    store = cached.store()
    try:
        seat = sittings.resume(store, sitting, key)
    except NotFoundError:
        return None
    return None if seat is None else Held(seat, sittings.live(store, sitting))


def again(mine: Held) -> Held:
    """The same seat, with what has been written since."""
    return Held(mine.seat, sittings.live(cached.store(), mine.seat.sitting))


def write(session: Session, seat: Seat, what: What) -> bool:
    """Write an entry into the log; for buttons. False where it was refused, and why is shown next."""
    try:
        sittings.append(cached.store(), seat, what)
    except BcpError as error:
        session.refused = session.words.say(str(error))
        return False
    return True


def say(session: Session, seat: Seat, what: What) -> None:
    """Write an entry into the log; what a button calls."""
    write(session, seat, what)


def tell(session: Session) -> None:
    """Say why the last thing was refused, once, for as long as it takes to read."""
    if session.refused:
        st.toast(unlinked(session.refused), icon=":material/error:", duration="long")
        session.refused = ""


def clock_text(mine: Held, t_s: float, words: Words) -> str:
    """Scenario time, on the first day with the local time where the scenario has a clock: +0:35 (07:35)."""
    scenario = mine.live.sitting.scenario
    local = clock_time(scenario, t_s) if scenario is not None and t_s < DAY else ""
    return f"{words.clock(t_s)} ({local})" if local else words.clock(t_s)


def minutes(seconds: float) -> float:
    """A length of time (seconds) rounded up to whole minutes, in seconds: nobody counts down in seconds."""
    return ceil(seconds / MINUTE) * MINUTE
