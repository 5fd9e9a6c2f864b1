"""Who answers 'which single failures take which activities down?', each for all components at once."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import igraph
import networkx as nx
import numpy as np
import rustworkx
from contenders import Engine, NetworkxPass, edges
from layered import Layered, compiled

from bcp.engine.failure.failure_logic import failure_logic
from bcp.engine.failure.singles import single_failures

Found = Mapping[int, frozenset[int]]
"""The activities that each component takes down alone, for the components that were asked about."""


@dataclass(frozen=True, slots=True)
class Question:
    """A plan, the activities that matter, and components in random order for those who can only be asked about some."""

    plan: Layered
    activities: list[int]
    sample: list[int]


class Finder(ABC):
    """Something that finds single failures. `sampled` says how many of them it was asked, if not all."""

    name = ""
    sampled = 0

    @abstractmethod
    def __init__(self, question: Question) -> None:
        """Build whatever it asks."""

    @abstractmethod
    def ask(self) -> float:
        """Find them, in the finder's own form, and say in how many seconds for all components."""

    @abstractmethod
    def found(self) -> Found:
        """The last answer, untimed."""


class Logic(Finder):
    """This product: the failure logic of all activities, then a bit for each component."""

    name = "bcp: failure logic and bits"

    def __init__(self, question: Question) -> None:
        self.system = compiled(question.plan)
        self.wanted = {str(i): 1.0 for i in question.activities}

    def ask(self) -> float:
        start = time.perf_counter()
        logic = failure_logic(self.system, self.wanted)
        self.logic_s = time.perf_counter() - start
        self.singles = single_failures(logic)
        return time.perf_counter() - start

    def found(self) -> Found:
        taken: dict[int, set[int]] = {}
        for activity, components in self.singles.items():
            for component in components:
                taken.setdefault(int(component), set()).add(int(activity))
        return {component: frozenset(down) for component, down in taken.items()}


class _OneEach(Finder):
    """One propagation a component, for a sample of the components; the time is scaled up to all of them."""

    sampled = 200

    def __init__(self, question: Question) -> None:
        self.plan, self.sample = question.plan, question.sample[: self.sampled]
        self.activities = np.array(question.activities)
        self.down: dict[int, frozenset[int]] = {}

    def ask(self) -> float:
        start = time.perf_counter()
        for component in self.sample:
            down = self.propagate(component)[self.activities]
            self.down[component] = frozenset(self.activities[down].tolist()) - {component}
        return (time.perf_counter() - start) / len(self.sample) * self.plan.n

    @abstractmethod
    def propagate(self, component: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """A flag a component: down when this one fails."""

    def found(self) -> Found:
        return self.down


class Steady(_OneEach):
    """This product's own steady state, once a component."""

    name = "bcp: one steady state each"

    def __init__(self, question: Question) -> None:
        super().__init__(question)
        self.engine = Engine(replace(question.plan, failed=np.zeros(0, np.intp)))

    def propagate(self, component: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        at = self.engine.number[component]
        self.engine.own[at] = 0.0
        self.engine.ask()
        self.engine.own[at] = 1.0
        return self.engine.down()


class NetworkxEach(_OneEach):
    """A NetworkX topological pass, once a component."""

    name = "NetworkX: one topological pass each"
    sampled = 5

    def __init__(self, question: Question) -> None:
        super().__init__(question)
        self.graph = NetworkxPass(replace(question.plan, failed=np.zeros(0, np.intp)))

    def propagate(self, component: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        graph, nodes = self.graph, self.graph.graph.nodes
        requires = nodes[component]["requires"]
        nodes[component]["requires"], graph.failed = (), frozenset({component})
        graph.ask()
        nodes[component]["requires"] = requires
        return graph.down()


class _Dominators(Finder):
    """A dominator tree from one source of all leaves: who is on every path to an activity.

    It answers an easier question, and too little of it: it knows no component that is needed beside others.
    """

    def __init__(self, question: Question) -> None:
        plan = question.plan
        self.n, self.activities = plan.n, question.activities
        self.build(edges(replace(plan, failed=np.arange(plan.first))))

    @abstractmethod
    def build(self, pairs: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> None:
        """Build the library's graph, from members to what rests on them and from source n to the leaves."""

    @abstractmethod
    def above(self, node: int) -> int:
        """The node that a node is dominated by next."""

    def found(self) -> Found:
        taken: dict[int, set[int]] = {}
        for activity in self.activities:
            for component in self.dominators(activity):
                taken.setdefault(component, set()).add(activity)
        return {component: frozenset(down) for component, down in taken.items()}

    def dominators(self, activity: int) -> Iterator[int]:
        """Every component on all paths to an activity, the activity left out."""
        node = self.above(activity)
        while node != self.n:
            yield node
            node = self.above(node)


class IgraphDominators(_Dominators):
    """The igraph library's dominator tree."""

    name = "igraph: dominator tree"

    def build(self, pairs: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> None:
        self.graph = igraph.Graph(n=self.n + 1, edges=pairs, directed=True)

    def ask(self) -> float:
        start = time.perf_counter()
        self.tree: list[int] = self.graph.dominator(self.n, mode="out")
        return time.perf_counter() - start

    def above(self, node: int) -> int:
        return int(self.tree[node])


class RustworkxDominators(_Dominators):
    """The rustworkx library's immediate dominators."""

    name = "rustworkx: dominator tree"

    def build(self, pairs: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> None:
        self.graph = rustworkx.PyDiGraph(multigraph=False)
        self.graph.add_nodes_from(range(self.n + 1))
        self.graph.add_edges_from_no_data([(int(a), int(b)) for a, b in pairs])

    def ask(self) -> float:
        start = time.perf_counter()
        self.tree: dict[int, int] = rustworkx.immediate_dominators(self.graph, self.n)
        return time.perf_counter() - start

    def above(self, node: int) -> int:
        return self.tree[node]


class NetworkxDominators(_Dominators):
    """The NetworkX library's immediate dominators."""

    name = "NetworkX: dominator tree"

    def build(self, pairs: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> None:
        self.graph: nx.DiGraph[int] = nx.DiGraph(pairs.tolist())

    def ask(self) -> float:
        start = time.perf_counter()
        self.tree: dict[int, int] = nx.immediate_dominators(self.graph, self.n)
        return time.perf_counter() - start

    def above(self, node: int) -> int:
        return self.tree[node]


FINDERS: tuple[type[Finder], ...] = (
    Logic,
    Steady,
    NetworkxEach,
    IgraphDominators,
    RustworkxDominators,
    NetworkxDominators,
)
