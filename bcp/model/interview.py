"""An interview that builds a first plan: what has been answered, and which question comes next. A value."""

from __future__ import annotations

from collections.abc import Mapping

from bcp.model.block import Answers, Block, How, Role
from bcp.model.filling import proposed
from bcp.model.placing import candidates, chosen
from bcp.model.plan import Plan
from bcp.model.value import Identifier, Line, Value

SECTIONS = tuple(Role)
"""The parts of the interview in order."""


class Done(Value):
    """A block whose questions have all been answered."""

    section: Role
    block: Identifier
    answers: Answers = Answers()


class Interview(Value):
    """Where an interview stands. The plan is revision `base` with the blocks of `done` placed in order.

    Without a `section` it has come to its end; with a `block`, that one's question `asking` is next.
    """

    base: int
    done: tuple[Done, ...] = ()
    section: Role | None = SECTIONS[0]
    block: Identifier | None = None
    answers: Answers = Answers()
    asking: Line = ""


def questions(plan: Plan, block: Block, answers: Answers) -> tuple[str, ...]:
    """The block's questions in order, by their keys: what it is for first, then what it is, then what it joins.

    Left out is a question that only a yes would call for, and a join in which nothing can be chosen.
    """
    first: list[str] = []
    last: list[str] = []
    taken = chosen(plan, block, answers)
    for name, join in block.joins.items():
        count = len(candidates(plan, join, taken.get(join.below or "", ())))
        least = 1 if join.how is How.USES and not join.one else 2
        if count >= least:
            (first if join.one else last).append(name)
    asks = [
        key
        for key, ask in block.asks.items()
        if ask.only_if is None or proposed(block, answers, ask.only_if, plan.organisation.language) == "yes"
    ]
    return (*first, *asks, *last)


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


def answer(interview: Interview, plan: Plan, block: Block, value: str) -> Interview:
    """The interview after a text was answered to the question asked: `?` for unknown, empty for left out."""
    values = {**interview.answers.values, interview.asking: value}
    return _onwards(interview, plan, block, interview.answers.model_copy(update={"values": values}))


def join(interview: Interview, plan: Plan, block: Block, ids: tuple[str, ...] | None) -> Interview:
    """The interview after components were chosen for the join asked; None where nobody knows which."""
    answers, key = interview.answers, interview.asking
    joins = {k: v for k, v in answers.joins.items() if k != key}
    unknown = tuple(k for k in answers.unknown_joins if k != key)
    update: dict[str, object] = {"joins": joins, "unknown_joins": (*unknown, key)}
    if ids is not None:
        update = {"joins": {**joins, key: ids}, "unknown_joins": unknown}
    return _onwards(interview, plan, block, answers.model_copy(update=update))


def skip(interview: Interview, plan: Plan, block: Block) -> Interview:
    """The interview after the question asked was passed over: nothing is said about it."""
    if interview.asking in block.joins:
        return join(interview, plan, block, ())
    return answer(interview, plan, block, "")


def _onwards(interview: Interview, plan: Plan, block: Block, answers: Answers) -> Interview:
    keys = questions(plan, block, answers)
    place = keys.index(interview.asking)
    at = interview.model_copy(update={"answers": answers})
    return at.model_copy(update={"asking": keys[place + 1]}) if place + 1 < len(keys) else _finished(at)


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
        keys = questions(plan, blocks[interview.block], interview.answers)
        place = keys.index(interview.asking) if interview.asking in keys else 0
        if place:
            return interview.model_copy(update={"asking": keys[place - 1]})
        return interview.model_copy(update={"block": None, "answers": Answers(), "asking": ""})
    last = interview.done[-1] if interview.done else None
    if last is not None and last.section == interview.section:
        return interview.model_copy(
            update={"done": interview.done[:-1], "block": last.block, "answers": last.answers, "asking": ""}
        )
    place = len(SECTIONS) if interview.section is None else SECTIONS.index(interview.section)
    return interview.model_copy(update={"section": SECTIONS[max(0, place - 1)]})


def settled(interview: Interview, plan: Plan, blocks: Mapping[str, Block]) -> Interview:
    """The interview with a question that can be asked: the last one of a block that was reopened, none of one gone."""
    if interview.block is None:
        return interview
    if interview.block not in blocks:
        return interview.model_copy(update={"block": None, "answers": Answers(), "asking": ""})
    keys = questions(plan, blocks[interview.block], interview.answers)
    if interview.asking in keys:
        return interview
    if not keys:
        return interview.model_copy(update={"block": None, "answers": Answers(), "asking": ""})
    return interview.model_copy(update={"asking": keys[-1]})


def at_start(interview: Interview) -> bool:
    """Whether there is nothing to go back to."""
    return interview.block is None and not interview.done and interview.section == SECTIONS[0]
