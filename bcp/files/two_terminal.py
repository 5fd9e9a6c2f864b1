"""Which links and nodes keep two nodes connected, exactly, as requirements that rest on no ring.

What every way passes is needed. Between two such nodes the others are eliminated one by one, those with
fewest neighbours first: what ran by way of a node becomes an alternative between each two of its
neighbours (Kleene's elimination on the Boolean semiring). The ways themselves are never listed, so that
a meshed network does not become too large.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from bcp.errors import BcpError
from bcp.saying import said

if TYPE_CHECKING:
    import networkx as nx

_MOST = 50_000
"""More combinations than this are refused."""

Way = tuple[str, ...]
"""Links and connections that are needed together."""

_Ways = dict[Way, tuple[str, ...]]
"""Alternatives between two nodes, each with the nodes that it runs by, from the first of the two by name."""


@dataclass(frozen=True, slots=True)
class Connection:
    """A name for a combination: one of several alternatives between two nodes, or all of what one takes.

    `between` and `via` name nodes; `any_of` says whether one member is enough.
    """

    key: str
    between: tuple[str, str]
    via: tuple[str, ...]
    any_of: bool
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the way between two nodes that every way passes: one of the alternatives is needed."""

    between: tuple[str, str]
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Connectivity:
    """Two nodes are connected where all `nodes` hold and each stretch has one of its ways."""

    nodes: tuple[str, ...]
    stretches: tuple[Stretch, ...]
    connections: tuple[Connection, ...]


def connectivity(links: Mapping[str, tuple[str, str]], one: str, other: str) -> Connectivity:
    """What it takes for two nodes to be connected, given each link's two ends. A link needs both its ends.

    Keys of links and connections share one set of names: a connection's is `connection-1` and so on.
    Raises BcpError where no way leads from one to the other, or more than 50,000 combinations are needed.
    """
    import networkx as nx  # noqa: PLC0415 - slow to import, and most pages and commands need none

    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from((one, other))
    graph.add_edges_from(ends for ends in links.values() if ends[0] != ends[1])
    try:
        path: list[str] = nx.shortest_path(graph, one, other)
    except nx.NetworkXNoPath:
        raise BcpError(
            said("no way leads from {one} to {other}.", one=one, other=other),
            said("Name two nodes that are linked."),
        ) from None
    parallel: dict[frozenset[str], list[str]] = {}
    for link, ends in links.items():
        parallel.setdefault(frozenset(ends), []).append(link)
    nodes, stretches, builder = [one], [], _Builder()
    for start, end, block in _stretches(graph, path):
        between = {pair: parallel[frozenset(pair)] for pair in block}
        stretches.append(Stretch((start, end), builder.ways(between, start, end)))
        nodes.append(end)
    return Connectivity(tuple(nodes), tuple(stretches), tuple(builder.connections))


def _stretches(graph: nx.Graph[str], path: Sequence[str]) -> Iterable[tuple[str, str, list[tuple[str, str]]]]:
    """The 2-connected blocks that the path runs through: where it enters, where it leaves, their edges."""
    import networkx as nx  # noqa: PLC0415 - slow to import, and most pages and commands need none

    blocks = [
        sorted(tuple(sorted(edge)) for edge in block) for block in nx.biconnected_component_edges(graph)
    ]
    block_of = {frozenset(edge): b for b, block in enumerate(blocks) for edge in block}
    passed = [block_of[frozenset(edge)] for edge in pairwise(path)]
    start = 0
    for n, block in enumerate(passed):
        if n + 1 == len(passed) or passed[n + 1] != block:
            yield path[start], path[n + 1], [(a, b) for a, b in blocks[block]]
            start = n + 1


class _Builder:
    """Makes the connections of all stretches; each combination is made once."""

    def __init__(self) -> None:
        self.connections: list[Connection] = []
        self._known: dict[tuple[bool, Way], str] = {}

    def ways(self, links: Mapping[tuple[str, str], list[str]], start: str, end: str) -> tuple[str, ...]:
        """The alternatives between two nodes of a block, given the links between each two neighbours."""
        near: dict[str, dict[str, _Ways]] = {}
        for (a, b), some in links.items():
            ways: _Ways = {(link,): () for link in some}
            near.setdefault(a, {})[b] = ways
            near.setdefault(b, {})[a] = ways
        inner = sorted(near.keys() - {start, end})
        while inner:
            node = min(inner, key=lambda w: (len(near[w]), w))
            inner.remove(node)
            self._eliminate(near, node)
        between = (start, end)
        return tuple(self._whole(between, way, _run(via, between)) for way, via in near[start][end].items())

    def _eliminate(self, near: dict[str, dict[str, _Ways]], node: str) -> None:
        around = near.pop(node)
        chain = len(around) == 2  # noqa: PLR2004 - it only passes on
        part = {n: self._part((n, node), ways, keep=chain) for n, ways in sorted(around.items())}
        for n in around:
            del near[n][node]
        for (a, (left, via_left)), (b, (right, via_right)) in combinations(part.items(), 2):
            ways = near[a].get(b)
            if ways is None:
                ways = near[a][b] = near[b][a] = {}
            _add(ways, tuple(sorted({*left, *right})), (*via_left, node, *reversed(via_right)))

    def _part(self, between: tuple[str, str], ways: _Ways, *, keep: bool) -> tuple[Way, tuple[str, ...]]:
        """What stands for a connection in a longer way; a single way is kept as its links where asked."""
        run = {way: _run(via, between) for way, via in ways.items()}
        only = next(iter(run.values())) if len(run) == 1 else ()
        if keep and len(run) == 1:
            return next(iter(run)), only
        alternatives = tuple(self._whole(between, way, via) for way, via in run.items())
        return (self._one(between, (), alternatives, any_of=True),), only

    def _whole(self, between: tuple[str, str], way: Way, via: tuple[str, ...]) -> str:
        return self._one(between, via, way, any_of=False)

    def _one(self, between: tuple[str, str], via: tuple[str, ...], members: Way, *, any_of: bool) -> str:
        """The member itself where there is one, else the connection of these members."""
        if len(members) == 1:
            return members[0]
        key = (any_of, members)
        if key not in self._known:
            if len(self.connections) >= _MOST:
                message = said(
                    "it takes more than {most:,} combinations to say what keeps the two connected.",
                    most=_MOST,
                )
                raise BcpError(
                    message, said("Leave links out of the network that do not matter between them.")
                )
            self._known[key] = f"connection-{len(self.connections) + 1}"
            self.connections.append(Connection(self._known[key], between, via, any_of, members))
        return self._known[key]


def _run(via: tuple[str, ...], between: tuple[str, str]) -> tuple[str, ...]:
    """The nodes that a way runs by, from the first of the two given."""
    return via if between[0] < between[1] else via[::-1]


def _add(ways: _Ways, way: Way, via: tuple[str, ...]) -> None:
    """Add an alternative, unless it asks for all that another one does; drop those that ask for more."""
    wanted = set(way)
    if any(wanted.issuperset(other) for other in ways):
        return
    for other in [o for o in ways if wanted.issubset(o)]:
        del ways[other]
    ways[way] = via
