"""What is wrong with the plan: problems that stop a run, and findings about its weaknesses."""

from __future__ import annotations

import streamlit as st

from bcp.errors import Problem
from bcp.model.finding import Finding, Severity
from bcp.model.plan import Plan
from bcp.store import Stored
from bcp.ui import cached, guard, navigation
from bcp.ui.parts.levels import Paint, severity_name
from bcp.ui.parts.plain import plain
from bcp.ui.state import Session

_PAINT: dict[Severity, Paint] = {
    Severity.ERROR: "red",
    Severity.WARNING: "orange",
    Severity.ADVICE: "blue",
}


def must_be_sound(session: Session, opened: Stored) -> None:
    """End the page where the plan cannot be run, and say why."""
    words = session.words
    if not opened.plan.activities:
        with st.container(border=True):
            st.markdown("#### " + words("The plan has no activity yet"))
            st.write(
                words("Add what your organisation delivers, such as customer service, and what it rests on.")
            )
            if st.button(words("Open the model"), key="to-model", type="primary"):
                navigation.go(session, "model")
        st.stop()
    found = cached.problems(opened.plan)
    if found:
        guard.show(found, words)
        if st.button(words("Mend it in the model"), key="to-model"):
            navigation.go(session, "model")
        st.stop()


def about(plan: Plan, subject: str) -> tuple[Problem, ...]:
    """The problems that stand at one component, fallback or contact."""
    return tuple(p for p in cached.problems(plan) if place(p.path, plan) == subject)


def place(path: str, plan: Plan) -> str:
    """The component, fallback or contact that a problem's path lies in; empty for none."""
    for group in ("components", "fallbacks", "contacts"):
        for i in getattr(plan, group):
            start = f"{group}.{i}"
            if path == start or path.startswith((f"{start}.", f"{start}[")):
                return str(i)
    return ""


def count(plan: Plan) -> int:
    """How many problems and findings there are."""
    found = cached.problems(plan)
    return len(found) if found else len(cached.assessment(plan).findings)


def listing(session: Session, opened: Stored) -> None:
    """Every problem and finding, each with its remedy and the way to its place."""
    words, plan = session.words, opened.plan
    wrong = cached.problems(plan)
    for n, problem in enumerate(wrong):
        _one(
            session,
            plan,
            f"p{n}",
            ":red-badge[✕ " + words("Must be mended") + "]",
            place(problem.path, plan),
            problem.message,
            problem.fix,
        )
    if wrong:
        return
    with guard.problems(words, stop=True):
        findings = cached.assessment(plan).findings
    if not findings:
        st.success(words("Nothing to remark. The rules found no weakness in the plan."))
    for n, finding in enumerate(findings):
        _one(session, plan, f"f{n}", _badge(finding, session), finding.subject, finding.message, finding.fix)


def _badge(finding: Finding, session: Session) -> str:
    return f":{_PAINT[finding.severity]}-badge[{severity_name(finding.severity, session.words)} {plain(finding.code)}]"


def _one(session: Session, plan: Plan, key: str, badge: str, subject: str, message: str, fix: str) -> None:
    with st.container(border=True):
        text, button = st.columns([6, 1], vertical_alignment="center")
        name = f"**{plain(plan.title(subject))}** · " if subject else ""
        text.markdown(
            f"{badge} {name}{plain(message)}  \n:small[{plain(fix)}]"
            if fix
            else f"{badge} {name}{plain(message)}"
        )
        known = subject in plan.components or subject in plan.fallbacks
        if known and button.button(session.words("Show"), key=f"show-{key}"):
            show(session, plan, subject)
            st.rerun()


def show(session: Session, plan: Plan, subject: str) -> None:
    """Turn the model page to a component or fallback."""
    if subject in plan.fallbacks:
        session.fallback, session.model_view = subject, "fallbacks"
    else:
        session.chosen, session.model_view = subject, "graph"
