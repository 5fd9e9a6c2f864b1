"""A room for sittings: plan A in a store whose clock stands, an exercise on its outage, and an incident."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bcp.store import PlanStore
from bcp.usecases import sittings
from bcp.usecases.sittings import Seat
from bcp.usecases.sittings.seats import Attempts

START = datetime(2026, 3, 3, 6, 0, tzinfo=UTC)


def at(minute: float) -> datetime:
    """The wall clock so many minutes after the opening."""
    return START + timedelta(minutes=minute)


def join(store: PlanStore, lead: Seat, name: str = "Cilla", role: str = "it", **rest: object) -> Seat:
    """Come in with the code of the exercise."""
    code = sittings.live(store, lead.sitting).sitting.code
    given = {"now": at(1), "attempts": Attempts(), **rest}
    return sittings.join(store, code, name, role, **given)  # type: ignore[arg-type] # what a test gives
