"""Outages of one's own, without writing YAML: new, from one of the library, changed again, taken away, up and down."""

from __future__ import annotations

import streamlit as st

from bcp import usecases
from bcp.errors import BcpError
from bcp.model.scenario import Scenario
from bcp.saying import said
from bcp.store import Stored
from bcp.ui import cached, desk, draft, guard
from bcp.ui.draft import Draft
from bcp.ui.parts import drafts, outages, runs
from bcp.ui.parts.add import new_id
from bcp.ui.parts.event_form import event_form
from bcp.ui.parts.fields import checked
from bcp.ui.parts.plain import plain
from bcp.ui.parts.plans import file_stem
from bcp.ui.state import Session, seed, write_address
from bcp.usecases import own_outages
from bcp.words import Words

_LARGEST_MB = 1
_UPLOAD = "outage-upload"


def builder(session: Session, opened: Stored) -> None:
    """Draw the ways to an outage of one's own, and the form of the one that is being written."""
    words = session.words
    outages.unreadable(opened.name, words)
    if session.draft is None:
        _unfinished(session, opened)
        _tools(session, opened)
        return
    with st.container(border=True, key="outage-form"):
        _form(session, opened, session.draft)
    if session.draft is not None:
        drafts.keep(opened.name, session.draft)


def _unfinished(session: Session, opened: Stored) -> None:
    """Offer what was being written when the page was reloaded or the browser closed."""
    words, held = session.words, drafts.kept(opened.name)
    if held is None:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        name = plain(held.title) or words("without a title")
        st.markdown(words("An outage was being written and is not saved: {name}.", name=name))
        st.button(words("Go on writing"), icon=":material/edit:", key="draft-go-on", on_click=_begin, args=(session, held))  # fmt: skip
        st.button(words("Throw it away"), icon=":material/delete:", key="draft-drop", on_click=drafts.drop, args=(opened.name,))  # fmt: skip


def _tools(session: Session, opened: Stored) -> None:
    words, own = session.words, outages.is_own(session.scenario)
    with st.popover(words("Your own outages"), icon=":material/edit:", key="own-outages"):
        st.caption(words("Own outages lie with the plan and are offered wherever those of the library are."))
        st.button(words("Write a new one"), icon=":material/add:", key="outage-new", on_click=_begin, args=(session, draft.blank()))  # fmt: skip
        st.button(words("Copy this one and change it"), icon=":material/content_copy:", key="outage-copy", on_click=_copy, args=(session,))  # fmt: skip
        if own:
            st.button(words("Change this one"), icon=":material/edit:", key="outage-edit", on_click=_edit, args=(session,))  # fmt: skip
            st.button(words("Remove this one"), icon=":material/delete:", key="outage-remove", on_click=_remove, args=(session,))  # fmt: skip
        _exchange(session, opened)


def _exchange(session: Session, opened: Stored) -> None:
    """One's own or a set one of the library down as YAML; a file up as one's own."""
    words = session.words
    reference = session.scenario
    with guard.problems(words):
        if outages.is_own(reference):
            text = own_outages.outage_text(cached.store(), reference)
        else:
            settings = tuple(sorted(session.settings.items()))
            text = own_outages.scenario_text(cached.scenario(reference, settings))
        st.download_button(
            words("Download as YAML"),
            text,
            file_name=f"{file_stem(reference.rpartition('/')[2].partition('@')[0])}.yaml",
            mime="application/yaml",
            icon=":material/download:",
            key="outage-download",
            on_click="ignore",
        )
    file = st.file_uploader(
        words("Take in a file"), type=["yaml", "yml", "json"], key=_UPLOAD, max_upload_size=_LARGEST_MB
    )
    if file is not None and st.button(words("Keep it as your own"), key="outage-take-in"):
        with guard.problems(words):
            _keep(session, opened, _decoded(file.getvalue(), file.name), "")
            st.rerun()


