"""A circuit made small says the same as before, and its modules share nothing."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings

from bcp.engine.failure.circuit import FALSE, TRUE, Circuit, circuit, modules, simplified
from bcp.engine.failure.diagram_kernels import AND, OR
from bcp.engine.failure.logic import Logic
from bcp.engine.failure.regions import ARRANGEMENTS, arrangement, regions
from tests.engine.logics import TOP, Bools, logics, truth


def table(small: Circuit) -> Bools:
    """The truth table of a circuit's top."""
    states = np.arange(1 << small.variables)
    if small.top in {FALSE, TRUE}:
        return np.full(len(states), small.top == TRUE)
    value = [(states >> v & 1).astype(bool) for v in range(small.variables)]
    for kind, arguments in zip(small.kind, small.arguments, strict=True):
        join = np.logical_and if kind == AND else np.logical_or
        value.append(join.reduce([value[a] for a in arguments]))
    return value[small.top]


def beneath(small: Circuit, node: int) -> set[int]:
    """All nodes below a node."""
    found: set[int] = set()
    waiting = [node]
    while waiting:
        n = waiting.pop()
        if n >= small.variables:
            new = set(small.of(n)) - found
            found |= new
            waiting.extend(new)
    return found


@settings(max_examples=300)
@given(logics(most_variables=10, most_gates=20))
def test_simplifying_changes_nothing_that_is_said(logic: Logic) -> None:
    """The truth table stays, from the logic to the circuit and to the simplified one."""
    plain = circuit(logic, logic.tops[TOP])
    expected = truth(logic).table
    assert np.array_equal(table(plain), expected)
    assert np.array_equal(table(simplified(plain)), expected)


@settings(max_examples=200)
@given(logics(most_variables=12, most_gates=20))
def test_modules_are_the_gates_that_share_nothing(logic: Logic) -> None:
    """A gate is a module where nothing outside it uses anything below it, as found by looking at all."""
    small = simplified(circuit(logic, logic.tops[TOP]))
    if small.top < small.variables:
        return
    gates = [small.variables + g for g in range(len(small.kind))]
    expected = set()
    for gate in gates:
        inside = beneath(small, gate)
        outside = [other for other in gates if other not in inside and other != gate]
        if all(inside.isdisjoint(small.of(other)) for other in outside):
            expected.add(gate)
    assert modules(small) == expected


@settings(max_examples=100)
@given(logics(most_variables=12, most_gates=20))
def test_regions_hold_every_variable_once_in_any_order(logic: Logic) -> None:
    """Every variable and every region but the top's is one leaf; an arrangement only reorders leaves."""
    small = simplified(circuit(logic, logic.tops[TOP]))
    if small.top in {FALSE, TRUE}:
        return
    made = regions(small)
    assert len(set(made.leaf)) == len(made.leaf)
    assert {~a for a in made.leaf if a < 0} == set(range(made.number - 1))
    for r in range(made.number):
        for which in range(ARRANGEMENTS):
            assert sorted(arrangement(made, r, which)) == list(range(made.leaves[r], made.leaves[r + 1]))


def test_what_decides_above_is_no_question_below() -> None:
    """In x OR (x AND y) OR (z AND (x OR u)) the x below says nothing any more."""
    made = Circuit(4)
    x, y, z, u = range(4)
    inner = made.gate(AND, (z, made.gate(OR, (x, u))))
    made.top = made.gate(OR, (x, made.gate(AND, (x, y)), inner))
    small = simplified(made)
    uses = [a for arguments in small.arguments for a in arguments]
    assert sorted(a for a in uses if a < 4) == [x, z, u]


def test_variables_that_always_go_together_become_a_module() -> None:
    """Two variables with the same users of one kind are joined once for both."""
    made = Circuit(5)
    a, b, c, d, e = range(5)
    made.top = made.gate(
        OR, (made.gate(AND, (a, b, c)), made.gate(AND, (a, b, d, e)), made.gate(AND, (c, d)))
    )
    small = simplified(made)
    assert {tuple(sorted(small.of(m))) for m in modules(small)} >= {(a, b)}
