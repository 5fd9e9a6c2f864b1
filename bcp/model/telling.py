"""What the people who write the notices know and want, beside what the run tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bcp.model.duration import HOUR


@dataclass(frozen=True)
class Telling:
    """What the people who write the notices know and want beside the run.

    `begins` is when scenario time 0 is. `every` is the time between updates in seconds. `cause` and
    `expected_end` are what has become known; empty while it is not. `windows` are the planned works, begin and
    planned end in seconds. `with_lines`: the owners of affected lines are told.
    """

    begins: datetime
    every: float = HOUR
    cause: str = ""
    expected_end: datetime | None = None
    contact: str = ""
    exercise: bool = False
    with_lines: bool = False
    windows: tuple[tuple[float, float], ...] = ()
