"""Who is reached and told, on plans small enough to be judged by hand."""

from __future__ import annotations

from typing import Any

import pytest

from bcp.engine.levels.compile import compile_plan, own_states
from bcp.engine.levels.steady import steady
from bcp.engine.people.notice_reach import bounds
from bcp.engine.people.reachability import has_role, reachability, reachability_at
from bcp.engine.run.result import run
from bcp.model.answer import Answer
from bcp.model.plan import OpenQuestion, Plan
from bcp.model.reachability import ContactReach, Outage, WayGap, WayReach
from bcp.model.scenario import Scenario

YES, UNKNOWN, NO = Answer.YES, Answer.UNKNOWN, Answer.NO
MINUTE = 60.0

COMPONENTS: dict[str, dict[str, Any]] = {
    "one": {"kind": "operator", "name": "One"},
    "one-net": {
        "kind": "platform",
        "name": "One's mobile network",
        "operator": "one",
        "tags": ["mobile-network"],
    },
    "two-net": {"kind": "platform", "name": "Two's mobile network", "operator": "two", "tags": ["mobile"]},
    "three-2g": {"kind": "platform", "name": "2G", "operator": "three", "tags": ["mobile"]},
    "three-4g": {"kind": "platform", "name": "4G", "operator": "three", "tags": ["mobile"]},
    "core": {"kind": "platform", "name": "Voice core"},
    "range": {
        "kind": "number_range",
        "name": "Extensions",
        "span": {"first": "+46980319200", "last": "+46980319239"},
        "requires": "core",
    },
    "mail": {"kind": "system", "name": "Mail"},
    "radio": {"kind": "platform", "name": "Radio"},
    "web": {"kind": "channel", "name": "Web", "reach": 0.4, "requires": "mail"},
    "sms": {"kind": "channel", "name": "SMS", "reach": 0.3, "requires": "one-net"},
    "board": {"kind": "channel", "name": "Notice board", "requires": "core"},
}


def plan_of(
    contacts: dict[str, dict[str, Any]],
    components: dict[str, dict[str, Any]] | None = None,
    **activation: Any,
) -> Plan:
    """The components above, these contacts, and how the plan is activated."""
    return Plan.model_validate(
        {
            "organisation": {"name": "Test"},
            "components": {**COMPONENTS, **(components or {})},
            "contacts": {i: {"name": i, **c} for i, c in contacts.items()},
            "document": {"activation": activation},
        }
    )


def outage(*components: str, at_m: int = 10, for_m: int = 60) -> Scenario:
    """These components gone for a while."""
    event = {"at": f"{at_m}m", "select": {"id": list(components)}, "effect": {"level": 0}, "for": f"{for_m}m"}
    return Scenario.model_validate({"id": "outage", "title": "Outage", "horizon": "5h", "events": [event]})


def reach_of(contact: dict[str, Any], *gone: str) -> ContactReach:
    """One contact while these components are gone."""
    return reachability_at(plan_of({"a": contact}), dict.fromkeys(gone, 0.0)).contacts["a"]


def way_of(contact: dict[str, Any], *gone: str) -> WayReach:
    """The only way to a contact while these components are gone."""
    [way] = reach_of(contact, *gone).ways
    return way


MOBILE = "+46701740610"


def test_a_mobile_rests_on_its_operator_and_that_operator_s_mobile_network() -> None:
    """Either of them gone silences the SIM."""
    assert way_of({"mobile": MOBILE, "operator": "one"}).on == ("one", "one-net")
    assert way_of({"mobile": MOBILE, "operator": "one"}).works == ((0.0, YES),)
    assert way_of({"mobile": MOBILE, "operator": "one"}, "one").works == ((0.0, NO),)
    assert way_of({"mobile": MOBILE, "operator": "One"}, "one-net").works == ((0.0, NO),)


def test_a_network_with_a_tag_is_enough_where_the_operator_is_no_component() -> None:
    """A platform of the operator with the tag mobile carries its SIM cards."""
    assert way_of({"mobile": MOBILE, "operator": "two"}, "two-net").works == ((0.0, NO),)


