"""The open plan on the user's desk: every edit goes through here and is saved at once."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import streamlit as st

from bcp import usecases
from bcp.errors import BcpError, NotFoundError
from bcp.model.plan import Plan
from bcp.saying import together
from bcp.store import Stored
from bcp.ui import cached, guard
from bcp.ui.parts.changes import changes
from bcp.ui.state import Session

AUTHOR = "bcp ui"
"""Who saved, where nobody has logged in."""

_NOTE = 280
_STARTED = datetime.now(UTC)
"""When the app began to open plans: the server loads this with its first page."""


def current(session: Session) -> Stored | None:
    """The open plan at its newest revision; None where none is open or it is gone."""
    if session.to_open:
        reference, session.to_open = session.to_open, ""
        with guard.problems(session.words):
            _turn_to(session, reference)
    if not session.plan:
        return None
    try:
        return newest(session.plan)
    except NotFoundError as error:
        session.plan = ""
        guard.show(error.problems, session.words)
        return None


def _turn_to(session: Session, reference: str) -> None:
    """Open what the app was started for, or the plan that was worked on last since then.

    The address without anything behind it is opened at the start of the app, and again by whoever comes back to it:
    who has made a plan of their own meanwhile wants that one, not the demonstration once more.
    """
    worked_on = next((s.name for s in cached.store().plans() if s.saved_at > _STARTED), "")
    session.plan = opened(reference)
    if worked_on and worked_on != session.plan:
        session.open(worked_on)


def newest(name: str) -> Stored:
    """The plan of this name at its newest revision. Raises NotFoundError."""
    return cached.stored(name, cached.store().revisions(name)[0].number)


def opened(reference: str) -> str:
    """Put a plan into the store, where it is not there yet, and give its name there.

    An example or file that was opened before is continued where it was left; a file whose content is
    new becomes the plan's newest revision, so that nothing of either is lost. Raises BcpError.
    """
    found = usecases.open_plan(reference, store=cached.store())
    if reference.startswith("db:"):
        return found.name
    return kept(found.name, found.plan, example=reference.startswith("example:"))


def kept(name: str, plan: Plan, *, example: bool = False) -> str:
    """Save a plan under a name unless the store has had this content under it before; the name."""
    store = cached.store()
    known = any(summary.name == name for summary in store.plans())
    if known and (example or any(r.content_hash == plan.content_hash for r in store.revisions(name))):
        return name
    store.save(name, plan, author=AUTHOR)
    return name


def taken_in(wanted: str, plan: Plan) -> str:
    """Save an uploaded plan under a name of its own, unless the one of that name has had this content; the name."""
    store = cached.store()
    known = any(summary.name == wanted for summary in store.plans())
    if known and any(r.content_hash == plan.content_hash for r in store.revisions(wanted)):
        return wanted
    name = free_name(wanted)
    store.save(name, plan, author=AUTHOR)
    return name


def free_name(wanted: str) -> str:
    """The wanted name, with a number behind it where the store has such a plan."""
    taken = {summary.name for summary in cached.store().plans()}
    number, name = 1, wanted
    while name in taken:
        number += 1
        name = f"{wanted} {number}"
    return name


def save(session: Session, before: Stored, after: Plan) -> bool:
    """Save an edit made on `before`; what it changed is told on the next run. False where it was refused."""
    told = changes(before.plan, after, session.words)
    with guard.problems(session.words):
        saved = cached.store().save(
            before.name, after, author=AUTHOR, note=_note(told), expected=before.revision.number
        )
        session.told, session.own_revision = told, saved.number
        return True
    return False


def _note(told: Sequence[str]) -> str:
    return " ".join("; ".join(told).split())[:_NOTE]


def edit(session: Session, before: Stored, change: Callable[[Plan], Plan]) -> bool:
    """Apply an edit to the open plan and save it. False where it was refused, and why is shown."""
    with guard.problems(session.words):
        return save(session, before, change(before.plan))
    return False


def act(session: Session, change: Callable[[Plan], Plan]) -> bool:
    """Apply an edit to the open plan as it is now; for what is called before the page is drawn, such as buttons.

    False where it was refused; the page then says why.
    """
    with session.editing:
        return _acted(session, change)


def _acted(session: Session, change: Callable[[Plan], Plan]) -> bool:
    before = current(session)
    if before is None:
        return False
    try:
        after = change(before.plan)
        told = changes(before.plan, after, session.words)
        if told:
            saved = cached.store().save(
                before.name, after, author=AUTHOR, note=_note(told), expected=before.revision.number
            )
            session.own_revision = saved.number
    except BcpError as error:
        session.refused = session.words.say(
            together(part for p in error.problems for part in (p.message, p.fix))
        )
        return False
    session.told = told
    return True


def step(session: Session, which: str) -> None:
    """Undo or redo the last edit of the open plan; for buttons."""
    with session.editing:
        _stepped(session, which)


def _stepped(session: Session, which: str) -> None:
    before = current(session)
    if before is None:
        return
    store = cached.store()
    try:
        made = (store.undo if which == "undo" else store.redo)(before.name, AUTHOR, before.revision.number)
    except BcpError as error:
        session.refused = session.words.say(str(error))
        return
    session.own_revision = made.number
    session.told = changes(before.plan, newest(before.name).plan, session.words)


def local(moment: datetime, zone: str = "") -> datetime:
    """A stored moment in the browser's timezone; where that does not say, in `zone`, else the server's."""
    return _in_zone(_in_zone(moment.astimezone(), zone), st.context.timezone or "")


def of_plan(moment: datetime, plan: str) -> datetime:
    """A stored moment of an incident in the timezone of its plan's organisation; as `local` where the plan is gone."""
    try:
        return _in_zone(moment, newest(plan).plan.organisation.timezone)
    except NotFoundError:
        return local(moment)


def _in_zone(moment: datetime, zone: str) -> datetime:
    """The moment in a zone; as it is where there is no such zone."""
    try:
        return moment.astimezone(zoneinfo.ZoneInfo(zone)) if zone else moment
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return moment
