from __future__ import annotations

import random
from itertools import chain, combinations
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bcp.engine.failure.cutsets import analyse
from bcp.engine.failure.failure_logic import plan_logic
from bcp.engine.levels.compile import System, compile_plan, own_states
from bcp.engine.levels.steady import steady
from bcp.errors import BcpError, NotFoundError
from bcp.files.graphml import read_graphml
from bcp.files.network import Link, Network, Node
from bcp.files.network_plan import plan_from_network
from bcp.files.plan_file import read_plan, write_plan
from bcp.files.two_terminal import connectivity
from bcp.model.integrity import problems
from bcp.model.plan import Plan
from tests.files.test_graphml import MAP

ZOO = sorted((Path(__file__).parents[3] / "shared" / "data" / "topology-zoo").glob("*.graphml"))
needs_zoo = pytest.mark.skipif(not ZOO, reason="the shared networks are not beside this checkout")
by_name = pytest.mark.parametrize("path", ZOO, ids=lambda path: path.stem)


def works(plan: Plan, system: System, *lost: str) -> bool:
    """Whether the plan's one activity is whole without these components."""
    (activity,) = plan.activities
    x = steady(system, own_states(system, dict.fromkeys(lost, 0.0)), None, set()).x
    return bool(x[system.index[activity]] == 1)


def test_a_network_becomes_sites_and_trunks() -> None:
    """A node is a site, a link a trunk that needs both its ends; without two ends there is no activity."""
    plan = plan_from_network(read_graphml(MAP, "n.graphml"))
    assert problems(plan) == ()
    assert read_plan(write_plan(plan), "p.yaml") == plan
    assert plan.organisation.name == "Norrnät"
    assert {i: (str(c.kind), c.name) for i, c in plan.components.items()} == {
        "Umeå": ("site", "Umeå"),
        "Umeå-2": ("site", "Umeå"),
        "Node-2": ("site", "Node 2"),
        "Peer-1": ("site", "Peer <1>"),
        "Node-lone": ("site", "Node lone"),
        "Umeå-Umeå-2": ("trunk", "Umeå – Umeå"),
        "Umeå-Umeå-2-2": ("trunk", "Umeå – Umeå (2)"),
        "Umeå-2-Node-2": ("trunk", "Umeå – Node 2"),
        "Node-2-Node-2": ("trunk", "Node 2 – Node 2"),
        "Node-2-Peer-1": ("trunk", "Node 2 – Peer <1>"),
    }
    written = plan.written()["components"]
    assert written["Umeå"] == {
        "kind": "site",
        "name": "Umeå",
        "description": "63.82000, 20.26000",
        "area": "SE",
    }
    assert written["Umeå-Umeå-2"]["requires"] == ["Umeå", "Umeå-2"]
    assert written["Node-2-Node-2"]["requires"] == ["Node-2"]
    assert plan.components["Peer-1"].tags == ("external",)


def test_a_connection_needs_what_every_way_passes() -> None:
    """Two nodes that must stay connected become an activity; parallel links stand in for each other."""
    plan = plan_from_network(read_graphml(MAP, "n.graphml"), ("0", "peer <1>"))
    assert plan.written()["components"]["Umeå-Peer-1"] == {
        "kind": "activity",
        "name": "Umeå – Peer <1>",
        "virtual": True,
        "requires": [
            "Umeå", "Umeå-2", "Node-2", "Peer-1",
            {"any_of": ["Umeå-Umeå-2", "Umeå-Umeå-2-2"]}, "Umeå-2-Node-2", "Node-2-Peer-1",
        ],
        "bia": {},
    }  # fmt: skip
    assert problems(plan) == ()


def test_a_ring_has_two_ways() -> None:
    """On a ring the two ways round are virtual components, named after the nodes that they pass."""
    nodes = tuple(Node(key, key.upper()) for key in "abcd")
    ring = Network("ring", nodes, tuple(Link(*ends) for ends in ("ab", "bc", "cd", "da")))
    plan = plan_from_network(ring, ("a", "c"))
    virtual = {i: c for i, c in plan.components.items() if c.virtual and i not in plan.activities}
    assert {c.name: [r.members for r in c.requires] for c in virtual.values()} == {
        "A – B – C": [("A-B",), ("B-C",)],
        "A – D – C": [("C-D",), ("D-A",)],
    }


