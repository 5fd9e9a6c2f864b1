"""Beginning an incident, taking part in one that is open, and those that are over."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import streamlit as st

from bcp.model.sitting import SittingKind
from bcp.store import Stored
from bcp.store.sittings import SittingLine
from bcp.ui import cached, desk, guard
from bcp.ui.parts.plain import plain
from bcp.ui.state import Session, given, seed
from bcp.usecases import sittings
from bcp.usecases.sittings import Seat
from bcp.usecases.sittings.seats import LONGEST_NAME

_LONGEST = 80


def seated(session: Session) -> Seat | None:
    """The seat that this browser has in the incident that it looks at; None where it has none."""
    if not session.incident_key:
        return None
    return sittings.resume(cached.store(), session.incident, session.incident_key)


def taking_part(session: Session, opened: Stored) -> bool:
    """Whether this browser looks at an incident of the open plan: one it has a seat in, or one that is over."""
    if not session.incident:
        return False
    known = {
        s.id: s for s in sittings.every(cached.store(), kind=SittingKind.INCIDENT) if s.plan == opened.name
    }
    line = known.get(session.incident)
    if line is not None and (line.closed is not None or seated(session) is not None):
        return True
    session.incident = session.incident_key = ""
    return False


def ways_in(session: Session, opened: Stored) -> None:
    """Take part in an open incident, or begin one; then those that are over."""
    lines = [s for s in sittings.every(cached.store(), kind=SittingKind.INCIDENT) if s.plan == opened.name]
    for line in lines:
        if line.closed is None:
            _take_part(session, line)
    _begin(session, opened, first=all(line.closed is not None for line in lines))
    _over(session, [line for line in lines if line.closed is not None])


def _take_part(session: Session, line: SittingLine) -> None:
    words = session.words
    with st.container(border=True):
        st.markdown(f"#### :material/emergency: {plain(line.title)}")
        st.caption(words("open since {when}", when=words.moment(desk.of_plan(line.created, line.plan))))
        with st.form(f"join-{line.id}", border=False):
            seed(f"join-name-{line.id}", session.person)
            st.text_input(words("Your name"), key=f"join-name-{line.id}", max_chars=LONGEST_NAME)
            st.form_submit_button(
                words("Take part"),
                type="primary",
                on_click=_join,
                args=(session, line.id),
                key=f"join-{line.id}-go",
            )


def _join(session: Session, sitting: str) -> None:
    with guard.problems(session.words):
        seat = sittings.join_incident(cached.store(), sitting, _name(f"join-name-{sitting}", session))
        _sit(session, seat)


def _begin(session: Session, opened: Stored, *, first: bool) -> None:
    """The form that begins an incident: a name for it, when it began, who writes."""
    words, zone = session.words, ZoneInfo(opened.plan.organisation.timezone)
    now = datetime.now(UTC).astimezone(zone)
    seed("incident-name", session.person)
    seed("incident-day", now.date())
    seed("incident-time", now.time().replace(second=0, microsecond=0))
    with (
        st.container() if first else st.expander(words("Begin another incident")),
        st.form("begin-incident"),
    ):
        st.markdown("#### " + words("Something is down now"))
        st.text_input(
            words("What is it about?"), key="incident-title", max_chars=_LONGEST,
            placeholder=words("Nobody gets through on our numbers"),
        )  # fmt: skip
        day, clock = st.columns(2)
        day.date_input(words("It began on"), key="incident-day", format="YYYY-MM-DD", max_value=now.date())
        clock.time_input(words("at"), key="incident-time", step=60)
        st.text_input(
            words("Your name"), key="incident-name", max_chars=LONGEST_NAME,
            placeholder=words("so that the log says who wrote it"),
        )  # fmt: skip
        st.form_submit_button(
            words("Begin"), type="primary", icon=":material/emergency:", on_click=_open, args=(session, opened),
            key="incident-begin", width="stretch",
        )  # fmt: skip


def _open(session: Session, opened: Stored) -> None:
    words, zone = session.words, ZoneInfo(opened.plan.organisation.timezone)
    with guard.problems(words):
        name = _name("incident-name", session)
        now = datetime.now(UTC)
        day, clock = given("incident-day") or now.astimezone(zone).date(), given("incident-time") or time()
        begun = min(_moment(day, clock, zone), now)
        title = (given("incident-title") or "").strip() or words(
            "Outage {when}", when=words.moment(begun.astimezone(zone))
        )
        _, seat = sittings.open_incident(
            cached.store(),
            opened.name,
            title=title,
            begun=begun,
            by=name,
            language=opened.plan.organisation.language,
        )
        _sit(session, seat)


def _moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)


def _name(key: str, session: Session) -> str:
    """The name that was typed, kept for the next time; without one, the app's: nobody is kept out over a name."""
    session.person = (given(key) or "").strip()
    return session.person or session.words("somebody")


def _sit(session: Session, seat: Seat) -> None:
    session.incident, session.incident_key = seat.sitting, seat.key
    session.incident_view = "now"


def _over(session: Session, lines: list[SittingLine]) -> None:
    """Incidents that are over: their log, report and scenario stay within reach."""
    words = session.words
    if not lines:
        return
    with st.expander(words("Incidents that are over ({n})", n=len(lines))):
        for line in lines:
            if st.button(
                plain(f"{line.title} · {words.moment(desk.of_plan(line.created, line.plan))}"),
                key=f"over-{line.id}",
            ):
                session.incident, session.incident_key, session.incident_view = line.id, "", "log"
                st.rerun()
