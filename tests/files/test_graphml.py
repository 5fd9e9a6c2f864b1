from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bcp.errors import BcpError, InvalidInputError
from bcp.files.graphml import read_graphml
from bcp.files.graphml_writer import write_graphml
from bcp.files.network import Link, Network, Node
from bcp.files.network_plan import plan_from_network
from bcp.model.integrity import problems
from bcp.model.plan import Plan
from tests.strategies import plans

ZOO = sorted((Path(__file__).parents[3] / "shared" / "data" / "topology-zoo").glob("*.graphml"))
needs_zoo = pytest.mark.skipif(not ZOO, reason="the shared networks are not beside this checkout")
by_name = pytest.mark.parametrize("path", ZOO, ids=lambda path: path.stem)
HEAD = """\
<?xml version="1.0" encoding="utf-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="d0" for="node" attr.name="label" attr.type="string"/>
  <key id="d1" for="node" attr.name="Country" attr.type="string"/>
  <key id="d2" for="node" attr.name="Latitude" attr.type="double"/>
  <key id="d3" for="node" attr.name="Longitude" attr.type="double"/>
  <key id="d4" for="node" attr.name="Internal" attr.type="int"><default>1</default></key>
  <key id="d5" for="edge" attr.name="LinkLabel" attr.type="string"/>
  <key id="d6" for="graph" attr.name="Network" attr.type="string"/>
"""


MAP = (
    HEAD
    + """\
  <graph edgedefault="undirected">
    <data key="d6">Norrnät</data>
    <node id="0">
      <data key="d0">Umeå</data><data key="d1">Sweden</data>
      <data key="d2">63.82</data><data key="d3">20.26</data>
    </node>
    <node id="1"><data key="d0">Umeå</data></node>
    <node id="2"><data key="d0">None</data></node>
    <node id="3"><data key="d0">Peer &lt;1&gt;</data><data key="d4">0</data></node>
    <node id="lone"/>
    <edge source="0" target="1"><data key="d5">fibre</data></edge>
    <edge source="0" target="1"/>
    <edge source="1" target="2"/>
    <edge source="2" target="2"/>
    <edge source="2" target="3"/>
  </graph>
</graphml>
"""
)


def told(text: str) -> list[str]:
    """Every problem of a network that cannot be read, as a user sees it."""
    with pytest.raises(InvalidInputError) as caught:
        read_graphml(text, "n.graphml")
    return [str(problem) for problem in caught.value.problems]


def test_a_map_is_read_with_what_it_knows() -> None:
    """Labels, places, countries, foreign nodes and parallel links are read; nothing is made up."""
    assert read_graphml(MAP, "n.graphml") == Network(
        "Norrnät",
        (
            Node("0", "Umeå", "Sweden", 63.82, 20.26),
            Node("1", "Umeå"),
            Node("2", "None"),
            Node("3", "Peer <1>", internal=False),
            Node("lone"),
        ),
        (Link("0", "1", "fibre"), Link("0", "1"), Link("1", "2"), Link("2", "2"), Link("2", "3")),
    )


WRONG = {
    "other": ("<opsa-mef/>", "n.graphml:1: this is no GraphML: its outermost element is <opsa-mef>"),
    "no graph": ("<graphml/>", "n.graphml:1: there are 0 graphs in it; one is wanted."),
    "two graphs": ("<graphml><graph/>\n<graph/></graphml>", "n.graphml:2: there are 2 graphs in it"),
    "no node": ("<graphml><graph/></graphml>", "n.graphml:1: there is no node in it."),
    "directed": ('<graphml><graph edgedefault="directed"/></graphml>', "n.graphml:1: the links have a direction"),
    "one directed": (
        '<graphml><graph><node id="a"/><edge source="a" target="a" directed="true"/></graph></graphml>',
        "n.graphml:1: links such as this one have a direction",
    ),
    "twice": ('<graphml><graph><node id="a"/><node id="a"/></graph></graphml>', "a node 'a' is there already."),
    "nameless": ("<graphml><graph><node/></graph></graphml>", "a node needs an id."),
    "loose end": (
        '<graphml><graph><node id="a"/>\n<edge source="a" target="b"/></graph></graphml>',
        "n.graphml:2: a link ends at 'b', which is no node.",
    ),
    "hyperedge": ("<graphml><graph><hyperedge/></graph></graphml>", "<hyperedge> is not read: a link has two ends."),
    "nested": (
        '<graphml><graph><node id="a"><graph/></node></graph></graphml>',
        "n.graphml:1: node a: a network inside a node is not read.",
    ),
    "key": (
        '<graphml><graph><node id="a"><data key="d9"/></node></graph></graphml>',
        "n.graphml:1: there is no key 'd9' for a node.",
    ),
    "latitude": (
        HEAD + '<graph><node id="a"><data key="d2">963</data></node></graph></graphml>',
        "n.graphml:10: node a: '963' is no latitude.",
    ),
    "entities": ('<!DOCTYPE x [<!ENTITY y "z">]><graphml/>', "n.graphml:1: the text declares a document type"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_fault_is_told_with_its_line(name: str) -> None:
    """Each thing that keeps a network from being read is named where it stands."""
    text, message = WRONG[name]
    assert any(message in line for line in told(text))


@settings(max_examples=200)
@given(st.randoms(use_true_random=False), st.integers(1, 6))
def test_a_mutated_map_is_read_or_refused_in_words(source: random.Random, changes: int) -> None:
    """Whatever is done to a file's text, it becomes a network or a BcpError, never a traceback."""
    text = MAP
    for _ in range(changes):
        a, b = sorted(source.randrange(len(text) + 1) for _ in range(2))
        match source.randrange(3):
            case 0:
                text = text[:a] + text[min(b, a + 30) :]
            case 1:
                text = text[:b] + text[a : a + 200] + text[b:]
            case _:
                swaps = ("node", "edge", "data", "d2", "nan", "1e999", "\x00", "<", "&#0;", '"', "9" * 400)
                text = text[:a] + source.choice(swaps) + text[a:]
    with suppress(BcpError):
        plan_from_network(read_graphml(text, "n.graphml"), ("0", "3"))


@given(st.text())
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    """Random characters become a network or a BcpError."""
    with suppress(BcpError):
        read_graphml(text, "n.graphml")


@given(plans())
def test_the_graph_of_a_plan_is_read_by_graph_tools(plan: Plan) -> None:
    """NetworkX reads back as many nodes and edges as the plan's graph has, with their attributes."""
    graph, read = plan.graph(), nx.parse_graphml(write_graphml(plan))
    assert set(read) == set(graph)
    assert read.number_of_edges() == graph.number_of_edges()
    modes = sorted(mode for _, _, mode in graph.edges(data="mode"))
    assert sorted(mode for _, _, mode in read.edges(data="mode")) == modes


@needs_zoo
@by_name
def test_a_real_network_is_read_as_networkx_reads_it(path: Path) -> None:
    """Each published map has as many nodes and links as NetworkX finds in it, and becomes a plan that runs."""
    network = read_graphml(path.read_text(encoding="utf-8"), path.name)
    graph = nx.read_graphml(path)
    assert [node.key for node in network.nodes] == list(graph)
    assert len(network.links) == graph.number_of_edges()
    assert problems(plan_from_network(network)) == ()
