"""What each event of a scenario fell on in a plan, as a person reads it in a terminal."""

from __future__ import annotations

from bcp.cli.output import heading, put_table
from bcp.model.plan import Plan
from bcp.model.run import Run
from bcp.model.scenario import Scenario
from bcp.usecases.browsing import Struck, struck
from bcp.words import Words

_NAMED = 5


def put_struck(plan: Plan, scenario: Scenario, run: Run, _: Words) -> None:
    """Every event with its selector and what that matched; one that matched nothing says so."""
    heading(_("What the events struck"))
    put_table(
        [_("Time"), _("Event"), _("Selector"), _("Struck")],
        [
            [_times(event, _), event.note or event.effect, event.selector, _names(plan, event, _)]
            for event in struck(scenario, run, _.language)
        ],
    )


def _times(event: Struck, _: Words) -> str:
    if event.until_s is None:
        return _("from {time}", time=_.clock(event.at_s))
    return f"{_.clock(event.at_s)}–{_.clock(event.until_s)}"


def _names(plan: Plan, event: Struck, _: Words) -> str:
    if not event.components:
        return _("nothing in this plan")
    names = ", ".join(plan.title(i) for i in event.components[:_NAMED])
    rest = len(event.components) - _NAMED
    return _("{names} and {n} more", names=names, n=rest) if rest > 0 else names
