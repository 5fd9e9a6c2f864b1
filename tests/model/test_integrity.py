from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from bcp.model.integrity import Fault, problems
from bcp.model.plan import Plan
from bcp.model.references import path_text
from tests.strategies import plans

ORGANISATION = {"name": "Exempelkommun"}


def plan_of(components: dict[str, Any], **rest: Any) -> Plan:
    """A plan of components whose kind and name are filled in."""
    filled = {i: {"kind": "system", "name": i} | c for i, c in components.items()}
    return Plan.model_validate({"organisation": ORGANISATION, "components": filled, **rest})


def places(plan: Plan) -> list[str]:
    """Where the faults of a plan stand."""
    return [path_text(f.path) for f in problems(plan)]


def only(plan: Plan) -> Fault:
    """The single fault of a plan."""
    (fault,) = problems(plan)
    return fault


@given(plans())
def test_a_random_plan_of_the_strategy_has_no_fault(plan: Plan) -> None:
    """The plans that other tests are given can all be run."""
    assert problems(plan) == ()


def test_every_unknown_name_is_found_at_once() -> None:
    """Wherever a plan names what is not there, each place is one fault, in the plan's order."""
    plan = plan_of(
        {
            "a": {"requires": ["x", {"pool": {"a2": 1, "y": 1}}, {"quorum": 1, "of": ["z"]}], "owner": "boss"},
            "a2": {"kind": "team", "members": ["ann", "bob"]},
        },
        fallbacks={
            "f": {
                "protects": "p", "via": ["a", "v"], "needs": "n", "executes_at": "e", "owner": "o",
                "steps": ["look", {"do": "call", "by": "s"}], "failback_steps": [{"do": "go back", "by": "t"}],
            }
        },
        contacts={"ann": {"name": "Ann", "deputy": "d"}},
        accepted_risks=[{"code": "S1", "subject": "r", "reason": "-", "accepted_by": "-", "until": "2030-01-01"}],
        document={
            "owner": "do", "approver": "da", "activation": {"decided_by": ["ann", "db"]},
            "messages": [{"audience": "all", "when": "now", "text": "-", "channels": ["web"], "by": "mb"}],
        },
    )  # fmt: skip
    assert places(plan) == [
        "components.a.requires[0]", "components.a.requires[1]", "components.a.requires[2]", "components.a.owner",
        "components.a2.members[1]", "fallbacks.f.protects", "fallbacks.f.via[1]", "fallbacks.f.needs[0]",
        "fallbacks.f.executes_at", "fallbacks.f.steps[1].by", "fallbacks.f.failback_steps[0].by",
        "fallbacks.f.owner", "contacts.ann.deputy", "accepted_risks[0].subject", "document.owner",
        "document.approver", "document.activation.decided_by[1]", "document.messages[0].channels[0]",
        "document.messages[0].by",
    ]  # fmt: skip


def test_a_name_like_another_is_asked_about() -> None:
    """An unknown name that is near a known one brings the question whether that was meant."""
    fault = only(plan_of({"telia-in": {}, "n": {"requires": ["telia_in"]}}))
    assert (fault.fix, fault.word) == ('Did you mean "telia-in"?', "telia_in")


def test_a_contact_where_a_component_is_wanted_says_so() -> None:
    """A name of the wrong sort is told apart from one that does not exist."""
    fault = only(plan_of({"a": {"requires": "ann"}}, contacts={"ann": {"name": "Ann"}}))
    assert fault.message == "'ann' is a contact; a component is wanted here."


def test_known_ids_count_as_existing() -> None:
    """A part that could not be read is not reported again where others name it."""
    assert problems(plan_of({"a": {"requires": "broken"}}), known={"broken"}) == ()


def test_a_team_may_carry_out_a_step() -> None:
    """Steps, owners of fallbacks and messages may name a contact or a team."""
    plan = plan_of(
        {"a": {}, "crew": {"kind": "team"}},
        fallbacks={"f": {"protects": "a", "steps": [{"do": "go", "by": "crew"}]}},
    )
    assert problems(plan) == ()


def test_an_id_used_twice_across_sections_is_a_fault() -> None:
    """Components, fallbacks and contacts are looked up by the same names, so their ids differ."""
    plan = plan_of({"a": {}}, fallbacks={"a": {"protects": "a"}}, contacts={"a": {"name": "A"}})
    assert places(plan) == ["fallbacks.a", "contacts.a"]


