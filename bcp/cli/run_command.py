"""`bcp run`: a scenario on a plan."""

from __future__ import annotations

import typer

from bcp import usecases
from bcp.cli import tables
from bcp.cli.arguments import (
    AsJson,
    Language,
    PlanArgument,
    ScenarioArgument,
    Settings,
    Strict,
)
from bcp.cli.choosing import scenario_on
from bcp.cli.output import put_json, spoken
from bcp.cli.struck_table import put_struck
from bcp.model.run import Run


def run(
    plan: PlanArgument,
    scenario: ScenarioArgument,
    settings: Settings = None,
    strict: Strict = False,
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """Run a scenario on a plan: what goes down, when, why, and which fallback works."""
    opened = usecases.open_plan(plan)
    chosen = scenario_on(opened.plan, scenario, settings, lang)
    happened = usecases.run(opened.plan, chosen)
    if as_json:
        put_json(happened.json_data())
    else:
        tables.put_run(opened.plan, chosen, happened, spoken(lang))
        put_struck(opened.plan, chosen, happened, spoken(lang))
    if strict and _broken(happened):
        raise typer.Exit(1)


def _broken(happened: Run) -> bool:
    return any(a.rto_met is False or a.mtpd_met is False for a in happened.activities.values())
