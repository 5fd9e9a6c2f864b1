"""What the picture shows: around one component or the whole plan, filters, and groups."""

from __future__ import annotations

import streamlit as st

from bcp.model.component import Kind
from bcp.model.edit_block import GROUP
from bcp.model.plan import Plan
from bcp.ui.parts.fields import kind_name
from bcp.ui.per_plan import once
from bcp.ui.state import Session, given, put
from bcp.words import Words


def view_form(session: Session, plan: Plan) -> None:
    """A button with the choices behind it; it says how many filters are set."""
    words, view = session.words, session.view
    label = words("Show ({n})", n=view.filters) if view.filters else words("Show")
    with st.popover(label, icon=":material/tune:"):
        put("view-whole", view.whole)
        st.toggle(words("The whole plan"), key="view-whole", on_change=_set, args=(session, "whole"))
        put("view-wide", view.wide)
        st.toggle(words("Wide picture"), key="view-wide", on_change=_set, args=(session, "wide"))
        names = _groupings(words)
        put("view-by", view.by)
        st.selectbox(
            words("Group by"), list(names), format_func=names.__getitem__, key="view-by", on_change=_set,
            args=(session, "by"),
        )  # fmt: skip
        _filters(session, plan)
        if view.filters:
            st.button(words("Show everything"), key="view-clear", on_click=_clear, args=(session,))


def _filters(session: Session, plan: Plan) -> None:
    words, view = session.words, session.view
    components = plan.components.values()
    kinds = sorted({c.kind for c in components}, key=lambda k: kind_name(k, words))
    put("view-kinds", [k for k in kinds if k in view.kinds])
    st.multiselect(
        words("Only these kinds"), kinds, format_func=lambda k: kind_name(Kind(k), words), key="view-kinds",
        on_change=_set, args=(session, "kinds"), placeholder=words("All"),
    )  # fmt: skip
    operators = sorted({c.operator for c in components if c.operator}, key=str.casefold)
    put("view-operators", [o for o in operators if o in view.operators])
    st.multiselect(
        words("Only these operators"), operators, key="view-operators", on_change=_set,
        args=(session, "operators"), placeholder=words("All"),
    )  # fmt: skip
    areas = areas_of(plan)
    put("view-areas", [a for a in areas if a in view.areas])
    st.multiselect(
        words("Only these areas"), areas, key="view-areas", on_change=_set, args=(session, "areas"),
        placeholder=words("All"),
    )  # fmt: skip
    put("view-remarked", view.remarked)
    st.toggle(words("Only what has remarks"), key="view-remarked", on_change=_set, args=(session, "remarked"))


@once
def areas_of(plan: Plan) -> tuple[str, ...]:
    """Every area of the plan with each that contains it: SE, SE/S, SE/S/1784."""
    found = set()
    for component in plan.components.values():
        parts = component.area.split("/")
        found |= {"/".join(parts[:n]) for n in range(1, len(parts) + 1)} if component.area else set()
    return tuple(sorted(found))


def _groupings(words: Words) -> dict[str, str]:
    return {
        "": words("No groups"),
        "operator": words("Operator"),
        "site": words("Site"),
        "area": words("Area"),
        "group": words("Own groups (tag {tag})", tag=GROUP),
    }


def _set(session: Session, choice: str) -> None:
    value = given(f"view-{choice}")
    view = session.view
    setattr(view, choice, tuple(value) if isinstance(value, list) else value)
    view.opened = frozenset()
    if choice in {"by", "whole"}:
        view.folded = None


def _clear(session: Session) -> None:
    view = session.view
    view.kinds = view.operators = view.areas = ()
    view.remarked = False
