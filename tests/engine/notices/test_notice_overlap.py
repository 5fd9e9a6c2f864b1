"""Windows that together remove redundancy: beside every set of notices tried one by one, hour by hour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from bcp.engine.notices.overlap import overlaps
from bcp.engine.notices.scenario import LEVEL
from bcp.model.go_no_go import Overlap
from bcp.model.notice import OVER, Notice, NoticeImpact, NoticeStatus, Window
from bcp.model.notice_match import MatchedNotice, ObjectMatch
from bcp.model.plan import Plan
from tests.engine.reference_levels import is_below, levels
from tests.strategies import plans

START = datetime(2026, 3, 10, tzinfo=UTC)
HOURS = 8
SOFT = (NoticeImpact.DEGRADED, NoticeImpact.REDUCED_REDUNDANCY)

Found = set[tuple[str, tuple[str, ...], bool]]
"""Activity, ids of the notices, and whether only if it goes worse than told."""


def work(
    name: str, struck: dict[str, NoticeImpact], *hours: tuple[int, int | None], status: str = "confirmed"
) -> MatchedNotice:
    """A notice with its circuits already matched; windows in whole hours from START."""
    windows = tuple(
        Window(start=START + timedelta(hours=a), end=None if b is None else START + timedelta(hours=b))
        for a, b in hours
    )
    notice = Notice(provider="p", id=name, status=NoticeStatus(status), windows=windows, format="maintnote")
    return MatchedNotice(
        notice=notice,
        objects=tuple(ObjectMatch(id=i, impact=impact, component=i) for i, impact in struck.items()),
    )


@st.composite
def works(draw: st.DrawFn, plan: Plan) -> list[MatchedNotice]:
    """Up to four notices on some components of a plan."""
    ids = sorted(i for i in plan.components if i not in plan.activities) or sorted(plan.components)
    found = []
    for n in range(draw(st.integers(2, 4))):
        struck = draw(st.dictionaries(st.sampled_from(ids), st.sampled_from(NoticeImpact), max_size=3))
        start, length = draw(st.integers(0, HOURS - 1)), draw(st.one_of(st.none(), st.integers(1, HOURS)))
        hours = (start, None if length is None else start + length)
        found.append(
            work(f"n{n}", struck, hours, status=draw(st.sampled_from(["confirmed"] * 4 + ["cancelled"])))
        )
    return found


def below(plan: Plan, activity: str, some: Sequence[MatchedNotice], *, worse: bool) -> bool:
    """Whether the reference engine has the activity below its MBCO when exactly these notices strike."""
    own = dict.fromkeys(plan.components, 1.0)
    for one in some:
        for i, impact in one.struck.items():
            own[i] = min(own[i], 0.0 if worse and impact in SOFT else LEVEL[impact])
    delivered = levels(plan, own, (), ()).delivered
    return is_below(delivered[activity], plan.activities[activity].analysis.mbco)


def by_hand(plan: Plan, matched: Sequence[MatchedNotice], hour: int) -> Found:
    """Every least set of two and more notices that are open in the hour, by trying all."""
    t = START + timedelta(hours=hour)
    is_open = [
        m
        for m in matched
        if m.notice.status not in OVER
        and any(w.start <= t and (w.end is None or t < w.end) for w in m.notice.windows)
    ]
    found: Found = set()
    for activity in plan.activities:
        for worse in (False, True):
            sets = [
                some
                for size in range(len(is_open) + 1)
                for some in combinations(is_open, size)
                if below(plan, activity, some, worse=worse)
            ]
            names = [frozenset(m.notice.id for m in some) for some in sets]
            least = [s for s in names if not any(other < s for other in names)]
            for s in least:
                if len(s) > 1 and not any(f[0] == activity and set(f[1]) <= s and not f[2] for f in found):
                    found.add((activity, tuple(sorted(s)), worse))
    return found


def at(found: Sequence[Overlap], hour: int) -> Found:
    """What was found for an hour."""
    t = START + timedelta(hours=hour)
    return {
        (o.activity, tuple(sorted(name for _, name in o.notices)), o.if_worse)
        for o in found
        if o.start <= t and (o.end is None or t < o.end)
    }


@settings(max_examples=60)
@given(st.data())
def test_the_least_sets_are_those_found_by_trying_all(data: st.DataObject) -> None:
    """For random plans and notices, each hour has the sets that the reference engine gives; of four only one set."""
    plan = data.draw(plans())
    matched = data.draw(works(plan))
    found = overlaps(plan, matched)
    for hour in range(2 * HOURS + 1):
        ours, theirs = at(found, hour), by_hand(plan, matched, hour)
        assert {f for f in ours if len(f[1]) <= 3} == {f for f in theirs if len(f[1]) <= 3}
        assert {f for f in ours if len(f[1]) > 3} <= theirs


TWO_LEGS = Plan.model_validate(
    {
        "organisation": {"name": "Liten"},
        "components": {
            "a": {"kind": "trunk", "name": "A"},
            "b": {"kind": "trunk", "name": "B"},
            "c": {"kind": "trunk", "name": "C"},
            "s": {
                "kind": "activity",
                "name": "S",
                "requires": [{"any_of": ["a", "b"]}],
                "bia": {"mbco": 0.6},
            },
        },
        "fallbacks": {"f": {"protects": "s", "via": ["c"], "capacity": 0.8}},
    }
)


def test_work_on_both_legs_is_found_for_the_hours_they_share() -> None:
    """Two windows that overlap for an hour: when, which, on what, how low, and whether fallbacks hold it."""
    out = NoticeImpact.OUTAGE
    (found,) = overlaps(TWO_LEGS, [work("x", {"a": out}, (0, 4)), work("y", {"b": out}, (3, 6))])
    assert (found.activity, found.components, found.level) == ("s", ("a", "b"), 0.0)
    assert found.notices == (("p", "x"), ("p", "y"))
    assert (found.start, found.end) == (START + timedelta(hours=3), START + timedelta(hours=4))
    assert (found.held_by_fallbacks, found.if_worse) == (True, False)


def test_work_told_to_leave_one_leg_without_redundancy_counts_if_it_goes_worse() -> None:
    """What is not told to be out is found too, marked as what could happen."""
    soft = work("y", {"b": NoticeImpact.REDUCED_REDUNDANCY}, (3, None))
    (found,) = overlaps(TWO_LEGS, [work("x", {"a": NoticeImpact.OUTAGE}, (0, None)), soft])
    assert (found.if_worse, found.end) == (True, None)


def test_one_window_alone_and_work_that_is_over_are_no_overlap() -> None:
    """Windows that only touch, called-off work and what one notice does by itself are not found."""
    out = NoticeImpact.OUTAGE
    both = work("both", {"a": out, "b": out}, (0, 4))
    assert overlaps(TWO_LEGS, [both, work("x", {"a": out}, (0, 4))]) == ()
    assert overlaps(TWO_LEGS, [work("x", {"a": out}, (0, 4)), work("y", {"b": out}, (4, 6))]) == ()
    for status in ("cancelled", "completed"):
        assert (
            overlaps(TWO_LEGS, [work("x", {"a": out}, (0, 4)), work("y", {"b": out}, (1, 2), status=status)])
            == ()
        )


def test_a_third_window_in_between_does_not_split_a_finding() -> None:
    """The same two notices over neighbouring times are one finding."""
    out = NoticeImpact.OUTAGE
    found = overlaps(
        TWO_LEGS,
        [work("x", {"a": out}, (0, 6)), work("y", {"b": out}, (0, 6)), work("z", {"c": out}, (2, 4))],
    )
    assert [(o.start, o.end, [n for _, n in o.notices]) for o in found] == [
        (START, START + timedelta(hours=6), ["x", "y"])
    ]
