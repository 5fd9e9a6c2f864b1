"""The answer key before the facilitator: which fallbacks really work, by when, what is expected, and what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from bcp.files.exercise_text import decide_by_text
from bcp.model.assumed import with_doubts
from bcp.model.decision import Act
from bcp.model.exercise import Expected
from bcp.model.names import verdict_name
from bcp.model.situation import Situation
from bcp.ui.parts.levels import VERDICT_SIGN
from bcp.ui.parts.plain import unlinked
from bcp.ui.parts.workshop_seat import Held, clock_text
from bcp.words import Words


def key(mine: Held, now: Situation, words: Words) -> None:
    """A row for every fallback that the outage calls for, with what participants have decided."""
    found, plan = mine.exercise, mine.live.plan
    if found is None or not found.key:
        st.caption(words("This outage calls for no fallback."))
        return
    decided = {d.fallback: d.t_s for d in reversed(now.decisions) if d.act is Act.ACTIVATE}
    rows = [
        {
            words("Fallback"): plan.title(c.fallback),
            words(
                "Verdict"
            ): f"{VERDICT_SIGN[c.verdict]} {with_doubts(verdict_name(c.verdict, words), c.doubts, words)}",
            words("Decide by"): decide_by_text(c, words),
            words("For"): ", ".join(plan.title(i) for i in c.enough_for) or "–",
            words("Because"): ", ".join(plan.title(i) for i in c.because) or "–",
            words("Decided"): words.clock(decided[c.fallback]) if c.fallback in decided else "–",
        }
        for c in found.key
    ]
    wrapped(rows)
    st.caption(words("What is told, and when limits are reached, holds as long as nobody decides anything."))


def expected(mine: Held, now: Situation, words: Words) -> None:
    """What participants should do and by when, with what has been done about it as far as decisions tell."""
    found = mine.exercise
    if found is None:
        return
    names = found.names()
    decided = {d.fallback for d in now.decisions if d.act is Act.ACTIVATE}
    wrapped(
        [
            {
                words("State"): _state(e, decided, now.clock.t_s, words),
                words("Latest"): clock_text(mine, e.by_s, words),
                words("Who"): ", ".join(names[r] for r in e.to) or words("everybody"),
                words("What"): e.text,
            }
            for e in found.expected
        ]
    )


def _state(expected: Expected, decided: set[str], t_s: float, words: Words) -> str:
    if expected.fallback and expected.fallback in decided:
        return "✕ " + words("decided all the same") if expected.avoid else "✓ " + words("decided on")
    return "◷ " + words("due") if expected.by_s <= t_s and not expected.avoid else "–"


def wrapped(rows: Sequence[Mapping[str, str]]) -> None:
    """A table whose cells show all of their text. Nothing in it is read as markup."""
    st.table(
        pd.DataFrame([{head: unlinked(cell) for head, cell in row.items()} for row in rows]), hide_index=True
    )
