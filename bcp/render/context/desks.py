"""Operators and suppliers as templates see them: whom to call, and under which contract."""

from __future__ import annotations

from bcp.engine.people.fault_desks import FaultDesk, suppliers
from bcp.model.component import Component, Kind
from bcp.render.context.components import component_facts
from bcp.render.context.facts import ContactFacts, DeskFacts
from bcp.render.context.material import Material
from bcp.render.context.people import person
from bcp.render.marks import clean

_SUPPLIERS = (Kind.OPERATOR, Kind.SUPPLIER)


def desk_facts(material: Material) -> tuple[DeskFacts, ...]:
    """Every operator and supplier of the plan, by name."""
    return tuple(_desk(desk, material) for desk in suppliers(material.plan))


def _desk(desk: FaultDesk, material: Material) -> DeskFacts:
    theirs = _components(desk, material)
    checked = max((c.verified for c in theirs if c.verified), default=None)
    return DeskFacts(
        name=clean(material.plan.title(desk.supplier)),
        contracts=tuple(_contract(text, on, desk, material) for text, on in desk.contracts),
        contacts=_contacts(desk, material),
        failures=_failures(desk, material),
        verified=material.words.day(checked) if checked else "",
    )


def _contract(text: str, covered: tuple[str, ...], desk: FaultDesk, material: Material) -> str:
    """A contract or customer id, with what it covers where that is more than the supplier itself."""
    own = clean(material.plan.title(desk.supplier))
    names = [name for name in material.names(covered) if name != own]
    return f"{clean(text)} ({', '.join(names)})" if names else clean(text)


def _failures(desk: FaultDesk, material: Material) -> tuple[str, ...]:
    """How often the supplier fails, and each thing that it delivers under a contract."""
    own = [desk.supplier] if desk.supplier in material.plan.components else []
    covered = [i for _, on in desk.contracts for i in on if i != desk.supplier]
    found = []
    for i in dict.fromkeys([*own, *covered]):
        facts = component_facts(i, material)
        if facts.failures:
            found.append(facts.failures if i == desk.supplier else f"{facts.name}: {facts.failures}")
    return tuple(found)


def _contacts(desk: FaultDesk, material: Material) -> tuple[ContactFacts, ...]:
    """The desk's contacts; without any, whoever in the organisation itself has the matter."""
    own = [
        c.owner
        for i, c in material.plan.components.items()
        if c.owner and (i == desk.supplier or (c.operator == desk.supplier and c.kind in _SUPPLIERS))
    ]
    found = (person(key, material) for key in desk.contacts or dict.fromkeys(own))
    return tuple(facts for facts in found if facts is not None)


def _components(desk: FaultDesk, material: Material) -> list[Component]:
    return [c for i, c in material.plan.components.items() if desk.supplier in (i, c.operator)]
