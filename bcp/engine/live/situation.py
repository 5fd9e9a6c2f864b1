"""The situation of a sitting at a moment: one value, from the log, the runs that it drives, and the time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bcp.engine.levels.tolerance import SECONDS, ZERO
from bcp.engine.live.ahead import activities_now, ahead, over
from bcp.engine.live.fallbacks import fallbacks_now
from bcp.engine.live.injects import injects_now
from bcp.engine.live.unfolding import Told, Unfolding
from bcp.model.log_entry import ActionAgreed, ActionDone, Entry, Joined, Parked
from bcp.model.log_entry import Told as ToldSomebody
from bcp.model.run import FallbackState, at
from bcp.model.sitting import FACILITATOR
from bcp.model.situation import (
    AgreedAction,
    Ahead,
    AheadKind,
    FallbackNow,
    InjectNow,
    MarkNow,
    Participant,
    Situation,
)


@dataclass(frozen=True, slots=True)
class Unfoldings:
    """How a sitting unfolds as things stand, and with all that its scenario has in store."""

    known: Unfolding
    whole: Unfolding


def situation(told: Told, unfoldings: Unfoldings, now: datetime) -> Situation:
    """Everything that the facilitator of an exercise, or anybody in an incident, sees at a moment."""
    reading = told.clock.at(now)
    t_s, run = reading.t_s, unfoldings.known.run
    levels = {i: at(steps, t_s) for i, steps in run.levels.items()}
    injects = injects_now(told.sitting, told.about_injects, told.clock, now)
    base = told.sitting.scenario
    end = unfoldings.whole.scenario.horizon_s if base is None else base.horizon_s
    exercise = told.sitting.is_exercise
    return Situation(
        number=told.entries[-1].number if told.entries else 0,
        zero=None if exercise else told.clock.zero,
        clock=reading,
        closed=told.clock.closed,
        levels=levels,
        down=tuple(i for i, level in levels.items() if level <= ZERO),
        degraded=tuple(i for i, level in levels.items() if ZERO < level < 1.0 - ZERO),
        activities=activities_now(told.plan, run, t_s),
        fallbacks=fallbacks_now(told.plan, unfoldings.known, told.decisions, told.counting, t_s),
        ahead=ahead(told.plan, run, t_s),
        coming=_coming(told, unfoldings.whole, t_s, end) if base is not None else (),
        injects=tuple(i for i in injects if i.released_at is not None),
        injects_to_come=tuple(i for i in injects if i.released_at is None),
        decisions=tuple(d for d in told.decisions if d.t_s <= t_s + SECONDS),
        marks=_marks(told, t_s),
        actions=_actions(told.counting),
        parked=tuple(e for e in told.counting if isinstance(e.what, Parked)),
        told=tuple(e for e in told.counting if isinstance(e.what, ToldSomebody)),
        participants=_participants(told.counting),
        over=exercise and t_s >= end - SECONDS,
    )


def _coming(told: Told, whole: Unfolding, t_s: float, end: float) -> tuple[Ahead, ...]:
    """What the scenario has in store up to its horizon, and that horizon."""
    if t_s >= end - SECONDS:
        return ()
    return (*(a for a in ahead(told.plan, whole.run, t_s) if a.at_s <= end), over(end))


def as_seen_by(whole: Situation, role: str) -> Situation:
    """What a participant of an exercise with this role sees of it.

    Only injects for that role, nothing that is to come, no answer key, and nothing that nobody has noticed yet.
    """
    return whole.model_copy(
        update={
            "coming": (),
            "injects_to_come": (),
            "injects": tuple(_without_answer(i) for i in whole.injects if i.inject.meant_for(role)),
            "ahead": tuple(a for a in whole.ahead if a.kind != AheadKind.NOTICED),
            "fallbacks": tuple(_as_noticed(f) for f in whole.fallbacks),
        }
    )


def _without_answer(inject: InjectNow) -> InjectNow:
    told = inject.inject.model_copy(update={"expected": {}, "fallbacks": ()})
    return inject.model_copy(update={"inject": told})


def _as_noticed(fallback: FallbackNow) -> FallbackNow:
    unseen = fallback.state == FallbackState.DETECTING
    return fallback.model_copy(update={"state": FallbackState.IDLE}) if unseen else fallback


def _marks(told: Told, t_s: float) -> tuple[MarkNow, ...]:
    """The last mark of every component, the newest first."""
    found = []
    for marks in told.marks.values():
        last = next((m for m in reversed(marks) if m.t_s <= t_s + SECONDS), None)
        if last is not None:
            found.append(
                MarkNow(
                    entry=last.entry,
                    component=last.component,
                    level=last.level,
                    frozen=last.frozen,
                    since_s=last.t_s,
                    source=last.source,
                )
            )
    return tuple(sorted(found, key=lambda m: -m.entry))


def _actions(entries: Sequence[Entry]) -> tuple[AgreedAction, ...]:
    done = {e.what.action: e.what.done for e in entries if isinstance(e.what, ActionDone)}
    return tuple(
        AgreedAction(
            entry=e.number,
            text=e.what.text,
            owner=e.what.owner,
            due=e.what.due,
            done=done.get(e.number, False),
        )
        for e in entries
        if isinstance(e.what, ActionAgreed)
    )


def _participants(entries: Sequence[Entry]) -> tuple[Participant, ...]:
    """Everybody who came in beside the facilitator, in that order, each with the last role that they took."""
    found: dict[str, Participant] = {}
    for entry in entries:
        if isinstance(entry.what, Joined) and entry.role != FACILITATOR:
            name = entry.who.casefold()
            since = found[name].since if name in found else entry.at
            found[name] = Participant(name=entry.who, role=entry.role, since=since)
    return tuple(found.values())
