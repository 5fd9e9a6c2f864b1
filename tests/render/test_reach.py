"""Who can be reached, as templates and readers of the documents see it."""

from __future__ import annotations

from typing import Any

import pytest

from bcp import usecases
from bcp.model.component import Component
from bcp.model.plan import Plan
from bcp.model.route import Verdict
from bcp.model.scenario import Scenario
from bcp.render.context.facts import Facts
from bcp.render.context.material import Material
from bcp.render.context.whole import facts_of
from tests.render.sample import OUTAGE, PLAN, pdf, plan, text_of

RADIO = {"kind": "radio", "address": "Crisis", "on": "telenor-net"}
CONTACTS: dict[str, dict[str, Any]] = {
    "anna": {"name": "Anna <b>Ö</b>", "role": "Head", "ways": [{"kind": "mobile", "on": "telia-in"}, RADIO]},
    "bo": {"name": "Bo ß", "role": "Deputy", "ways": [{"kind": "mobile", "on": "telia-in"}]},
    "cia": {"name": "Cia", "ways": [RADIO]},
}


def crew(**activation: Any) -> Plan:
    """The sample plan with these contacts, who call each other."""
    document = {
        **PLAN["document"],
        "activation": {
            "decided_by": ["anna", "bo"],
            "quorum": 2,
            "roles": ["Head", "Press"],
            "call_tree": {"anna": ["bo"], "bo": ["cia"]},
            **activation,
        },
    }
    quick = {**PLAN["fallbacks"]["quick"], "steps": [{"do": "Log in", "by": "anna", "needs": "telia-in"}]}
    return plan(
        {"contacts": CONTACTS, "document": document, "fallbacks": {**PLAN["fallbacks"], "quick": quick}}
    )


def facts(of: Plan, scenario: Scenario | None = OUTAGE, language: str = "en") -> Facts:
    """What templates see of a plan."""
    happened = usecases.run(of, scenario) if scenario else None
    routes = usecases.routes(of, scenario, happened=happened)
    material = Material(of, happened, routes, usecases.assess(of), scenario, language)
    return facts_of(material, revision="", made_on=None)


def test_those_who_decide_come_first_with_their_ways() -> None:
    """Anna keeps the radio, Bo has nothing left, and markup in a name stays text."""
    reach = facts(crew()).reach
    assert reach.quorum == 2
    assert [(p.name, p.decides, p.verdict, p.tone) for p in reach.people] == [
        ("Anna <b>Ö</b>", True, "reached", "good"),
        ("Bo ß", True, "not reached +0:00–+5:00", "bad"),
        ("Cia", False, "reached", "good"),
    ]
    assert reach.people[0].ways == (
        "mobile down +0:00–+5:00 (Service-number platform)",
        "two-way radio works",
    )


def test_teams_roles_and_calls_say_what_fails_and_what_helps() -> None:
    """The quorum is lost, a role is nobody's, and Anna calls Cia in Bo's stead."""
    reach = facts(crew()).reach
    assert reach.teams[0].verdict == "only 1 of 2 reached (needed: 2): too few +0:00–+5:00"
    assert [(r.name, r.verdict, r.tone) for r in reach.roles] == [
        ("Head", "reached", "good"),
        ("Press", "nobody has this role", "bad"),
    ]
    assert reach.alarm_raised_by == ("Anna <b>Ö</b>",)
    assert [(c.called, c.tone, c.instead) for c in reach.calls] == [
        ("Bo ß", "bad", "nobody in the tree can call instead"),
        ("Cia", "bad", "is called by Anna <b>Ö</b> instead"),
    ]


def test_a_team_of_those_who_decide_stands_once() -> None:
    """A team with the people who decide is the crisis team; one with others stands beside it."""
    team = {"kind": "team", "name": "Night crew", "members": ["bo", "anna"]}
    found = facts(crew(), None).reach.teams
    same = plan_with({"night": team}, crew())
    other = plan_with({"night": {**team, "members": ["bo"]}}, crew())
    assert [t.name for t in facts(same, None).reach.teams] == [t.name for t in found]
    assert [t.name for t in facts(other, None).reach.teams] == [*(t.name for t in found), "Night crew"]


