"""Where two runs differ: levels and states as step functions, figures within rounding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

EXACT = 1e-9
"""Levels and figures closer than this are the same (relative to the figure where it is above 1)."""

MOMENT = 1e-6
"""Seconds: a step shorter than this is rounding, and so is a difference of two times."""

FIGURES = ("downtime_s", "longest_s", "min_level", "first_below_s", "lost_contacts", "rto_met", "mtpd_met")


def differences(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """Each thing in which two runs (as JSON data) differ, in words; empty where they agree."""
    found: list[str] = []
    if abs(one["horizon_s"] - other["horizon_s"]) > MOMENT:
        found.append(f"horizon: {one['horizon_s']} and {other['horizon_s']}")
    for part in ("fallbacks", "levels", "quality"):
        found += _step_differences(part, one.get(part, {}), other.get(part, {}))
    for i in sorted({*one["activities"], *other["activities"]}):
        found += _figure_differences(f"activity {i}", one["activities"][i], other["activities"][i])
    if {f: sorted(by) for f, by in one["blocked"].items()} != {
        f: sorted(by) for f, by in other["blocked"].items()
    }:
        found.append(f"blocked: {one['blocked']} and {other['blocked']}")
    for i in sorted({*one.get("affected", {}), *other.get("affected", {})} if "affected" in other else ()):
        found += _figure_differences(f"affected {i}", one["affected"][i], other["affected"][i])
    return found


def _step_differences(part: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    if set(one) != set(other):
        return [f"{part}: of {sorted(one)} and of {sorted(other)}"]
    return [
        f"{part} {i}: {lasting(one[i])} and {lasting(other[i])}"
        for i in one
        if not same_steps(lasting(one[i]), lasting(other[i]))
    ]


def lasting(steps: Sequence[Sequence[Any]]) -> list[tuple[float, Any]]:
    """The steps that last longer than rounding, each other than the one before it."""
    kept: list[tuple[float, Any]] = []
    for (t, value), (after, _) in pairwise([*steps, (float("inf"), None)]):
        if after - t > MOMENT and not (kept and same_value(kept[-1][1], value)):
            kept.append((t, value))
    return kept


def same_steps(one: Sequence[tuple[float, Any]], other: Sequence[tuple[float, Any]]) -> bool:
    """True where two step functions have the same steps."""
    return len(one) == len(other) and all(
        abs(t - u) <= MOMENT and same_value(a, b) for (t, a), (u, b) in zip(one, other, strict=True)
    )


def same_value(one: Any, other: Any) -> bool:
    """True where two figures are the same within rounding, or two other values are equal."""
    numbers = [v for v in (one, other) if isinstance(v, int | float) and not isinstance(v, bool)]
    if len(numbers) == 2:
        return bool(abs(one - other) <= EXACT * max(1.0, abs(one)))
    return bool(one == other)


def _figure_differences(where: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    found: list[str] = []
    if ("quality" in one) != ("quality" in other):
        found.append(f"{where} quality: {one.get('quality')} and {other.get('quality')}")
    for name in sorted(set(one) & set(other)):
        a, b = one[name], other[name]
        if isinstance(a, Mapping):
            found += _figure_differences(f"{where} {name}", a, b)
        elif not same_value(a, b) and name != "disruptions":
            found.append(f"{where} {name}: {a} and {b}")
    return found
