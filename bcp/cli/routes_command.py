"""`bcp routes`: the fallback routing plan."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from bcp import usecases
from bcp.cli import tables
from bcp.cli.arguments import AsJson, Language, PlanArgument, Settings
from bcp.cli.choosing import scenario_on
from bcp.cli.output import put_json, spoken


def routes(
    plan: PlanArgument,
    scenario: Annotated[str, typer.Argument(metavar="[SCENARIO]", help="A library id or a file.")] = "",
    settings: Settings = None,
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """The fallback routing plan: for each number and activity its options, best first, with verdicts."""
    opened = usecases.open_plan(plan)
    chosen = scenario_on(opened.plan, scenario, settings, lang) if scenario else None
    found = usecases.routes(opened.plan, chosen)
    if as_json:
        rows: list[dict[str, Any]] = [r.model_dump(mode="json") for r in found]
        put_json(
            {
                "format": "bcp-routes/1",
                "plan": opened.plan.organisation.name,
                "scenario": chosen.id if chosen else None,
                "routes": rows,
            }
        )
    else:
        tables.put_routes(opened.plan, found, spoken(lang))
