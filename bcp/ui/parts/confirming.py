"""What a verdict rests on and nobody has confirmed: the buttons that say it was tested, or is right."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st

from bcp.model.assumed import assumed, confirmed, figure, figure_text
from bcp.model.plan import Plan
from bcp.ui import desk
from bcp.ui.parts.plain import plain
from bcp.ui.state import Session, given
from bcp.usecases.confirming import with_test


def confirming(session: Session, plan: Plan, about: str, *, key: str) -> None:
    """The assumed figures of a component or fallback with “This is right”; of a fallback, “We have tested this”."""
    words = session.words
    figures = assumed(plan, about)
    fallback = plan.fallbacks.get(about)
    if not figures and fallback is None:
        return
    if figures:
        subject = fallback or plan.components[about]
        listed = "; ".join(figure_text(field, figure(subject, field), words) for field in figures)
        st.markdown(
            "◌ " + plain(words("Assumed for {name}: {figures}", name=plan.title(about), figures=listed))
        )
    with st.container(horizontal=True):
        if figures:
            st.button(
                words("This is right"), key=f"{key}-right", icon=":material/check:", on_click=_right,
                args=(session, about),
            )  # fmt: skip
        if fallback is not None:
            _test(session, plan, about, key)


def _right(session: Session, about: str) -> None:
    if desk.act(session, lambda plan: confirmed(plan, about)):
        session.told = (session.words("The figures stand as confirmed."),)


def _test(session: Session, plan: Plan, fallback: str, key: str) -> None:
    words, today = session.words, _today(plan)
    form = f"{key}-tested"
    key = session.blank_form(form)  # another one once it was sent: it is closed and empty then
    with (
        st.popover(words("We have tested this"), icon=":material/fact_check:", key=key),
        st.form(f"{key}-form", border=False),
    ):
        st.date_input(words("Tested on"), today, max_value=today, key=f"{key}-day", format="YYYY-MM-DD")
        st.text_input(words("By whom"), key=f"{key}-by", max_chars=100)
        st.text_input(words("How did it go?"), key=f"{key}-result", max_chars=300)
        st.form_submit_button(
            words("Save"), type="primary", key=f"{key}-save", on_click=_tested, args=(session, fallback, form)
        )


def _tested(session: Session, fallback: str, form: str) -> None:
    key = session.blank_form(form)
    day, by = given(f"{key}-day"), str(given(f"{key}-by") or "").strip()
    result = str(given(f"{key}-result") or "").strip()
    if not isinstance(day, date):
        session.refused = session.words("Give the day on which it was tested.")
        return
    if desk.act(session, partial(_with_test, fallback=fallback, held=day, by=by, result=result)):
        session.form_sent(form)
        session.told = (session.words("The test is noted in the plan."),)


def _with_test(plan: Plan, *, fallback: str, held: date, by: str, result: str) -> Plan:
    return with_test(plan, fallback, held=held, by=by, today=_today(plan), result=result)


def _today(plan: Plan) -> date:
    return datetime.now(UTC).astimezone(ZoneInfo(plan.organisation.timezone)).date()
