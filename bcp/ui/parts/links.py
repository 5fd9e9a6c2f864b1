"""What hangs together with what in a plan, as plain pairs: what pictures and lists are made from."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

from bcp.model.plan import Plan
from bcp.ui.per_plan import once
from bcp.ui.view import Way

Sort = Literal["needs", "shared", "start", "fallback"]
"""needs: one is enough to stop it; shared: a member of a pool, split or quorum; start: needed to start;
fallback: stands in for it."""


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """`source` rests on `target`, or is replaced by it where the sort is fallback."""

    source: str
    target: str
    sort: Sort


@once
def links(plan: Plan) -> tuple[Link, ...]:
    """Every pair once, sorted; names that the plan does not have are left out."""
    found: set[Link] = set()
    for source, component in plan.components.items():
        for requirement in component.requires:
            sort: Sort = "needs" if hasattr(requirement, "needs") else "shared"
            if requirement.during == "start":
                sort = "start"
            found |= {Link(source, target, sort) for target in requirement.members}
    for fallback in plan.fallbacks.values():
        found |= {Link(fallback.protects, target, "fallback") for target in fallback.via}
    return tuple(sorted(x for x in found if x.source in plan.components and x.target in plan.components))


_NOBODY: frozenset[str] = frozenset()


class Neighbours:
    """Who rests on whom, by component."""

    def __init__(self, links: Iterable[Link]) -> None:
        self._needs: dict[str, set[str]] = {}
        self._needed_by: dict[str, set[str]] = {}
        for link in links:
            self._needs.setdefault(link.source, set()).add(link.target)
            self._needed_by.setdefault(link.target, set()).add(link.source)

    def beside(self, component: str, way: Way) -> AbstractSet[str]:
        """What rests on a component (up), or what it rests on (down)."""
        return (self._needed_by if way == "up" else self._needs).get(component, _NOBODY)


@once
def neighbours(plan: Plan) -> Neighbours:
    """Who rests on whom in a plan."""
    return Neighbours(links(plan))


def around(beside: Neighbours, focus: str, *, up: int, down: int) -> tuple[str, ...]:
    """What lies within `up` and `down` steps of `focus`, which comes first, then by distance and id.

    Upwards go those that rest on it, downwards what it rests on; the two are not mixed, so that a
    sibling does not appear only because it shares a cable.
    """
    above, below = _reached(beside, focus, "up", up), _reached(beside, focus, "down", down)
    distance = above | {i: min(steps, above.get(i, steps)) for i, steps in below.items()}
    return tuple(sorted(distance, key=lambda i: (distance[i], i)))


def _reached(beside: Neighbours, start: str, way: Way, depth: int) -> dict[str, int]:
    found = {start: 0}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        if found[here] == depth:
            continue
        for there in beside.beside(here, way):
            if there not in found:
                found[there] = found[here] + 1
                queue.append(there)
    return found
