"""`bcp exercise`: a first exercise out of a scenario's computed timeline."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bcp import usecases
from bcp.cli.arguments import (
    AsJson,
    Language,
    PlanArgument,
    ScenarioArgument,
    Settings,
    write_file,
)
from bcp.cli.choosing import scenario_on
from bcp.cli.output import put, put_json, put_line
from bcp.usecases import exercises


def exercise(
    plan: PlanArgument,
    scenario: ScenarioArgument,
    settings: Settings = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE.md", help="Write it there instead.")
    ] = None,
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """A first exercise: what each role hears and when, what is expected of it, the answer key, a sheet a role."""
    opened = usecases.open_plan(plan)
    chosen = scenario_on(opened.plan, scenario, settings, lang)
    language = lang or opened.plan.organisation.language
    found = exercises.exercise(opened.plan, chosen, language)
    if output is not None:
        write_file(output, exercises.written(found, opened.plan).encode())
    if as_json:
        put_json(found.json_data())
    elif output is not None:
        put(str(output))
    else:
        for line in exercises.written(found, opened.plan).splitlines():
            put_line(line)
