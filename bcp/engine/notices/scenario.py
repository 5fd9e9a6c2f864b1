"""A notice of planned work as scenarios: as planned, late, never back, and worse than told."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from bcp.model.duration import DAY
from bcp.model.go_no_go import Variant
from bcp.model.notice import NoticeImpact, Window
from bcp.model.notice_match import MatchedNotice
from bcp.model.notice_words import variant_text
from bcp.model.plan import Plan
from bcp.model.scenario import Effect, Event, PlannedWindow, Scenario, Selector
from bcp.words import LANGUAGES, Words, words

LEVEL: Mapping[NoticeImpact, float] = {
    NoticeImpact.OUTAGE: 0.0,
    NoticeImpact.DEGRADED: 0.5,
    NoticeImpact.REDUCED_REDUNDANCY: 1.0,
    NoticeImpact.NO_IMPACT: 1.0,
}
"""Own state of a component during the work. Notices give no share for `degraded`: half is an assumption."""

_LONGEST_SLUG = 24


def variants(matched: MatchedNotice, window: Window) -> tuple[Variant, ...]:
    """The variants that mean something: without a planned end only never back; worse only where it can be worse."""
    if window.end is None:
        return (Variant.NEVER_BACK,)
    softer = any(impact != NoticeImpact.OUTAGE for impact in matched.struck.values())
    return tuple(v for v in Variant if v != Variant.WORSE or softer)


def planned_scenario(plan: Plan, matched: MatchedNotice, window: Window, variant: Variant) -> Scenario:
    """One window of a notice as a scenario on what was matched; scenario time 0 is when the window begins.

    The work ends with the window, `overrun` after it, or never; what is told beforehand is the window. The
    horizon leaves room for every limit of the plan to break.
    """
    length = None if window.end is None else (window.end - window.start).total_seconds()
    overrun = variant.overrun
    end = None if length is None or overrun is None else length + overrun
    levels = own_states(matched, worse=variant == Variant.WORSE)
    begins = window.start.astimezone(ZoneInfo(plan.organisation.timezone))
    notice = matched.notice
    told = () if length is None or not notice.planned else (PlannedWindow(at=0, until=f"{length:f}s"),)
    said = [f"{notice.provider}, {notice.id}", f"sequence {notice.sequence}", notice.source]
    return Scenario(
        id=scenario_id(matched, window, variant),
        title={code: _title(matched, variant, words(code)) for code in LANGUAGES},
        description={"en": notice.summary} if notice.summary else {},
        source="; ".join(part for part in said if part),
        date=begins.strftime("%Y-%m-%d"),
        clock=begins.strftime("%H:%M"),
        horizon=f"{round((length or 0.0) + (overrun or 0.0) + longest_limit(plan) + DAY)}s",
        planned=told,
        events=events_until(levels, end),
    )


def events_until(levels: Mapping[str, float], end: float | None) -> tuple[Event, ...]:
    """One event for each level, from 0 to `end` (seconds; None: to the horizon); what stays at 1 is left out."""
    at: dict[float, list[str]] = defaultdict(list)
    for component, level in levels.items():
        if level < 1.0:
            at[level].append(component)
    until = None if end is None else f"{end:f}s"
    return tuple(
        Event(at=0, select=Selector(id=tuple(sorted(at[level]))), effect=Effect(level=level), until=until)
        for level in sorted(at)
    )


def own_states(matched: MatchedNotice, *, worse: bool = False) -> dict[str, float]:
    """The own state of each matched component during the work; 0 for all where it goes worse than told."""
    return {i: 0.0 if worse else LEVEL[impact] for i, impact in matched.struck.items()}


def longest_limit(plan: Plan) -> float:
    """The longest MTPD or RTO of the plan's activities in seconds; 0 where there is none."""
    limits = [limit for a in plan.activities.values() for limit in (a.analysis.mtpd, a.analysis.rto)]
    return max((limit for limit in limits if limit is not None), default=0.0)


def scenario_id(matched: MatchedNotice, window: Window, variant: Variant) -> str:
    """An id that is a safe file name too, and differs between notices whose names only look alike."""
    notice = matched.notice
    mark = hashlib.sha256(repr(notice.key).encode()).hexdigest()[:6]
    slug = re.sub(r"[^a-z0-9]+", "-", notice.id.lower())[:_LONGEST_SLUG].strip("-")
    parts = ["notice", slug, mark, f"{window.start:%Y%m%dt%H%M}", variant.value]
    return "-".join(part for part in parts if part)


def _title(matched: MatchedNotice, variant: Variant, _: Words) -> str:
    names = {"id": matched.notice.id, "provider": matched.notice.provider}
    name = _("Planned work {id} by {provider}", **names)
    return f"{name[:240]}: {variant_text(variant, _)}"
