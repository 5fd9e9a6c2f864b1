"""The interview as a value: which question comes next, and back and forth without losing anything."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bcp.model import interview as steps
from bcp.model.block import UNKNOWN, Answers, AskKind, Role
from bcp.model.filling import proposal
from bcp.model.interview import SECTIONS, Done, Interview
from bcp.model.plan import Plan
from bcp.usecases import building, interviewing
from bcp.usecases.interviewing import Conducted

BLOCKS = building.blocks()
BASE = Plan(organisation=building.organisation("Test", "SE", "en"))

_GIVEN = {
    AskKind.TEXT: "Anna",
    AskKind.OPERATOR: "Telia",
    AskKind.NUMBER: "+46771123456",
    AskKind.DURATION: "2h",
    AskKind.SHARE: "0.5",
    AskKind.RATE: "60/h",
    AskKind.DATE: "2026-03-01",
    AskKind.YES_NO: "yes",
}


def after(change: Interview) -> Conducted:
    """The interview one step on."""
    return interviewing.conduct(BASE, change)


def begun() -> Conducted:
    """An interview at its beginning."""
    return interviewing.conduct(BASE, Interview(base=1))


def answered(found: Conducted, how: str) -> Conducted:
    """The question asked, answered with a value, with `I don't know`, or skipped."""
    now, plan = found.interview, found.plan
    block = BLOCKS[now.block or ""]
    if how == "skip":
        return after(steps.skip(now, plan, block))
    if now.asking in block.joins:
        return after(steps.join(now, plan, block, None))
    value = UNKNOWN if how == "unknown" else _GIVEN[block.asks[now.asking].kind]
    return after(steps.answer(now, plan, block, value))


def chosen(found: Conducted, name: str) -> Conducted:
    """A block chosen and none of its questions answered yet."""
    return after(steps.begin(found.interview, found.plan, BLOCKS[name]))


def through(found: Conducted, how: str) -> Conducted:
    """Every question of the block that is being asked, answered the same way."""
    while found.interview.block is not None:
        found = answered(found, how)
    return found


def offered(found: Conducted) -> list[str]:
    """The blocks that may be chosen now."""
    section = found.interview.section
    assert section is not None
    return [b.id for b in building.blocks_for(section, "SE") if steps.possible(found.plan, b)]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_an_interview_always_comes_to_its_end(data: st.DataObject) -> None:
    """Whatever is chosen, answered, left out or unknown, all parts are gone through and the plan has no fault."""
    found = begun()
    for _ in SECTIONS:
        for _turn in range(data.draw(st.integers(0, 2))):
            found = chosen(found, data.draw(st.sampled_from(offered(found))))
            while found.interview.block is not None:
                found = answered(found, data.draw(st.sampled_from(["value", "unknown", "skip"])))
        found = after(steps.onwards(found.interview))
    assert found.interview.section is None
    assert len(found.placed) == len(found.interview.done)
    assert Interview.model_validate_json(found.interview.model_dump_json()) == found.interview


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_back_leads_to_the_beginning(data: st.DataObject) -> None:
    """Going back from anywhere comes to the first question in the end, and takes back all that was added."""
    found = begun()
    for section in SECTIONS[: data.draw(st.integers(1, len(SECTIONS)))]:
        found = chosen(found, data.draw(st.sampled_from(offered(found))))
        found = through(found, data.draw(st.sampled_from(["value", "unknown", "skip"])))
        if section is not SECTIONS[-1] and data.draw(st.booleans()):
            found = after(steps.onwards(found.interview))
    for _ in range(200):
        if steps.at_start(found.interview):
            break
        found = after(steps.back(found.interview, found.plan, BLOCKS))
    assert steps.at_start(found.interview)
    assert found.plan == BASE


def test_back_stands_at_the_answer_that_was_given() -> None:
    """One step back from a block that is done takes it back and shows its last answer, to be changed."""
    found = through(chosen(begun(), "customer-service"), "value")
    assert "anna" in found.plan.components
    again = after(steps.back(found.interview, found.plan, BLOCKS))
    assert again.plan == BASE
    assert again.interview.block == "customer-service"
    assert again.interview.asking == "enough"
    assert again.interview.answers.values["name"] == "Anna"
    assert again.draft is not None


def test_a_question_with_one_answer_is_not_asked() -> None:
    """With one activity nobody is asked which activity a number is for; with two, somebody is."""
    block = BLOCKS["se-service-number"]
    one = through(chosen(begun(), "customer-service"), "value").plan
    assert "serves" not in steps.questions(one, block, Answers())
    two = building.placed(one, BLOCKS["booking"], Answers()).plan
    assert "serves" in steps.questions(two, block, Answers())


def test_where_a_reserve_comes_in_is_always_asked() -> None:
    """That a reserve number comes in on the only trunk there is, is not taken for granted but asked."""
    plan = building.placed(BASE, BLOCKS["own-pbx"], Answers()).plan
    keys = steps.questions(plan, BLOCKS["publish-other-number"], Answers())
    assert "arrives_at" in keys
    assert "protects" not in keys


def test_what_cannot_be_is_not_offered() -> None:
    """Without any number there is none to divert; without a line none to replace."""
    assert not steps.possible(BASE, BLOCKS["divert-in-network"])
    assert not steps.possible(BASE, BLOCKS["mobile-data-line"])
    assert steps.possible(BASE, BLOCKS["web-page"])


def test_the_proposed_aim_is_never_after_the_limit() -> None:
    """Whoever says that two hours are too long is not proposed four as the aim."""
    found = chosen(begun(), "customer-service")
    found = answered(found, "value")
    found = answered(found, "value")

    assert found.interview.asking == "rto"
    assert proposal(BLOCKS["customer-service"], found.interview.answers, "rto", "en") == "2h"


def test_a_block_that_has_gone_is_not_asked() -> None:
    """An interview in the middle of a block that the content no longer has, is at the choice of blocks."""
    lost = Interview(base=1, section=Role.NUMBER, block="no-such-block", asking="x")
    assert steps.settled(lost, BASE, BLOCKS).block is None


def test_what_is_done_is_placed_in_order() -> None:
    """The plan is the base with each block of the interview placed in turn."""
    done = tuple(Done(section=BLOCKS[b].role, block=b) for b in ("customer-service", "se-service-number"))
    found = interviewing.conduct(BASE, Interview(base=1, done=done))
    assert [set(step.added) <= set(found.plan.components) for step in found.placed] == [True, True]
    assert found.plan.components["customer-service"].requires