def test_of_two_networks_the_plan_does_not_say_which_carries_the_sim() -> None:
    """With one of them gone it is unknown, with both gone it is certain."""
    contact = {"mobile": MOBILE, "operator": "three"}
    assert way_of(contact).works == ((0.0, YES),)
    assert way_of(contact, "three-2g").works == ((0.0, UNKNOWN),)
    assert way_of(contact, "three-2g", "three-4g").works == ((0.0, NO),)


def test_a_way_that_names_what_it_rests_on_is_believed() -> None:
    """A listed mobile without address, or with the same number, stands for the field's."""
    for address in ("", "+46 70-174 06 10"):
        listed = {"kind": "mobile", "address": address, "on": "two-net"}
        way = way_of({"mobile": MOBILE, "operator": "one", "ways": [listed]}, "one-net")
        assert (way.on, way.works) == (("two-net",), ((0.0, YES),))


def test_a_second_mobile_is_a_way_of_its_own() -> None:
    """Another number does not replace the first."""
    contact = {
        "mobile": MOBILE,
        "operator": "one",
        "ways": [{"kind": "mobile", "address": "+46701740611", "on": "two-net"}],
    }
    found = reach_of(contact, "one")
    assert [way.works for way in found.ways] == [((0.0, NO),), ((0.0, YES),)]
    assert found.reached == ((0.0, YES),)


def test_a_telephone_rests_on_the_range_that_holds_its_number() -> None:
    """The extension is down with what carries the range, and the path names the cause."""
    plan = plan_of({"a": {"phone": "+46980319205"}})
    [way] = reachability(plan, run(plan, outage("core"))).contacts["a"].ways
    assert way.on == ("range",)
    assert way.down == (
        Outage(from_s=10 * MINUTE, until_s=70 * MINUTE, by=("range",), path=("range", "core")),
    )


def test_the_number_itself_comes_before_the_range() -> None:
    """A component that is this very number says best what carries it."""
    number = {"kind": "number", "name": "Own", "e164": "+46980319205", "requires": "radio"}
    plan = plan_of({"a": {"phone": "+46980319205"}}, {"own": number})
    assert reachability_at(plan, {"core": 0.0}).contacts["a"].ways[0].on == ("own",)


@pytest.mark.parametrize(
    ("contact", "gap"),
    [
        ({"mobile": MOBILE}, WayGap.SIM_OPERATOR),
        ({"mobile": MOBILE, "operator": "four"}, WayGap.SIM_CARRIER),
        ({"phone": "+46846500450"}, WayGap.NUMBER),
        ({"ways": [{"kind": "chat"}]}, WayGap.BASE),
        ({"ways": [{"kind": "radio"}]}, WayGap.BASE),
        ({"ways": [{"kind": "sms", "address": "+46701740677"}]}, WayGap.NUMBER),
    ],
)
def test_what_the_plan_does_not_say_is_unknown_with_the_question(
    contact: dict[str, Any], gap: WayGap
) -> None:
    """Nothing is guessed: the way is unknown, and so is whether the person is reached."""
    found = reach_of(contact)
    assert ([way.gap for way in found.ways], found.reached, found.lost_s) == ([gap], ((0.0, UNKNOWN),), None)


def test_a_person_without_any_way_is_unknown() -> None:
    """Nobody has said how they are reached."""
    found = reach_of({})
    assert (found.ways, found.reached, found.gap) == ((), ((0.0, UNKNOWN),), WayGap.NO_WAY)


def test_an_email_calls_nobody_in() -> None:
    """While only mail works the person is not reached, but would find it later."""
    contact = {
        "mobile": MOBILE,
        "operator": "two",
        "email": "a@b.example",
        "ways": [{"kind": "email", "on": "mail"}],
    }
    found = reach_of(contact, "two-net")
    assert (found.reached, found.mailed, found.lost_s) == (((0.0, NO),), ((0.0, YES),), 0.0)
    alone = reach_of({"email": "a@b.example"})
    assert (alone.reached, alone.mailed) == (((0.0, UNKNOWN),), ((0.0, UNKNOWN),))
    assert (alone.gap, alone.ways[0].gap) == (WayGap.NO_WAY, WayGap.BASE)


