"""Everything about one component: what it rests on, what rests on it, and its forms."""

from __future__ import annotations

import streamlit as st

from bcp.model import edit
from bcp.model.component import Kind
from bcp.model.plan import Plan
from bcp.store import Stored
from bcp.ui import desk, guard
from bcp.ui.parts import confirming, findings
from bcp.ui.parts.arrow_form import arrow_form
from bcp.ui.parts.bia_form import bia_form
from bcp.ui.parts.block_form import block_form
from bcp.ui.parts.chosen import arrow
from bcp.ui.parts.chosen import chosen as chosen_ids
from bcp.ui.parts.component_actions import actions
from bcp.ui.parts.component_form import component_form
from bcp.ui.parts.fallback_list import protecting
from bcp.ui.parts.fields import kind_of
from bcp.ui.parts.plain import plain
from bcp.ui.parts.requirement_form import requirement_form, requirement_text
from bcp.ui.state import Session

_LISTED = 12


def inspector(session: Session, opened: Stored) -> None:
    """Draw it for what is chosen: one component, several, or the arrow between two."""
    words, plan = session.words, opened.plan
    held = chosen_ids(session, plan)
    link = arrow(session, plan)
    if not held:
        st.caption(words("Choose a component to see and change it."))
    elif link is not None:
        arrow_form(session, opened, *link)
    elif len(held) > 1:
        block_form(session, opened, held)
    else:
        _one(session, opened, held[0])


def _one(session: Session, opened: Stored, chosen: str) -> None:
    words, plan = session.words, opened.plan
    component = plan.components[chosen]
    head, more = st.columns([5, 1], vertical_alignment="center")
    head.markdown(f"#### {plain(component.name)}")
    with more:
        _more(session, opened, chosen)
    st.markdown(f":gray-badge[{kind_of(component, words)}] :small[`{chosen}`]")
    wrong = findings.about(plan, chosen)
    if wrong:
        guard.show(wrong, words)
    _rests(plan, chosen, session)
    actions(session, opened, chosen)
    findings.beside(session, opened, chosen)
    confirming.confirming(session, plan, chosen, key=f"confirm-{chosen}")
    titles = [words("Details"), words("Rests on"), words("Fallbacks")]
    if component.kind is Kind.ACTIVITY:
        titles.insert(1, words("Impact analysis"))
    tabs = dict(zip(titles, st.tabs(titles), strict=True))
    with tabs[words("Details")]:
        component_form(session, opened, chosen)
    if component.kind is Kind.ACTIVITY:
        with tabs[words("Impact analysis")]:
            bia_form(session, opened, chosen)
    with tabs[words("Rests on")]:
        requirement_form(session, opened, chosen)
    with tabs[words("Fallbacks")]:
        protecting(session, opened, chosen)


def _rests(plan: Plan, chosen: str, session: Session) -> None:
    words = session.words
    needs = [requirement_text(r, plan, words) for r in plan.components[chosen].requires]
    above = [
        plan.title(i) for i, c in plan.components.items() if any(chosen in r.members for r in c.requires)
    ]
    if needs:
        st.markdown(f":small[**{words('Rests on')}:** {plain('; '.join(needs))}]")
    if above:
        more = " " + words("and {n} more", n=len(above) - _LISTED) if len(above) > _LISTED else ""
        names = plain(", ".join(above[:_LISTED]))
        st.markdown(f":small[**{words('What rests on it')}:** {names}{more}]")


def _more(session: Session, opened: Stored, chosen: str) -> None:
    words = session.words
    with (
        st.popover("", icon=":material/more_horiz:", help=words("Change the id")),
        st.form(f"id-{chosen}", border=False),
    ):
        key = st.text_input(words("Id"), value=chosen, max_chars=80, key=f"id-field-{chosen}")
        pressed = st.form_submit_button(words("Change the id"), key=f"id-button-{chosen}")
        if pressed and desk.edit(session, opened, lambda p: edit.rename(p, chosen, key.strip())):
            session.chosen = key.strip()
            st.rerun()
