"""What of a scenario a plan settles by itself."""

from __future__ import annotations

import pytest

from bcp import usecases
from bcp.model.plan import Plan
from bcp.usecases.fitting import fitted, outage_on, scenario_on


def _plan(*sites: str) -> Plan:
    return Plan.model_validate(
        {
            "format": "bcp-plan/1",
            "organisation": {"name": "Small"},
            "components": {
                f"power-{site}": {"kind": "power", "name": f"Power {site}", "site": site} for site in sites
            },
        }
    )


def test_the_only_site_of_a_plan_is_the_one_that_is_struck() -> None:
    """Where one thing in the plan fits a setting, and the default does not, it is set."""
    plan = _plan("town-hall")
    assert fitted(plan, "site-power") == {"site": "town-hall"}
    assert usecases.run(plan, scenario_on(plan, "site-power")).strikes[0].components == ("power-town-hall",)


def test_of_two_sites_neither_is_guessed() -> None:
    """Where two things fit, whoever runs the scenario says which."""
    assert fitted(_plan("north", "south"), "site-power") == {}


def test_nothing_is_called_the_only_one_where_not_all_were_tried() -> None:
    """Of very many sites none is set: that of the first ones one alone fits says nothing of the rest."""
    many = {f"s{n:02}": {"kind": "site", "name": f"S{n}"} for n in range(60)}
    powers = {f"p{n}": {"kind": "power", "name": f"P{n}", "site": f"s{n:02}"} for n in (5, 55)}
    plan = Plan.model_validate({"organisation": {"name": "Large"}, "components": many | powers})
    assert fitted(plan, "site-power") == {}


def test_what_happened_elsewhere_strikes_nothing_by_itself() -> None:
    """A Swedish city network that was gone is not the one Dutch telephone firm that alone would fit."""
    dutch = usecases.open_plan("example:telefonie-nl").plan
    assert dutch.organisation.country == "NL"
    assert fitted(dutch, "se-halmstad-2023") == {}
    swedish = dutch.model_copy(
        update={"organisation": dutch.organisation.model_copy(update={"country": "SE"})}
    )
    assert fitted(swedish, "se-halmstad-2023")


def test_what_somebody_set_stays() -> None:
    """A setting that was made is never replaced, even one that strikes nothing."""
    assert fitted(_plan("town-hall"), "site-power", {"site": "elsewhere"}) == {}


def test_a_default_that_strikes_stays() -> None:
    """Where the default is in the plan, nothing is set."""
    assert fitted(_plan("site-main"), "site-power") == {}


@pytest.mark.parametrize("sites", [("town-hall",), ("north", "south")])
def test_the_overview_strikes_the_same(sites: tuple[str, ...]) -> None:
    """An outage of the library stands on a plan as it would be run there."""
    plan = _plan(*sites)
    assert outage_on(plan, "site-power", usecases.scenario("site-power")) == scenario_on(plan, "site-power")


def test_an_outage_that_was_set_stays_as_it_is() -> None:
    """One whose setting somebody chose is not set anew."""
    chosen = usecases.scenario("site-power", {"site": "elsewhere"})
    assert outage_on(_plan("town-hall"), "site-power", chosen) is chosen
