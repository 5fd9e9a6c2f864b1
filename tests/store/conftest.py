"""A store in a folder of its own, with a clock that goes one minute a look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from bcp.store import PlanStore
from tests.store.make import START


class Clock:
    """Shows one minute more each time somebody looks."""

    def __init__(self) -> None:
        self._minutes = count()

    def __call__(self) -> datetime:
        """The next minute."""
        return START + timedelta(minutes=next(self._minutes))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a store may be made: neither file nor folder is there yet."""
    return tmp_path / "data" / "plans.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[PlanStore]:
    """An empty store in `path`."""
    with PlanStore.open(path, clock=Clock()) as opened:
        yield opened
