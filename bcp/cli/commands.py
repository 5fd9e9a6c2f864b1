"""The commands, one function each."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from bcp import __version__, usecases
from bcp.cli import tables
from bcp.cli.output import heading, progress, put, put_json, put_table, spoken
from bcp.cli.serve import command
from bcp.errors import BcpError
from bcp.model.finding import Severity
from bcp.model.run import Run
from bcp.model.scenario import in_language
from bcp.words import LANGUAGES

app = typer.Typer(
    name="bcp",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    help="Continuity planning for organisations that depend on telephone operators.",
    epilog="PLAN is a file, `db:NAME`, or `example:kommun` / `example:myndighet`. "
    "SCENARIO is a file or an id that `bcp scenarios` lists. Exit status: 0 done, 1 findings or a broken "
    "limit with --strict, 2 bad input.",
)

PlanArgument = Annotated[str, typer.Argument(metavar="PLAN", help="A file, db:NAME, or example:NAME.")]
ScenarioArgument = Annotated[str, typer.Argument(metavar="SCENARIO", help="A library id or a file.")]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Set a parameter of the scenario; repeatable."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Strict = Annotated[
    bool, typer.Option("--strict", help="Exit with 1 where a limit is broken or something is found.")
]


def _spoken_language(language: str | None) -> str | None:
    if language is not None and language not in LANGUAGES:
        raise BcpError(f"{language!r} is no language of this product.", f"There are: {', '.join(LANGUAGES)}.")
    return language


Language = Annotated[
    str | None, typer.Option("--lang", metavar="xx", callback=_spoken_language, help="Language: sv or en.")
]
Port = Annotated[int | None, typer.Option(min=1, max=65535, help="Port of the app.")]
Day = Annotated[
    str | None,
    typer.Option("--on", metavar="YYYY-MM-DD", help="The day by which tests and reviews count as old."),
]


def read_day(text: str | None) -> date | None:
    """A date from an option. Raises BcpError where it is none."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise BcpError(f"{text!r} is no date.", "Write it as 2026-03-03.") from error


def _settings(pairs: list[str] | None) -> dict[str, object]:
    found: dict[str, object] = {}
    for pair in pairs or []:
        key, equals, value = pair.partition("=")
        if not equals:
            raise BcpError(f"--set {pair!r} has no value.", "Write --set key=value.")
        found[key.strip()] = value.strip()
    return found


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
            _write(path, data)
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
) -> None:
    """The app in your browser, on this computer only."""
    if plan:
        usecases.open_plan(plan)
    _serve(plan, port, "")


def _serve(plan: str, port: int | None, scenario: str) -> None:
    """Become the app's server, so that whoever ends this command ends the server; never returns."""
    environment = {**os.environ, "BCP_OPEN": plan, "BCP_SCENARIO": scenario}
    words = command(port)
    sys.stdout.flush()
    if os.name == "posix":
        os.execve(words[0], words, environment)  # noqa: S606 - our own interpreter and arguments, no shell wanted
    try:
        raise typer.Exit(subprocess.call(words, env=environment))  # noqa: S603 - our own interpreter and arguments
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


@app.command()
def check(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="A file, db:NAME, or example:NAME.")] = "",
    list_rules: Annotated[bool, typer.Option("--list", help="Print the catalogue of rules.")] = False,
    on: Day = None,
    strict: Strict = False,
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """Validate and lint a plan: `file:line CODE message`."""
    if list_rules:
        _list_rules(as_json, lang)
        return
    if not plan:
        raise BcpError("no plan is named.", "Write `bcp check PLAN`, or `bcp check --list` for the rules.")
    opened = usecases.open_plan(plan)
    if opened.problems:
        for problem in opened.problems:
            print(problem, file=sys.stderr)  # noqa: T201 - errors go to standard error
        raise typer.Exit(2)
    findings = usecases.check(opened.plan, on=read_day(on), language=lang)
    lines = usecases.finding_places(plan, findings)
    if as_json:
        rows = [
            {**f.model_dump(mode="json"), "where": where} for f, where in zip(findings, lines, strict=True)
        ]
        put_json({"format": "bcp-check/1", "plan": opened.plan.organisation.name, "findings": rows})
    else:
        for finding, where in zip(findings, lines, strict=True):
            put(f"{where} {finding.code} {finding.message} {finding.fix}")
        if not findings:
            put(spoken(lang)("Nothing found."))
    if strict and any(f.severity != Severity.ADVICE for f in findings):
        raise typer.Exit(1)


