"""`bcp notices`: suppliers' maintenance notices in, what they mean for a plan, and scenarios of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bcp import usecases
from bcp.cli.arguments import AsJson, Language, PlanArgument, Strict, write_file
from bcp.cli.notices_tables import put_work
from bcp.cli.output import put, put_json, spoken
from bcp.errors import BcpError
from bcp.model.duration import seconds
from bcp.model.plan import Plan
from bcp.model.planned_work import PlannedWork
from bcp.saying import said
from bcp.usecases import notices_in


def notices(
    plan: PlanArgument,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="Calendars, e-mails (.eml), status pages, feeds, CAP alerts."),
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="DIR", help="Write a scenario file for each variant there."),
    ] = None,
    provider: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Whose e-mail or status page it is, where it does not say."),
    ] = None,
    roll_back: Annotated[
        str, typer.Option("--roll-back", metavar="TIME", help="How long rolling back takes, such as 45m.")
    ] = "0",
    as_json: AsJson = False,
    strict: Strict = False,
    lang: Language = None,
) -> None:
    """Maintenance notices: what they strike, go or no-go if the work is late, windows that overlap."""
    opened = usecases.open_plan(plan)
    read = notices_in.read_notices(files, opened.plan, provider=provider)
    work = notices_in.planned_work(opened.plan, read, roll_back=_length(roll_back))
    written = _write(output, opened.plan, work) if output is not None else []
    if as_json:
        put_json({**work.json_data(), "files": [str(path) for path in written]})
    else:
        put_work(opened.plan, work, spoken(lang))
        for path in written:
            put(str(path))
    if strict and not work.held:
        raise typer.Exit(1)


def _length(text: str) -> float:
    try:
        return seconds(text)
    except ValueError as error:
        raise BcpError(said("--roll-back: {error}", error=error)) from error


def _write(folder: Path, plan: Plan, work: PlannedWork) -> list[Path]:
    """The scenario files written, in the order of their names."""
    texts = notices_in.scenario_texts(notices_in.work_scenarios(plan, work))
    paths = [folder / name for name in sorted(texts)]
    for path in paths:
        write_file(path, texts[path.name].encode())
    return paths