def plan_with(components: dict[str, Any], of: Plan) -> Plan:
    """The plan with more components."""
    added = {i: Component.model_validate(c) for i, c in components.items()}
    return of.model_copy(update={"components": {**of.components, **added}})


def test_a_step_that_cannot_be_done_says_so() -> None:
    """In the scenario the portal is gone; by structure it is what the number rests on too."""
    [step] = next(f for f in facts(crew()).fallbacks if f.id == "quick").steps
    assert (step.needs, step.verdict, step.tone) == (
        ("Service-number platform",),
        "blocked by Service-number platform",
        "bad",
    )
    [step] = next(f for f in facts(crew(), None).fallbacks if f.id == "quick").steps
    assert (step.verdict, step.tone) == ("shares Service-number platform with what it protects", "warn")


def test_the_channels_left_are_told_with_their_share() -> None:
    """The web page survives; without a scenario no times are told."""
    [share] = facts(crew()).reach.shares
    assert (share.times, share.channels, share.reached) == ("from +0:00", ("Web page",), "40%")
    [share] = facts(crew(), None).reach.shares
    assert share.times == ""


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        (
            "en",
            ["2.4 Who can be reached", "2.5 Call tree", "Left out.", "At least 2 of these must be reached."],
        ),
        ("sv", ["2.4 Vem som kan nås", "2.5 Larmkedja", "Utelämnade.", "Minst 2 av dessa måste nås."]),
    ],
)
def test_the_continuity_plan_has_the_section(language: str, parts: list[str]) -> None:
    """Bo decides but is in no branch of this tree."""
    text = text_of(pdf(of=crew(call_tree={"anna": ["cia"]}), language=language))
    for part in parts:
        assert part in text


def test_an_action_card_warns_at_the_step() -> None:
    """What it is done with and that it is blocked stand beside what to do."""
    text = text_of(pdf("action-cards", of=crew()))
    assert (
        "Log in · Anna <b>Ö</b> · with Service-number platform · blocked by Service-number platform" in text
    )


@pytest.mark.parametrize(
    ("activation", "note", "told"),
    [
        ({"quorum": None}, "", "may decide alone is not decided yet"),
        ({"quorum": None}, "Asks the management", "What the plan says of Anna: Asks the management"),
        ({"quorum": 1}, "", "can be reached decides alone"),
    ],
)
def test_nobody_decides_alone_unless_the_plan_says_so(
    activation: dict[str, Any], note: str, told: str
) -> None:
    """What nobody has settled is told as open."""
    of = crew(**activation)
    anna = of.contacts["anna"].model_copy(update={"name": "Anna", "note": note})
    of = of.model_copy(update={"contacts": {**of.contacts, "anna": anna}})
    text = " ".join(text_of(pdf("bcp", of=of)).split())
    assert told in text
    assert ("decides alone" in text) == (activation["quorum"] == 1)


def test_within_the_rto_by_a_way_that_is_not_known_to_hold_says_so() -> None:
    """The verdict on the activity carries the doubt about the fallback that it rests on, and is not green."""
    of = plan()
    happened = usecases.run(of, OUTAGE)
    unknown = tuple(
        route.model_copy(
            update={
                "options": tuple(
                    o.model_copy(update={"verdict": Verdict.UNKNOWN})
                    for o in route.options
                    if o.fallback == "quick"
                )
            }
        )
        for route in usecases.routes(of, OUTAGE, happened=happened)
    )
    material = Material(of, happened, unknown, usecases.assess(of), OUTAGE, "en")
    (service,) = facts_of(material, revision="", made_on=None).activities
    assert service.outcome is not None
    assert service.outcome.covered == (
        "Within the RTO, with Switch at once (never tested, unknown whether it holds)"
    )
    assert service.outcome.tone == "warn"


def test_a_way_without_a_lead_time_is_not_known_to_hold() -> None:
    """Nobody knows when it would carry."""
    of = plan()
    untimed = of.fallbacks["quick"].model_copy(update={"lead_time": None})
    changed = of.model_copy(update={"fallbacks": {**of.fallbacks, "quick": untimed}})
    assert usecases.unsure(changed) - usecases.unsure(of) == {"quick"}
