"""Which lines a run hits: counted by area over time. What `bcp lines --json` prints."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
from pydantic import Field

from bcp.model.columns import Rows
from bcp.model.duration import MINUTE
from bcp.model.value import Value


class AreaCount(Value):
    """The affected lines of one area and all areas below it. Seconds count from scenario time 0."""

    area: str = Field(description="A path such as SE/S/1784; empty: all areas together.")
    lines: int = Field(description="Lines whose level is below 1 at some time.")
    down: int = Field(description="Those of them that are down at some time.")
    customers: int = Field(
        description="Their distinct customers; a line without one counts as a customer of its own."
    )
    peak: int = Field(description="The most lines affected at once.")
    peak_s: float = Field(description="When that many were affected first.")
    customer_hours: float = Field(description="Sum over the lines of ∫ (1 − level) dt in hours.")
    steps: tuple[tuple[float, int, int], ...] = Field(
        description="From this time on: so many lines affected, so many of them down."
    )

    def minutes(self, horizon_s: float) -> Rows:
        """For each minute of the run, the most lines affected at once in it: shape (minutes,)."""
        counts = np.zeros(max(math.ceil(horizon_s / MINUTE), 1), np.int64)
        ends = [*(t for t, _, _ in self.steps[1:]), horizon_s]
        for (start, hit, _), end in zip(self.steps, ends, strict=True):
            part = counts[int(start // MINUTE) : math.ceil(end / MINUTE)]
            np.maximum(part, hit, out=part)
        return counts


class FirstTold(Value):
    """One of the lines whose owners are told first."""

    line: str
    area: str
    priority: str
    customer: str
    from_s: float
    until_s: float | None = Field(description="None: still affected at the horizon.")
    lowest_level: float
    channels: tuple[str, ...] = Field(description="Channels with an address and consent.")


class LinesHit(Value):
    """What a scenario does to the lines of a list, as figures."""

    format: Literal["bcp-lines/1"] = "bcp-lines/1"
    plan: str
    scenario: str
    area: str
    horizon_s: float
    down_below: float
    lines_in_all: int
    total: AreaCount
    areas: tuple[AreaCount, ...] = Field(description="Every affected area and every one above it, by path.")
    priorities: Mapping[str, int] = Field(description="Affected lines by priority, who comes first first.")
    told_first: tuple[FirstTold, ...]
    file: str | None = Field(default=None, description="Where the affected lines were written, if anywhere.")

    def json_data(self) -> dict[str, Any]:
        """Plain data of the published form `bcp-lines/1`."""
        data: dict[str, Any] = self.model_dump(mode="json")
        return data
