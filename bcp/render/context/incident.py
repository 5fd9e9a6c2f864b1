"""An incident as templates see it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bcp.model.after_action import AfterAction, MeasuredFallback
from bcp.model.log_entry import Closed, Corrected, Entry, Told
from bcp.model.log_words import act_name, entry_text
from bcp.model.sitting import in_time, standing
from bcp.render.blocks import Tone
from bcp.render.context.incident_facts import (
    ActionFacts,
    DecisionFacts,
    IncidentFacts,
    InformedFacts,
    LogFacts,
    PutInPlaceFacts,
)
from bcp.render.context.material import Material
from bcp.render.marks import clean
from bcp.words import Words

_LATE = timedelta(minutes=1)
"""Written this long after it happened, the log says so."""


def incident_facts(after: AfterAction, entries: tuple[Entry, ...], material: Material) -> IncidentFacts:
    """The facts of an incident from what came of it and its log."""
    _, zone = material.words, ZoneInfo(material.plan.organisation.timezone)

    def wall(moment: datetime | None) -> str:
        return "" if moment is None else _.moment(moment.astimezone(zone))

    counting = {e.number for e in standing(entries)} | {
        e.number for e in entries if isinstance(e.what, Corrected)
    }
    return IncidentFacts(
        title=clean(after.title),
        begun=wall(after.began),
        closed=wall(after.closed),
        length=_.length(after.until_s),
        ending=clean(next((e.what.text for e in reversed(entries) if isinstance(e.what, Closed)), "")),
        taking_part=tuple(dict.fromkeys(clean(e.who) for e in entries)),
        decisions=tuple(
            DecisionFacts(
                at=wall(d.at),
                since=_.clock(d.t_s),
                what=act_name(d.act, _),
                fallback=material.name(d.fallback),
                owner=clean(d.owner),
                reason=clean(d.reason),
                who=clean(d.who),
            )
            for d in after.decisions
        ),
        measured=tuple(_measured(m, material) for m in after.fallbacks),
        informed=tuple(
            InformedFacts(wall(e.when), clean(e.what.audience), _channel(e.what, material), clean(e.who))
            for e in standing(entries)
            if isinstance(e.what, Told)
        ),
        actions=tuple(
            ActionFacts(clean(a.text), clean(a.owner), _.day(a.due) if a.due else "", a.done)
            for a in after.actions
        ),
        log=tuple(_entry(e, material, wall(e.when), wall(e.at), counts=e.number in counting) for e in in_time(entries)),
    )  # fmt: skip


def _channel(told: Told, material: Material) -> str:
    known = told.channel in material.plan.components
    return material.name(told.channel) if known else clean(told.channel)


def _entry(entry: Entry, material: Material, at: str, written: str, *, counts: bool) -> LogFacts:
    late = entry.at - entry.when >= _LATE
    return LogFacts(
        number=entry.number,
        at=at,
        written=written if late else "",
        who=clean(entry.who),
        text=clean(entry_text(entry, material.plan, material.words)),
        counts=counts,
    )


def _measured(found: MeasuredFallback, material: Material) -> PutInPlaceFacts:
    _ = material.words
    lived = found.lived
    tone, verdict = _verdict(found, _)
    return PutInPlaceFacts(
        fallback=material.name(found.fallback),
        noticed=_time(lived.noticed_s, _),
        decided=_time(lived.decided_s, _),
        in_place=_time(lived.in_place_s, _),
        decision_took=_.length(found.decision_s),
        decision_planned=_.length(found.planned_decision_s),
        lead_took=_.length(found.lead_s),
        lead_planned=_.length(found.planned_lead_s),
        tone=tone,
        verdict=verdict,
    )


def _verdict(found: MeasuredFallback, _: Words) -> tuple[Tone, str]:
    """Whether it went as planned, in words: never decided, never in place, later or sooner than planned."""
    if found.lived.decided_s is None and found.lived.in_place_s is None:
        return Tone.QUIET, _("not decided")
    if found.lived.in_place_s is None:
        return Tone.BAD, _("never in place")
    planned = found.planned.in_place_s
    if planned is None:
        return Tone.GOOD, _("in place")
    late = found.lived.in_place_s - planned
    if late > 0:
        return Tone.WARN, _("{time} later than planned", time=_.length(late))
    return Tone.GOOD, _("{time} sooner than planned", time=_.length(-late)) if late < 0 else _("as planned")


def _time(t_s: float | None, _: Words) -> str:
    return "–" if t_s is None else _.clock(t_s)
