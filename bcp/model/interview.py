"""An interview that builds a first plan: what has been answered, and which question comes next. A value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from bcp.model.block import Answers, Block, Role
from bcp.model.filling import PLACE, proposed
from bcp.model.joins import candidates, chosen
from bcp.model.plan import Plan
from bcp.model.value import Identifier, Line, Value

_T = TypeVar("_T")

SECTIONS = tuple(Role)
"""The parts of the interview in order."""


class Done(Value):
    """A block whose questions have all been answered."""

    section: Role
    block: Identifier
    answers: Answers = Answers()


class Interview(Value):
    """Where an interview stands. The plan is revision `base` with the blocks of `done` placed in order.

    Without a `section` it has come to its end; with a `block`, that one's screen beginning with `asking` is next.
    """

    base: int
    done: tuple[Done, ...] = ()
    section: Role | None = SECTIONS[0]
    block: Identifier | None = None
    answers: Answers = Answers()
    asking: Line = ""


def questions(plan: Plan, block: Block, answers: Answers) -> tuple[str, ...]:
    """The block's questions in order, by their keys: what it is for first, then what it is, then what it joins.

    Left out is a question that only a yes would call for, and a join in which nothing can be chosen or the
    only choice is proposed.
    """
    first: list[str] = []
    last: list[str] = []
    taken = chosen(plan, block, answers)
    usual = chosen(plan, block, Answers())
    for name, join in block.joins.items():
        offered = candidates(plan, join, taken.get(join.below or "", ()))
        settled_already = len(offered) == 1 and (join.one or offered == usual[name])
        if (offered and not settled_already) or join.own is not None:
            (first if join.one else last).append(name)
    asks = [
        key
        for key, ask in block.asks.items()
        if ask.only_if is None or proposed(block, answers, ask.only_if, plan.organisation.language) == "yes"
    ]
    return (*first, *asks, *last)


def screens(plan: Plan, block: Block, answers: Answers) -> tuple[tuple[str, ...], ...]:
    """The block's questions as they are asked together: a new screen begins where an answer on this one counts."""
    found: list[tuple[str, ...]] = []
    here: list[str] = []
    for key in questions(plan, block, answers):
        if here and _hangs_on(block, key) & set(here):
            found.append(tuple(here))
            here = []
        here.append(key)
    return (*found, tuple(here)) if here else tuple(found)


def _hangs_on(block: Block, key: str) -> set[str]:
    """The earlier questions whose answers decide whether or what this one asks."""
    if key in block.joins:
        return {block.joins[key].below or ""}
    ask = block.asks[key]
    places = {place.partition(".")[0] for text in ask.ask.values() for place in PLACE.findall(text)}
    return {ask.only_if or "", *places}


def screen(interview: Interview, plan: Plan, block: Block) -> tuple[str, ...]:
    """The questions that are asked together where the interview stands."""
    shown = screens(plan, block, interview.answers)
    return next((keys for keys in shown if interview.asking in keys), shown[-1] if shown else ())


def possible(plan: Plan, block: Block) -> bool:
    """Whether the plan has what the block must have: something for each join that takes exactly one.

    Not to know is always possible.
    """
    return block.unknown or all(
        candidates(plan, join, plan.components) for join in block.joins.values() if join.one
    )


def begin(interview: Interview, plan: Plan, block: Block) -> Interview:
    """The interview at the first question of a block, or, where it asks nothing, with it done."""
    section = interview.section or block.role
    at = interview.model_copy(update={"section": section, "block": block.id, "answers": Answers()})
    keys = questions(plan, block, Answers())
    return at.model_copy(update={"asking": keys[0]}) if keys else _finished(at)


def fill(interview: Interview, plan: Plan, block: Block, given: Answers) -> Interview:
    """The interview after a screen was filled in: what is not among the answers given takes its proposal."""
    asked = screen(interview, plan, block)
    answers = Answers(
        values={**_without(interview.answers.values, asked), **given.values},
        joins={**_without(interview.answers.joins, asked), **given.joins},
        unknown_joins=(
            *(k for k in interview.answers.unknown_joins if k not in asked),
            *given.unknown_joins,
        ),
        own_joins=(*(k for k in interview.answers.own_joins if k not in asked), *given.own_joins),
        kept=(*(k for k in interview.answers.kept if k not in asked), *given.kept),
    )
    at = interview.model_copy(update={"answers": answers})
    keys = questions(plan, block, answers)
    left = keys[keys.index(asked[-1]) + 1 :]
    return at.model_copy(update={"asking": left[0]}) if left else _finished(at)


def _without(given: Mapping[str, _T], asked: tuple[str, ...]) -> Mapping[str, _T]:
    return {key: value for key, value in given.items() if key not in asked}


def _finished(at: Interview) -> Interview:
    if at.section is None or at.block is None:
        return at
    done = Done(section=at.section, block=at.block, answers=at.answers)
    return at.model_copy(update={"done": (*at.done, done), "block": None, "answers": Answers(), "asking": ""})


def onwards(interview: Interview) -> Interview:
    """The interview at its next part; after the last one at its end."""
    if interview.section is None:
        return interview
    place = SECTIONS.index(interview.section) + 1
    section = SECTIONS[place] if place < len(SECTIONS) else None
    return interview.model_copy(
        update={"section": section, "block": None, "answers": Answers(), "asking": ""}
    )


def back(interview: Interview, plan: Plan, blocks: Mapping[str, Block]) -> Interview:
    """The interview one step earlier: at the question before, the choice of a block, the block done last.

    `plan` is the plan as it is now. What a block done last had added is taken back with it, and its
    answers stand there to be changed.
    """
    if interview.block is not None:
        shown = screens(plan, blocks[interview.block], interview.answers)
        place = next((n for n, keys in enumerate(shown) if interview.asking in keys), 0)
        if place:
            return interview.model_copy(update={"asking": shown[place - 1][0]})
        return interview.model_copy(update={"block": None, "answers": Answers(), "asking": ""})
    last = interview.done[-1] if interview.done else None
    if last is not None and last.section == interview.section:
        return interview.model_copy(
            update={"done": interview.done[:-1], "block": last.block, "answers": last.answers, "asking": ""}
        )
    place = len(SECTIONS) if interview.section is None else SECTIONS.index(interview.section)
    return interview.model_copy(update={"section": SECTIONS[max(0, place - 1)]})


def settled(interview: Interview, plan: Plan, blocks: Mapping[str, Block]) -> Interview:
    """The interview at the head of a screen: the last one of a block that was reopened, none of a block that is gone."""
    if interview.block is None:
        return interview
    shown = screens(plan, blocks[interview.block], interview.answers) if interview.block in blocks else ()
    if not shown:
        return interview.model_copy(update={"block": None, "answers": Answers(), "asking": ""})
    here = next((keys for keys in shown if interview.asking in keys), shown[-1])
    return interview.model_copy(update={"asking": here[0]})


def at_start(interview: Interview) -> bool:
    """Whether there is nothing to go back to."""
    return interview.block is None and not interview.done and interview.section == SECTIONS[0]
