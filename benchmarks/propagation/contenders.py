"""Who answers 'what goes down?': each is built once, then asked again and again."""

from __future__ import annotations

from abc import ABC, abstractmethod
from itertools import pairwise

import igraph
import networkx as nx
import numpy as np
import numpy.typing as npt
import rustworkx
from layered import LAYERS, Layered, bytes_moved, compiled
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order

from bcp.engine.levels.steady import steady

Down = npt.NDArray[np.bool_]


class Contender(ABC):
    """Something that can tell which components go down."""

    name = ""

    @abstractmethod
    def __init__(self, plan: Layered) -> None:
        """Build whatever it asks."""

    @abstractmethod
    def ask(self) -> None:
        """Find out which levels or components, in the contender's own form: this is what is timed."""

    @abstractmethod
    def down(self) -> Down:
        """The last answer as a flag a component, untimed."""


class Engine(Contender):
    """This product: levels as 64-bit floats, for every mode of requirement."""

    name = "bcp: steady state"

    def __init__(self, plan: Layered) -> None:
        self.system = compiled(plan)
        self.number = np.array([self.system.index[str(i)] for i in range(plan.n)])
        self.own = np.ones(plan.n)
        self.own[self.number[plan.failed]] = 0.0

    def ask(self) -> None:
        self.levels = steady(self.system, self.own)

    def down(self) -> Down:
        return self.levels.x[self.number] == 0.0


class NetworkxPass(Contender):
    """What one would write first: a NetworkX graph, its topological order, a rule a node."""

    name = "NetworkX: topological pass"

    def __init__(self, plan: Layered) -> None:
        self.graph: nx.DiGraph[int] = nx.DiGraph()
        members, redundant = plan.members.tolist(), plan.redundant.tolist()
        for i in range(plan.n):
            self.graph.add_node(i, redundant=redundant[i], requires=members[i] if i >= plan.first else ())
            if i >= plan.first:
                self.graph.add_edges_from((j, i) for j in members[i])
        self.failed = frozenset(plan.failed.tolist())

    def ask(self) -> None:
        up: dict[int, bool] = {}
        nodes = self.graph.nodes
        for i in nx.topological_sort(self.graph):
            node = nodes[i]
            if not node["requires"]:
                up[i] = i not in self.failed
                continue
            a, b, c = node["requires"]
            up[i] = up[a] and (up[b] or up[c] if node["redundant"] else up[b] and up[c])
        self.up = up

    def down(self) -> Down:
        return np.array([not self.up[i] for i in range(len(self.up))])


class PythonLists(Contender):
    """Plain Python lists in an order that is known beforehand."""

    name = "Python lists, order known"

    def __init__(self, plan: Layered) -> None:
        self.n, self.first = plan.n, plan.first
        self.rows = list(zip(*plan.members[plan.first :].T.tolist(), strict=True))
        self.redundant = plan.redundant[plan.first :].tolist()
        self.failed = plan.failed.tolist()

    def ask(self) -> None:
        up = [True] * self.first
        for i in self.failed:
            up[i] = False
        for (a, b, c), redundant in zip(self.rows, self.redundant, strict=True):
            up.append(up[a] and (up[b] or up[c] if redundant else up[b] and up[c]))
        self.up = up

    def down(self) -> Down:
        return ~np.array(self.up)


def edges(plan: Layered) -> npt.NDArray[np.int64]:
    """From a member to what rests on it, and from one more node, number n, to the failed leaves: shape (E, 2)."""
    bearers = np.repeat(np.arange(plan.first, plan.n), plan.members.shape[1])
    rests = np.stack([plan.members[plan.first :].ravel(), bearers], axis=1)
    source = np.stack([np.full(len(plan.failed), plan.n), plan.failed], axis=1)
    return np.concatenate([rests, source])


class _Reachability(Contender):
    """Everything reachable from the failed leaves: one call, and too much, for it knows no redundancy."""

    def __init__(self, plan: Layered) -> None:
        self.n = plan.n
        self.found: npt.NDArray[np.int64] | list[int] | set[int] = []
        self.build(edges(plan))

    @abstractmethod
    def build(self, pairs: npt.NDArray[np.int64]) -> None:
        """Build the library's graph from edges of shape (E, 2)."""

    def down(self) -> Down:
        flags = np.zeros(self.n + 1, np.bool_)
        flags[list(self.found)] = True
        return flags[:-1]


class Igraph(_Reachability):
    """The igraph library's subcomponent."""

    name = "igraph: subcomponent"

    def build(self, pairs: npt.NDArray[np.int64]) -> None:
        self.graph = igraph.Graph(n=self.n + 1, edges=pairs, directed=True)

    def ask(self) -> None:
        self.found = self.graph.subcomponent(self.n, mode="out")


class Rustworkx(_Reachability):
    """The rustworkx library's descendants."""

    name = "rustworkx: descendants"

    def build(self, pairs: npt.NDArray[np.int64]) -> None:
        self.graph = rustworkx.PyDiGraph(multigraph=False)
        self.graph.add_nodes_from(range(self.n + 1))
        self.graph.add_edges_from_no_data([(int(a), int(b)) for a, b in pairs])

    def ask(self) -> None:
        self.found = rustworkx.descendants(self.graph, self.n)


class Scipy(_Reachability):
    """SciPy's breadth-first search over a sparse matrix."""

    name = "SciPy: csr breadth first"

    def build(self, pairs: npt.NDArray[np.int64]) -> None:
        ones = np.ones(len(pairs), np.int8)
        self.graph = csr_array((ones, (pairs[:, 0], pairs[:, 1])), shape=(self.n + 1, self.n + 1))

    def ask(self) -> None:
        self.found = breadth_first_order(self.graph, self.n, return_predecessors=False)


class Gather(Contender):
    """No answer either: NumPy fetching three levels a component, without doing anything with them."""

    name = "NumPy take of as many levels"

    def __init__(self, plan: Layered) -> None:
        self.levels = np.ones(plan.n)
        bounds = np.linspace(0, plan.n, LAYERS + 1).astype(int)
        self.members = [
            np.ascontiguousarray(plan.members[first:last, place])
            for first, last in pairwise(bounds[1:])
            for place in range(plan.members.shape[1])
        ]

    def ask(self) -> None:
        for member in self.members:
            self.levels.take(member)

    def down(self) -> Down:
        return np.zeros(0, np.bool_)


class Copy(Contender):
    """No answer at all: a NumPy copy that reads and writes as many bytes as one pass must, for the memory's speed."""

    name = "NumPy copy of as many bytes"

    def __init__(self, plan: Layered) -> None:
        self.source = np.ones(bytes_moved(plan) // 16)
        self.target = np.zeros_like(self.source)

    def ask(self) -> None:
        np.copyto(self.target, self.source)

    def down(self) -> Down:
        return np.zeros(0, np.bool_)


CONTENDERS: tuple[type[Contender], ...] = (
    Engine,
    NetworkxPass,
    PythonLists,
    Igraph,
    Rustworkx,
    Scipy,
    Gather,
    Copy,
)
