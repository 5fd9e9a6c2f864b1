"""The forms for what a component rests on: one requirement at a time, in one of its modes."""

from __future__ import annotations

from typing import Any

import streamlit as st

from bcp.model import edit
from bcp.model.component import Component
from bcp.model.plan import Plan
from bcp.model.requirement import Needs, Pool, Quorum, Requirement, Split
from bcp.store import Stored
from bcp.ui import desk, guard
from bcp.ui.parts.fields import checked
from bcp.ui.parts.plain import plain
from bcp.ui.state import Session
from bcp.words import Words

_ROUNDING = 0.001


def requirement_text(requirement: Requirement, plan: Plan, words: Words) -> str:
    """A requirement as people say it."""
    if isinstance(requirement, Needs):
        text = plan.title(requirement.needs)
        if requirement.impact < 1:
            text += f" ({words('loss costs {share}', share=words.percent(requirement.impact))})"
    elif isinstance(requirement, Pool):
        alike = all(capacity == 1 for capacity in requirement.pool.values())
        names = " / ".join(
            plan.title(i) if alike else f"{plan.title(i)} {words.percent(c)}"
            for i, c in requirement.pool.items()
        )
        text = words("any of {names}", names=names) if alike else words("shared by {names}", names=names)
    elif isinstance(requirement, Split):
        names = ", ".join(f"{plan.title(i)} {words.percent(w)}" for i, w in requirement.split.items())
        text = words("split on {names}", names=names)
    else:
        names = ", ".join(plan.title(i) for i in requirement.of)
        text = words("{n} of {names}", n=requirement.quorum, names=names)
    return text + (f" ({words('to start')})" if requirement.during == "start" else "")


def requirement_form(session: Session, opened: Stored, chosen: str) -> None:
    """List the requirements with a way to remove each, and a way to add one."""
    words, plan = session.words, opened.plan
    requires = plan.components[chosen].requires
    if not requires:
        st.caption(words("It rests on nothing yet. State only what it needs itself; the rest is computed."))
    for n, requirement in enumerate(requires):
        text, button = st.columns([6, 1], vertical_alignment="center")
        text.markdown(plain(requirement_text(requirement, plan, words)))
        if button.button("✕", key=f"drop-{chosen}-{n}", help=words("Remove")):
            _save(session, opened, chosen, [r for k, r in enumerate(requires) if k != n])
    with st.expander(words("Add what it rests on"), icon=":material/add:", expanded=not requires):
        _add(session, opened, chosen)


def _add(session: Session, opened: Stored, chosen: str) -> None:
    words, plan = session.words, opened.plan
    key = f"require-{chosen}-{opened.revision.number}"
    modes = {
        "needs": words("It needs this"),
        "any_of": words("Any one of these is enough"),
        "pool": words("These share the load and take over from each other"),
        "split": words("Each of these carries a fixed share"),
        "quorum": words("At least so many of these"),
    }
    mode = st.selectbox(words("How"), list(modes), format_func=modes.__getitem__, key=f"{key}-mode")
    others = sorted((i for i in plan.components if i != chosen), key=lambda i: plan.title(i).casefold())
    if mode == "needs":
        one = st.selectbox(
            words("What"),
            others,
            index=None,
            format_func=plan.title,
            key=f"{key}-one",
            placeholder=words("Choose"),
        )
        members = [one] if one else []
    else:
        members = st.multiselect(
            words("What"), others, format_func=plan.title, key=f"{key}-many", placeholder=words("Choose")
        )
    data = _figures(mode, members, plan, words, key)
    if st.checkbox(words("Needed to start, not to run"), key=f"{key}-start"):
        data["during"] = "start"
    if st.button(words("Add"), type="primary", key=f"{key}-add", disabled=not members):
        _save(session, opened, chosen, [*plan.components[chosen].requires, data])


def _figures(mode: str, members: list[str], plan: Plan, words: Words, key: str) -> dict[str, Any]:
    def share(label: str, member: str, value: float) -> float:
        return (
            float(
                st.number_input(
                    f"{label} (%)", 0.0, 1000.0, value, 5.0, format="%g", key=f"{key}-{mode}-{member}"
                )
            )
            / 100
        )

    if mode == "needs":
        lost = share(words("Share that is lost without it"), "impact", 100.0)
        return {"needs": members[0] if members else "", "impact": lost}
    if mode == "any_of":
        return {"any_of": members}
    if mode == "pool":
        return {
            "pool": {m: share(words("{name} can carry", name=plain(plan.title(m))), m, 60.0) for m in members}
        }
    if mode == "split":
        even = round(100 / len(members), 4) if members else 100.0
        weights = {
            m: share(words("{name} carries", name=plain(plan.title(m))), f"{m}-{len(members)}", even)
            for m in members
        }
        return {"split": whole(weights)}
    least = st.number_input(words("At least"), 1, max(len(members), 1), 1, key=f"{key}-least")
    return {"quorum": int(least), "of": members}


def whole(weights: dict[str, float]) -> dict[str, float]:
    """Shares that only rounding keeps from summing to 1, made to do so; others as they are."""
    total = sum(weights.values())
    return {m: w / total for m, w in weights.items()} if abs(total - 1) < _ROUNDING else weights


def _save(session: Session, opened: Stored, chosen: str, requires: list[Any]) -> None:
    written = opened.plan.components[chosen].model_dump(mode="json", exclude_defaults=True)
    written["requires"] = [
        r.model_dump(mode="json") if isinstance(r, Needs | Pool | Split | Quorum) else r for r in requires
    ]
    with guard.problems(session.words):
        changed = checked(Component, written, session.words)
        if desk.edit(session, opened, lambda p: edit.put_component(p, chosen, changed)):
            st.rerun()
