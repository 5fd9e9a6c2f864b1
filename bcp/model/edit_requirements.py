"""Changes to what components rest on, each a new plan that is sound or refused: connect, disconnect, set a mode."""

from __future__ import annotations

from collections import Counter

from bcp.errors import BcpError, InvalidInputError, NotFoundError, Problem
from bcp.model.component import Component
from bcp.model.edit import put_component
from bcp.model.integrity import problems
from bcp.model.plan import Plan
from bcp.model.references import path_text
from bcp.model.requirement import Needs, Requirement
from bcp.model.spelling import did_you_mean
from bcp.model.swap import swapped_requirement
from bcp.saying import said


def connect(plan: Plan, owner: str, target: str) -> Plan:
    """The plan in which `owner` needs `target` too. Raises BcpError: for itself, and for what it has already."""
    component = named(plan, owner)
    named(plan, target)
    if any(target in r.members and r.during == "run" for r in component.requires):
        message = said("{name} rests on {target} already.", name=plan.title(owner), target=plan.title(target))
        raise BcpError(message, said("Choose the arrow between them to change how."))
    return put_requirement(plan, owner, Needs(needs=target))


def disconnect(plan: Plan, owner: str, target: str) -> Plan:
    """The plan in which `owner` no longer requires `target` in any way; its groups go on without it.

    Raises NotFoundError where it did not.
    """
    component = named(plan, owner)
    if not any(target in r.members for r in component.requires):
        message = said("{name} does not rest on {target}.", name=plan.title(owner), target=plan.title(target))
        raise NotFoundError(message, said("Choose two components with an arrow between them."))
    left = (swapped_requirement(r, lambda i: None if i == target else i) for r in component.requires)
    return _with_requires(plan, owner, tuple(r for r in left if r is not None))


def put_requirement(plan: Plan, owner: str, requirement: Requirement, at: int | None = None) -> Plan:
    """The plan in which `owner` has this requirement, at the end or in the place of its number `at` (from 0).

    Where it is a pool, split or quorum, the owner's hard needs of a single member of it go: beside
    them nobody could take over. Raises BcpError where the plan would get a fault that it did not have.
    """
    held = list(named(plan, owner).requires)
    if at is None:
        held.append(requirement)
    else:
        _numbered(plan, owner, at)
        held[at] = requirement
    kept = tuple(r for r in held if r is requirement or not _pointless_beside(r, requirement))
    after = _with_requires(plan, owner, kept)
    refuse_new_faults(plan, after)
    return after


def drop_requirement(plan: Plan, owner: str, at: int) -> Plan:
    """The plan without this requirement of `owner`, by its number from 0. Raises NotFoundError."""
    _numbered(plan, owner, at)
    return _with_requires(
        plan, owner, tuple(r for n, r in enumerate(plan.components[owner].requires) if n != at)
    )


def put_beside(
    plan: Plan, key: str, component: Component, *, needed_by: str | None = None, needs: str | None = None
) -> Plan:
    """The plan with a new component that one there needs, or that needs one there. Raises BcpError."""
    if key in plan.components:
        raise BcpError(said("the id {key!r} is taken.", key=key), said("Choose another id."))
    after = put_component(plan, key, component)
    if needed_by is not None:
        after = connect(after, needed_by, key)
    if needs is not None:
        after = connect(after, key, needs)
    return after


def refuse_new_faults(before: Plan, after: Plan) -> None:
    """Raise InvalidInputError with every fault that `after` has and `before` had not."""
    had = Counter(fault.message for fault in problems(before))
    found = []
    for fault in problems(after):
        if had[fault.message] > 0:
            had[fault.message] -= 1
        else:
            found.append(Problem("", 0, path_text(fault.path), fault.message, fault.fix))
    if found:
        raise InvalidInputError(found)


def named(plan: Plan, key: str) -> Component:
    """The component of this id. Raises NotFoundError."""
    if key not in plan.components:
        fix = did_you_mean(key, list(plan.components), said("Name one that the plan has."))
        raise NotFoundError(said("the plan has no component {key!r}.", key=key), fix)
    return plan.components[key]


def _numbered(plan: Plan, owner: str, at: int) -> None:
    if not 0 <= at < len(named(plan, owner).requires):
        raise NotFoundError(
            said("{name} has no requirement {number}.", name=plan.title(owner), number=at + 1),
            said("Choose it anew."),
        )


def _pointless_beside(held: Requirement, group: Requirement) -> bool:
    return (
        isinstance(held, Needs)
        and not isinstance(group, Needs)
        and held.impact == 1
        and held.during == group.during
        and held.needs in group.members
    )


def _with_requires(plan: Plan, owner: str, requires: tuple[Requirement, ...]) -> Plan:
    return put_component(plan, owner, plan.components[owner].model_copy(update={"requires": requires}))
