"""Building blocks, placed into plans: sound, never claiming independence that nobody knows of, each thing once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bcp import usecases
from bcp.engine.fate.redundancy import redundancies
from bcp.engine.fate.shared_fate import shared_fate
from bcp.engine.people.fault_desks import suppliers
from bcp.errors import BcpError
from bcp.model.assumed import endurance_unsaid
from bcp.model.block import (
    UNKNOWN,
    Answers,
    Ask,
    AskKind,
    Block,
    How,
)
from bcp.model.component import NOT_CHOSEN, STAND_IN, Kind
from bcp.model.fate import Fate
from bcp.model.joins import candidates
from bcp.model.placing import place
from bcp.model.plan import Plan
from bcp.usecases import building
from tests.model.blocks import BLOCKS, empty, placed, told
from tests.strategies import plans

LANGUAGES = ("sv", "en", "de", "nl", "it")
COUNTRIES = ("SE", "DE", "NL", "IT", "GB")

_TEXTS = {
    AskKind.TEXT: st.sampled_from(["", "Anna", "Ö", "<b>x</b>", "**"]),
    AskKind.OPERATOR: st.sampled_from(["Telia", "Telia AB", "Tele2", "KPN B.V."]),
    AskKind.NUMBER: st.sampled_from(["+46771123456", "+4620123456", "+46701740605"]),
    AskKind.DURATION: st.sampled_from(["15m", "4h", "2d"]),
    AskKind.SHARE: st.sampled_from(["0", "0.25", "1"]),
    AskKind.RATE: st.sampled_from(["0/h", "60/h"]),
    AskKind.DATE: st.just("2026-03-01"),
    AskKind.YES_NO: st.sampled_from(["yes", "no"]),
}


def _answer(ask: Ask) -> st.SearchStrategy[str]:
    return st.sampled_from(sorted(ask.choices)) if ask.kind is AskKind.CHOICE else _TEXTS[ask.kind]


@st.composite
def answers(draw: st.DrawFn, block: Block) -> Answers:
    """Answers to some of the block's questions: given, unknown or left out."""
    values = {
        key: draw(st.one_of(_answer(ask), st.just(UNKNOWN), st.just("")))
        for key, ask in block.asks.items()
        if key != "rto" and draw(st.booleans())
    }
    unknown = tuple(k for k in block.joins if draw(st.booleans()))
    return Answers(values=values, unknown_joins=unknown)


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_places_into_an_empty_plan(name: str, country: str) -> None:
    """A block alone gives a plan without faults that an outage can be run on, in each country it is for."""
    if not BLOCKS[name].fits(country):
        return
    done = place(empty(country), BLOCKS[name], Answers(), BLOCKS)
    assert usecases.problems(done.plan) == ()
    if name == "decision":
        assert done.questions  # who decides is nothing that can fail
        return
    assert done.plan.components
    outage = building.first_outage(done.plan)
    assert outage is not None
    assert usecases.run(done.plan, usecases.scenario(outage[0], outage[1])).strikes


@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_speaks_every_language(name: str) -> None:
    """Titles, questions and what is asked of operators stand there in five languages, with the same places."""
    block = BLOCKS[name]
    texts = [block.title, block.description]
    texts += [
        t for a in block.asks.values() for t in (a.ask, a.help, a.unknown, a.named, *a.choices.values())
    ]
    texts += [t for j in block.joins.values() for t in (j.ask, j.help, j.unknown, j.stand_in)]
    assert [t for t in texts if t and set(t) != set(LANGUAGES)] == []
    for language in LANGUAGES:
        plan = empty("SE", language)
        assert usecases.problems(place(plan, block, Answers(), BLOCKS).plan) == ()


