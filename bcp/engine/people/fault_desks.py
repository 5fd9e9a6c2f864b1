"""Fault desks: whom to call at each operator and supplier, and the contract or customer id to state."""

from __future__ import annotations

import unicodedata
from collections import defaultdict

from pydantic import Field

from bcp.model.component import NOT_CHOSEN, STAND_IN, Kind
from bcp.model.plan import Contact, Plan
from bcp.model.value import Value


class FaultDesk(Value):
    """One operator or supplier: who takes fault reports there, and under which contracts it delivers what."""

    supplier: str = Field(description="An operator's name as the components say it, or a component's id.")
    contacts: tuple[str, ...] = Field(default=(), description="None: the plan names no desk.")
    contracts: tuple[tuple[str, tuple[str, ...]], ...] = Field(
        default=(), description="Each contract or customer id, and the components under it."
    )


def fault_desks(plan: Plan) -> tuple[FaultDesk, ...]:
    """The operators and suppliers of which the plan knows a desk or a contract, by name."""
    return tuple(desk for desk in suppliers(plan) if desk.contacts or desk.contracts)


def suppliers(plan: Plan) -> tuple[FaultDesk, ...]:
    """Every operator and supplier that the plan names or leaves unknown, by name; the organisation itself is none.

    A contact belongs to a supplier whose name its organisation has, or whose component one of its ways
    rests on. What is under a contract without saying whose, and what is tagged as unknown, stands for its own
    supplier, but not a channel of the organisation's own that nobody has chosen; the operators of people's SIM cards are none, since nobody reports a fault of theirs.
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for i, component in plan.components.items():
        if component.kind in (Kind.OPERATOR, Kind.SUPPLIER):
            groups[_of(plan, i, component.operator)].append(i)
        elif component.operator:
            groups[component.operator].append(i)
        elif component.contract or (STAND_IN in component.tags and NOT_CHOSEN not in component.tags):
            groups[i].append(i)
    own = plan.organisation.name.casefold()
    found = []
    for supplier in sorted(groups, key=lambda s: (plan.title(s).casefold(), s)):
        contacts = tuple(c for c, contact in plan.contacts.items() if _at(plan, contact, supplier))
        contracts = _contracts(plan, groups[supplier])
        if plan.title(supplier).casefold() != own:
            found.append(FaultDesk(supplier=supplier, contacts=contacts, contracts=contracts))
    return tuple(found)


def _of(plan: Plan, component: str, operator: str) -> str:
    """The name under which an operator's or supplier's own component goes: that which others give as operator."""
    return operator if operator and plan.title(operator) != operator else component


def _at(plan: Plan, contact: Contact, supplier: str) -> bool:
    theirs = _words_of(contact.organisation)
    if not theirs:
        return False
    if any(f" {theirs} ".find(f" {_words_of(name)} ") >= 0 for name in (supplier, plan.title(supplier))):
        return True
    kinds = (Kind.OPERATOR, Kind.SUPPLIER)
    own = supplier in plan.components and plan.components[supplier].kind in kinds
    return own and any(supplier in way.on for way in contact.ways)


def _words_of(name: str) -> str:
    """A name's words without capitals, accents and signs: `alvasa-stadsnat` and `Älvåsa Stadsnät` are one."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(ch if ch.isalnum() else " " for ch in bare if not unicodedata.combining(ch))
    return " ".join(kept.split())


def _contracts(plan: Plan, components: list[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: dict[str, list[str]] = defaultdict(list)
    for i in components:
        if plan.components[i].contract:
            found[plan.components[i].contract].append(i)
    return tuple((contract, tuple(ids)) for contract, ids in sorted(found.items()))
