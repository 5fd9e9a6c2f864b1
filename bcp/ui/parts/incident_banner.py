"""The banner on every page while an incident is open, with the way to it."""

from __future__ import annotations

import streamlit as st

from bcp.model.sitting import SittingKind
from bcp.store.sittings import SittingLine
from bcp.ui import cached, desk, guard, navigation
from bcp.ui.parts.plain import plain
from bcp.ui.state import Session
from bcp.usecases import sittings


def banner(session: Session, page: str) -> None:
    """The open incident that began last, and how many others are open; on the incident's own page there is none."""
    if page == "incident":
        return
    with guard.problems(session.words):
        lines = sittings.every(cached.store(), kind=SittingKind.INCIDENT, open_only=True)
        if lines:
            _line(session, max(lines, key=lambda line: (line.created, line.id)), len(lines) - 1)


def _line(session: Session, line: SittingLine, others: int) -> None:
    words = session.words
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", key=f"incident-banner-{line.id}"
    ):
        since = words("open since {when}", when=words.moment(desk.of_plan(line.created, line.plan)))
        more = " · " + words.count("{n} other is open", "{n} others are open", others) if others else ""
        st.markdown(
            f":red-badge[▲ {words('INCIDENT')}] **{plain(line.title)}** · {plain(line.plan)} · {plain(since)}{more}",
            width="stretch",
        )
        if st.button(
            words("Go to the incident"),
            key=f"to-incident-{line.id}",
            type="primary",
            icon=":material/emergency:",
        ):
            if session.plan != line.plan:
                session.open(line.plan)
            if session.incident != line.id:
                session.incident, session.incident_key = line.id, ""
            navigation.go(session, "incident")
