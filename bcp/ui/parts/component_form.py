"""The form for what a component is: name, place, numbers and times."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from bcp.model import edit
from bcp.model.announcement import Form
from bcp.model.component import Component, Kind
from bcp.model.notice_out_words import form_name
from bcp.model.plan import Plan
from bcp.store import Stored
from bcp.ui import desk, guard
from bcp.ui.parts.fields import (
    checked,
    field_name,
    kind_name,
    shown_duration,
    shown_percent,
    tidy,
    typed_percent,
    written_duration,
)
from bcp.ui.parts.filled_form import agreed, filled
from bcp.ui.state import Session
from bcp.words import Words


def component_form(session: Session, opened: Stored, chosen: str) -> None:
    """Draw the form; a valid change is saved at once."""
    words, plan = session.words, opened.plan
    name, part = f"component-{chosen}", partial(_details, chosen)
    form, component = filled(session, opened, name, part, "name")
    with st.form(form, border=False):
        data = _asked(component, plan, words, form)
        if st.form_submit_button(words("Save"), type="primary", key=f"{form}-save"):
            with guard.problems(words):
                changed = agreed(session, opened, name, part, checked(Component, data, words))
                own = {"requires": plan.components[chosen].requires, "bia": plan.components[chosen].bia}
                whole = changed.model_copy(update=own)
                if desk.edit(session, opened, lambda p: edit.put_component(p, chosen, whole)):
                    st.rerun()


def _details(chosen: str, plan: Plan) -> Component:
    """The component without what other forms are for."""
    return plan.components[chosen].model_copy(update={"requires": (), "bia": None})


def _asked(component: Component, plan: Plan, words: Words, form: str) -> dict[str, Any]:
    data: dict[str, Any] = component.model_dump(mode="json", exclude_defaults=True)

    def line(field: str, held: str, **more: Any) -> str:
        return str(st.text_input(field_name(field, words), value=held, key=f"{form}-{field}", **more)).strip()

    data["name"] = line("name", component.name)
    kinds = sorted(Kind, key=lambda k: kind_name(k, words))
    data["kind"] = st.selectbox(
        field_name("kind", words), kinds, index=kinds.index(component.kind), key=f"{form}-kind",
        format_func=lambda k: kind_name(k, words),
    )  # fmt: skip
    data |= _special(component, plan, words, form)
    left, right = st.columns(2)
    with left:
        data["operator"] = line("operator", component.operator)
        data["area"] = line("area", component.area, placeholder="SE/S/1784")
        data["detection"] = written_duration(
            line("detection", shown_duration(component.detection), placeholder="15m")
        )
        data["mtbf"] = written_duration(line("mtbf", shown_duration(component.mtbf), placeholder="5y"))
    with right:
        data["site"] = line("site", component.site)
        data["contract"] = line("contract", component.contract)
        data["restart"] = written_duration(
            line("restart", shown_duration(component.restart or None), placeholder="30m")
        )
        data["mttr"] = written_duration(line("mttr", shown_duration(component.mttr), placeholder="4h"))
    people: list[str | None] = [None, *plan.contacts]
    data["owner"] = st.selectbox(
        field_name("owner", words), people, index=people.index(component.owner) if component.owner in people else 0,
        format_func=lambda i: plan.title(i) if i else "–", key=f"{form}-owner",
    )  # fmt: skip
    data["tags"] = [tag.strip() for tag in line("tags", ", ".join(component.tags)).split(",") if tag.strip()]
    text = st.text_area(
        field_name("description", words), value=component.description, key=f"{form}-description", height=80
    )
    data["description"] = (text or "").strip()
    return tidy(data)


def _special(component: Component, plan: Plan, words: Words, form: str) -> dict[str, Any]:
    """What only one kind of component has."""
    kind = component.kind
    if kind in (Kind.NUMBER, Kind.CHANNEL):
        held = st.text_input(
            field_name("e164", words),
            value=component.e164 or "",
            placeholder="+46771123456",
            key=f"{form}-e164",
        )
        if kind is Kind.NUMBER:
            return {"e164": held.strip()}
        sort, reach = _sort(component, words, form), _reach(component, words, form)
        return {"e164": held.strip(), "reach": reach, "form": sort}
    if kind is Kind.NUMBER_RANGE:
        first = st.text_input(
            field_name("first", words),
            value=component.span.first if component.span else "",
            key=f"{form}-first",
        )
        last = st.text_input(
            field_name("last", words), value=component.span.last if component.span else "", key=f"{form}-last"
        )
        return {"span": tidy({"first": first.strip(), "last": last.strip()})}
    if kind is Kind.CUSTOMER_GROUP:
        count = st.number_input(
            field_name("customers", words),
            min_value=0,
            value=component.customers,
            step=1,
            key=f"{form}-customers",
        )
        place = st.text_input(field_name("place", words), value=component.place, key=f"{form}-place")
        return {"customers": int(count), "place": place.strip()}
    if kind is Kind.TEAM:
        members = st.multiselect(
            field_name("members", words), list(plan.contacts), default=[m for m in component.members if m in plan.contacts],
            format_func=plan.title, key=f"{form}-members",
        )  # fmt: skip
        return {"members": members}
    return {}


def _sort(component: Component, words: Words, form: str) -> Form | None:
    """What sort of notice channel it is; none where nobody says, which is then guessed from its words."""
    sorts: list[Form | None] = [None, *(f for f in Form if f is not Form.DIRECT)]
    return st.selectbox(
        field_name("form", words), sorts, index=sorts.index(component.form) if component.form in sorts else 0,
        format_func=lambda f: form_name(f, words) if f else words("not said"), key=f"{form}-form",
    )  # fmt: skip


def _reach(component: Component, words: Words, form: str) -> float | None:
    share = st.number_input(
        field_name("reach", words) + " (%)", min_value=0.0, max_value=100.0, step=5.0, format="%g",
        value=shown_percent(component.reach), key=f"{form}-reach",
    )  # fmt: skip
    return typed_percent(share, component.reach)