@pytest.mark.parametrize(
    ("between", "message"),
    [
        (("0", "Umeå"), "2 nodes of Norrnät are called Umeå. Name one by its key in the file: 0, 1."),
        (("0", "Peer <2>"), 'there is no node Peer <2> in Norrnät. Did you mean "Peer <1>"?'),
        (("0", "0"), "Umeå is both ends. Name two different nodes."),
        (("0", "lone"), "no way leads from Umeå to Node-lone. Name two nodes that are linked."),
    ],
)
def test_two_ends_that_cannot_be_connected_are_refused(between: tuple[str, str], message: str) -> None:
    """Names that are no single node, and nodes without a way between them, are told in words."""
    with pytest.raises(BcpError) as caught:
        plan_from_network(read_graphml(MAP, "n.graphml"), between)
    assert str(caught.value) == message
    assert isinstance(caught.value, NotFoundError) == message.startswith(("2 nodes", "there is no"))


@st.composite
def networks(draw: st.DrawFn, most_nodes: int = 6, most_links: int = 8) -> Network:
    """Random networks with parallel links and links from a node to itself."""
    count = draw(st.integers(2, most_nodes))
    ends = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
    links = draw(st.lists(ends, min_size=1, max_size=most_links))
    return Network(
        "net",
        tuple(Node(f"k{n}", f"N{n}") for n in range(count)),
        tuple(Link(f"k{a}", f"k{b}") for a, b in links),
    )


