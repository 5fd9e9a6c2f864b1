"""People and channels in an outage: who is reached, whom the call tree gets to, what is left to tell customers."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from bcp.model.plan import Plan
from bcp.model.questions import questions_of
from bcp.model.reach_words import (
    break_text,
    contact_text,
    down_text,
    group_text,
    reached_text,
    share_text,
    step_text,
    times_text,
    way_text,
)
from bcp.model.reachability import CallTreeReach, Reachability
from bcp.store import Stored
from bcp.ui import cached
from bcp.ui.parts import outages
from bcp.ui.parts.plain import plain
from bcp.ui.state import Session, seed
from bcp.usecases import Reached
from bcp.words import Words


def reach(session: Session, opened: Stored) -> None:
    """Let an outage be chosen, and show who and what still comes through in it."""
    words, plan = session.words, opened.plan
    known = outages.known(opened.name)
    last, held = session.running
    seed("reach-scenario", outages.first(session, opened, known))
    picked = st.selectbox(
        words("In this outage"),
        list(known),
        format_func=lambda i: outages.title(i, known[i], words),
        key="reach-scenario",
    )
    found = cached.reach(plan, picked, held if picked == last else ())
    _groups(plan, found.people, words)
    _people(plan, found.people, words)
    if found.people.call_tree is not None:
        _call_tree(plan, found.people.call_tree, found.people.horizon_s, words)
    _channels(plan, found.people, words)
    _steps(plan, found, words)
    _questions(plan, found, words)


def _groups(plan: Plan, people: Reachability, words: Words) -> None:
    horizon = people.horizon_s
    st.markdown(f"**{words('The crisis team')}**: {plain(group_text(people.crisis_team, horizon, words))}")
    for role in people.roles:
        holders = ", ".join(plan.title(i) for i in (*role.holders, *role.deputies))
        text = reached_text(role.covered, horizon, words) if holders else words("nobody has this role")
        st.markdown(
            f"**{words('Role: {role}', role=plain(role.role))}**: {plain(text)} :small[{plain(holders)}]"
        )
    for i, team in people.teams.items():
        st.markdown(f"**{plain(plan.title(i))}**: {plain(group_text(team, horizon, words))}")


def _people(plan: Plan, people: Reachability, words: Words) -> None:
    st.markdown("#### " + words("Who can be reached"))
    deciders = [i for i in plan.document.activation.decided_by if i in people.contacts]
    rows = [
        {
            words("Person"): plan.title(i),
            words("Role"): plan.contacts[i].role,
            words("Decides"): "✓" if i in deciders else "",
            words("Verdict"): contact_text(people.contacts[i], people.horizon_s, words),
            words("By"): "; ".join(
                way_text(way, people.horizon_s, plan.title, words) for way in people.contacts[i].ways
            ),
        }
        for i in dict.fromkeys([*deciders, *people.contacts])
    ]
    if rows:
        st.dataframe(pd.DataFrame(rows), hide_index=True)
    else:
        st.caption(words("The plan has no contacts yet."))


def _call_tree(plan: Plan, tree: CallTreeReach, horizon: float, words: Words) -> None:
    st.markdown("#### " + words("Call tree"))
    roots = ", ".join(plan.title(i) for i in tree.roots) or "–"
    st.caption(plain(words("Raises the alarm: {names}", names=roots)))
    broken = {b.called: b for b in reversed(tree.breaks)}
    rows = [
        {
            words("Calls"): plan.title(link.caller),
            words("Is called"): plan.title(link.called),
            words("Does the call come through?"): reached_text(link.through, horizon, words),
            words("Instead"): break_text(broken[link.called], plan.title, words)
            if link.called in broken
            else "",
        }
        for link in tree.links
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True)
    for names, text in ((tree.adrift, words("Never called")), (tree.left_out, words("Not in the call tree"))):
        if names:
            st.warning(f"{text}: {plain(', '.join(plan.title(i) for i in names))}", icon=":material/warning:")


def _channels(plan: Plan, people: Reachability, words: Words) -> None:
    st.markdown("#### " + words("Notice channels"))
    notices = people.notices
    if not notices.channels:
        st.caption(words("The plan has no notice channel: add one of kind notice channel."))
        return
    rows = [
        {
            words("Channel"): plan.title(c.channel),
            words("Reaches"): "–" if c.reach is None else words.percent(c.reach),
            words("Verdict"): down_text(c.down, people.horizon_s, plan.title, words)
            if c.down
            else words("serves"),
        }
        for c in notices.channels
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True)
    ends = [*(s.from_s for s in notices.shares[1:]), people.horizon_s]
    for share, end in zip(notices.shares, ends, strict=True):
        times = times_text([(share.from_s, end)], people.horizon_s, words)
        st.markdown(words("Customers reached {times}: {share}", times=times, share=share_text(share, words)))


def _steps(plan: Plan, found: Reached, words: Words) -> None:
    rows = [
        {
            words("Fallback"): plan.title(path.fallback),
            words("Step"): str(step.number),
            words("Who"): plan.title(step.by) if step.by else "–",
            words("At"): "–" if step.at_s is None else words.clock(step.at_s),
            words("With"): ", ".join(plan.title(i) for i in step.tools) or "–",
            words("Verdict"): step_text(step, plan.title, words),
        }
        for path in found.paths
        for step in path.steps
    ]
    if rows:
        st.markdown("#### " + words("Control paths: can each step be done?"))
        st.dataframe(pd.DataFrame(rows), hide_index=True)


def _questions(plan: Plan, found: Reached, words: Words) -> None:
    questions = questions_of(plan, found.people, found.paths, plan.title, words)
    if questions:
        with st.expander(words("To find out") + f" ({len(questions)})", icon=":material/help:"):
            st.markdown("\n".join(f"- {plain(question)}" for question in questions))
