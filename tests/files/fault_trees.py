"""Random fault trees, and what fails in them, for the tests of the Open-PSA format."""

from __future__ import annotations

from collections.abc import Collection

from hypothesis import strategies as st

from bcp.engine.failure.logic import Logic
from bcp.engine.levels.compile import compile_plan, own_states
from bcp.engine.levels.steady import steady
from bcp.files.open_psa_tree import BasicEvent, FaultTree, Gate, HouseEvent
from bcp.model.plan import Plan

NAMES = st.from_regex(r"[A-Za-zÅÄÖåäö_][A-Za-z0-9åäö_]{0,5}(-[a-z0-9]{1,3})?", fullmatch=True)
LABELS = st.text(st.characters(exclude_categories=("C", "Z")), max_size=12).map(str.strip)
PROBABILITIES = st.none() | st.floats(0, 1)


@st.composite
def trees(draw: st.DrawFn, max_events: int = 5, max_gates: int = 5, houses: int = 2) -> FaultTree:
    """Coherent trees: or, and, at-least over each other, basic events and house events; any number of tops."""
    counts = draw(st.tuples(st.integers(1, max_gates), st.integers(0, max_events), st.integers(0, houses)))
    names = draw(st.lists(NAMES, min_size=sum(counts), max_size=sum(counts), unique=True))
    gates, rest = names[: counts[0]], names[counts[0] :]
    events, switches = rest[: counts[1]], rest[counts[1] :]
    made = []
    for n, name in enumerate(gates):
        below = [*gates[n + 1 :], *rest]
        arguments = draw(st.lists(st.sampled_from(below), unique=True, max_size=4)) if below else []
        least = draw(st.integers(1, len(arguments))) if arguments else draw(st.integers(0, 1))
        made.append(Gate(name, least, tuple(arguments), draw(LABELS)))
    return FaultTree(
        draw(NAMES),
        tuple(draw(st.permutations(made))),
        tuple(BasicEvent(e, draw(PROBABILITIES), draw(LABELS)) for e in events),
        tuple(HouseEvent(h, draw(st.booleans()), draw(LABELS)) for h in switches),
    )


def failed_tops(logic: Logic, lost: Collection[str]) -> set[str]:
    """The tops that fail where these variables have failed, gate by gate."""
    state = [name in lost for name in logic.variables]
    for g in range(logic.gates):
        arguments = logic.arguments(len(logic.variables) + g)
        state.append(sum(state[a] for a in arguments) >= logic.least[g])
    return {top for top, node in logic.tops.items() if state[node]}


def failed_in(tree: FaultTree, lost: Collection[str]) -> set[str]:
    """The tops of a tree that fail where these basic events have occurred, by the words of the format."""
    state = {event.name: event.name in lost for event in tree.basic_events}
    state |= {house.name: house.failed for house in tree.house_events}
    gates = {gate.name: gate for gate in tree.gates}

    def failed(name: str) -> bool:
        if name not in state:
            state[name] = sum(map(failed, gates[name].arguments)) >= gates[name].least
        return state[name]

    return {top for top in tree.tops if failed(top)}


def failed_activities(plan: Plan, lost: Collection[str]) -> set[str]:
    """The names of the activities below their MBCO where these components, by name, are down."""
    system = compile_plan(plan)
    down = {i: 0.0 for i, component in plan.components.items() if component.name in lost}
    x = steady(system, own_states(system, down), None, set()).x
    return {a.name for i, a in plan.activities.items() if x[system.index[i]] < a.analysis.mbco - 1e-9}
