"""Affected lines as a person reads them in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from bcp.cli.output import heading, put, put_table
from bcp.model.affected_lines import AreaCount, FirstTold, LinesHit
from bcp.model.plan import Plan
from bcp.model.scenario import Scenario
from bcp.words import Words

MOST_AREAS = 40
"""More areas than this are shown only down to the depth at which they are fewer."""


def put_lines(plan: Plan, scenario: Scenario, hit: LinesHit, _: Words) -> None:
    """How many lines are hit, by area, and who is told first."""
    put(f"{plan.organisation.name} – {scenario.titled(_.language)}", "bold")
    if not hit.total.lines:
        put(_("None of the {n} lines is affected.", n=_.number(hit.lines_in_all)))
        return
    put(
        _(
            "{hit} of {n} lines are affected, {down} of them down at some time.",
            hit=_.number(hit.total.lines),
            n=_.number(hit.lines_in_all),
            down=_.number(hit.total.down),
        )
    )
    heading(_("By area"))
    _put_areas(hit, _)
    heading(_("By priority"))
    rows = [[word or _("none given"), _.number(n)] for word, n in hit.priorities.items()]
    put_table([_("Priority"), _("Lines")], rows, right=(1,))
    if hit.told_first:
        heading(_("To be told first"))
        _put_first(hit.told_first, _)


def _put_areas(hit: LinesHit, _: Words) -> None:
    shown = _shown(hit.areas)
    put_table(
        [_("Area"), _("Lines"), _("Down"), _("Customers"), _("Peak"), _("Peak at"), _("Customer hours")],
        [
            [
                area.area or _("All"),
                _.number(area.lines),
                _.number(area.down),
                _.number(area.customers),
                _.number(area.peak),
                _.clock(area.peak_s),
                _.number(area.customer_hours, 1),
            ]
            for area in (hit.total, *shown)
        ],
        right=range(1, 7),
    )
    if left := len(hit.areas) - len(shown):
        put(_("{n} smaller areas are not shown; --area PATH narrows it down.", n=_.number(left)), "dim")


def _shown(areas: Sequence[AreaCount]) -> list[AreaCount]:
    """The areas down to the deepest level at which they are not too many; at least the topmost."""
    depth = max((_depth(area) for area in areas), default=0)
    while depth > 1 and sum(_depth(area) <= depth for area in areas) > MOST_AREAS:
        depth -= 1
    return [area for area in areas if _depth(area) <= depth]


def _depth(area: AreaCount) -> int:
    return area.area.count("/") + 1


def _put_first(told: Sequence[FirstTold], _: Words) -> None:
    put_table(
        [
            _("Line"),
            _("Priority"),
            _("Area"),
            _("Customer"),
            _("From"),
            _("Whole again"),
            _("Lowest level"),
            _("Told by"),
        ],
        [
            [
                one.line,
                one.priority or "–",
                one.area or "–",
                one.customer or "–",
                _.clock(one.from_s),
                _("not in the run") if one.until_s is None else _.clock(one.until_s),
                _.percent(round(one.lowest_level, 3)),
                ", ".join(one.channels) or _("no channel"),
            ]
            for one in told
        ],
        right=(4, 5, 6),
    )
