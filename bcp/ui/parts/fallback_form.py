"""The form of one fallback: what it stands in for, what carries it, how long it takes, and its steps."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from bcp.model import edit
from bcp.model.component import Kind
from bcp.model.fallback import Fallback, Step
from bcp.model.plan import Plan
from bcp.store import Stored
from bcp.ui import desk, guard
from bcp.ui.parts.fields import (
    checked,
    field_name,
    shown_duration,
    shown_percent,
    tidy,
    typed_percent,
    written_duration,
)
from bcp.ui.parts.filled_form import agreed, filled
from bcp.ui.parts.way_rows import components_column, ids_in, text
from bcp.ui.state import Session
from bcp.words import Words


def fallback_form(session: Session, opened: Stored, chosen: str) -> None:
    """Draw the form; a valid change is saved at once, and what it changed is told."""
    words, plan = session.words, opened.plan
    name, part = f"fallback-{chosen}", partial(_fallback, chosen)
    form, fallback = filled(session, opened, name, part, "name")
    with st.form(form):
        data = _what(fallback, plan, words, form) | _times(fallback, plan, words, form)
        data |= _rest(fallback, plan, words, form)
        if st.form_submit_button(words("Save"), type="primary", key="save-fallback"):
            with guard.problems(words):
                changed = agreed(session, opened, name, part, checked(Fallback, tidy(data), words))
                if desk.edit(session, opened, lambda p: edit.put_fallback(p, chosen, changed)):
                    st.rerun()


def _fallback(chosen: str, plan: Plan) -> Fallback:
    return plan.fallbacks[chosen]


def _what(fallback: Fallback, plan: Plan, words: Words, form: str) -> dict[str, Any]:
    components = list(plan.components)
    left, right = st.columns(2)

    def several(field: str, held: tuple[str, ...]) -> list[str]:
        return st.multiselect(
            field_name(field, words), components, default=[i for i in held if i in plan.components],
            format_func=plan.title, key=f"{form}-{field}", placeholder=words("Choose"),
        )  # fmt: skip

    with left:
        name = st.text_input(field_name("name", words), value=fallback.name, key=f"{form}-name")
        protects = st.selectbox(
            field_name("protects", words), components, format_func=plan.title, key=f"{form}-protects",
            index=components.index(fallback.protects) if fallback.protects in components else None,
        )  # fmt: skip
        places: list[str | None] = [None, *components]
        executes = st.selectbox(
            field_name("executes_at", words), places, format_func=lambda i: plan.title(i) if i else "–",
            index=places.index(fallback.executes_at) if fallback.executes_at in components else 0,
            key=f"{form}-executes", help=words("For a diversion: the platform in which it is set up. If that is down, so is the diversion."),
        )  # fmt: skip
    with right:
        via = several("via", fallback.via)
        needs = several("needs", fallback.needs)
    return {"name": name.strip(), "protects": protects, "executes_at": executes, "via": via, "needs": needs}


def _times(fallback: Fallback, plan: Plan, words: Words, form: str) -> dict[str, Any]:
    def time(field: str, held: float | None, other: str) -> str:
        text = st.text_input(
            field_name(field, words), value=shown_duration(held), placeholder=other, key=f"{form}-{field}"
        )
        return written_duration(text)

    def share(field: str, held: float | None, other: float | None) -> float | None:
        value = st.number_input(
            field_name(field, words) + " (%)", 0.0, 100.0, shown_percent(held), 5.0,
            key=f"{form}-{field}", placeholder="" if other is None else f"{other * 100:g}", format="%g",
        )  # fmt: skip
        return typed_percent(value, held)

    defaults = plan.defaults
    first, second, third, fourth = st.columns(4)
    with first:
        lead = time("lead_time", fallback.lead_time, "45m")
        stabilise = time("stabilise", fallback.stabilise, shown_duration(defaults.stabilise))
    with second:
        decision = time("decision", fallback.decision, shown_duration(defaults.decision))
        failback = time("failback", fallback.failback or None, "0s")
    with third:
        capacity = share("capacity", fallback.capacity, 1.0)
        trigger = share("trigger_below", fallback.trigger_below, defaults.trigger_below)
        worse = share("trigger_quality_below", fallback.trigger_quality_below, None)
    with fourth:
        endurance = time("endurance", fallback.endurance, "12h")
        automatic = st.checkbox(
            field_name("automatic", words), value=fallback.automatic, key=f"{form}-automatic"
        )
    return {
        "lead_time": lead, "decision": decision, "capacity": capacity, "endurance": endurance, "stabilise": stabilise,
        "failback": failback, "trigger_below": trigger, "trigger_quality_below": worse, "automatic": automatic,
    }  # fmt: skip


def _rest(fallback: Fallback, plan: Plan, words: Words, form: str) -> dict[str, Any]:
    data: dict[str, Any] = {}
    people = [*plan.contacts, *plan.of_kind(Kind.TEAM)]
    for field, held in (("steps", fallback.steps), ("failback_steps", fallback.failback_steps)):
        st.markdown(f":small[{field_name(field, words)}]")
        data[field] = _steps(held, people, plan, words, f"{form}-{field}")
    left, right = st.columns(2)
    with left:
        owners: list[str | None] = [None, *people]
        data["owner"] = st.selectbox(
            field_name("owner", words), owners, index=owners.index(fallback.owner) if fallback.owner in people else 0,
            format_func=lambda i: plan.title(i) if i else "–", key=f"{form}-owner",
        )  # fmt: skip
    with right:
        tested = st.date_input(
            field_name("last_tested", words),
            value=fallback.last_tested,
            format="YYYY-MM-DD",
            key=f"{form}-tested",
        )
        data["last_tested"] = tested.isoformat() if tested else None
    text = st.text_area(
        field_name("description", words), value=fallback.description, height=80, key=f"{form}-description"
    )
    data["description"] = (text or "").strip()
    data["tags"] = list(fallback.tags)
    return data


def _steps(
    held: tuple[Step, ...], people: list[str], plan: Plan, words: Words, key: str
) -> list[dict[str, Any]]:
    named = {plan.title(i): i for i in people}
    rows = [
        {
            "do": s.do, "by": plan.title(s.by) if s.by in people else None,
            "takes": shown_duration(s.takes), "needs": list(s.needs), "expect": s.expect,
        }
        for s in held
    ]  # fmt: skip
    edited = st.data_editor(
        pd.DataFrame(rows, columns=["do", "by", "takes", "needs", "expect"], dtype=object),
        num_rows="dynamic",
        hide_index=True,
        key=key,
        column_config={
            "do": st.column_config.TextColumn(words("What to do"), width="large"),
            "by": st.column_config.SelectboxColumn(words("Who"), options=list(named)),
            "takes": st.column_config.TextColumn(words("Takes"), width="small"),
            "needs": components_column(words("Done with"), plan, words),
            "expect": st.column_config.TextColumn(words("Seen when it worked")),
        },
    )
    steps = []
    for row in edited.to_dict("records"):
        step: dict[str, Any] = {str(k): text(v) for k, v in row.items() if k != "needs"}
        step["needs"] = ids_in(row["needs"])
        step["by"] = named.get(step["by"], "")
        step["takes"] = written_duration(step["takes"])
        if step["do"]:
            steps.append(tidy(step))
    return steps
