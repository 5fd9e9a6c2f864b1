"""The interview as a value: which question comes next, and back and forth without losing anything."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bcp.model import interview as steps
from bcp.model.assumed import assumed
from bcp.model.block import UNKNOWN, Answers, Ask, AskKind, Role
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


def _given(ask: Ask) -> str:
    return next(iter(ask.choices), "") or _GIVEN[ask.kind]


def after(change: Interview) -> Conducted:
    """The interview one step on."""
    return interviewing.conduct(BASE, change)


def begun() -> Conducted:
    """An interview at its beginning."""
    return interviewing.conduct(BASE, Interview(base=1))


def answered(found: Conducted, how: str) -> Conducted:
    """The screen that is asked, filled in with values, with nothing known, or left as it stands."""
    now, plan = found.interview, found.plan
    block = BLOCKS[now.block or ""]
    keys = steps.screen(now, plan, block)
    given = Answers()
    if how == "value":
        given = Answers(values={k: _given(block.asks[k]) for k in keys if k in block.asks})
    elif how == "unknown":
        given = Answers(
            values={k: UNKNOWN for k in keys if k in block.asks},
            unknown_joins=tuple(k for k in keys if k in block.joins),
        )
    return after(steps.fill(now, plan, block, given))


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
                found = answered(found, data.draw(st.sampled_from(["value", "unknown", "proposed"])))
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
        found = through(found, data.draw(st.sampled_from(["value", "unknown", "proposed"])))
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
    assert again.interview.asking == "name"
    assert again.interview.answers.values["name"] == "Anna"


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
    """Whoever says that two hours are too long and leaves the aim as it stands, has no aim after the limit."""
    found = chosen(begun(), "customer-service")
    given = Answers(values={"mtpd": "2h"})
    found = after(steps.fill(found.interview, found.plan, BLOCKS["customer-service"], given))
    analysis = found.plan.components["customer-service"].analysis
    assert (analysis.mtpd, analysis.rto) == (7200, 7200)


def test_what_is_left_as_it_stands_is_assumed() -> None:
    """A figure that nobody touched is asked for confirmation; one that was given is not."""
    found = chosen(begun(), "customer-service")
    given = Answers(values={"mtpd": "8h", "name": "Helpdesk"})
    found = after(steps.fill(found.interview, found.plan, BLOCKS["customer-service"], given))
    assert assumed(found.plan, "helpdesk") == ("bia.rto", "bia.mbco", "bia.demand")


def test_what_hangs_together_is_asked_together() -> None:
    """A block is one screen, unless an answer on it decides what comes next."""
    plan = building.placed(BASE, BLOCKS["own-pbx"], Answers()).plan
    two = building.placed(plan, BLOCKS["fixed-number"], Answers()).plan
    for block in BLOCKS.values():
        if block.asks and block.id != "divert-in-network":
            assert len(steps.screens(two, block, Answers())) <= 1
    first, second = steps.screens(two, BLOCKS["divert-in-network"], Answers())
    assert "protects" in first
    assert "lives_at" in second


def test_only_the_decision_begins_without_a_choice() -> None:
    """After the fallbacks the one question that everybody is asked stands there at once, and Back leaves it."""
    found = interviewing.conduct(BASE, Interview(base=1, section=Role.FALLBACK))
    asked = after(interviewing.onwards(found.interview, found.plan))
    assert (asked.interview.section, asked.interview.block) == (Role.DECISION, "decision")
    chosen_again = after(steps.back(asked.interview, asked.plan, BLOCKS))
    assert chosen_again.interview.block is None
    earlier = after(steps.back(chosen_again.interview, asked.plan, BLOCKS))
    assert earlier.interview.section is Role.FALLBACK


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
