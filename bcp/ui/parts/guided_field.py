"""The fields of the interview's questions: what is proposed in them, and what people write, as the model reads it."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from bcp.model.block import OWN, UNKNOWN, Answers, Ask, AskKind, Block, How, Join
from bcp.model.filling import proposal, said
from bcp.model.joins import candidates, chosen, rests_on
from bcp.model.operators_known import known_operators
from bcp.model.plan import Plan
from bcp.model.scenario import in_language
from bcp.model.telephone import display
from bcp.ui.parts.fields import written_duration
from bcp.ui.parts.plain import plain
from bcp.ui.state import Session


@dataclass(frozen=True, slots=True)
class Asked:
    """A block whose questions are drawn, with the answers so far; `place` begins the keys of its fields."""

    session: Session
    plan: Plan
    block: Block
    answers: Answers
    place: str

    @property
    def country(self) -> str:
        """Where the plan is for, and numbers are written so."""
        return self.plan.organisation.country


def ask_field(asked: Asked, key: str) -> tuple[str, str]:
    """Draw the field of a question: what stood there without anybody's doing, and what stands there now."""
    ask, session = asked.block.asks[key], asked.session
    text = said(in_language(ask.ask, session.language), asked.block, asked.answers, asked.plan.organisation)
    usual = proposal(asked.plan, asked.block, asked.answers, key)
    held = asked.answers.values.get(key)
    value = usual if held is None else held
    if ask.kind in (AskKind.YES_NO, AskKind.CHOICE):
        now = _options(asked, key, ask, plain(text), value)
    else:
        now = (
            st.text_input(
                plain(text),
                value="" if value == UNKNOWN else _shown(ask, value, asked.country),
                placeholder=ask.example,
                key=f"{asked.place}-{key}-field",
            )
            or ""
        )
    if ask.help:
        st.caption(plain(in_language(ask.help, session.language)))
    if ask.kind is AskKind.OPERATOR:
        _known(asked, key)
    return _shown(ask, usual, asked.country) or _nothing(ask), now


def _nothing(ask: Ask) -> str:
    return UNKNOWN if ask.kind in (AskKind.YES_NO, AskKind.CHOICE) else ""


def _options(asked: Asked, key: str, ask: Ask, text: str, value: str) -> str:
    words = asked.session.words
    options = {v: in_language(t, asked.session.language) for v, t in ask.choices.items()}
    options = {**(options or {"yes": words("Yes"), "no": words("No")}), UNKNOWN: words("I don't know")}
    chosen_one = st.radio(
        text, list(options), index=list(options).index(value or UNKNOWN), horizontal=True,
        format_func=lambda v: plain(options[v]), key=f"{asked.place}-{key}-field",
    )  # fmt: skip
    return str(chosen_one)


def _known(asked: Asked, key: str) -> None:
    """The operators that the plan names already: first those that run what is asked about."""
    words, (fitting, others) = asked.session.words, known_operators(asked.plan, asked.block, key)
    told = []
    if fitting:
        told.append(words("In the plan already: {names}", names=", ".join(fitting)))
    if others:
        told.append(words("Others: {names}", names=", ".join(others)))
    if told:
        st.caption(plain(" · ".join(told)))


def join_field(asked: Asked, key: str) -> tuple[str, ...] | None:
    """Draw the choice of what a block is joined to; None where nobody knows, or nothing was chosen that must be.

    Where something of its own may be chosen, `OWN` alone stands for that.
    """
    join, plan, session = asked.block.joins[key], asked.plan, asked.session
    taken = chosen(plan, asked.block, asked.answers)
    offered = candidates(plan, join, taken.get(join.below or "", ()))
    text = plain(in_language(join.ask, session.language))
    if join.own is not None:
        found: tuple[str, ...] | None = _one_or_own(asked, key, join, offered)
    elif join.one:
        held = asked.answers.joins.get(key, ())
        picked = st.radio(
            text, offered, index=offered.index(held[0]) if held and held[0] in offered else None,
            format_func=lambda i: plain(plan.title(i)), key=f"{asked.place}-{key}-field",
        )  # fmt: skip
        found = () if picked is None else (picked,)
    else:
        found = tuple(
            st.multiselect(
                text, offered, default=[i for i in taken[key] if i in offered], format_func=plan.title,
                key=f"{asked.place}-{key}-field", placeholder=_empty(session, join),
            )
        )  # fmt: skip
    if join.help:
        st.caption(plain(in_language(join.help, session.language)))
    unsaid = not found and (join.one or join.how is How.USES)
    return None if unsaid else found


def _empty(session: Session, join: Join) -> str:
    """What it means to choose nothing: what rests on something has it, known or not; what is joined may be none."""
    words = session.words
    return words("Leave empty if you do not know") if join.how is How.USES else words("None of them")


def _one_or_own(asked: Asked, key: str, join: Join, offered: tuple[str, ...]) -> tuple[str, ...] | None:
    """The choice between what there is, something of its own, and not knowing; nothing is chosen beforehand.

    What the block stands in for rests on is marked: to come in there too is to fall with it.
    """
    words, plan, answers = asked.session.words, asked.plan, asked.answers
    taken = chosen(plan, asked.block, answers)
    saved = [i for name, other in asked.block.joins.items() if other.one for i in taken[name]]
    usual = rests_on(plan, saved)

    def named(option: str) -> str:
        if option == OWN:
            return words("A way of its own, apart from the usual ones")
        if option == UNKNOWN:
            return words("I don't know")
        title = plan.title(option)
        if option in usual:
            title = words("{name} (the usual way: falls with it)", name=title)
        return plain(title)

    options = [*offered, OWN, UNKNOWN]
    held = OWN if answers.own(key, join) else next(iter(answers.joins.get(key, ())), "")
    picked = st.radio(
        plain(in_language(join.ask, asked.session.language)), options,
        index=options.index(held) if held in options else None,
        format_func=named, key=f"{asked.place}-{key}-field",
    )  # fmt: skip
    return None if picked in (None, UNKNOWN) else (str(picked),)


def written(ask: Ask, text: str) -> str:
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
