from __future__ import annotations

from datetime import datetime

import pytest

from bcp.engine.live.allowed import check_allowed
from bcp.errors import BcpError
from bcp.model.decision import Act
from bcp.model.log_entry import (
    ActionAgreed,
    ActionDone,
    Clock,
    Closed,
    Corrected,
    Decided,
    Entry,
    Held,
    Joined,
    Marked,
    Noted,
    Released,
    StepTaken,
    What,
)
from bcp.model.sitting import PlannedInject, Sitting
from tests.engine.live.sitting import PLAN, at, exercise, incident, log

SITTING = exercise(injects=(PlannedInject(id="i1", at_s=600, text={"en": "x"}),))


def said(
    what: What, entries: list[Entry], sitting: Sitting = SITTING, *, who: str = "Åsa", leads: bool = True,
    happened: datetime | None = None,
) -> None:  # fmt: skip
    """Say it half an hour after the opening."""
    check_allowed(PLAN, sitting, entries, what, who=who, leads=leads, now=at(30), happened=happened)


@pytest.mark.parametrize(
    "what",
    [
        Clock(running=True),
        Released(text="x"),
        Held(inject="i1"),
        Marked(component="in", level=0),
        Closed(),
    ],
)
def test_a_participant_does_not_lead(what: What) -> None:
    """Clock, injects, marks and the end of an exercise are the facilitator's; in an incident everybody may mark."""
    with pytest.raises(BcpError, match="facilitator"):
        said(what, [], leads=False)
    said(what, [])


@pytest.mark.parametrize(
    ("what", "message"),
    [
        (Decided(fallback="g", act=Act.ACTIVATE), "no fallback 'g'"),
        (Marked(component="inn", level=0), "Did you mean"),
        (StepTaken(fallback="f", step=2), "has 2 steps"),
        (StepTaken(fallback="f", step=1, failback=True), "has 1 steps"),
        (Released(inject="i9"), "no inject 'i9'"),
        (Held(inject="i9"), "no inject 'i9'"),
        (ActionDone(action=1), "no action"),
        (Corrected(entry=5), "no entry 5"),
        (Clock(running=True, jump_to=60), "cannot go back"),
    ],
)
def test_what_names_nothing_is_refused(what: What, message: str) -> None:
    """A name that leads nowhere, an action that nobody agreed, a jump to the past."""
    with pytest.raises(BcpError, match=message):
        said(what, log((0, Clock(running=True))))


def test_an_inject_comes_once() -> None:
    """What is out, by time or by hand, cannot be let out again."""
    by_hand = log((1, Released(inject="i1")))
    by_time = log((1, Clock(running=True)))
    for entries in (by_hand, by_time):
        with pytest.raises(BcpError, match="already"):
            said(Released(inject="i1"), entries)


def test_after_the_end_only_the_review_goes_on() -> None:
    """Notes, actions and corrections may follow; the end itself can be struck out."""
    entries = log((1, ActionAgreed(text="x")), (2, Closed()))
    with pytest.raises(BcpError, match="closed"):
        said(Decided(fallback="f", act=Act.ACTIVATE), entries)
    for what in (Noted(text="x"), ActionDone(action=1), ActionAgreed(text="y"), Corrected(entry=2)):
        said(what, entries)


@pytest.mark.parametrize("what", [Joined(seat="1"), Clock(running=True)])
def test_what_was_so_is_not_struck_out(what: Joined | Clock) -> None:
    """Who came in and how the clock went stay in the log."""
    with pytest.raises(BcpError, match="it was so"):
        said(Corrected(entry=1), log((1, what)))


def test_people_strike_out_their_own() -> None:
    """A participant strikes out what they wrote; the facilitator anything, but nothing twice."""
    entries = log((1, Noted(text="x")))
    said(Corrected(entry=1), entries, leads=False)
    said(Corrected(entry=1), entries, who="Bo")
    with pytest.raises(BcpError, match="somebody else"):
        said(Corrected(entry=1), entries, who="Bo", leads=False)
    with pytest.raises(BcpError, match="no entry 1 that counts"):
        said(Corrected(entry=1), log((1, Noted(text="x")), (2, Corrected(entry=1))))


@pytest.mark.parametrize(("minute", "message"), [(60, "later than now"), (-8 * 24 * 60, "more than a week")])
def test_when_it_happened_is_possible(minute: int, message: str) -> None:
    """Not in the future, and not long before the incident."""
    mark = Marked(component="in", level=0)
    with pytest.raises(BcpError, match=message):
        said(mark, [], incident(), happened=at(minute))
    said(mark, [], incident(), happened=at(-60))


def test_the_two_clocks_are_not_mixed() -> None:
    """An exercise has no earlier time to write down, and nobody sets the clock of an incident."""
    with pytest.raises(BcpError, match="when they are said"):
        said(Noted(text="x"), [], happened=at(5))
    with pytest.raises(BcpError, match="real clock"):
        said(Clock(running=False), [], incident())
