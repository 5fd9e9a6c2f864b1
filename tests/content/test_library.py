"""The scenario library: complete in both languages, portable, and true to what happened."""

from __future__ import annotations

import re
from functools import lru_cache

import pytest

from bcp import usecases
from bcp.engine.levels.selectors import Lineage, selected
from bcp.errors import BcpError, SelectorError
from bcp.model.duration import HOUR, MINUTE, seconds
from bcp.model.fate import Fate
from bcp.model.plan import Plan
from bcp.model.route import Verdict
from bcp.model.run import FallbackState, Run
from bcp.model.scenario import Scenario
from tests.content.facts import measured
from tests.content.observed import Observed

SCENARIOS = usecases.library_ids()
ORGANISATIONS = usecases.example_names()
WHOLE = ("kommun", "myndighet")
"""The two full example organisations; with its defaults nearly every scenario runs on them."""

TELIA = "se-telia-020-0771"
INCIDENTS = (TELIA, "se-mittnat-upgrade", "de-sipgate-billing", "nl-kpn-card", "it-pianetafibra-area")
LANGUAGES = ("sv", "en")

MORE_RUNS = (
    ("kommun", "access-cut", ("access", "kanalisation-norr")),
    ("kommun", "site-power", ("duration", "30h")),
)
"""Settings beside the defaults that the content is written for."""


def plan_of(name: str) -> Plan:
    """An example organisation's plan."""
    return usecases.open_plan(f"example:{name}").plan


@lru_cache(maxsize=512)
def ran(organisation: str, scenario: str, *settings: tuple[str, str]) -> Run:
    """The run of a library scenario on an example organisation, kept for the next test."""
    return usecases.run(plan_of(organisation), usecases.scenario(scenario, dict(settings)))


def texts_of(scenario: Scenario) -> list[tuple[str, dict[str, str]]]:
    """Every text for people, with where it stands."""
    found = [
        ("title", scenario.title),
        ("description", scenario.description),
        ("teaches", scenario.teaches),
        *((f"parameter {n}", p.title) for n, p in scenario.parameters.items()),
        *((f"event {n}", e.note) for n, e in enumerate(scenario.events) if e.note),
        *((f"inject {n}", i.text) for n, i in enumerate(scenario.injects)),
        *((f"fact {n}", f.claim) for n, f in enumerate(scenario.facts)),
    ]
    return [(place, dict(texts)) for place, texts in found]


GENERIC = {
    "certificate-expired",
    "configuration-push",
    "signalling-storm",
    "ddos-upstream",
    "power-batteries",
    "tunnel-fire",
    "porting-wrong",
    "single-number",
    "one-way-audio",
    "identity-gone",
    "supplier-insolvent",
    "carrier-total",
    "component-out",
    "prefix-dead",
    "access-cut",
    "site-power",
}
"""Patterns that are no single incident."""


def test_the_library_has_what_was_promised() -> None:
    """The library holds the five incidents, the generic outages, and at least thirty more that are documented."""
    assert {*INCIDENTS, *GENERIC} <= set(SCENARIOS)
    documented = [usecases.scenario(i) for i in SCENARIOS if i not in GENERIC and i not in INCIDENTS]
    assert len(documented) >= 30
    assert [s.id for s in documented if not (s.countries and s.date and "http" not in s.source)] == []


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_can_be_found(name: str) -> None:
    """Each scenario says what set it off and how it went, and a documented one begins with its country."""
    scenario = usecases.scenario(name)
    assert scenario.causes
    assert scenario.patterns
    if name not in GENERIC:
        assert name.split("-", maxsplit=1)[0].upper() == scenario.countries[0]
        assert all(fact.source for fact in scenario.facts)


@pytest.mark.parametrize("name", SCENARIOS)
def test_what_is_assumed_says_so(name: str) -> None:
    """A fact that is marked uncertain says why, and the scenario's source owns up to its assumptions."""
    scenario = usecases.scenario(name)
    if any(fact.uncertain for fact in scenario.facts) and name not in GENERIC:
        assert re.search(r"assum|infer|uncertain|not proven", scenario.source)
        assert all(fact.source for fact in scenario.facts if fact.uncertain)


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_text_is_there_in_both_languages(name: str) -> None:
    """Whoever reads Swedish or English finds every text of a scenario in their language."""
    missing = [
        f"{place}: {language}"
        for place, texts in texts_of(usecases.scenario(name))
        for language in LANGUAGES
        if not texts.get(language, "").strip()
    ]
    assert missing == []


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_says_where_it_comes_from_and_when_it_is(name: str) -> None:
    """Each scenario carries its file's name, a source, a clock, parameters with values, and facts."""
    scenario = usecases.scenario(name)
    assert scenario.id == name
    assert scenario.source.strip()
    assert re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", scenario.clock)
    assert scenario.parameters
    assert all(p.default is not None for p in scenario.parameters.values())
    assert scenario.facts


