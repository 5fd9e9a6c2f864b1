"""What is wrong with the plan: problems that stop a run, and findings about its weaknesses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

import streamlit as st

from bcp import usecases
from bcp.errors import Problem
from bcp.model.finding import Examination, Finding
from bcp.model.plan import Plan
from bcp.store import Stored
from bcp.ui import background, cached, guard, navigation
from bcp.ui.parts.finding_card import accepted_card, card
from bcp.ui.parts.plain import plain
from bcp.ui.per_plan import content_hash
from bcp.ui.state import Session, given, put

_DRAWN = 100
"""So many findings are drawn at once, and so many more each time they are asked for."""

_MOST = "findings-drawn"


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


def examination(session: Session, plan: Plan) -> Examination | None:
    """What the rules find in a plan as of today, and what was accepted; None while it is worked out."""
    key = _work_key(session, plan)
    return background.piece(
        key,
        lambda _: usecases.examine(plan, on=date.fromisoformat(key[-1]), language=session.language),
        session.words,
    )


def _work_key(session: Session, plan: Plan) -> tuple[str, ...]:
    return ("examination", content_hash(plan), session.language, date.today().isoformat())  # noqa: DTZ011 - the day on the user's desk


def count(session: Session, plan: Plan) -> int | None:
    """How many problems and findings there are; None while that is worked out."""
    if found := cached.problems(plan):
        return len(found)
    examined = examination(session, plan)
    return None if examined is None else len(examined.findings)


def awaited(session: Session, plan: Plan) -> None:
    """Say so where the rules are still at work; when they are done, the page is drawn with what they found."""
    if not cached.problems(plan) and examination(session, plan) is None:
        background.awaited(_work_key(session, plan), session.words, key="findings")


def counted(session: Session, plan: Plan) -> Counter[str]:
    """How many findings there are about each component, fallback and contact."""
    if cached.problems(plan):
        return Counter()
    examined = examination(session, plan)
    return Counter() if examined is None else Counter(f.subject for f in examined.findings)


def listing(session: Session, opened: Stored) -> None:
    """Every problem and finding, each with its remedy and the way to its place; then what was accepted."""
    words, plan = session.words, opened.plan
    wrong = cached.problems(plan)
    for n, problem in enumerate(wrong):
        _problem(session, plan, f"p{n}", problem)
    if wrong:
        return
    with guard.problems(words, stop=True):
        found = examination(session, plan)
    if found is None:
        return
    if not found.findings:
        st.success(words("Nothing to remark. The rules found no weakness in the plan."))
    family = _family(session, found.findings)
    numbered = [(n, f) for n, f in enumerate(found.findings) if family in ("", f.code[0])]
    most = int(given(_MOST, _DRAWN))
    for n, finding in numbered[:most]:
        if subject := card(session, opened, finding, f"f{n}"):
            show(session, plan, subject)
            st.rerun()
    if len(numbered) > most:
        left = words("{n} more", n=words.number(len(numbered) - most))
        st.button(left, key="findings-more", icon=":material/expand_more:", on_click=put, args=(_MOST, most + _DRAWN))  # fmt: skip
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
    examined = examination(session, opened.plan)
    found = [] if examined is None else [f for f in examined.findings if f.subject == subject]
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
        fix = f"  \n:small[{plain(words.say(problem.fix))}]" if problem.fix else ""
        text.markdown(f"{badge} {name}{plain(words.say(problem.message))}{fix}")
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
