"""The example organisations: sound, whole, of the promised size, and with numbers that belong to nobody."""

from __future__ import annotations

import re

import pytest

from bcp import usecases
from bcp.model.component import Kind
from bcp.model.plan import Plan
from bcp.model.requirement import Needs, Pool, Quorum, Split
from bcp.model.telephone import display, is_valid

ORGANISATIONS = usecases.example_names()

WHOLE = ("kommun", "myndighet")
"""The two that show everything a plan can hold; each of the others is there to tell one incident."""

RESERVED = (
    ("+46313900600", "+46313900649"),
    ("+46406280400", "+46406280449"),
    ("+46846500400", "+46846500499"),
    ("+46980319200", "+46980319249"),
    ("+46701740605", "+46701740699"),
    ("+493023125000", "+493023125999"),
    ("+4915228817386", "+4915228817386"),
    ("+491729980752", "+491729980752"),
    ("+441632960000", "+441632960999"),
    ("+447700900000", "+447700900999"),
)
"""Reserved for fiction by PTS, the Bundesnetzagentur and Ofcom, first and last."""

MADE_UP = ("+46771123456", "+4620123456", "+46771654321", "+4620987654")
"""For 020 and 0771 nothing is reserved: plain sequences of digits."""


@pytest.fixture(params=ORGANISATIONS)
def plan(request: pytest.FixtureRequest) -> Plan:
    """Each example organisation's plan in turn."""
    return usecases.open_plan(f"example:{request.param}").plan


@pytest.fixture(params=WHOLE)
def whole(request: pytest.FixtureRequest) -> Plan:
    """Each of the two full example organisations' plans in turn."""
    return usecases.open_plan(f"example:{request.param}").plan


def telephone_numbers(plan: Plan) -> list[str]:
    """Every number in the plan: of components, ends of ranges, and people's."""
    ends = [n for c in plan.components.values() if c.span for n in (c.span.first, c.span.last)]
    own = [c.e164 for c in plan.components.values() if c.e164]
    people = [n for c in plan.contacts.values() for n in (c.phone, c.mobile) if n]
    return [*ends, *own, *people]


def test_the_organisations_are_there() -> None:
    """A municipality and an agency are shipped, and an organisation for each incident but the first."""
    assert {*WHOLE, "stadsnat", "voip-operator", "telefonie-nl", "fibra"} == set(ORGANISATIONS)


def test_a_plan_has_no_problems(plan: Plan) -> None:
    """Every name leads somewhere and no figures contradict each other."""
    assert usecases.problems(plan) == ()


def test_a_plan_is_of_the_promised_size(plan: Plan) -> None:
    """Each example has 30 to 80 components."""
    assert 30 <= len(plan.components) <= 80


def test_a_plan_reads_back_equal(plan: Plan) -> None:
    """Written as a file and read again each example is the same plan."""
    assert usecases.read_plan_text(usecases.write_plan_text(plan), "again.yaml") == plan


def test_every_component_is_connected(plan: Plan) -> None:
    """Nothing in an example stands alone: something requires it, or it requires something, or a fallback uses it."""
    graph = plan.graph()
    for fallback in plan.fallbacks.values():
        for other in (*fallback.needs, *((fallback.executes_at,) if fallback.executes_at else ())):
            graph.add_edge(fallback.protects, other)
    assert [i for i, degree in graph.degree() if degree == 0] == []


def test_every_contact_has_something_to_do(plan: Plan) -> None:
    """Each person is a member, an owner, a deputy, or named in a step, a message or the activation."""
    named = re.findall(r"[\w.\-]+", str(plan.model_dump(exclude={"contacts"})))
    deputies = {c.deputy for c in plan.contacts.values()}
    desks = {i for i, c in plan.contacts.items() if c.mobile is None}
    assert [i for i in plan.contacts if i not in named and i not in deputies and i not in desks] == []


def test_no_number_belongs_to_anybody(plan: Plan) -> None:
    """Every telephone number lies in a range reserved for fiction or is plainly made up."""
    real = [
        n
        for n in telephone_numbers(plan)
        if n not in MADE_UP and not any(len(n) == len(a) and a <= n <= b for a, b in RESERVED)
    ]
    assert real == []