def suggested(error: SelectorError) -> dict[str, str]:
    """The settings that a refusal names, each with the first value; none where it says that nothing can be set."""
    pairs = re.findall(r"(?:Set|and) ([\w-]+) to ([^,\s]+?)[,.]?(?=\s|$)", error.fix)
    joined = " and " in error.fix and ". Set " not in error.fix
    return dict(pairs if joined else pairs[:1])


def runs_with(name: str, plan: Plan, settings: dict[str, str]) -> Run | SelectorError:
    """A run of a library scenario, or its refusal."""
    try:
        return usecases.run(plan, usecases.scenario(name, settings))
    except SelectorError as error:
        return error


def test_the_settings_of_a_refusal_are_read() -> None:
    """The helper above reads one parameter, several values, and pairs, and knows when there is nothing to set."""
    assert suggested(SelectorError("x", "Set operator to kpn, odido, ….")) == {"operator": "kpn"}
    assert suggested(SelectorError("x", "Set prefix to +44163 and operator to a.")) == {
        "prefix": "+44163",
        "operator": "a",
    }
    assert suggested(SelectorError("x", "The plan has nothing that it could strike, whatever is set.")) == {}


@pytest.mark.parametrize("organisation", ORGANISATIONS)
@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_runs_or_says_what_to_set(name: str, organisation: str) -> None:
    """Each scenario strikes something in each example, at once or with the settings that its refusals name."""
    plan, settings = plan_of(organisation), dict[str, str]()
    happened = runs_with(name, plan, settings)
    while isinstance(happened, SelectorError) and (more := suggested(happened)):
        assert not more.items() <= settings.items()
        settings |= more
        happened = runs_with(name, plan, settings)
    if isinstance(happened, SelectorError):
        assert "nothing that it could strike" in str(happened)
        assert organisation not in WHOLE
        return
    assert any(strike.components for strike in happened.strikes)
    assert all(0 <= level <= 1 for steps in happened.levels.values() for _, level in steps)
    shares = (*happened.levels.values(), *happened.quality.values())
    assert min(share for steps in shares for _, share in steps) < 1
    assert happened == usecases.run(plan, usecases.scenario(name, settings))


def told_on(name: str) -> list[str]:
    """The examples that a scenario's facts are about: its own, or every one that it runs on with its defaults."""
    own = usecases.scenario(name).example
    if own:
        return [own]
    return [o for o in ORGANISATIONS if isinstance(runs_with(name, plan_of(o), {}), Run)]


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_facts_hold(name: str) -> None:
    """What happened, and what is assumed, is what the run shows on each example that the facts are about."""
    scenario = usecases.scenario(name)
    assert [fact for fact in scenario.facts if not fact.uncertain]
    assert told_on(name)
    for organisation in told_on(name):
        seen = Observed(plan_of(organisation), scenario, ran(organisation, name))
        found = {f.measure: measured(f.measure, seen) for f in scenario.facts}
        assert found == {f.measure: f.expect for f in scenario.facts}, organisation


def test_the_facts_of_the_first_incident_hold_on_both_full_examples() -> None:
    """The Telia failure shows the same on the agency as on the municipality that tells it."""
    scenario = usecases.scenario(TELIA)
    seen = Observed(plan_of("myndighet"), scenario, ran("myndighet", TELIA))
    assert {f.measure: measured(f.measure, seen) for f in scenario.facts} == {
        f.measure: f.expect for f in scenario.facts
    }


def test_every_fact_of_the_incident_names_its_source() -> None:
    """Each fact about the Telia failure says who reported it, or that it is assumed."""
    facts = usecases.scenario(TELIA).facts
    assert [f.claim["en"] for f in facts if not f.source] == []
    assert [f.claim["en"] for f in facts if f.uncertain != (f.source != "SVT Sydnytt")] == []


def test_a_selector_that_matches_nothing_says_so() -> None:
    """A parameter that the plan knows nothing of is refused with the event, its selector and the remedy."""
    scenario = usecases.scenario("site-power", {"site": "nowhere"})
    with pytest.raises(SelectorError, match=r"event 1 of scenario site-power matches nothing.*nowhere"):
        usecases.run(plan_of("kommun"), scenario)


def test_a_site_without_batteries_is_still_a_scenario() -> None:
    """Only the grid must be in the plan: the event that empties the batteries may match nothing."""
    happened = usecases.run(plan_of("myndighet"), usecases.scenario("site-power", {"site": "site-malmo"}))
    assert [strike.components for strike in happened.strikes] == [("elnat-malmo",), ()]


