"""Where a fault lies, as a person reads it in a terminal."""

from __future__ import annotations

from bcp.cli.output import heading, put, put_table
from bcp.model.locate_words import (
    call_text,
    caveats,
    chance_text,
    group_text,
    outside_text,
    ranked,
    reason_text,
    verdict_text,
    whose_text,
    why_text,
    worth_explaining,
)
from bcp.model.located import Location
from bcp.model.plan import Plan
from bcp.words import Words

_SHOWN = 10
_BAR = 20
_LEAST = 0.005


def put_location(plan: Plan, found: Location, _: Words) -> None:
    """The verdict, the suspects with their reasons, the next test, and whether it is us."""
    text = _("Of {n} calls {failed} failed", n=found.calls, failed=found.failures)
    put(f"{plan.organisation.name} – {text}", "bold")
    put(verdict_text(found, plan.title, _))
    _put_suspects(plan, found, _)
    outside = outside_text(found, plan.title, _)
    if outside:
        heading(_("It is not us"))
        put(outside)
    if found.next_test is not None:
        heading(_("Next test call"))
        put(call_text(found.next_test, plan.title, _))
        put(why_text(found.next_test, plan.title, _))
    notes = caveats(found, _)
    if notes:
        heading(_("To keep in mind"))
        for note in notes:
            put(f"· {note}")


def _put_suspects(plan: Plan, found: Location, _: Words) -> None:
    shown = [(g, s) for g, s in ranked(found) if g.probability >= _LEAST][:_SHOWN]
    if not shown:
        return
    heading(_("Suspects"))
    put_table(
        [_("Suspect"), _("Probability"), "", _("Whose"), _("Accounts for"), _("Well through it")],
        [
            [
                group_text(g, plan.title, _),
                chance_text(g.probability, _),
                "█" * round(g.probability * _BAR) or "▏",
                whose_text(g, s, _),
                _.number(s.explains_count),
                _.number(s.well),
            ]
            for g, s in shown
        ],
        right=(1, 4, 5),
    )
    put()
    for group, suspect in worth_explaining(found):
        put(f"{group_text(group, plan.title, _)}: {reason_text(suspect, _)}")
