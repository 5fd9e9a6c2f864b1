"""Another id, or none, in every place of a plan that names one."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from bcp.model.component import Component
from bcp.model.fallback import Fallback, Step
from bcp.model.plan import Document, Plan
from bcp.model.references import WHOLE_PLAN
from bcp.model.requirement import Needs, Pool, Quorum, Requirement, Split

Swap = Callable[[str], str | None]
"""What an id becomes: another one, the same, or None where it is gone."""


def with_parts(plan: Plan, changes: Mapping[str, Any]) -> Plan:
    """A new plan; not `model_copy`, which would take along what the old one has cached."""
    return Plan.model_validate({name: getattr(plan, name) for name in Plan.model_fields} | dict(changes))


def swapped(plan: Plan, swap: Swap) -> Plan:
    """The plan with `swap` applied to every reference; the entries keep their own ids."""
    changes = {
        "components": {i: swapped_component(c, swap) for i, c in plan.components.items()},
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
    return with_parts(plan, changes)


def swapped_component(component: Component, swap: Swap) -> Component:
    """The component with its requirements, members and owner swapped."""
    requires = (swapped_requirement(r, swap) for r in component.requires)
    changes = {
        "requires": tuple(r for r in requires if r is not None),
        "members": _many(component.members, swap),
        "owner": _one(component.owner, swap),
    }
    return component.model_copy(update=changes)


def swapped_requirement(requirement: Requirement, swap: Swap) -> Requirement | None:
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
        "questions": tuple(
            q.model_copy(update={"about": about, "to": _one(q.to, swap)})
            for q in document.questions
            if (about := WHOLE_PLAN if q.about == WHOLE_PLAN else swap(q.about)) is not None
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
