"""The log of an exercise on the screen: decisions, parking lot, who is in, every entry; and notes into it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from bcp.model.decision import Act
from bcp.model.log_entry import Clock, Corrected, Joined, Noted, Parked
from bcp.model.log_words import entry_text, role_text
from bcp.model.sitting import standing
from bcp.model.situation import LoggedDecision, Situation
from bcp.ui import desk
from bcp.ui.parts.plain import unlinked
from bcp.ui.parts.plans import file_stem
from bcp.ui.parts.saving import save_button
from bcp.ui.parts.workshop_seat import Held, clock_text, write
from bcp.ui.state import Session, given, put
from bcp.usecases import exercises, sittings
from bcp.words import Words

_NOTE = "log-note"
_STRIKE, _STRIKE_REASON = "strike-entry", "strike-reason"
_STRIKABLE = 50


def decisions(mine: Held, now: Situation, words: Words) -> None:
    """Every decision with its time, its reason and its owner, the newest first."""
    if not now.decisions:
        st.caption(words("Nobody has decided anything yet."))
    for decision in reversed(now.decisions):
        st.markdown(decision_line(mine, decision, words))


def decision_line(mine: Held, decision: LoggedDecision, words: Words) -> str:
    """A decision in one line of Markdown."""
    what = f"{act_name(decision.act, words)}: **{unlinked(mine.live.plan.title(decision.fallback))}**"
    parts = [f"**{clock_text(mine, decision.t_s, words)}** {what}", unlinked(decision.who)]
    if decision.owner:
        parts.append(words("owner: {name}", name=unlinked(decision.owner)))
    if decision.reason:
        parts.append(words("reason: {why}", why=unlinked(decision.reason)))
    return " · ".join(parts)


def act_name(act: Act, words: Words) -> str:
    """What was decided or reported."""
    return {
        Act.ACTIVATE: words("Activate"),
        Act.IN_PLACE: words("In place"),
        Act.STAND_DOWN: words("Stand down"),
    }[act]


def parking(now: Situation, words: Words) -> None:
    """The parking lot: questions for afterwards."""
    for entry in now.parked:
        what = entry.what
        if isinstance(what, Parked):
            st.markdown(f"- {unlinked(what.text)} :small[{unlinked(entry.who)}]")
    if not now.parked:
        st.caption(words("Questions that are parked for afterwards stand here."))


def people(mine: Held, now: Situation, words: Words) -> None:
    """Who is in, by role, and the roles that nobody has taken."""
    by_role: dict[str, list[str]] = {role: [] for role in mine.live.sitting.settings.roles}
    for participant in now.participants:
        by_role.setdefault(participant.role, []).append(participant.name)
    lines = [
        f"- **{unlinked(role)}**: {unlinked(', '.join(names)) or '–'}" for role, names in by_role.items()
    ]
    st.markdown("\n".join(lines))
    st.caption(words.count("{n} participant is in.", "{n} participants are in.", len(now.participants)))


def note(session: Session, mine: Held, *, over: bool) -> None:
    """An observation, or something for the parking lot. Drawn outside of what is polled."""
    words = session.words
    st.text_area(words("Note"), key=_NOTE, max_chars=2000, height=80)
    with st.container(horizontal=True):
        st.button(words("Into the log"), key="log-note-keep", icon=":material/edit:", disabled=over,
                  on_click=_note, args=(session, mine, "note"))  # fmt: skip
        st.button(words("Into the parking lot"), key="log-note-park", icon=":material/local_parking:", disabled=over,
                  on_click=_note, args=(session, mine, "park"))  # fmt: skip


def _note(session: Session, mine: Held, where: str) -> None:
    text = str(given(_NOTE, "")).strip()
    if text and write(session, mine.seat, Parked(text=text) if where == "park" else Noted(text=text)):
        put(_NOTE, "")


def entries(mine: Held, words: Words) -> None:
    """Every entry, the newest first; what was struck out says so."""
    live = mine.live
    counting = {e.number for e in standing(live.entries)}
    rows = [
        {
            "#": entry.number,
            words("Time"): desk.local(entry.at).strftime("%H:%M:%S"),
            words("Who"): f"{entry.who} ({role_text(entry.role, words)})" if entry.role else entry.who,
            words("What"): entry_text(entry, live.plan, words)
            + ("" if entry.number in counting else f" [{words('struck out')}]"),
        }
        for entry in reversed(live.entries)
    ]
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        column_config={words("What"): st.column_config.TextColumn(width="large")},
    )


def strike(session: Session, mine: Held) -> None:
    """Strike out an entry that was wrong: it stays readable, and counts no more. Outside of what is polled."""
    words, live = session.words, mine.live
    open_to = [e for e in reversed(standing(live.entries)) if not isinstance(e.what, Joined | Clock)][
        :_STRIKABLE
    ]
    texts = {e.number: f"{e.number} · {entry_text(e, live.plan, words)}" for e in open_to}
    with st.expander(words("Strike out an entry"), icon=":material/strikethrough_s:"):
        st.selectbox(words("Entry"), list(texts), key=_STRIKE, format_func=texts.__getitem__)
        st.text_input(words("Reason"), key=_STRIKE_REASON, max_chars=300)
        st.button(
            words("Strike out"), key="strike-go", disabled=not texts, on_click=_strike, args=(session, mine)
        )


def _strike(session: Session, mine: Held) -> None:
    number = given(_STRIKE)
    if number is not None:
        write(session, mine.seat, Corrected(entry=number, reason=str(given(_STRIKE_REASON, "")).strip()))


def sheets(mine: Held, words: Words) -> None:
    """Script, answer key and role sheets to print, as the timeline has written them."""
    found = mine.exercise
    if found is not None:
        stem = file_stem(f"{words('EXERCISE')} {mine.live.sitting.title}")
        save_button(
            words("Script and role sheets"), lambda: exercises.written(found, mine.live.plan).encode(), words,
            file_name=f"{stem}-script.md", mime="text/markdown", key="script-text",
        )  # fmt: skip


def downloads(mine: Held, words: Words) -> None:
    """The log to take along, as a table and as text."""
    live = mine.live
    stem = file_stem(f"{words('EXERCISE')} {live.sitting.title}")
    with st.container(horizontal=True):
        save_button(words("Log as CSV"), lambda: sittings.log_csv(live, words), words,
                    file_name=f"{stem}.csv", mime="text/csv", key="log-csv")  # fmt: skip
        save_button(words("Log as text"), lambda: sittings.log_markdown(live, words).encode(), words,
                    file_name=f"{stem}.md", mime="text/markdown", key="log-text")  # fmt: skip
