"""Which kind of weakness is shown, and those that are worked out beside the page."""

from __future__ import annotations

from functools import partial

import streamlit as st

from bcp import usecases
from bcp.model.plan import Plan
from bcp.model.recovery import Demand
from bcp.ui import background, guard
from bcp.ui.parts.demands import demands
from bcp.ui.parts.fates import fates
from bcp.ui.parts.recoveries import recoveries
from bcp.ui.state import Session, given, put
from bcp.words import Words

_KEY = "weakness-view"


def choose(session: Session) -> str:
    """Draw the choice; the view chosen."""
    words = session.words
    names = {
        "sets": words("What takes it down"),
        "fate": words("Shared fate"),
        "recovery": words("Recovery from black"),
        "demands": words("What suppliers owe"),
        "people": words("People and channels"),
    }
    put(_KEY, session.weakness_view)
    st.segmented_control(
        words("View"),
        list(names),
        format_func=names.__getitem__,
        key=_KEY,
        on_change=_choose,
        args=(session,),
        label_visibility="collapsed",
        required=True,
    )
    return session.weakness_view


def _choose(session: Session) -> None:
    session.weakness_view = given(_KEY) or session.weakness_view


def fate(plan: Plan, words: Words) -> None:
    """What is said to be independent, and what it has in common."""
    wanted = ("fate", plan.content_hash)
    found = background.whole(wanted, lambda _: usecases.stand_ins(plan), words, key="fate")
    fates(plan, *found, words)


def recovery(plan: Plan, words: Words) -> None:
    """How everything comes up again from black."""
    wanted = ("way up", plan.content_hash)
    recoveries(plan, background.whole(wanted, lambda _: usecases.way_up(plan), words, key="recovery"), words)


def owed(plan: Plan, words: Words) -> None:
    """What each component owes the activities, the strictest first, as it is worked out."""
    total, parts = usecases.owed_parts(plan)
    job = background.jobs().start(("owed", plan.content_hash), total, partial(iter, parts))

    def draw(found: tuple[Demand, ...]) -> None:
        with guard.problems(words):
            if job.error is not None:
                raise job.error
            if found or not job.running:
                demands(plan, found, words)

    background.watch(job, words, key="owed", draw=draw)
