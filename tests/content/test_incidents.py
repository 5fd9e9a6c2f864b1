"""The five incidents: each lesson on the example organisation that tells it, and the page that shows the facts."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from bcp import usecases
from bcp.model.duration import HOUR, MINUTE, seconds
from bcp.model.run import FallbackState
from bcp.model.scenario import in_language
from tests.content.observed import Observed, observed

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def mittnat() -> Observed:
    """The upgrade that did not come back."""
    return observed("stadsnat", "se-mittnat-upgrade")


@pytest.fixture(scope="module")
def sipgate() -> Observed:
    """The forgotten step in billing."""
    return observed("voip-operator", "de-sipgate-billing")


@pytest.fixture(scope="module")
def kpn() -> Observed:
    """The faulty card."""
    return observed("telefonie-nl", "nl-kpn-card")


def test_the_page_of_incidents_is_current() -> None:
    """`python docs/incidents.py` would change nothing, and no fact differs from its run."""
    text = runpy.run_path(str(DOCS / "incidents.py"))["page"]()
    assert (DOCS / "incidents.md").read_text(encoding="utf-8") == text, "run docs/incidents.py"
    assert "differs" not in text
    for scenario in usecases.library():
        assert f"| `{scenario.id}` |" in text


def test_every_fact_of_the_incidents_is_on_the_page() -> None:
    """Each of the five incidents has its table, with every claim of the scenario."""
    text = (DOCS / "incidents.md").read_text(encoding="utf-8")
    named = runpy.run_path(str(DOCS / "incidents.py"))["INCIDENTS"]
    assert len(named) == 5
    for name in named:
        scenario = usecases.scenario(name)
        assert len(scenario.facts) >= 8
        assert [f.measure for f in scenario.facts if f"| {in_language(f.claim, 'en')} |" not in text] == []


def test_a_mended_support_system_brings_the_networks_back_an_hour_later(mittnat: Observed) -> None:
    """After the repair the support system, the core and the networks start in turn: 15, 30 and 15 minutes."""
    run = mittnat.run
    assert [t for t, level in run.levels["stodsystem"] if level == 1] == [0.0, 19 * HOUR + 15 * MINUTE]
    assert run.level_at("karna", 19 * HOUR + 45 * MINUTE) == 1
    assert run.level_at("nat-almdal", 20 * HOUR - 1) == 0
    assert run.level_at("nat-almdal", 20 * HOUR) == pytest.approx(0.6)
    assert run.level_at("nat-almdal", 21 * HOUR) == 1


@pytest.mark.parametrize(("repaired", "back"), [("7h", "8h"), ("11h", "12h"), ("5h", "6h")])
def test_an_overrun_is_a_parameter(mittnat: Observed, repaired: str, back: str) -> None:
    """Mended an hour before, the networks are back within the window, two hours after it or six."""
    settings = {"repaired": repaired, "storm_end": f"{int(back[:-1]) + 1}h"}
    run = mittnat.again(**settings).run
    assert run.level_at("nat-almdal", seconds(back) - 1) == 0
    assert run.level_at("nat-almdal", seconds(back)) > 0


def test_rolling_back_works_only_while_the_support_system_does(mittnat: Observed) -> None:
    """Without the fault the rollback would begin after three hours; with it, it waits for the support system."""
    assert mittnat.run.blocked["backa"] == ("stodsystem",)
    assert mittnat.run.state_at("backa", 12 * HOUR) == FallbackState.BLOCKED


def test_the_clock_of_the_decision_is_that_of_the_plan(mittnat: Observed) -> None:
    """The inject that asks for go or no-go comes at the last time at which rolling back keeps the window."""
    parameters = mittnat.scenario.parameters
    last = seconds(parameters["last_rollback"].default)
    lead = mittnat.plan.fallbacks["backa"].lead_time
    assert lead is not None
    assert last + lead == seconds(parameters["window"].default)
    assert {inject.at for inject in mittnat.scenario.injects} >= {last, 8 * HOUR, 12 * HOUR}


def test_only_what_does_not_rest_on_the_network_can_tell_the_customers(mittnat: Observed) -> None:
    """The website and the text messages are gone with the network; social media and radio are not."""
    t = 7 * HOUR
    levels = {i: mittnat.run.level_at(i, t) for i in ("webb", "sms", "sociala-medier", "lokalradio")}
    assert levels == {"webb": 0, "sms": 0, "sociala-medier": 1, "lokalradio": 1}


def test_customers_who_complain_are_what_detects_the_choking(sipgate: Observed) -> None:
    """Nothing is noticed before people call in the morning; a tenth of the complaints would do at night."""
    noticed = sipgate.run.noticed_s
    assert noticed is not None
    assert noticed > 5 * HOUR
    defaults = sipgate.plan.defaults.model_copy(update={"complaints_to_notice": 1.0})
    eager = sipgate.plan.model_copy(update={"defaults": defaults})
    sooner = usecases.run(eager, sipgate.scenario).noticed_s
    assert sooner is not None
    assert sooner < noticed


def test_both_diversions_wait_for_the_platform_that_carries_them_out(sipgate: Observed) -> None:
    """The diversion on unreachable and the one set now are blocked until billing itself is mended."""
    run = sipgate.run
    assert "inbound-control" in run.blocked["divert-on-unreachable"]
    assert set(run.blocked["new-diversion"]) == {"inbound-control", "portal"}
    for fallback in ("divert-on-unreachable", "new-diversion"):
        assert FallbackState.ACTIVE not in {state for _, state in run.fallbacks[fallback]}
    assert FallbackState.ACTIVE in {state for _, state in run.fallbacks["finish-the-step"]}


def test_the_share_of_mute_calls_is_that_of_the_split(kpn: Observed) -> None:
    """Half of the calls over one card in eight of a network with half of the traffic: one in thirty-two.

    None of them is lost: it is the floor of quality that is broken, not the time to restore.
    """
    conversations = kpn.run.activities["conversations"]
    assert conversations.quality is not None
    assert conversations.quality.below_floor_s is not None
    assert kpn.run.quality_at("conversations", HOUR) == pytest.approx(1 - 0.5 / 8 / 2)
    assert (conversations.downtime_s, conversations.lost_contacts, conversations.rto_met) == (0, 0, True)
    assert conversations.quality.below_floor_s == pytest.approx(66 * HOUR + 20 / (2420 / 32 * 0.05) * HOUR)
    assert conversations.quality.spoiled_contacts == pytest.approx(
        2400 / 32 * conversations.quality.below_floor_s / HOUR
    )
    assert kpn.run.quality_causes["conversations"][-1] == "kpn-card-3"


def test_a_region_is_the_sum_of_its_municipalities() -> None:
    """Each municipality alone hits only its own owners; together they make the region and the country."""
    seen = observed("fibra", "it-pianetafibra-area")
    groups = seen.plan.of_kind(*{c.kind for i, c in seen.plan.components.items() if i in seen.customers})
    hit = {g.area: seen.again(area=g.area).hit() for g in groups.values()}
    assert hit == {g.area: g.customers for g in groups.values()}
    for region in ("IT/25", "IT/21", "IT/82"):
        assert seen.again(area=region).hit() == sum(n for a, n in hit.items() if a.startswith(f"{region}/"))