def test_an_sms_goes_to_the_sim_of_the_mobile() -> None:
    """It rests on what the mobile rests on."""
    contact = {"mobile": MOBILE, "operator": "one", "ways": [{"kind": "sms"}]}
    assert [way.works for way in reach_of(contact, "one-net").ways] == [((0.0, NO),)] * 2


def test_nobody_next_door_is_ever_out_of_reach() -> None:
    """In person rests on nothing, unless a place is named."""
    assert way_of({"ways": [{"kind": "in_person"}]}, *COMPONENTS).works == ((0.0, YES),)
    assert way_of({"ways": [{"kind": "in_person", "on": "core"}]}, "core").works == ((0.0, NO),)


def test_below_half_is_down_and_half_is_not() -> None:
    """The threshold is that of what a fallback needs."""
    plan = plan_of({"a": {"mobile": MOBILE, "operator": "two"}})
    assert reachability_at(plan, {"two-net": 0.5}).contacts["a"].reached == ((0.0, YES),)
    assert reachability_at(plan, {"two-net": 0.49}).contacts["a"].reached == ((0.0, NO),)


def test_a_contact_is_lost_from_the_minute_at_which_the_last_way_fails() -> None:
    """Mobile and chat overlap for a while only."""
    plan = plan_of({"a": {"mobile": MOBILE, "operator": "two", "ways": [{"kind": "chat", "on": "mail"}]}})
    scenario = outage("two-net").model_copy(
        update={"events": (*outage("two-net").events, *outage("mail", at_m=30, for_m=120).events)}
    )
    found = reachability(plan, run(plan, scenario)).contacts["a"]
    assert found.reached == ((0.0, YES), (30 * MINUTE, NO), (70 * MINUTE, YES))
    assert found.lost_s == 30 * MINUTE


CREW: dict[str, dict[str, Any]] = {
    "a": {"mobile": MOBILE, "operator": "one", "role": "Director", "deputy": "c"},
    "b": {"mobile": "+46701740611", "operator": "one", "role": "Head of IT, duty officer"},
    "c": {"mobile": "+46701740612", "operator": "two", "role": "Deputy director"},
    "d": {"role": "Adviser"},
}


def test_the_crisis_team_falls_below_its_quorum_when_one_operator_fails() -> None:
    """Of three who decide two have the same operator, and two are asked for."""
    plan = plan_of(CREW, decided_by=["a", "b", "c"], quorum=2)
    team = reachability(plan, run(plan, outage("one"))).crisis_team
    assert [(c.from_s / MINUTE, c.surely, c.at_most) for c in team.counts] == [
        (0, 3, 3),
        (10, 1, 1),
        (70, 3, 3),
    ]
    assert team.met == ((0.0, YES), (10 * MINUTE, NO), (70 * MINUTE, YES))
    assert team.lost_s == 10 * MINUTE


def test_without_a_quorum_one_of_them_is_enough() -> None:
    """The first who is reached decides; one of whom nothing is known leaves it unknown."""
    team = reachability_at(plan_of(CREW, decided_by=["a", "c"]), {"one": 0.0}).crisis_team
    assert (team.quorum, team.met) == (1, ((0.0, YES),))
    unsure = reachability_at(plan_of(CREW, decided_by=["a", "d"]), {"one": 0.0}).crisis_team
    assert (unsure.counts[0].surely, unsure.counts[0].at_most, unsure.met) == (0, 1, ((0.0, UNKNOWN),))


def test_nobody_decides_where_nobody_is_named() -> None:
    """A quorum of nobody is not met."""
    assert reachability_at(plan_of(CREW), {}).crisis_team.met == ((0.0, NO),)


def test_a_role_is_covered_by_who_has_it_or_their_deputy() -> None:
    """The director's deputy is at another operator; of the duty officer there is only one."""
    plan = plan_of(CREW, decided_by=["a"], roles=["director", "Duty officer", "Press"])
    director, duty, press = reachability_at(plan, {"one-net": 0.0}).roles
    assert (director.holders, director.deputies, director.covered) == (("a",), ("c",), ((0.0, YES),))
    assert (duty.holders, duty.covered) == (("b",), ((0.0, NO),))
    assert (press.holders, press.covered) == ((), ((0.0, NO),))


