"""What happens to a line: its level over time, when it is affected and when it is down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bcp.engine.run.metrics import disruptions, shortfall
from bcp.model.run import at

Steps = tuple[tuple[float, float], ...]
Spans = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Course:
    """The level of lines that share their fate, in seconds of scenario time up to the horizon.

    `spans` are the maximal intervals (from, until) with a level below 1, at least one; `down_spans` those
    below the level that counts as down.
    """

    steps: Steps
    spans: Spans
    down_spans: Spans
    horizon_s: float
    lost_hours: float
    """∫ (1 − level) dt in hours."""

    @property
    def from_s(self) -> float:
        """When the line is first affected."""
        return self.spans[0][0]

    @property
    def until_s(self) -> float | None:
        """When it is whole again for good; None where it still is affected at the horizon."""
        last = self.spans[-1][1]
        return None if last >= self.horizon_s else last

    @property
    def lowest(self) -> float:
        """Its lowest level."""
        return min(level for t, level in self.steps if t < self.horizon_s)


def course_of_levels(steps: Steps, horizon: float, down_below: float) -> Course:
    """What a level over time means for a line."""
    return Course(
        steps=steps,
        spans=_before(disruptions(steps, 1.0, horizon), horizon),
        down_spans=_before(disruptions(steps, down_below, horizon), horizon),
        horizon_s=horizon,
        lost_hours=shortfall(steps, horizon) / 3600.0,
    )


def _before(spans: Spans, horizon: float) -> Spans:
    """The intervals as far as they lie before the horizon."""
    return tuple((since, min(until, horizon)) for since, until in spans if since < min(until, horizon))


def lowest_of(functions: Sequence[Steps]) -> Steps:
    """The lowest of several step functions at every time, without steps that change nothing."""
    if len(functions) == 1:
        return functions[0]
    found: list[tuple[float, float]] = []
    for t in sorted({t for steps in functions for t, _ in steps}):
        level = min(at(steps, t) for steps in functions)
        if not found or level != found[-1][1]:
            found.append((t, level))
    return tuple(found)
