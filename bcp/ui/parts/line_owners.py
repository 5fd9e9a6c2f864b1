"""Owners of customers' lines on the page of notices: the list that is given, who of it is told, and their files."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from bcp.model.announcement import NOTICE_LANGUAGES
from bcp.model.line import Lines
from bcp.model.line_notice import OwnersTold
from bcp.model.notice_out_words import contact_name
from bcp.model.plan import Plan
from bcp.store import Stored
from bcp.ui import guard
from bcp.ui.parts.plain import plain
from bcp.ui.parts.plans import file_stem
from bcp.ui.state import Session, given
from bcp.usecases import lines as of_lines
from bcp.usecases import notifying
from bcp.usecases.notifying import Notified
from bcp.words import Words

_KEY = "notices-lines"
_LARGEST_MB = 20


def given_lines(session: Session, plan: Plan) -> tuple[str, Lines | None]:
    """Let a list of lines be given; a name of what it holds, and the lines. What is wrong with it is said."""
    words = session.words
    with st.expander(words("Customers' lines"), icon=":material/cable:", expanded=bool(session.lines_file)):
        st.caption(
            words(
                "With a list of lines only the owners of affected lines are told, in their language, on the channels that they agreed to. CSV with the columns id and components; where known area, contacts, consent, language, priority, customer."
            )
        )
        st.file_uploader(
            words("List of lines (CSV)"), type=["csv"], key=_KEY, max_upload_size=_LARGEST_MB,
            on_change=_uploaded, args=(session,),
        )  # fmt: skip
        sample = _sample(plan.content_hash, plan)
        if sample is not None and session.lines_file is None:
            st.button(
                words("Try the made-up list of this example"), icon=":material/science:", key=f"{_KEY}-sample",
                on_click=_kept, args=(session, *sample),
            )  # fmt: skip
        if session.lines_file is None:
            return "", None
        name, content = session.lines_file
        named, forget = st.columns([3, 1], vertical_alignment="center")
        forget.button(
            words("Forget the list"),
            key=f"{_KEY}-forget",
            on_click=_forgotten,
            args=(session,),
            width="stretch",
        )
        with guard.problems(words):
            mark = hashlib.sha256(content).hexdigest()
            found = _lines(plan.content_hash, mark, name, content, plan)
            named.markdown(f"**{plain(name)}** · " + words.count("{n} line", "{n} lines", len(found)))
            return mark, found
    return "", None


@dataclass(frozen=True)
class Owners:
    """Whom the notices to owners go to at a minute, with the files for them and the list of affected lines."""

    counted: OwnersTold
    files: Mapping[str, bytes]
    affected: bytes


def made(told: Notified, moment: float) -> Owners | None:
    """What goes to the owners of lines at a minute; none where no list was given."""
    counted = told.owners(moment)
    if counted is None or told.lines is None:
        return None
    return Owners(counted, notifying.owner_files(told, at_s=moment), of_lines.affected_csv(told.lines))


def owners(found: Owners, opened: Stored, words: Words) -> None:
    """Show whom the notices to owners go to, counted, with what a gateway and a mail program need."""
    counted = found.counted
    st.markdown("#### " + words("Owners of affected lines"))
    if not counted.concerned:
        st.caption(words("None of the {n} lines is concerned by then.", n=words.number(counted.lines_in_all)))
        return
    _figures(counted, words)
    _tables(counted, words)
    _downloads(found, opened, words)


def _figures(counted: OwnersTold, words: Words) -> None:
    figures = {
        words("Lines concerned"): f"{words.number(counted.concerned)} / {words.number(counted.lines_in_all)}",
        words("Sent a text"): words.number(counted.sent),
        words("Status page only"): words.number(counted.page_only),
    }
    for column, (label, value) in zip(st.columns(len(figures)), figures.items(), strict=True):
        column.metric(label, value)
    if counted.page_only:
        st.caption(
            words(
                "Status page only: no address for e-mail or SMS, or no consent. Telephone those who come first."
            )
        )


def _tables(counted: OwnersTold, words: Words) -> None:
    none = words("none given")
    parts = (
        (
            words("Channel"),
            words("Messages"),
            {contact_name(c, words): n for c, n in counted.messages.items()},
        ),
        (words("Language"), words("Lines"), {NOTICE_LANGUAGES[c]: n for c, n in counted.languages.items()}),
        (words("Priority"), words("Lines"), {word or none: n for word, n in counted.priorities.items()}),
    )
    for column, (head, unit, counts) in zip(st.columns(3), parts, strict=True):
        rows = [{head: name, unit: words.number(n)} for name, n in counts.items()]
        column.dataframe(pd.DataFrame(rows, columns=[head, unit]), hide_index=True, width="stretch")


def _downloads(found: Owners, opened: Stored, words: Words) -> None:
    stem = file_stem(opened.name)
    mails = {name: content for name, content in found.files.items() if "/email" in name}
    one, two, three = st.columns(3)
    if mails:
        one.download_button(
            words("E-mails (.eml) and recipients"), notifying.archived(mails), icon=":material/mail:",
            file_name=f"{stem}-email.zip", mime="application/zip", key=f"{_KEY}-mail", on_click="ignore",
            width="stretch",
        )  # fmt: skip
    for name, content in found.files.items():
        if name.endswith("/sms.csv"):
            draft = name.startswith("draft/")
            two.download_button(
                words("SMS for a gateway (CSV), draft") if draft else words("SMS for a gateway (CSV)"), content,
                icon=":material/sms:", file_name=f"{stem}-{name.replace('/', '-')}", mime="text/csv",
                key=f"{_KEY}-{name}", on_click="ignore", width="stretch",
            )  # fmt: skip
    three.download_button(
        words("Affected lines (CSV)"), found.affected, icon=":material/table:", file_name=f"{stem}-lines.csv",
        mime="text/csv", key=f"{_KEY}-hit", on_click="ignore", width="stretch",
    )  # fmt: skip


def _uploaded(session: Session) -> None:
    file = given(_KEY)
    session.lines_file = None if file is None else (file.name, file.getvalue())


def _kept(session: Session, name: str, content: bytes) -> None:
    session.lines_file = (name, content)


def _forgotten(session: Session) -> None:
    session.lines_file = None


@st.cache_resource(show_spinner=False, max_entries=50)
def _sample(plan_hash: str, _plan: Plan) -> tuple[str, bytes] | None:
    del plan_hash  # the key
    path = of_lines.sample_lines(_plan)
    return None if path is None else (path.name, path.read_bytes())


@st.cache_resource(show_spinner=False, max_entries=4)
def _lines(plan_hash: str, mark: str, name: str, _content: bytes, _plan: Plan) -> Lines:
    del plan_hash, mark  # the key
    return of_lines.uploaded_lines(_content, name, _plan)
