"""Random monotone failure logics, and all there is to know about one from its whole truth table."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st

from bcp.engine.failure.logic import Logic

TOP = "top"

Counts = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


def logic_of(variables: int, gates: list[tuple[int, list[int]]], top: int | None = None) -> Logic:
    """A logic from its gates, each (least, arguments); the last node is the top unless said otherwise."""
    first = np.cumsum([0, *(len(arguments) for _, arguments in gates)])
    return Logic(
        # names in another order than numbers, so that neither order can pass for the other
        tuple(f"v{(7 * v + 3) % (41 if variables <= 41 else 100_003)}" for v in range(variables)),
        np.array([least for least, _ in gates], np.intp),
        first.astype(np.intp),
        np.array([a for _, arguments in gates for a in arguments], np.intp),
        {TOP: variables + len(gates) - 1 if top is None else top},
    )


def random_logic(seed: int, most_variables: int, most_gates: int) -> Logic:
    """AND, OR and at-least gates over shared gates and variables, now and then a constant."""
    rng = random.Random(seed)  # noqa: S311 - a drawn example, no secret
    variables = rng.randint(1, most_variables)
    gates: list[tuple[int, list[int]]] = []
    for g in range(rng.randint(1, most_gates)):
        nodes = list(range(variables + g))
        near = nodes[-6:] if rng.random() < 0.5 else nodes
        arguments = rng.sample(near, min(len(near), rng.choice([1, 2, 2, 3, 3, 4, 6])))
        n = len(arguments)
        least = rng.choice([1, 1, n, n, rng.randint(1, n)])
        if rng.random() < 0.03:
            least, arguments = rng.choice([(0, []), (1, []), (0, arguments), (n + 1, arguments)])
        gates.append((least, arguments))
    return logic_of(variables, gates)


def logics(most_variables: int = 14, most_gates: int = 16) -> st.SearchStrategy[Logic]:
    """Random logics."""
    return st.builds(
        random_logic, st.integers(0, 10**9), st.integers(1, most_variables), st.integers(1, most_gates)
    )


def chances(logic: Logic, seed: int) -> dict[str, float]:
    """A probability for every variable: usual ones, tiny ones, and now and then 0 or 1."""
    rng = random.Random(seed)  # noqa: S311 - as above
    return {
        name: rng.choice([rng.random(), rng.random(), 1e-4 * rng.random(), rng.choice([0.0, 1.0, 0.5])])
        for name in logic.variables
    }


@dataclass(frozen=True)
class Truth:
    """The truth table of a logic's top: `table[m]` where the variables of the bits of m have failed."""

    names: tuple[str, ...]
    table: Bools

    @property
    def cut_sets(self) -> list[tuple[str, ...]]:
        """All minimal cut sets by trying every set, sorted by order and names."""
        minimal = self.table.copy()
        states = np.arange(len(self.table))
        for v in range(len(self.names)):
            has = (states >> v & 1).astype(bool)
            minimal[has] &= ~self.table[states[has] & ~(1 << v)]
        sets = [
            tuple(sorted(name for v, name in enumerate(self.names) if m >> v & 1))
            for m in np.flatnonzero(minimal).tolist()
        ]
        return sorted(sets, key=lambda s: (len(s), s))

    def probability(self, q: dict[str, float]) -> float:
        """The probability of the top, added up over all states."""
        weight = np.ones(1)
        for name in self.names:
            weight = np.concatenate((weight * (1 - q[name]), weight * q[name]))
        return float(weight[self.table].sum())


def truth(logic: Logic) -> Truth:
    """The truth table of a logic's top."""
    states = np.arange(1 << len(logic.variables))
    value: list[Counts] = [states >> v & 1 for v in range(len(logic.variables))]
    for least, (begin, end) in zip(logic.least, pairwise(logic.first), strict=True):
        met = sum((value[a] for a in logic.argument[begin:end]), np.zeros_like(states))
        value.append((met >= least).astype(np.int64))
    return Truth(logic.variables, value[logic.tops[TOP]].astype(bool))


def inclusion_exclusion(sets: list[tuple[str, ...]], q: dict[str, float]) -> float:
    """The probability that any of a few sets has failed wholly, by inclusion and exclusion."""
    total = 0.0
    for chosen in range(1, 1 << len(sets)):
        names = {name for s, lost in enumerate(sets) if chosen >> s & 1 for name in lost}
        sign = 1 if chosen.bit_count() % 2 else -1
        total += sign * float(np.prod([q[name] for name in sorted(names)]))
    return total
