"""The forms for what a component rests on: one requirement at a time, in one of its modes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from bcp.model import edit_requirements
from bcp.model.component import Component, Kind
from bcp.model.plan import Plan
from bcp.model.requirement import Needs, Pool, Quorum, Requirement, Split
from bcp.store import Stored
from bcp.ui import desk, guard
from bcp.ui.parts.fields import checked
from bcp.ui.parts.plain import plain
from bcp.ui.per_plan import by_title
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
    """List the requirements with a way to change and remove each, and a way to add one."""
    words, plan = session.words, opened.plan
    requires = plan.components[chosen].requires
    if not requires:
        st.caption(words("It rests on nothing yet. State only what it needs itself; the rest is computed."))
    for n, requirement in enumerate(requires):
        text, change, button = st.columns([5, 1, 1], vertical_alignment="center")
        text.markdown(plain(requirement_text(requirement, plan, words)))
        change.button(
            "✎", key=f"mode-{chosen}-{n}", help=words("Change how"), on_click=_choose_arrow,
            args=(session, chosen, requirement.members[0]),
        )  # fmt: skip
        if button.button(
            "✕", key=f"drop-{chosen}-{n}-{opened.revision.number}", help=words("Remove")
        ) and desk.edit(session, opened, partial(edit_requirements.drop_requirement, owner=chosen, at=n)):
            st.rerun()
    with st.expander(words("Add what it rests on"), icon=":material/add:", expanded=not requires):
        _add(session, opened, chosen)


def _choose_arrow(session: Session, source: str, target: str) -> None:
    session.chosen, session.view.main = source, source
    session.view.others, session.view.arrow = (), (source, target)


def _add(session: Session, opened: Stored, chosen: str) -> None:
    words, plan = session.words, opened.plan
    key = session.blank_form(f"require-{chosen}")
    data = asked(plan, chosen, words, key)
    if st.button(words("Add"), type="primary", key=f"{key}-add", disabled=data is None):
        made = requirement_of(data or {}, words)
        if made is not None and desk.edit(
            session, opened, lambda p: edit_requirements.put_requirement(p, chosen, made)
        ):
            session.form_sent(f"require-{chosen}")
            st.rerun()


def asked(
    plan: Plan, owner: str, words: Words, key: str, held: Requirement | None = None
) -> dict[str, Any] | None:
    """The fields of one requirement, filled with the one held; what is written in them, None while no member is."""
    modes = {
        "needs": words("It needs this"),
        "any_of": words("Any one of these is enough"),
        "pool": words("These share the load and take over from each other"),
        "split": words("Each of these carries a fixed share"),
        "quorum": words("At least so many of these"),
    }
    mode = st.selectbox(
        words("How"), list(modes), index=list(modes).index(_mode(held)), format_func=modes.__getitem__,
        key=f"{key}-mode",
    )  # fmt: skip
    others = [i for i in by_title(plan) if i != owner]
    before = [m for m in held.members if m in plan.components] if held else []
    if mode == "needs":
        one = st.selectbox(
            words("What"), others, index=others.index(before[0]) if before else None, format_func=plan.title,
            key=f"{key}-one", placeholder=words("Choose"),
        )  # fmt: skip
        members = [one] if one else []
    else:
        members = st.multiselect(
            words("What"), others, default=before, format_func=plan.title, key=f"{key}-many",
            placeholder=words("Choose"),
        )  # fmt: skip
    data = _figures(mode, members, plan, words, key, held)
    if st.checkbox(
        words("Needed to start, not to run"), value=bool(held and held.during == "start"), key=f"{key}-start"
    ):
        data["during"] = "start"
    return data if members else None


def requirement_of(data: Mapping[str, Any], words: Words) -> Requirement | None:
    """The requirement that was written; None where it cannot be, and why is shown."""
    with guard.problems(words):
        whole_component = {"kind": Kind.SYSTEM, "name": "-", "requires": [dict(data)]}
        return checked(Component, whole_component, words).requires[0]
    return None


def _mode(held: Requirement | None) -> str:
    match held:
        case Pool(pool=pool):
            return "any_of" if all(c == 1 for c in pool.values()) else "pool"
        case Split():
            return "split"
        case Quorum():
            return "quorum"
        case _:
            return "needs"


def _figures(
    mode: str, members: list[str], plan: Plan, words: Words, key: str, held: Requirement | None
) -> dict[str, Any]:
    def share(label: str, member: str, value: float, exact: float | None = None) -> float:
        typed = st.number_input(
            f"{label} (%)", 0.0, 1000.0, value, 5.0, format="%g", key=f"{key}-{mode}-{member}"
        )
        return exact if exact is not None and typed == value else float(typed) / 100

    if mode == "needs":
        impact = held.impact if isinstance(held, Needs) else 1.0
        lost = share(words("Share that is lost without it"), "impact", round(impact * 100, 6), impact)
        return {"needs": members[0] if members else "", "impact": lost}
    if mode == "any_of":
        return {"any_of": members}
    if mode == "pool":
        had = held.pool if isinstance(held, Pool) else {}
        return {"pool": {
            m: share(words("{name} can carry", name=plain(plan.title(m))), m, round(had.get(m, 0.6) * 100, 6), had.get(m))
            for m in members
        }}  # fmt: skip
    if mode == "split":
        parts = held.split if isinstance(held, Split) and set(held.split) == set(members) else {}
        even = round(100 / len(members), 4) if members else 100.0
        weights = {
            m: share(
                words("{name} carries", name=plain(plan.title(m))), f"{m}-{len(members)}",
                round(parts[m] * 100, 6) if m in parts else even, parts.get(m),
            )
            for m in members
        }  # fmt: skip
        return {"split": whole(weights)}
    wanted = held.quorum if isinstance(held, Quorum) else 1
    most = max(len(members), 1)
    least = st.number_input(words("At least"), 1, most, min(wanted, most), key=f"{key}-least-{most}")
    return {"quorum": int(least), "of": members}


def whole(weights: dict[str, float]) -> dict[str, float]:
    """Shares that only rounding keeps from summing to 1, made to do so; others as they are."""
    total = sum(weights.values())
    return {m: w / total for m, w in weights.items()} if abs(total - 1) < _ROUNDING else weights
