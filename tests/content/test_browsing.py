"""Finding scenarios in the library, and what their events fell on."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from bcp import usecases
from bcp.cli.scenarios_command import scenarios
from bcp.cli.struck_table import put_struck
from bcp.errors import BcpError
from bcp.model.outage import CauseKind, Pattern, cause_name, pattern_name
from bcp.usecases.browsing import browse, own_incident, shelf, struck
from bcp.words import words

APP = typer.Typer()
APP.command()(scenarios)


def listed(*arguments: str) -> list[str]:
    """The ids that the command lists."""
    result = CliRunner().invoke(APP, [*arguments, "--json"])
    assert result.exit_code == 0, result.output
    return [s["id"] for s in json.loads(result.output)["scenarios"]]


def test_the_shelf_has_every_word_that_there_is() -> None:
    """Every cause and pattern that can be written occurs in the library, in both languages under names of their own."""
    found = shelf()
    assert set(found.causes) == set(CauseKind)
    assert set(found.patterns) == set(Pattern)
    assert {"SE", "DE", "NL", "IT", "JP"} <= set(found.countries)
    for language in ("sv", "en"):
        _ = words(language)
        assert len({cause_name(c, _) for c in CauseKind}) == len(CauseKind)
        assert len({pattern_name(p, _) for p in Pattern}) == len(Pattern)
    for cause in set(CauseKind) - {CauseKind.UNKNOWN}:
        assert cause_name(cause, words("sv")) != cause_name(cause, words("en"))


@pytest.mark.parametrize("country", shelf().countries)
def test_a_country_gives_what_happened_there(country: str) -> None:
    """Each scenario of a country is found by it, small letters too, and no other."""
    expected = [s.id for s in usecases.library() if country in s.countries]
    assert [s.id for s in browse(country=country.lower())] == expected


def test_conditions_add_up() -> None:
    """Country, cause, pattern and text narrow each other down."""
    assert [s.id for s in browse(country="SE", cause="power")] == ["se-dagmar-2011"]
    assert {s.id for s in browse(cause="certificate")} == {"certificate-expired", "gb-o2-2018"}
    assert "se-mittnat-upgrade" in {s.id for s in browse(pattern="restart-storm", country="SE")}
    assert {s.id for s in browse(teaching="RESERVNUMMER")} == {"se-giftinformation-2024"}
    assert browse(country="AQ") == ()
    assert len(browse()) == len(usecases.library())


@pytest.mark.parametrize(("wrong", "hint"), [({"cause": "powr"}, "power"), ({"pattern": "x"}, "silent")])
def test_a_word_that_there_is_not_is_refused(wrong: dict[str, str], hint: str) -> None:
    """An unknown cause or pattern is named with what there is."""
    with pytest.raises(BcpError) as refused:
        browse(**wrong)
    assert hint in refused.value.fix


def test_the_command_lists_what_is_asked_for() -> None:
    """`bcp scenarios` takes the same conditions, and prints one scenario in full."""
    assert listed("--country", "SE", "--cause", "power") == ["se-dagmar-2011"]
    assert listed("nl-kpn-card") == ["nl-kpn-card"]
    assert listed("--country", "AQ") == []
    assert set(listed()) == set(usecases.library_ids())


def test_the_command_tells_in_the_readers_language() -> None:
    """Listing and one scenario are in Swedish where that is asked for, with causes, facts and the way to run it."""
    listing = CliRunner().invoke(APP, ["--country", "SE", "--lang", "sv"]).output
    assert "avgrävd kabel" in listing
    one = CliRunner().invoke(APP, ["nl-kpn-card", "--lang", "sv"]).output
    for text in (
        "övervakningen är grön",
        "Vad det lär",
        "(osäkert)",
        "bcp run example:telefonie-nl nl-kpn-card",
        "ja",
    ):
        assert text in one
    assert "Inget scenario" in CliRunner().invoke(APP, ["--country", "AQ", "--lang", "sv"]).output


def test_each_example_has_its_incident() -> None:
    """Every example organisation leads to the scenario that it tells, which runs on it."""
    own = {name: own_incident(name) for name in usecases.example_names()}
    assert own["stadsnat"] == "se-mittnat-upgrade"
    assert own["kommun"] == own["myndighet"] == usecases.WORST_SCENARIO
    for name, scenario in own.items():
        plan = usecases.open_plan(f"example:{name}").plan
        assert usecases.run(plan, usecases.scenario(scenario)).strikes


def test_what_the_events_struck_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Each event comes with its selector and what it matched; one that matched nothing says so."""
    plan, scenario = usecases.open_plan("example:stadsnat").plan, usecases.scenario("power-batteries")
    run = usecases.run(plan, scenario)
    rows = struck(scenario, run, "sv")
    assert [row.components for row in rows] == [("elnat-nav",), ("ups-nav",), ("telia-mobil",), ()]
    assert rows[0].selector == "kind: power, not (tag: ups, generator)"
    assert rows[0].effect == "level 0"
    assert rows[0].note == "Elnätet är borta i hela området."
    put_struck(plan, scenario, run, words("sv"))
    printed = capsys.readouterr().out
    assert "inget i den här planen" in printed
    assert "Elnätet till nätnavet" in printed
