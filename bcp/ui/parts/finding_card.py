"""One finding on the screen: what, why, what to do; with buttons that mend it or accept the risk."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from bcp.errors import BcpError
from bcp.model.finding import AcceptedFinding, Finding, Severity
from bcp.model.plan import AcceptedRisk
from bcp.model.references import WHOLE_PLAN
from bcp.model.remedy import acceptance, withdrawal
from bcp.store import Stored
from bcp.ui import desk, guard
from bcp.ui.parts.levels import Paint, severity_name
from bcp.ui.parts.plain import plain
from bcp.ui.state import Session

_PAINT: dict[Severity, Paint] = {
    Severity.ERROR: "red",
    Severity.WARNING: "orange",
    Severity.ADVICE: "blue",
}

_A_YEAR = timedelta(days=365)


def card(session: Session, opened: Stored, finding: Finding, key: str, *, leads: bool = True) -> str:
    """Draw a finding; with `leads`, what it is about and the way there. Gives the subject where that is wanted."""
    words, plan = session.words, opened.plan
    with st.container(border=True):
        name = (
            f"**{plain(plan.title(finding.subject))}** · " if leads and finding.subject != WHOLE_PLAN else ""
        )
        clause = f" · {plain(finding.clause)}" if finding.clause else ""
        st.markdown(
            f"{_badge(finding, session)} {name}{plain(finding.message)}  \n"
            f":small[{plain(finding.reason)}]  \n"
            f":small[**{words('What to do')}:** {plain(finding.fix)}{clause}]"
        )
        wanted = _buttons(session, opened, finding, key, leads=leads)
        if session.accepting == _identity(finding):
            _accept(session, opened, finding, key)
    return wanted


def _badge(finding: Finding, session: Session) -> str:
    return f":{_PAINT[finding.severity]}-badge[{severity_name(finding.severity, session.words)} {plain(finding.code)}]"


def _identity(finding: Finding) -> str:
    return f"{finding.code} {finding.subject}"


def _buttons(session: Session, opened: Stored, finding: Finding, key: str, *, leads: bool) -> str:
    words, plan, wanted = session.words, opened.plan, ""
    known = any(finding.subject in entries for entries in (plan.components, plan.fallbacks, plan.contacts))
    with st.container(horizontal=True):
        if (remedy := finding.remedy) is not None:
            told = words("Changes the plan at once. It can be undone.")
            pressed = st.button(plain(remedy.label), icon=":material/build:", key=f"mend-{key}", help=told)
            if pressed and desk.edit(session, opened, remedy.apply):
                st.rerun()
        if leads and known and st.button(words("Show"), icon=":material/arrow_forward:", key=f"show-{key}"):
            wanted = finding.subject
        if st.button(words("Accept the risk"), icon=":material/handshake:", key=f"accept-{key}"):
            session.accepting = "" if session.accepting == _identity(finding) else _identity(finding)
    return wanted


def _accept(session: Session, opened: Stored, finding: Finding, key: str) -> None:
    words = session.words
    today = date.today()  # noqa: DTZ011 - the day on the user's desk
    with st.form(f"accepting-{key}", border=False):
        reason = st.text_input(words("Why the risk is accepted"), max_chars=1000, key=f"reason-{key}")
        who, until = st.columns(2)
        by = who.text_input(words("Who accepts it"), max_chars=300, key=f"by-{key}")
        day = until.date_input(words("Until"), value=today + _A_YEAR, min_value=today, key=f"until-{key}")
        if not st.form_submit_button(words("Accept"), type="primary", key=f"accepted-{key}"):
            return
    with guard.problems(words):
        if not reason.strip() or not by.strip() or not isinstance(day, date):
            raise BcpError(
                words("An accepted risk needs a reason, a name and a day."), words("Fill in all three.")
            )
        risk = AcceptedRisk(
            code=finding.code,
            subject=finding.subject,
            reason=reason.strip(),
            accepted_by=by.strip(),
            until=day,
        )
        if desk.edit(session, opened, acceptance(opened.plan, risk, words("Accept the risk")).apply):
            session.accepting = ""
            st.rerun()


def accepted_card(session: Session, opened: Stored, accepted: AcceptedFinding, key: str) -> None:
    """Draw a finding that somebody accepted: who, until when, why; with a button that takes it back."""
    words, risk = session.words, accepted.risk
    told = words(
        "Accepted by {who} until {day}: {reason}",
        who=risk.accepted_by,
        day=words.day(risk.until),
        reason=risk.reason,
    )
    with st.container(border=True):
        st.markdown(
            f":gray-badge[{plain(risk.code)}] **{plain(opened.plan.title(risk.subject))}** · "
            f"{plain(accepted.finding.message)}  \n:small[{plain(told)}]"
        )
        if st.button(words("Accept no longer"), icon=":material/undo:", key=f"withdraw-{key}"):
            gone = withdrawal(opened.plan, risk, words("Accept no longer"))
            if desk.edit(session, opened, gone.apply):
                st.rerun()
