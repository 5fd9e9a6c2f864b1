"""`bcp lines`: which customers' lines a scenario hits, and who is told first."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bcp import usecases
from bcp.cli.arguments import AsJson, Language, PlanArgument, ScenarioArgument, Settings
from bcp.cli.choosing import scenario_on
from bcp.cli.lines_tables import put_lines
from bcp.cli.output import progress, put, put_json, spoken
from bcp.usecases import lines as of_lines


def lines(
    plan: PlanArgument,
    scenario: ScenarioArgument,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="LINES.csv",
            help="Columns id and components; where known area, contacts, consent, language, priority, customer. example:fibra is a made-up list.",
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE.csv", help="Write the affected lines, told first first."
        ),
    ] = None,
    area: Annotated[str, typer.Option(metavar="PATH", help="Only lines in this area: SE/S.")] = "",
    first: Annotated[
        int, typer.Option(min=0, max=10_000, metavar="N", help="How many of those told first to show.")
    ] = 10,
    down_below: Annotated[
        float, typer.Option(min=0, max=1, metavar="SHARE", help="A line is down below this level.")
    ] = 0.5,
    settings: Settings = None,
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """Which customers' lines a scenario hits, exactly: by area, from when to when, and who is told first."""
    _ = spoken(lang)
    opened = usecases.open_plan(plan)
    chosen = scenario_on(opened.plan, scenario, settings, lang)
    with progress(_("Customers' lines"), 3 if output else 2) as begin:
        begin(_("reading"))
        listed = of_lines.read_lines(file, opened.plan)
        begin(_("computing"))
        found = of_lines.affected_lines(opened.plan, chosen, listed, area=area, down_below=down_below)
        if output is not None:
            begin(_("writing"))
            of_lines.write_affected_lines(found, output, source=file)
    hit = of_lines.lines_hit(opened.plan, chosen, found, first=first, file=output)
    if as_json:
        put_json(hit.json_data())
        return
    put_lines(opened.plan, chosen, hit, _)
    if output is not None:
        put()
        put(str(output))
