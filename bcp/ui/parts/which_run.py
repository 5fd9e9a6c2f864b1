"""Which run a page's results come from: the saved plan with its own decisions, and what of the screen is not in them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from bcp.model.setting_words import settings_text
from bcp.model.sitting import SittingKind
from bcp.store import Stored
from bcp.ui import cached
from bcp.ui.parts.plain import plain
from bcp.ui.state import Session
from bcp.usecases import sittings


def which_run(session: Session, opened: Stored, settings: Sequence[tuple[str, str]]) -> None:
    """Say from what a notice or document is made, where somebody may take it for another run."""
    words = session.words
    told = [
        words(
            "Made from the plan as saved (revision {n}); every fallback is decided on as the plan says.",
            n=opened.revision.number,
        )
    ]
    if settings:
        text = settings_text(settings, cached.parameters(session.running[0]), opened.plan, words)
        told.append(words("The outage is set as on the page Scenarios: {settings}.", settings=text))
    st.caption(plain(" ".join(told)))
    if session.trials:
        st.warning(
            words("What is on trial on the page Scenarios is not in this. Save it to the plan there first."),
            icon=":material/science:",
        )
    if _going_on(opened.name):
        st.info(
            words(
                "An incident or exercise is open on this plan. Its own decisions are not in this: they are on its page, with its own notices and report."
            ),
            icon=":material/emergency:",
        )


def _going_on(plan: str) -> bool:
    """Whether people are deciding something else on this plan just now."""
    store = cached.store()
    lines = (line for kind in SittingKind for line in sittings.every(store, kind=kind, open_only=True))
    return any(line.plan == plan for line in lines)
