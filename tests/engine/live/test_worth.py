"""What a fallback is worth in the middle of an outage, on plans so small that it can be seen by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp.engine.fate.shared_fate import shared_fate
from bcp.engine.levels.compile import compile_plan
from bcp.engine.live.situation import Unfoldings, situation
from bcp.engine.live.unfolding import told
from bcp.engine.live.worth import worths
from bcp.model.assumed import Doubt
from bcp.model.decision import Act
from bcp.model.log_entry import Decided, Entry, Marked
from bcp.model.plan import Plan
from bcp.model.route import Verdict
from bcp.model.sitting import Sitting, SittingKind
from bcp.model.worth import Worth

ZERO = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


def plan(**fallback: Any) -> Plan:
    """An activity on a number on a platform, and a fallback of the number over another one."""
    given_one = {"protects": "n", "via": ["spare"], "needs": ["web"], "lead_time": "30m"} | fallback
    return Plan.model_validate(
        {
            "organisation": {"name": "A"},
            "components": {
                "platform": {"kind": "platform", "name": "P"},
                "other": {"kind": "platform", "name": "O"},
                "web": {"kind": "system", "name": "W"},
                "n": {"kind": "number", "name": "N", "requires": ["platform"]},
                "spare": {"kind": "number", "name": "S", "requires": ["other"]},
                "act": {"kind": "activity", "name": "Act", "requires": ["n"], "bia": {"rto": "1h", "mtpd": "4h", "mbco": 0.5}},
            },
            "fallbacks": {"f": {k: v for k, v in given_one.items() if v is not None}},
        }
    )  # fmt: skip


def worth(the_plan: Plan, marks: dict[str, float], minute: float = 5, *decisions: tuple[float, Act]) -> Worth:
    """The fallback's worth at a minute after these components went down at the beginning."""
    entries = [
        Entry(number=n, at=ZERO, who="x", what=Marked(component=i, level=level))
        for n, (i, level) in enumerate(marks.items(), 1)
    ]
    for at, act in decisions:
        made = ZERO + timedelta(minutes=at)
        entries.append(Entry(number=len(entries) + 1, at=made, who="x", what=Decided(fallback="f", act=act)))
    sitting = Sitting(
        id="i", kind=SittingKind.INCIDENT, title="t", plan="p", revision=1, created=ZERO, begun=ZERO
    )
    told_all = told(the_plan, compile_plan(the_plan), sitting, entries)
    now = ZERO + timedelta(minutes=minute)
    unfolded = told_all.unfolded(told_all.scenario(minute * 60, whole=False))
    found = situation(told_all, Unfoldings(unfolded, unfolded), now)
    return worths(the_plan, found, shared_fate(the_plan))[0]


def test_what_nothing_hinders_and_is_soon_enough_is_usable() -> None:
    """Decided five minutes after the failure it carries load at 35 minutes, before the RTO of an hour."""
    found = worth(plan(), {"platform": 0.0})
    assert (found.verdict, found.arrives_s, found.limit_s, found.limit_of) == (
        Verdict.USABLE,
        2100.0,
        3600.0,
        "act",
    )


@pytest.mark.parametrize(
    ("marks", "fallback", "minute", "verdict", "because"),
    [
        ({"platform": 0.0, "web": 0.0}, {}, 5, Verdict.BLOCKED, ("web",)),
        ({"platform": 0.0, "web": 0.4}, {}, 5, Verdict.BLOCKED, ("web",)),
        ({"platform": 0.0, "other": 0.0}, {}, 5, Verdict.SHARES, ("spare",)),
        ({"platform": 0.0}, {}, 31, Verdict.TOO_LATE, ()),
        ({"platform": 0.0}, {"capacity": 0.4}, 5, Verdict.TOO_SMALL, ()),
        ({"platform": 0.0}, {"lead_time": None}, 5, Verdict.UNKNOWN, ()),
        ({"platform": 0.0}, {"executes_at": "platform"}, 5, Verdict.BLOCKED, ("platform",)),
    ],
)
def test_what_stands_in_its_way_is_named(
    marks: dict[str, float],
    fallback: dict[str, Any],
    minute: float,
    verdict: Verdict,
    because: tuple[str, ...],
) -> None:
    """Blocked by what it needs, its carrier down as well, too late, too small, or not known how long."""
    found = worth(plan(**fallback), marks, minute)
    assert (found.verdict, found.because) == (verdict, because)


def test_what_rests_on_something_unknown_is_unknown_until_it_carries() -> None:
    """A way whose line nobody could name is no usable one, until it is seen to carry load."""
    data = plan().written()
    data["components"]["line"] = {"kind": "interconnect", "name": "Nobody knows", "tags": ["unknown"]}
    data["components"]["spare"]["requires"] = ["line"]
    unsure = Plan.model_validate(data)
    assert worth(unsure, {"platform": 0.0}).verdict == Verdict.UNKNOWN
    assert worth(unsure, {"platform": 0.0}, 120, (50, Act.ACTIVATE)).verdict == Verdict.USABLE


def test_what_carries_load_is_usable_however_late_it_came() -> None:
    """Once it carries load, being late or the loss of what was needed to activate it is no verdict any more."""
    found = worth(plan(), {"platform": 0.0}, 120, (50, Act.ACTIVATE))
    assert found.verdict == Verdict.USABLE
    assert found.arrives_s == 80 * 60


@given(st.floats(0, 240, allow_nan=False))
def test_waiting_never_makes_it_better(minute: float) -> None:
    """At any minute it is usable exactly when half an hour from then is not after the RTO."""
    found = worth(plan(), {"platform": 0.0}, minute)
    assert found.arrives_s == pytest.approx(minute * 60 + 1800)
    assert (found.verdict == Verdict.USABLE) == (found.arrives_s is not None and found.arrives_s <= 3600)


def test_what_works_now_says_what_it_shares() -> None:
    """With its number dead and the web up, the way is usable, and names the web that the number rests on too."""
    base = plan(last_tested="2026-01-01").model_dump(mode="json")
    base["components"]["n"]["requires"].append("web")
    found = worth(Plan.model_validate(base), {"platform": 0.0})
    assert (found.verdict, found.shares, found.doubts) == (Verdict.USABLE, ("web",), ())


def test_a_way_that_nobody_tested_says_so() -> None:
    """The verdict carries that it was never tried; a test on record takes the word away."""
    assert worth(plan(), {"platform": 0.0}).doubts == (Doubt.NEVER_TESTED,)
    assert worth(plan(last_tested="2026-01-01"), {"platform": 0.0}).doubts == ()
