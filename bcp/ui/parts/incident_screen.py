"""The screen of an open incident: the clock, one of five views, and a line for notes; it brings itself up to date."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from bcp.store import Stored
from bcp.ui import cached, guard
from bcp.ui.parts import (
    incident_close,
    incident_fallbacks,
    incident_log,
    incident_marks,
    incident_next,
    incident_now,
    incident_start,
    incident_telling,
    pack,
)
from bcp.ui.parts.incident_scene import Scene, tell_refused
from bcp.ui.parts.plain import plain
from bcp.ui.state import Session, given, put, remember
from bcp.usecases import sittings

EVERY = "10s"
"""How often the screen looks whether time or somebody else has changed something."""

_KEY = "incident-view"


@st.fragment(run_every=EVERY)
def screen(session: Session, opened: Stored) -> None:
    """Everything below the title, as it stands now."""
    with guard.problems(session.words, stop=True):
        scene = _scene(session)
    tell_refused(session)
    _head(scene, opened)
    incident_next.at_a_glance(scene)
    view = _choose(scene)
    if view == "now":
        incident_now.standing(scene)
    elif view == "mark":
        incident_marks.marks(scene)
    elif view == "fallbacks":
        incident_fallbacks.fallbacks(scene)
    elif view == "tell":
        incident_telling.telling(scene)
    else:
        incident_log.log(scene)
        incident_close.afterwards(scene)
    incident_log.note(scene)
    _taking_part(scene)
    with st.container(horizontal=True):
        pack.offer(session, opened, key="pack-incident")


def _scene(session: Session) -> Scene:
    live = sittings.live(cached.store(), session.incident)
    at = datetime.now(UTC)
    return Scene(session, live, incident_start.seated(session), sittings.situation(live, now=at), at)


def _head(scene: Scene, opened: Stored) -> None:
    """What it is, the time, and how long it has gone on."""
    words, t = scene.words, scene.now.clock.t_s
    st.markdown(f"### {plain(scene.live.sitting.title)}")
    if scene.now.closed is not None:
        st.success(
            words(
                "Over since {clock}. Report and scenario are under “Log”.", clock=scene.wall(scene.now.closed)
            ),
            icon=":material/flag:",
        )
        return
    st.markdown(
        f"#### {scene.moment(t).strftime('%H:%M')} · "
        + words("{length} since {clock}", length=words.length(t), clock=scene.clock(0.0))
    )
    if scene.plan.content_hash != opened.plan.content_hash:
        st.caption(
            words(
                "It is worked on with revision {n} of the plan, which has changed since.",
                n=scene.live.sitting.revision,
            )
        )


def _taking_part(scene: Scene) -> None:
    names = ", ".join(p.name for p in scene.now.participants)
    if names:
        st.caption(scene.words("Taking part: {names}", names=plain(names)))


def _choose(scene: Scene) -> str:
    """The views; short names, so that they stand on one line of a phone."""
    session, words = scene.session, scene.words
    names = {
        "now": words("Now"),
        "mark": words("Mark"),
        "fallbacks": words("Ways around"),
        "tell": words("Tell"),
        "log": words("Log"),
    }
    put(_KEY, session.incident_view)
    st.segmented_control(
        words("View"), list(names), key=_KEY, format_func=names.__getitem__, on_change=_chosen, args=(session,),
        label_visibility="collapsed", required=True, width="stretch",
    )  # fmt: skip
    return session.incident_view


def _chosen(session: Session) -> None:
    remember(session)
    session.incident_view = given(_KEY) or session.incident_view
