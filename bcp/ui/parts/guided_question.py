"""One question of the interview: its field, its proposals, and `skip` and `I don't know`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from bcp.errors import BcpError
from bcp.model import interview as steps
from bcp.model.block import UNKNOWN, Ask, AskKind, Block, Join, read_answer
from bcp.model.duration import seconds
from bcp.model.filling import proposal, said
from bcp.model.interview import Interview
from bcp.model.placing import candidates, chosen
from bcp.model.plan import Plan
from bcp.model.scenario import in_language
from bcp.model.telephone import display
from bcp.ui.parts.fields import written_duration
from bcp.ui.parts.first_field import first_field
from bcp.ui.parts.plain import plain
from bcp.ui.state import Session
from bcp.usecases.interviewing import Conducted

Move = Callable[[Session, Callable[[Interview, Plan], Interview]], None]

_LENGTHS = ("15m", "30m", "1h", "2h", "4h", "8h", "24h", "3d")
_SHARES = (0.25, 0.5, 0.75, 1.0)


def question(session: Session, found: Conducted, block: Block, move: Move) -> None:
    """Draw the question that is next."""
    now, plan, language = found.interview, found.plan, session.language
    keys = steps.questions(plan, block, now.answers)
    asked: Ask | Join = block.asks[now.asking] if now.asking in block.asks else block.joins[now.asking]
    title = in_language(block.title, language)
    st.caption(f"{plain(title)} · {keys.index(now.asking) + 1}/{len(keys)}")
    text = said(in_language(asked.ask, language), block, now.answers, plan.organisation)
    st.markdown(f"### {plain(text)}")
    if asked.help:
        st.caption(plain(in_language(asked.help, language)))
    if session.guided_refused:
        st.error(plain(session.guided_refused), icon=":material/warning:")
    place = f"guided-{len(now.done)}-{block.id}-{now.asking}"
    if isinstance(asked, Join):
        _join(session, found, block, asked, place, move)
    elif asked.kind in (AskKind.YES_NO, AskKind.CHOICE):
        _options(session, block, asked, place, move)
    else:
        _field(session, found, block, asked, place, move)
    with st.container(horizontal=True):
        st.button(
            session.words("I don't know"),
            key=f"{place}-unknown",
            icon=":material/help:",
            on_click=_unknown,
            args=(session, block, move),
        )
        st.button(
            session.words("Skip"),
            key=f"{place}-skip",
            icon=":material/skip_next:",
            on_click=move,
            args=(session, lambda at, plan: steps.skip(at, plan, block)),
        )


def _unknown(session: Session, block: Block, move: Move) -> None:
    def change(at: Interview, plan: Plan) -> Interview:
        if at.asking in block.joins:
            return steps.join(at, plan, block, None)
        return steps.answer(at, plan, block, UNKNOWN)

    move(session, change)


def _answer(session: Session, block: Block, value: str, move: Move) -> None:
    move(session, lambda at, plan: steps.answer(at, plan, block, value))


def _options(session: Session, block: Block, ask: Ask, place: str, move: Move) -> None:
    words = session.words
    options = {value: in_language(text, session.language) for value, text in ask.choices.items()}
    options = options or {"yes": words("Yes"), "no": words("No")}
    with st.container(horizontal=True):
        for value, text in options.items():
            st.button(
                plain(text),
                key=f"{place}-{value}",
                on_click=_answer,
                args=(session, block, value, move),
            )


def _field(session: Session, found: Conducted, block: Block, ask: Ask, place: str, move: Move) -> None:
    words, now, plan = session.words, found.interview, found.plan
    _suggestions(session, plan, block, ask, place, move)
    held = now.answers.values.get(now.asking)
    shown = proposal(block, now.answers, now.asking, plan.organisation.language) if held is None else held
    with st.form(place, border=False):
        text = st.text_input(
            words("Your answer"),
            value="" if shown == UNKNOWN else _shown(ask, shown, plan.organisation.country),
            placeholder=ask.example,
            key=f"{place}-field",
            label_visibility="collapsed",
        )
        sent = st.form_submit_button(
            words("Next"), type="primary", icon=":material/arrow_forward:", key=f"{place}-next"
        )
    first_field(place)
    if sent:
        _sent(session, block, ask, text or "", plan, move)


def _sent(session: Session, block: Block, ask: Ask, text: str, plan: Plan, move: Move) -> None:
    words = session.words
    try:
        value = read_answer(ask, _written(ask, text), plan.organisation.country)
    except BcpError as error:
        session.guided_refused = " ".join(part for part in (error.message, error.fix) if part)
        st.rerun()
    if not value and ask.kind is not AskKind.TEXT:
        session.guided_refused = words("Write an answer, or choose “I don't know” or “Skip”.")
        st.rerun()
    _answer(session, block, value, move)
    st.rerun()


def _written(ask: Ask, text: str) -> str:
    """An answer as the model reads it, from how people write it: `4 hours`, `60 %`."""
    match ask.kind:
        case AskKind.DURATION:
            return written_duration(text)
        case AskKind.SHARE:
            return _share(text)
        case AskKind.RATE:
            return text.replace(",", ".").replace(" ", "")
        case _:
            return text


def _share(text: str) -> str:
    """`60 %` and `60` as 0.6; what is no number as it stands, so that it is refused with a word on why."""
    bare = text.strip().removesuffix("%").strip().replace(",", ".")
    try:
        return format(float(bare) / 100, "g")
    except ValueError:
        return text


def _shown(ask: Ask, value: str, country: str) -> str:
    """A stored answer as its field shows it."""
    if not value:
        return ""
    match ask.kind:
        case AskKind.SHARE:
            return f"{float(value) * 100:g} %"
        case AskKind.RATE:
            return value.removesuffix("/h")
        case AskKind.NUMBER:
            return display(value, country)
        case _:
            return value


def _suggestions(session: Session, plan: Plan, block: Block, ask: Ask, place: str, move: Move) -> None:
    """Answers that are one click away: operators that the plan knows, usual lengths of time and shares."""
    offered: Sequence[tuple[str, str]] = ()
    match ask.kind:
        case AskKind.OPERATOR:
            offered = [(name, name) for name in known_operators(plan)]
        case AskKind.DURATION:
            offered = [(value, session.words.length(seconds(value))) for value in _LENGTHS]
        case AskKind.SHARE:
            offered = [(format(share, "g"), session.words.percent(share)) for share in _SHARES]
        case _:
            pass
    if offered:
        with st.container(horizontal=True):
            for n, (value, text) in enumerate(offered):
                st.button(
                    plain(text),
                    key=f"{place}-suggested-{n}",
                    on_click=_answer,
                    args=(session, block, value, move),
                )


def known_operators(plan: Plan) -> tuple[str, ...]:
    """The operators that the plan names, as people write them, in the order of the plan."""
    ids = dict.fromkeys(c.operator for c in plan.components.values() if c.operator)
    desks = {i: plan.contacts.get(f"{i}-desk") for i in ids}
    return tuple(
        (desk.organisation if desk else "") or i.replace("-", " ").title() for i, desk in desks.items()
    )


def _join(session: Session, found: Conducted, block: Block, ask: Join, place: str, move: Move) -> None:
    words, now, plan = session.words, found.interview, found.plan
    taken = chosen(plan, block, now.answers)
    offered = candidates(plan, ask, taken.get(ask.below or "", ()))
    if ask.one:
        for i in offered:
            st.button(
                plain(plan.title(i)), key=f"{place}-{i}", width="stretch",
                on_click=move, args=(session, _joined(block, (i,))),
            )  # fmt: skip
        return
    with st.form(place, border=False):
        ids = st.multiselect(
            words("Your answer"),
            offered,
            default=[i for i in taken[now.asking] if i in offered],
            format_func=plan.title,
            key=f"{place}-field",
            label_visibility="collapsed",
            placeholder=words("None"),
        )
        sent = st.form_submit_button(
            words("Next"), type="primary", icon=":material/arrow_forward:", key=f"{place}-next"
        )
    if sent:
        move(session, _joined(block, tuple(ids)))
        st.rerun()


def _joined(block: Block, ids: tuple[str, ...]) -> Callable[[Interview, Plan], Interview]:
    return lambda at, plan: steps.join(at, plan, block, ids)
