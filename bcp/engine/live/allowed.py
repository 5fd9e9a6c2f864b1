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
            _known(fallback, plan.fallbacks, "fallback")
        case StepTaken():
            _check_step(plan, what)
        case Marked(component=component):
            _known(component, plan.components, "component")
        case ActionDone(action=number):
            _check_action(entries, number)
        case Corrected():
            _check_correction(entries, what, who=who, leads=leads)
        case _:
            pass


def _check_time_and_place(sitting: Sitting, entries: Sequence[Entry], what: What, *, leads: bool) -> None:
    if closed_at(entries) is not None and not isinstance(what, _AFTERWARDS):
        raise BcpError(
            "this is closed: nothing more happens in it.",
            "Strike out the entry that closed it to go on, or open a new one.",
        )
    if sitting.is_exercise and not leads and isinstance(what, _LEADERS):
        raise BcpError("this is for the facilitator to do.", "Ask the facilitator.")


def _check_action(entries: Sequence[Entry], number: int) -> None:
    if not any(e.number == number and isinstance(e.what, ActionAgreed) for e in standing(entries)):
        raise NotFoundError(
            f"entry {number} of the log is no action that was agreed.", "Choose one from the list."
        )


def _check_happened(sitting: Sitting, happened: datetime | None, now: datetime) -> None:
    if happened is None:
        return
    if sitting.is_exercise:
        raise BcpError("in an exercise things happen when they are said.", "Leave the time out.")
    if happened > now + _SKEW:
        raise BcpError("this would have happened later than now.", "Give a time that is past.")
    if happened < sitting.begun - LONGEST_BEFORE:
        raise BcpError(
            "this would have happened more than a week before the incident.", "Check the day and the time."
        )


def _check_clock(sitting: Sitting, entries: Sequence[Entry], what: Clock, now: datetime) -> None:
    if not sitting.is_exercise:
        raise BcpError("an incident has the real clock.", "Open an exercise to stop the time.")
    t_s = clock_of(sitting, entries).at(now).t_s
    if what.jump_to is not None and what.jump_to < t_s:
        raise BcpError(
            "the clock cannot go back: what people have lived through stays so.",
            "Jump forward, or open a new exercise with the same scenario.",
        )


def _check_inject(sitting: Sitting, entries: Sequence[Entry], key: str, now: datetime) -> None:
    _known(key, [inject.id for inject in sitting.injects], "inject")
    found = injects_now(sitting, entries, clock_of(sitting, entries), now)
    if any(i.inject.id == key and i.released_at is not None for i in found):
        raise BcpError("this inject has been let out already.", "Write a text of its own to say more.")


def _check_step(plan: Plan, what: StepTaken) -> None:
    _known(what.fallback, plan.fallbacks, "fallback")
    fallback = plan.fallbacks[what.fallback]
    steps = fallback.failback_steps if what.failback else fallback.steps
    if what.step >= len(steps):
        raise NotFoundError(
            f"the fallback {what.fallback} has {len(steps)} steps, and this would be number {what.step + 1}.",
            "Choose one of its steps.",
        )


def _check_correction(entries: Sequence[Entry], what: Corrected, *, who: str, leads: bool) -> None:
    struck = next((e for e in standing(entries) if e.number == what.entry), None)
    if struck is None:
        raise NotFoundError(
            f"the log has no entry {what.entry} that counts.", "It may have been struck out already."
        )
    if isinstance(struck.what, Joined | Clock):
        raise BcpError(
            "who came in and how the clock went cannot be struck out: it was so.",
            "Write a note beside it.",
        )
    if not leads and struck.who != who:
        raise BcpError("this entry is somebody else's.", "Ask them or the facilitator to strike it out.")


def _known(key: str, known: Collection[str], sort: str) -> None:
    if key not in known:
        raise NotFoundError(
            f"there is no {sort} {key!r}.", did_you_mean(key, known, "Choose one of the list.")
        )
