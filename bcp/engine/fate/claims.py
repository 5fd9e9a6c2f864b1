"""What a plan says is independent: a fallback and what it protects, members of a pool or quorum, two operators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from bcp.model.component import Kind
from bcp.model.fallback import Fallback
from bcp.model.fate import Basis
from bcp.model.plan import Plan
from bcp.model.requirement import Pool, Quorum, Requirement


@dataclass(frozen=True, slots=True)
class Claim:
    """Two sides or more that are said to be independent, each the ids of what it consists of.

    Meetings are looked for from the first side alone where `from_first`, otherwise from all of them.
    """

    sides: tuple[tuple[str, ...], ...]
    from_first: bool = False


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Members that stand in for each other: in a requirement of `subject` (its number), or as two operators."""

    subject: str
    requirement: int | None
    basis: Basis
    members: tuple[str, ...]
    claim: Claim


def used_by(fallback: Fallback) -> tuple[str, ...]:
    """What a fallback uses itself: what it goes via, what it needs, and where it executes; sorted."""
    place = (fallback.executes_at,) if fallback.executes_at else ()
    return tuple(sorted({*fallback.via, *fallback.needs, *place}))


def of_fallback(fallback: Fallback) -> Claim:
    """That what a fallback uses is independent of what it protects."""
    return Claim((used_by(fallback), (fallback.protects,)), from_first=True)


def alternatives(plan: Plan) -> list[Alternatives]:
    """Everything beside fallbacks that a plan says stands in for each other; requirements first, by component.

    A pool counts with two members or more that have a capacity, a quorum where it needs fewer than it
    has. Operators count in pairs: where one stands beside the other in such a requirement, or carries a
    fallback for something of the other's. Each side is what is named there of that operator.
    """
    found = [
        Alternatives(i, n, _basis(requirement), members, Claim(tuple((m,) for m in members)))
        for i in sorted(plan.components)
        for n, requirement in enumerate(plan.components[i].requires)
        if (members := redundant(requirement))
    ]
    return [*found, *_operators(plan, [a.members for a in found])]


def redundant(requirement: Requirement) -> tuple[str, ...]:
    """The members of a requirement that stand in for each other; none where it has no redundancy."""
    match requirement:
        case Pool():
            members = tuple(m for m, capacity in requirement.pool.items() if capacity > 0)
        case Quorum() if requirement.quorum < len(requirement.of):
            members = requirement.of
        case _:
            members = ()
    return members if len(members) > 1 else ()


def _basis(requirement: Requirement) -> Basis:
    return Basis.POOL if isinstance(requirement, Pool) else Basis.QUORUM


def _operators(plan: Plan, redundancies: Iterable[tuple[str, ...]]) -> Iterator[Alternatives]:
    """Each pair of operators that stand in for each other, with what is named of either."""
    named: dict[tuple[str, str], tuple[set[str], set[str]]] = {}
    for ours, theirs in _opposed(plan, redundancies):
        for one, other in product(ours, theirs):
            if one < other:
                sides = named.setdefault((one, other), (set(), set()))
                sides[0].update(ours[one])
                sides[1].update(theirs[other])
    for pair in sorted(named):
        first, second = (tuple(sorted(side)) for side in named[pair])
        yield Alternatives(pair[0], None, Basis.OPERATORS, pair, Claim((first, second)))


_ByOperator = dict[str, list[str]]


def _opposed(
    plan: Plan, redundancies: Iterable[tuple[str, ...]]
) -> Iterator[tuple[_ByOperator, _ByOperator]]:
    """What stands on either side of each claim, by operator; both ways round."""
    for fallback in plan.fallbacks.values():
        ours, theirs = _by_operator(plan, used_by(fallback)), _by_operator(plan, (fallback.protects,))
        yield from ((ours, theirs), (theirs, ours))
    for members in redundancies:
        each = _by_operator(plan, members)
        yield each, each


def _by_operator(plan: Plan, components: Iterable[str]) -> _ByOperator:
    found: _ByOperator = {}
    for component in components:
        if operator := operator_of(plan, component):
            found.setdefault(operator, []).append(component)
    return found


def operator_of(plan: Plan, component: str) -> str:
    """Whose a component is: its operator, or the component itself where it is one; empty where nobody says."""
    found = plan.components[component]
    return component if found.kind == Kind.OPERATOR else found.operator