def _decoded(data: bytes, name: str) -> str:
    """The text of a file, read once so that its problems carry its name. Raises BcpError."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BcpError(
            said("the file is not text in UTF-8."), said("Save it as UTF-8 and try again."), name
        ) from None
    own_outages.scenario_of(text, name)
    return text


def _begin(session: Session, fresh: Draft) -> None:
    session.draft = fresh


def _copy(session: Session) -> None:
    words = session.words
    with guard.problems(words):
        chosen = cached.scenario(session.scenario, tuple(sorted(session.settings.items())))
        title = words("{name}, changed", name=chosen.titled(session.language))
        session.draft = draft.copied(chosen, title, session.language)


def _edit(session: Session) -> None:
    with guard.problems(session.words):
        chosen = cached.scenario(session.scenario, ())
        session.draft = draft.opened(session.scenario, chosen, session.language)


def _remove(session: Session) -> None:
    with guard.problems(session.words):
        own_outages.remove_outage(cached.store(), session.scenario, desk.AUTHOR)
        session.scenario, session.settings = "", {}
        session.ran = session.before = None


def _form(session: Session, opened: Stored, held: Draft) -> None:
    words = session.words
    key = f"draft-{held.replaces or 'new'}"
    st.markdown("#### " + (words("Change your outage") if held.replaces else words("An outage of your own")))
    for field in ("title", "description", "clock"):
        seed(f"{key}-{field}", getattr(held, field))
    held.title = st.text_input(words("Title"), key=f"{key}-title", max_chars=200)
    held.description = st.text_area(
        words("What happens, for those who read it"), key=f"{key}-description", max_chars=2000, height=80
    )
    held.clock = st.text_input(
        words("Local time when it begins"), key=f"{key}-clock", placeholder="07:00", width=200
    ).strip()
    if held.replaces and cached.parameters(held.replaces):
        st.caption(words("Its parameters become fixed values when it is saved from here."))
    for place, (number, event) in enumerate(list(held.events.items()), 1):
        with st.expander(words("Event {n}", n=place), expanded=True):
            held.events[number] = event_form(opened.plan, event, words, f"{key}-{number}")
            st.button(
                words("Take this event out"), icon=":material/delete:", key=f"{key}-{number}-gone", on_click=held.remove, args=(number,),
            )  # fmt: skip
    st.button(words("Another event"), icon=":material/add:", key=f"{key}-more", on_click=_more, args=(held,))
    with st.container(horizontal=True):
        if st.button(words("Save and run"), type="primary", icon=":material/save:", key="outage-save"):
            with guard.problems(words):
                _save(session, opened, held)
                st.rerun()
        st.button(words("Leave without saving"), key="outage-leave", on_click=_leave, args=(session,))


def _more(held: Draft) -> None:
    held.add(draft.new_event())


def _leave(session: Session) -> None:
    session.draft = None
    drafts.drop(session.plan)


def _save(session: Session, opened: Stored, held: Draft) -> None:
    """Keep the draft where it is sound, and run it. Raises BcpError with everything that is wrong."""
    words = session.words
    _complete(held, words)
    if not held.id:
        taken = {s.id for s in outages.known(opened.name).values()}
        held.id = new_id(held.title, taken)
    scenario = checked(Scenario, held.raw(session.language), words)
    usecases.run(opened.plan, scenario)
    _keep(session, opened, own_outages.scenario_text(scenario), held.replaces)
    session.draft = None
    drafts.drop(opened.name)


def _complete(held: Draft, words: Words) -> None:
    if not held.title.strip():
        raise BcpError(
            words("the outage has no title."), words("Give it one, by which you will find it again.")
        )
    if not held.events:
        raise BcpError(words("nothing happens in it."), words("Add an event."))
    for place, event in enumerate(held.events.values(), 1):
        if not event["select"]:
            raise BcpError(words("event {n} strikes nothing.", n=place), words("Choose what fails."))


def _keep(session: Session, opened: Stored, text: str, replaces: str) -> None:
    """Save, choose and run it. Raises BcpError."""
    reference = own_outages.save_outage(
        cached.store(), opened.name, text, author=desk.AUTHOR, replaces=replaces
    )
    session.scenario, session.settings = reference, {}
    session.minute, session.asked = 0, ""
    runs.run(session, opened)
    write_address(session)
    title = cached.scenario(reference, ()).titled(session.language)
    session.told = (session.words("“{name}” is saved with the plan.", name=title),)
