"""How everything comes up again from black: phases, the way to each activity, and what never starts."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from bcp.model.plan import Plan
from bcp.model.recovery import Break, Deadlock, Recovery
from bcp.ui.parts.plain import plain
from bcp.usecases import WayUp
from bcp.words import Words

_MOST = 12
"""More than this many names of a phase are counted instead."""


def recoveries(plan: Plan, found: WayUp, words: Words) -> None:
    """Activities against their RTO, the way up to one of them, deadlocks, and the phases."""
    st.caption(
        words(
            "Everything was down and nothing is broken: how soon each activity can be at its minimum level (MBCO). The time until everything may start comes before it."
        )
    )
    for deadlock in found.deadlocks:
        _deadlock(deadlock, plan, words)
    if found.recoveries:
        st.dataframe(_against_rto(plan, found, words), hide_index=True)
        chosen = st.selectbox(
            words("The way up to"),
            [r.activity for r in found.recoveries],
            format_func=plan.title,
            key="recovery-of",
        )
        _path(next(r for r in found.recoveries if r.activity == chosen), plan, words)
    st.markdown("#### " + words("Restart order"))
    for n, phase in enumerate(found.phases, 1):
        names = ", ".join(plain(plan.title(i)) for i in phase[:_MOST])
        more = words("and {n} more", n=len(phase) - _MOST) if len(phase) > _MOST else ""
        st.markdown(f"**{n}.** {names} {more}")


def _against_rto(plan: Plan, found: WayUp, words: Words) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                words("Activity"): plan.title(r.activity),
                words("At its minimum level after"): words("never")
                if r.enough_s is None
                else words.length(r.enough_s),
                "RTO": words.length(r.rto_s),
                words("Margin"): _margin(r, words),
            }
            for r in found.recoveries
        ]
    )


def _margin(recovery: Recovery, words: Words) -> str:
    margin = recovery.margin_s
    if recovery.enough_s is None:
        return "✕ " + words("never")
    if margin is None:
        return "– " + words("no RTO")
    length = words.length(abs(margin))
    return f"✓ {length}" if margin >= 0 else "✕ " + words("{time} too late", time=length)


def _path(recovery: Recovery, plan: Plan, words: Words) -> None:
    if not recovery.path:
        st.caption(words("Nothing has to start for it."))
    for n, link in enumerate(recovery.path, 1):
        through = f" ({plain(plan.title(link.fallback))})" if link.fallback else ""
        st.markdown(
            f"{n}. {plain(plan.title(link.component))}{through} :small[{words.clock(link.from_s)} → {words.clock(link.ready_s)} · {words.length(link.takes_s)}]"
        )


def _deadlock(deadlock: Deadlock, plan: Plan, words: Words) -> None:
    names = ", ".join(plan.title(i) for i in deadlock.components[:_MOST])
    lines = [
        "**" + plain(words("Waiting for each other to start: {names}", names=names)) + "**",
        words("Do without one of these to break it:") if deadlock.exact else words("One way to break it:"),
        *(f"- {_break(found, plan, words)}" for found in deadlock.breaks),
    ]
    if deadlock.ways_out:
        ways = ", ".join(plain(plan.title(i)) for i in deadlock.ways_out)
        lines.append(words("Ways out that the plan has: {names}", names=ways))
    st.error("\n\n".join([lines[0], lines[1], "\n".join(lines[2:])]), icon=":material/block:")


def _break(found: Break, plan: Plan, words: Words) -> str:
    members = ", ".join(plan.title(m) for m in found.members)
    text = words("{owner} no longer waits for {members}", owner=plan.title(found.owner), members=members)
    stands_in = ", ".join(plan.title(f) for f in found.stands_in)
    if stands_in:
        text += " " + words("(instead: {names})", names=stands_in)
    return plain(text)
