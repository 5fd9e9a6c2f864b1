"""`bcp assess`: everything that can be said of a plan without a scenario."""

from __future__ import annotations

from typing import Annotated

import typer

from bcp import usecases
from bcp.cli.arguments import AsJson, Day, Language, PlanArgument, Strict, read_day
from bcp.cli.assess_tables import put_assessment
from bcp.cli.output import progress, put_json, spoken
from bcp.model.finding import Severity


def assess(
    plan: PlanArgument,
    target: Annotated[str | None, typer.Option(metavar="ID", help="One activity or component only.")] = None,
    order: Annotated[int, typer.Option(min=1, max=6, help="Largest size of the cut sets.")] = 1,
    with_fallbacks: Annotated[
        bool, typer.Option("--with-fallbacks", help="Count fallbacks that serve.")
    ] = False,
    limit: Annotated[
        float, typer.Option(min=1, metavar="SECONDS", help="Time for the cut sets of all activities.")
    ] = 60.0,
    on: Day = None,
    strict: Strict = False,
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """Single points of failure, cut sets, shared fate, restart order, deadlocks and findings."""
    _ = spoken(lang)
    opened = usecases.open_plan(plan)
    with progress(_("Assessing"), 1) as begin:
        begin(opened.name)
        found = usecases.assess(
            opened.plan,
            target=target,
            order=order,
            with_fallbacks=with_fallbacks,
            limit=limit,
            on=read_day(on),
            language=spoken(lang).language,
        )
    if as_json:
        put_json(found.json_data())
    else:
        put_assessment(opened.plan, found, _)
    if strict and any(f.severity != Severity.ADVICE for f in found.findings):
        raise typer.Exit(1)
