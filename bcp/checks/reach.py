"""What rests on what, all of a plan at once: one whole number a component, with a bit for each one below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from bcp.engine.levels.selectors import Lineage
from bcp.model.component import Kind
from bcp.model.plan import Plan


class Reach:
    """The requirement closures of a plan.

    Components are ranked so that whatever rests on another comes after it: the numbers of what rests on
    little stay short.
    """

    def __init__(self, plan: Plan) -> None:
        import networkx as nx  # noqa: PLC0415 - slow to import, and most pages and commands need none

        self._plan = plan
        self._lineage = Lineage(plan)
        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_nodes_from(plan.components)
        graph.add_edges_from((i, m) for i, members in self._lineage.below.items() for m in members)
        rings = nx.condensation(graph)
        order = list(nx.lexicographical_topological_sort(rings, key=lambda r: min(rings.nodes[r]["members"])))
        self._ranked = [
            i for ring in reversed(order) for i in sorted(rings.nodes[ring]["members"], reverse=True)
        ]
        self._rank = {i: n for n, i in enumerate(self._ranked)}
        below: dict[int, int] = {}
        for ring in reversed(order):
            mask = self.mask(rings.nodes[ring]["members"])
            for other in rings.successors(ring):
                mask |= below[other]
            below[ring] = mask
        ring_of = rings.graph["mapping"]
        self._below = {i: below[ring_of[i]] for i in plan.components}

    def mask(self, ids: Iterable[str]) -> int:
        """A bit for each of these components."""
        found = 0
        for i in ids:
            found |= 1 << self._rank[i]
        return found

    def of_kind(self, *kinds: Kind) -> int:
        """A bit for each component of these kinds."""
        return self.mask(self._plan.of_kind(*kinds))

    def below(self, component: str) -> int:
        """A bit for the component and each one it rests on, directly or not."""
        return self._below[component]

    def rests(self, component: str, other: str) -> bool:
        """True where a component is another one or rests on it, directly or not."""
        return bool(self._below[component] >> self._rank[other] & 1)

    def closure(self, ids: Iterable[str]) -> frozenset[str]:
        """These components and everything they rest on."""
        return self._lineage.rests_on(ids)

    def ids(self, mask: int) -> Iterator[str]:
        """The components of the bits, from the top down."""
        while mask:
            highest = mask.bit_length() - 1
            yield self._ranked[highest]
            mask ^= 1 << highest

    def tops(self, mask: int) -> list[str]:
        """Those of the bits that rest on no other of them, sorted; of a ring, the first by name."""
        found = []
        while mask:
            first = self._ranked[mask.bit_length() - 1]
            found.append(first)
            mask &= ~self._below[first]
        return sorted(found)

    @cached_property
    def _activities(self) -> list[str]:
        return list(self._plan.activities)

    def activities_on(self, component: str) -> list[str]:
        """The activities that rest on a component, itself included, in the order of the plan."""
        return [a for a in self._activities if self.rests(a, component)]
