"""Levels when one component alone is gone and all else is whole, for as many components as a few seconds allow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from bcp.engine.levels.compile import System
from bcp.engine.levels.requirements import Floats
from bcp.engine.levels.steady import steady

_LEVELS = 200_000_000
"""How many levels are computed at most: a few seconds."""


def losses(system: System, components: Iterable[str]) -> Iterator[tuple[str, Floats]]:
    """Each component, by id, with the delivered levels (n,) in steady state without it and without fallbacks.

    In very large plans the last of them are left out.
    """
    for component in sorted(components)[: max(1, _LEVELS // max(1, system.n))]:
        own = np.ones(system.n)
        own[system.index[component]] = 0.0
        yield component, steady(system, own).x
