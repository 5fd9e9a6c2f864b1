"""Equations between failures, rings and all, solved into gates that rest only on what lies below them.

What holds itself up stays up until something in it fails: of all solutions the one with the fewest failures.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain

import numpy as np

from bcp.engine.failure.gates import ALWAYS, NEVER, Gates
from bcp.engine.failure.unroll import RingEquation, unrolled
from bcp.engine.levels.order import Groups, groups_members_first
from bcp.errors import BcpError
from bcp.saying import said

_MOST = 2_000_000
"""More equations than this are refused: they would need a gigabyte or two."""


_NAMED = 5
"""How many components of a ring a message names."""


class Equations:
    """Equations over `variables` variables, in one numbering with them: node `variables` + e is equation e.

    Equation e says: true where at least `least[e]` of `arguments[e]` are. Arguments may be constants
    (NEVER, ALWAYS), repeat, and have higher numbers. `about` says which component an equation is
    about, and `name` what that one is called in messages.
    """

    def __init__(self, variables: int, name: Callable[[int], str]) -> None:
        self.variables = variables
        self._name = name
        self._least: list[int] = []
        self._arguments: list[tuple[int, ...]] = []
        self._about: list[int] = []

    def reserved(self, about: int) -> int:
        """A node whose equation is stated later. Raises BcpError where there are too many."""
        if len(self._least) >= _MOST:
            raise BcpError(
                said(
                    "the failures beneath {name} take more than {most:,} equations.",
                    name=self._name(about),
                    most=_MOST,
                ),
                said(
                    "Give the pools, splits and soft requirements there fewer different shares, or ask for one target."
                ),
            )
        self._least.append(1)
        self._arguments.append(())
        self._about.append(about)
        return self.variables + len(self._least) - 1

    def state(self, node: int, least: int, arguments: Sequence[int]) -> None:
        """The equation of a node that was reserved."""
        self._least[node - self.variables] = least
        self._arguments[node - self.variables] = tuple(arguments)

    def any_of(self, arguments: Sequence[int], about: int) -> int:
        """A node that is true where one of the arguments is; an argument or a constant where that says the same."""
        return self._node(1, [a for a in arguments if a != NEVER], about)

    def at_least(self, least: int, arguments: Sequence[int], about: int) -> int:
        """A node that is true where at least `least` of the arguments are, simplified likewise."""
        held = [a for a in arguments if a >= 0 or a == ALWAYS]
        return self._node(least, held, about)

    def _node(self, least: int, held: Sequence[int], about: int) -> int:
        if least <= 0 or (least == 1 and ALWAYS in held):
            return ALWAYS
        if least > len(held):
            return NEVER
        if len(held) == 1:
            return held[0]
        node = self.reserved(about)
        self.state(node, least, held)
        return node

    def solved(self) -> tuple[Gates, list[int]]:
        """Gates, and for every node of the equations (and constant, from the end) what it is among them.

        Raises BcpError where a ring would take too many gates.
        """
        gates, n = Gates(self.variables), self.variables
        value = [*range(n), *([NEVER] * len(self._least)), ALWAYS, NEVER]
        groups = self._groups()
        ringed = groups.in_ring.tolist()
        for group in groups:
            e = group[0]
            if ringed[e]:
                nodes = unrolled(self._ring(group, value), gates, self._too_tangled(group))
                for member, node in zip(group, nodes, strict=True):
                    value[n + member] = node
            else:
                value[n + e] = gates.gate(self._least[e], [value[a] for a in self._arguments[e]])
        return gates, value

    def _groups(self) -> Groups:
        """Equations that rest on each other, in an order in which what they rest on comes first."""
        size = len(self._least)
        lengths = np.fromiter(map(len, self._arguments), np.intp, size)
        flat = np.fromiter(chain.from_iterable(self._arguments), np.intp, int(lengths.sum()))
        owner = np.repeat(np.arange(size), lengths)
        inner = flat >= self.variables
        return groups_members_first(size, owner[inner], flat[inner] - self.variables)

    def _ring(self, group: list[int], value: list[int]) -> list[RingEquation]:
        place = {self.variables + e: k for k, e in enumerate(group)}
        return [
            RingEquation(
                self._least[e],
                tuple(value[a] for a in self._arguments[e] if a not in place),
                tuple(place[a] for a in self._arguments[e] if a in place),
            )
            for e in group
        ]

    def _too_tangled(self, group: list[int]) -> BcpError:
        names = sorted({self._name(self._about[e]) for e in group})
        shown = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
        return BcpError(
            said(
                "{n} components rest on each other in too many ways to list what takes them down: {shown}.",
                n=len(names),
                shown=shown,
            ),
            said(
                "Break the ring where one of them does not really need the other, or mark it `during: start`."
            ),
        )