def test_there_is_a_block_for_every_role_in_every_country() -> None:
    """An interview never comes to a part with nothing to choose, and `I don't know` is always among it."""
    for country in COUNTRIES:
        for role in building.Role:
            offered = building.blocks_for(role, country)
            assert [b for b in offered if not b.unknown]
            if role is not building.Role.ACTIVITY:
                assert [b for b in offered if b.unknown]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_blocks_place_into_any_plan(data: st.DataObject) -> None:
    """Into a random plan any block with any answers goes without a new fault, and takes nothing away."""
    plan = data.draw(plans())
    name = data.draw(st.sampled_from(list(BLOCKS)))
    done = place(plan, BLOCKS[name], data.draw(answers(BLOCKS[name])), BLOCKS)
    new = set(usecases.problems(done.plan)) - set(usecases.problems(plan))
    assert {p for p in new if "the RTO" not in p.message} == set()
    assert plan.components.keys() <= done.plan.components.keys()
    if name == "decision":
        assert plan.fallbacks.keys() == done.plan.fallbacks.keys()
    else:
        assert plan.fallbacks.items() <= done.plan.fallbacks.items()
    assert plan.contacts.items() <= done.plan.contacts.items()
    ids = {**done.plan.components, **done.plan.fallbacks, **done.plan.contacts}
    assert set(done.added) <= ids.keys()
    assert {q.about for q in done.questions} <= {"plan", *ids}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_false_independence(data: st.DataObject) -> None:
    """Where something of an unknown operator lies under a fallback or what it protects, nothing is called independent."""
    plan = empty()
    steps = data.draw(st.lists(st.sampled_from(list(BLOCKS)), max_size=4))
    steps += [data.draw(st.sampled_from(["se-service-number", "reseller-number", "operator-fibre"]))]
    steps += [data.draw(st.sampled_from(["publish-other-number", "divert-in-network", "mobile-data-line"]))]
    for name in sorted(steps, key=list(BLOCKS).index):
        plan = place(plan, BLOCKS[name], data.draw(answers(BLOCKS[name])), BLOCKS).plan
    graph = plan.graph()
    unknown = {i for i, c in plan.components.items() if STAND_IN in c.tags}
    for fate in shared_fate(plan):
        fallback = plan.fallbacks[fate.fallback]
        sides = {fallback.protects, *fallback.via, *fallback.needs}
        below = sides | {e[1] for s in sides for e in _run_edges(graph, s)}
        if below & unknown:
            assert fate.verdict != Fate.INDEPENDENT
    for found in redundancies(plan, usecases.system_of(plan)):
        below = set(found.members) | {e[1] for m in found.members for e in _run_edges(graph, m)}
        if below & unknown:
            assert found.verdict != Fate.INDEPENDENT


def _run_edges(graph: object, start: str) -> list[tuple[str, str]]:
    import networkx as nx  # noqa: PLC0415 - only here

    kept = [(u, v) for u, v, mode in graph.edges(data="mode") if mode != "fallback"]  # type: ignore[attr-defined]
    return list(nx.bfs_edges(nx.DiGraph([*kept, (start, start)]), start))


def test_two_numbers_with_one_operator_share_its_platform() -> None:
    """The same operator's platform is there once, however its name is written, and both numbers fall with it."""
    done = placed(
        ("customer-service", Answers()),
        ("se-service-number", told(number="+46771123456", operator="Telia")),
        ("se-service-number", told(number="+4620123456", operator="TELIA AB")),
    )
    platforms = done.plan.of_kind(Kind.PLATFORM)
    assert list(platforms) == ["telia-service-numbers"]
    assert len(done.plan.of_kind(Kind.NUMBER)) == 2
    assert [c.operator for c in platforms.values()] == ["telia"]


def test_twice_the_same_block_gives_separate_things() -> None:
    """What is not the same keeps an id and a name of its own."""
    done = placed(("customer-service", Answers()), ("customer-service", Answers()))
    assert list(done.plan.components) == ["customer-service", "customer-service-2"]
    assert [c.name for c in done.plan.components.values()] == ["Customer service", "Customer service (2)"]


def test_a_reserve_number_on_the_same_trunk_shares_it() -> None:
    """A reserve number whose calls come in where the usual ones do shares that trunk with what it protects."""
    done = placed(
        ("customer-service", Answers()),
        ("se-service-number", told(number="+46771123456", operator="Telia")),
        ("own-pbx", told(operator="Telia")),
        (
            "publish-other-number",
            Answers(
                values={"number": "+46104551234", "operator": "Tele2", "lead_time": "45m"},
                joins={"arrives_at": ("sip-trunk-telia-pbx",)},
            ),
        ),
    )
    (fate,) = shared_fate(done.plan)
    assert fate.verdict == Fate.SHARES
    assert "the-pbx" in fate.shared


def test_a_reserve_of_another_operator_that_comes_in_elsewhere_is_independent() -> None:
    """Where everything is known and nothing is common, the verdict says so: the blocks do not cry wolf."""
    answered = Answers(
        values={"number": "+46104551234", "operator": "Tele2", "lead_time": "45m"},
        joins={"arrives_at": ("people-s-mobiles-tele2",), "told_on": ("web-page",)},
    )
    done = placed(
        ("customer-service", Answers()),
        ("se-service-number", told(number="+46771123456", operator="Telia")),
        ("own-pbx", told(operator="Telia")),
        ("answered-on-mobiles", Answers(values={"operator": "Tele2"}, joins={"numbers": (), "serves": ()})),
        ("web-page", told(supplier="Webbhallen")),
        ("publish-other-number", answered),
    )
    (fate,) = shared_fate(done.plan)
    assert fate.verdict == Fate.INDEPENDENT


