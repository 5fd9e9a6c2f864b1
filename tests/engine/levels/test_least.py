"""The search for the least level that is enough, against a plain search over every multiple."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bcp.engine.levels.least import least

SHARES = st.floats(0, 1)


@given(st.lists(st.tuples(SHARES, SHARES), min_size=1, max_size=6), SHARES)
def test_it_is_the_first_multiple_that_is_high_enough(
    points: list[tuple[float, float]], limit: float
) -> None:
    """For any rising function of steps and slopes the next smaller multiple is too low, and few calls are made."""
    calls: list[float] = []

    def of(x: float) -> float:
        calls.append(x)
        return sum(height + x / 10 for at, height in points if x >= at)

    found = least(of, limit)
    count = len(calls)
    assert found == 1.0 or of(found) >= limit
    assert found == 0.0 or of(found - 2**-20) < limit
    assert (found * 2**20).is_integer()
    assert count <= 48


def test_a_straight_line_takes_a_handful_of_calls() -> None:
    """Levels mostly follow a straight line: the first guess is the answer, the second confirms it."""
    calls: list[float] = []

    def of(x: float) -> float:
        calls.append(x)
        return 0.2 + 0.5 * x

    assert round(least(of, 0.4), 4) == 0.4
    assert len(calls) <= 5
