"""Several chosen components: what can be done with all of them at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from bcp.model import edit_block
from bcp.model.plan import Plan
from bcp.store import Stored
from bcp.ui import desk
from bcp.ui.parts.chosen import choose
from bcp.ui.parts.component_actions import block_buttons, question
from bcp.ui.parts.fields import field_name
from bcp.ui.parts.plain import plain
from bcp.ui.state import Session, given

_LISTED = 12


def block_form(session: Session, opened: Stored, ids: Sequence[str]) -> None:
    """Draw it: copy, remove, and one attribute, tag or group for all."""
    words, plan = session.words, opened.plan
    st.markdown("#### " + words.count("{n} component chosen", "{n} components chosen", len(ids)))
    names = ", ".join(plan.title(i) for i in ids[:_LISTED])
    more = words("and {n} more", n=len(ids) - _LISTED) if len(ids) > _LISTED else ""
    st.caption(plain(names) + (f" {more}" if more else ""))
    with st.container(horizontal=True, gap="small"):
        block_buttons(session, ids)
        st.button(words("Choose nothing"), key="choose-none", on_click=choose, args=(session, []))
    question(session, opened, ids)
    fields = {
        "operator": field_name("operator", words),
        "area": field_name("area", words),
        "site": field_name("site", words),
        "tag": words("Tag"),
        "untag": words("Take off a tag"),
        "group": words("Own group"),
    }
    with st.form("block", border=True):
        what = st.selectbox(
            words("Set for all of them"), list(fields), format_func=fields.__getitem__, key="block-field"
        )
        text = st.text_input(
            words("To"), max_chars=300, key="block-value", help=words("Empty takes it off."),
            placeholder=_common(plan, ids, what),
        )  # fmt: skip
        st.form_submit_button(
            words("Set"), type="primary", key="block-set", on_click=_set, args=(session, tuple(ids))
        )
        del text


def _common(plan: Plan, ids: Sequence[str], what: str) -> str:
    """What all of them have there now, where it is the same."""
    if what not in ("operator", "area", "site"):
        return ""
    held = {getattr(plan.components[i], what) for i in ids}
    return str(held.pop()) if len(held) == 1 else "…"


def _set(session: Session, ids: Sequence[str]) -> None:
    what, text = given("block-field"), given("block-value") or ""
    edits: dict[str, Callable[[Plan], Plan]] = {
        "operator": lambda p: edit_block.set_attribute(p, ids, "operator", text),
        "area": lambda p: edit_block.set_attribute(p, ids, "area", text),
        "site": lambda p: edit_block.set_attribute(p, ids, "site", text),
        "tag": lambda p: edit_block.add_tag(p, ids, text),
        "untag": lambda p: edit_block.drop_tag(p, ids, text.strip()),
        "group": lambda p: edit_block.set_group(p, ids, text),
    }
    desk.act(session, edits[what])
