"""What the browser gets of a picture: boxes with places and texts, arrows with the points they bend at."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import hypot
from types import MappingProxyType
from typing import Any

from bcp.model.component import Kind
from bcp.model.plan import Plan
from bcp.ui.parts.layout import ROW, TALLEST, Laid, Point, laid_out
from bcp.ui.parts.levels import level_class, level_text
from bcp.ui.parts.links import Link, links
from bcp.words import Words

_FAMILY = {
    Kind.ACTIVITY: "service activity",
    Kind.CUSTOMER_GROUP: "service",
    Kind.NUMBER: "number",
    Kind.NUMBER_RANGE: "number",
    Kind.CHANNEL: "number",
    Kind.OPERATOR: "network",
    Kind.PLATFORM: "network",
    Kind.INTERCONNECT: "network",
    Kind.TRUNK: "network",
    Kind.ACCESS: "network",
    Kind.TEAM: "people",
    Kind.SUPPLIER: "people",
}

_LONGEST_NAME = 38


def picture(
    plan: Plan,
    ids: Sequence[str],
    words: Words,
    *,
    focus: str,
    chosen: str,
    levels: Mapping[str, float] | None,
    chain: Sequence[str] = (),
    remarks: Mapping[str, int] = MappingProxyType({}),
) -> dict[str, Any]:
    """What the browser gets: boxes with their places and texts, links, and words for its buttons."""
    inside = set(ids)
    drawn = [x for x in links(plan) if x.source in inside and x.target in inside]
    laid = laid_out(ids, drawn)
    rows = [y for _, y in laid.places.values()]
    tall = (max(rows) - min(rows)) // ROW + 1 if rows else 1
    return {
        "nodes": [
            {
                "id": i,
                "label": box_label(plan, i, words, levels) + (f"\n⚑ {remarks[i]}" if remarks.get(i) else ""),
                "x": x,
                "y": y,
                "classes": box_classes(plan, i, levels) + (" focus" if i == focus else ""),
            }
            for i, (x, y) in sorted(laid.places.items())
        ],
        "edges": [_edge(link, laid, set(pairwise(chain))) for link in drawn],
        "selected": chosen,
        "focus": focus,
        "height": min(max(tall, 4), TALLEST) * ROW + 40,
        "label": words("Picture of {n} components. The table holds the same.", n=len(ids)),
        "words": {"zoom_in": words("Larger"), "zoom_out": words("Smaller"), "fit": words("Show all")},
    }


def _edge(link: Link, laid: Laid, heavy: set[tuple[str, str]]) -> dict[str, Any]:
    return {
        "id": json.dumps([link.source, link.target, link.sort]),
        "source": link.source,
        "target": link.target,
        "classes": f"{link.sort} chain" if (link.source, link.target) in heavy else link.sort,
        "bends": bends(laid, link.source, link.target),
    }


def bends(laid: Laid, source: str, target: str) -> dict[str, str] | None:
    """The points of a long link as Cytoscape takes them: how far along the straight line, how far beside it."""
    points = laid.bends.get((source, target))
    if not points:
        return None
    start, end = laid.places[source], laid.places[target]
    spans = [_beside(start, end, point) for point in points]
    return {
        "weights": " ".join(f"{w:.4f}" for w, _ in spans),
        "distances": " ".join(f"{d:.1f}" for _, d in spans),
    }


def _beside(start: Point, end: Point, point: Point) -> tuple[float, float]:
    dx, dy = end[0] - start[0], end[1] - start[1]
    px, py = point[0] - start[0], point[1] - start[1]
    length = hypot(dx, dy) or 1.0
    return (px * dx + py * dy) / length**2, (py * dx - px * dy) / length


def box_label(plan: Plan, component: str, words: Words, levels: Mapping[str, float] | None = None) -> str:
    """What stands in a box: the name, shortened where it is long, and the level where there is one."""
    name = plan.title(component)
    short = name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"
    return short if levels is None else f"{short}\n{level_text(levels.get(component, 1.0), words)}"


def box_classes(plan: Plan, component: str, levels: Mapping[str, float] | None = None) -> str:
    """How a box is painted: by its level where there is one, otherwise by its family."""
    kind = plan.components[component].kind
    if levels is None:
        return _FAMILY.get(kind, "plain")
    activity = " activity" if kind is Kind.ACTIVITY else ""
    return level_class(levels.get(component, 1.0)) + activity
