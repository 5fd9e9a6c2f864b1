"""Marking what is down, degraded or back: by hand, or from a scenario, a notice or calls that people tried."""

from __future__ import annotations

from datetime import UTC, datetime, time

import streamlit as st

from bcp.model.component import Kind
from bcp.model.log_entry import Marked
from bcp.ui import cached, guard
from bcp.ui.parts import outages, sample_calls
from bcp.ui.parts.fields import kind_of
from bcp.ui.parts.incident_scene import Scene, last_at, say, write
from bcp.ui.parts.levels import level_text
from bcp.ui.parts.plain import plain
from bcp.ui.state import carry, given, put, seed
from bcp.usecases import marking, notices_in
from bcp.words import Words

_FIELDS = ("what", "state", "level", "frozen", "since", "time", "source")
"""The fields of the form, which keep what they hold while another view is looked at."""

_NEVER_MARKED = (Kind.ACTIVITY, Kind.CUSTOMER_GROUP)
_KINDS = ["ics", "ical", "eml", "json", "xml", "atom", "rss", "cap"]


def marks(scene: Scene) -> None:
    """What is marked with a button for back, and the ways to mark more."""
    _standing(scene)
    if not scene.open:
        return
    _by_hand(scene)
    with st.expander(scene.words("Take it from elsewhere"), icon=":material/input:"):
        _from_elsewhere(scene)


def _standing(scene: Scene) -> None:
    """Everything that was marked and is not back."""
    words = scene.words
    hurt = [m for m in scene.now.marks if m.level < 1.0 or m.frozen]
    for mark in hurt:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            frozen = f" · ❄ {words('nothing can be changed there')}" if mark.frozen else ""
            source = f" · {mark.source}" if mark.source else ""
            about = f"{words('since {clock}', clock=scene.clock(mark.since_s))}{frozen}{source}"
            st.markdown(
                f"**{plain(scene.plan.title(mark.component))}** {level_text(mark.level, words)}  \n:small[{plain(about)}]",
                width="stretch",
            )
            if scene.open:
                st.button(
                    words("It is back"), key=f"{scene.key}-back-{mark.component}", icon=":material/check:",
                    on_click=say, args=(scene, Marked(component=mark.component, level=1.0)),
                )  # fmt: skip
    if len(hurt) > 1 and scene.open:
        st.button(
            words("Everything is back"), key=f"{scene.key}-all-back", icon=":material/done_all:", on_click=_everything_back,
            args=(scene,),
        )  # fmt: skip
    back = [m for m in scene.now.marks if m.level >= 1.0 and not m.frozen]
    if back:
        names = ", ".join(f"{scene.plan.title(m.component)} ({scene.clock(m.since_s)})" for m in back)
        st.caption("✓ " + words("Back: {names}", names=plain(names)))


def all_back(scene: Scene, since: datetime | None = None) -> bool:
    """Mark everything that is marked as back, since a moment or from now; False where that was refused.

    Nothing is back before it was down.
    """
    down = {m.component: scene.moment(m.since_s).astimezone(UTC) for m in scene.now.marks}
    return all(
        write(scene, mark, None if since is None else max(since, down[mark.component]))
        for mark in marking.back_again(scene.now)
    )


def _everything_back(scene: Scene) -> None:
    all_back(scene)


def markable(scene: Scene) -> list[str]:
    """What can be marked: everything but activities and customers, whose state follows; by kind, then name."""
    order = tuple(Kind)
    found = [i for i, c in scene.plan.components.items() if c.kind not in _NEVER_MARKED]
    return sorted(
        found, key=lambda i: (order.index(scene.plan.components[i].kind), scene.plan.title(i).casefold(), i)
    )


def _named(scene: Scene, component: str) -> str:
    return f"{scene.plan.title(component)} · {kind_of(scene.plan.components[component], scene.words)}"


def _by_hand(scene: Scene) -> None:
    """The form: what, how bad, since when, known from where."""
    words, key = scene.words, f"{scene.key}-mark"
    states = {"down": words("Down"), "degraded": words("Degraded"), "back": words("Back")}
    since = {
        "now": words("now"),
        "start": words("the beginning ({clock})", clock=scene.clock(0.0)),
        "at": words("another time"),
    }
    carry(scene.session, [f"{key}-{name}" for name in _FIELDS])
    seed(f"{key}-since", "now" if scene.now.marks else "start")
    with st.container(border=True):
        st.markdown("#### " + words("Mark what you see"))
        st.selectbox(
            words("What?"), markable(scene), index=None, key=f"{key}-what", format_func=lambda i: _named(scene, i),
            placeholder=words("Type a name or a number"),
        )  # fmt: skip
        seed(f"{key}-state", "down")
        st.segmented_control(
            words("How is it?"),
            list(states),
            key=f"{key}-state",
            format_func=states.__getitem__,
            required=True,
            width="stretch",
        )
        if given(f"{key}-state") == "degraded":
            st.slider(words("How much still works"), 5, 95, 50, 5, format="%d %%", key=f"{key}-level")
        if given(f"{key}-state") != "back":
            st.checkbox(words("Nothing can be changed there: no portal, no diversions"), key=f"{key}-frozen")
        st.segmented_control(
            words("Since when?"),
            list(since),
            key=f"{key}-since",
            format_func=since.__getitem__,
            required=True,
            width="stretch",
        )
        if given(f"{key}-since") == "at":
            st.time_input(words("at"), scene.moment(scene.now.clock.t_s).time(), key=f"{key}-time", step=60)
        st.text_input(
            words("Known from"),
            key=f"{key}-source",
            max_chars=200,
            placeholder=words("operator's fault desk, own test call …"),
        )
        st.button(
            words("Mark"), key=f"{key}-go", type="primary", width="stretch", on_click=_mark, args=(scene,)
        )


