"""Networks in: GraphML, such as the maps of the Internet Topology Zoo. All problems of a file at once."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from bcp.errors import InvalidInputError, Problem
from bcp.files.network import Link, Network, Node
from bcp.files.xml_source import Element, read_xml
from bcp.files.yaml_tree import refused
from bcp.saying import said

ROOT = "graphml"
"""The outermost element of the format."""

_MOST_PROBLEMS = 100
_LONGEST = 300
_BOUND = {"latitude": 90.0, "longitude": 180.0}
_BESIDE = ("data", "desc", "port")


def read_graphml(text: str, file_name: str) -> Network:
    """The network in a GraphML text.

    Parallel links stay apart. Of the attributes are used, whatever the letter case: a node's label (or
    name), Country, Latitude, Longitude and Internal, a link's LinkLabel (or label, name) and the
    network's Network (or label, name). Raises InvalidInputError with every problem; links with a
    direction, links with more than two ends and networks inside nodes are refused.
    """
    root = read_xml(text, file_name)
    if root.name != ROOT:
        message = said(
            "this is no GraphML: its outermost element is <{name}>, not <{root}>.", name=root.name, root=ROOT
        )
        raise refused(file_name, root.line, message, said("Check that it is the right file."))
    graphs = list(root.named("graph"))
    if len(graphs) != 1:
        line = graphs[1].line if graphs else root.line
        message = said("there are {n} graphs in it; one is wanted.", n=len(graphs))
        raise refused(file_name, line, message, said("Put one network in a file."))
    reader = _Reader(file_name, _keys(root))
    network = reader.network(graphs[0])
    if reader.problems:
        raise InvalidInputError(sorted(set(reader.problems))[:_MOST_PROBLEMS])
    return network


@dataclass(frozen=True, slots=True)
class _Key:
    """An attribute that the file declares: its name in small letters, and what it is where nothing is said."""

    name: str
    default: str | None


def _keys(root: Element) -> dict[tuple[str, str], _Key]:
    """Declared attributes by id and by what they are for (`all` for any)."""
    return {
        (key.attributes.get("id", ""), key.attributes.get("for", "all")): _Key(
            key.attributes.get("attr.name", "").casefold(),
            next((default.text for default in key.named("default")), None),
        )
        for key in root.named("key")
    }


@dataclass(slots=True)
class _Reader:
    file_name: str
    keys: Mapping[tuple[str, str], _Key]
    problems: list[Problem] = field(default_factory=list)
    nodes: dict[str, Node] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)

    def problem(self, line: int, where: str, message: str, fix: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(self.file_name, line, where, message, fix))

    def network(self, graph: Element) -> Network:
        """The network; problems are noted."""
        if graph.attributes.get("edgedefault") == "directed":
            self._directed(graph, "the links")
        for child in graph.children:
            if child.name == "node":
                self._node(child)
            elif child.name not in ("edge", *_BESIDE):
                message = said("<{name}> is not read: a link has two ends.", name=child.name)
                self.problem(child.line, "", message, said("Write a node that the ends are linked to."))
        for edge in graph.named("edge"):
            self._link(edge)
        if not self.nodes and not self.problems:
            self.problem(
                graph.line, "", said("there is no node in it."), said("Check that it is the right file.")
            )
        data = self._data(graph, "graph")
        name = _first(data, "network", "label", "name") or graph.attributes.get("id", "").strip()
        return Network(name[:_LONGEST] or "network", tuple(self.nodes.values()), tuple(self.links))

    def _directed(self, element: Element, what: str) -> None:
        message = said("{what} have a direction; a network's links carry both ways.", what=what)
        fix = said(
            'Write edgedefault="undirected". A plan is imported from its YAML or JSON, not from its graph.'
        )
        self.problem(element.line, "", message, fix)

    def _data(self, element: Element, what: str) -> dict[str, str]:
        """The attributes of a node, link or network by name in small letters, defaults filled in."""
        found = {
            key.name: key.default
            for (_, meant), key in self.keys.items()
            if meant in (what, "all") and key.default is not None
        }
        for data in element.named("data"):
            reference = data.attributes.get("key", "")
            key = self.keys.get((reference, what)) or self.keys.get((reference, "all"))
            if key is None:
                message = said("there is no key {reference!r} for a {what}.", reference=reference, what=what)
                self.problem(data.line, "", message, said("Declare it with <key>."))
            else:
                found[key.name] = data.text
        return found

    def _node(self, element: Element) -> None:
        key = element.attributes.get("id", "").strip()
        if not key or len(key) > _LONGEST or key in self.nodes:
            message = (
                said("a node {key!r} is there already.", key=key[:_LONGEST])
                if key in self.nodes
                else said("a node needs an id.")
            )
            self.problem(
                element.line,
                "",
                message,
                said("Give each node an id of its own, 1 to {most} characters.", most=_LONGEST),
            )
            return
        for inner in element.named("graph"):
            self.problem(
                inner.line, f"node {key}", said("a network inside a node is not read."), said("Take it out.")
            )
        data = self._data(element, "node")
        self.nodes[key] = Node(
            key,
            _first(data, "label", "name")[:_LONGEST],
            data.get("country", "")[:_LONGEST],
            self._degrees(element, key, data, "latitude"),
            self._degrees(element, key, data, "longitude"),
            data.get("internal", "1").casefold() not in ("0", "0.0", "false"),
        )

    def _degrees(self, element: Element, key: str, data: Mapping[str, str], what: str) -> float | None:
        text = data.get(what, "")
        if not text:
            return None
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if abs(value) <= _BOUND[what]:
            return value
        message = said("{text!r} is no {what}.", text=text[:40], what=what)
        self.problem(element.line, f"node {key}", message, said("Write decimal degrees such as 59.33."))
        return None

    def _link(self, element: Element) -> None:
        if element.attributes.get("directed") == "true":
            self._directed(element, "links such as this one")
        ends = [element.attributes.get(end, "").strip() for end in ("source", "target")]
        for end in ends:
            if end not in self.nodes:
                message = said("a link ends at {end!r}, which is no node.", end=end[:_LONGEST])
                self.problem(element.line, "", message, said("Add the node, or take the link out."))
                return
        label = _first(self._data(element, "edge"), "linklabel", "label", "name")
        self.links.append(Link(ends[0], ends[1], label[:_LONGEST]))


def _first(data: Mapping[str, str], *names: str) -> str:
    return next((data[name] for name in names if data.get(name)), "")
