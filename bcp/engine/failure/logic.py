"""The failure logic of a system: which joint failures take which tops down, as gates over variables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bcp.engine.levels.requirements import Ints


@dataclass(frozen=True, slots=True)
class Logic:
    """A monotone failure logic: V variables and G gates in one numbering, 0…V−1 and V…V+G−1.

    Variable v is true where `variables[v]` has failed by itself. Gate V+g is true where at least
    `least[g]` of its arguments are, `argument[first[g]:first[g+1]]`: one of them is OR, all of them
    AND. `least` 0 is always true, and more than there are arguments never. Arguments are distinct and
    have lower numbers than their gate. `tops` names the nodes that are asked for.
    """

    variables: tuple[str, ...]
    least: Ints
    first: Ints
    argument: Ints
    tops: Mapping[str, int]

    @property
    def gates(self) -> int:
        """G, the number of gates."""
        return len(self.least)

    def arguments(self, node: int) -> Ints:
        """The arguments of a gate, by its node's number; none of a variable."""
        g = node - len(self.variables)
        if g < 0:
            return np.zeros(0, np.intp)
        return self.argument[self.first[g] : self.first[g + 1]]
