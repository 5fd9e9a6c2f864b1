"""The emergency pack: the button that saves it, and whether the last one saved is still good."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st

from bcp.model.pack import PackMade, is_stale
from bcp.model.plan import Plan
from bcp.store import Stored
from bcp.ui import cached, desk
from bcp.ui.parts.plans import file_stem
from bcp.ui.parts.saving import save_button
from bcp.ui.state import Session
from bcp.usecases import packs
from bcp.words import LANGUAGES


def offer(session: Session, opened: Stored, *, key: str, width: str = "content") -> None:
    """A button that makes the pack when it is clicked, and a line on how old the last one is."""
    words = session.words
    if cached.problems(opened.plan):
        st.caption(words("The emergency pack can be made when the problems of the plan are mended."))
        return
    language = _language(session, opened.plan)
    saved = save_button(
        words("Emergency pack"),
        partial(_made, opened, language),
        words,
        file_name=f"{file_stem(opened.name)}-{words('emergency-pack')}.html",
        mime="text/html",
        icon=":material/medical_services:",
        key=key,
        hint=words("One file that works on a phone without a network, and on paper."),
        width="stretch" if width == "stretch" else "content",
    )
    if saved:
        _remember(opened)


def age(session: Session, opened: Stored) -> None:
    """Say whether the last pack that was taken along is still good."""
    words, last = session.words, packs.last_pack(cached.store(), opened.name)
    if last is None:
        st.caption(words("No emergency pack has been saved yet. Save one on your phone before you need it."))
        return
    when = words.moment(desk.local(last.made_at))
    if is_stale(last, opened.plan, _today(opened.plan)):
        text = words(
            "The emergency pack you saved ({when}, revision {n}) is older than the plan. Save a new one.",
            when=when,
            n=last.revision,
        )
        st.warning(text, icon=":material/update:")
    else:
        st.caption("✓ " + words("The emergency pack saved {when} is up to date.", when=when))


def _language(session: Session, plan: Plan) -> str:
    """The plan's language, where the product speaks it: whoever opens the pack belongs to the organisation."""
    own = plan.organisation.language
    return own if own in LANGUAGES else session.language


def _today(plan: Plan) -> date:
    return datetime.now(UTC).astimezone(ZoneInfo(plan.organisation.timezone)).date()


def _made(opened: Stored, language: str) -> bytes:
    return packs.emergency_pack(
        opened.plan, language=language, made_on=_today(opened.plan), revision=str(opened.revision.number)
    )


def _remember(opened: Stored) -> None:
    made = PackMade(
        revision=opened.revision.number,
        content_hash=opened.revision.content_hash,
        made_at=datetime.now(UTC),
    )
    packs.remember_pack(cached.store(), opened.name, made)
