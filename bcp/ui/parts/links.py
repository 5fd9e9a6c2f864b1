"""What hangs together with what in a plan, as plain pairs: what pictures and lists are made from."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from bcp.model.plan import Plan

Sort = Literal["needs", "shared", "start", "fallback"]
"""needs: one is enough to stop it; shared: a member of a pool, split or quorum; start: needed to start;
fallback: stands in for it."""


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """`source` rests on `target`, or is replaced by it where the sort is fallback."""

    source: str
    target: str
    sort: Sort


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


def around(all_links: Iterable[Link], focus: str, depth: int, limit: int) -> tuple[str, ...]:
    """What lies within `depth` steps of `focus`, nearest first, at most `limit` of them.

    Upwards go those that rest on it, downwards what it rests on; the two are not mixed, so that a
    sibling does not appear only because it shares a cable.
    """
    needs: dict[str, list[str]] = {}
    needed_by: dict[str, list[str]] = {}
    for link in all_links:
        needs.setdefault(link.source, []).append(link.target)
        needed_by.setdefault(link.target, []).append(link.source)
    down, up = _reached(needs, focus, depth), _reached(needed_by, focus, depth)
    distance = {i: min(down.get(i, depth + 1), up.get(i, depth + 1)) for i in {*down, *up}}
    return tuple(sorted(distance, key=lambda i: (distance[i], i)))[:limit]


def _reached(neighbours: Mapping[str, list[str]], start: str, depth: int) -> dict[str, int]:
    found = {start: 0}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        if found[here] == depth:
            continue
        for there in neighbours.get(here, ()):
            if there not in found:
                found[there] = found[here] + 1
                queue.append(there)
    return found
