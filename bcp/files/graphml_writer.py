"""A plan's graph out: GraphML with typed attributes, as graph tools read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from bcp.files.xml_source import xml_text
from bcp.model.plan import Plan

_NODE = {"kind": "string", "name": "string", "operator": "string", "area": "string", "site": "string"}
_EDGE = {"mode": "string", "during": "string", "group": "int", "weight": "double", "fallback": "string"}


def write_graphml(plan: Plan) -> str:
    """The plan as a directed graph in GraphML: an edge from a component to each one that it requires.

    The attributes are those of `Plan.graph`. It shows the plan and does not hold all of it: contacts,
    documents and times are in the plan's YAML only.
    """
    graph = plan.graph()
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ]
    for what, fields in (("node", _NODE), ("edge", _EDGE)):
        for name, kind in fields.items():
            lines.append(f'  <key id="{what}-{name}" for="{what}" attr.name="{name}" attr.type="{kind}"/>')
    lines.append(f'  <graph id={_quoted(plan.organisation.name)} edgedefault="directed">')
    for node, data in graph.nodes(data=True):
        lines += _element(f"node id={_quoted(node)}", "node", _NODE, data)
    for one, other, data in graph.edges(data=True):
        lines += _element(f"edge source={_quoted(one)} target={_quoted(other)}", "edge", _EDGE, data)
    return "\n".join([*lines, "  </graph>", "</graphml>", ""])


def _element(opening: str, what: str, fields: Mapping[str, str], data: Mapping[str, Any]) -> Iterator[str]:
    yield f"    <{opening}>"
    for name in fields:
        if (value := data.get(name, "")) != "":
            yield f'      <data key="{what}-{name}">{escape(xml_text(str(value)))}</data>'
    yield f"    </{what}>"


def _quoted(text: str) -> str:
    return quoteattr(xml_text(text))
