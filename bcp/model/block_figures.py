"""The figures of what a block adds that nobody has given, and the questions that say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bcp.model.assumed import figure, question_about
from bcp.model.block import NONE, Answers, AskKind, Block
from bcp.model.filling import PLACE, Filling
from bcp.model.plan import Document, OpenQuestion
from bcp.words import Words

Places = Mapping[str, Mapping[str, str]]
"""By thing, which question's answer is all that stands in which of its fields."""

_FIGURES = (AskKind.DURATION, AskKind.SHARE, AskKind.RATE)
_LEFT_OPEN = ("endurance",)
"""Fields that count as something where they are left out: a fallback of which nobody knows how long it lasts."""


def places(part: Mapping[str, Any], above: str = "") -> dict[str, str]:
    """By field, the question whose answer is all that stands there."""
    found: dict[str, str] = {}
    for field, value in part.items():
        if isinstance(value, Mapping):
            found |= places(value, f"{above}{field}.")
        elif isinstance(value, str) and (whole := PLACE.fullmatch(value)):
            found[above + field] = whole[1]
    return found


def taken_up(block: Block) -> frozenset[str]:
    """The questions of a block that need no question of their own where nobody knows: the assumed figures say so."""
    parts = block.parts.get("fallbacks", {}).values()
    named = ((f, key) for part in parts for f, key in places(part).items())
    return frozenset(key for f, key in named if f in _LEFT_OPEN and not block.asks[key].unknown)


def assumed_figures(
    block: Block, answers: Answers, values: Filling, things: Mapping[str, Any], where: Places
) -> dict[str, dict[str, str]]:
    """By thing, its figures that are proposals which nobody replaced, and what was left open, as an empty text."""
    guessed = {
        key
        for key, ask in block.asks.items()
        if ask.kind in _FIGURES and key not in answers.values and values.known(key)
    }
    found: dict[str, dict[str, str]] = {}
    for i, fields in where.items():
        taken = {f: figure(things[i], f) for f, key in fields.items() if key in guessed}
        taken = {f: value for f, value in taken.items() if value}
        unsaid = [f for f, key in fields.items() if f in _LEFT_OPEN and _unsaid(values, key)]
        if taken or unsaid:
            found[i] = taken | dict.fromkeys(unsaid, "")
    return found


def _unsaid(values: Filling, key: str) -> bool:
    return not values.known(key) and values.answer(key) != NONE


def questions_about(
    document: Document, taken: Mapping[str, Mapping[str, str]], kept: Mapping[str, Iterable[str]], _: Words
) -> Iterator[OpenQuestion]:
    """The questions that say what was taken because nobody said otherwise, with what was said so of a thing before.

    `kept` are, by thing, the fields whose proposal somebody saw and let stand.
    """
    for i, figures in taken.items():
        before = [q for q in document.questions if q.about == i]
        all_of_it = {f: v for said in (*(q.assumes for q in before), figures) for f, v in said.items()}
        seen = dict.fromkeys(f for fields in (*(q.kept for q in before), kept.get(i, ())) for f in fields)
        yield question_about(i, all_of_it, _, kept=[f for f in seen if f in all_of_it])
