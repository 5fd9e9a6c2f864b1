"""Operators and suppliers as templates see them: whom to call, and under which contract."""

from __future__ import annotations

from bcp.engine.people.fault_desks import FaultDesk, suppliers
from bcp.model.component import Component
from bcp.render.context.facts import ContactFacts, DeskFacts
from bcp.render.context.material import Material
from bcp.render.context.people import person
from bcp.render.marks import clean


def desk_facts(material: Material) -> tuple[DeskFacts, ...]:
    """Every operator and supplier of the plan, by name."""
    return tuple(_desk(desk, material) for desk in suppliers(material.plan))


def _desk(desk: FaultDesk, material: Material) -> DeskFacts:
    theirs = _components(desk, material)
    checked = max((c.verified for c in theirs if c.verified), default=None)
    return DeskFacts(
        name=clean(material.plan.title(desk.supplier)),
        contracts=tuple(f"{clean(id)} ({', '.join(material.names(on))})" for id, on in desk.contracts),
        contacts=_contacts(desk, material),
        verified=material.words.day(checked) if checked else "",
    )


def _contacts(desk: FaultDesk, material: Material) -> tuple[ContactFacts, ...]:
    """The desk's contacts; without any, whoever owns the matter in the organisation itself."""
    component = material.plan.components.get(desk.supplier)
    keys = desk.contacts or ((component.owner,) if component is not None and component.owner else ())
    found = (person(key, material) for key in keys)
    return tuple(facts for facts in found if facts is not None)


def _components(desk: FaultDesk, material: Material) -> list[Component]:
    return [c for i, c in material.plan.components.items() if desk.supplier in (i, c.operator)]
