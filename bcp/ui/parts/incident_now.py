"""How it stands now: activities with the time to their limits, what is down, what happens next."""

from __future__ import annotations

import streamlit as st

from bcp.model.component import Bia
from bcp.model.situation import ActivityNow, Ahead, AheadKind
from bcp.ui.parts.incident_scene import Scene
from bcp.ui.parts.levels import Paint, level_text
from bcp.ui.parts.plain import plain
from bcp.words import Words

_AHEAD = 8
"""So many things ahead are shown at once."""


def standing(scene: Scene) -> None:
    """The activities, those in trouble first; then what is down; then what comes."""
    words, now = scene.words, scene.now
    assumed = scene.live.sitting.scenario
    if not now.marks and assumed is not None:
        title = plain(assumed.titled(words.language))
        st.info(words("Assumed so far: {title}. Mark what you see yourself under “Mark”.", title=title))
    elif not now.marks:
        st.info(words("Nothing is marked yet. Mark what is down under “Mark”: all else follows from that."))
    hit = [a for a in now.activities if not a.enough or a.level < 1.0 or a.falls_s is not None]
    for activity in sorted(hit, key=_pressing):
        _activity(scene, activity)
    rest = [scene.plan.title(a.activity) for a in now.activities if a not in hit]
    if rest and now.marks:
        st.caption("✓ " + words("Not affected: {names}", names=plain(", ".join(rest))))
    _next(scene)


def _pressing(activity: ActivityNow) -> tuple[bool, float]:
    """Those below what is enough first, the nearest limit first."""
    limits = [t for t in (activity.rto_at_s, activity.mtpd_at_s, activity.falls_s) if t is not None]
    return activity.enough, min(limits, default=float("inf"))


def _activity(scene: Scene, activity: ActivityNow) -> None:
    """One activity in a box: its level, since when, and how long to each limit."""
    words, t = scene.words, scene.now.clock.t_s
    bia = scene.plan.components[activity.activity].analysis
    with st.container(border=True):
        paint: Paint = "orange" if activity.enough else "red"
        level = f":{paint}-badge[{level_text(activity.level, words)}]"
        st.markdown(f"#### {plain(scene.plan.title(activity.activity))} {level}")
        if not activity.enough and activity.below_since_s is not None:
            since = words("Down since {clock}: {length}", clock=scene.clock(activity.below_since_s),
                          length=words.length(t - activity.below_since_s))  # fmt: skip
            st.markdown(f"**{plain(since)}**")
        elif activity.falls_s is not None:
            falls = words("Falls below its minimum at {clock}, {left}", clock=scene.clock(activity.falls_s),
                          left=scene.left(activity.falls_s))  # fmt: skip
            st.markdown(f"**◷ {plain(falls)}**")
        for line in _limits(scene, activity, bia):
            st.markdown(line)
        if activity.back_s is not None and activity.back_s > t and not activity.enough:
            st.markdown(plain(words("Back at {clock} as things stand", clock=scene.clock(activity.back_s))))


def _limits(scene: Scene, activity: ActivityNow, bia: Bia) -> list[str]:
    """A line for each limit: reached, how long is left, and whether it will hold as things stand."""
    words, t = scene.words, scene.now.clock.t_s
    if activity.enough and activity.falls_s is None:
        return []
    lines = []
    for name, at, breaks in (
        ("RTO", activity.rto_at_s if bia.rto is not None else None, activity.rto_breaks),
        ("MTPD", activity.mtpd_at_s if bia.mtpd is not None else None, activity.mtpd_breaks),
    ):
        if at is None:
            continue
        clock, left = scene.clock(at), scene.left(at)
        if at <= t:
            text = words("{limit} broken at {clock}, {left}", limit=name, clock=clock, left=left)
            lines.append(f":red[**✕ {text}**]")
        elif breaks:
            text = words(
                "{limit} at {clock}, {left}: will break as things stand", limit=name, clock=clock, left=left
            )
            lines.append(f":orange[**◷ {text}**]")
        else:
            text = words(
                "{limit} at {clock}, {left}: holds as things stand", limit=name, clock=clock, left=left
            )
            lines.append(f":green[**✓ {text}**]")
    return lines


def _next(scene: Scene) -> None:
    """What happens as things stand, in time."""
    words, t = scene.words, scene.now.clock.t_s
    ahead = [a for a in scene.now.ahead if a.at_s > t and a.kind != AheadKind.OVER]
    if not ahead:
        return
    st.markdown("#### " + words("What comes next, as things stand"))
    lines = [
        f"- **{scene.clock(a.at_s)}** ({scene.left(a.at_s)}) {ahead_sign(a)} {plain(ahead_text(scene, a))}"
        for a in ahead[:_AHEAD]
    ]
    st.markdown("\n".join(lines))
    if len(ahead) > _AHEAD:
        with st.expander(words("{n} more", n=len(ahead) - _AHEAD)):
            st.markdown(
                "\n".join(
                    f"- **{scene.clock(a.at_s)}** {ahead_sign(a)} {plain(ahead_text(scene, a))}"
                    for a in ahead[_AHEAD:]
                )
            )


def ahead_sign(ahead: Ahead) -> str:
    """A sign for what happens, so that it can be taken in at a glance."""
    return {
        AheadKind.BELOW: "▼", AheadKind.DOWN: "▼", AheadKind.RTO: "✕", AheadKind.MTPD: "✕", AheadKind.BLOCKED: "✕",
        AheadKind.USED_UP: "✕", AheadKind.BACK: "▲", AheadKind.UP: "▲", AheadKind.IN_PLACE: "✓",
    }.get(ahead.kind, "·")  # fmt: skip


def ahead_text(scene: Scene, ahead: Ahead) -> str:
    """What happens, in words."""
    return _said(ahead.kind, scene.plan.title(ahead.subject) if ahead.subject else "", scene.words)


def _said(kind: AheadKind, name: str, words: Words) -> str:
    return {
        AheadKind.BELOW: words("{name} falls below its minimum", name=name),
        AheadKind.BACK: words("{name} is back at its minimum", name=name),
        AheadKind.RTO: words("{name} breaks its RTO", name=name),
        AheadKind.MTPD: words("{name} breaks its MTPD", name=name),
        AheadKind.DOWN: words("{name} goes down", name=name),
        AheadKind.UP: words("{name} comes back", name=name),
        AheadKind.NOTICED: words("the need for {name} is noticed", name=name),
        AheadKind.IN_PLACE: words("{name} carries load", name=name),
        AheadKind.BLOCKED: words("{name} is blocked", name=name),
        AheadKind.USED_UP: words("{name} is used up", name=name),
        AheadKind.OVER: words("the scenario is over"),
    }[kind]
