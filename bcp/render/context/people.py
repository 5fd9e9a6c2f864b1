"""Contacts and teams as templates see them."""

from __future__ import annotations

from bcp.model.component import Component, Kind
from bcp.model.plan import Contact
from bcp.render.context.facts import ContactFacts
from bcp.render.context.material import Material
from bcp.render.context.wording import phone
from bcp.render.marks import clean


def people(material: Material) -> tuple[ContactFacts, ...]:
    """All contacts, by name."""
    facts = [_contact(i, contact, material) for i, contact in material.plan.contacts.items()]
    return tuple(sorted(facts, key=lambda c: (c.name, c.id)))


def teams(material: Material) -> tuple[ContactFacts, ...]:
    """All teams with their members, by name."""
    facts = [_team(i, team, material) for i, team in material.plan.of_kind(Kind.TEAM).items()]
    return tuple(sorted(facts, key=lambda c: (c.name, c.id)))


def person(key: str | None, material: Material) -> ContactFacts | None:
    """The contact or team of that id."""
    if key is None:
        return None
    plan = material.plan
    if key in plan.contacts:
        return _contact(key, plan.contacts[key], material)
    return _team(key, plan.components[key], material) if key in plan.components else None


def deputy_of(key: str | None, material: Material) -> str:
    """Who stands in: the contact's deputy, or the second member of the team."""
    facts = person(key, material)
    if facts is None:
        return ""
    return facts.deputy or (facts.members[1].name if len(facts.members) > 1 else "")


def _contact(key: str, contact: Contact, material: Material) -> ContactFacts:
    country = material.plan.organisation.country
    return ContactFacts(
        id=clean(key),
        name=material.name(key),
        role=clean(contact.role),
        organisation=clean(contact.organisation),
        phone=phone(contact.phone, country) if contact.phone else "",
        mobile=phone(contact.mobile, country) if contact.mobile else "",
        operator=material.operator(contact.operator),
        email=clean(contact.email),
        deputy=material.name(contact.deputy) if contact.deputy else "",
        note=clean(contact.note),
    )


def _team(key: str, team: Component, material: Material) -> ContactFacts:
    plan = material.plan
    members = tuple(_contact(m, plan.contacts[m], material) for m in team.members if m in plan.contacts)
    return ContactFacts(
        id=clean(key),
        name=material.name(key),
        role=clean(team.description),
        organisation="",
        phone=members[0].phone if members else "",
        mobile=members[0].mobile if members else "",
        operator=material.operator(team.operator),
        email=members[0].email if members else "",
        deputy=members[1].name if len(members) > 1 else "",
        note="",
        members=members,
    )
