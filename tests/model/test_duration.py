from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp.model.duration import (
    DAY,
    HOUR,
    LONGEST,
    MINUTE,
    WEEK,
    YEAR,
    duration_text,
    per_hour,
    rate_text,
    seconds,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30s", 30), ("45m", 45 * MINUTE), ("4h", 4 * HOUR), ("1h30m", 90 * MINUTE), ("2d", 2 * DAY), ("1w", WEEK),
        ("5y", 5 * YEAR), ("1.5h", 90 * MINUTE), ("PT4H", 4 * HOUR), ("P1DT12H", 1.5 * DAY), ("P2W", 2 * WEEK),
        (" 4 h ", 4 * HOUR), ("0", 0), (0, 0), ("0s", 0), ("1000y", LONGEST),
    ],
)  # fmt: skip
def test_lengths_of_time_are_read(text: object, expected: float) -> None:
    """People's short forms and ISO 8601 give seconds; a year is 365 days."""
    assert seconds(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "4",
        4,
        4.0,
        True,
        None,
        "h",
        "4 hours",
        "30m1h",
        "1h2h",
        "-4h",
        "P1M",
        "PT",
        "P",
        "1001y",
        "1e3s",
        [],
        "4H",
    ],
)
def test_what_is_no_length_of_time_is_refused_with_the_way_to_write_it(text: object) -> None:
    """Months, bare numbers, repeated units and slips of the pen are refused."""
    with pytest.raises(ValueError, match="Write a length of time such as"):
        seconds(text)


@given(st.floats(0, LONGEST) | st.integers(0, int(LONGEST)).map(float))
def test_a_length_of_time_written_is_read_back_exactly(value: float) -> None:
    """Any number of seconds survives being written, however small or odd."""
    assert seconds(duration_text(value)) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0s"),
        (90, "90s"),
        (5400, "90m"),
        (86400, "1d"),
        (YEAR, "1y"),
        (0.1, "0.1s"),
        (1e-9, "0.000000001s"),
    ],
)
def test_lengths_of_time_are_written_in_their_largest_whole_unit(value: float, text: str) -> None:
    """What is written is short."""
    assert duration_text(value) == text


@pytest.mark.parametrize(
    ("text", "expected"), [("400/h", 400), ("10/min", 600), ("2400/d", 100), ("168 / w", 1), ("0.5/h", 0.5)]
)
def test_rates_are_read_per_hour(text: str, expected: float) -> None:
    """Contacts per minute, hour, day and week give contacts per hour."""
    assert per_hour(text) == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize("text", ["400", 400, "", "4/s", "-4/h", None, "/h", "4/h/h"])
def test_what_is_no_rate_is_refused(text: object) -> None:
    """A number without its time is no rate."""
    with pytest.raises(ValueError, match="is not a rate"):
        per_hour(text)


@given(st.floats(0, 1e12))
def test_a_rate_written_is_read_back_exactly(value: float) -> None:
    """Any rate survives being written."""
    assert per_hour(rate_text(value)) == value
