"""`bcp report`: the documents, and the emergency pack."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bcp import usecases
from bcp.cli.arguments import AsJson, Language, PlanArgument, Settings, read_day, write_file
from bcp.cli.choosing import scenario_on
from bcp.cli.output import progress, put, put_json, spoken
from bcp.errors import BcpError
from bcp.saying import said
from bcp.usecases import packs
from bcp.usecases.packs import PACK


def report(
    plan: PlanArgument,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="The file to write: .pdf; a pack .html.")
    ],
    document: Annotated[
        str, typer.Option(metavar="NAME", help="bcp, drp, action-cards or emergency-pack.")
    ] = "bcp",
    scenario: Annotated[str, typer.Option(metavar="ID", help="The scenario it tells of.")] = "",
    settings: Settings = None,
    lang: Language = None,
    on: Annotated[str | None, typer.Option("--on", metavar="YYYY-MM-DD", help="The date to print.")] = None,
    templates: Annotated[
        Path | None, typer.Option(metavar="DIR", help="A folder with templates of your own.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write a document: the BCP, the DRP or the action cards as PDF, the emergency pack as one HTML file."""
    ending = ".html" if document == PACK else ".pdf"
    if output.suffix.lower() != ending:
        raise BcpError(
            said("{name} is no {format}.", name=output.name, format=ending[1:].upper()),
            said("Give a file name that ends in {ending}.", ending=ending),
        )
    _ = spoken(lang)
    opened = usecases.open_plan(plan)
    chosen = scenario_on(opened.plan, scenario, settings, lang) if scenario else None
    language, day = lang or opened.plan.organisation.language, read_day(on)
    with progress(_("Writing"), 1) as begin:
        begin(document)
        data = (
            packs.taken_pack(opened, language=language, made_on=day, scenario=chosen)
            if document == PACK
            else usecases.report(
                opened.plan, document, scenario=chosen, language=language, revision=opened.edition,
                made_on=day, templates=templates,
            )
        )  # fmt: skip
    write_file(output, data)
    if as_json:
        put_json({"format": "bcp-report/1", "document": document, "file": str(output), "bytes": len(data)})
    else:
        put(str(output))
