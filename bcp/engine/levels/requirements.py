"""All requirements of a plan as flat arrays, the form in which the engine computes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


class Mode(IntEnum):
    """How a requirement's value follows from its members' levels."""

    NEEDS = 0
    POOL = 1
    SPLIT = 2
    QUORUM = 3


@dataclass(frozen=True, slots=True)
class RequirementTable:
    """R requirements with M members in all, sorted by owner.

    `owner`, `mode`, `quorum` and `start` have shape (R,); `first` (R + 1,) says where each
    requirement's members begin in `member` and `weight` (M,). The weight is the impact of a need,
    the capacity of a pool's member or the share of a split's; 1 in a quorum. `quorum` is k, 0 for
    the other modes. `start` marks those needed only to (re)start.
    """

    owner: Ints
    mode: npt.NDArray[np.int8]
    quorum: Ints
    start: Bools
    first: Ints
    member: Ints
    weight: Floats

    @property
    def count(self) -> int:
        """R, the number of requirements."""
        return len(self.owner)

    @property
    def arity(self) -> Ints:
        """Number of members of each requirement, shape (R,)."""
        return np.diff(self.first)

    @property
    def member_owner(self) -> Ints:
        """The owner of each membership, shape (M,)."""
        return np.repeat(self.owner, self.arity)

    def taken(self, rows: Ints) -> RequirementTable:
        """These requirements only, in the given order."""
        arity = self.arity[rows]
        first = np.concatenate(([0], np.cumsum(arity))).astype(np.intp)
        at = np.repeat(self.first[rows] - first[:-1], arity) + np.arange(first[-1])
        return RequirementTable(
            self.owner[rows],
            self.mode[rows],
            self.quorum[rows],
            self.start[rows],
            first,
            self.member[at],
            self.weight[at],
        )

    def renumbered(self, new_index: Ints) -> RequirementTable:
        """The same requirements with component i called `new_index[i]`, sorted by owner again."""
        renamed = RequirementTable(
            new_index[self.owner],
            self.mode,
            self.quorum,
            self.start,
            self.first,
            new_index[self.member],
            self.weight,
        )
        return renamed.taken(np.argsort(renamed.owner, kind="stable").astype(np.intp))
