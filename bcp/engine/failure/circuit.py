"""A failure logic for one top as AND and OR gates, made smaller without changing what it says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bcp.engine.failure.diagram_kernels import AND, OR
from bcp.engine.failure.logic import Logic

FALSE, TRUE = -1, -2
"""Nodes that are no gates: never and always."""

_ROUNDS = 12
"""Rewriting stops by itself; this many rounds are more than any tree seen has needed."""


class Circuit:
    """Gates over V variables: node V + g is AND or OR (`kind[g]`) of `arguments[g]`, all lower nodes."""

    def __init__(self, variables: int) -> None:
        self.variables = variables
        self.top = FALSE
        self.kind: list[int] = []
        self.arguments: list[tuple[int, ...]] = []
        self._known: dict[tuple[int, frozenset[int]], int] = {}

    @property
    def nodes(self) -> int:
        """Variables and gates together."""
        return self.variables + len(self.kind)

    def gate(self, kind: int, arguments: Iterable[int]) -> int:
        """The node that is AND or OR of the arguments: an equal gate, one of them, or a constant if so."""
        distinct = dict.fromkeys(arguments)
        neutral, decisive = (TRUE, FALSE) if kind == AND else (FALSE, TRUE)
        if decisive in distinct:
            return decisive
        if neutral in distinct:
            del distinct[neutral]
        base = self.variables
        for a in [a for a in distinct if a >= base and self.kind[a - base] != kind]:
            # the law of absorption
            if not distinct.keys().isdisjoint(self.arguments[a - base]):
                del distinct[a]
        if len(distinct) < 2:  # noqa: PLR2004 - a gate joins at least two
            return next(iter(distinct), neutral)
        key = (kind, frozenset(distinct))
        node = self._known.get(key)
        if node is None:
            node = self._known[key] = base + len(self.kind)
            self.kind.append(kind)
            self.arguments.append(tuple(distinct))
        return node

    @cached_property
    def parents(self) -> list[list[int]]:
        """The gates that each node is an argument of, ascending, once the circuit is finished."""
        above: list[list[int]] = [[] for _ in range(self.nodes)]
        for n, arguments in enumerate(self.arguments, self.variables):
            for a in arguments:
                above[a].append(n)
        return above

    @cached_property
    def domination(self) -> Domination:
        """The dominator tree, once the circuit is finished: its top is a gate and rests on all others."""
        return _domination(self)

    def of(self, gate: int) -> tuple[int, ...]:
        """The arguments of a gate."""
        return self.arguments[gate - self.variables]

    def at_least(self, k: int, arguments: Sequence[int]) -> int:
        """The node that is true where at least k of the arguments are, through at most 2·k·n gates."""
        met = [TRUE] + [FALSE] * k
        for a in reversed(arguments):
            met[1:] = [self.gate(OR, (met[j], self.gate(AND, (a, met[j - 1])))) for j in range(1, k + 1)]
        return met[k]


def circuit(logic: Logic, top: int) -> Circuit:
    """The circuit of one node of a logic: only what it rests on, with at-least gates spelt out."""
    new = Circuit(len(logic.variables))
    least, first, argument = logic.least.tolist(), logic.first.tolist(), logic.argument.tolist()
    node = {}
    for n in _beneath(len(logic.variables), first, argument, top):
        if n < new.variables:
            node[n] = n
            continue
        g = n - new.variables
        known = [node[a] for a in argument[first[g] : first[g + 1]]]
        k = least[g] - known.count(TRUE)
        open_ = [a for a in known if a >= 0]
        if k <= 0:
            node[n] = TRUE
        elif k > len(open_):
            node[n] = FALSE
        elif k in {1, len(open_)}:
            node[n] = new.gate(OR if k == 1 else AND, open_)
        else:
            node[n] = new.at_least(k, open_)
    new.top = node[top]
    return _trimmed(new)


def _beneath(base: int, first: list[int], argument: list[int], top: int) -> list[int]:
    """All nodes that a node rests on, itself included, arguments before their gates."""
    seen, waiting = {top}, [top]
    while waiting:
        g = waiting.pop() - base
        if g >= 0:
            new = [a for a in argument[first[g] : first[g + 1]] if a not in seen]
            seen.update(new)
            waiting.extend(new)
    return sorted(seen)


def simplified(old: Circuit) -> Circuit:
    """An equal circuit with fewer gates and fewer repeated nodes."""
    old = _trimmed(old)
    for _ in range(_ROUNDS):
        new = _grouped(_in_context(_coalesced(old)), users=2)
        if new.arguments == old.arguments:
            break
        old = new
    return _grouped(new, users=1)


def _rebuilt(old: Circuit, changed: dict[int, list[int]]) -> Circuit:
    """The circuit with other arguments (nodes of the old one) for some gates, without what is unused."""
    new = Circuit(old.variables)
    node = {n: n for n in range(old.variables)} | {TRUE: TRUE, FALSE: FALSE}
    for n, arguments in enumerate(old.arguments, old.variables):
        if n > old.top:
            break
        now = changed.get(n, arguments)
        node[n] = new.gate(old.kind[n - old.variables], [node[a] for a in now])
    new.top = node[old.top]
    return _trimmed(new)


def _trimmed(old: Circuit) -> Circuit:
    """The circuit without gates that the top does not rest on."""
    base = old.variables
    needed = bytearray(old.nodes)
    if old.top >= base:
        needed[old.top] = 1
    for n in range(old.nodes - 1, base - 1, -1):
        if needed[n]:
            for a in old.of(n):
                needed[a] = 1
    if all(needed[base:]):
        return old
    new = Circuit(base)
    node = list(range(base))
    for n in range(base, old.nodes):
        node.append(base + len(new.kind) if needed[n] else FALSE)
        if needed[n]:
            new.kind.append(old.kind[n - base])
            new.arguments.append(tuple([node[a] for a in old.of(n)]))
    new.top = node[old.top] if old.top >= base else old.top
    return new


def _coalesced(old: Circuit) -> Circuit:
    """A gate takes over the arguments of a gate of its own kind that nothing else uses."""
    above = old.parents
    base = old.variables
    changed: dict[int, list[int]] = {}
    for n, arguments in enumerate(old.arguments, base):
        kind = old.kind[n - base]
        same = {a for a in arguments if a >= base and old.kind[a - base] == kind and len(above[a]) == 1}
        if same:
            parts = [changed.get(a, old.of(a)) if a in same else (a,) for a in arguments]
            changed[n] = [a for part in parts for a in part]
    return _rebuilt(old, changed) if changed else old


@dataclass(frozen=True, slots=True)
class Domination:
    """The dominator tree from the top, as intervals: a dominates b where begin[a] ≤ begin[b] < end[a]."""

    begin: list[int]
    end: list[int]


def _domination(circuit: Circuit) -> Domination:
    """Which gates lie on every way from the top to a node; −1 for what the top does not rest on."""
    over = [-1] * circuit.nodes
    depth = [-1] * circuit.nodes
    below: list[list[int]] = [[] for _ in over]
    depth[circuit.top] = 0
    for n in range(circuit.top - 1, -1, -1):
        users = circuit.parents[n]
        if not users:
            continue
        meet = users[0]
        for p in users[1:]:
            other = p
            while meet != other:
                if depth[meet] >= depth[other]:
                    meet = over[meet]
                else:
                    other = over[other]
        over[n], depth[n] = meet, depth[meet] + 1
        below[meet].append(n)
    return _intervals(circuit.top, below)


def _intervals(top: int, below: list[list[int]]) -> Domination:
    """A tree as intervals of the order in which a walk meets its nodes; −1 for nodes outside it."""
    begin, end = [-1] * len(below), [-1] * len(below)
    count = 0
    waiting = [top]
    while waiting:
        n = waiting.pop()
        if n < 0:
            end[~n] = count
            continue
        begin[n] = count
        count += 1
        end[n] = count
        if below[n]:
            waiting.append(~n)
            waiting.extend(below[n])
    return Domination(begin, end)


def _in_context(old: Circuit) -> Circuit:
    """Below x OR …, x may be taken as false; below x AND … as true: there the gate decides by itself."""
    if old.top < old.variables:
        return old
    tree = old.domination
    dropped: dict[int, dict[int, int]] = defaultdict(dict)
    for x, users in enumerate(old.parents):
        if len(users) < 2:  # noqa: PLR2004 - nothing else uses it
            continue
        until = -1
        value = FALSE
        for gate in sorted(users, key=tree.begin.__getitem__):
            if tree.begin[gate] < until:
                dropped[gate][x] = value
            else:
                until = tree.end[gate]
                value = TRUE if old.kind[gate - old.variables] == AND else FALSE
    changed = {g: [values.get(a, a) for a in old.of(g)] for g, values in dropped.items()}
    return _rebuilt(old, changed) if changed else old


def modules(circuit: Circuit) -> set[int]:
    """The gates that share no variable with the rest of the circuit (the top is one).

    A gate is one where it dominates all that is below it.
    """
    if circuit.top < circuit.variables:
        return set()
    tree = circuit.domination
    lowest, highest = list(tree.begin), list(tree.begin)
    found = set()
    for n, below in enumerate(circuit.arguments, circuit.variables):
        begin = tree.begin[n]
        lowest[n] = low = min(begin, min([lowest[a] for a in below]))  # noqa: PLW3301 - flattened it is slower
        highest[n] = high = max([highest[a] for a in below])
        if low == begin and high < tree.end[n]:
            found.add(n)
    return found


def _grouped(old: Circuit, *, users: int) -> Circuit:
    """Variables and modules that always occur together, `users` times or more, become one gate, a module."""
    closed = modules(old)
    together: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for x, gates in enumerate(old.parents):
        if len(gates) >= users and (x < old.variables or x in closed):
            together[tuple(gates)].append(x)
    groups = [
        (gates, members)
        for gates, members in together.items()
        if len(members) > 1
        and len({old.kind[u - old.variables] for u in gates}) == 1
        and any(len(old.of(u)) > len(members) for u in gates)
    ]
    if not groups:
        return old
    return _with_groups(old, groups)


def _with_groups(old: Circuit, groups: list[tuple[tuple[int, ...], list[int]]]) -> Circuit:
    """The circuit in which each group of arguments of some gates is a gate of its own."""
    into: dict[int, list[int]] = defaultdict(list)
    for number, (users, _) in enumerate(groups):
        for u in users:
            into[u].append(number)
    new = Circuit(old.variables)
    node = {v: v for v in range(old.variables)}
    made: dict[int, int] = {}
    for g, arguments in enumerate(old.arguments):
        n = old.variables + g
        kept = dict.fromkeys(arguments)
        for number in into.get(n, ()):
            members = groups[number][1]
            if number not in made:
                made[number] = new.gate(old.kind[g], [node[a] for a in members])
            for a in members:
                del kept[a]
        node[n] = new.gate(old.kind[g], [node[a] for a in kept] + [made[i] for i in into.get(n, ())])
    new.top = node[old.top]
    return _trimmed(new)