@pytest.mark.parametrize("organisation", WHOLE)
def test_only_the_service_number_platform_fails(organisation: str) -> None:
    """The operator's other platform, its voice core and its mobile network are spared by the Telia scenario."""
    plan = plan_of(organisation)
    event = usecases.scenario(TELIA).events[0]
    assert selected(event.select, Lineage(plan)) == ("telia-in-1",)
    happened = ran(organisation, TELIA)
    for spared in ("telia-in-2", "telia-voice-core", "telia-mobil"):
        assert happened.levels[spared] == ((0.0, 1.0),)


@pytest.mark.parametrize("organisation", WHOLE)
def test_service_number_activities_are_gone_at_once(organisation: str) -> None:
    """Every activity that needs a 020 or 0771 number is at 0 from the first instant, without warning."""
    plan, happened = plan_of(organisation), ran(organisation, TELIA)
    dead = {i for i, c in plan.components.items() if c.e164 and c.e164.startswith(("+4620", "+46771"))}
    hit = [i for i, a in plan.activities.items() if dead & {m for r in a.requires for m in r.members}]
    assert len(hit) >= 2
    assert {i: happened.levels[i][0] for i in hit} == dict.fromkeys(hit, (0.0, 0.0))


@pytest.mark.parametrize(
    ("organisation", "fallback", "verdict", "because"),
    [
        ("kommun", "styr-om-0771", Verdict.BLOCKED, ("telia-in-1",)),
        ("kommun", "publicera-vaxelnumret", Verdict.SHARES, ("telia-in-1",)),
        ("kommun", "publicera-reservnumret", Verdict.USABLE, ()),
        ("kommun", "socialjour-pa-reservmobil", Verdict.TOO_LATE, ()),
        ("kommun", "kontaktformular", Verdict.TOO_SMALL, ()),
        ("kommun", "operatoren-flyttar-0771", Verdict.TOO_LATE, ()),
        ("myndighet", "overstyr-020", Verdict.BLOCKED, ("telia-in-1",)),
        ("myndighet", "publicera-ombudsnumret", Verdict.SHARES, ("telia-in-1",)),
        ("myndighet", "publicera-reservnumret", Verdict.USABLE, ()),
        ("myndighet", "reservtalsvaret", Verdict.TOO_LATE, ()),
        ("myndighet", "besked-pa-mina-sidor", Verdict.TOO_SMALL, ()),
    ],
)
def test_what_each_fallback_is_worth(
    organisation: str, fallback: str, verdict: Verdict, because: tuple[str, ...]
) -> None:
    """In the Telia scenario each fallback gets the verdict that its story is about, wherever it is an option."""
    plans = usecases.routes(plan_of(organisation), usecases.scenario(TELIA))
    found = {(o.verdict, o.because) for p in plans for o in p.options if o.fallback == fallback}
    assert found == {(verdict, because)}


@pytest.mark.parametrize(
    ("organisation", "fallback"), [("kommun", "socialjour-pa-reservmobil"), ("myndighet", "reservtalsvaret")]
)
def test_a_good_fallback_is_ten_minutes_too_slow(organisation: str, fallback: str) -> None:
    """One fallback that shares nothing and carries enough comes exactly ten minutes after its RTO."""
    plans = usecases.routes(plan_of(organisation), usecases.scenario(TELIA))
    options = [o for p in plans for o in p.options if o.fallback == fallback]
    assert options
    for option in options:
        assert option.active_from_s is not None
        assert option.limit_s is not None
        assert option.active_from_s - option.limit_s == pytest.approx(10 * MINUTE)
        assert option.capacity >= option.needed_capacity
        assert option.fate.verdict == Fate.INDEPENDENT


def test_ten_minutes_less_is_in_time() -> None:
    """With a lead time of 40 instead of 50 minutes the on-call social workers' reserve mobile is usable."""
    plan = plan_of("kommun")
    slow = plan.fallbacks["socialjour-pa-reservmobil"]
    quick = slow.model_copy(update={"lead_time": 40 * MINUTE})
    faster = plan.model_copy(update={"fallbacks": {**plan.fallbacks, "socialjour-pa-reservmobil": quick}})
    (routing,) = [p for p in usecases.routes(faster, usecases.scenario(TELIA)) if p.subject == "socialjour"]
    verdicts = {o.fallback: o.verdict for o in routing.options}
    assert verdicts["socialjour-pa-reservmobil"] == Verdict.USABLE
    assert usecases.run(faster, usecases.scenario(TELIA)).activities["socialjour"].rto_met is True


