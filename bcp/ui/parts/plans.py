"""The ways to a plan: an example, a saved one, a file, a new one, and a saved one's history."""

from __future__ import annotations

import re

import streamlit as st
from babel import Locale

from bcp import usecases
from bcp.errors import BcpError
from bcp.model.plan import Plan
from bcp.store import Revision, Stored
from bcp.ui import cached, desk, guard, navigation
from bcp.ui.parts.plain import plain
from bcp.ui.state import Session
from bcp.words import Words

_DEMO = usecases.DEMO_PLAN.removeprefix("example:")
_LONGEST_NAME = 70
"""Characters of a file's name that a plan takes over; a number may follow."""


def examples(session: Session) -> None:
    """The organisations that come with the product; folded away for whoever has plans already."""
    words = session.words
    saved = {summary.name for summary in cached.store().plans()}
    if not saved:
        st.subheader(words("Begin with an example"))
        _examples(session, saved)
        return
    with st.expander(words("Begin with an example"), icon=":material/folder_open:"):
        _examples(session, saved)


def _examples(session: Session, saved: set[str]) -> None:
    words = session.words
    examples = {name: cached.example(name) for name in usecases.example_names()}
    for name, plan in sorted(examples.items(), key=lambda e: _near(session, *e)):
        with st.container(border=True):
            st.markdown(f"**{plain(plan.organisation.name)}**")
            st.caption(plain(_about(name, plan, words)) or _size(plan, words))
            with st.container(horizontal=True):
                label = words("Continue") if name in saved else words("Open")
                if st.button(label, key=f"example-{name}"):
                    _open(session, f"example:{name}")
                if name in saved and st.button(words("Fresh copy"), key=f"copy-{name}"):
                    _keep(session, desk.free_name(name), plan)


def _about(name: str, plan: Plan, words: Words) -> str:
    """What an example is about, in the reader's language; where the plan itself is in another, it says in which."""
    spoken = plan.organisation.language
    told = "" if spoken == words.language else _told(name, words)
    if not told:
        return first_sentence(plan.document.scope or plan.document.purpose)
    return (
        f"{told} {words('Written in {language}.', language=Locale.parse(words.language).languages[spoken])}"
    )


def _told(name: str, words: Words) -> str:
    return {
        "fibra": words("A fibre operator in Italy: access lines in six municipalities and the channels to their owners."),
        "kommun": words("A municipality in Sweden: its telephones, care alarms and channels, and what they rest on."),
        "myndighet": words("A Swedish authority: customer service and payments, and what they rest on."),
        "stadsnat": words("Seven city networks in Sweden, their customer service and the channels to the customers."),
        "telefonie-nl": words("Business telephony in the Netherlands: both platforms, the interconnections and the helpdesk."),
        "voip-operator": words("A VoIP operator in Germany: call control, billing and the channels to the customers."),
    }.get(name, "")  # fmt: skip


def _near(session: Session, name: str, plan: Plan) -> tuple[bool, bool, str]:
    """Those in the user's language first, and the one that the demonstration opens before others."""
    return (plan.organisation.language != session.language, name != _DEMO, name)


def upload(session: Session) -> None:
    """Open a plan file."""
    words = session.words
    st.subheader(words("Open a file"))
    file = st.file_uploader(
        words("A plan as YAML or JSON"), type=["yaml", "yml", "json"], key="upload", max_upload_size=5
    )
    if file is not None and st.button(
        words("Open {name}", name=plain(file.name)), key="open-upload", type="primary"
    ):
        with guard.problems(words, stop=True):
            plan = usecases.read_plan_text(_text(file.getvalue(), file.name, words), file.name)
            session.open(desk.taken_in(re.sub(r"\.(ya?ml|json)$", "", file.name)[:_LONGEST_NAME], plan))
        navigation.go(session, "model")


def _text(content: bytes, name: str, words: Words) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = words("This is not text in UTF-8.")
        raise BcpError(message, words("Save the file as UTF-8 and open it again."), name) from error


def keep(session: Session, opened: Stored) -> None:
    """Take the open plan along as a file."""
    words = session.words
    st.divider()
    st.subheader(words("The open plan as a file"))
    st.caption(
        words("Everything you change is saved on this computer at once. A file is for passing the plan on.")
    )
    st.download_button(
        words("Download as YAML"),
        usecases.write_plan_text(opened.plan),
        file_name=f"{file_stem(opened.name)}.yaml",
        mime="application/yaml",
        key="download-plan",
        on_click="ignore",
    )


def history(session: Session, opened: Stored) -> None:
    """Earlier revisions of the open plan, any of which can be made the newest again."""
    words = session.words
    revisions = cached.store().revisions(opened.name)
    if len(revisions) < 2:  # noqa: PLR2004 - the only one is the one that is open
        return
    with st.expander(words("Earlier versions of this plan ({n})", n=len(revisions) - 1)):
        older = st.selectbox(
            words("Version"), revisions[1:], format_func=lambda r: _version(r, words), key="old-revision"
        )
        if older.note:
            st.caption(plain(older.note))
        if st.button(words("Restore this version"), key="restore"):
            with guard.problems(words, stop=True):
                cached.store().restore(opened.name, older.number, desk.AUTHOR)
            session.told = (
                words("Version {n} is restored; the one before stays in the list.", n=older.number),
            )
            st.rerun()


def first_sentence(text: str) -> str:
    """The first sentence of a text, at most 160 characters."""
    sentence = re.split(r"(?<=[.!?])\s", " ".join(text.split()), maxsplit=1)[0]
    return sentence if len(sentence) <= 160 else sentence[:159].rstrip() + "…"  # noqa: PLR2004 - two lines


def file_stem(name: str) -> str:
    """A plan's name as a file name: letters, digits and hyphens only."""
    return re.sub(r"[^\w]+", "-", name).strip("-") or "plan"


def _size(plan: Plan, words: Words) -> str:
    return words.count("{n} component", "{n} components", len(plan.components))


def _version(revision: Revision, words: Words) -> str:
    when = words.moment(desk.local(revision.saved_at))
    return words("{n} · {when} · {author}", n=revision.number, when=when, author=revision.author)


def _open(session: Session, reference: str) -> None:
    with guard.problems(session.words, stop=True):
        session.open(desk.opened(reference))
    navigation.go(session, "scenarios")


def _keep(session: Session, name: str, plan: Plan) -> None:
    with guard.problems(session.words, stop=True):
        cached.store().save(name, plan, author=desk.AUTHOR)
        session.open(name)
    navigation.go(session, "model")
