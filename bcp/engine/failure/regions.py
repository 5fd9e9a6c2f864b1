"""A circuit cut at its modules: regions that share no variable, and the order of their variables.

The diagram of a region has a level for each of its leaves: a variable, or a region below that stands
there as if it were a variable. After Y. Dutuit and A. Rauzy (1996).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bcp.engine.failure.circuit import Circuit, modules
from bcp.engine.failure.diagram_kernels import OR


@dataclass(slots=True)
class Regions:
    """R regions, those below first, the top's last, as one program of gates for the kernel `build`.

    Gate g of the program is `kind[g]` of `argument[first[g]:first[g+1]]`, each a leaf or ~gate. Region r
    has the gates `gates[r]:gates[r+1]`, of which the last is its root, and the leaves `leaves[r]:leaves[r+1]`.
    `leaf[l]` is a variable or ~region. `level[l]` is where it stands in the order, within the same
    bounds as its region's leaves, and `at[level]` the other way round.
    """

    kind: list[int]
    first: list[int]
    argument: list[int]
    gates: list[int]
    leaf: list[int]
    leaves: list[int]
    level: list[int]
    at: list[int]

    @property
    def number(self) -> int:
        """R."""
        return len(self.gates) - 1

    def of(self, gate: int) -> list[int]:
        """The arguments of a gate."""
        return self.argument[self.first[gate] : self.first[gate + 1]]

    def arrange(self, region: int, order: Sequence[int]) -> None:
        """Let the leaves of a region, all of them, stand in this order."""
        for place, leaf in enumerate(order, self.leaves[region]):
            self.level[leaf] = place
            self.at[place] = leaf


def regions(circuit: Circuit, *, modular: bool = True) -> Regions:
    """The regions of a circuit whose top is no constant; the whole as one where `modular` is false."""
    base = circuit.variables
    if circuit.top < base:
        circuit = _of_one(circuit)
    heads = sorted(modules(circuit)) if modular else [circuit.top]
    head = {n: r for r, n in enumerate(heads)}
    made = Regions([], [0], [], [0], [], [0], [], [])
    place: dict[int, int] = {}
    for root in heads:
        gates, leaves = _within(circuit, root, head)
        for n in leaves:
            place[n] = len(made.leaf)
            made.leaf.append(n if n < base else ~head[n])
        for n in gates:
            made.kind.append(circuit.kind[n - base])
            made.argument.extend(place[a] for a in circuit.of(n))
            made.first.append(len(made.argument))
            place[n] = ~(len(made.kind) - 1)
        made.gates.append(len(made.kind))
        made.leaves.append(len(made.leaf))
    made.level = list(range(len(made.leaf)))
    made.at = list(made.level)
    return made


def _of_one(circuit: Circuit) -> Circuit:
    """A circuit whose top is a variable, as a gate with that alone."""
    made = Circuit(circuit.variables)
    made.kind, made.arguments, made.top = [OR], [(circuit.top,)], circuit.variables
    return made


def _within(circuit: Circuit, root: int, head: dict[int, int]) -> tuple[list[int], list[int]]:
    """The gates of a region, arguments first, and its leaves; both ascending."""
    seen = {root}
    waiting = [root]
    while waiting:
        n = waiting.pop()
        if n == root or (n >= circuit.variables and n not in head):
            new = [a for a in circuit.of(n) if a not in seen]
            seen.update(new)
            waiting.extend(new)
    nodes = sorted(seen)
    gates = [n for n in nodes if n == root or (n >= circuit.variables and n not in head)]
    inner = set(gates)
    return gates, [n for n in nodes if n not in inner]


ARRANGEMENTS, REVERSED = 4, 3
"""How many orders `arrangement` knows, and the last of them."""


def arrangement(made: Regions, region: int, which: int) -> list[int]:
    """The leaves of a region in the order in which a walk from its root, depth first, meets them.

    What a gate goes into first: 0 the largest argument, leaves last; 1 the smallest gate, leaves last;
    2 leaves that are used most, then the smallest gate; 3 the last argument. None is best everywhere.
    """
    begin, end = made.gates[region], made.gates[region + 1]
    size = _sizes(made, begin, end)
    used = _uses(made, begin, end)

    def key(a: int) -> tuple[int, int]:
        if which == 0:
            return (-size[~a] if a < 0 else -1), 0
        if which == 1:
            return (a >= 0), (size[~a] if a < 0 else 0)
        return (a < 0), (size[~a] if a < 0 else -used[a])

    order: dict[int, None] = {}
    seen: set[int] = set()
    waiting = [~(end - 1)]
    while waiting:
        a = waiting.pop()
        if a >= 0:
            order.setdefault(a)
        elif a not in seen:
            seen.add(a)
            arguments = made.of(~a)
            waiting.extend(arguments if which == REVERSED else sorted(arguments, key=key, reverse=True))
    return list(order)


def _sizes(made: Regions, begin: int, end: int) -> dict[int, int]:
    """Leaves below each gate of a region, counted as often as there are ways to them."""
    size: dict[int, int] = {}
    for g in range(begin, end):
        size[g] = 1 + sum(size[~a] if a < 0 else 1 for a in made.of(g))
    return size


def _uses(made: Regions, begin: int, end: int) -> dict[int, int]:
    """How many gates of a region have each leaf as an argument."""
    used: dict[int, int] = {}
    for a in made.argument[made.first[begin] : made.first[end]]:
        if a >= 0:
            used[a] = used.get(a, 0) + 1
    return used
