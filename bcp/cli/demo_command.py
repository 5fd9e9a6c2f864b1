"""`bcp demo`: everything once, on the example that comes with the product."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bcp import usecases
from bcp.cli import tables
from bcp.cli.arguments import AsJson, Language, Port, write_file
from bcp.cli.output import heading, progress, put, put_json, spoken
from bcp.cli.serve import serve


def demo(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="Where the PDFs go.")] = Path(
        "bcp-demo"
    ),
    no_ui: Annotated[bool, typer.Option("--no-ui", help="Stop after the PDFs.")] = False,
    port: Port = None,
    lang: Language = None,
    as_json: AsJson = False,
) -> None:
    """The example organisation, its worst scenario, the PDFs, then the app."""
    _ = spoken(lang)
    opened = usecases.open_plan(usecases.DEMO_PLAN)
    scenario = usecases.scenario(usecases.WORST_SCENARIO)
    happened = usecases.run(opened.plan, scenario)
    language = lang or opened.plan.organisation.language
    written = []
    names = usecases.document_names()
    with progress(_("Writing documents"), len(names)) as begin:
        for name in names:
            begin(name)
            data = usecases.report(opened.plan, name, scenario=scenario, language=language)
            path = output / f"{opened.name}-{name}.pdf"
            write_file(path, data)
            written.append(str(path))
    if as_json:
        put_json(
            {
                "format": "bcp-demo/1",
                "plan": opened.plan.organisation.name,
                "scenario": scenario.id,
                "files": written,
            }
        )
    else:
        tables.put_run(opened.plan, scenario, happened, _)
        heading(_("Documents"))
        for file_name in written:
            put(file_name)
    if not no_ui:
        if not as_json:
            heading(_("The app opens in your browser. Stop it here with Ctrl+C."))
        serve(usecases.DEMO_PLAN, port, usecases.WORST_SCENARIO)
