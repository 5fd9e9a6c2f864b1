"""When notices are due: before and during planned work, on detection, in updates, on restoration and after."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bcp.engine.notices.facts import Facts
from bcp.model.announcement import Audience, Occasion
from bcp.model.duration import DAY, HOUR, MINUTE
from bcp.model.plan import Plan
from bcp.model.run import Run
from bcp.model.scenario import Scenario

FIRST_NOTICE = {Audience.STAFF: 15 * MINUTE}
"""Seconds from detection to the first notice, where it is not half an hour."""

OTHERS_FIRST = 30 * MINUTE
WORKING_DAYS = 10
"""Working days before planned work on which it is told first. Public holidays are not known and count as worked."""

AFTER_FROM, AFTER_UNTIL = 2 * DAY, 5 * DAY
"""The span after restoration in which the account of it is due."""

QUIET = 10 * MINUTE
"""Seconds between two revisions at least: what changes sooner goes into the same one."""

_SLOWER = ((2 * DAY, DAY), (DAY, 6 * HOUR))
"""After a day updates come every six hours, after two once a day (ACMA)."""

MOST_REVISIONS = 200
"""More revisions of one notice than this are not planned ahead."""


@dataclass(frozen=True, slots=True)
class Episode:
    """A time in which something fails: from and until in seconds (None: still at the horizon).

    `window` is the planned end, for planned work; `noticed` when somebody knows of it. `silent`: nobody saw
    it begin. `assumed`: nobody has said how soon it is noticed, so the product's usual time was taken.
    """

    start: float
    end: float | None
    window: float | None
    noticed: float
    silent: bool = False
    assumed: bool = False

    @property
    def planned(self) -> bool:
        """Work that was planned."""
        return self.window is not None


@dataclass(frozen=True, slots=True)
class Due:
    """A notice that is due at a time (seconds), the latest one where it has a span, and the next update."""

    at: float
    occasion: Occasion
    latest: float | None = None
    next: float | None = None


def windows(scenario: Scenario) -> tuple[tuple[float, float], ...]:
    """The planned work of a scenario: begin and planned end in seconds, sorted."""
    return tuple(sorted((window.at, window.end) for window in scenario.planned))


def episodes(facts: Facts, scenario: Scenario, planned: Sequence[tuple[float, float]]) -> tuple[Episode, ...]:
    """The times in which anything that callers or customers use fails, joined where little lies between.

    Planned work is an episode of its own from its beginning, even where nothing fails in it.
    """
    quiet = facts.plan.defaults.stabilise
    spans = _joined(_hit(facts), quiet, [w for w, _ in planned])
    starts = {start for start, _ in spans}
    spans += [(w, end) for w, end in planned if w not in starts and not _inside(w, spans)]
    windows_at = dict(planned)
    found = []
    for start, end in sorted(spans, key=lambda span: span[0]):
        window = windows_at.get(start)
        noticed = start if window is not None else _noticed(facts, scenario, start, end)
        silent = _silent(facts.run, start, noticed)
        taken = window is None and not silent and _taken(facts, scenario, start, noticed)
        found.append(Episode(start, end, window, noticed, silent, taken))
    return tuple(found)


def _hit(facts: Facts) -> list[tuple[float, float | None]]:
    spans: list[tuple[float, float | None]] = []
    since: float | None = None
    for t in facts.instants:
        hit = bool(facts.failing(t))
        if hit and since is None:
            since = t
        elif not hit and since is not None:
            spans.append((since, t))
            since = None
    return [*spans, (since, None)] if since is not None else spans


def _joined(
    spans: Iterable[tuple[float, float | None]], quiet: float, cuts: Sequence[float]
) -> list[tuple[float, float | None]]:
    found: list[tuple[float, float | None]] = []
    for start, end in spans:
        last = found[-1] if found else None
        if last and last[1] is not None and start - last[1] < quiet and start not in cuts:
            found[-1] = (last[0], end)
        else:
            found.append((start, end))
    return found


def _inside(t: float, spans: Iterable[tuple[float, float | None]]) -> bool:
    return any(start <= t and (end is None or t < end) for start, end in spans)


def _noticed(facts: Facts, scenario: Scenario, start: float, end: float | None) -> float:
    """When the organisation knows of a failure: as the run says, else by detection of what was struck."""
    run = facts.run
    until = run.horizon_s if end is None else end
    if run.noticed_s is not None and start <= run.noticed_s <= until:
        return run.noticed_s
    told = [e.at + e.detected_after for e in scenario.events if e.detected_after is not None]
    struck = [t for t in (*told, *_seen(facts.plan, run)) if start <= t]
    return min(struck, default=start + facts.plan.defaults.detection)


def _taken(facts: Facts, scenario: Scenario, start: float, noticed: float) -> bool:
    """Neither the scenario, nor what was struck, nor the plan says how soon it is noticed."""
    if any(e.detected_after is not None for e in scenario.events) or noticed == start:
        return False
    struck = {i for s in facts.run.strikes if start <= s.at_s <= noticed for i in s.components}
    own = any(facts.plan.components[i].detection is not None for i in struck)
    return not own and "detection" not in facts.plan.defaults.model_fields_set


def _silent(run: Run, start: float, noticed: float) -> bool:
    """Nothing that struck until it was noticed was seen by monitoring."""
    lowering = [s for s in run.strikes if start <= s.at_s <= noticed and "surge" not in s.text]
    return bool(lowering) and all(strike.silent for strike in lowering)


def _seen(plan: Plan, run: Run) -> Iterable[float]:
    for strike in run.strikes:
        if not strike.silent:
            for i in strike.components:
                own = plan.components[i].detection
                yield strike.at_s + (plan.defaults.detection if own is None else own)
        else:
            yield strike.at_s + DAY


def due_times(
    episode: Episode,
    changes: Sequence[tuple[float, Hashable]],
    audience: Audience,
    every: float,
    horizon: float,
) -> tuple[Due, ...]:
    """When an audience is told in an episode; `changes` are (seconds, what could be said) in order.

    `every` is the time between updates in seconds. The three notices before planned work are left to
    `before`; planned work that ended as told needs no account. An episode that is over before its first
    notice is due gives none.
    """
    first = episode.start if episode.planned else episode.noticed + FIRST_NOTICE.get(audience, OTHERS_FIRST)
    end = horizon if episode.end is None else episode.end
    if first >= end:
        return ()
    occasion = Occasion.START if episode.planned else Occasion.DETECTION
    found = [first]
    while (
        len(found) < MOST_REVISIONS
        and (t := _next(found[-1], found[0], changes, episode.window, every)) < end
    ):
        found.append(t)
    due = [
        Due(t, occasion if k == 0 else Occasion.UPDATE, next=_promised(t, found[0], every))
        for k, t in enumerate(found)
    ]
    if episode.end is not None:
        due.append(Due(episode.end, Occasion.RESTORATION))
        as_told = episode.window is not None and episode.end <= episode.window
        if audience not in (Audience.STAFF, Audience.PARTNERS) and not as_told:
            due.append(Due(episode.end + AFTER_FROM, Occasion.AFTER, latest=episode.end + AFTER_UNTIL))
    return tuple(due)


def _promised(t: float, first: float, every: float) -> float:
    slower = next((length for since, length in _SLOWER if t - first >= since), 0.0)
    return t + max(every, slower)


def _next(
    last: float, first: float, changes: Sequence[tuple[float, Hashable]], window: float | None, every: float
) -> float:
    """The next revision: as promised, or sooner where what can be said changes or a planned end passes."""
    regular = _promised(last, first, every)
    said = _said(changes, last)
    sooner = [t for t, what in changes if last < t < regular and what != said]
    if window is not None and last < window < regular:
        sooner.append(window)
    return max(min(sooner), last + QUIET) if sooner else regular


def _said(changes: Sequence[tuple[float, Hashable]], t: float) -> Hashable:
    before = [what for at, what in changes if at <= t]
    return before[-1] if before else None


def before(start: datetime, zone: ZoneInfo) -> tuple[tuple[datetime, Occasion], ...]:
    """When planned work that begins at `start` is told beforehand: ten working days at 09:00, and 24 hours."""
    local = start.astimezone(zone)
    day = _working_days_before(local.date(), WORKING_DAYS)
    first = datetime(day.year, day.month, day.day, 9, tzinfo=zone)
    return (first, Occasion.BEFORE_10_DAYS), (start - timedelta(days=1), Occasion.BEFORE_24_HOURS)


def _working_days_before(day: date, count: int) -> date:
    while count:
        day -= timedelta(days=1)
        count -= day.weekday() < 5  # noqa: PLR2004 - Saturday is the fifth day from Monday
    return day
