"""One membership at a time: what a requirement asks of a member, and what its loss does to the owner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from bcp.engine.levels.requirements import Floats, Mode, RequirementTable
from bcp.engine.levels.tolerance import LEVEL, ZERO

LEAST = 1e-6
"""The level that stands for "anything above 0", which is what a start asks for."""


class Edge(NamedTuple):
    """Member `place` (among all memberships) of requirement `row`, asked for by `owner`."""

    owner: int
    row: int
    place: int
    member: int


@dataclass(frozen=True)
class Edges:
    """The memberships of a table of requirements, from both sides; `whole` (n,) are the levels with nothing lost.

    Those without weight are left out: their loss changes nothing.
    """

    table: RequirementTable
    whole: Floats

    @cached_property
    def _lists(self) -> tuple[list[int], list[int], list[int], list[float], list[int], list[int]]:
        table = self.table
        return (
            table.owner.tolist(),
            table.first.tolist(),
            table.member.tolist(),
            table.weight.tolist(),
            table.mode.tolist(),
            table.quorum.tolist(),
        )

    @cached_property
    def _row_of(self) -> list[int]:
        table = self.table
        found: list[int] = np.repeat(np.arange(table.count), table.arity).tolist()
        return found

    @cached_property
    def _up(self) -> tuple[list[int], list[int]]:
        member = self.table.member
        order = np.argsort(member, kind="stable")
        return order.tolist(), np.searchsorted(member[order], np.arange(len(self.whole) + 1)).tolist()

    @cached_property
    def _rows(self) -> list[int]:
        found: list[int] = np.searchsorted(self.table.owner, np.arange(len(self.whole) + 1)).tolist()
        return found

    @cached_property
    def _level(self) -> list[float]:
        found: list[float] = self.whole.tolist()
        return found

    @cached_property
    def start(self) -> list[bool]:
        """Which requirements count only to start."""
        found: list[bool] = self.table.start.tolist()
        return found

    def above(self, component: int) -> Iterator[Edge]:
        """The edges to what asks for a component and would lose by its loss, or could not start."""
        owner, _, _, weight, _, _ = self._lists
        order, first = self._up
        for k in range(first[component], first[component + 1]):
            place = order[k]
            if weight[place] > 0:
                row = self._row_of[place]
                yield Edge(owner[row], row, place, component)

    def rows(self, component: int) -> range:
        """The requirements of a component."""
        return range(self._rows[component], self._rows[component + 1])

    def below(self, row: int) -> Iterator[Edge]:
        """The edges of one requirement."""
        owner, first, member, weight, _, _ = self._lists
        for place in range(first[row], first[row + 1]):
            if weight[place] > 0:
                yield Edge(owner[row], row, place, member[place])

    def alone(self, edge: Edge, wanted: float) -> float:
        """The level of the member below which it alone takes the owner below `wanted`; 0: never."""
        if wanted <= 0:
            return 0.0
        _, _, _, weight, mode, quorum = self._lists
        share = weight[edge.place]
        match mode[edge.row]:
            case Mode.NEEDS:
                asked = 1.0 - (1.0 - wanted) / share
            case Mode.QUORUM:
                able = sum(self._level[m] >= wanted - LEVEL for m in self._others(edge))
                asked = 0.0 if able >= quorum[edge.row] else wanted
            case _:
                asked = (wanted - self._rest(edge)) / share
        return asked if asked > LEVEL else 0.0

    def together(self, edge: Edge, wanted: float) -> float:
        """A level that is enough of the member when all the others of the requirement sink with it; 0: none."""
        if wanted <= 0:
            return 0.0
        _, _, _, weight, mode, _ = self._lists
        level = self._level[edge.member]
        match mode[edge.row]:
            case Mode.NEEDS:
                asked = 1.0 - (1.0 - wanted) / weight[edge.place]
                return asked if asked > LEVEL else 0.0
            case Mode.QUORUM:
                return min(wanted, level)
            case _:
                total = self._rest(edge) + weight[edge.place] * level
                return wanted * level / total if total > 0 else 0.0

    def takes_down(self, edge: Edge) -> bool:
        """True where the loss of the member alone takes the owner down, so that it must start again."""
        _, _, _, weight, mode, quorum = self._lists
        match mode[edge.row]:
            case Mode.NEEDS:
                return weight[edge.place] >= 1.0 - ZERO
            case Mode.QUORUM:
                return sum(self._level[m] > ZERO for m in self._others(edge)) < quorum[edge.row]
            case _:
                return self._rest(edge) <= ZERO

    def _others(self, edge: Edge) -> list[int]:
        _, first, member, _, _, _ = self._lists
        part = range(first[edge.row], first[edge.row + 1])
        return [member[p] for p in part if p != edge.place]

    def _rest(self, edge: Edge) -> float:
        """What the other members of a pool or split add up to."""
        _, first, member, weight, _, _ = self._lists
        part = range(first[edge.row], first[edge.row + 1])
        return sum(weight[p] * self._level[member[p]] for p in part if p != edge.place)
