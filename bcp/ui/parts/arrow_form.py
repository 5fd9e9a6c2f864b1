"""How one component rests on another: the mode of the arrow between them, changed where it stands."""

from __future__ import annotations

from functools import partial

import streamlit as st

from bcp.model.edit_requirements import disconnect, put_requirement
from bcp.store import Stored
from bcp.ui import desk
from bcp.ui.parts.chosen import choose
from bcp.ui.parts.filled_form import stamp
from bcp.ui.parts.plain import plain
from bcp.ui.parts.requirement_form import asked, requirement_of, requirement_text
from bcp.ui.state import Session


def arrow_form(session: Session, opened: Stored, source: str, target: str) -> None:
    """The requirements of `source` that name `target`, each with its form; and the way to cut them."""
    words, plan = session.words, opened.plan
    st.markdown(f"#### {plain(plan.title(source))} → {plain(plan.title(target))}")
    found = [(n, r) for n, r in enumerate(plan.components[source].requires) if target in r.members]
    if not found:
        st.caption(words("This arrow is a fallback: it is changed under Fallbacks."))
    for n, requirement in found:
        with st.container(border=True):
            st.markdown(plain(requirement_text(requirement, plan, words)))
            key = f"arrow-{source}-{n}-{stamp(requirement)}"
            data = asked(plan, source, words, key, held=requirement)
            if st.button(words("Save"), type="primary", key=f"{key}-save", disabled=data is None):
                made = requirement_of(data or {}, words)
                if made is not None and desk.edit(
                    session, opened, partial(put_requirement, owner=source, requirement=made, at=n)
                ):
                    st.rerun()
    with st.container(horizontal=True):
        if found:
            st.button(
                words("Cut the arrow"), icon=":material/link_off:", key="cut-arrow", on_click=_cut,
                args=(session, source, target),
            )  # fmt: skip
        st.button(words("Close"), key="close-arrow", on_click=choose, args=(session, [source]))


def _cut(session: Session, source: str, target: str) -> None:
    if desk.act(session, lambda plan: disconnect(plan, source, target)):
        choose(session, [source])
