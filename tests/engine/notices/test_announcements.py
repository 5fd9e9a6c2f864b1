from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bcp import usecases
from bcp.engine.notices.times import before
from bcp.model.announcement import BEFORE, Audience, Form, Occasion
from bcp.model.answer import Answer
from bcp.model.component import Kind
from bcp.model.run import at
from tests.engine.telling import BEGINS, facts_of, notices_of, outage, plan_of, to

MINUTE = timedelta(minutes=1)
TELIA = usecases.scenario("se-telia-020-0771")
KOMMUN = usecases.open_plan("example:kommun").plan


def test_first_notices_follow_detection() -> None:
    """Staff is told 15 minutes after detection and callers after 30; the failure is detected after 10."""
    found = notices_of(plan_of(), outage())
    assert [n.at - BEGINS for n in found if n.occasion == Occasion.DETECTION] == [25 * MINUTE, 40 * MINUTE]
    assert to(Audience.STAFF, found)[0].occasion == Occasion.DETECTION


def test_a_change_comes_in_a_revision_at_once() -> None:
    """When the reserve number opens, callers are told then, and the next update counts from that."""
    first, opened, *_ = to(Audience.PUBLIC, notices_of(plan_of(), outage()))
    assert first.instead == ()
    assert first.next_update == BEGINS + 100 * MINUTE
    assert opened.at == BEGINS + 50 * MINUTE
    assert [(i.number, i.instead_of) for i in opened.instead] == [("0980-31 92 40", ("0980-31 92 00",))]
    assert opened.next_update == BEGINS + 110 * MINUTE


def test_updates_keep_their_promise() -> None:
    """No update comes later than the last one promised, until it works again."""
    for audience in (Audience.PUBLIC, Audience.STAFF, Audience.PARTNERS, Audience.VITAL):
        thread = to(audience, notices_of(KOMMUN, TELIA))
        for earlier, later in pairwise(thread):
            if earlier.next_update is not None and later.occasion == Occasion.UPDATE:
                assert earlier.at < later.at <= earlier.next_update


def test_restoration_and_account_close_the_notice() -> None:
    """When all works again callers are told at once, and get an account from two to five days later."""
    *_, back, account = to(Audience.PUBLIC, notices_of(plan_of(), outage()))
    assert (back.occasion, back.at, back.ended) == (Occasion.RESTORATION, *(BEGINS + 180 * MINUTE,) * 2)
    assert account.occasion == Occasion.AFTER
    assert (account.at - back.at, account.latest) == (timedelta(days=2), back.at + timedelta(days=5))


def test_what_is_over_before_anybody_is_told_is_not_told() -> None:
    """A failure of half an hour gives no notice to callers, and one to staff."""
    short = outage({"at": 0, "select": {"id": "core"}, "effect": {"level": 0}, "until": "30m"})
    found = notices_of(plan_of(), short)
    assert to(Audience.PUBLIC, found) == []
    assert [n.occasion for n in to(Audience.STAFF, found)] == [Occasion.DETECTION, Occasion.RESTORATION]


def test_the_end_of_a_failure_is_not_foretold() -> None:
    """The run knows when it ends; the notices do not, until somebody says so."""
    during = [n for n in notices_of(plan_of(), outage()) if n.ended is None]
    assert {n.expected_end for n in during} == {None}
    end = BEGINS + 200 * MINUTE
    known = to(Audience.PUBLIC, notices_of(plan_of(), outage(), expected_end=end, cause="A cut cable"))
    assert (known[0].expected_end, known[0].cause) == (end, "A cut cable")


def test_revisions_have_one_id_and_their_history() -> None:
    """Revisions count from 1, keep their id and name every earlier one."""
    for audience in Audience:
        thread = to(audience, notices_of(KOMMUN, TELIA))
        assert len({n.id for n in thread}) <= 1
        for k, notice in enumerate(thread):
            assert notice.revision == k + 1
            assert [(r.revision, r.at) for r in notice.history] == [(n.revision, n.at) for n in thread[:k]]


PLANNED = {
    "at": "24h",
    "select": {"id": "core"},
    "effect": {"level": 0},
    "until": "28h",
}
TOLD = [{"at": "24h", "until": "28h"}]


def test_an_outage_that_is_noticed_at_once_is_not_taken_for_planned_work() -> None:
    """Only the scenario's own word makes it planned work."""
    found = notices_of(plan_of(), outage({**PLANNED, "detected_after": 0}))
    assert {n.planned for n in found} == {False}


