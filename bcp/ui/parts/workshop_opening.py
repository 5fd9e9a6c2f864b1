"""Opening an exercise: from the open plan and an outage, with the roles and injects that the timeline gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from bcp.model.duration import MINUTE
from bcp.model.exercise import Exercise
from bcp.model.log_entry import EVERYBODY
from bcp.model.sitting import PlannedInject, SittingKind, SittingSettings
from bcp.store import Stored
from bcp.ui import cached, desk, guard
from bcp.ui.parts import outages
from bcp.ui.parts.plain import plain
from bcp.ui.state import Session, given, seed, write_address
from bcp.usecases import exercises, sittings
from bcp.words import Words

_PICK = "workshop-scenario"
_NAME = "facilitator-name"


def opening(session: Session, opened: Stored) -> None:
    """Choose an outage, look through what it gives, and open the exercise."""
    words, plan = session.words, opened.plan
    known = outages.known(opened.name)
    last, settings = session.running
    seed(_PICK, outages.first(session, opened, known))
    with st.container(border=True):
        st.subheader(words("Open an exercise"))
        picked = st.selectbox(
            words("What fails?"),
            list(known),
            key=_PICK,
            format_func=lambda i: outages.title(i, known[i], words),
        )
        with guard.problems(words, stop=True), st.spinner(words("Writing the exercise …")):
            scenario = cached.scenario_on(plan, picked, settings if picked == last else ())
            found = exercises.exercise(plan, scenario)
        _summary(found, words)
        roles = st.multiselect(
            words("Roles at the table"), [r.name for r in found.roles], [r.name for r in found.roles],
            key=f"workshop-roles-{picked}",
        )  # fmt: skip
        injects = _script(found, picked, words)
        name = st.text_input(words("Your name"), key=_NAME, max_chars=60, autocomplete="name")
        if st.button(words("Open the exercise"), key="open-exercise", type="primary", icon=":material/groups:",
                     disabled=not roles):  # fmt: skip
            if not name.strip():
                st.warning(words("Say your name first, so that the others know who speaks."))
                st.stop()
            with guard.problems(words, stop=True):
                sitting, seat = sittings.open_exercise(
                    cached.store(), opened.name, scenario, title=found.title, injects=injects,
                    settings=SittingSettings(roles=tuple(roles)), language=found.language, by=name,
                )  # fmt: skip
                session.workshop, session.workshop_key = sitting.id, seat.key
                write_address(session)
            st.rerun()


def _summary(found: Exercise, words: Words) -> None:
    timed = [i for i in found.injects if not i.upon]
    st.caption(
        " · ".join(
            (
                words.count("{n} role", "{n} roles", len(found.roles)),
                words.count("{n} inject by time", "{n} injects by time", len(timed)),
                words.count(
                    "{n} event that follows when the participants decide",
                    "{n} events that follow when the participants decide",
                    len(found.injects) - len(timed),
                ),
                words("lasts {length} on the exercise clock", length=words.length(found.ends_s)),
            )
        )
    )


def _script(found: Exercise, picked: str, words: Words) -> tuple[PlannedInject, ...]:
    """Let the script be changed: what is left out, when, to whom and in which words."""
    planned = exercises.planned_injects(found)
    with st.expander(words("Change the script"), icon=":material/edit_note:"):
        rows = pd.DataFrame([_row(i, found.language, words) for i in planned])
        changed: Any = st.data_editor(
            rows,
            key=f"workshop-script-{picked}",
            hide_index=True,
            disabled=[words("By hand")],
            column_config={
                words("Text"): st.column_config.TextColumn(width="large"),
                words("Minute"): st.column_config.NumberColumn(min_value=0, max_value=44_640, step=1),
            },
        )
    return _changed(planned, changed.to_dict("records"), found.language, words)


def _row(inject: PlannedInject, language: str, words: Words) -> dict[str, Any]:
    return {
        words("Use"): True,
        words("Minute"): inject.at_s / MINUTE,
        words("To"): words("everybody") if inject.to == EVERYBODY else inject.to,
        words("Channel"): inject.channel,
        words("Text"): inject.text[language],
        words("By hand"): inject.by_hand,
    }


def _changed(
    planned: Sequence[PlannedInject], rows: Sequence[dict[str, Any]], language: str, words: Words
) -> tuple[PlannedInject, ...]:
    kept = []
    for inject, row in zip(planned, rows, strict=True):
        if not row[words("Use")]:
            continue
        to, text = str(row[words("To")] or ""), str(row[words("Text")] or "")
        update = {
            "at_s": float(row[words("Minute")] or 0.0) * MINUTE,
            "to": EVERYBODY if to.strip() in ("", words("everybody")) else to[:300],
            "channel": str(row[words("Channel")] or "")[:300],
            "text": {language: text or inject.text[language]},
        }
        kept.append(inject.model_copy(update=update))
    return tuple(kept)


def earlier(session: Session) -> None:
    """The exercises that are open, to go on with, and those that are over, to read."""
    words = session.words
    found = sittings.every(cached.store(), kind=SittingKind.EXERCISE)[:_LISTED]
    if not found:
        st.caption(words("Exercises that you open are listed here, with their logs and what was learnt."))
        return
    st.subheader(words("Exercises"))
    for line in found:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                words("Go on") if line.closed is None else words("Look"), key=f"go-on-{line.id}",
                icon=":material/login:", on_click=_enter, args=(session, line.id),
            )  # fmt: skip
            when = words.moment(desk.local(line.created))
            state = words("open") if line.closed is None else words("over")
            st.markdown(f"**{plain(line.title)}** · {plain(line.plan)} · {when} · {state}")


_LISTED = 20


def _enter(session: Session, sitting: str) -> None:
    name = str(given(_NAME, "")).strip() or session.words("Facilitator")
    seat = sittings.take_over(cached.store(), sitting, name)
    session.workshop, session.workshop_key = sitting, seat.key


def leave(session: Session) -> None:
    """Back to the list of exercises; for a button. The exercise goes on."""
    session.workshop = session.workshop_key = ""