@pytest.mark.parametrize("unknown", ["se-service-number", "publish-other-number"])
def test_an_unknown_operator_is_never_independent(unknown: str) -> None:
    """The same with either operator unknown: it might be the other one, so the verdict is that nobody knows."""
    operators = {"se-service-number": "Telia", "publish-other-number": "Tele2", unknown: UNKNOWN}
    done = placed(
        ("customer-service", Answers()),
        ("se-service-number", told(number="+46771123456", operator=operators["se-service-number"])),
        ("answered-on-mobiles", Answers(values={"operator": "Tre"}, joins={"numbers": (), "serves": ()})),
        ("web-page", told(supplier="Webbhallen")),
        (
            "publish-other-number",
            Answers(
                values={"number": "+46104551234", "operator": operators["publish-other-number"]},
                joins={"arrives_at": ("people-s-mobiles-tre",), "told_on": ("web-page",)},
            ),
        ),
    )
    (fate,) = shared_fate(done.plan)
    assert fate.verdict == Fate.UNKNOWN
    assert fate.question


def _with_reserve(**arrives: tuple[str, ...]) -> Plan:
    """A 0771 number on a PBX's trunk, with a reserve number of another operator that is published on the web."""
    return placed(
        ("customer-service", Answers()),
        ("se-service-number", told(number="+46771123456", operator="Telia")),
        ("own-pbx", told(operator="Telia")),
        ("web-page", told(supplier="Webbhallen", reach="0.5")),
        (
            "publish-other-number",
            Answers(
                values={"number": "+46104551234", "operator": "Tele2"}, joins={"told_on": ("web-page",)}, **arrives
            ),
        ),
    ).plan  # fmt: skip


def test_a_way_of_its_own_is_placed_and_asked_about() -> None:
    """Whoever says that the reserve has a way in of its own gets it, apart from all else, and its operator is asked."""
    plan = _with_reserve(own_joins=("arrives_at",))
    (fate,) = shared_fate(plan)
    assert fate.verdict == Fate.INDEPENDENT
    own = next(i for i, c in plan.of_kind(Kind.TRUNK).items() if "reserve" in c.tags)
    assert plan.components[own].operator == "tele2"
    assert [q.to for q in plan.document.questions if q.about == own] == ["tele2-desk"]


def test_not_to_know_the_way_in_is_no_way_of_its_own() -> None:
    """Whoever does not know how the reserve comes in gets a stand-in and a question, and no claim."""
    plan = _with_reserve(unknown_joins=("arrives_at",))
    (fate,) = shared_fate(plan)
    assert fate.verdict == Fate.UNKNOWN
    assert not [c for c in plan.of_kind(Kind.TRUNK).values() if "reserve" in c.tags]


def test_a_published_number_carries_no_more_than_its_channels_reach() -> None:
    """Half of the customers see the web site: more than half of the calls is proposed by nobody, but may be said."""
    (fallback,) = _with_reserve().fallbacks.values()
    assert fallback.capacity == 0.5
    said = ("publish-other-number", Answers(values={"capacity": "0.8"}, joins={"told_on": ("web-page",)}))
    base = (("fixed-number", Answers()), ("web-page", told(supplier="Webbhallen", reach="0.5")))
    (fallback,) = placed(*base, said).plan.fallbacks.values()
    assert fallback.capacity == 0.8


def test_batteries_last_as_long_as_they_do() -> None:
    """A power cut is felt when the batteries are empty, and at once where there are none."""
    for time, below in (("30m", 1800.0), ("2h", 7200.0)):
        steps = ("own-pbx", told(operator="Telia")), (
            "site-power", told(batteries="yes", generator="no", battery_time=time)
        )  # fmt: skip
        plan = placed(*steps).plan
        happened = usecases.run(plan, usecases.scenario("component-out", {"component": "grid-the-office"}))
        assert next(t for t, level in happened.levels["the-pbx"] if level == 0) == below
    unsaid = placed(steps[0], ("site-power", told(batteries="yes", generator="no", battery_time=UNKNOWN)))
    (key,) = unsaid.plan.fallbacks
    assert endurance_unsaid(unsaid.plan, key)
    assert any("How long do the batteries last" in q.text for q in unsaid.questions)


