"""Closing an incident, and what is left of it: the report, the log, and a scenario of its own."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import streamlit as st

from bcp.errors import BcpError
from bcp.model.log_entry import Closed
from bcp.store import PlanStore
from bcp.ui import cached, desk
from bcp.ui.parts import incident_marks
from bcp.ui.parts.incident_scene import Scene, last_at, write
from bcp.ui.parts.plain import plain
from bcp.ui.parts.plans import file_stem
from bcp.ui.parts.saving import save_button
from bcp.ui.state import carry, given
from bcp.usecases import incidents, marking, sittings
from bcp.words import LANGUAGES
from bcp.words import words as words_of


def afterwards(scene: Scene) -> None:
    """The files, at any time; and the way to close."""
    _files(scene)
    words = scene.words
    if scene.now.closed is not None:
        st.button(
            words("Keep it among the outages"), key=f"{scene.key}-keep", icon=":material/library_add:",
            on_click=_keep, args=(scene,),
        )  # fmt: skip
        if st.button(words("Leave the incident"), key=f"{scene.key}-leave"):
            scene.session.incident = scene.session.incident_key = ""
            st.rerun()
    elif scene.open:
        _close(scene)


def _keep(scene: Scene) -> None:
    """Make the incident an outage that can be run and exercised."""
    try:
        kept = incidents.keep_as_scenario(cached.store(), scene.live, desk.AUTHOR)
    except BcpError as error:
        scene.session.refused = scene.words.say(str(error))
    else:
        now = scene.words("It stands among the outages on the page Scenarios now.")
        before = scene.words("It stands among the outages on the page Scenarios already.")
        scene.session.told = (now if kept else before,)


def _close(scene: Scene) -> None:
    """The form: what is still marked is back, since when, or is not; and how it ended."""
    words, key = scene.words, f"{scene.key}-close"
    with st.expander(words("Close the incident"), icon=":material/flag:", expanded=_all_back(scene)):
        open_ones = marking.back_again(scene.now)
        if open_ones:
            names = ", ".join(scene.plan.title(m.component) for m in open_ones)
            st.warning(plain(words("Still marked: {names}", names=names)), icon=":material/warning:")
            _back(scene, key)
        with st.form(key, border=False):
            carry(scene.session, [f"{key}-text"])
            st.text_area(words("How did it end?"), key=f"{key}-text", max_chars=5000)
            st.form_submit_button(
                words("Close"), type="primary", key=f"{key}-go", on_click=_closed, args=(scene, key)
            )


def _all_back(scene: Scene) -> bool:
    """Something was marked, and all of it is back: time to close."""
    return bool(scene.now.marks) and not marking.back_again(scene.now)


def _back(scene: Scene, key: str) -> None:
    """Whether all of it is back, and since when; the report says nothing that nobody has said."""
    words = scene.words
    ways = {
        "now": words("Everything is back now"),
        "at": words("Everything is back since"),
        "no": words("Not everything is back"),
    }
    st.radio(words("Is it back?"), list(ways), None, key=f"{key}-back", format_func=ways.__getitem__)
    if given(f"{key}-back") == "at":
        st.time_input(words("at"), scene.moment(scene.now.clock.t_s).time(), key=f"{key}-time", step=60)
    elif given(f"{key}-back") == "no":
        st.caption(words("The report then says of these that nobody has said that they are back."))


def _closed(scene: Scene, key: str) -> None:
    """Mark what is said to be back, then close; a mark that was refused keeps the incident open."""
    back = given(f"{key}-back") if marking.back_again(scene.now) else "no"
    if back is None:
        scene.session.refused = scene.words("Say first whether it is back.")
        return
    if back != "no" and not incident_marks.all_back(scene, _since(scene, key) if back == "at" else None):
        return
    write(scene, Closed(text=(given(f"{key}-text") or "").strip()))


def _since(scene: Scene, key: str) -> datetime:
    now = scene.moment(scene.now.clock.t_s)
    return last_at(given(f"{key}-time") or now.time(), now).astimezone(UTC)


def _files(scene: Scene) -> None:
    """Report, log and scenario to take along; each is made when it is asked for."""
    words = scene.words
    st.markdown("#### " + words("To take along"))
    stem = (
        f"{file_stem(scene.live.sitting.plan)}-{words('incident')}-{scene.moment(0.0).strftime('%Y-%m-%d')}"
    )
    own = scene.plan.organisation.language
    language = own if own in LANGUAGES else scene.session.language
    shown = (
        ("report", words("Incident report (PDF)"), _report, f"{stem}.pdf", "application/pdf"),
        ("markdown", words("Log as text"), _markdown, f"{stem}.md", "text/markdown"),
        ("csv", words("Log as a table"), _table, f"{stem}.csv", "text/csv"),
        ("scenario", words("As a scenario"), _scenario, f"{stem}.yaml", "application/yaml"),
    )
    store, sitting = cached.store(), scene.live.sitting.id
    with st.container(horizontal=True):
        for name, label, made, file_name, mime in shown:
            save_button(
                label, partial(made, store, sitting, language), words, file_name=file_name, mime=mime, key=f"{scene.key}-{name}",
                primary=name == "report" and scene.now.closed is not None,
            )  # fmt: skip


def _report(store: PlanStore, sitting: str, language: str) -> bytes:
    live = sittings.live(store, sitting)
    return incidents.incident_report(live, language=language, made_at=datetime.now(UTC))


def _markdown(store: PlanStore, sitting: str, language: str) -> bytes:
    return sittings.log_markdown(sittings.live(store, sitting), words_of(language)).encode()


def _table(store: PlanStore, sitting: str, language: str) -> bytes:
    return sittings.log_csv(sittings.live(store, sitting), words_of(language))


def _scenario(store: PlanStore, sitting: str, language: str) -> bytes:  # noqa: ARG001 - made like the others
    return incidents.scenario_text(sittings.live(store, sitting)).encode()
