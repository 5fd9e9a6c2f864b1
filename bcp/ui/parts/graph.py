"""The picture of a part of the plan: boxes and arrows that can be chosen, always beside a table."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import hypot
from pathlib import Path
from types import MappingProxyType
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitAPIException

from bcp.model.component import Kind
from bcp.model.plan import Plan
from bcp.ui.parts.layout import ROW, TALLEST, Laid, Point, laid_out
from bcp.ui.parts.levels import level_class, level_text
from bcp.ui.parts.links import Link, links
from bcp.words import Words

_FILES = Path(__file__).parents[1] / "graph"

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


@lru_cache(maxsize=1)
def _component() -> Callable[..., Any]:
    """The component from the installed package's files; its text inline where the package is not installed."""
    try:
        return st.components.v2.component("bcp.graph", js="graph.js", css="graph.css")
    except StreamlitAPIException:
        own = (_FILES / "graph.js").read_text("utf-8").replace('import "./cytoscape.min.js";', "")
        script = (_FILES / "cytoscape.min.js").read_text("utf-8") + "\n" + own
        return st.components.v2.component(
            "bcp.graph", js=script, css=(_FILES / "graph.css").read_text("utf-8")
        )


def graph(
    plan: Plan,
    ids: Sequence[str],
    words: Words,
    *,
    key: str,
    focus: str = "",
    chosen: str = "",
    levels: Mapping[str, float] | None = None,
    chain: Sequence[str] = (),
    remarks: Mapping[str, int] | None = None,
) -> str | None:
    """Draw these components; the id of the one that was just clicked, or None.

    With `levels` (0–1) the boxes are coloured, marked and labelled by them, otherwise coloured by
    family. The links along `chain` are drawn heavy. `remarks` is how many findings each has.
    """
    data = picture(
        plan, ids, words, focus=focus, chosen=chosen, levels=levels, chain=chain, remarks=remarks or {}
    )
    result = _component()(key=key, data=data, on_clicked_change=lambda: None, height="content")
    clicked = result.clicked
    return clicked if clicked in plan.components else None


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
                "label": _label(plan, i, words, levels) + (f"\n⚑ {remarks[i]}" if remarks.get(i) else ""),
                "x": x,
                "y": y,
                "classes": _classes(plan, i, levels) + (" focus" if i == focus else ""),
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
        "bends": _bends(laid, link.source, link.target),
    }


def _bends(laid: Laid, source: str, target: str) -> dict[str, str] | None:
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


def _label(plan: Plan, component: str, words: Words, levels: Mapping[str, float] | None) -> str:
    name = plan.title(component)
    short = name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"
    return short if levels is None else f"{short}\n{level_text(levels.get(component, 1.0), words)}"


def _classes(plan: Plan, component: str, levels: Mapping[str, float] | None) -> str:
    kind = plan.components[component].kind
    if levels is None:
        return _FAMILY.get(kind, "plain")
    activity = " activity" if kind is Kind.ACTIVITY else ""
    return level_class(levels.get(component, 1.0)) + activity
