"""The plan's fallbacks: a table of them, the form of the chosen one, and adding and removing."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from bcp.model import edit
from bcp.model.assumed import kept_up
from bcp.model.fallback import Fallback
from bcp.model.plan import Plan
from bcp.store import Stored
from bcp.ui import desk, guard
from bcp.ui.parts import confirming, findings
from bcp.ui.parts.add import new_id
from bcp.ui.parts.fallback_form import fallback_form
from bcp.ui.parts.plain import plain
from bcp.ui.state import Session, given, put
from bcp.words import Words


def fallback_list(session: Session, opened: Stored) -> None:
    """Draw the table, the choice and the form."""
    words, plan = session.words, opened.plan
    if not plan.fallbacks:
        st.info(
            words(
                "No fallback yet. A fallback is a way to deliver something without the component it stands in for: a published number, a diversion, a second operator."
            )
        )
        _add(session, opened)
        return
    st.dataframe(fallback_overview(plan, words), hide_index=True)
    if session.fallback not in plan.fallbacks:
        session.fallback = next(iter(plan.fallbacks))
    pick, new = st.columns([4, 1], vertical_alignment="bottom")
    put("fallback", session.fallback)
    pick.selectbox(
        words("Change a fallback"), list(plan.fallbacks), format_func=lambda f: option(plan, f), key="fallback",
        on_change=_picked, args=(session,),
    )  # fmt: skip
    with new:
        _add(session, opened)
    wrong = findings.about(plan, session.fallback)
    if wrong:
        guard.show(wrong, words)
    findings.beside(session, opened, session.fallback)
    confirming.confirming(session, plan, session.fallback, key=f"confirm-{session.fallback}")
    fallback_form(session, opened, session.fallback)
    if st.button(words("Remove this fallback"), icon=":material/delete:", key="remove-fallback"):
        gone = session.fallback
        if desk.edit(session, opened, lambda p: edit.remove(p, gone)[0]):
            st.rerun()


def protecting(session: Session, opened: Stored, component: str) -> None:
    """The fallbacks of one component, with the way to their form."""
    words, plan = session.words, opened.plan
    own = [f for f, fallback in plan.fallbacks.items() if fallback.protects == component]
    if not own:
        st.caption(words("Nothing stands in for it."))
    for f in own:
        text, button = st.columns([4, 1], vertical_alignment="center")
        text.markdown(f"**{plain(plan.title(f))}**  \n:small[{plain(summary(plan, f, words))}]")
        if button.button(words("Change"), key=f"to-{f}"):
            session.fallback, session.model_view = f, "fallbacks"
            st.rerun()
    _add(session, opened, component)


def summary(plan: Plan, fallback: str, words: Words) -> str:
    """A fallback in one line: what carries the load, how much and how soon."""
    f = plan.fallbacks[fallback]
    via = ", ".join(plan.title(i) for i in f.via) or words("nothing named")
    lead = (
        words("lead time unknown")
        if f.lead_time is None
        else words("lead time {length}", length=words.length(f.lead_time))
    )
    return f"{via} · {words.percent(f.capacity)} · {lead}"


def option(plan: Plan, fallback: str) -> str:
    """A fallback in a list: its name and what it stands in for."""
    return f"{plan.title(fallback)} → {plan.title(plan.fallbacks[fallback].protects)}"


def fallback_overview(plan: Plan, words: Words) -> pd.DataFrame:
    """A row for every fallback."""
    return pd.DataFrame(
        [
            {
                words("Fallback"): plan.title(i),
                words("Stands in for"): plan.title(f.protects),
                words("Carried by"): ", ".join(plan.title(v) for v in f.via) or "–",
                words("Decision time"): words("by itself")
                if f.automatic
                else words.length(plan.defaults.decision if f.decision is None else f.decision),
                words("Lead time"): "?" if f.lead_time is None else words.length(f.lead_time),
                words("Capacity"): words.percent(f.capacity),
                words("Can be kept up for"): kept_up(plan, i, words, endless="–"),
                words("Last tested"): str(f.last_tested or "–"),
            }
            for i, f in plan.fallbacks.items()
        ]
    )


def _picked(session: Session) -> None:
    session.fallback = given("fallback") or session.fallback


def _add(session: Session, opened: Stored, component: str = "") -> None:
    words, plan = session.words, opened.plan
    form = f"new-fallback-{component}"
    key = session.blank_form(form)
    if not plan.components:
        return
    with (
        st.popover(words("Add"), icon=":material/add:", width="stretch", key=f"{key}-popover"),
        st.form(key, border=False),
    ):
        name = st.text_input(words("Name"), max_chars=120, key=f"{key}-name")
        names = list(plan.components)
        protects = st.selectbox(
            words("Stands in for"), names, format_func=plan.title, key=f"{key}-protects",
            index=names.index(component) if component else 0,
        )  # fmt: skip
        if st.form_submit_button(words("Add"), type="primary", key=f"{key}-button"):
            if not name.strip():
                st.error(words("Give it a name."))
                return
            made = new_id(name, {*plan.components, *plan.fallbacks, *plan.contacts})
            value = Fallback(protects=protects, name=name.strip())
            if desk.edit(session, opened, lambda p: edit.put_fallback(p, made, value)):
                session.fallback, session.model_view = made, "fallbacks"
                session.form_sent(form)
                st.rerun()
