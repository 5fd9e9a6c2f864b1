"""The plan's contacts: a table of them, and the form of the chosen one."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from bcp.model import edit
from bcp.model.plan import Contact, Plan
from bcp.model.telephone import display
from bcp.store import Stored
from bcp.ui import desk, guard
from bcp.ui.parts import findings
from bcp.ui.parts.add import new_id
from bcp.ui.parts.fields import checked, field_name, tidy
from bcp.ui.parts.filled_form import agreed, filled
from bcp.ui.parts.way_rows import way_rows
from bcp.ui.state import Session, given, put
from bcp.words import Words

_NEW = ""
_LINES = ("name", "role", "organisation", "phone", "mobile", "operator", "email", "note")


def contact_forms(session: Session, opened: Stored) -> None:
    """Draw the table, the choice and the form."""
    words, plan = session.words, opened.plan
    if plan.contacts:
        st.dataframe(contact_table(plan, words), hide_index=True)
    else:
        st.info(
            words(
                "No contact yet. Name who decides, who acts, and how they are reached when the telephones are down."
            )
        )
    if session.contact not in plan.contacts:
        session.contact = _NEW
    put("contact", session.contact)
    st.selectbox(
        words("Contact"), [_NEW, *plan.contacts], key="contact", on_change=_picked, args=(session,),
        format_func=lambda i: plan.title(i) if i else "＋ " + words("New contact"),
    )  # fmt: skip
    findings.beside(session, opened, session.contact)
    _form(session, opened, session.contact)
    if session.contact and st.button(
        words("Remove this contact"), icon=":material/delete:", key="remove-contact"
    ):
        gone = session.contact
        if desk.edit(session, opened, lambda p: edit.remove(p, gone)[0]):
            session.contact = _NEW
            st.rerun()


def contact_table(plan: Plan, words: Words) -> pd.DataFrame:
    """A row for every contact."""
    country = plan.organisation.country
    return pd.DataFrame(
        [
            {
                words("Name"): c.name,
                words("Role"): c.role,
                words("Organisation"): c.organisation,
                words("Telephone"): display(c.phone, country) if c.phone else "",
                words("Mobile"): display(c.mobile, country) if c.mobile else "",
                words("Operator"): c.operator,
                words("E-mail"): c.email,
                words("Deputy"): plan.title(c.deputy) if c.deputy else "",
            }
            for c in plan.contacts.values()
        ]
    )


def _picked(session: Session) -> None:
    session.contact = given("contact") or _NEW


def _form(session: Session, opened: Stored, chosen: str) -> None:
    words, plan = session.words, opened.plan
    name, part = f"contact-{chosen}", partial(_contact, chosen)
    form, contact = (
        filled(session, opened, name, part, "name") if chosen else (session.blank_form("contact"), None)
    )
    with st.form(form):
        columns = st.columns(2)
        data: dict[str, object] = {}
        for n, field in enumerate(_LINES):
            held = str(getattr(contact, field) or "") if contact else ""
            data[field] = (
                columns[n % 2].text_input(field_name(field, words), value=held, key=f"{form}-{field}").strip()
            )
        others: list[str | None] = [None, *(i for i in plan.contacts if i != chosen)]
        deputy = contact.deputy if contact else None
        data["deputy"] = st.selectbox(
            field_name("deputy", words), others, index=others.index(deputy) if deputy in others else 0,
            format_func=lambda i: plan.title(i) if i else "–", key=f"{form}-deputy",
        )  # fmt: skip
        st.markdown(f":small[{field_name('ways', words)}]")
        data["ways"] = way_rows(contact.ways if contact else (), plan, words, f"{form}-ways")
        if st.form_submit_button(words("Save"), type="primary", key="save-contact"):
            with guard.problems(words):
                changed = checked(Contact, tidy(data), words)
                if chosen:
                    changed = agreed(session, opened, name, part, changed)
                key = chosen or new_id(changed.name, {*plan.components, *plan.fallbacks, *plan.contacts})
                if desk.edit(session, opened, lambda p: edit.put_contact(p, key, changed)):
                    session.contact = key
                    session.form_sent("contact")
                    st.rerun()


def _contact(chosen: str, plan: Plan) -> Contact:
    return plan.contacts[chosen]