def test_publishing_a_dead_number_brings_nothing() -> None:
    """The switchboard's number is published in forty minutes and carries nobody: it lives on the failed platform."""
    happened = ran("kommun", TELIA)
    assert happened.state_at("publicera-vaxelnumret", 40 * MINUTE) == FallbackState.ACTIVE
    assert happened.level_at("n-0771", 79 * MINUTE) == 0
    assert happened.level_at("n-0771", 80 * MINUTE) == pytest.approx(0.6)


def test_the_platform_being_well_does_not_help_a_dead_prefix() -> None:
    """Where calls never reach the platform, a routing plan on it is blocked, and nobody notices for hours."""
    happened = ran("kommun", "prefix-dead")
    assert happened.blocked["styr-om-0771"] == ("telia-in-1",)
    assert happened.levels["telia-in-1"] == ((0.0, 1.0),)
    assert happened.noticed_s is not None
    assert happened.noticed_s > 2 * HOUR


def test_the_crisis_team_on_one_operator_holds_up_what_it_must_decide() -> None:
    """When its operator is gone the municipality's team cannot meet until it gathers as agreed; then work goes on."""
    happened = ran("kommun", "carrier-total")
    states = dict(happened.fallbacks["publicera-vaxelnumret"])
    assert states[10 * MINUTE] == FallbackState.BLOCKED
    assert states[1 * HOUR] == FallbackState.ACTIVATING
    assert happened.blocked["publicera-vaxelnumret"] == ("krisledning",)
    assert ran("myndighet", "carrier-total").levels["krisledning"] == ((0.0, 1.0),)


def test_two_lines_in_one_duct_are_one() -> None:
    """One fibre cut leaves 60 %, the duct cut leaves nothing of the trunks."""
    assert ran("kommun", "access-cut").level_at("sip-gemensam", 1.0) == pytest.approx(0.6)
    both = ran("kommun", "access-cut", ("access", "kanalisation-norr"))
    assert both.level_at("sip-gemensam", 1.0) == 0
    assert both.state_at("styr-om-0771", 30 * MINUTE) == FallbackState.ACTIVE


def refusal(name: str, settings: dict[str, str]) -> str:
    """Why a library scenario cannot run so on the municipality; empty where it can."""
    try:
        usecases.run(plan_of("kommun"), usecases.scenario(name, settings))
    except BcpError as error:
        return str(error)
    return ""


def test_short_outages_can_be_set() -> None:
    """A failure of ten minutes can be set wherever there is a length, or is refused as ending before it begins."""
    with_length = [n for n in SCENARIOS if "duration" in usecases.scenario_parameters(n)]
    refusals = {n: refusal(n, {"duration": "10m"}) for n in with_length if "kommun" in told_on(n)}
    assert len(refusals) > 30
    assert {n: r for n, r in refusals.items() if r and "ends before it begins" not in r} == {}
    assert sum(not r for r in refusals.values()) > len(refusals) / 2


def test_systems_that_wait_for_each_other_start_only_by_hand() -> None:
    """Power is back after four hours; the agency's servers come up only once they are started without the directory."""
    happened = ran("myndighet", "site-power")
    back = seconds("4h")
    assert happened.blocked["fristaende-start"] == ("site-main",)
    assert happened.level_at("virtualisering", back + 2 * HOUR) == 0
    assert happened.state_at("fristaende-start", back + 2 * HOUR + 15 * MINUTE) == FallbackState.ACTIVE
    assert happened.level_at("arendesystem", back + 3 * HOUR) == 1
    assert ran("kommun", "site-power").levels["sbc-par"] == ((0.0, 1.0),)


def test_every_state_of_a_fallback_occurs() -> None:
    """Among the library's runs each state is seen but that of waiting for people to decide; in the Telia runs alone too."""
    by_itself = set(FallbackState) - {FallbackState.WAITING}
    runs = {(o, s): ran(o, s) for s in SCENARIOS for o in told_on(s) if o in WHOLE}
    runs["myndighet", TELIA] = ran("myndighet", TELIA)
    seen = {key: {state for steps in r.fallbacks.values() for _, state in steps} for key, r in runs.items()}
    assert set().union(*seen.values()) == by_itself
    assert set().union(*(seen[o, TELIA] for o in WHOLE)) == by_itself


@pytest.mark.parametrize(("organisation", "scenario", "setting"), MORE_RUNS)
def test_other_settings_run_too(organisation: str, scenario: str, setting: tuple[str, str]) -> None:
    """The settings that the texts suggest take down an activity that the defaults leave standing."""
    before, after = ran(organisation, scenario), ran(organisation, scenario, setting)
    assert before.activities["medborgarservice"].first_below_s is None
    assert after.activities["medborgarservice"].first_below_s is not None