def reached(network: Network, lost_nodes: set[str], lost_links: set[int]) -> bool:
    """Whether the first node reaches the second over what is left, by search."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(n.key for n in network.nodes if n.key not in lost_nodes)
    graph.add_edges_from(
        (link.one, link.other)
        for i, link in enumerate(network.links)
        if i not in lost_links and not {link.one, link.other} & lost_nodes
    )
    return "k0" in graph and "k1" in graph and nx.has_path(graph, "k0", "k1")


@settings(max_examples=60)
@given(networks(most_nodes=5, most_links=6))
def test_a_connection_fails_exactly_where_no_way_is_left(network: Network) -> None:
    """In every state of nodes and links the activity is whole if and only if a search finds a way."""
    assume(reached(network, set(), set()))
    plan = plan_from_network(network, ("k0", "k1"))
    assert problems(plan) == ()
    system = compile_plan(plan)
    real = [i for i, c in plan.components.items() if not c.virtual]
    sites, trunks = real[: len(network.nodes)], real[len(network.nodes) :]
    for lost in chain.from_iterable(combinations(real, size) for size in range(len(real) + 1)):
        nodes = {network.nodes[n].key for n, i in enumerate(sites) if i in lost}
        links = {n for n, i in enumerate(trunks) if i in lost}
        assert works(plan, system, *lost) == reached(network, nodes, links)


@settings(max_examples=200)
@given(networks(most_nodes=9, most_links=24), st.randoms(use_true_random=False))
def test_a_meshed_network_agrees_with_search(network: Network, draw: random.Random) -> None:
    """In meshes of up to nine nodes, random failures of links and nodes agree with a search."""
    assume(reached(network, set(), set()))
    plan = plan_from_network(network, ("k0", "k1"))
    system = compile_plan(plan)
    real = [i for i, c in plan.components.items() if not c.virtual]
    for share in (0.1, 0.3, 0.5):
        lost = [i for i in real if draw.random() < share]
        nodes = {node.key for node, i in zip(network.nodes, real, strict=False) if i in lost}
        links = {n for n, i in enumerate(real[len(network.nodes) :]) if i in lost}
        assert works(plan, system, *lost) == reached(network, nodes, links)


def test_a_large_mesh_is_no_problem() -> None:
    """A grid of 12 × 12 nodes has far too many ways to list; its connection is still said exactly."""
    grid = nx.convert_node_labels_to_integers(nx.grid_2d_graph(12, 12))
    links = {f"l{n}": (f"k{a}", f"k{b}") for n, (a, b) in enumerate(grid.edges)}
    assert len(connectivity(links, "k0", "k143").connections) < 5000


@needs_zoo
@by_name
def test_single_points_of_real_networks_are_articulation_points(path: Path) -> None:
    """Between two nodes, those whose loss alone cuts them off are the articulation points that part them."""
    network = read_graphml(path.read_text(encoding="utf-8"), path.name)
    graph: nx.Graph[str] = nx.Graph((link.one, link.other) for link in network.links)
    draw = random.Random(path.stem)  # noqa: S311 - draws two nodes, no secret
    one, other = draw.sample(sorted(max(nx.connected_components(graph), key=len)), 2)
    plan = plan_from_network(network, (one, other))
    system = compile_plan(plan)
    site = dict(
        zip(
            (n.key for n in network.nodes),
            (i for i, c in plan.components.items() if c.kind == "site"),
            strict=True,
        )
    )
    parting = {
        node
        for node in nx.articulation_points(graph)
        if node not in (one, other) and not nx.has_path(nx.restricted_view(graph, [node], []), one, other)
    }
    found = {n for n in site if n not in (one, other) and not works(plan, system, site[n])}
    assert found == parting
    if not graph.has_edge(one, other):
        smallest = sorted(nx.minimum_node_cut(graph, one, other))
        assert not works(plan, system, *(site[n] for n in smallest))
        assert all(works(plan, system, *(site[n] for n in smallest if n != kept)) for kept in smallest)


@needs_zoo
@by_name
def test_failures_of_real_networks_agree_with_search(path: Path) -> None:
    """Random failures of nodes and links part two nodes exactly where a search finds no way."""
    network = read_graphml(path.read_text(encoding="utf-8"), path.name)
    draw = random.Random(path.stem)  # noqa: S311 - draws nodes and losses, no secret
    graph: nx.Graph[str] = nx.Graph((link.one, link.other) for link in network.links)
    one, other = draw.sample(sorted(max(nx.connected_components(graph), key=len)), 2)
    plan = plan_from_network(network, (one, other))
    system = compile_plan(plan)
    real = [i for i, c in plan.components.items() if not c.virtual]
    for share in (0.01, 0.02, 0.05, 0.1, 0.2) * 4:
        lost = {i for i in real if draw.random() < share}
        left: nx.Graph[str] = nx.Graph()
        left.add_nodes_from(n.key for n, i in zip(network.nodes, real, strict=False) if i not in lost)
        left.add_edges_from(
            (link.one, link.other)
            for link, i in zip(network.links, real[len(network.nodes) :], strict=True)
            if i not in lost and link.one in left and link.other in left
        )
        alive = one in left and other in left and nx.has_path(left, one, other)
        assert works(plan, system, *lost) == alive


SMALL = (
    "Abilene",
    "Cesnet1993",
    "Claranet",
    "Eunetworks",
    "Funet",
    "Heanet",
    "Nordu2005",
    "Restena",
    "Rhnet",
    "York",
)


@needs_zoo
@pytest.mark.parametrize("name", SMALL)
def test_the_smallest_cut_sets_of_real_networks_have_the_order_of_their_connectivity(name: str) -> None:
    """The engine's smallest cut sets between two nodes are as large as NetworkX finds, with links and without."""
    path = next(path for path in ZOO if path.stem == name)
    network = read_graphml(path.read_text(encoding="utf-8"), path.name)
    draw = random.Random(path.stem)  # noqa: S311 - draws two nodes, no secret
    graph: nx.Graph[str] = nx.Graph((link.one, link.other) for link in network.links)
    halves: nx.Graph[str] = nx.Graph()  # each link as a node between its ends
    for n, link in enumerate(network.links):
        halves.add_edges_from(((link.one, f"link {n}"), (f"link {n}", link.other)))
    one, other = draw.sample(sorted(max(nx.connected_components(graph), key=len)), 2)
    plan = plan_from_network(network, (one, other))
    (activity,) = plan.activities
    sites = [i for i, c in plan.components.items() if c.kind == "site"]
    key = dict(zip(sites, (node.key for node in network.nodes), strict=True))
    found = analyse(plan_logic(plan, compile_plan(plan), [activity]), activity, fast=False).sets
    assert {one, other} <= {key.get(s[0]) for s in found if len(s) == 1}
    between = [s for s in found if not {key.get(i) for i in s} & {one, other}]
    assert min(map(len, between)) == nx.node_connectivity(halves, one, other)
    only_nodes = [s for s in between if key.keys() >= set(s)]
    if graph.has_edge(one, other):
        assert only_nodes == []
    else:
        assert min(map(len, only_nodes)) == nx.node_connectivity(graph, one, other)
