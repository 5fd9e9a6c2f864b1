"""Adding a component."""

from __future__ import annotations

import streamlit as st

from bcp.model.component import Kind
from bcp.model.edit_block import free_id, id_from
from bcp.store import Stored
from bcp.ui.parts.component_actions import put_new
from bcp.ui.parts.fields import kind_name
from bcp.ui.state import Session


def add(session: Session, opened: Stored) -> None:
    """A button with a small form; the new component is chosen at once."""
    words, plan = session.words, opened.plan
    with (
        st.popover(words("Add"), icon=":material/add:"),
        st.form(form := session.blank_form("add"), border=False),
    ):
        kinds = sorted(Kind, key=lambda k: (k is not Kind.ACTIVITY, kind_name(k, words)))
        kind = st.selectbox(
            words("Kind"),
            kinds,
            format_func=lambda k: kind_name(k, words),
            key=f"{form}-kind",
        )
        name = st.text_input(words("Name"), max_chars=120, key=f"{form}-name")
        needed_by = st.selectbox(
            words("Needed by"), [None, *plan.components], format_func=lambda i: plan.title(i) if i else "–",
            key=f"{form}-for",
        )  # fmt: skip
        if st.form_submit_button(words("Add"), type="primary", key=f"{form}-button"):
            if not name.strip():
                st.error(words("Give it a name."))
            elif put_new(session, name.strip(), kind, needed_by, "down"):
                session.form_sent("add")
                st.rerun()


def new_id(name: str, taken: set[str]) -> str:
    """A free id made from a name: `Växel 010` → `vaxel-010`."""
    return free_id(id_from(name), taken)
