"""Quality at given levels: what passes is mixed from its parts in the amounts in which they deliver."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bcp.engine.levels.compile import compile_plan, own_states
from bcp.engine.levels.quality import passing, qualities
from bcp.engine.levels.steady import steady
from bcp.model.plan import Plan


def quality(
    components: dict[str, list[Any]],
    spoilt: dict[str, float],
    own: dict[str, float] | None = None,
    fallbacks: dict[str, Any] | None = None,
) -> dict[str, float]:
    """The quality of each component for own qualities and own states, while all fallbacks carry load."""
    raw = {
        "organisation": {"name": "Q"},
        "components": {i: {"kind": "system", "name": i, "requires": r} for i, r in components.items()},
        "fallbacks": fallbacks or {},
    }
    system = compile_plan(Plan.model_validate(raw))
    active = range(len(system.bypasses))
    levels = steady(system, own_states(system, own or {}), np.zeros(system.n, np.bool_), active)
    passes = passing(system, levels, active)
    found = qualities(passes, own_states(system, spoilt)).x[passes.delivered]
    return {i: float(found[system.index[i]]) for i in components}


CASES: dict[str, tuple[list[Any], dict[str, float], dict[str, float], float]] = {
    "needed": (["m", "n"], {"m": 0.4, "n": 0.7}, {}, 0.4),
    "soft": ([{"needs": "m", "impact": 0.25}], {"m": 0.4}, {}, 1 - 0.25 * 0.6),
    "soft and half gone": (
        [{"needs": "m", "impact": 0.5}], {"m": 0.4}, {"m": 0.5}, (0.5 + 0.25 * 0.4) / 0.75,
    ),
    "split": ([{"split": {"m": 0.25, "n": 0.75}}], {"m": 0.4}, {}, 1 - 0.25 * 0.6),
    "split, the rest gone": ([{"split": {"m": 0.25, "n": 0.75}}], {"m": 0.4}, {"n": 0}, 0.4),
    "one of two": ([{"any_of": ["m", "n"]}], {"m": 0.4}, {}, 0.7),
    "one of two, the bad one off": ([{"any_of": ["m", "n"]}], {"m": 0.4}, {"m": 0}, 1.0),
    "pool": ([{"pool": {"m": 0.6, "n": 0.3}}], {"m": 0.4}, {}, (0.6 * 0.4 + 0.3) / 0.9),
    "quorum": ([{"quorum": 2, "of": ["m", "n", "o"]}], {"m": 0.4, "n": 0.7}, {}, 0.7),
    "quorum, the good one off": (
        [{"quorum": 2, "of": ["m", "n", "o"]}], {"m": 0.4, "n": 0.7}, {"o": 0}, 0.4,
    ),
    "only to start": ([{"needs": "m", "during": "start"}], {"m": 0.4}, {}, 1.0),
    "nothing passes": (["m"], {"m": 0.4}, {"m": 0}, 1.0),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_requirement_mixes_what_passes(case: str) -> None:
    """By the amounts in which its members deliver; what is gone spoils nothing."""
    requires, spoilt, own, expected = CASES[case]
    found = quality({"a": requires, "m": [], "n": [], "o": []}, spoilt, own)
    assert found["a"] == pytest.approx(expected)


def test_the_same_cause_by_two_paths_counts_once() -> None:
    """The lowest of the requirements, not their product."""
    assert quality({"a": ["b", "c"], "b": ["m"], "c": ["m"], "m": []}, {"m": 0.4})["a"] == pytest.approx(0.4)


def test_fallbacks_carry_first() -> None:
    """Several that could carry more than all of it share it in proportion; the component carries only the rest."""
    components: dict[str, list[Any]] = {"a": ["m"], "m": [], "g": [], "h": []}
    full = {"f": {"protects": "a", "via": "g"}, "e": {"protects": "a", "via": "h", "capacity": 0.25}}
    assert quality(components, {"m": 0.0, "h": 0.5}, {}, full)["a"] == pytest.approx((1 + 0.25 * 0.5) / 1.25)
    part = {"f": {"protects": "a", "via": "g", "capacity": 0.4}}
    assert quality(components, {"m": 0.0}, {}, part)["a"] == pytest.approx(0.4)
    assert quality(components, {"m": 0.5}, {"m": 0.3}, part)["a"] == pytest.approx((0.4 + 0.3 * 0.5) / 0.7)


def test_a_ring_that_is_spoilt_at_one_place() -> None:
    """What goes round is spoilt again at each turn: the greatest solution, not one step."""
    components: dict[str, list[Any]] = {
        "a": [{"split": {"b": 0.9, "m": 0.1}}], "b": ["a"], "m": [],
    }  # fmt: skip
    assert quality(components, {"m": 0.4}) == pytest.approx({"a": 0.4, "b": 0.4, "m": 0.4})