def _list_rules(as_json: bool, lang: str | None) -> None:
    _ = spoken(lang)
    rules = usecases.rules(_)
    if as_json:
        put_json({"format": "bcp-rules/1", "rules": rules})
    else:
        put_table(
            [_("Code"), _("Severity"), _("Rule")], [[r["code"], r["severity"], r["title"]] for r in rules]
        )


@app.command()
def scenarios(
    scenario: Annotated[str, typer.Argument(metavar="[ID]", help="One scenario, in full.")] = "",
    lang: Language = None,
    as_json: AsJson = False,
) -> None:
    """The library of scenarios."""
    _ = spoken(lang)
    chosen = [usecases.scenario(scenario)] if scenario else list(usecases.library())
    if as_json:
        put_json(
            {
                "format": "bcp-scenarios/1",
                "scenarios": [s.model_dump(mode="json", by_alias=True) for s in chosen],
            }
        )
        return
    put_table([_("Id"), _("Title")], [[s.id, s.titled(_.language)] for s in chosen])
    if scenario:
        found = chosen[0]
        for text in (
            in_language(found.description, _.language),
            in_language(found.teaches, _.language),
            found.source,
        ):
            if text:
                put()
                put(text)
        if found.parameters:
            heading(_("Parameters"))
            put_table(
                [_("Name"), _("Value"), _("Meaning")],
                [
                    [name, "" if p.default is None else str(p.default), in_language(p.title, _.language)]
                    for name, p in found.parameters.items()
                ],
            )


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
    chosen = usecases.scenario(scenario, _settings(settings))
    happened = usecases.run(opened.plan, chosen)
    if as_json:
        put_json(happened.json_data())
    else:
        tables.put_run(opened.plan, chosen, happened, spoken(lang))
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
    chosen = usecases.scenario(scenario, _settings(settings)) if scenario else None
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
def assess(
    plan: PlanArgument,
    target: Annotated[str | None, typer.Option(metavar="ID", help="One activity or component only.")] = None,
    order: Annotated[int, typer.Option(min=1, max=6, help="Largest size of the cut sets.")] = 1,
    with_fallbacks: Annotated[
        bool, typer.Option("--with-fallbacks", help="Count fallbacks that serve.")
    ] = False,
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
            opened.plan, target=target, order=order, with_fallbacks=with_fallbacks, on=read_day(on)
        )
    if as_json:
        put_json(found.json_data())
    else:
        tables.put_assessment(opened.plan, found, _)
    if strict and any(f.severity != Severity.ADVICE for f in found.findings):
        raise typer.Exit(1)


def _write(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise BcpError(
            f"the file cannot be written: {error.strerror}.", "Choose another place.", str(path)
        ) from error


@app.command()
def report(
    plan: PlanArgument,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE.pdf", help="The file to write.")],
    document: Annotated[str, typer.Option(metavar="NAME", help="bcp, drp or action-cards.")] = "bcp",
    scenario: Annotated[str, typer.Option(metavar="ID", help="The scenario it tells of.")] = "",
    settings: Settings = None,
    lang: Language = None,
    on: Annotated[str | None, typer.Option("--on", metavar="YYYY-MM-DD", help="The date to print.")] = None,
    templates: Annotated[
        Path | None, typer.Option(metavar="DIR", help="A folder with templates of your own.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write a document as PDF: the BCP, the DRP or the action cards."""
    if output.suffix.lower() != ".pdf":
        raise BcpError(f"{output.name} is no PDF.", "Give a file name that ends in .pdf.")
    _ = spoken(lang)
    opened = usecases.open_plan(plan)
    chosen = usecases.scenario(scenario, _settings(settings)) if scenario else None
    with progress(_("Writing"), 1) as begin:
        begin(document)
        data = usecases.report(
            opened.plan,
            document,
            scenario=chosen,
            language=lang or opened.plan.organisation.language,
            revision=opened.edition,
            made_on=read_day(on),
            templates=templates,
        )
    _write(output, data)
    if as_json:
        put_json({"format": "bcp-report/1", "document": document, "file": str(output), "bytes": len(data)})
    else:
        put(str(output))
