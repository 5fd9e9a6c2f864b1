"""A layered random plan: what fails, on what, and which components that takes down."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bcp.engine.levels.compile import System, compile_arrays
from bcp.engine.levels.requirements import Ints, Mode, RequirementTable

LAYERS = 12
ARITY = 3
FAILED_LEAVES = 5


@dataclass(frozen=True, slots=True)
class Layered:
    """`n` components in 12 layers; each above the first rests on three of the layer below.

    `members` has shape (n, 3), −1 in the first layer. Half the components need all three; the others,
    `redundant` (n,), need the first and one of the other two. `failed` are five leaves.
    """

    n: int
    first: int
    members: npt.NDArray[np.int64]
    redundant: npt.NDArray[np.bool_]
    failed: Ints


def layered(n: int, seed: int) -> Layered:
    """The plan of n components that belongs to a seed."""
    rng = np.random.default_rng(seed)
    bounds = np.linspace(0, n, LAYERS + 1).astype(int)
    members = np.full((n, ARITY), -1, np.int64)
    for layer in range(1, LAYERS):
        low, high, last = bounds[layer - 1], bounds[layer], bounds[layer + 1]
        drawn = rng.integers(low, high, (last - high, ARITY))
        while len(again := np.flatnonzero(np.any(np.diff(np.sort(drawn, axis=1), axis=1) == 0, axis=1))):
            drawn[again] = rng.integers(low, high, (len(again), ARITY))
        members[high:last] = drawn
    redundant = rng.random(n) < 0.5
    failed = rng.choice(bounds[1], FAILED_LEAVES, replace=False)
    return Layered(n, int(bounds[1]), members, redundant, failed)


def compiled(plan: Layered) -> System:
    """The plan as the engine's system, by the engine's own way in for arrays."""
    bearers = np.arange(plan.first, plan.n)
    count = np.where(plan.redundant[bearers], 2, ARITY)
    owner = np.repeat(bearers, count)
    place = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    pool = np.repeat(plan.redundant[bearers], count) & (place == 1)
    arity = np.where(pool, 2, 1)
    members = plan.members[bearers].ravel()
    table = RequirementTable(
        owner=owner,
        mode=np.where(pool, Mode.POOL, Mode.NEEDS).astype(np.int8),
        quorum=np.zeros(len(owner), np.intp),
        start=np.zeros(len(owner), np.bool_),
        first=np.concatenate(([0], np.cumsum(arity))).astype(np.intp),
        member=members.astype(np.intp),
        weight=np.ones(len(members)),
    )
    return compile_arrays([str(i) for i in range(plan.n)], table)


def bytes_moved(plan: Layered) -> int:
    """What one pass must read and write at least: own state in, level out, and three indices and levels a bearer."""
    word = 8
    return plan.n * 2 * word + (plan.n - plan.first) * ARITY * 2 * word