def test_planned_work_is_told_three_times_before_it_is_felt() -> None:
    """Ten working days before, one day before and at its start, with its planned end."""
    found = to(Audience.PUBLIC, notices_of(plan_of(), outage(PLANNED, planned=TOLD)))
    assert [n.occasion for n in found[:3]] == [
        Occasion.BEFORE_10_DAYS,
        Occasion.BEFORE_24_HOURS,
        Occasion.START,
    ]
    start = BEGINS + timedelta(days=1)
    assert [n.at for n in found[:3]] == [
        datetime(2026, 2, 18, 9, 0, tzinfo=BEGINS.tzinfo),
        start - timedelta(days=1),
        start,
    ]
    assert {n.expected_end for n in found[:3]} == {start + timedelta(hours=4)}
    assert all(n.failing and not n.instead for n in found[:2])


def test_work_that_overruns_says_so_when_its_end_passes() -> None:
    """MittNät: the window ended at 06:00, nothing came back, and from then on the end is unknown."""
    plan = usecases.open_plan("example:stadsnat").plan
    night = BEGINS.replace(hour=0)
    found = to(Audience.PUBLIC, notices_of(plan, usecases.scenario("se-mittnat-upgrade"), begins=night))
    late = [n for n in found if n.overrun]
    assert late[0].at == night + timedelta(hours=6)
    assert all(n.expected_end is None and n.occasion == Occasion.UPDATE for n in late)
    assert found[0].occasion == Occasion.BEFORE_10_DAYS


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)))  # noqa: DTZ001 - made aware below
def test_ten_working_days_are_ten_weekdays(moment: datetime) -> None:
    """Between the first notice and the work lie ten days from Monday to Friday, the first one counted."""
    start = moment.replace(tzinfo=BEGINS.tzinfo)
    (first, _), (second, _) = before(start, BEGINS.tzinfo)  # type: ignore[arg-type]
    days = [first.date() + timedelta(days=k) for k in range((start.date() - first.date()).days)]
    assert sum(day.weekday() < 5 for day in days) == 10
    assert (start - second).total_seconds() == 86_400


@pytest.mark.parametrize("example", usecases.example_names())
def test_only_channels_that_survive_are_used(example: str) -> None:
    """In every scenario that fits an example, a channel below half its level carries no notice."""
    plan = usecases.open_plan(f"example:{example}").plan
    incidents = [s for s in usecases.library() if s.example == example]
    used = 0
    for scenario in incidents[:4]:
        facts = facts_of(plan, scenario)
        for notice in notices_of(plan, scenario):
            for channel in (c.channel for c in notice.channels if c.channel and notice.at_s >= 0):
                used += 1
                assert facts.run.level_at(channel, notice.at_s) >= 0.5 - 1e-9
                assert at(facts.serving.course(channel), notice.at_s) == Answer.YES
            assert 0 <= notice.least <= notice.most <= 1
    assert used or not incidents


def test_a_channel_on_the_failed_platform_is_left_out() -> None:
    """SMS over the core that fails reaches nobody; the page does, and its share is told."""
    first = to(Audience.PUBLIC, notices_of(plan_of(), outage()))[0]
    assert [(c.channel, c.form) for c in first.channels] == [("web", Form.WEB)]
    assert first.lost_channels == ("SMS list",)
    assert (first.least, first.most) == (0.4, 0.4)


@settings(max_examples=25)
@given(
    st.dictionaries(
        st.sampled_from(sorted(set(KOMMUN.components) - set(KOMMUN.activities))),
        st.sampled_from([0.0, 0.4, 0.7]),
        min_size=1,
        max_size=3,
    )
)
def test_whatever_fails_notices_agree_with_the_run(levels: dict[str, float]) -> None:
    """Callers are never sent to a number that does not answer, nor told over a channel that is gone."""
    events = [
        {"at": 0, "select": {"id": i}, "effect": {"level": level}, "until": "4h"}
        for i, level in sorted(levels.items())
    ]
    scenario = outage(*events)
    facts = facts_of(KOMMUN, scenario)
    for notice in notices_of(KOMMUN, scenario):
        if notice.occasion in BEFORE:
            continue
        for told in notice.instead:
            assert at(facts.dialled[told.component], notice.at_s) >= 0.5 - 1e-9
        for works in notice.works:
            assert at(facts.dialled[works.component], notice.at_s) >= 1 - 1e-9
        for channel in notice.channels:
            assert not channel.channel or facts.run.level_at(channel.channel, notice.at_s) >= 0.5 - 1e-9


