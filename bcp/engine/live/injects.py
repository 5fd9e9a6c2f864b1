"""Which injects have been let out, when, and which are still to come: by time or by hand, each once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bcp.engine.live.clock import SittingClock
from bcp.model.log_entry import EVERYBODY, Entry, Held, Released
from bcp.model.sitting import PlannedInject, Sitting, standing
from bcp.model.situation import InjectNow


def injects_now(
    sitting: Sitting, entries: Sequence[Entry], clock: SittingClock, now: datetime
) -> tuple[InjectNow, ...]:
    """Every inject of the sitting and every text of the moment; those let out first, in the order they were.

    One comes by itself at the moment when the clock first shows its second or more, also where the clock jumped
    past it; one held back then comes when it is held no more. By hand it comes when somebody lets it out. The
    first of these counts, so that nothing comes twice.
    """
    counting = standing([e for e in entries if e.at <= now])
    by_hand: dict[str, Entry] = {}
    for entry in counting:
        if isinstance(entry.what, Released) and entry.what.inject:
            by_hand.setdefault(entry.what.inject, entry)
    held = _held(counting)
    found = [
        _planned(inject, by_hand.get(inject.id), held.get(inject.id, ()), clock, now)
        for inject in sitting.injects
    ]
    found += [
        _of_the_moment(entry, entry.what, clock)
        for entry in counting
        if isinstance(entry.what, Released) and not entry.what.inject
    ]
    out = [i for i in found if i.released_at is not None]
    to_come = [i for i in found if i.released_at is None]
    out.sort(key=lambda i: (i.released_at, i.inject.at_s, i.inject.id))
    to_come.sort(key=lambda i: (i.inject.at_s, i.inject.id))
    return (*out, *to_come)


def _held(entries: Sequence[Entry]) -> Mapping[str, Sequence[tuple[datetime, bool]]]:
    found: dict[str, list[tuple[datetime, bool]]] = {}
    for entry in entries:
        if isinstance(entry.what, Held):
            found.setdefault(entry.what.inject, []).append((entry.at, entry.what.held))
    return found


def _planned(
    inject: PlannedInject,
    by_hand: Entry | None,
    held: Sequence[tuple[datetime, bool]],
    clock: SittingClock,
    now: datetime,
) -> InjectNow:
    is_held = held[-1][1] if held else False
    by_time = None if inject.by_hand else _by_time(inject, held, clock, now)
    if by_hand is not None and (by_time is None or by_hand.at <= by_time):
        to = by_hand.what.to if isinstance(by_hand.what, Released) else ""
        told = inject.model_copy(update={"to": to}) if to else inject
        return InjectNow(
            inject=told,
            released_s=clock.at(by_hand.at).t_s,
            released_at=by_hand.at,
            held=False,
            entry=by_hand.number,
        )
    if by_time is None:
        return InjectNow(inject=inject, held=is_held)
    return InjectNow(inject=inject, released_s=max(inject.at_s, clock.at(by_time).t_s), released_at=by_time)


def _by_time(
    inject: PlannedInject, held: Sequence[tuple[datetime, bool]], clock: SittingClock, now: datetime
) -> datetime | None:
    """When it comes by itself, up to now; None: not yet, or it is held back."""
    started, reached = clock.started(now), clock.reached(inject.at_s, now)
    if started is None or reached is None:
        return None
    due = max(started, reached)
    before = [is_held for at, is_held in held if at <= due]
    if not (before and before[-1]):
        return due
    return next((at for at, is_held in held if at > due and not is_held), None)


def _of_the_moment(entry: Entry, what: Released, clock: SittingClock) -> InjectNow:
    t_s = clock.at(entry.at).t_s
    inject = PlannedInject(
        id=f"e{entry.number}", at_s=t_s, to=what.to or EVERYBODY, channel=what.channel, text={"en": what.text}
    )
    return InjectNow(inject=inject, released_s=t_s, released_at=entry.at, entry=entry.number)
