"""Any plan as a fault tree: what takes each activity below its MBCO, exactly."""

from __future__ import annotations

from bcp.engine.failure.failure_logic import plan_logic
from bcp.engine.failure.logic import Logic
from bcp.engine.levels.compile import compile_plan
from bcp.errors import BcpError
from bcp.files.open_psa_plan import tree_of
from bcp.files.open_psa_tree import BasicEvent, FaultTree, Gate
from bcp.files.open_psa_writer import write_fault_tree
from bcp.model.plan import Plan
from bcp.saying import said


def write_open_psa(plan: Plan, *, with_fallbacks: bool = False) -> str:
    """The plan in the Open-PSA model exchange format.

    A plan that has the shape of a fault tree is written as that tree. Of any other one the failure logic
    of each activity is written: a top gate an activity, a basic event a component that can take part in
    its failure, with its unavailability where that is known. Raises BcpError where the plan cannot be
    run, has no activity, or has failures too many to be told apart.
    """
    return write_fault_tree(tree_of(plan) or failure_tree(plan, with_fallbacks=with_fallbacks))


def failure_tree(plan: Plan, *, with_fallbacks: bool = False) -> FaultTree:
    """The fault tree of all activities: steady state, own states up or down, requirements to start left out.

    An activity's top gate has its id as name and its name as label; so has a component's basic event,
    whose name ends in `-itself` where an activity has the same id.
    """
    if not plan.activities:
        message = said("the plan has no activity, so there is nothing whose failure could be written.")
        raise BcpError(message, said('Give it a component with "kind: activity".'))
    logic = plan_logic(plan, compile_plan(plan), plan.activities, with_fallbacks=with_fallbacks)
    return _Names(plan, logic).tree()


class _Names:
    """Names for the nodes of a logic that its tops reach."""

    def __init__(self, plan: Plan, logic: Logic) -> None:
        self.plan = plan
        self.logic = logic
        self.reached = _reached(logic)
        self.taken = {*plan.components}
        self.name: dict[int, str] = {}
        self.last: dict[str, int] = {}

    def tree(self) -> FaultTree:
        """The tree: each activity's gate first, then inner gates, then basic events in the order of ids."""
        base = len(self.logic.variables)
        for node in self.reached:
            self.name[node] = (
                self._of_variable(node) if node < base else self._free(f"gate-{node - base + 1}")
            )
        tops = [
            Gate(top, 1, (self.name[node],), self.plan.components[top].name)
            for top, node in sorted(self.logic.tops.items())
        ]
        inner = [self._gate(node) for node in self.reached if node >= base]
        events = sorted((self._event(node) for node in self.reached if node < base), key=lambda e: e.name)
        return FaultTree(self.plan.organisation.name, tuple(_joined(tops, inner)), tuple(events))

    def _of_variable(self, node: int) -> str:
        component = self.logic.variables[node]
        return self._free(f"{component}-itself") if component in self.logic.tops else component

    def _free(self, stem: str) -> str:
        name, number = stem, self.last.get(stem, 1)
        while name in self.taken:
            number += 1
            name = f"{stem}-{number}"
        self.last[stem] = number
        self.taken.add(name)
        return name

    def _gate(self, node: int) -> Gate:
        least = int(self.logic.least[node - len(self.logic.variables)])
        arguments = tuple(sorted(self.name[a] for a in self.logic.arguments(node).tolist()))
        if not 0 < least <= len(arguments):
            return Gate(self.name[node], 0 if least <= 0 else 1, ())
        return Gate(self.name[node], least, arguments)

    def _event(self, node: int) -> BasicEvent:
        component = self.plan.components[self.logic.variables[node]]
        return BasicEvent(self.name[node], component.share_down, component.name)


def _reached(logic: Logic) -> list[int]:
    """The nodes that the tops rest on, in rising order."""
    reached = sorted(set(logic.tops.values()))
    seen = set(reached)
    for node in reached:
        new = sorted(set(logic.arguments(node).tolist()) - seen)
        seen.update(new)
        reached.extend(new)
    return sorted(reached)


def _joined(tops: list[Gate], inner: list[Gate]) -> list[Gate]:
    """The gates, with an inner gate that only one top names written in that top's place."""
    uses: dict[str, int] = {}
    for gate in (*tops, *inner):
        for argument in gate.arguments:
            uses[argument] = uses.get(argument, 0) + 1
    by_name = {gate.name: gate for gate in inner}
    joined = []
    for top in tops:
        below = by_name.get(top.arguments[0])
        if below is not None and uses[below.name] == 1:
            del by_name[below.name]
            top = Gate(top.name, below.least, below.arguments, top.label)  # noqa: PLW2901 - the same top, written out
        joined.append(top)
    return [*joined, *by_name.values()]