def test_a_published_number_helps_callers_but_not_the_number() -> None:
    """While the reserve number carries the load, the main number is still told to fail."""
    plan, scenario = plan_of(), outage()
    facts = facts_of(plan, scenario)
    assert facts.run.level_at("n-main", 3600) == 1
    assert at(facts.dialled["n-main"], 3600) == 0


def test_a_diversion_makes_the_number_itself_work() -> None:
    """Callers dial as before where a fallback diverts the number, and are given no other."""
    diverted = {
        "divert": {"protects": "n-main", "via": "n-reserve", "executes_at": "other", "lead_time": "30m"}
    }
    found = to(Audience.STAFF, notices_of(plan_of(fallbacks=diverted), outage()))
    assert all(n.instead == () for n in found)
    assert [(n.occasion, n.at - BEGINS) for n in found[:2]] == [
        (Occasion.DETECTION, 25 * MINUTE),
        (Occasion.RESTORATION, 50 * MINUTE),
    ]


def test_a_number_for_partners_alone_stays_with_them() -> None:
    """A fallback without a notice channel gives its number to those told one by one, not to everybody."""
    direct = {"direct": {"protects": "n-main", "via": "n-reserve", "lead_time": "5m"}}
    found = notices_of(plan_of(fallbacks=direct), outage())
    assert all(n.instead == () for n in to(Audience.PUBLIC, found))
    assert any(n.instead for n in to(Audience.STAFF, found))


@pytest.mark.parametrize(
    ("tags", "told"),
    [
        ((), {Audience.STAFF, Audience.PARTNERS}),
        (("reserve",), {Audience.STAFF, Audience.PARTNERS}),
        (("internal",), {Audience.STAFF}),
    ],
    ids=["for few", "reserve", "internal"],
)
def test_an_internal_number_stays_inside(tags: tuple[str, ...], told: set[Audience]) -> None:
    """Partners, who are told one by one, get a number that is not for everybody, but never an internal one."""
    direct = {"direct": {"protects": "n-main", "via": "n-reserve", "lead_time": "5m"}}
    components = plan_of().model_dump(mode="json", exclude_unset=True)["components"]
    components["n-reserve"]["tags"] = list(tags)
    (instead,) = facts_of(plan_of(components=components, fallbacks=direct), outage()).instead(40 * 60)
    assert {audience for audience in Audience if instead.told_to(audience)} == told


def test_the_number_goes_out_with_the_decision() -> None:
    """While a fallback waits that consists in telling its number, the notice has a version that tells it."""
    needed = {"publish": {"protects": "n-main", "via": "n-reserve", "needs": "web", "lead_time": "60m"}}
    first, opened, *_ = to(Audience.PUBLIC, notices_of(plan_of(fallbacks=needed), outage()))
    decided = first.at_decision
    assert decided is not None
    assert first.instead == ()
    assert [i.number for i in decided.instead] == ["0980-31 92 40"]
    assert (decided.opens, decided.contact) == (("publish",), "0980-31 92 40")
    assert [i.number for i in opened.instead] == ["0980-31 92 40"]
    assert opened.at_decision is None


@pytest.mark.parametrize(
    ("fallback", "tags"),
    [
        ({"via": "n-reserve"}, []),
        ({"via": "n-reserve", "needs": "web"}, ["internal"]),
        ({"via": "n-reserve", "needs": ["web", "core"]}, []),
        ({"via": "n-reserve", "needs": "web", "executes_at": "other"}, []),
    ],
    ids=["told one by one", "internal", "blocked", "a diversion"],
)
def test_no_decision_gives_out_what_is_not_for_everybody(fallback: dict[str, Any], tags: list[str]) -> None:
    """A number for few, an internal one, one whose fallback is blocked, and one that nobody dials are never told."""
    components = plan_of().model_dump(mode="json", exclude_unset=True)["components"]
    components["n-reserve"]["tags"] = tags
    fallbacks = {"publish": {"protects": "n-main", "lead_time": "60m", **fallback}}
    plan = plan_of(components=components, fallbacks=fallbacks)
    for notice in to(Audience.PUBLIC, notices_of(plan, outage())):
        assert notice.instead == ()
        assert notice.at_decision is None


