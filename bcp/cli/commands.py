"""The commands, one function each."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from bcp import __version__, usecases
from bcp.cli import tables
from bcp.cli.arguments import (
    AsJson,
    Language,
    PlanArgument,
    Port,
    ScenarioArgument,
    Settings,
    Strict,
    read_day,
    read_settings,
    write_file,
)
from bcp.cli.output import heading, progress, put, put_json, put_line, spoken
from bcp.cli.serve import command, own_addresses
from bcp.cli.struck_table import put_struck
from bcp.errors import BcpError
from bcp.model.run import Run
from bcp.saying import said
from bcp.usecases import packs
from bcp.usecases.packs import PACK
from bcp.usecases.sharing import owner_key

app = typer.Typer(
    name="bcp",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    help="Continuity planning for organisations that depend on telephone operators.",
    epilog="PLAN is a file, `db:NAME`, or `example:` and one of kommun, myndighet, stadsnat, voip-operator, telefonie-nl, fibra. "
    "SCENARIO is a file or an id that `bcp scenarios` lists. Exit status: 0 done, 1 findings or a broken "
    "limit with --strict, 2 bad input.",
)

_PORT = 8501
"""The port of a shared app where none is given."""


def _version(wanted: bool) -> None:
    if wanted:
        put(f"bcp {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    _version_wanted: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


@app.command()
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
        _serve(usecases.DEMO_PLAN, port, usecases.WORST_SCENARIO)


@app.command()
def ui(
    plan: Annotated[
        str, typer.Argument(metavar="[PLAN]", help="What to open: a file, db:NAME or example:NAME.")
    ] = "",
    port: Port = None,
    share: Annotated[
        bool,
        typer.Option("--share", help="Let others on your network join exercises; only you see the plan."),
    ] = False,
) -> None:
    """The app in your browser, on this computer only; with --share others can join an exercise."""
    if plan:
        usecases.open_plan(plan)
    _serve(plan, port, "", share=share)


def _serve(plan: str, port: int | None, scenario: str, *, share: bool = False) -> None:
    """Become the app's server, so that whoever ends this command ends the server; never returns."""
    environment = {**os.environ, "BCP_OPEN": plan, "BCP_SCENARIO": scenario}
    addresses = own_addresses() if share else ()
    if share:
        port = port or _PORT
        environment["BCP_OWNER"] = owner_key()
        _ = spoken(None)
        own = f"http://127.0.0.1:{port}/?owner={environment['BCP_OWNER']}"
        put_line(_("Your own address, with its key: {url}", url=own))
        put_line(_("Others join an exercise at {url}", url=f"http://{addresses[0]}:{port}/join"))
    words = command(port, share=addresses)
    sys.stdout.flush()
    if os.name == "posix":
        os.execve(words[0], words, environment)  # noqa: S606 - our own interpreter and arguments, no shell wanted
    try:
        raise typer.Exit(subprocess.call(words, env=environment))  # noqa: S603 - our own interpreter and arguments
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


@app.command()
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
    chosen = usecases.scenario(scenario, read_settings(settings))
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


@app.command()
def routes(
    plan: PlanArgument,
    scenario: Annotated[str, typer.Argument(metavar="[SCENARIO]", help="A library id or a file.")] = "",
    settings: Settings = None,
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """The fallback routing plan: for each number and activity its options, best first, with verdicts."""
    opened = usecases.open_plan(plan)
    chosen = usecases.scenario(scenario, read_settings(settings)) if scenario else None
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


@app.command()
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
    chosen = usecases.scenario(scenario, read_settings(settings)) if scenario else None
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
