"""`bcp scenarios`: the library, by country, cause, pattern and what it teaches; or one scenario in full."""

from __future__ import annotations

from typing import Annotated

import typer

from bcp import usecases
from bcp.cli.arguments import AsJson, Language
from bcp.cli.output import heading, put, put_json, put_table, spoken
from bcp.model.outage import CauseKind, Pattern, cause_name, pattern_name
from bcp.model.scenario import Scenario, in_language
from bcp.usecases.browsing import browse
from bcp.words import Words


def scenarios(
    scenario: Annotated[str, typer.Argument(metavar="[ID]", help="One scenario, in full.")] = "",
    country: Annotated[
        str, typer.Option(metavar="XX", help="Only those that happened there: SE, DE, NL …")
    ] = "",
    cause: Annotated[
        str, typer.Option(metavar="WORD", help=f"Only those set off so: {', '.join(CauseKind)}.")
    ] = "",
    pattern: Annotated[
        str, typer.Option(metavar="WORD", help=f"Only those that went so: {', '.join(Pattern)}.")
    ] = "",
    teaches: Annotated[
        str, typer.Option(metavar="TEXT", help="Only those with this in title, description or lesson.")
    ] = "",
    lang: Language = None,
    as_json: AsJson = False,
) -> None:
    """The library of scenarios, by country, cause, pattern and what they teach."""
    _ = spoken(lang)
    if scenario:
        chosen = [usecases.scenario(scenario)]
    else:
        chosen = list(browse(country=country, cause=cause, pattern=pattern, teaching=teaches))
    if as_json:
        rows = [s.model_dump(mode="json", by_alias=True) for s in chosen]
        put_json({"format": "bcp-scenarios/1", "scenarios": rows})
    elif scenario:
        _put_one(chosen[0], _)
    elif chosen:
        put_table(
            [_("Id"), _("Title"), _("Country"), _("Cause"), _("Pattern")],
            [[s.id, s.titled(_.language), s.country, _causes(s, _), _patterns(s, _)] for s in chosen],
        )
        put(_.count("{n} scenario", "{n} scenarios", len(chosen)), "dim")
    else:
        put(_("No scenario of the library is of this kind."))


def _causes(scenario: Scenario, _: Words) -> str:
    return ", ".join(cause_name(c, _) for c in scenario.causes)


def _patterns(scenario: Scenario, _: Words) -> str:
    return ", ".join(pattern_name(p, _) for p in scenario.patterns)


def _expected(value: str | float | bool, _: Words) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return value if isinstance(value, str) else _.number(value, 2)


def _put_one(scenario: Scenario, _: Words) -> None:
    put(scenario.titled(_.language), "bold")
    told = [scenario.id, scenario.country, scenario.date, _causes(scenario, _), _patterns(scenario, _)]
    put(" · ".join(part for part in told if part), "dim")
    put()
    put(in_language(scenario.description, _.language))
    for title, text in (
        (_("What it teaches"), in_language(scenario.teaches, _.language)),
        (_("Source"), scenario.source),
    ):
        if text:
            heading(title)
            put(text)
    if scenario.parameters:
        heading(_("Parameters"))
        put_table(
            [_("Name"), _("Value"), _("Meaning")],
            [
                [name, "" if p.default is None else str(p.default), in_language(p.title, _.language)]
                for name, p in scenario.parameters.items()
            ],
        )
    if scenario.facts:
        heading(_("What happened"))
        put_table(
            [_("Claim"), _("Value"), _("Source")],
            [
                [
                    in_language(f.claim, _.language),
                    _expected(f.expect, _),
                    _("{source} (uncertain)", source=f.source) if f.uncertain else f.source,
                ]
                for f in scenario.facts
            ],
        )
    if scenario.example:
        put()
        put(f"bcp run example:{scenario.example} {scenario.id}", "dim")
