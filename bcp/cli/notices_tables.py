"""Suppliers' notices and what they mean for a plan, as a person reads it in a terminal."""

from __future__ import annotations

from bcp.cli.output import heading, put, put_table
from bcp.model.plan import Plan
from bcp.model.planned_work import PlannedWork
from bcp.model.work_tables import WorkTables
from bcp.words import Words


def put_work(plan: Plan, work: PlannedWork, _: Words) -> None:
    """Notices and what they strike, go or no-go for each window, overlaps, what was not understood."""
    tables = WorkTables(plan, _)
    put(_("{name}: planned work", name=plan.organisation.name), "bold")
    put(_("Times are those of {zone}.", zone=plan.organisation.timezone), "dim")
    heading(_("Notices from suppliers"))
    put_table(*tables.notices(work))
    if work.not_understood:
        heading(_("Not understood"))
        put_table(*tables.left_over(work))
    for table in work.go_no_go:
        heading(_("Go or no-go: {name}", name=tables.title(table)))
        if not table.outlooks:
            put(_("No activity falls below its minimum level (MBCO), however the work goes."))
            continue
        put_table(*tables.outlooks(table), right=[3])
        length = _.length(table.roll_back_s)
        put(_("Decide to roll back at the latest (rolling back takes {length})", length=length))
        put_table(*tables.roll_backs(table))
    heading(_("Windows that together remove redundancy"))
    if work.overlaps:
        put_table(*tables.overlaps(work))
    else:
        put(_("None."))
