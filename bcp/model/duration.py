"""Durations and rates as people write them: `45m`, `4h`, `1h30m`, `PT2H`, `400/h`."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from bcp.errors import WrongValueError
from bcp.saying import said

MINUTE = 60.0
HOUR = 3600.0
DAY = 86_400.0
WEEK = 7 * DAY
YEAR = 365 * DAY
"""A year is 365 days, as in MTBF figures."""

LONGEST = 1000 * YEAR
"""Anything above this is a slip of the pen, not a duration."""

_UNITS = {"y": YEAR, "w": WEEK, "d": DAY, "h": HOUR, "m": MINUTE, "s": 1.0}
_SHORT = re.compile(r"(?:\d+(?:\.\d+)?\s*[ywdhms]\s*)+")
_PART = re.compile(r"(\d+(?:\.\d+)?)\s*([ywdhms])")
_ISO = re.compile(
    r"P(?=\d|T\d)(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?"
    r"(?:T(?=\d)(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?"
)
_RATE = re.compile(r"(\d+(?:\.\d+)?)\s*/\s*(min|h|d|w)")
_PER_HOUR = {"min": 60.0, "h": 1.0, "d": 1 / 24, "w": 1 / 168}

_HOW = said("Write a length of time such as 30s, 45m, 4h, 1h30m, 2d, 1w, 5y or PT4H.")


def seconds(text: object) -> float:
    """Seconds of a duration written `30s`, `45m`, `4h`, `1h30m`, `2d`, `1w`, `5y` or in ISO 8601.

    A bare 0 is allowed. Months are refused: they have no fixed length. Raises ValueError.
    """
    if isinstance(text, bool) or not isinstance(text, str | int | float):
        raise WrongValueError(said("{text!r} is not a length of time.", text=text), _HOW)
    if not isinstance(text, str):
        if text == 0:
            return 0.0
        raise WrongValueError(said("{text} has no unit.", text=text), _HOW)
    stripped = text.strip()
    if stripped == "0":
        return 0.0
    if _SHORT.fullmatch(stripped):
        parts = _PART.findall(stripped)
        units = [unit for _, unit in parts]
        if units != sorted(set(units), key="ywdhms".index):
            raise WrongValueError(said("{text!r} repeats a unit or has them out of order.", text=text), _HOW)
        total = sum(float(number) * _UNITS[unit] for number, unit in parts)
    elif match := _ISO.fullmatch(stripped):
        total = sum(float(g) * _UNITS[u] for g, u in zip(match.groups(), "ywdhms", strict=True) if g)
    else:
        raise WrongValueError(said("{text!r} is not a length of time.", text=text), _HOW)
    if not math.isfinite(total) or total > LONGEST:
        raise WrongValueError(said("{text!r} is longer than 1000 years.", text=text), _HOW)
    return total


def duration_text(value: float) -> str:
    """The shortest exact text for a number of seconds, which `seconds` reads back to the same number.

    >>> duration_text(5400.0), duration_text(0.0), duration_text(86400.0)
    ('90m', '0s', '1d')
    """
    if value == 0:
        return "0s"
    for unit, size in _UNITS.items():
        count = value / size
        if count.is_integer() and count * size == value:
            return f"{int(count)}{unit}"
    return f"{_digits(value)}s"


def _digits(value: float) -> str:
    """The shortest digits without an exponent that read back to the same number."""
    text = format(Decimal(repr(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def per_hour(text: object) -> float:
    """Contacts per hour of a rate written `400/h`, `10/min`, `5000/d` or `9000/w`. Raises ValueError."""
    match = _RATE.fullmatch(text.strip()) if isinstance(text, str) else None
    if match is None:
        raise WrongValueError(
            said("{text!r} is not a rate.", text=text),
            said("Write contacts per time such as 400/h, 10/min or 5000/d."),
        )
    return float(match[1]) * _PER_HOUR[match[2]]


def rate_text(value: float) -> str:
    """A rate in contacts per hour as `per_hour` reads it back."""
    return f"{_digits(value)}/h"


def _to_seconds(value: Any) -> float:
    return seconds(value)


def _to_rate(value: Any) -> float:
    return per_hour(value)


Duration = Annotated[
    float,
    BeforeValidator(_to_seconds, json_schema_input_type=str),
    PlainSerializer(duration_text, return_type=str),
    WithJsonSchema(
        {"type": ["string", "integer"], "description": _HOW, "examples": ["45m", "4h", "PT4H", 0]}
    ),
]
"""A length of time in seconds, written with its unit."""

Rate = Annotated[
    float,
    BeforeValidator(_to_rate, json_schema_input_type=str),
    PlainSerializer(rate_text, return_type=str),
    WithJsonSchema({"type": "string", "description": "Contacts per time.", "examples": ["400/h", "10/min"]}),
]
"""Contacts per hour, written with its time."""
