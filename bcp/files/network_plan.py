"""A network as a plan: nodes are sites, links are trunks that need both their ends."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale

from bcp.errors import BcpError
from bcp.files.identifiers import Identifiers
from bcp.files.network import Link, Network, Node
from bcp.files.two_terminal import Connection, Connectivity, connectivity
from bcp.model.component import Bia, Component, Kind
from bcp.model.plan import Organisation, Plan
from bcp.model.requirement import Needs, Pool, Requirement
from bcp.saying import said

EXTERNAL = "external"
"""The tag of a node that the network's map marks as another's."""

_LONGEST = 280
"""Characters of a name; some are left for a number after it."""


def plan_from_network(network: Network, between: tuple[str, str] | None = None) -> Plan:
    """The plan of a network; with `between`, two nodes' names, an activity that they stay connected.

    The activity fails exactly where no way of working links and nodes is left between the two; what
    every way passes is needed by itself, the rest through virtual components. Raises NotFoundError for
    a name that is no single node, BcpError where the two are not linked at all.
    """
    ids = Identifiers()
    sites = {node.key: ids.of(node.title, "node") for node in network.nodes}
    title = {sites[node.key]: node.title for node in network.nodes}
    components = {sites[node.key]: _site(node) for node in network.nodes}
    ends: dict[str, tuple[str, str]] = {}
    times: dict[str, int] = {}
    for link in network.links:
        one, other = sites[link.one], sites[link.other]
        trunk = ids.of(f"{one}--{other}"[:_LONGEST], "link")
        ends[trunk] = (one, other)
        name = _joined(title[one], title[other])
        times[name] = times.get(name, 0) + 1
        components[trunk] = _trunk(link, name if times[name] == 1 else f"{name} ({times[name]})", one, other)
    if between is not None:
        a, b = network.pair(between)
        components = {
            **_activity(connectivity(ends, sites[a.key], sites[b.key]), title, ids),
            **components,
        }
    return Plan(organisation=Organisation(name=network.name), components=components)


def _site(node: Node) -> Component:
    position = ""
    if node.latitude is not None and node.longitude is not None:
        position = f"{node.latitude:.5f}, {node.longitude:.5f}"
    return Component(
        kind=Kind.SITE,
        name=node.title,
        description=position,
        area=_area(node.country),
        tags=() if node.internal else (EXTERNAL,),
    )


def _area(country: str) -> str:
    return _codes().get(country.casefold(), country)


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """ISO 3166 codes of countries by their English name in small letters."""
    territories = Locale("en").territories
    return {name.casefold(): code for code, name in sorted(territories.items()) if len(code) == len("SE")}


def _trunk(link: Link, name: str, one: str, other: str) -> Component:
    return Component(
        kind=Kind.TRUNK,
        name=name,
        description=link.label,
        requires=tuple(Needs(needs=end) for end in dict.fromkeys((one, other))),
    )


def _joined(*titles: str, sign: str = "–") -> str:
    """A name such as `Stockholm – Karlstad – Oslo`, cut off where it is too long for one."""
    name = f" {sign} ".join(titles)
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"


def _activity(found: Connectivity, title: dict[str, str], ids: Identifiers) -> dict[str, Component]:
    """The activity, and the virtual components of the combinations that it needs."""
    key: dict[str, str] = {}
    virtual: dict[str, Component] = {}
    name = _joined(title[found.nodes[0]], title[found.nodes[-1]])
    activity = ids.of(name, "connection")
    for connection in found.connections:
        key[connection.key] = ids.of(f"{activity[:40]}.{len(key) + 1}", "connection")
        virtual[key[connection.key]] = _combination(connection, key, title)
    requires: list[Requirement] = [Needs(needs=node) for node in found.nodes]
    for stretch in found.stretches:
        members = [key.get(way, way) for way in stretch.ways]
        requires.append(_one_of(members))
    whole = Component(
        kind=Kind.ACTIVITY, name=name, virtual=True, requires=tuple(requires), bia=Bia(mbco=1.0)
    )
    return {activity: whole, **virtual}


def _combination(connection: Connection, key: dict[str, str], title: dict[str, str]) -> Component:
    members = [key.get(member, member) for member in connection.members]
    one, other = (title[node] for node in connection.between)
    way = (one, *(title[node] for node in connection.via), other)
    return Component(
        kind=Kind.TRUNK,
        name=_joined(one, other, sign="⇄") if connection.any_of else _joined(*way),
        virtual=True,
        requires=(_one_of(members),) if connection.any_of else tuple(Needs(needs=m) for m in members),
    )


def _one_of(members: list[str]) -> Requirement:
    if not members:
        raise BcpError(
            said("there is no way between the two nodes."), said("Name two nodes that are linked.")
        )
    return Needs(needs=members[0]) if len(members) == 1 else Pool(pool=dict.fromkeys(members, 1.0))
