"""The log of an incident: a note in one line, actions for afterwards, and everything that was done, newest first."""

from __future__ import annotations

from datetime import date

import streamlit as st

from bcp.model.log_entry import ActionAgreed, ActionDone, Corrected, Entry, Noted
from bcp.model.log_words import entry_text
from bcp.ui.parts.incident_scene import Scene, say, write
from bcp.ui.parts.plain import plain
from bcp.ui.state import given, put

_SHOWN = 40
"""So many entries are shown at once."""


def note(scene: Scene) -> None:
    """A line for a note or a decision that is about no fallback; on every view, so that nothing goes unwritten."""
    if scene.seat is None:
        return
    words, key = scene.words, f"{scene.key}-note"
    with (
        st.form(key, border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.text_input(
            words("Note in the log"), key=f"{key}-text", max_chars=2000, placeholder=words("what happened, what was decided and why"),
            width="stretch",
        )  # fmt: skip
        st.form_submit_button(words("Write"), key=f"{key}-go", on_click=_noted, args=(scene, f"{key}-text"))


def _noted(scene: Scene, key: str) -> None:
    text = (given(key) or "").strip()
    if text and write(scene, Noted(text=text)):
        put(key, "")


def log(scene: Scene) -> None:
    """Actions, then the log."""
    _actions(scene)
    words = scene.words
    st.markdown("#### " + words("Log, newest first"))
    struck = {e.what.entry for e in scene.live.entries if isinstance(e.what, Corrected)}
    entries = sorted(scene.live.entries, key=lambda e: (e.when, e.number), reverse=True)
    for entry in entries[:_SHOWN]:
        _entry(scene, entry, struck=entry.number in struck)
    if len(entries) > _SHOWN:
        st.caption(
            words("{n} earlier entries are in the files below and in the report.", n=len(entries) - _SHOWN)
        )
    _correct(scene, [e for e in entries if e.number not in struck and not isinstance(e.what, Corrected)])


def _entry(scene: Scene, entry: Entry, *, struck: bool) -> None:
    text = plain(entry_text(entry, scene.plan, scene.words))
    shown = f"~~{text}~~" if struck else text
    late = ""
    if entry.happened is not None and (entry.at - entry.when).total_seconds() >= 60:  # noqa: PLR2004 - a minute
        late = " · " + scene.words("written {clock}", clock=scene.wall(entry.at))
    st.markdown(f"**{scene.wall(entry.when)}** {shown}  \n:small[{entry.number} · {plain(entry.who)}{late}]")


def _correct(scene: Scene, entries: list[Entry]) -> None:
    """Strike out an entry: it stays readable and counts no more."""
    if not scene.open or not entries:
        return
    words, key = scene.words, f"{scene.key}-strike"
    with st.expander(words("Strike out an entry")), st.form(key, border=False):
        st.caption(words("It stays in the log, struck out, and counts no more."))
        st.selectbox(
            words("Entry"), [e.number for e in entries], key=f"{key}-which",
            format_func={e.number: f"{e.number} · {entry_text(e, scene.plan, words)}"[:90] for e in entries}.__getitem__,
        )  # fmt: skip
        st.text_input(words("Why?"), key=f"{key}-reason", max_chars=300)
        st.form_submit_button(words("Strike out"), key=f"{key}-go", on_click=_struck, args=(scene, key))


def _struck(scene: Scene, key: str) -> None:
    number = given(f"{key}-which")
    if number:
        write(scene, Corrected(entry=number, reason=(given(f"{key}-reason") or "").strip()))


def _actions(scene: Scene) -> None:
    """What is to be done afterwards, with who and when."""
    words, key = scene.words, f"{scene.key}-action"
    with st.expander(words("To do afterwards ({n})", n=sum(not a.done for a in scene.now.actions))):
        for action in scene.now.actions:
            about = " · ".join(str(t) for t in (action.owner, action.due) if t)
            label = plain(f"{action.text} – {about}" if about else action.text)
            st.checkbox(
                label, action.done, key=f"{key}-{action.entry}-{action.done}", disabled=not scene.open,
                on_change=say, args=(scene, ActionDone(action=action.entry, done=not action.done)),
            )  # fmt: skip
        if scene.open:
            with st.form(key, border=False):
                st.text_input(words("What?"), key=f"{key}-text", max_chars=500)
                st.text_input(words("Who is responsible?"), key=f"{key}-owner", max_chars=100)
                st.date_input(words("Until"), None, key=f"{key}-due", format="YYYY-MM-DD")
                st.form_submit_button(words("Add"), key=f"{key}-go", on_click=_agreed, args=(scene, key))


def _agreed(scene: Scene, key: str) -> None:
    text, due = (given(f"{key}-text") or "").strip(), given(f"{key}-due")
    if not text:
        return
    owner = (given(f"{key}-owner") or "").strip()
    if write(scene, ActionAgreed(text=text, owner=owner, due=due if isinstance(due, date) else None)):
        for name, empty in (("text", ""), ("owner", ""), ("due", None)):
            put(f"{key}-{name}", empty)
