"""What all parts of the incident page share: the incident as it stands, who is at the screen, and how they write."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import streamlit as st

from bcp.errors import BcpError
from bcp.model.log_entry import What
from bcp.model.plan import Plan
from bcp.model.situation import Situation
from bcp.ui import cached
from bcp.ui.parts.plain import plain
from bcp.ui.state import Session
from bcp.usecases import sittings
from bcp.usecases.sittings import Live, Seat
from bcp.words import LANGUAGES, Words, words


@dataclass(frozen=True)
class Scene:
    """An incident at this moment (`at`, in UTC), as one person sees it."""

    session: Session
    live: Live
    seat: Seat | None
    now: Situation
    at: datetime

    @property
    def plan(self) -> Plan:
        """The plan's revision that the incident is worked on with."""
        return self.live.plan

    @property
    def words(self) -> Words:
        """The words of the person at the screen."""
        return self.session.words

    @property
    def open(self) -> bool:
        """True while something can be written."""
        return self.now.closed is None and self.seat is not None

    @property
    def key(self) -> str:
        """What the keys of widgets begin with."""
        return f"inc-{self.live.sitting.id}"

    @property
    def zone(self) -> ZoneInfo:
        """The plan's time zone: everybody in an incident speaks of the same clock."""
        return ZoneInfo(self.plan.organisation.timezone)

    def moment(self, t_s: float) -> datetime:
        """Scenario time in seconds on the wall's clock."""
        zero = self.now.zero or self.live.sitting.begun
        return (zero.astimezone(UTC) + timedelta(seconds=t_s)).astimezone(self.zone)

    def clock(self, t_s: float) -> str:
        """Scenario time as people read it from the wall: 08:15, with the day where it is not today."""
        return clock_text(self.moment(t_s), self.moment(self.now.clock.t_s), self.words)

    def wall(self, moment: datetime) -> str:
        """A moment as people read it from the wall."""
        return clock_text(moment.astimezone(self.zone), self.moment(self.now.clock.t_s), self.words)

    def left(self, t_s: float) -> str:
        """How long it is until a scenario time, or how long ago: in 35 min, 20 min ago."""
        seconds = t_s - self.now.clock.t_s
        length = self.words.length(abs(seconds))
        return (
            self.words("in {length}", length=length)
            if seconds >= 0
            else self.words("{length} ago", length=length)
        )


def clock_text(moment: datetime, now: datetime, words: Words) -> str:
    """The time of day, with the day before it where that is another than today."""
    return moment.strftime("%H:%M") if moment.date() == now.date() else words.short_moment(moment)


def write(scene: Scene, what: What, happened: datetime | None = None) -> bool:
    """Put an entry into the log. False where it was refused, and why is told on the next run."""
    if scene.seat is None:
        return False
    try:
        sittings.append(cached.store(), scene.seat, what, happened=happened)
    except BcpError as error:
        scene.session.refused = scene.words.say(str(error))
        return False
    return True


def nameless(scene: Scene) -> bool:
    """Whoever is at the screen began or joined without giving a name."""
    return scene.seat is not None and scene.seat.name in {words(i)("somebody") for i in LANGUAGES}


def named(scene: Scene, name: str) -> Scene:
    """The scene with a seat in this name, which is asked for where there was none; as it is where none was given."""
    if not name:
        return scene
    try:
        seat = sittings.join_incident(cached.store(), scene.live.sitting.id, name)
    except BcpError as error:
        scene.session.refused = scene.words.say(str(error))
        return scene
    scene.session.person, scene.session.incident_key = name, seat.key
    return replace(scene, seat=seat)


def say(scene: Scene, what: What) -> None:
    """Put an entry into the log; what a button calls."""
    write(scene, what)


def last_at(clock: time, now: datetime) -> datetime:
    """When a clock last showed this time of day, in the zone of `now`: before midnight it is yesterday's.

    A time a little later than now is now: clocks differ, and nobody marks what was seen almost a day ago so.
    """
    moment = datetime.combine(now.date(), clock, tzinfo=now.tzinfo)
    return min(moment - timedelta(days=1) if moment - now > timedelta(hours=12) else moment, now)


def tell_refused(session: Session) -> None:
    """Say what was refused or done; the sidebar does so on a full run only."""
    if session.refused:
        st.toast(plain(session.refused), icon=":material/error:", duration="long")
        session.refused = ""
    if session.told:
        st.toast(plain(" ".join(session.told)), icon=":material/check_circle:", duration="long")
        session.told = ()
