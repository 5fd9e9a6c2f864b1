"""One outage as a row of the overview: every activity's verdict, and the moment worth looking at."""

from __future__ import annotations

from collections.abc import Mapping

from bcp.engine.levels.tolerance import LEVEL
from bcp.model.overview import Cell, Row, grade, well
from bcp.model.plan import Plan
from bcp.model.run import ActivityResult, Run


def row(plan: Plan, happened: Run, reference: str, title: str) -> Row:
    """The row of a run. `reference` and `title` say which outage it was."""
    return Row(scenario=reference, title=title, cells=cells(plan, happened))


def cells(plan: Plan, happened: Run) -> Mapping[str, Cell]:
    """Every activity's cell, in the plan's order."""
    return {i: _cell(plan, i, happened) for i in plan.activities}


def _cell(plan: Plan, activity: str, happened: Run) -> Cell:
    result = happened.activities[activity]
    breaches = [t for t in (result.rto_breach_s, result.mtpd_breach_s) if t is not None]
    breach = min(breaches, default=None)
    reduced = next((t for t, level in happened.levels[activity] if level < 1.0 - LEVEL), 0.0)
    first = result.first_below_s if result.first_below_s is not None else reduced
    if result.quality is not None and first == 0.0:
        first = result.quality.first_worse_s
    return Cell(
        grade=grade(result),
        min_level=well(result),
        longest_s=result.longest_s,
        first_below_s=result.first_below_s,
        breach_s=breach,
        mtpd_breach_s=result.mtpd_breach_s,
        spare_s=None if breaches else _spare(plan, activity, result),
        look_at_s=first if breach is None else breach,
    )


def _spare(plan: Plan, activity: str, result: ActivityResult) -> float | None:
    """What is left of the nearest limit; the RTO is never above the MTPD."""
    bia = plan.components[activity].analysis
    limit = bia.rto if bia.rto is not None else bia.mtpd
    return None if limit is None or result.first_below_s is None else limit - result.longest_s
