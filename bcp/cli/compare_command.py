"""`bcp compare`: two plans, two revisions or two scenarios, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from bcp import usecases
from bcp.cli.arguments import AsJson, Day, Language, PlanArgument, read_day
from bcp.cli.choosing import scenario_on
from bcp.cli.output import heading, put, put_json, put_table, spoken
from bcp.errors import BcpError
from bcp.model.comparison import Change, Comparison, Difference
from bcp.model.finding import Finding
from bcp.model.names import CHANGE_SIGN, change_name, figure_text, measure_name
from bcp.saying import said
from bcp.words import Words


def compare(
    plan: PlanArgument,
    other: Annotated[
        str, typer.Argument(metavar="[OTHER]", help="The plan to compare with; `db:NAME@3` is revision 3.")
    ] = "",
    scenario: Annotated[str, typer.Option(metavar="ID", help="Run on both sides.")] = "",
    and_scenario: Annotated[
        str, typer.Option("--and-scenario", metavar="ID", help="Run on the second side instead.")
    ] = "",
    on: Day = None,
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """What became better and what worse, by activity and fallback: two plans, revisions or scenarios."""
    if not other and not and_scenario:
        raise BcpError(
            said("there is nothing to compare with."),
            said(
                "Name another plan (`db:NAME@3` is a revision), or two scenarios with --scenario and --and-scenario."
            ),
        )
    if and_scenario and not scenario:
        raise BcpError(said("--and-scenario needs a first one."), said("Name it with --scenario."))
    first = usecases.open_plan(plan)
    second = usecases.open_plan(other) if other else first
    struck = scenario_on(first.plan, scenario, language=lang) if scenario else None
    then = scenario_on(second.plan, and_scenario, language=lang) if and_scenario else struck
    _ = spoken(lang)
    found = usecases.compare(
        (_label(plan, struck.titled(_.language) if struck and and_scenario else ""), first.plan, struck),
        (_label(other or plan, then.titled(_.language) if then and and_scenario else ""), second.plan, then),
        on=read_day(on),
        language=spoken(lang).language,
    )
    if as_json:
        put_json(found.json_data())
    else:
        _put(found, _)


def _label(reference: str, scenario: str) -> str:
    return f"{reference} – {scenario}" if scenario else reference


def _put(found: Comparison, _: Words) -> None:
    put(f"{found.before.label} → {found.after.label}", "bold")
    _put_differences(_("Activities"), found.activities, _)
    _put_differences(_("Fallbacks"), found.fallbacks, _)
    _put_findings(_("Findings that are gone"), found.findings_gone)
    _put_findings(_("New findings"), found.findings_new)
    if found.changes:
        heading(_("Changed in the plan"))
        for place in found.changes:
            put(place)


def _put_differences(title: str, differences: Sequence[Difference], _: Words) -> None:
    changed = [d for d in differences if d.change is not Change.SAME]
    heading(title)
    if not changed:
        put(_("Nothing changed."))
        return
    rows = [
        [
            f"{CHANGE_SIGN[d.change]} {d.title}" if n == 0 else "",
            measure_name(m.name, _),
            figure_text(m.name, m.before, _),
            figure_text(m.name, m.after, _),
            change_name(m.change, _),
        ]
        for d in changed
        for n, m in enumerate([m for m in d.measures if m.change is not Change.SAME])
    ]
    put_table(["", _("Measure"), _("Before"), _("After"), _("Change")], rows, right=(2, 3))


def _put_findings(title: str, findings: Sequence[Finding]) -> None:
    if findings:
        heading(title)
        for finding in findings:
            put(f"{finding.code} {finding.message}")
