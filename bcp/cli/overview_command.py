"""`bcp overview`: every activity in every outage of the library, and what each operator carries."""

from __future__ import annotations

from typing import Annotated

import typer

from bcp import usecases
from bcp.cli.arguments import AsJson, Language, PlanArgument, Strict
from bcp.cli.output import heading, progress, put, put_json, put_table, spoken
from bcp.model.outage import CauseKind, Pattern
from bcp.model.overview import Exposure, ExposureBy, Light, Overview, Row, Unstruck, counted
from bcp.model.overview_words import cell_text, exposure_title, light_text
from bcp.model.plan import Plan
from bcp.words import Words

_NAMED = 20


def overview(
    plan: PlanArgument,
    country: Annotated[
        str, typer.Option(metavar="XX", help="Only outages that happened there: SE, DE, NL …")
    ] = "",
    cause: Annotated[
        str, typer.Option(metavar="WORD", help=f"Only those set off so: {', '.join(CauseKind)}.")
    ] = "",
    pattern: Annotated[
        str, typer.Option(metavar="WORD", help=f"Only those that went so: {', '.join(Pattern)}.")
    ] = "",
    strict: Strict = False,
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """Every activity in every outage of the library: verdict and time to limit; and what each operator carries."""
    _ = spoken(lang)
    opened = usecases.open_plan(plan)
    chosen = {s.id: s for s in usecases.browse(country=country, cause=cause, pattern=pattern)}
    found: list[Row | Unstruck] = []
    with progress(_("Computing outages"), len(chosen)) as begin:
        for one in usecases.overview_rows(opened.plan, chosen, language=_.language):
            begin(one.title)
            found.append(one)
    result = Overview(
        plan=opened.plan.organisation.name,
        plan_hash=opened.plan.content_hash,
        rows=tuple(r for r in found if isinstance(r, Row)),
        unstruck=tuple(r for r in found if isinstance(r, Unstruck)),
        exposure=tuple(e for by in ExposureBy for e in usecases.exposure(opened.plan, by)),
    )
    if as_json:
        put_json(result.json_data())
    else:
        _put(opened.plan, result, _)
    if strict and counted(result.rows).red:
        raise typer.Exit(1)


def _put(plan: Plan, found: Overview, _: Words) -> None:
    put(found.plan, "bold")
    named = list(plan.activities)
    put_table(
        [_("Outage"), *(plan.title(i) for i in named)],
        [[row.scenario, *(cell_text(row.cells[i], _) for i in named)] for row in found.rows],
    )
    counts = counted(found.rows)
    put(" · ".join(f"{light_text(one, _)}: {getattr(counts, one)}" for one in Light), "dim")
    _put_unstruck(found, _)
    for by in ExposureBy:
        _put_exposure(plan, [e for e in found.exposure if e.by is by], exposure_title(by, _), _)


def _put_unstruck(found: Overview, _: Words) -> None:
    if found.unstruck:
        heading(_("Do not strike this plan"))
        for one in found.unstruck:
            put(f"{one.scenario}: {one.reason} {one.remedy}")


def _put_exposure(plan: Plan, found: list[Exposure], title: str, _: Words) -> None:
    hit = [e for e in found if e.lost_bare]
    if not hit:
        return
    heading(title)
    put_table(
        [_("Name"), _("Lost in 24 h"), _("Without fallbacks"), _("Components"), _("Below their minimum")],
        [
            [
                plan.title(e.name),
                _.percent(round(e.lost, 3)),
                _.percent(round(e.lost_bare, 3)),
                _.number(e.components),
                ", ".join(plan.title(i) for i in e.activities) or "–",
            ]
            for e in hit[:_NAMED]
        ],
        right=(1, 2, 3),
    )
    if len(hit) > _NAMED:
        put(_("{n} more, in the JSON", n=len(hit) - _NAMED), "dim")
