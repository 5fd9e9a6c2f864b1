"""How close two figures must be to count as the same.

Levels are sums of shares, so 0.6 + 0.3 is not quite 0.9: noise of the arithmetic must break no limit.
"""

from __future__ import annotations

from collections.abc import Iterable

LEVEL = 1e-9
"""A level is below a limit only when it is this much below it."""

ZERO = 1e-12
"""A level not above this delivers nothing; levels that differ by less are the same."""

SECONDS = 1e-6
"""Something is due at an instant when it is due at most this much later."""


def distinct(values: Iterable[float]) -> tuple[float, ...]:
    """These levels in rising order, the lowest of those that differ by rounding only."""
    found: list[float] = []
    for value in sorted(set(values)):
        if not found or value - found[-1] > ZERO:
            found.append(value)
    return tuple(found)
