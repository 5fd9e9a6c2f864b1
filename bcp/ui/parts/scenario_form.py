"""Choosing an outage and setting its parameters."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from bcp import usecases
from bcp.model.plan import Plan
from bcp.model.scenario import Parameter, Scenario, in_language
from bcp.store import Stored
from bcp.ui import cached
from bcp.ui.parts import library_filter, outages, runs
from bcp.ui.parts.fields import written_duration
from bcp.ui.parts.plain import plain
from bcp.ui.state import Session, given, put
from bcp.words import Words

_PICK = "pick-scenario"


def choose(session: Session, opened: Stored) -> None:
    """Pick a scenario of the library, set its parameters and run it."""
    words = session.words
    known = outages.known(opened.name)
    _settle(session, opened, known)
    put(_PICK, session.scenario)
    with st.container(border=True):
        left, right = st.columns([5, 1], vertical_alignment="bottom")
        with right:
            left_over = library_filter.narrowed(session, known)
        shown = [i for i in known if i in left_over or i == given(_PICK)]
        picked = left.selectbox(
            words("What fails?"),
            shown,
            format_func=lambda i: outages.title(i, known[i], words),
            key=_PICK,
            on_change=_picked,
            args=(session,),
        )
        _describe(known[picked], session.language)
        fitted = cached.fitted(opened.plan, picked)
        with st.form("run", border=False):
            values = _settings(session, cached.parameters(picked), fitted, opened.plan)
            if st.form_submit_button(
                words("Run"), icon=":material/play_arrow:", type="primary", key="run-button"
            ):
                session.settings = values
                runs.run(session, opened)
    if session.to_run:
        session.to_run = False
        runs.run(session, opened)


def _settle(session: Session, opened: Stored, known: dict[str, Scenario]) -> None:
    """Choose the plan's own incident where nothing that there is was chosen; an own outage's newest edition."""
    found = outages.current(session.scenario, known)
    if not found:
        own = usecases.own_incident(opened.name)
        session.scenario, session.settings = cached.first_choice(opened.plan, known, (own,)) or own, {}
    elif found != session.scenario:
        session.scenario = found


def _picked(session: Session) -> None:
    session.scenario = given(_PICK, session.scenario)
    session.settings = {}
    session.ran = session.before = None
    session.asked = ""
    session.minute = 0


def _describe(scenario: Scenario, language: str) -> None:
    text = in_language(scenario.description, language)
    if text:
        st.caption(plain(text))


def _settings(
    session: Session, parameters: Mapping[str, Parameter], fitted: Mapping[str, str], plan: Plan
) -> dict[str, str]:
    if not parameters:
        return {}
    values: dict[str, str] = {}
    columns = st.columns(min(len(parameters), 4))
    for n, (name, parameter) in enumerate(parameters.items()):
        default = "" if parameter.default is None else str(parameter.default)
        held = session.settings.get(name, fitted.get(name, default))
        with columns[n % len(columns)]:
            value = _ask(name, parameter, held, plan, session)
        if value and (value != default or name in fitted):
            values[name] = value
    return values


def _ask(name: str, parameter: Parameter, held: str, plan: Plan, session: Session) -> str:
    label = plain(in_language(parameter.title, session.language) or name)
    key = f"set-{session.scenario}-{name}"
    options = list(parameter.choices) or _options(parameter, plan)
    if options:
        if held and held not in options:
            options = [held, *options]
        chosen = st.selectbox(
            label,
            options,
            index=options.index(held) if held in options else 0,
            format_func=lambda i: (
                _option(i, plan, session.words) if parameter.kind == "component" else str(i)
            ),
            key=key,
        )
        return chosen or ""
    text = st.text_input(label, value=held, key=key)
    return written_duration(text) if parameter.kind == "duration" else text.strip()


def _option(component: str, plan: Plan, words: Words) -> str:
    del words
    return plan.title(component)


def _options(parameter: Parameter, plan: Plan) -> list[str]:
    components = plan.components
    if parameter.kind == "component":
        return sorted(components, key=lambda i: (components[i].kind, plan.title(i)))
    attribute = {"operator": "operator", "site": "site", "area": "area"}.get(parameter.kind)
    if attribute is None:
        return []
    return sorted({getattr(c, attribute) for c in components.values()} - {""})
