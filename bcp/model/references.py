"""Every place in a plan where a component, fallback or contact is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bcp.model.component import Component
from bcp.model.fallback import Fallback, Step
from bcp.model.plan import Document, Plan

Path = tuple[str | int, ...]
"""A place inside a plan: keys of mappings, names of fields, positions in lists."""

Wanted = Literal["component", "contact", "person", "subject"]
"""What a place may name: a component; a contact; a contact or team; anything that a finding is about."""

WHOLE_PLAN = "plan"
"""The subject of a finding, and of a risk accepted, that is about the plan as a whole."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One id that stands somewhere in the plan."""

    path: Path
    name: str
    wanted: Wanted


def path_text(path: Path) -> str:
    """A path as people read it: `components.n-0771.requires[0]`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def references(plan: Plan) -> Iterator[Reference]:
    """Every reference, in the order of the plan."""
    for i, component in plan.components.items():
        yield from _of_component(("components", i), component)
    for i, fallback in plan.fallbacks.items():
        yield from _of_fallback(("fallbacks", i), fallback)
    for i, contact in plan.contacts.items():
        yield from _one(("contacts", i, "deputy"), contact.deputy, "contact")
        for n, way in enumerate(contact.ways):
            yield from _many(("contacts", i, "ways", n, "on"), way.on, "component")
    for n, risk in enumerate(plan.accepted_risks):
        if risk.subject != WHOLE_PLAN:
            yield Reference(("accepted_risks", n, "subject"), risk.subject, "subject")
    yield from _of_document(("document",), plan.document)


def _of_component(at: Path, component: Component) -> Iterator[Reference]:
    for n, requirement in enumerate(component.requires):
        for member in requirement.members:
            yield Reference((*at, "requires", n), member, "component")
    yield from _many((*at, "members"), component.members, "contact")
    yield from _one((*at, "owner"), component.owner, "contact")


def _of_fallback(at: Path, fallback: Fallback) -> Iterator[Reference]:
    yield Reference((*at, "protects"), fallback.protects, "component")
    yield from _many((*at, "via"), fallback.via, "component")
    yield from _many((*at, "needs"), fallback.needs, "component")
    yield from _one((*at, "executes_at"), fallback.executes_at, "component")
    yield from _steps((*at, "steps"), fallback.steps)
    yield from _steps((*at, "failback_steps"), fallback.failback_steps)
    yield from _one((*at, "owner"), fallback.owner, "person")


def _of_document(at: Path, document: Document) -> Iterator[Reference]:
    yield from _one((*at, "owner"), document.owner, "contact")
    yield from _one((*at, "approver"), document.approver, "contact")
    yield from _many((*at, "activation", "decided_by"), document.activation.decided_by, "contact")
    for caller, called in document.activation.call_tree.items():
        here: Path = (*at, "activation", "call_tree", caller)
        yield Reference(here, caller, "contact")
        yield from _many(here, called, "contact")
    for n, message in enumerate(document.messages):
        yield from _many((*at, "messages", n, "channels"), message.channels, "component")
        yield from _one((*at, "messages", n, "by"), message.by, "person")
    for n, question in enumerate(document.questions):
        if question.about != WHOLE_PLAN:
            yield Reference((*at, "questions", n, "about"), question.about, "subject")
        yield from _one((*at, "questions", n, "to"), question.to, "contact")


def _steps(at: Path, steps: tuple[Step, ...]) -> Iterator[Reference]:
    for n, step in enumerate(steps):
        yield from _one((*at, n, "by"), step.by, "person")
        yield from _many((*at, n, "needs"), step.needs, "component")


def _one(at: Path, name: str | None, wanted: Wanted) -> Iterator[Reference]:
    if name is not None:
        yield Reference(at, name, wanted)


def _many(at: Path, names: tuple[str, ...], wanted: Wanted) -> Iterator[Reference]:
    for n, name in enumerate(names):
        yield Reference((*at, n), name, wanted)
