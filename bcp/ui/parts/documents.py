"""Making a document: choosing it, seeing its pages, taking it along."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import streamlit as st

from bcp import usecases
from bcp.store import Stored
from bcp.ui import background, cached, guard
from bcp.ui.parts import outages
from bcp.ui.parts.plans import file_stem
from bcp.ui.parts.which_run import which_run
from bcp.ui.state import Session, given, put, seed
from bcp.usecases import documents
from bcp.words import LANGUAGES, Words

_NONE = ""
_AT_ONCE = 2


@dataclass(frozen=True)
class Choice:
    """Which document, in which language, under which scenario."""

    document: str
    language: str
    scenario: str
    settings: tuple[tuple[str, str], ...]


def document_title(name: str, words: Words) -> str:
    """What a document is called; its own name where it has no other."""
    known = {
        "bcp": words("Business continuity plan (BCP)"),
        "drp": words("Disaster recovery plan (DRP)"),
        "action-cards": words("Action cards"),
    }
    return known.get(name, name)


def choose(session: Session, opened: Stored) -> Choice:
    """Draw the choices."""
    words = session.words
    names = usecases.document_names()
    if session.document not in names:
        session.document = "bcp" if "bcp" in names else names[0]
    if session.document_language not in LANGUAGES:
        own = opened.plan.organisation.language
        session.document_language = own if own in LANGUAGES else session.language
    known = outages.known(opened.name)
    last, held = session.running
    put("document", session.document)
    put("document-language", session.document_language)
    seed("document-scenario", last if last in known else _NONE)
    what, how, under = st.columns([3, 2, 4])
    what.selectbox(
        words("Document"), names, key="document", on_change=_remember, args=(session,),
        format_func=lambda n: document_title(n, words),
    )  # fmt: skip
    how.selectbox(
        words("Language of the document"), list(LANGUAGES), key="document-language", on_change=_remember, args=(session,),
        format_func=LANGUAGES.__getitem__,
    )  # fmt: skip
    picked = under.selectbox(
        words("With the results of"), [_NONE, *known], key="document-scenario",
        format_func=lambda i: outages.title(i, known[i], words) if i else words("No scenario"),
    )  # fmt: skip
    settings = held if picked == last else ()
    which_run(session, opened, settings if picked else ())
    return Choice(session.document, session.document_language, picked or _NONE, settings)


def _remember(session: Session) -> None:
    session.document = given("document") or session.document
    session.document_language = given("document-language") or session.document_language


def made(session: Session, opened: Stored, choice: Choice) -> bytes:
    """The document as PDF; what stops it is shown and ends the page."""
    words, plan, day = session.words, opened.plan, date.today()  # noqa: DTZ011 - the day on the user's desk
    with guard.problems(words, stop=True):
        scenario = cached.scenario_on(plan, choice.scenario, choice.settings) if choice.scenario else None

        def steps() -> Iterator[bytes]:
            return documents.report_parts(
                plan, choice.document, scenario=scenario, language=choice.language,
                revision=str(opened.revision.number), made_on=day,
            )  # fmt: skip

        wanted = ("document", plan.content_hash, choice, opened.revision.number, day)
        said = words("Making the document …")
        return background.through(wanted, documents.STEPS, steps, words, key="document", said=said)[-1]


def download(session: Session, opened: Stored, choice: Choice, pdf: bytes) -> None:
    """The button that saves the PDF."""
    words = session.words
    st.download_button(
        words("Download PDF"),
        pdf,
        icon=":material/download:",
        file_name=f"{file_stem(opened.name)}-{choice.document}-{choice.language}.pdf",
        mime="application/pdf",
        type="primary",
        key="download-pdf",
        on_click="ignore",
    )
    st.caption(
        words(
            "{size} kB · revision {n} · content {hash}",
            size=words.number(len(pdf) / 1000),
            n=opened.revision.number,
            hash=opened.plan.content_hash,
        )
    )


@st.fragment
def preview(session: Session, pdf: bytes) -> None:
    """Pages side by side, with a way to turn them."""
    words = session.words
    first = int(given("first-page", 0))
    images, pages = cached.page_images(pdf, first, _AT_ONCE)
    if first >= pages:
        first = 0
        images, pages = cached.page_images(pdf, first, _AT_ONCE)
    back, where, forth = st.columns([1, 4, 1], vertical_alignment="center")
    back.button(
        "◀",
        key="page-back",
        help=words("Pages before"),
        disabled=first == 0,
        on_click=_turn,
        args=(first - _AT_ONCE,),
        width="stretch",
    )
    last = min(first + _AT_ONCE, pages)
    text = words("Page {first}–{last} of {pages}", first=first + 1, last=last, pages=pages)
    where.markdown(text, text_alignment="center")
    forth.button(
        "▶",
        key="page-forth",
        help=words("Next pages"),
        disabled=last >= pages,
        on_click=_turn,
        args=(first + _AT_ONCE,),
        width="stretch",
    )
    for number, (column, image) in enumerate(
        zip(st.columns(_AT_ONCE, border=True), images, strict=False), first + 1
    ):
        column.image(image, alt=words("Page {n} of {all}", n=number, all=pages), width="stretch")


def _turn(first: int) -> None:
    put("first-page", max(first, 0))
