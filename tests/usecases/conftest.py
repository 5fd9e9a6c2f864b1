"""What tests of exercises and incidents sit in: a store with plan A, and who leads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bcp.model.sitting import SittingSettings
from bcp.store import PlanStore
from bcp.usecases import sittings
from bcp.usecases.sittings import Seat
from tests.engine.live.sitting import OUTAGE, PLAN
from tests.usecases.room import START


@pytest.fixture
def store(tmp_path: Path) -> Iterator[PlanStore]:
    """A store with plan A, whose clock stands."""
    with PlanStore.open(tmp_path / "plans.sqlite", clock=lambda: START) as opened:
        opened.save("A", PLAN, author="")
        yield opened


@pytest.fixture
def lead(store: PlanStore) -> Seat:
    """The facilitator of an exercise on the outage."""
    return sittings.open_exercise(
        store, "A", OUTAGE, by="Åsa", settings=SittingSettings(roles=("it", "management")), now=START
    )[1]


@pytest.fixture
def duty(store: PlanStore) -> Seat:
    """Whoever opened an incident."""
    return sittings.open_incident(store, "A", by="Bo", title="Telia nere", now=START)[1]