def test_a_due_time_that_nobody_has_confirmed_is_marked() -> None:
    """Where neither plan nor scenario says how soon a failure is noticed, the time of the notices is assumed."""
    struck = outage({"at": 0, "select": {"id": "core"}, "effect": {"level": 0}, "until": "3h"})
    components = plan_of().model_dump(mode="json", exclude_unset=True)["components"]
    said, *_ = to(Audience.PUBLIC, notices_of(plan_of(), struck))
    for i in ("core", "n-main"):
        del components[i]["detection"]
    unsaid, *_, back, _ = to(Audience.PUBLIC, notices_of(plan_of(components=components), struck))
    chosen = plan_of(components=components, defaults={"detection": "15m"})
    stated, *_ = to(Audience.PUBLIC, notices_of(chosen, struck))
    assert (said.assumed, unsaid.assumed, back.assumed, stated.assumed) == (False, True, False, False)


def test_a_number_that_opens_after_an_assumed_time_is_marked() -> None:
    """A revision that tells a number rests on the time its fallback takes, which nobody may have confirmed."""
    question = {"about": "publish", "text": "Is that right?", "assumes": {"lead_time": "30m"}}
    found = to(Audience.PUBLIC, notices_of(plan_of(document={"questions": [question]}), outage()))
    assert [n.assumed for n in found[:2]] == [False, True]


def test_authorities_are_told_by_their_deadlines() -> None:
    """Each deadline of a legal duty gives a notice, counted from detection."""
    duties = [
        {"authority": "PTS", "what": "First report", "deadline": "2h"},
        {"authority": "PTS", "what": "Final report", "deadline": "24h"},
    ]
    found = to(Audience.AUTHORITIES, notices_of(plan_of(document={"duties": duties}), outage()))
    assert [(n.at - BEGINS, n.occasion) for n in found] == [
        (130 * MINUTE, Occasion.DETECTION),
        (timedelta(days=1, minutes=10), Occasion.AFTER),
    ]
    assert "First report" in found[0].duty


def test_a_silent_failure_is_told_since_it_was_noticed() -> None:
    """What nobody saw begin is said to be so at least since somebody noticed."""
    silent = {"at": 0, "select": {"id": "core"}, "effect": {"level": 0}, "until": "20h", "silent": True}
    first = to(Audience.PUBLIC, notices_of(plan_of(), outage(silent)))[0]
    assert first.known_from is not None
    assert first.begins < first.known_from == first.at - 30 * MINUTE


def test_nothing_that_callers_use_nothing_to_tell() -> None:
    """A failure of what no caller notices gives no notice."""
    assert (
        notices_of(
            plan_of(), outage({"at": 0, "select": {"id": "web"}, "effect": {"level": 0}, "until": "5h"})
        )
        == ()
    )


def test_time_zone_and_summer_time() -> None:
    """Times are the organisation's, also over the night in which the clocks change."""
    begins = datetime(2026, 3, 29, 0, 30, tzinfo=BEGINS.tzinfo)
    found = to(Audience.PUBLIC, notices_of(plan_of(), outage(), begins=begins))
    assert [n.at.strftime("%H:%M %z") for n in found[:2]] == ["01:10 +0100", "01:20 +0100"]
    assert found[-2].at.strftime("%H:%M %z") == "04:30 +0200"


def test_kinds_of_the_kommun() -> None:
    """The Telia run on the municipality reaches public, staff, partners, alarm users and authorities."""
    found = notices_of(KOMMUN, TELIA)
    assert {n.audience for n in found} == set(Audience) - {Audience.LINES, Audience.RESELLERS}
    assert all(n.reached_by_hand == (17, 17) for n in to(Audience.STAFF, found)[:1])
    assert {c.channel for n in found for c in n.channels if c.channel} <= set(KOMMUN.of_kind(Kind.CHANNEL))


def test_calls_that_cannot_be_heard_are_told() -> None:
    """A number that rings but where some hear nothing is not told to work as usual, nor its customers to be served."""
    told = to(Audience.PUBLIC, notices_of(plan_of(), outage({
        "at": 0, "select": {"id": "core"}, "effect": {"quality": 0.6}, "until": "3h"})))  # fmt: skip
    assert told
    assert {f.level for f in told[0].failing if f.number} == {0.6}
    assert not {f.number for f in told[0].works} & {f.number for f in told[0].failing}
