"""One screen of the interview: the questions that belong together, what is proposed, and the way on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from bcp.errors import BcpError
from bcp.model import interview as steps
from bcp.model.block import OWN, UNKNOWN, Answers, Block, Role, read_answer
from bcp.model.interview import SECTIONS, Interview
from bcp.model.plan import Plan
from bcp.model.scenario import in_language
from bcp.ui.parts.first_field import first_field
from bcp.ui.parts.guided_field import Asked, ask_field, join_field, written
from bcp.ui.parts.plain import plain
from bcp.ui.state import Session
from bcp.usecases import interviewing
from bcp.usecases.interviewing import Conducted

Move = Callable[[Session, Callable[[Interview, Plan], Interview]], None]


@dataclass(slots=True)
class _Filled:
    """What stands in the fields of a screen, and where to say what is wrong with each."""

    texts: dict[str, tuple[str, str]]
    joins: dict[str, tuple[str, ...] | None]
    places: dict[str, st.delta_generator.DeltaGenerator]
    usual: list[str]
    """The questions that are folded away."""
    ours: bool = False
    """Whether somebody has said that the figures folded away are their own."""


def question(session: Session, found: Conducted, block: Block, move: Move) -> None:
    """Draw the questions that are next, all those of a screen at once."""
    words, now, plan = session.words, found.interview, found.plan
    shown = steps.screens(plan, block, now.answers)
    here = steps.screen(now, plan, block)
    st.markdown(f"### {plain(in_language(block.title, session.language))}")
    if len(shown) > 1:
        st.caption(words("Screen {n} of {all}", n=shown.index(here) + 1, all=len(shown)))
    st.caption(
        words(
            "What stands in a field is our proposal: change it, or empty what you do not know, "
            "which becomes a question to ask."
        )
    )
    if session.guided_refused:
        st.error(plain(session.guided_refused), icon=":material/warning:")
    place = f"guided-{len(now.done)}-{block.id}"
    asked = Asked(session, plan, block, now.answers, place)
    with st.form(f"{place}-{here[0]}", border=False, enter_to_submit=False):
        filled = _fields(asked, here)
        pressed = _ways_on(session, found, block, f"{place}-{here[0]}", last=here == shown[-1])
    first_field(f"{place}-{here[0]}")
    if pressed:
        _sent(asked, filled, move, onwards=pressed == "next")


def _fields(asked: Asked, here: tuple[str, ...]) -> _Filled:
    """The fields of a screen: those that people must think about, then, folded, those where the usual will do."""
    words, block = asked.session.words, asked.block
    usual = [key for key in here if key in block.asks and block.asks[key].usual]
    filled = _Filled({}, {}, {}, usual)
    for key in here:
        if key not in usual:
            _one(asked, key, filled)
    if usual:
        with st.expander(words("The usual figures: look and change"), key=f"{asked.place}-usual"):
            st.caption(words("What you leave as it stands is marked as assumed until somebody confirms it."))
            for key in usual:
                _one(asked, key, filled)
            filled.ours = st.checkbox(
                words("These are our figures, not only a proposal"), key=f"{asked.place}-ours"
            )
    return filled


def _one(asked: Asked, key: str, filled: _Filled) -> None:
    if key in asked.block.asks:
        filled.texts[key] = ask_field(asked, key)
    else:
        filled.joins[key] = join_field(asked, key)
    filled.places[key] = st.empty()


def _ways_on(session: Session, found: Conducted, block: Block, place: str, *, last: bool) -> str:
    """The buttons below the fields; which of them was pressed: `next`, `more`, or none."""
    words, section = session.words, found.interview.section or block.role
    following = SECTIONS.index(section) + 1
    label = words("Next")
    if last:
        label = words("On to the next part") if following < len(SECTIONS) else words("What it shows")
    with st.container(horizontal=True):
        onwards = st.form_submit_button(
            label, type="primary", icon=":material/arrow_forward:", key=f"{place}-next"
        )
        more = (
            last
            and section is not Role.DECISION
            and st.form_submit_button(words("Add another"), icon=":material/add:", key=f"{place}-more")
        )
    return "next" if onwards else "more" if more else ""


def _sent(asked: Asked, filled: _Filled, move: Move, *, onwards: bool) -> None:
    """Let what stands in the fields count; where something cannot be read, say so at its field and stay."""
    session, block = asked.session, asked.block
    values: dict[str, str] = {}
    kept: list[str] = []
    wrong: dict[str, str] = {}
    for key, (before, text) in filled.texts.items():
        folded = key in filled.usual
        if text == before and key not in asked.answers.values and not (folded and filled.ours):
            # The proposal counts, as what it is. Typing it once more says no more than leaving it: whoever means
            # it ticks that the figures are their own, and what was in sight is told apart from what was folded away.
            if text not in ("", UNKNOWN) and not folded:
                kept.append(key)
            continue
        try:
            value = read_answer(block.asks[key], written(block.asks[key], text), asked.country)
        except BcpError as error:
            wrong[key] = " ".join(
                p for p in (session.words.say(error.message), session.words.say(error.fix)) if p
            )
            continue
        values[key] = value or (UNKNOWN if block.asks[key].unknown else "")
    for key, ids in filled.joins.items():
        if ids is None and block.joins[key].one and not block.joins[key].unknown:
            wrong[key] = session.words("Choose one.")
    for key, text in wrong.items():
        filled.places[key].error(plain(text), icon=":material/warning:")
    if wrong:
        return
    given = Answers(
        values=values,
        kept=tuple(kept),
        joins={k: ids for k, ids in filled.joins.items() if ids is not None and OWN not in ids},
        unknown_joins=tuple(k for k, ids in filled.joins.items() if ids is None),
        own_joins=tuple(k for k, ids in filled.joins.items() if ids is not None and OWN in ids),
    )
    move(session, lambda at, plan: _filled(at, plan, block, given, onwards=onwards))
    st.rerun()


def _filled(at: Interview, plan: Plan, block: Block, given: Answers, *, onwards: bool) -> Interview:
    after = steps.fill(at, plan, block, given)
    return interviewing.onwards(after, plan) if onwards and after.block is None else after
