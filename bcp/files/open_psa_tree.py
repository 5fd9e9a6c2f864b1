"""A fault tree as the Open-PSA model exchange format has it, and its failure logic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NoReturn

import numpy as np

from bcp.engine.failure.logic import Logic
from bcp.errors import BcpError
from bcp.saying import said


@dataclass(frozen=True, slots=True)
class Gate:
    """Fails where at least `least` of its arguments fail: 1 is OR, as many as there are is AND.

    Arguments are distinct. A gate without any is a constant: failed for `least` 0, never failed for 1.
    """

    name: str
    least: int
    arguments: tuple[str, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class BasicEvent:
    """Something that fails by itself with a probability 0–1; None where nobody says."""

    name: str
    probability: float | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class HouseEvent:
    """A switch: failed for certain, or for certain not."""

    name: str
    failed: bool
    label: str = ""


@dataclass(frozen=True, slots=True)
class FaultTree:
    """Gates over basic events and house events, all named by one set of names; no gate rests on itself."""

    name: str
    gates: tuple[Gate, ...]
    basic_events: tuple[BasicEvent, ...]
    house_events: tuple[HouseEvent, ...] = ()

    @property
    def tops(self) -> tuple[str, ...]:
        """The gates that no other gate names, in the tree's order."""
        named = {argument for gate in self.gates for argument in gate.arguments}
        return tuple(gate.name for gate in self.gates if gate.name not in named)


def in_order(gates: Iterable[Gate]) -> tuple[list[Gate], tuple[str, ...]]:
    """The gates with the arguments of each before it, and the names of a ring among those left over, if any."""
    by_name = {gate.name: gate for gate in gates}
    above: dict[str, list[str]] = {name: [] for name in by_name}
    waiting = dict.fromkeys(by_name, 0)
    for gate in by_name.values():
        for argument in gate.arguments:
            if argument in by_name:
                above[argument].append(gate.name)
                waiting[gate.name] += 1
    ready = [name for name, count in waiting.items() if not count]
    for name in ready:
        for owner in above[name]:
            waiting[owner] -= 1
            if not waiting[owner]:
                ready.append(owner)
    if len(ready) == len(by_name):
        return [by_name[name] for name in ready], ()
    return [by_name[name] for name in ready], _ring(by_name, set(by_name) - set(ready))


def _ring(gates: dict[str, Gate], left: set[str]) -> tuple[str, ...]:
    """A ring among gates each of which rests on another of them."""
    walked: dict[str, int] = {}
    at = next(name for name in gates if name in left)
    while at not in walked:
        walked[at] = len(walked)
        at = next(argument for argument in gates[at].arguments if argument in left)
    return tuple(walked)[walked[at] :]


def settled(tree: FaultTree) -> FaultTree:
    """The same tree with its constants filled in: no house events, and no constant gate but a top.

    What fails is the same for every state of the basic events. What no top rests on any more is left out.
    """
    constant = {event.name: event.failed for event in tree.house_events}
    kept: dict[str, Gate] = {}
    for gate in sorted_gates(tree):
        failed = sum(constant.get(argument, False) for argument in gate.arguments)
        open_ones = tuple(argument for argument in gate.arguments if argument not in constant)
        least = gate.least - failed
        if least <= 0 or least > len(open_ones):
            constant[gate.name] = least <= 0
            kept[gate.name] = Gate(gate.name, 0 if least <= 0 else 1, (), gate.label)
        else:
            kept[gate.name] = Gate(gate.name, least, open_ones, gate.label)
    reached = list(tree.tops)
    seen = set(reached)
    for name in reached:
        new = [a for a in kept[name].arguments if a in kept and a not in seen]
        seen.update(new)
        reached.extend(new)
    gates = tuple(kept[gate.name] for gate in tree.gates if gate.name in seen)
    return FaultTree(tree.name, gates, tree.basic_events)


def sorted_gates(tree: FaultTree) -> list[Gate]:
    """The tree's gates with the arguments of each before it. Raises BcpError where one rests on itself."""
    gates, ring = in_order(tree.gates)
    return _no_order(ring) if ring else gates


def _no_order(ring: Sequence[str]) -> NoReturn:
    raise BcpError(
        said("the gates {names} rest on each other in a ring.", names=" → ".join(ring)),
        said("Break the ring."),
    )


def logic_of(tree: FaultTree) -> Logic:
    """The tree's failure logic: variables are the basic events, tops the gates that nothing rests on.

    The same as that of the plan which the tree becomes, found without the way through a plan.
    """
    plain = settled(tree)
    number = {event.name: n for n, event in enumerate(plain.basic_events)}
    least: list[int] = []
    first = [0]
    argument: list[int] = []
    for gate in sorted_gates(plain):
        number[gate.name] = len(number)
        least.append(gate.least)
        argument.extend(sorted(number[a] for a in gate.arguments))
        first.append(len(argument))
    return Logic(
        tuple(event.name for event in plain.basic_events),
        np.array(least, np.intp),
        np.array(first, np.intp),
        np.array(argument, np.intp),
        {top: number[top] for top in plain.tops},
    )
