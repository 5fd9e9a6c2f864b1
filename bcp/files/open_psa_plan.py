"""A fault tree as a plan and back: a gate that fails is a component whose requirements are not met.

| gate | requirement |
|---|---|
| or | the component needs each argument |
| and | any_of the arguments |
| at least k of n fail | a quorum of n − k + 1 of the arguments |

A gate becomes a virtual component, a top gate an activity (MBCO 1), a basic event a component with its
unavailability. House events are constants and are filled in. A plan of this shape is written as the
same tree again.
"""

from __future__ import annotations

from bcp.errors import BcpError
from bcp.files.identifiers import Identifiers
from bcp.files.open_psa_tree import BasicEvent, FaultTree, Gate, in_order, settled
from bcp.model.component import Bia, Component, Kind
from bcp.model.plan import Organisation, Plan
from bcp.model.requirement import Needs, Pool, Quorum, Requirement
from bcp.saying import said


def plan_from_fault_tree(tree: FaultTree) -> Plan:
    """The plan whose activities fail exactly where the tree's tops do; its name is the tree's.

    Raises BcpError where the tree has no gate, a ring, or a top that has failed whatever happens.
    """
    plain = settled(tree)
    if not plain.gates:
        raise BcpError(
            said("the fault tree {name} has no gate.", name=tree.name), said("Give it a top event.")
        )
    ids = Identifiers()
    key = {gate.name: ids.of(gate.name, "gate") for gate in plain.gates}
    key |= {event.name: ids.of(event.name, "event") for event in plain.basic_events}
    tops = set(plain.tops)
    components = {key[gate.name]: _gate(gate, key, top=gate.name in tops) for gate in plain.gates}
    for event in plain.basic_events:
        components[key[event.name]] = Component(
            kind=Kind.SYSTEM, name=event.name, description=event.label, unavailability=event.probability
        )
    return Plan(organisation=Organisation(name=tree.name), components=components)


def _gate(gate: Gate, key: dict[str, str], *, top: bool) -> Component:
    return Component(
        kind=Kind.ACTIVITY if top else Kind.SYSTEM,
        name=gate.name,
        description=gate.label,
        virtual=True,
        requires=_requires(gate, key),
        bia=Bia(mbco=1.0) if top else None,
    )


def _requires(gate: Gate, key: dict[str, str]) -> tuple[Requirement, ...]:
    members = [key[argument] for argument in gate.arguments]
    if gate.least == 0:
        message = said(
            "the top gate {name} has failed whatever happens: its constants make it so.", name=gate.name
        )
        raise BcpError(message, said("Check the house events and constants."))
    if gate.least == 1:
        return tuple(Needs(needs=member) for member in members)
    if gate.least == len(members):
        return (Pool(pool=dict.fromkeys(members, 1.0)),)
    return (Quorum(quorum=len(members) - gate.least + 1, of=tuple(members)),)


def tree_of(plan: Plan) -> FaultTree | None:
    """The fault tree that a plan of the shape above stands for; None where the plan has another shape."""
    if plan.fallbacks:
        return None
    names = {i: component.name for i, component in plan.components.items()}
    if len(set(names.values())) < len(names) or not all(names.values()):
        return None
    gates: list[Gate] = []
    events: list[BasicEvent] = []
    for component in plan.components.values():
        if component.virtual:
            gate = _gate_of(component, names)
            if gate is None:
                return None
            gates.append(gate)
        elif component.kind is Kind.SYSTEM and not component.requires:
            events.append(BasicEvent(component.name, component.share_down, _label(component)))
        else:
            return None
    tree = FaultTree(plan.organisation.name, tuple(gates), tuple(events))
    activities = tuple(component.name for component in plan.activities.values())
    return tree if not in_order(gates)[1] and set(tree.tops) == set(activities) else None


def _gate_of(component: Component, names: dict[str, str]) -> Gate | None:
    kind_fits = component.kind is Kind.SYSTEM or (
        component.kind is Kind.ACTIVITY and component.analysis.mbco == 1
    )
    members = tuple(names[member] for r in component.requires for member in r.members)
    if (
        not kind_fits
        or any(r.during != "run" for r in component.requires)
        or len(set(members)) < len(members)
    ):
        return None
    match component.requires:
        case () if component.kind is Kind.SYSTEM:
            return None
        case (Pool(pool=capacities),) if set(capacities.values()) == {1.0}:
            least = len(members)
        case (Quorum(quorum=quorum),):
            least = len(members) - quorum + 1
        case needs if all(isinstance(r, Needs) and r.impact == 1 for r in needs):
            least = 1
        case _:
            return None
    return Gate(component.name, least, members, _label(component))


def _label(component: Component) -> str:
    return " ".join(component.description.split())
