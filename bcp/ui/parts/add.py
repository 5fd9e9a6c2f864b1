"""Adding a component."""

from __future__ import annotations

import re
import unicodedata

import streamlit as st

from bcp.model import edit
from bcp.model.component import Component, Kind
from bcp.model.plan import Plan
from bcp.store import Stored
from bcp.ui import desk
from bcp.ui.parts.fields import kind_name
from bcp.ui.state import Session

_LONGEST = 40


def add(session: Session, opened: Stored) -> None:
    """A button with a small form; the new component is chosen at once."""
    words, plan = session.words, opened.plan
    with (
        st.popover(words("Add"), icon=":material/add:", width="stretch"),
        st.form(f"add-{opened.revision.number}", border=False),
    ):
        kinds = sorted(Kind, key=lambda k: (k is not Kind.ACTIVITY, kind_name(k, words)))
        kind = st.selectbox(
            words("Kind"),
            kinds,
            format_func=lambda k: kind_name(k, words),
            key=f"add-kind-{opened.revision.number}",
        )
        name = st.text_input(words("Name"), max_chars=120, key=f"add-name-{opened.revision.number}")
        needed_by = st.selectbox(
            words("Needed by"), [None, *plan.components], format_func=lambda i: plan.title(i) if i else "–",
            key=f"add-for-{opened.revision.number}",
        )  # fmt: skip
        if st.form_submit_button(words("Add"), type="primary", key=f"add-button-{opened.revision.number}"):
            if not name.strip():
                st.error(words("Give it a name."))
                return
            key = new_id(name, {*plan.components, *plan.fallbacks, *plan.contacts})
            made = Component(kind=kind, name=name.strip())
            if desk.edit(session, opened, lambda p: _with(p, key, made, needed_by)):
                session.chosen = key
                st.rerun()


def _with(plan: Plan, key: str, made: Component, needed_by: str | None) -> Plan:
    larger = edit.put_component(plan, key, made)
    if needed_by is None:
        return larger
    above = larger.components[needed_by]
    data = above.model_dump(mode="json", exclude_defaults=True)
    data["requires"] = [*data.get("requires", []), key]
    return edit.put_component(larger, needed_by, Component.model_validate(data))


def new_id(name: str, taken: set[str]) -> str:
    """A free id made from a name: `Växel 010` → `vaxel-010`."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", ascii_name.lower()).strip("-")[:_LONGEST] or "component"
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key
