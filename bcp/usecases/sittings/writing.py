"""Writing to a log: the one way, with what makes no sense refused and nothing lost where several write at once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bcp.engine.live.allowed import check_allowed
from bcp.model.log_entry import ActionAgreed, Entry, Noted, Parked, StepTaken, Told, What
from bcp.usecases.sittings.reading import live

if TYPE_CHECKING:
    from bcp.store.plans import PlanStore
    from bcp.usecases.sittings.seats import Seat

_STANDS_ALONE = (Noted, Parked, Told, StepTaken, ActionAgreed)
"""What holds whatever others write meanwhile."""

_TRIES = 50


def append(
    store: PlanStore,
    seat: Seat,
    what: What,
    *,
    happened: datetime | None = None,
    expected: int | None = None,
    now: datetime | None = None,
) -> Entry:
    """Write an entry for whoever sits there; it is on the disk when this returns.

    `happened` is when it really was, in an incident. `expected` is the number of the last entry that the writer
    had seen: ConflictError where there are newer ones. Without it what makes sense after the newest entries is
    written. Raises BcpError where it makes no sense, or is not for them to do.
    """
    from bcp.store.revision import ConflictError  # noqa: PLC0415 - SQLAlchemy is slow to import

    tries = 0
    while True:
        found = live(store, seat.sitting)
        moment = now or store.sittings.now()
        check_allowed(
            found.plan, found.sitting, found.entries, what,
            who=seat.name, leads=seat.facilitator, now=moment, happened=happened,
        )  # fmt: skip
        known = None if isinstance(what, _STANDS_ALONE) else found.number
        try:
            return store.sittings.append(
                seat.sitting, what, who=seat.name, role=seat.role, happened=happened, at=now,
                expected=expected if expected is not None else known,
            )  # fmt: skip
        except ConflictError:
            tries += 1
            if expected is not None or tries >= _TRIES:
                raise
