"""`bcp locate`: where a fault lies, from calls that failed and calls that were well."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bcp import usecases
from bcp.cli.arguments import AsJson, Language, PlanArgument
from bcp.cli.locate_tables import put_location
from bcp.cli.output import put_json, spoken
from bcp.usecases import locating

CallsArgument = Annotated[
    Path,
    typer.Argument(
        metavar="CALLS.csv",
        help="Calls as CSV with the columns time, from, to, via, result. example:telefonie-nl are made-up ones "
        "for the plan of that name, to try it and to see the form.",
    ),
]


def locate(plan: PlanArgument, calls: CallsArgument, as_json: AsJson = False, lang: Language = None) -> None:
    """Where a fault lies, from calls that failed and calls that were well: suspects and the next test call."""
    opened = usecases.open_plan(plan)
    found = locating.locate(opened.plan, locating.load_calls(calls))
    _ = spoken(lang)
    if as_json:
        put_json(locating.location_data(opened.plan, found, language=_.language))
    else:
        put_location(opened.plan, found, _)
