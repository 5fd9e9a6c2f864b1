"""The fields of the interview's questions: what is proposed in them, and what people write, as the model reads it."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from bcp.model.block import UNKNOWN, Answers, Ask, AskKind, Block, How
from bcp.model.filling import proposal, said
from bcp.model.joins import candidates, chosen
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
    usual = proposal(asked.block, asked.answers, key, asked.plan.organisation.language)
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
    if ask.kind is AskKind.OPERATOR and (known := known_operators(asked.plan)):
        st.caption(plain(session.words("In the plan already: {names}", names=", ".join(known))))
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


def known_operators(plan: Plan) -> tuple[str, ...]:
    """The operators that the plan names, as people write them, in the order of the plan."""
    ids = dict.fromkeys(c.operator for c in plan.components.values() if c.operator)
    desks = {i: plan.contacts.get(f"{i}-desk") for i in ids}
    return tuple(
        (desk.organisation if desk else "") or i.replace("-", " ").title() for i, desk in desks.items()
    )


def join_field(asked: Asked, key: str) -> tuple[str, ...] | None:
    """Draw the choice of what a block is joined to; None where nobody knows, or nothing was chosen that must be."""
    join, plan, session = asked.block.joins[key], asked.plan, asked.session
    taken = chosen(plan, asked.block, asked.answers)
    offered = candidates(plan, join, taken.get(join.below or "", ()))
    text = plain(in_language(join.ask, session.language))
    if join.one:
        held = asked.answers.joins.get(key, ())
        picked = st.radio(
            text, offered, index=offered.index(held[0]) if held and held[0] in offered else None,
            format_func=lambda i: plain(plan.title(i)), key=f"{asked.place}-{key}-field",
        )  # fmt: skip
        found: tuple[str, ...] = () if picked is None else (picked,)
    else:
        found = tuple(
            st.multiselect(
                text, offered, default=[i for i in taken[key] if i in offered], format_func=plan.title,
                key=f"{asked.place}-{key}-field", placeholder=session.words("None, or I don't know"),
            )
        )  # fmt: skip
    if join.help:
        st.caption(plain(in_language(join.help, session.language)))
    unsaid = not found and (join.one or join.how is How.USES)
    return None if unsaid else found


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
