"""By when to decide on a fallback, and for which limit."""

from __future__ import annotations

import pytest

from bcp.engine.live.deadlines import hurt, last_decision
from bcp.engine.live.next_step import next_step
from bcp.engine.live.worth import worths
from bcp.model.last_decision import LastDecision
from bcp.model.plan import Plan
from bcp.model.situation import Situation
from tests.engine.live.test_next_step import HOUR, nobody, plan, situation


def limits(rto_at_s: float | None, mtpd_at_s: float | None, *, began: float = 0.0) -> Situation:
    """Ten minutes in, with these limits ahead or behind."""
    now = situation()
    desk = now.activities[0].model_copy(
        update={"rto_at_s": rto_at_s, "mtpd_at_s": mtpd_at_s, "below_since_s": began}
    )
    return now.model_copy(update={"activities": (desk,)})


def found(of: Plan, now: Situation) -> LastDecision:
    """The latest decision on the diversion."""
    last = last_decision(of, now.fallbacks[0], ("desk",), hurt(now), now.clock.t_s)
    assert last is not None
    return last


def test_the_first_limit_that_can_be_kept_is_named() -> None:
    """With time for the RTO it is the RTO's; nothing is said to be missed."""
    last = found(plan(), limits(2 * HOUR, 4 * HOUR))
    assert (last.by_s, last.limit, last.missed) == (1.5 * HOUR, "RTO", ())


def test_an_rto_shorter_than_the_way_takes_is_said_to_be_out_of_reach() -> None:
    """No last moment before the outage began: the next limit's is given, and that the RTO never could be met."""
    last = found(plan(lead_time="45m"), limits(HOUR / 2, 2 * HOUR))
    assert (last.by_s, last.limit) == (1.25 * HOUR, "MTPD")
    assert [(m.limit, m.never, m.allowed_s) for m in last.missed] == [("RTO", True, HOUR / 2)]
    assert last.takes_s == 0.75 * HOUR


def test_a_limit_that_could_have_been_kept_can_no_longer_be_met() -> None:
    """Without any limit left there is no time to wait until."""
    last = found(plan(), limits(0.6 * HOUR, None))
    assert (last.by_s, last.limit) == (None, "")
    assert [(m.limit, m.never) for m in last.missed] == [("RTO", False)]


@pytest.mark.parametrize(
    ("rto", "mtpd"), [(2 * HOUR, 4 * HOUR), (HOUR / 4, 2 * HOUR), (HOUR / 4, HOUR / 2), (HOUR, None)]
)
def test_the_box_and_the_card_say_the_same(rto: float, mtpd: float | None) -> None:
    """What there is to do now and the fallback's worth name one time and one limit."""
    now = limits(rto, mtpd)
    own = worths(plan(), now)
    step = next_step(plan(), now, own, nobody)
    assert step.last is not None
    assert step.last == own[0].last
    assert step.by_s == own[0].last.by_s
