"""The form for an activity's business impact analysis."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import streamlit as st

from bcp.errors import InvalidInputError, Problem
from bcp.model import edit
from bcp.model.component import Bia, Component
from bcp.model.duration import duration_text, rate_text
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
from bcp.ui.state import Session
from bcp.words import Words

_STEP = re.compile(r"(.+?)[:=]\s*([\d\s.,]+)")


def bia_form(session: Session, opened: Stored, chosen: str) -> None:
    """Draw the form; a valid change is saved at once."""
    words = session.words
    name, part = f"bia-{chosen}", partial(_analysis, chosen)
    form, held = filled(session, opened, name, part, "rto")
    with st.form(form, border=False):
        st.caption(words("Times are written 30m, 4h or 2d and count from when the disruption begins."))
        try:
            data, wrong = _asked(held, words, form), None
        except InvalidInputError as error:
            data, wrong = {}, error
        if st.form_submit_button(words("Save"), type="primary", key=f"{form}-save"):
            with guard.problems(words):
                if wrong is not None:
                    raise wrong
                bia = agreed(session, opened, name, part, checked(Bia, data, words))
                _in_order(bia, words)
                _save(session, opened, chosen, bia)


def _analysis(chosen: str, plan: Plan) -> Bia:
    return plan.components[chosen].analysis


def _save(session: Session, opened: Stored, chosen: str, bia: Bia) -> None:
    written = opened.plan.components[chosen].model_dump(mode="json", exclude_defaults=True)
    written["bia"] = bia.model_dump(mode="json", exclude_defaults=True)
    changed = checked(Component, written, session.words)
    if desk.edit(session, opened, lambda p: edit.put_component(p, chosen, changed)):
        st.rerun()


def _in_order(bia: Bia, words: Words) -> None:
    if bia.rto is not None and bia.mtpd is not None and bia.rto > bia.mtpd:
        fix = words("Aim to be back before it can no longer be borne.")
        raise InvalidInputError([Problem("", 0, "RTO", words("The RTO is longer than the MTPD."), fix)])


def _asked(bia: Bia, words: Words, form: str) -> dict[str, Any]:
    def time(field: str, held: float | None) -> str:
        text = st.text_input(
            field_name(field, words), value=shown_duration(held), placeholder="4h", key=f"{form}-{field}"
        )
        return written_duration(text)

    left, right = st.columns(2)
    with left:
        rto = time("rto", bia.rto)
        rpo = time("rpo", bia.rpo)
        demand = st.number_input(
            field_name("demand", words),
            min_value=0.0,
            value=bia.demand,
            step=10.0,
            format="%g",
            key=f"{form}-demand",
        )
    with right:
        mtpd = time("mtpd", bia.mtpd)
        mbco = st.number_input(
            field_name("mbco", words) + " (%)",
            0.0,
            100.0,
            shown_percent(bia.mbco),
            5.0,
            "%g",
            key=f"{form}-mbco",
        )
        floor = st.number_input(
            field_name("quality_floor", words) + " (%)", 0.0, 100.0, shown_percent(bia.quality_floor), 1.0, "%g",
            key=f"{form}-quality_floor",
            help=words("Share of what gets through that must be good, such as calls that can be heard. Empty: not asked for."),
        )  # fmt: skip
    peaks = st.text_input(field_name("peaks", words), value=bia.peaks, key=f"{form}-peaks")
    duty = st.text_input(field_name("legal_duty", words), value=bia.legal_duty, key=f"{form}-duty")
    impact = st.text_area(
        field_name("impact", words), value=impact_text(bia), height=90, key=f"{form}-impact",
        placeholder="financial: 1h: 5000, 24h: 400000",
        help=words("One line a category: the value reached after each length of time."),
    )  # fmt: skip
    return tidy(
        {
            "rto": rto, "mtpd": mtpd, "rpo": rpo, "mbco": typed_percent(mbco, bia.mbco), "demand": rate_text(demand),
            "quality_floor": typed_percent(floor, bia.quality_floor), "peaks": peaks.strip(), "legal_duty": duty.strip(), "impact": impact_data(impact or "", words),
        }
    )  # fmt: skip


def impact_text(bia: Bia) -> str:
    """Impact over time as the field shows it: a line for each category, `financial: 1h: 5000, 24h: 400000`."""
    return "\n".join(
        f"{category}: "
        + ", ".join(f"{duration_text(after)}: {value:g}" for after, value in sorted(steps.items()))
        for category, steps in bia.impact.items()
    )


def impact_data(text: str, words: Words) -> dict[str, dict[str, float]]:
    """What the field of impact over time says. Raises InvalidInputError for a line that cannot be read."""
    found: dict[str, dict[str, float]] = {}
    for line in filter(None, (raw.strip() for raw in text.splitlines())):
        category, colon, rest = line.partition(":")
        steps = [_STEP.fullmatch(part.strip()) for part in rest.split(",")]
        if not colon or not rest.strip() or None in steps:
            message = words("This line cannot be read: {line}", line=line)
            fix = words("Write a category and its values, such as financial: 1h: 5000, 24h: 400000.")
            raise InvalidInputError([Problem("", 0, field_name("impact", words), message, fix)])
        found[category.strip()] = {
            written_duration(step[1]): float(re.sub(r"\s", "", step[2])) for step in steps if step is not None
        }
    return found
