"""How activities and fallbacks of a sitting stand: levels, countdowns to the limits, what is in the way."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from bcp.model.names import state_name
from bcp.model.plan import Plan
from bcp.model.run import FallbackState
from bcp.model.situation import ActivityNow, FallbackNow
from bcp.ui.parts.levels import FULL, level_text
from bcp.ui.parts.plain import unlinked
from bcp.ui.parts.workshop_seat import minutes
from bcp.words import Words


def activities(plan: Plan, stand: Iterable[ActivityNow], t_s: float, words: Words) -> None:
    """A paragraph for every activity that is not whole, those with the least time left first; the others in one line."""
    found = tuple(stand)
    hit = [a for a in found if not a.enough or a.level < FULL]
    for a in sorted(hit, key=lambda a: (a.enough, a.rto_at_s or a.mtpd_at_s or 0.0, a.activity)):
        limits = [
            f"{name} {countdown(limit, t_s, breaks=breaks, words=words)}"
            for name, limit, breaks in (
                ("RTO", a.rto_at_s, a.rto_breaks),
                ("MTPD", a.mtpd_at_s, a.mtpd_breaks),
            )
            if limit is not None and not a.enough
        ]
        st.markdown(
            f"**{unlinked(plan.title(a.activity))}** · {level_text(a.level, words)}  \n"
            + (" · ".join(limits) or words("enough for now"))
        )
    well = [plan.title(a.activity) for a in found if a.enough and a.level >= FULL]
    if well:
        st.caption("● " + words("Works: {names}", names=unlinked(", ".join(well))))


def next_limit(plan: Plan, stand: Iterable[ActivityNow], t_s: float, words: Words) -> None:
    """The limit that is reached next, with the time left, in one line; nothing where none is ahead."""
    ahead = [
        (limit, name, a.activity, breaks)
        for a in stand
        if not a.enough
        for name, limit, breaks in (("RTO", a.rto_at_s, a.rto_breaks), ("MTPD", a.mtpd_at_s, a.mtpd_breaks))
        if limit is not None and limit > t_s
    ]
    if ahead:
        limit, name, activity, breaks = min(ahead)
        left = countdown(limit, t_s, breaks=breaks, words=words)
        st.markdown(f"**{left}** · {name} · {unlinked(plan.title(activity))}")


def countdown(limit_s: float, t_s: float, *, breaks: bool, words: Words) -> str:
    """The time left to a limit in words. ▲: it will be broken as things stand; ◷: it holds; ✕: it is broken."""
    if t_s >= limit_s:
        return "✕ " + words("broken for {length}", length=words.length(t_s - limit_s))
    left = words("{left} left", left=words.length(minutes(limit_s - t_s)))
    return ("▲ " if breaks else "◷ ") + left


def fallbacks(plan: Plan, stand: Iterable[FallbackNow], t_s: float, words: Words) -> None:
    """A paragraph for every fallback under way, and a line for each that waits for a decision."""
    rows = [f for f in stand if f.state is not FallbackState.IDLE or f.decided_s is not None]
    if not rows:
        st.caption(words("No fallback is called for."))
    waiting = [f for f in rows if f.state is FallbackState.WAITING and f.decided_s is None]
    for f in sorted((f for f in rows if f not in waiting), key=lambda f: (f.in_place_s or t_s, f.fallback)):
        told = [state_name(f.state, words)]
        if f.decided_s is not None:
            told.append(words("decided {time}", time=words.clock(f.decided_s)))
        if f.in_place_s is not None:
            told.append(words("in place {when}", when=in_place(f, t_s, words)))
        st.markdown(
            f"**{unlinked(plan.title(f.fallback))}**  \n" + " · ".join([*told, *_hindered(plan, f, words)])
        )
    if waiting:
        st.markdown(words("Noticed, and waiting for a decision:"))
        lines = sorted(waiting, key=lambda f: (bool(_in_the_way(f)), f.fallback))
        st.markdown(
            "\n".join(
                "- " + " · ".join([unlinked(plan.title(f.fallback)), *_hindered(plan, f, words)])
                for f in lines
            )
        )


def _in_the_way(fallback: FallbackNow) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*fallback.stopped_by, *fallback.carriers_down)))


def _hindered(plan: Plan, fallback: FallbackNow, words: Words) -> list[str]:
    names = ", ".join(plan.title(i) for i in _in_the_way(fallback))
    return ["✕ " + words("in the way: {names}", names=unlinked(names))] if names else []


def in_place(fallback: FallbackNow, t_s: float, words: Words) -> str:
    """When it carries load: since when, or in how long as things stand."""
    if fallback.in_place_s is None:
        return "–"
    if fallback.in_place_s <= t_s:
        return "✓ " + words.clock(fallback.in_place_s)
    return words("in {length}", length=words.length(minutes(fallback.in_place_s - t_s)))
