"""`bcp import` and `bcp export`: other tools' formats in and out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bcp import usecases
from bcp.cli.arguments import AsJson, Language, PlanArgument, write_file
from bcp.cli.import_notices import import_notices
from bcp.cli.output import put, put_json, spoken
from bcp.errors import BcpError
from bcp.saying import said

_ENDS = 2

Out = Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The file to write.")]


def import_(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="Open-PSA fault tree, GraphML network, plan; with --onto, maintenance notices or a status feed.",
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="The file to write; with --onto, a folder."),
    ] = None,
    onto: Annotated[
        str | None,
        typer.Option("--onto", metavar="PLAN", help="Of notices: the plan they are matched to and added to."),
    ] = None,
    provider: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Whose e-mail or status page it is, where it does not say."),
    ] = None,
    between: Annotated[
        list[str] | None,
        typer.Option(metavar="NODE", help="Of a network: a node that must stay connected; give it twice."),
    ] = None,
    name: Annotated[str | None, typer.Option(metavar="TEXT", help="The organisation's name.")] = None,
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """A plan from another tool's file (Open-PSA, GraphML, YAML, JSON), or a supplier's notices onto a plan."""
    if onto is not None:
        import_notices(file, onto, output, spoken(lang), provider=provider, as_json=as_json)
        return
    if output is None:
        raise BcpError(
            said("nobody says which file to write."), said("Give -o FILE; of notices --onto PLAN.")
        )
    ends = between or []
    if len(ends) not in (0, _ENDS):
        raise BcpError(
            said("{n} ends are no connection.", n=len(ends)), said("Give --between twice: one node each.")
        )
    plan = usecases.import_file(file, between=(ends[0], ends[1]) if ends else None, name=name)
    write_file(output, usecases.export_text(plan, output.name).encode())
    counts = {"components": len(plan.components), "activities": len(plan.activities)}
    if as_json:
        put_json({"format": "bcp-import/1", "plan": plan.organisation.name, "file": str(output), **counts})
    else:
        put(f"{output}: {counts['components']} components, {counts['activities']} activities")


def export(
    plan: PlanArgument,
    output: Out,
    with_fallbacks: Annotated[
        bool, typer.Option("--with-fallbacks", help="In a fault tree, count fallbacks that serve.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """A plan as .xml (Open-PSA fault trees), .graphml, .json or .yaml, by the file's ending."""
    opened = usecases.open_plan(plan)
    text = usecases.export_text(opened.plan, output.name, with_fallbacks=with_fallbacks)
    write_file(output, text.encode())
    if as_json:
        put_json({"format": "bcp-export/1", "plan": opened.plan.organisation.name, "file": str(output)})
    else:
        put(str(output))
