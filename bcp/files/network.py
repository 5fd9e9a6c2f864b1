"""A network of nodes and links that carry both ways, as a foreign file describes it."""

from __future__ import annotations

from dataclasses import dataclass

from bcp.errors import BcpError, NotFoundError
from bcp.model.spelling import did_you_mean
from bcp.saying import said


@dataclass(frozen=True, slots=True)
class Node:
    """A place where links meet. `key` names it in the file; position in degrees, None where not known."""

    key: str
    label: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    internal: bool = True

    @property
    def title(self) -> str:
        """What people call it; its key where the file gives no real name."""
        return f"Node {self.key}"[:280] if self.label.casefold() in ("", "none", "?") else self.label


@dataclass(frozen=True, slots=True)
class Link:
    """A link between two nodes, by their keys. Several may lie between the same two."""

    one: str
    other: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes and links in the order of the file; keys are distinct, and every link's ends are nodes."""

    name: str
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]

    def node(self, name: str) -> Node:
        """The node that somebody means by its key or label. Raises NotFoundError where it is none or several."""
        for node in self.nodes:
            if node.key == name:
                return node
        found = [node for node in self.nodes if node.title == name]
        found = found or [node for node in self.nodes if node.title.casefold() == name.casefold()]
        if len(found) == 1:
            return found[0]
        if found:
            keys = ", ".join(node.key for node in found)
            message = said(
                "{n} nodes of {name} are called {name2}.", n=len(found), name=self.name, name2=name
            )
            raise NotFoundError(message, said("Name one by its key in the file: {keys}.", keys=keys))
        fix = did_you_mean(name, [node.title for node in self.nodes], said("Name a node as the file does."))
        raise NotFoundError(said("there is no node {name} in {name2}.", name=name, name2=self.name), fix)

    def pair(self, between: tuple[str, str]) -> tuple[Node, Node]:
        """Two different nodes by name. Raises BcpError."""
        one, other = map(self.node, between)
        if one == other:
            raise BcpError(said("{title} is both ends.", title=one.title), said("Name two different nodes."))
        return one, other