def _mark(scene: Scene) -> None:
    """Write what the form says, and make it ready for the next component."""
    key = f"{scene.key}-mark"
    component = given(f"{key}-what")
    if not component:
        scene.session.refused = scene.words("Say what is to be marked first.")
        return
    level = {"down": 0.0, "degraded": int(given(f"{key}-level") or 50) / 100, "back": 1.0}[
        given(f"{key}-state")
    ]
    frozen = bool(given(f"{key}-frozen")) and level < 1.0
    source = (given(f"{key}-source") or "").strip()
    what = Marked(component=component, level=level, frozen=frozen, source=source)
    if write(scene, what, _since(scene, key)):
        put(f"{key}-what", None)
        put(f"{key}-source", "")


def _since(scene: Scene, key: str) -> datetime | None:
    """The moment that the form names; None for now."""
    match given(f"{key}-since"):
        case "start":
            return scene.moment(0.0).astimezone(UTC)
        case "at":
            now = scene.moment(scene.now.clock.t_s)
            clock: time = given(f"{key}-time") or now.time()
            return last_at(clock, now).astimezone(UTC)
    return None


def _from_elsewhere(scene: Scene) -> None:
    """Proposals from a scenario, a notice or calls, to be ticked and marked at once."""
    words = scene.words
    ways = {
        "scenario": words("A scenario"),
        "notice": words("A supplier's notice"),
        "calls": words("Calls that people tried"),
    }
    seed(f"{scene.key}-way", "scenario")
    way = st.segmented_control(
        words("From"), list(ways), key=f"{scene.key}-way", format_func=ways.__getitem__, required=True
    )
    with guard.problems(words):
        found = {"scenario": _of_scenario, "notice": _of_notice, "calls": _of_calls}[way or "scenario"](scene)
        if found is not None:
            _propose(scene, found)


def _of_scenario(scene: Scene) -> tuple[Marked, ...] | None:
    known = outages.known(scene.live.sitting.plan)
    picked = st.selectbox(
        scene.words("It looks like"), list(known), index=None, key=f"{scene.key}-scenario",
        format_func=lambda i: outages.title(i, known[i], scene.words),
    )  # fmt: skip
    return (
        None
        if picked is None
        else marking.marks_of_scenario(scene.plan, cached.scenario_on(scene.plan, picked, ()))
    )


def _of_notice(scene: Scene) -> tuple[Marked, ...] | None:
    files = st.file_uploader(
        scene.words("Files with notices"),
        type=_KINDS,
        accept_multiple_files=True,
        key=f"{scene.key}-notices",
        max_upload_size=5,
    )
    if not files:
        return None
    read = notices_in.read_uploads([(file.name, file.getvalue()) for file in files], scene.plan)
    return marking.marks_of_notices(scene.plan, read)


def _of_calls(scene: Scene) -> tuple[Marked, ...] | None:
    words: Words = scene.words
    calls = sample_calls.given_calls(words)
    if calls is None:
        return None
    suspects = marking.marks_of_calls(scene.plan, calls, words("test calls"))
    for mark, probability in suspects:
        st.caption(f"{plain(scene.plan.title(mark.component))}: {words.percent(round(probability, 2))}")
    return tuple(mark for mark, _ in suspects)


def _propose(scene: Scene, found: tuple[Marked, ...]) -> None:
    words = scene.words
    if not found:
        st.info(words("Nothing of this is in the plan."))
        return
    by_component = {mark.component: mark for mark in found}
    picked = st.multiselect(
        words("To be marked"), list(by_component), list(by_component), key=f"{scene.key}-proposed-{'-'.join(by_component)[:60]}",
        format_func=lambda i: f"{_named(scene, i)} {level_text(by_component[i].level, words)}",
    )  # fmt: skip
    st.button(
        words.count("Mark {n}", "Mark {n}", len(picked)), key=f"{scene.key}-propose", type="primary",
        disabled=not picked, on_click=_mark_all, args=(scene, tuple(by_component[i] for i in picked)),
    )  # fmt: skip


def _mark_all(scene: Scene, chosen: tuple[Marked, ...]) -> None:
    """The first marks of an incident hold from its beginning, later ones from now."""
    when = None if scene.now.marks else scene.moment(0.0).astimezone(UTC)
    for mark in chosen:
        write(scene, mark, when)
