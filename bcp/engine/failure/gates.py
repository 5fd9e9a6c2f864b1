"""Gates of a failure logic while it is being built: each is made once, constants and repetitions folded away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from bcp.engine.failure.logic import Logic

NEVER: Final = -1
"""Stands for a node that is true under no failures."""

ALWAYS: Final = -2
"""Stands for a node that is true whatever happens."""


class Gates:
    """Gates over `variables` variables, in one numbering with them: node `variables` + g is gate g.

    A gate is true where at least `least[g]` of `arguments[g]` are; the arguments are distinct lower nodes.
    """

    def __init__(self, variables: int) -> None:
        self.variables = variables
        self.least: list[int] = []
        self.arguments: list[tuple[int, ...]] = []
        self._known: dict[tuple[int, tuple[int, ...]], int] = {}

    def gate(self, least: int, arguments: Sequence[int]) -> int:
        """The node that is true where at least `least` of the arguments are; they may repeat and be constants."""
        distinct = set(arguments)
        if NEVER in distinct or ALWAYS in distinct or (least > 1 and len(distinct) < len(arguments)):
            return self._folded(least, arguments)
        return self._made(least, distinct)

    def _folded(self, least: int, arguments: Sequence[int]) -> int:
        held = [a for a in arguments if a >= 0]
        least -= sum(a == ALWAYS for a in arguments)
        times = Counter(held)
        if 1 < least < len(held) and len(times) < len(held):
            return self._repeating(least, times)
        return self._made(len(times) if least == len(held) else least, set(times))

    def _made(self, least: int, distinct: set[int]) -> int:
        if least <= 0:
            return ALWAYS
        if least > len(distinct):
            return NEVER
        if len(distinct) == 1:
            return next(iter(distinct))
        key = (least, tuple(sorted(distinct)))
        node = self._known.get(key)
        if node is None:
            node = self._known[key] = self.variables + len(self.least)
            self.least.append(least)
            self.arguments.append(key[1])
        return node

    def _repeating(self, least: int, times: Mapping[int, int]) -> int:
        """At least so many where an argument counts several times: what the rest must reach, with it and without."""
        reached = [ALWAYS] + [NEVER] * least
        for node, count in sorted(times.items()):
            reached[1:] = [
                self.gate(1, (reached[k], self.gate(2, (node, reached[max(0, k - count)]))))
                for k in range(1, least + 1)
            ]
        return reached[least]

    def without(self, node: int, variable: int) -> int:
        """The same node where this variable never fails."""
        changed = {variable: NEVER}
        for lower in self._beneath(node):
            arguments = self.arguments[lower - self.variables]
            if any(a in changed for a in arguments):
                known = [changed.get(a, a) for a in arguments]
                new = self.gate(self.least[lower - self.variables], known)
                if new != lower:
                    changed[lower] = new
        return changed.get(node, node)

    def _beneath(self, node: int) -> list[int]:
        """The gates that a node rests on and itself, lower ones first."""
        seen: set[int] = set()
        waiting = [node]
        while waiting:
            gate = waiting.pop()
            if gate >= self.variables and gate not in seen:
                seen.add(gate)
                waiting.extend(self.arguments[gate - self.variables])
        return sorted(seen)

    def logic(self, names: Sequence[str], tops: Mapping[str, int]) -> Logic:
        """These gates as a logic: only what the tops rest on, variables in the order of `names`, then gates."""
        least, arguments, tops = [*self.least], [*self.arguments], dict(tops)
        for constant, needed in ((NEVER, 1), (ALWAYS, 0)):
            if constant in tops.values():
                node = self.variables + len(least)
                least.append(needed)
                arguments.append(())
                tops = {name: node if top == constant else top for name, top in tops.items()}
        wanted = np.zeros(self.variables + len(least), np.bool_)
        wanted[list(tops.values())] = True
        for g in range(len(least) - 1, -1, -1):
            if wanted[self.variables + g]:
                wanted[list(arguments[g])] = True
        place = np.cumsum(wanted) - 1
        kept = np.flatnonzero(wanted[self.variables :]).tolist()
        sizes = [len(arguments[g]) for g in kept]
        flat = np.array([a for g in kept for a in arguments[g]], np.intp)
        return Logic(
            variables=tuple(names[v] for v in np.flatnonzero(wanted[: self.variables]).tolist()),
            least=np.array([least[g] for g in kept], np.intp),
            first=np.concatenate(([0], np.cumsum(sizes))).astype(np.intp),
            argument=place[flat].astype(np.intp),
            tops={name: int(place[top]) for name, top in sorted(tops.items())},
        )