@pytest.mark.parametrize(
    ("component", "place", "message"),
    [
        ({"requires": ["a"]}, "components.a.requires[0]", "'a' requires itself."),
        ({"requires": [{"split": {"b": 0.3, "c": 0.6}}]}, "components.a.requires[0].split",
         "the shares of this split sum to 0.9, not 1."),
        ({"requires": [{"pool": {"b": 0, "c": 0}}]}, "components.a.requires[0].pool",
         "no member of this pool has any capacity."),
        ({"requires": [{"quorum": 3, "of": ["b", "c"]}]}, "components.a.requires[0].quorum",
         "a quorum of 3 among 2 can never be reached."),
        ({"bia": {"mbco": 0.5}}, "components.a.bia", "a system has no business impact analysis."),
        ({"kind": "activity", "bia": {"rto": "5h", "mtpd": "4h"}}, "components.a.bia.rto",
         "the RTO (5h) is above the MTPD (4h)."),
        ({"kind": "activity", "bia": {"rto": 0, "mtpd": 0}}, "components.a.bia.mtpd",
         "an MTPD of 0 tolerates no disruption at all: no plan can keep it."),
        ({"e164": "+46771123456"}, "components.a.e164", "a system has no number of its own."),
        ({"kind": "number", "e164": "4711"}, "components.a.e164", "4711 is no short number that is known in SE."),
        ({"kind": "number", "e164": "+460771123456"}, "components.a.e164",
         "+460771123456 keeps the 0 that is dialled only within the country."),
        ({"kind": "number", "span": {"first": "+4631390060", "last": "+4631390061"}}, "components.a.span",
         "a number has no span of numbers."),
        ({"kind": "number_range", "span": {"first": "+46313900649", "last": "+46313900600"}}, "components.a.span",
         "the range begins at +46313900649, after its end +46313900600."),
        ({"kind": "number_range", "span": {"first": "+4631390060", "last": "+46313900649"}}, "components.a.span",
         "+4631390060 and +46313900649 differ in length: they bound no range."),
        ({"mtbf": 0}, "components.a.mtbf", "an MTBF of 0 means that it always fails."),
    ],
)  # fmt: skip
def test_figures_that_cannot_be(component: dict[str, Any], place: str, message: str) -> None:
    """Each impossible figure is one fault, named where it stands."""
    fault = only(plan_of({"a": component, "b": {}, "c": {}}))
    assert (path_text(fault.path), fault.message) == (place, message)
    assert fault.fix


def test_thirds_make_a_whole() -> None:
    """Shares that sum to 1 within rounding are a split."""
    assert (
        problems(plan_of({"a": {"requires": [{"split": {"b": 1 / 3, "c": 2 / 3}}]}, "b": {}, "c": {}})) == ()
    )


def test_a_fallback_via_what_it_protects_is_a_fault() -> None:
    """A fallback cannot carry the load through the thing that failed."""
    plan = plan_of({"a": {}, "b": {}}, fallbacks={"f": {"protects": "a", "via": ["b", "a"], "endurance": 0}})
    assert places(plan) == ["fallbacks.f.via", "fallbacks.f.endurance"]


@pytest.mark.parametrize(
    "number",
    [
        "+46313900600",
        "+46406280449",
        "+46846500499",
        "+46980319249",
        "+46701740699",
        "+46771567567",
        "+4620123456",
    ],
)
def test_numbers_reserved_for_fiction_and_service_numbers_pass(number: str) -> None:
    """PTS's numbers for fiction and 020 and 0771 numbers are no fault."""
    assert problems(plan_of({"a": {"kind": "number", "e164": number}})) == ()


@pytest.mark.parametrize(
    ("country", "number"), [("NL", "14020"), ("IT", "116117"), ("DE", "19222"), ("SE", "11414")]
)
def test_short_numbers_are_those_of_the_country(country: str, number: str) -> None:
    """Short numbers in use pass in their country, those that the library does not list too."""
    organisation = ORGANISATION | {"country": country}
    plan = Plan.model_validate(
        {"organisation": organisation, "components": {"a": {"kind": "number", "name": "a", "e164": number}}}
    )
    assert problems(plan) == ()


def test_an_unknown_timezone_is_a_fault() -> None:
    """A timezone that does not exist is named, with the one that was meant."""
    plan = Plan.model_validate({"organisation": ORGANISATION | {"timezone": "Europe/Stokholm"}})
    assert only(plan).fix == 'Did you mean "Europe/Stockholm"?'