def test_a_role_is_one_of_the_parts_between_commas() -> None:
    """A part of a word is no role."""
    assert has_role("Head of IT, duty officer", "Duty Officer")
    assert not has_role("Deputy director", "director")


def test_a_team_counts_its_members_leader_first() -> None:
    """A team whose plan names nobody has nothing to count."""
    teams = {"t": {"kind": "team", "name": "T", "members": ["c", "a"]}, "u": {"kind": "team", "name": "U"}}
    found = reachability_at(plan_of(CREW, teams), {"one": 0.0}).teams
    assert list(found) == ["t"]
    assert (found["t"].members, found["t"].counts[0].surely) == (("c", "a"), 1)


def test_channels_left_reach_between_the_widest_and_the_sum() -> None:
    """How far they overlap is not known; a channel of unknown reach may reach everybody."""
    plan = plan_of({})
    notices = reachability(plan, run(plan, outage("core"))).notices
    assert [(s.from_s / MINUTE, s.least, s.most, s.channels) for s in notices.shares] == [
        (0, 0.4, 1.0, ("board", "sms", "web")),
        (10, 0.4, pytest.approx(0.7), ("sms", "web")),
        (70, 0.4, 1.0, ("board", "sms", "web")),
    ]
    board = notices.channels[0]
    assert (board.channel, board.reach, board.lowest) == ("board", None, 0.0)
    assert board.down == (
        Outage(from_s=10 * MINUTE, until_s=70 * MINUTE, by=("board",), path=("board", "core")),
    )


def test_a_weakened_channel_reaches_less_and_below_half_nobody() -> None:
    """The share is multiplied by the level."""
    assert bounds([(0.4, 0.75), (0.2, 1.0)]) == (pytest.approx(0.3), pytest.approx(0.5))
    plan = plan_of({})
    [share] = reachability_at(plan, {"web": 0.4, "board": 0.0}).notices.shares
    assert (share.channels, share.least, share.most) == (("sms",), 0.3, 0.3)


def test_a_customer_group_has_the_channels_that_it_rests_on() -> None:
    """Only those count for it."""
    group = {"kind": "customer_group", "name": "Members", "requires": {"any_of": ["sms", "web"]}}
    groups = reachability_at(plan_of({}, {"members": group}), {"sms": 0.0}).notices.groups
    assert {g: s[0].channels for g, s in groups.items()} == {"members": ("web",)}


def test_levels_of_a_failure_come_from_the_steady_state() -> None:
    """What the checks do: one component fails, the rest follows, and the question is answered there."""
    plan = plan_of({"a": {"phone": "+46980319205"}})
    system = compile_plan(plan)
    x = steady(system, own_states(system, {"core": 0.0})).x
    levels = {i: float(x[n]) for i, n in system.index.items()}
    assert reachability_at(plan, levels).contacts["a"].lost_s == 0.0


@pytest.mark.parametrize("asked", ["b", "other"])
def test_a_mobile_that_nobody_can_call_is_never_said_to_work(asked: str) -> None:
    """Where the plan still asks about somebody and has no number, they are not known to be reached."""
    way = [{"kind": "mobile", "on": "one-net"}]
    plan = plan_of({"a": {"mobile": "+46701740605", "ways": way}, "b": {"ways": way}}, decided_by=["a", "b"])
    questions = (OpenQuestion(about=asked, text="On which mobile?"),)
    plan = plan.model_copy(update={"document": plan.document.model_copy(update={"questions": questions})})
    whole = reachability_at(plan, {})
    known = asked == "other"
    assert whole.contacts["a"].reached == ((0.0, YES),)
    assert whole.contacts["b"].reached == ((0.0, YES if known else UNKNOWN),)
    assert whole.contacts["b"].ways[0].gap == (None if known else WayGap.NO_WAY)
    assert whole.crisis_team.counts[0].surely == (2 if known else 1)
    assert reachability_at(plan, {"one-net": 0.0}).contacts["b"].reached == ((0.0, NO),)