def test_every_number_could_exist(plan: Plan) -> None:
    """Each number lies in a range in use or in fiction, and is shown as people of the country write it."""
    assert [n for n in telephone_numbers(plan) if not is_valid(n, plan.organisation.country)] == []
    for component in plan.of_kind(Kind.NUMBER).values():
        assert component.e164 is not None
        assert display(component.e164, plan.organisation.country) in component.name


def test_addresses_lead_nowhere(plan: Plan) -> None:
    """E-mail addresses use the reserved domain example."""
    assert [c.email for c in plan.contacts.values() if c.email and not c.email.endswith(".example")] == []


def test_every_mode_of_requirement_is_used(whole: Plan) -> None:
    """Each example shows hard, soft, start-only, any-of or pool, split and quorum requirements."""
    requirements = [r for c in whole.components.values() for r in c.requires]
    assert {type(r) for r in requirements} == {Needs, Pool, Split, Quorum}
    assert any(isinstance(r, Needs) and r.impact < 1 for r in requirements)
    assert any(isinstance(r, Pool) and set(r.pool.values()) != {1.0} for r in requirements)
    assert any(r.during == "start" for r in requirements)


def test_activities_carry_an_analysis(plan: Plan) -> None:
    """Every activity has an MTPD, an RTO, an MBCO and impact over time."""
    for activity in plan.activities.values():
        assert activity.bia is not None
        assert activity.bia.mtpd is not None
        assert activity.bia.rto is not None
        assert activity.bia.impact
        assert activity.owner is not None


def test_fallbacks_can_be_carried_out(plan: Plan) -> None:
    """Every fallback has a name, an owner, a lead time and steps, and the steps fit in the lead time."""
    for fallback_id, fallback in plan.fallbacks.items():
        assert fallback.name, fallback_id
        assert fallback.owner, fallback_id
        assert fallback.lead_time is not None, fallback_id
        assert fallback.steps, fallback_id
        if not fallback.automatic:
            assert sum(step.takes or 0.0 for step in fallback.steps) <= fallback.lead_time, fallback_id


def test_what_the_documents_need_is_there(whole: Plan) -> None:
    """The document section is filled in, with the deadlines of the Swedish Cybersecurity Act."""
    document = whole.document
    assert document.owner
    assert document.approver
    assert document.activation.criteria
    assert document.activation.decided_by
    assert document.activation.alarm_path
    assert document.messages
    assert document.validation
    assert document.stand_down
    assert document.tests
    deadlines = {d.deadline for d in document.duties if "2025:1506" in d.source}
    assert deadlines == {24 * 3600.0, 72 * 3600.0, 30 * 24 * 3600.0}


def test_much_of_it_is_verified(whole: Plan) -> None:
    """Most components say when somebody last checked, and are owned."""
    assert sum(c.verified is not None for c in whole.components.values()) > len(whole.components) / 2
    assert sum(c.owner is not None for c in whole.components.values()) > len(whole.components) / 2


def test_the_municipalitys_trunks_share_more_than_they_seem() -> None:
    """The check finds the duct, the border controllers and the voice core under both trunks."""
    found = usecases.check(usecases.open_plan("example:kommun").plan)
    (finding,) = [f for f in found if f.code == "F3" and f.subject == "sip-gemensam"]
    for shared in ("Kanalisation Norra Storgatan", "SBC-par", "Telias taltjänst"):
        assert shared in finding.message


def test_the_municipalitys_crisis_team_is_on_one_operator() -> None:
    """One operator's mobile network takes the crisis team with it; the agency's team survives any one."""
    kommun = usecases.assess(usecases.open_plan("example:kommun").plan, target="krisledning")
    assert "telia-mobil" in kommun.single_points["krisledning"]
    myndighet = usecases.assess(usecases.open_plan("example:myndighet").plan, target="krisledning")
    assert not {"telia-mobil", "tele2-mobil", "telenor-mobil"} & set(myndighet.single_points["krisledning"])
