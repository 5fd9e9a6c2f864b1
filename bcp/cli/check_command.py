"""`bcp check`: validate and lint a plan; the catalogue of rules."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bcp import usecases
from bcp.cli.arguments import AsJson, Day, Language, Strict, read_day, write_file
from bcp.cli.output import put, put_json, put_line, put_table, spoken
from bcp.errors import BcpError
from bcp.model.finding import Severity
from bcp.saying import said


def check(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="A file, db:NAME, or example:NAME.")] = "",
    list_rules: Annotated[bool, typer.Option("--list", help="Print the catalogue of rules.")] = False,
    select: Annotated[
        list[str] | None,
        typer.Option("--select", metavar="CODES", help="Only these rules: codes or families, such as F,S1."),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option("--ignore", metavar="CODES", help="Leave these rules out: codes or families."),
    ] = None,
    sarif: Annotated[
        Path | None,
        typer.Option("--sarif", metavar="FILE", help="Write a SARIF log for code review tools as well."),
    ] = None,
    on: Day = None,
    strict: Strict = False,
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """Validate and lint a plan: `file:line CODE message`. Accepted risks are left out."""
    if list_rules:
        _list_rules(as_json, lang)
        return
    if not plan:
        raise BcpError(
            said("no plan is named."), said("Write `bcp check PLAN`, or `bcp check --list` for the rules.")
        )
    opened = usecases.open_plan(plan)
    if opened.problems:
        say = spoken(lang).say
        for problem in opened.problems:
            print(say(str(problem)), file=sys.stderr)  # noqa: T201 - errors go to standard error
        raise typer.Exit(2)
    found = usecases.examine(
        opened.plan, on=read_day(on), language=spoken(lang).language, select=select or (), ignore=ignore or ()
    )
    places = usecases.finding_places(plan, found.findings)
    if sarif is not None:
        write_file(
            sarif, usecases.sarif_log(plan, opened.plan, found, language=spoken(lang).language).encode()
        )
    if as_json:
        put_json(
            {
                "format": "bcp-check/1",
                "plan": opened.plan.organisation.name,
                "findings": [
                    {**f.model_dump(mode="json"), "where": where}
                    for f, where in zip(found.findings, places, strict=True)
                ],
                "accepted": [accepted.model_dump(mode="json") for accepted in found.accepted],
            }
        )
    else:
        for finding, where in zip(found.findings, places, strict=True):
            field = f" ({finding.field})" if finding.field else ""
            put_line(f"{where} {finding.code} {finding.message} {finding.fix}{field}")
        if not found.findings:
            put(spoken(lang)("Nothing found."))
    if strict and any(f.severity != Severity.ADVICE for f in found.findings):
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
