"""The guided start: where the interview stands, one question at a time, and the ways back and on."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from bcp.errors import BcpError
from bcp.model import interview as steps
from bcp.model.block import Block, Role
from bcp.model.block_words import role_help, role_more, role_name, role_question
from bcp.model.component import Kind
from bcp.model.interview import SECTIONS, Interview
from bcp.model.plan import Plan
from bcp.model.scenario import in_language
from bcp.saying import together
from bcp.store import Stored
from bcp.ui import cached, desk
from bcp.ui.parts.first_field import first_field
from bcp.ui.parts.guided_question import question
from bcp.ui.parts.plain import plain
from bcp.ui.state import Session
from bcp.usecases import building, interviewing
from bcp.usecases.interviewing import Conducted
from bcp.words import Words

Change = Callable[[Interview, Plan], Interview]
"""What an answer does to the interview; the plan is the one that it has made so far."""


def conducted(opened: Stored) -> Conducted | None:
    """The interview about the open plan; None where there is none yet."""
    return interviewing.resumed(opened, cached.store())


def begin(session: Session) -> None:
    """Begin an interview about the open plan; for buttons."""
    opened = desk.current(session)
    if opened is not None:
        interviewing.keep(cached.store(), opened.name, interviewing.begun(opened))


def move(session: Session, change: Change) -> None:
    """Let an answer count: the plan is saved, the interview kept. Where it is refused, why is kept to be said."""
    opened = desk.current(session)
    found = None if opened is None else conducted(opened)
    if opened is None or found is None:
        return
    session.guided_refused = ""
    try:
        base = cached.stored(opened.name, found.interview.base).plan
        after = interviewing.conduct(base, change(found.interview, found.plan))
        if after.plan.content_hash != opened.plan.content_hash:
            cached.store().save(opened.name, after.plan, author=desk.AUTHOR, expected=opened.revision.number)
        interviewing.keep(cached.store(), opened.name, after.interview)
    except BcpError as error:
        session.guided_refused = session.words.say(together((error.message, error.fix)))


def talk(session: Session, found: Conducted) -> None:
    """Draw the part of the interview that is next: the choice of a block, or the questions of one."""
    words, now = session.words, found.interview
    if now.section is None:
        return
    place = SECTIONS.index(now.section)
    st.progress(
        place / len(SECTIONS),
        text=words(
            "Part {n} of {all}: {name}", n=place + 1, all=len(SECTIONS), name=role_name(now.section, words)
        ),
    )
    with st.container(border=True):
        if now.block is None:
            _choice(session, found, now.section)
        else:
            question(session, found, building.blocks()[now.block], move)
    back_button(session, found)


def _choice(session: Session, found: Conducted, role: Role) -> None:
    words, now = session.words, found.interview
    offered = building.blocks_for(role, found.plan.organisation.country)
    before = any(done.section is role for done in now.done)
    led = role is Role.TEAM and bool(found.plan.of_kind(Kind.TEAM))
    first_field(f"guided-choice-{role}-{len(now.done)}")
    st.markdown(f"### {role_more(role, words) if before or led else role_question(role, words)}")
    st.caption(role_help(role, words))
    if role is not Role.DECISION:
        st.caption(words("Choose one, then the next: several can be added."))
    if before:
        _chosen(session, now, role)
        _on(session, role, primary=True)
    for block in offered:
        if not block.unknown and steps.possible(found.plan, block):
            _offer(session, block)
    if before:
        return
    with st.container(horizontal=True):
        _unknown(session, found, offered)
        _on(session, role, primary=False)


def _chosen(session: Session, now: Interview, role: Role) -> None:
    """What this part has got already, so that nobody wonders whether it counted."""
    known = building.blocks()
    titles = [in_language(known[d.block].title, session.language) for d in now.done if d.section is role]
    names = "; ".join(f"✓ {title}" for title in titles)
    st.markdown(plain(session.words("Added here: {names}", names=names)))


def _offer(session: Session, block: Block) -> None:
    title = plain(in_language(block.title, session.language))
    st.button(
        title,
        key=f"guided-block-{block.id}",
        width="stretch",
        on_click=_begin_block,
        args=(session, block),
    )
    if text := in_language(block.description, session.language):
        st.caption(plain(text))


def _unknown(session: Session, found: Conducted, offered: tuple[Block, ...]) -> None:
    """`I don't know`: what must be found out becomes a question, and the interview goes on."""
    asking = next((b for b in offered if b.unknown and steps.possible(found.plan, b)), None)
    if asking is not None:
        st.button(
            session.words("I don't know"),
            key="guided-unknown",
            icon=":material/help:",
            on_click=_unknown_block,
            args=(session, asking),
        )


def _on(session: Session, role: Role, *, primary: bool) -> None:
    words: Words = session.words
    place = SECTIONS.index(role) + 1
    following = words("On to the next part") if place < len(SECTIONS) else words("What it shows")
    label = following if primary else words("Skip this part")
    st.button(
        label,
        key="guided-on",
        type="primary" if primary else "secondary",
        icon=":material/arrow_forward:" if primary else ":material/skip_next:",
        on_click=move,
        args=(session, interviewing.onwards),
    )


def _begin_block(session: Session, block: Block) -> None:
    move(session, lambda now, plan: steps.begin(now, plan, block))


def _unknown_block(session: Session, block: Block) -> None:
    """Place the block that stands for not knowing, with what it proposes, and go on to the next part."""
    done = steps.Done(section=block.role, block=block.id)
    move(
        session,
        lambda now, plan: interviewing.onwards(now.model_copy(update={"done": (*now.done, done)}), plan),
    )


def back_button(session: Session, found: Conducted) -> None:
    """One step back, where there is one."""
    if not steps.at_start(found.interview):
        st.button(
            session.words("Back"),
            key="guided-back",
            icon=":material/arrow_back:",
            on_click=move,
            args=(session, lambda now, plan: steps.back(now, plan, building.blocks())),
        )
