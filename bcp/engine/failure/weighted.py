"""When a weighted sum of levels is too low: at-least gates where they say it, else member by member."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from math import inf

import numpy as np

from bcp.engine.failure.equations import Equations
from bcp.engine.failure.gates import ALWAYS, NEVER
from bcp.engine.levels.tolerance import ZERO, distinct
from bcp.errors import BcpError

Levels = tuple[float, ...]
"""Levels in rising order, 0 among them; more than can really occur is no harm."""

_MANY = 64
"""From so many sums on NumPy is faster than Python."""

_UP_OR_DOWN = 2
"""So many levels has what is either up or down."""

_DIGITS = 12
"""Rests of sums that are left open count as equal when they agree to so many decimals."""

_MOST_SUMS = 4096
"""Where the rest of a sum can have more values than this, they are left open."""

_MOST_RESTS = 20_000
"""More different rests than this after one member of a sum are refused."""


@dataclass(frozen=True, slots=True)
class Term:
    """A member of a sum: its weight, the levels that it can have, and how its level falls below a threshold.

    The levels are in rising order from 0 on, None where they are left open; `below` gives the node.
    """

    weight: float
    levels: Levels | None
    below: Callable[[float], int]

    def step_below(self, k: int) -> int:
        """The node for its level being below the k-th that it can have; between two of them there is room for rounding."""
        if k == 0 or self.levels is None:
            return NEVER
        return self.below((self.levels[k - 1] + self.levels[k]) / 2)

    @property
    def highest(self) -> float:
        """The most that it can contribute."""
        return self.weight * (1.0 if self.levels is None else self.levels[-1])


def stairs(steps: Sequence[tuple[int, int]], equations: Equations, about: int) -> int:
    """The node for a failure that depends on one level, rising step by step.

    Each step is the node for the level being below that step, and the node for the failure with the
    level just there. With higher levels fewer failures remain, so every step must be missed or fail.
    """
    parts = []
    before: int | None = None
    for missed, fails in steps:
        if fails not in (before, ALWAYS):
            parts.append(equations.any_of([missed, fails], about))
        before = fails
        if fails == NEVER:
            break
    return equations.at_least(len(parts), parts, about)


def total_below(
    terms: Sequence[Term], threshold: float, equations: Equations, about: int, refusal: BcpError
) -> int:
    """The node for Σ weight · level being below a threshold (at most 1), for the component `about`.

    Members are decided on one after the other, the heaviest first; what the others must then still
    reach is rounded up to the next sum that they can have, so that equal rests are decided on once.
    Raises `refusal` where that takes too many, or where more than one member's levels are left open.
    """
    if not terms:
        return NEVER if threshold <= 0 else ALWAYS
    ordered = sorted(terms, key=lambda t: (t.levels is None, -t.highest))
    if sum(t.levels is None for t in ordered) > 1:
        raise refusal
    rests = _rests(tuple((t.weight, t.levels) for t in ordered))
    first = _canonical(rests[0], threshold)
    demands = [{first}]
    for place, term in enumerate(ordered[:-1]):
        beyond = {
            _canonical(rests[place + 1], rest - term.weight * v)
            for rest in demands[-1]
            if 0 < rest < inf and _enough(ordered[place:], rest) is None
            for v in term.levels or ()
        }
        if len(beyond) > _MOST_RESTS:
            raise refusal
        demands.append(beyond)
    nodes: dict[float, int] = {}
    for place in range(len(demands) - 1, -1, -1):
        decide = _Decision(ordered[place:], rests[place + 1], nodes, equations, about)
        nodes = {rest: decide.below(rest) for rest in sorted(demands[place])}
    return nodes[first]


@dataclass(frozen=True, slots=True)
class _Decision:
    """How a sum's last `terms` fall short of a rest, given the nodes for the rests after the first of them."""

    terms: Sequence[Term]
    after: _Sums
    nodes: Mapping[float, int]
    equations: Equations
    about: int

    def below(self, rest: float) -> int:
        """The node for the terms together being below the rest."""
        if rest <= 0:
            return NEVER
        if rest == inf:
            return ALWAYS
        term = self.terms[0]
        if len(self.terms) == 1:
            return term.below(rest / term.weight)
        enough = _enough(self.terms, rest)
        if enough is not None:
            failed = [t.step_below(1) for t in self.terms]
            return self.equations.at_least(len(failed) - enough + 1, failed, self.about)
        steps = [
            (term.step_below(k), self.nodes[_canonical(self.after, rest - term.weight * v)])
            for k, v in enumerate(term.levels or ())
        ]
        return stairs(steps, self.equations, self.about)


@dataclass(frozen=True, slots=True)
class _Sums:
    """The most that some terms can come to, and the sums that they can have; None where those are too many."""

    most: float
    values: Levels | None


@lru_cache(maxsize=4096)
def _rests(terms: tuple[tuple[float, Levels | None], ...]) -> list[_Sums]:
    """The sums of terms, each a weight and levels, from each place on, and of none of them."""
    found = [_Sums(0.0, (0.0,))]
    for weight, levels in reversed(terms):
        after, values = found[-1], None
        if after.values is not None and levels is not None:
            values = sums(after.values, weight, levels)
            if len(values) > _MOST_SUMS:
                values = None
        found.append(_Sums(after.most + weight * (1.0 if levels is None else levels[-1]), values))
    return found[::-1]


def sums(values: Levels, weight: float, levels: Levels) -> Levels:
    """What each of `values` plus `weight` times each of `levels` comes to, at most 1: in rising order."""
    if len(values) * len(levels) < _MANY:
        return distinct({min(1.0, v + weight * x) for v in values for x in levels})
    every = np.unique(np.minimum(np.add.outer(np.array(values), weight * np.array(levels)), 1.0))
    return tuple(every[np.diff(every, prepend=-1.0) > ZERO].tolist())


def _canonical(sums: _Sums, rest: float) -> float:
    """One number for all rests that the same of these sums reach: 0 where all do, infinity where none does."""
    if rest <= 0:
        return 0.0
    if rest > sums.most:
        return inf
    if sums.values is None:
        return round(rest, _DIGITS)
    k = bisect_left(sums.values, rest)
    return inf if k == len(sums.values) else (sums.values[k - 1] + sums.values[k]) / 2


def _enough(terms: Sequence[Term], rest: float) -> int | None:
    """How many terms it takes to reach the rest, whichever they are; None where it matters which ones, or how much of them.

    The terms are in falling order of what they can contribute.
    """
    if any(t.levels is None or len(t.levels) != _UP_OR_DOWN for t in terms):
        return None
    amounts = [t.highest for t in terms]
    at_least = bisect_left(list(accumulate(reversed(amounts))), rest) + 1
    at_most = bisect_left(list(accumulate(amounts)), rest) + 1
    return at_least if at_least == at_most and at_least <= len(terms) else None