def test_a_diversion_lives_where_the_number_does() -> None:
    """A diversion at the operator executes on the platform of the number it is to save, and shares it."""
    done = placed(
        ("customer-service", Answers()),
        ("se-service-number", told(number="+46771123456", operator="Telia")),
        ("divert-in-network", told(operator="Tele2")),
    )
    (fallback,) = done.plan.fallbacks.values()
    assert fallback.executes_at == "telia-service-numbers"
    (fate,) = shared_fate(done.plan)
    assert fate.verdict == Fate.SHARES


def test_an_unknown_answer_is_asked_of_the_operator() -> None:
    """Who does not know whose network a reseller rents gets a stand-in for it and a question to the reseller."""
    done = placed(
        ("customer-service", Answers()),
        ("reseller-number", told(number="+46104551234", operator="Billigtele", wholesale=UNKNOWN)),
    )
    asked = [q for q in done.questions if q.to == "billigtele-desk"]
    assert any("Whose network" in q.text for q in asked)
    (unknown,) = [c for c in done.plan.components.values() if STAND_IN in c.tags]
    assert unknown.operator == ""


def test_a_left_out_answer_claims_and_asks_nothing() -> None:
    """A lead time that is skipped is not in the plan, and nobody is asked for it."""
    base = (
        ("customer-service", Answers()),
        ("fixed-number", told(number="+46104551234", operator="Telia")),
    )
    skipped = placed(
        *base, ("publish-other-number", told(number="+46104551235", operator="Tele2", lead_time="", who=""))
    )
    (fallback,) = skipped.plan.fallbacks.values()
    assert fallback.lead_time is None
    assert not [q for q in skipped.questions if "How long" in q.text]


def test_batteries_and_a_generator_come_only_with_a_yes() -> None:
    """A part that hangs on a yes is there with it, and missing with a no or when nobody knows."""
    for said, there in (("yes", True), ("no", False), (UNKNOWN, False)):
        done = placed(
            ("own-pbx", told(operator="Telia")), ("site-power", told(batteries=said, generator=said))
        )
        assert ("ups-the-office" in done.plan.components) == there
        assert bool(done.plan.fallbacks) == there


def test_a_second_person_joins_the_same_team() -> None:
    """The crisis team is there once, with everybody in it, and all of them decide."""
    done = placed(
        ("crisis-member", told(name="Anna", mobile="+46701740605", operator="Telia")),
        ("crisis-member", told(name="Bo", mobile="+46701740606", operator="Telia AB")),
    )
    assert done.plan.components["crisis-team"].members == ("person-anna", "person-bo")
    assert done.plan.document.activation.decided_by == ("person-anna", "person-bo")
    assert "telia-mobile" in done.plan.components


def test_two_people_of_one_operator_rest_on_one_network() -> None:
    """Who decides and the substitute share their operator's network also where one block brings both."""
    who = told(
        name="Anna", mobile="+46701740605", operator="Telia",
        substitute="Bo", substitute_mobile="+46701740606", substitute_operator="Telia",
    )  # fmt: skip
    components = placed(("decision", who)).plan.components
    assert [i for i, c in components.items() if c.kind == "platform"] == ["telia-mobile"]
    assert components["mobile-anna"].requires == components["mobile-bo"].requires


def test_a_join_offers_only_what_fits() -> None:
    """A reserve number does not come into question as the number that another reserve is to save."""
    done = placed(
        ("fixed-number", told(number="+46104551234", operator="Telia")),
        ("publish-other-number", told(number="+46104551235", operator="Tele2")),
    )
    join = BLOCKS["publish-other-number"].joins["protects"]
    assert join.how is How.USES
    assert candidates(done.plan, join, ()) == ("number-010-455-12-34",)


def test_answers_that_contradict_each_other_are_refused() -> None:
    """An aim that comes after the limit is refused with the model's own words."""
    with pytest.raises(BcpError, match="above the MTPD"):
        building.placed(empty(), BLOCKS["customer-service"], told(mtpd="1h", rto="4h"))


def test_a_channel_that_nobody_chose_is_no_supplier() -> None:
    """Where a number is shown on nobody knows which channel, that stand-in is not listed among the suppliers."""
    done = placed(
        ("customer-service", Answers()),
        ("se-service-number", told(number="+46771123456", operator=UNKNOWN)),
        ("publish-other-number", told(number="+46104551235", operator="Tele2")),
    )
    unknown = {i: c for i, c in done.plan.components.items() if STAND_IN in c.tags}
    channels = {i for i, c in unknown.items() if NOT_CHOSEN in c.tags}
    listed = {desk.supplier for desk in suppliers(done.plan)}
    assert [unknown[i].name for i in channels] == ["Unknown channel for showing the number"]
    assert not channels & listed
    assert unknown.keys() - channels
    assert unknown.keys() - channels <= listed
