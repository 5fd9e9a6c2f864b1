"""What is wrong with the plan: problems that stop a run, and findings about its weaknesses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from bcp.errors import Problem
from bcp.model.finding import Finding
from bcp.model.plan import Plan
from bcp.store import Stored
from bcp.ui import cached, guard, navigation
from bcp.ui.parts.finding_card import accepted_card, card
from bcp.ui.parts.plain import plain
from bcp.ui.state import Session


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


def count(session: Session, plan: Plan) -> int:
    """How many problems and findings there are."""
    found = cached.problems(plan)
    return len(found) if found else len(cached.examination(plan, session.language).findings)


def counted(session: Session, plan: Plan) -> Counter[str]:
    """How many findings there are about each component, fallback and contact."""
    if cached.problems(plan):
        return Counter()
    return Counter(f.subject for f in cached.examination(plan, session.language).findings)


def listing(session: Session, opened: Stored) -> None:
    """Every problem and finding, each with its remedy and the way to its place; then what was accepted."""
    words, plan = session.words, opened.plan
    wrong = cached.problems(plan)
    for n, problem in enumerate(wrong):
        _problem(session, plan, f"p{n}", problem)
    if wrong:
        return
    with guard.problems(words, stop=True):
        found = cached.examination(plan, session.language)
    if not found.findings:
        st.success(words("Nothing to remark. The rules found no weakness in the plan."))
    family = _family(session, found.findings)
    for n, finding in enumerate(found.findings):
        if family in ("", finding.code[0]) and (subject := card(session, opened, finding, f"f{n}")):
            show(session, plan, subject)
            st.rerun()
    if found.accepted:
        with st.expander(words("Accepted risks ({n})", n=len(found.accepted))):
            for n, accepted in enumerate(found.accepted):
                accepted_card(session, opened, accepted, f"a{n}")


def _family(session: Session, found: Sequence[Finding]) -> str:
    """The choice of one family of rules, by its letter; empty for all."""
    counted = Counter(finding.code[0] for finding in found)
    if len(counted) < 2:  # noqa: PLR2004 - one family is no choice
        return ""
    names = {text.family: text.family_name for text in cached.rules(session.language)}
    chosen = st.pills(
        session.words("About"),
        list(counted),
        format_func=lambda letter: f"{names[letter]} ({counted[letter]})",
        key="finding-family",
        label_visibility="collapsed",
    )
    return chosen or ""


def beside(session: Session, opened: Stored, subject: str) -> None:
    """The findings about one component, fallback or contact, where that is shown."""
    if cached.problems(opened.plan):
        return
    found = [f for f in cached.examination(opened.plan, session.language).findings if f.subject == subject]
    if found:
        title = session.words("Remarks ({n})", n=len(found))
        with st.expander(title, icon=":material/flag:", expanded=any(f.remedy for f in found)):
            for n, finding in enumerate(found):
                card(session, opened, finding, f"{subject}-{n}", leads=False)


def _problem(session: Session, plan: Plan, key: str, problem: Problem) -> None:
    words, subject = session.words, place(problem.path, plan)
    with st.container(border=True):
        text, button = st.columns([6, 1], vertical_alignment="center")
        name = f"**{plain(plan.title(subject))}** · " if subject else ""
        badge = ":red-badge[✕ " + words("Must be mended") + "]"
        fix = f"  \n:small[{plain(problem.fix)}]" if problem.fix else ""
        text.markdown(f"{badge} {name}{plain(problem.message)}{fix}")
        known = subject in plan.components or subject in plan.fallbacks or subject in plan.contacts
        if known and button.button(words("Show"), key=f"show-{key}"):
            show(session, plan, subject)
            st.rerun()


def show(session: Session, plan: Plan, subject: str) -> None:
    """Turn the model page to a component, fallback or contact."""
    if subject in plan.fallbacks:
        session.fallback, session.model_view = subject, "fallbacks"
    elif subject in plan.contacts:
        session.contact, session.model_view = subject, "contacts"
    else:
        session.chosen, session.model_view = subject, "graph"
