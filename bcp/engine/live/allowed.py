"""What may be added to a log, by whom: an entry that makes no sense is refused, with what to do instead."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from bcp.engine.live.clock import clock_of
from bcp.engine.live.injects import injects_now
from bcp.errors import BcpError, NotFoundError
from bcp.model.log_entry import (
    ActionAgreed,
    ActionDone,
    Clock,
    Closed,
    Corrected,
    Decided,
    Entry,
    Held,
    Joined,
    Marked,
    Noted,
    Released,
    StepTaken,
    What,
)
from bcp.model.plan import Plan
from bcp.model.sitting import Sitting, closed_at, standing
from bcp.model.spelling import did_you_mean
from bcp.saying import said

LONGEST_BEFORE = timedelta(days=7)
"""How long before an incident's beginning something may have happened; anything earlier is a slip of the pen."""

_LEADERS = (Clock, Released, Held, Marked, Closed)
"""What in an exercise only the facilitator says."""

_AFTERWARDS = (ActionAgreed, ActionDone, Noted, Corrected)
"""What may be said when all is over."""

_SKEW = timedelta(minutes=2)


def check_allowed(
    plan: Plan,
    sitting: Sitting,
    entries: Sequence[Entry],
    what: What,
    *,
    who: str,
    leads: bool,
    now: datetime,
    happened: datetime | None = None,
) -> None:
    """Raise BcpError where `what` makes no sense after these entries, or is not for `who` to say.

    `leads`: who is the facilitator, or is in an incident, where everybody may do everything.
    """
    _check_time_and_place(sitting, entries, what, leads=leads)
    _check_happened(sitting, happened, now)
    match what:
        case Clock():
            _check_clock(sitting, entries, what, now)
        case Released(inject=inject) | Held(inject=inject) if inject:
            _check_inject(sitting, entries, inject, now)
        case Decided(fallback=fallback):
            _known(fallback, plan.fallbacks, said("fallback"))
        case StepTaken():
            _check_step(plan, what)
        case Marked(component=component):
            _known(component, plan.components, said("component"))
        case ActionDone(action=number):
            _check_action(entries, number)
        case Corrected():
            _check_correction(entries, what, who=who, leads=leads)
        case _:
            pass


def _check_time_and_place(sitting: Sitting, entries: Sequence[Entry], what: What, *, leads: bool) -> None:
    if closed_at(entries) is not None and not isinstance(what, _AFTERWARDS):
        raise BcpError(
            said("this is closed: nothing more happens in it."),
            said("Strike out the entry that closed it to go on, or open a new one."),
        )
    if sitting.is_exercise and not leads and isinstance(what, _LEADERS):
        raise BcpError(said("this is for the facilitator to do."), said("Ask the facilitator."))


def _check_action(entries: Sequence[Entry], number: int) -> None:
    if not any(e.number == number and isinstance(e.what, ActionAgreed) for e in standing(entries)):
        raise NotFoundError(
            said("entry {number} of the log is no action that was agreed.", number=number),
            said("Choose one from the list."),
        )


def _check_happened(sitting: Sitting, happened: datetime | None, now: datetime) -> None:
    if happened is None:
        return
    if sitting.is_exercise:
        raise BcpError(said("in an exercise things happen when they are said."), said("Leave the time out."))
    if happened > now + _SKEW:
        raise BcpError(said("this would have happened later than now."), said("Give a time that is past."))
    if happened < sitting.begun - LONGEST_BEFORE:
        raise BcpError(
            said("this would have happened more than a week before the incident."),
            said("Check the day and the time."),
        )


def _check_clock(sitting: Sitting, entries: Sequence[Entry], what: Clock, now: datetime) -> None:
    if not sitting.is_exercise:
        raise BcpError(said("an incident has the real clock."), said("Open an exercise to stop the time."))
    t_s = clock_of(sitting, entries).at(now).t_s
    if what.jump_to is not None and what.jump_to < t_s:
        raise BcpError(
            said("the clock cannot go back: what people have lived through stays so."),
            said("Jump forward, or open a new exercise with the same scenario."),
        )


def _check_inject(sitting: Sitting, entries: Sequence[Entry], key: str, now: datetime) -> None:
    _known(key, [inject.id for inject in sitting.injects], said("inject"))
    found = injects_now(sitting, entries, clock_of(sitting, entries), now)
    if any(i.inject.id == key and i.released_at is not None for i in found):
        raise BcpError(
            said("this inject has been let out already."), said("Write a text of its own to say more.")
        )


def _check_step(plan: Plan, what: StepTaken) -> None:
    _known(what.fallback, plan.fallbacks, said("fallback"))
    fallback = plan.fallbacks[what.fallback]
    steps = fallback.failback_steps if what.failback else fallback.steps
    if what.step >= len(steps):
        raise NotFoundError(
            said(
                "the fallback {fallback} has {n} steps, and this would be number {number}.",
                fallback=what.fallback,
                n=len(steps),
                number=what.step + 1,
            ),
            said("Choose one of its steps."),
        )


def _check_correction(entries: Sequence[Entry], what: Corrected, *, who: str, leads: bool) -> None:
    struck = next((e for e in standing(entries) if e.number == what.entry), None)
    if struck is None:
        raise NotFoundError(
            said("the log has no entry {entry} that counts.", entry=what.entry),
            said("It may have been struck out already."),
        )
    if isinstance(struck.what, Joined | Clock):
        raise BcpError(
            said("who came in and how the clock went cannot be struck out: it was so."),
            said("Write a note beside it."),
        )
    if not leads and struck.who != who:
        raise BcpError(
            said("this entry is somebody else's."), said("Ask them or the facilitator to strike it out.")
        )


def _known(key: str, known: Collection[str], sort: str) -> None:
    if key not in known:
        raise NotFoundError(
            said("there is no {sort} {key!r}.", sort=sort, key=key),
            did_you_mean(key, known, said("Choose one of the list.")),
        )
