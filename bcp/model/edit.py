"""Changes to a plan, each a new plan: put, rename and remove, with every reference kept right."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bcp.errors import BcpError, NotFoundError
from bcp.model.component import Component
from bcp.model.fallback import Fallback, Step
from bcp.model.plan import Contact, Document, Plan
from bcp.model.references import Reference, path_text
from bcp.model.references import references as all_references
from bcp.model.requirement import Needs, Pool, Quorum, Requirement, Split
from bcp.model.spelling import did_you_mean
from bcp.model.value import Identifier
from bcp.words import Words, words

_SECTIONS = ("components", "fallbacks", "contacts")
_ID: TypeAdapter[str] = TypeAdapter(Identifier)

Swap = Callable[[str], str | None]
"""What an id becomes: another one, the same, or None where it is gone."""


def references(plan: Plan, key: str) -> tuple[str, ...]:
    """Where a component, fallback or contact is named, as paths such as `fallbacks.f1.via[0]`."""
    return tuple(dict.fromkeys(path_text(r.path) for r in all_references(plan) if r.name == key))


def put_component(plan: Plan, key: str, component: Component) -> Plan:
    """The plan with this component added, or in the place of the one with that id. Raises BcpError."""
    return _put(plan, "components", key, component)


def put_fallback(plan: Plan, key: str, fallback: Fallback) -> Plan:
    """The plan with this fallback added, or in the place of the one with that id. Raises BcpError."""
    return _put(plan, "fallbacks", key, fallback)


def put_contact(plan: Plan, key: str, contact: Contact) -> Plan:
    """The plan with this contact added, or in the place of the one with that id. Raises BcpError."""
    return _put(plan, "contacts", key, contact)


def rename(plan: Plan, old: str, new: str) -> Plan:
    """The plan in which a component, fallback or contact has another id, everywhere. Raises BcpError."""
    section = _section_of(plan, old)
    if new == old:
        return plan
    _free(plan, new, "")
    changed = _swapped(plan, lambda key: new if key == old else key)
    entries = {new if k == old else k: v for k, v in getattr(changed, section).items()}
    return _with(changed, {section: entries})


def remove(
    plan: Plan,
    key: str,
    *,
    words: Words = words("en"),  # noqa: B008 - the words of a language are one constant value
) -> tuple[Plan, tuple[str, ...]]:
    """The plan without a component, fallback or contact, and in words what else changed because of it.

    Its mentions go: a requirement that loses its last member, a share of a split (the others are
    scaled up to sum to 1), a member of a quorum (which is lowered where it could not be reached), and
    fallbacks that protect it or have nothing else to go via. Raises NotFoundError.
    """
    _section_of(plan, key)
    gone = {key, *_fallen_with(plan, key)}
    report = _Report(plan, words, gone)
    report.fallbacks(key)
    for reference in all_references(plan):
        inside_gone = reference.path[0] in _SECTIONS and reference.path[1] in gone
        if reference.name in gone and not inside_gone:
            report.mention(reference)
    changed = _swapped(plan, lambda k: None if k in gone else k)
    rest = {s: {k: v for k, v in getattr(changed, s).items() if k not in gone} for s in _SECTIONS}
    risks = tuple(r for r in plan.accepted_risks if r.subject not in gone)
    return _with(changed, {**rest, "accepted_risks": risks}), tuple(dict.fromkeys(report.texts))


def _fallen_with(plan: Plan, key: str) -> list[str]:
    """Fallbacks that mean nothing without what is removed."""
    return [
        i
        for i, f in plan.fallbacks.items()
        if f.protects == key or (f.via and all(member == key for member in f.via))
    ]


@dataclass
class _Report:
    """What else changes in a removal, in words."""

    plan: Plan
    words: Words
    gone: set[str]
    texts: list[str] = field(default_factory=list)

    def fallbacks(self, key: str) -> None:
        """The fallbacks that go with what is removed."""
        for i in self.plan.fallbacks:
            if i in self.gone and i != key:
                name, cause = self.plan.title(i), self.plan.title(key)
                if self.plan.fallbacks[i].protects == key:
                    self.texts.append(
                        self.words("Fallback {name} is removed: it protects {cause}.", name=name, cause=cause)
                    )
                else:
                    text = self.words(
                        "Fallback {name} is removed: it goes via {cause} alone.", name=name, cause=cause
                    )
                    self.texts.append(text)

    def mention(self, reference: Reference) -> None:
        """One place that names what is removed."""
        section, owner, *rest = reference.path
        cause = self.plan.title(reference.name)
        if section == "components" and rest[0] == "requires" and isinstance(rest[1], int):
            self._requirement(str(owner), self.plan.components[str(owner)].requires[rest[1]], cause)
        elif section == "accepted_risks":
            self.texts.append(self.words("The accepted risk about {cause} is removed.", cause=cause))
        else:
            place = path_text(reference.path)
            self.texts.append(self.words("{cause} is taken out of {place}.", cause=cause, place=place))

    def _requirement(self, owner: str, requirement: Requirement, cause: str) -> None:
        name = self.plan.title(owner)
        left = _requirement(requirement, lambda k: None if k in self.gone else k)
        self.texts.append(self.words("{name} no longer requires {cause}.", name=name, cause=cause))
        if isinstance(left, Split):
            text = self.words("The other shares of {name} are scaled up so that they sum to 1.", name=name)
            self.texts.append(text)
        if isinstance(left, Quorum) and isinstance(requirement, Quorum) and left.quorum < requirement.quorum:
            text = self.words("The quorum of {name} is lowered to {quorum}.", name=name, quorum=left.quorum)
            self.texts.append(text)


def _put(plan: Plan, section: str, key: str, value: object) -> Plan:
    _free(plan, key, section)
    return _with(plan, {section: {**getattr(plan, section), key: value}})


def _free(plan: Plan, key: str, own: str) -> None:
    """Raise BcpError where `key` is no id or stands in a section other than `own`."""
    try:
        _ID.validate_python(key)
    except ValidationError:
        fix = "Use up to 80 letters, digits, underscores, dots and hyphens; begin with a letter or digit."
        raise BcpError(f"{key!r} is no id.", fix) from None
    for section in _SECTIONS:
        if section != own and key in getattr(plan, section):
            raise BcpError(f"the id {key!r} is taken: it stands under {section}.", "Choose another id.")


def _section_of(plan: Plan, key: str) -> str:
    for section in _SECTIONS:
        if key in getattr(plan, section):
            return section
    known = [k for section in _SECTIONS for k in getattr(plan, section)]
    fix = did_you_mean(key, known, "Name one that the plan has.")
    raise NotFoundError(f"the plan has no component, fallback or contact {key!r}.", fix)


def _with(plan: Plan, changes: Mapping[str, Any]) -> Plan:
    """A new plan; not `model_copy`, which would take along what the old one has cached."""
    return Plan.model_validate({name: getattr(plan, name) for name in Plan.model_fields} | dict(changes))


def _swapped(plan: Plan, swap: Swap) -> Plan:
    """The plan with `swap` applied to every reference; the entries keep their own ids."""
    changes = {
        "components": {i: _component(c, swap) for i, c in plan.components.items()},
        "fallbacks": {i: _fallback(f, swap) for i, f in plan.fallbacks.items()},
        "contacts": {
            i: c.model_copy(
                update={
                    "deputy": _one(c.deputy, swap),
                    "ways": tuple(w.model_copy(update={"on": _many(w.on, swap)}) for w in c.ways),
                }
            )
            for i, c in plan.contacts.items()
        },
        "accepted_risks": tuple(
            r.model_copy(update={"subject": swap(r.subject) or r.subject}) for r in plan.accepted_risks
        ),
        "document": _document(plan.document, swap),
    }
    return _with(plan, changes)


def _component(component: Component, swap: Swap) -> Component:
    requires = (_requirement(r, swap) for r in component.requires)
    changes = {
        "requires": tuple(r for r in requires if r is not None),
        "members": _many(component.members, swap),
        "owner": _one(component.owner, swap),
    }
    return component.model_copy(update=changes)


def _requirement(requirement: Requirement, swap: Swap) -> Requirement | None:
    """The requirement with its members swapped; None where it has none left that carry anything."""
    kept = {new: member for member in requirement.members if (new := swap(member)) is not None}
    if not kept:
        return None
    match requirement:
        case Needs():
            return requirement.model_copy(update={"needs": next(iter(kept))})
        case Pool(pool=capacities):
            pool = {new: capacities[member] for new, member in kept.items()}
            return requirement.model_copy(update={"pool": pool}) if any(pool.values()) else None
        case Split(split=shares):
            left = math.fsum(shares[member] for member in kept.values())
            if not left:
                return None
            whole = left if len(kept) < len(shares) else 1.0
            return requirement.model_copy(update={"split": {n: shares[m] / whole for n, m in kept.items()}})
        case Quorum(quorum=k):
            return requirement.model_copy(update={"of": tuple(kept), "quorum": min(k, len(kept))})


def _fallback(fallback: Fallback, swap: Swap) -> Fallback:
    changes = {
        "protects": swap(fallback.protects) or fallback.protects,
        "via": _many(fallback.via, swap),
        "needs": _many(fallback.needs, swap),
        "executes_at": _one(fallback.executes_at, swap),
        "owner": _one(fallback.owner, swap),
        "steps": _steps(fallback.steps, swap),
        "failback_steps": _steps(fallback.failback_steps, swap),
    }
    return fallback.model_copy(update=changes)


def _document(document: Document, swap: Swap) -> Document:
    activation = document.activation
    swapped = {
        "decided_by": _many(activation.decided_by, swap),
        "call_tree": {
            new: _many(called, swap)
            for caller, called in activation.call_tree.items()
            if (new := swap(caller)) is not None
        },
    }
    changes = {
        "owner": _one(document.owner, swap),
        "approver": _one(document.approver, swap),
        "activation": activation.model_copy(update=swapped),
        "messages": tuple(
            m.model_copy(update={"channels": _many(m.channels, swap), "by": _one(m.by, swap)})
            for m in document.messages
        ),
    }
    return document.model_copy(update=changes)


def _steps(steps: tuple[Step, ...], swap: Swap) -> tuple[Step, ...]:
    return tuple(
        step.model_copy(update={"by": _one(step.by, swap), "needs": _many(step.needs, swap)})
        for step in steps
    )


def _one(key: str | None, swap: Swap) -> str | None:
    return None if key is None else swap(key)


def _many(keys: tuple[str, ...], swap: Swap) -> tuple[str, ...]:
    return tuple(new for key in keys if (new := swap(key)) is not None)
