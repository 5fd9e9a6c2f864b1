"""The call tree under a failure, on trees small enough to be followed by hand."""

from __future__ import annotations

from typing import Any

from bcp.engine.people.call_tree import common_way
from bcp.engine.people.reachability import reachability, reachability_at
from bcp.engine.run.result import run
from bcp.model.answer import Answer
from bcp.model.plan import Plan
from bcp.model.reachability import Break, CallTreeReach
from tests.engine.people.test_reachability import MINUTE, outage, plan_of

YES, UNKNOWN, NO = Answer.YES, Answer.UNKNOWN, Answer.NO

ONE = {"ways": [{"kind": "mobile", "on": "one-net"}]}
TWO = {"ways": [{"kind": "mobile", "on": "two-net"}]}
RADIO = {"kind": "radio", "address": "group 7", "on": "radio"}


def tree_of(
    contacts: dict[str, dict[str, Any]], calls: dict[str, list[str]], *gone: str, **more: Any
) -> CallTreeReach:
    """The call tree while these components are gone."""
    plan = plan_of(contacts, call_tree=calls, **more)
    found = reachability_at(plan, dict.fromkeys(gone, 0.0)).call_tree
    assert found is not None
    return found


def linked(one: dict[str, Any], other: dict[str, Any], *gone: str) -> Answer:
    """Whether two contacts have a working way in common while these components are gone."""
    contacts = reachability_at(plan_of({"a": one, "b": other}), dict.fromkeys(gone, 0.0)).contacts
    return common_way(contacts["a"], contacts["b"])[0][1]


def test_telephones_of_all_operators_call_each_other() -> None:
    """Both ends must work; one operator down silences the link."""
    assert linked(ONE, TWO) == YES
    assert linked(ONE, TWO, "two-net") == NO
    assert linked(ONE, {"phone": "+46980319205"}, "two-net") == YES


def test_radio_and_chat_need_the_same_group_or_platform() -> None:
    """Another group on another platform is no way in common."""
    assert linked({"ways": [RADIO]}, {"ways": [{"kind": "radio", "on": "radio"}]}) == YES
    assert linked({"ways": [RADIO]}, {"ways": [{"kind": "radio", "address": "GROUP 7", "on": "core"}]}) == YES
    assert linked({"ways": [RADIO]}, {"ways": [{"kind": "radio", "address": "8", "on": "core"}]}) == NO
    assert linked({"ways": [RADIO]}, {"ways": [{"kind": "chat", "on": "radio"}]}) == NO
    assert linked({"ways": [RADIO]}, {"ways": [RADIO]}, "radio") == NO


def test_an_email_is_no_alarm() -> None:
    """Both have mail, and nobody is woken by it."""
    mail = {"ways": [{"kind": "email", "on": "mail"}]}
    assert linked(mail, mail) == NO


def test_an_sms_is_sent_from_a_mobile() -> None:
    """Who takes SMS can be told by whoever has a mobile that works."""
    takes = {"ways": [{"kind": "sms", "on": "two-net"}]}
    assert linked(ONE, takes) == YES
    assert linked(ONE, takes, "one-net") == NO


def test_what_is_unknown_of_one_side_is_unknown_of_the_link() -> None:
    """Nobody knows what that telephone rests on."""
    assert linked(ONE, {"phone": "+46846500450"}) == UNKNOWN
    assert linked(ONE, {"phone": "+46846500450"}, "one-net") == NO


CHAIN = {"a": ["b", "d"], "b": ["c"]}


def test_the_alarm_runs_down_the_tree() -> None:
    """Whom nobody calls raises it; the others hear it one after the other."""
    found = tree_of(dict.fromkeys("abcd", TWO), CHAIN)
    assert found.roots == ("a",)
    assert {i: course[0][1] for i, course in found.alarmed.items()} == dict.fromkeys("abcd", YES)
    assert (found.breaks, found.adrift, found.left_out) == ((), (), ())


def test_a_broken_branch_stops_everybody_below_it_and_names_who_can_call() -> None:
    """B is at the failed operator; C below could be called by A or D, and for B there is a deputy."""
    plan = plan_of({"a": TWO, "b": {**ONE, "deputy": "e"}, "c": TWO, "d": TWO, "e": TWO}, call_tree=CHAIN)
    found = reachability(plan, run(plan, outage("one-net"))).call_tree
    assert found is not None
    assert found.alarmed["c"] == ((0.0, YES), (10 * MINUTE, NO), (70 * MINUTE, YES))
    assert found.breaks == (
        Break(called="b", from_s=600, until_s=4200, callers=("a",), deputy="e"),
        Break(
            called="c",
            from_s=600,
            until_s=4200,
            callers=("b",),
            without_alarm=("b",),
            instead_by=("a", "d"),
        ),
    )
    through = {(k.caller, k.called): k.through[1][1] for k in found.links if len(k.through) > 1}
    assert through == {("a", "b"): NO, ("b", "c"): NO}


def test_a_second_caller_saves_the_branch() -> None:
    """Whoever is called by two is told by the one who still can."""
    found = tree_of({"a": TWO, "b": ONE, "c": TWO}, {"a": ["b", "c"], "b": ["c"]}, "one-net")
    assert found.alarmed["c"] == ((0.0, YES),)
    assert [b.called for b in found.breaks] == ["b"]


def test_when_the_one_who_raises_the_alarm_is_cut_off_nobody_hears_it() -> None:
    """The root knows, but has no telephone: there is nobody to call instead."""
    found = tree_of({"a": ONE, "b": TWO, "c": TWO, "d": TWO}, CHAIN, "one-net")
    assert {i: course[0][1] for i, course in found.alarmed.items()} == {"a": YES, "b": NO, "c": NO, "d": NO}
    assert all(b.instead_by == () for b in found.breaks)


def test_a_ring_that_nobody_outside_calls_is_adrift() -> None:
    """B and C wait for each other's call."""
    found = tree_of(dict.fromkeys("abcd", TWO), {"a": ["d"], "b": ["c"], "c": ["b"]})
    assert (found.roots, found.adrift) == (("a",), ("b", "c"))
    assert found.alarmed["b"] == ((0.0, NO),)


def test_a_ring_below_the_root_is_no_harm() -> None:
    """Two who call each other are told by the one above."""
    found = tree_of(dict.fromkeys("abc", TWO), {"a": ["b"], "b": ["c"], "c": ["b"]})
    assert (found.adrift, found.alarmed["c"]) == ((), ((0.0, YES),))


def test_whoever_decides_but_stands_in_no_branch_is_left_out() -> None:
    """The tree calls only some of those who decide."""
    found = tree_of(dict.fromkeys("abcd", TWO), {"a": ["b"]}, decided_by=["a", "c"])
    assert found.left_out == ("c",)


def test_without_a_call_tree_there_is_none() -> None:
    """A caller who calls nobody is no tree."""
    plan: Plan = plan_of({"a": TWO}, call_tree={"a": []})
    assert reachability_at(plan, {}).call_tree is None
