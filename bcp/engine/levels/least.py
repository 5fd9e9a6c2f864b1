"""The least argument at which a rising function is high enough, found with few calls."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

_FINEST = 2**20
"""Arguments are multiples of 2⁻²⁰: finer than any share that people plan with."""


def least(of: Callable[[float], float], limit: float) -> float:
    """The least x in 0…1 with `of(x) >= limit`, rounded up to a multiple of 2⁻²⁰; 1 where there is none.

    `of` must not fall. Where it is a straight line between two known points, as levels mostly are, the
    next guess is where that line meets the limit; every second guess halves what is left, so that no
    shape takes more than forty-odd calls.
    """
    low, high = 0, _FINEST
    below = of(0.0)
    if below >= limit:
        return 0.0
    above = of(1.0)
    halve = False
    while high - low > 1:
        line = (limit - below) / (above - below) if above > below else 0.5
        guess = (low + high) // 2 if halve else low + ceil(line * (high - low))
        guess = min(max(guess, low + 1), high - 1)
        value = of(guess / _FINEST)
        width = high - low
        if value >= limit:
            high, above = guess, value
        else:
            low, below = guess, value
        halve = 2 * (high - low) > width and high - low > 1 and not halve
    return high / _FINEST
