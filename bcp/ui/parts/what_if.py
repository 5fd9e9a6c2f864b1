"""What if: other times, capacity or endurance of a fallback, one less or one more, without touching the plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from bcp.errors import BcpError
from bcp.model.fallback import Fallback
from bcp.model.names import figure_text
from bcp.model.plan import Plan
from bcp.model.what_if import Trial, applied, with_trial
from bcp.store import Stored
from bcp.ui import desk, guard
from bcp.ui.parts import drafts, runs
from bcp.ui.parts.add import new_id
from bcp.ui.parts.fallback_list import option
from bcp.ui.parts.fields import checked, field_name, shown_duration, tidy, typed_percent, written_duration
from bcp.ui.parts.plain import plain
from bcp.ui.state import Session
from bcp.words import Words

_TIMES = ("lead_time", "decision", "endurance")


def what_if(session: Session, opened: Stored) -> None:
    """Draw what is on trial, and the forms to try more."""
    words = session.words
    _on_trial(session, opened)
    if session.ran is None or not opened.plan.components:
        return
    with st.expander(words("What if …"), icon=":material/science:"):
        st.caption(
            words("Try a change on this outage. The plan stays as it is until you save the change to it.")
        )
        change, more = st.tabs([words("A fallback is different"), words("There is one more fallback")])
        with change:
            _change(session, opened)
        with more:
            _extra(session, opened)


def _on_trial(session: Session, opened: Stored) -> None:
    """Say that what is shown is not the plan, what differs, and how to keep or forget it."""
    words = session.words
    if not session.trials:
        return
    lines = [f"- {line}" for trial in session.trials for line in told(opened.plan, trial, words)]
    st.warning(
        "\n".join([f"**{words('Not saved: what follows is with changes on trial.')}**", "", *lines]),
        icon=":material/science:",
    )
    with st.container(horizontal=True):
        st.button(words("Save to the plan"), icon=":material/save:", key="trials-save", on_click=_save, args=(session,))  # fmt: skip
        st.button(
            words("Forget"), icon=":material/undo:", key="trials-forget", on_click=_forget, args=(session,)
        )


def told(plan: Plan, trial: Trial, words: Words) -> list[str]:
    """A trial in words, a line for each thing that is different."""
    name = plain(plan.title(trial.fallback) if trial.extra is None else trial.extra.name or trial.fallback)
    if trial.extra is not None:
        return [words("{name} is one more fallback, for {other}", name=name, other=plain(plan.title(trial.extra.protects)))]  # fmt: skip
    if trial.off:
        return [words("{name} is not there", name=name)]
    held = plan.fallbacks.get(trial.fallback)
    return [
        words(
            "{name}: {field} {value} instead of {other}",
            name=name,
            field=field_name(field, words),
            value=_figure(field, value, words),
            other=_figure(field, getattr(held, field, None), words),
        )
        for field, value in trial.changes.items()
    ]


def _figure(field: str, value: float | None, words: Words) -> str:
    if value is None:
        return words("what the plan has by default")
    return figure_text("capacity", value, words) if field == "capacity" else words.length(value)


def _change(session: Session, opened: Stored) -> None:
    words, plan = session.words, opened.plan
    if not plan.fallbacks:
        st.caption(words("The plan has no fallbacks yet. Add one under Model."))
        return
    chosen = st.selectbox(
        words("Fallback"), list(plan.fallbacks), format_func=lambda f: option(plan, f), key="trial-fallback"
    )
    fallback = plan.fallbacks[chosen]
    with st.form(f"trial-{chosen}"):
        off = st.checkbox(words("It is not there"), key=f"trial-{chosen}-off")
        columns = st.columns(4)
        data: dict[str, Any] = {}
        for place, field in zip(columns, _TIMES, strict=False):
            text = place.text_input(
                field_name(field, words), key=f"trial-{chosen}-{field}",
                placeholder=shown_duration(getattr(fallback, field)) or "–",
            )  # fmt: skip
            data[field] = written_duration(text)
        share = columns[3].number_input(
            field_name("capacity", words) + " (%)", 0.0, 100.0, None, 5.0, key=f"trial-{chosen}-capacity",
            placeholder=f"{fallback.capacity * 100:g}", format="%g",
        )  # fmt: skip
        data["capacity"] = typed_percent(share, None)
        st.caption(words("What is left empty stays as it is."))
        if st.form_submit_button(words("Try it"), icon=":material/science:", key="trial-go"):
            with guard.problems(words):
                trial = checked(Trial, {"fallback": chosen, **({"off": True} if off else tidy(data))}, words)
                if not (trial.off or trial.changes):
                    raise BcpError(words("nothing is different."), words("Fill in at least one field."))
                _try(session, opened, trial)
                st.rerun()


def _extra(session: Session, opened: Stored) -> None:
    words, plan = session.words, opened.plan
    names = sorted(plan.components, key=plan.title)
    with st.form("trial-extra"):
        name = st.text_input(field_name("name", words), key="extra-name", max_chars=120)
        left, right = st.columns(2)
        protects = left.selectbox(field_name("protects", words), names, None, format_func=plan.title, key="extra-protects", placeholder=words("Choose"))  # fmt: skip
        via = right.multiselect(field_name("via", words), names, format_func=plan.title, key="extra-via", placeholder=words("Choose"))  # fmt: skip
        first, second = st.columns(2)
        lead = first.text_input(field_name("lead_time", words), "30m", key="extra-lead")
        share = second.number_input(field_name("capacity", words) + " (%)", 0.0, 100.0, 100.0, 5.0, key="extra-capacity", format="%g")  # fmt: skip
        if st.form_submit_button(words("Try it"), icon=":material/science:", key="extra-go"):
            with guard.problems(words):
                if not (name.strip() and protects):
                    raise BcpError(
                        words("a fallback needs a name and what it stands in for."), words("Fill in both.")
                    )
                data = {
                    "name": name.strip(),
                    "protects": protects,
                    "via": via,
                    "lead_time": written_duration(lead),
                }
                extra = checked(Fallback, tidy(data) | {"capacity": share / 100}, words)
                made = new_id(name, {*plan.components, *plan.fallbacks, *plan.contacts})
                _try(session, opened, Trial(fallback=made, extra=extra))
                st.rerun()


def _try(session: Session, opened: Stored, trial: Trial) -> None:
    """Put a change on trial and run again. Raises BcpError where it does not fit the plan."""
    trials = with_trial(session.trials, trial)
    applied(opened.plan, trials)
    _set(session, opened, trials)


def come_back(session: Session, opened: Stored) -> None:
    """After a reload, put on trial again what the page's address says was on trial. Those that no longer fit are left."""
    mark, session.trials_kept = session.trials_kept, ""
    if session.trials or not mark:
        session.trials_kept = mark
        return
    trials = drafts.kept_trials(opened.name, mark)
    with guard.problems(session.words):
        applied(opened.plan, trials)
        session.trials, session.trials_kept = trials, mark if trials else ""


def _set(session: Session, opened: Stored, trials: Sequence[Trial]) -> None:
    session.trials = tuple(trials)
    session.trials_kept = drafts.keep_trials(opened.name, session.trials)
    if session.ran is not None:
        runs.run(session, opened)


def _save(session: Session) -> None:
    opened, trials = desk.current(session), session.trials
    if opened is not None and desk.edit(session, opened, lambda plan: applied(plan, trials)):
        session.trials, session.trials_kept = (), ""
        runs.run(session, desk.newest(opened.name))


def _forget(session: Session) -> None:
    opened = desk.current(session)
    session.trials, session.trials_kept = (), ""
    if opened is not None and session.ran is not None:
        session.before = None
        runs.run(session, opened)
        session.before = None
