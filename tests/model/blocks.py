"""Building blocks placed into an empty plan, for the tests of placing."""

from __future__ import annotations

from bcp.model.block import Answers
from bcp.model.placing import Placed, place
from bcp.model.plan import Plan
from bcp.usecases import building

BLOCKS = building.blocks()


def empty(country: str = "SE", language: str = "en") -> Plan:
    """A plan with nothing in it."""
    return Plan(organisation=building.organisation("Test", country, language))


def placed(*steps: tuple[str, Answers]) -> Placed:
    """Blocks placed in turn into an empty plan; what the last one did."""
    plan, done = empty(), None
    for block, given_answers in steps:
        done = place(plan, BLOCKS[block], given_answers, BLOCKS)
        plan = done.plan
    assert done is not None
    return done


def told(**values: str) -> Answers:
    """Answers to questions."""
    return Answers(values=values)
