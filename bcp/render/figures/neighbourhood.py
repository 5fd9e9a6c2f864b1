"""What an activity rests on, in layers from the activity at the top down to sites and power."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from statistics import fmean

import networkx as nx
from reportlab.graphics.shapes import Drawing, Line, Polygon, Rect

from bcp.model.requirement import Needs
from bcp.render.blocks import Tone
from bcp.render.context.components import lowest_level
from bcp.render.context.material import Material
from bcp.render.context.wording import kind_of
from bcp.render.figures.drawing import chart, fitting, shortened, text, width_of
from bcp.render.style import ACCENT, FAINT, INK, LINE, MUTED, PANEL, TONES, WHITE, WIDTH

MOST = 24
"""Components drawn for one activity; what is further away is counted."""

_ACROSS = 6
_DEEPEST = 11
"""Rows that fit on a page."""

_BOX_W, _BOX_H = 76.0, 31.0
_GAP_Y = 22.0
_ROW_GAP = 9.0
_HEAD = 10.0
_SWEEPS = 4
_SIZES = (6.6, 6.1, 5.6, 5.1)


@dataclass(frozen=True, slots=True)
class _Place:
    x: float
    y: float
    """The middle of the box, and its lower edge."""


def shown_and_hidden(material: Material, activity: str) -> tuple[tuple[str, ...], int]:
    """The components drawn, the activity first, and how many more it rests on."""
    below = material.nearest_first(activity)
    count = min(MOST, len(below) + 1)
    while sum(map(len, _rows(material, (activity, *below[: count - 1])))) > _DEEPEST:
        count -= 1
    return (activity, *below[: count - 1]), len(below) + 1 - count


def neighbourhood(material: Material, activity: str) -> Drawing:
    """The nearest components that an activity rests on, with single points and shared parts marked."""
    shown, hidden = shown_and_hidden(material, activity)
    rows = _rows(material, shown)
    places, height = _places(rows)
    drawing = chart(height)
    for owner in shown:
        _edges(drawing, material, owner, places)
    marks = _Marks(material, activity)
    for key in shown:
        marks.box(drawing, key, places[key])
    _legend(drawing, material, hidden)
    return drawing


def _rows(material: Material, shown: tuple[str, ...]) -> list[list[list[str]]]:
    """Layers of rows: each component below everything that needs it, at most six in a row."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(shown)
    graph.add_edges_from((i, m) for i in shown for m in material.lineage.below[i] if m in shown)
    rings = nx.condensation(graph)
    depth: dict[int, int] = {}
    for ring in nx.lexicographical_topological_sort(rings, key=lambda r: min(rings.nodes[r]["members"])):
        depth[ring] = max((depth[p] + 1 for p in rings.predecessors(ring)), default=0)
    layers: dict[int, list[str]] = defaultdict(list)
    for key in shown:
        layers[depth[rings.graph["mapping"][key]]].append(key)
    ordered = _untangled([layers[d] for d in sorted(layers)], graph)
    return [_balanced(layer) for layer in ordered]


def _balanced(layer: list[str]) -> list[list[str]]:
    count = -(-len(layer) // _ACROSS)
    size = -(-len(layer) // count)
    return [layer[k : k + size] for k in range(0, len(layer), size)]


def _untangled(layers: list[list[str]], graph: nx.DiGraph[str]) -> list[list[str]]:
    """Each layer ordered by the mean place of its neighbours, down and up a few times."""
    for sweep in range(_SWEEPS):
        place = {key: (n + 0.5) / len(layer) for layer in layers for n, key in enumerate(layer)}
        for layer in layers if sweep % 2 == 0 else reversed(layers):
            near = graph.predecessors if sweep % 2 == 0 else graph.successors
            middle = {key: fmean([place[m] for m in near(key)] or [place[key]]) for key in layer}
            layer.sort(key=lambda key, middle=middle: (round(middle[key], 9), key))  # type: ignore[misc]
            place.update({key: (n + 0.5) / len(layer) for n, key in enumerate(layer)})
    return layers


def _places(layers: list[list[list[str]]]) -> tuple[dict[str, _Place], float]:
    rows = [(row, n == 0) for layer in layers for n, row in enumerate(layer)]
    height = sum(_BOX_H + (_GAP_Y if first else _ROW_GAP) for _row, first in rows) + _HEAD
    places, y = {}, height + _GAP_Y - _HEAD + 8
    for row, first in rows:
        y -= _BOX_H + (_GAP_Y if first else _ROW_GAP)
        pitch = WIDTH / len(row) if len(row) > _ACROSS - 2 else min(WIDTH / len(row), _BOX_W * 1.75)
        left = (WIDTH - pitch * len(row)) / 2
        for n, key in enumerate(row):
            places[key] = _Place(left + pitch * (n + 0.5), y)
    return places, height + 8


def _edges(drawing: Drawing, material: Material, owner: str, places: dict[str, _Place]) -> None:
    for requirement in material.plan.components[owner].requires:
        dashes = None if isinstance(requirement, Needs) else [4, 2]
        if requirement.during == "start":
            dashes = [1, 2]
        for member in requirement.members:
            if member in places and member != owner:
                _edge(drawing, places[owner], places[member], dashes)


def _edge(drawing: Drawing, upper: _Place, lower: _Place, dashes: list[int] | None) -> None:
    down = upper.y > lower.y
    y1 = upper.y if down else upper.y + _BOX_H
    y2 = lower.y + _BOX_H if down else lower.y
    lean = max(-_BOX_W * 0.36, min(_BOX_W * 0.36, (lower.x - upper.x) * 0.16))
    x1, x2 = upper.x + lean, lower.x - lean
    drawing.add(Line(x1, y1, x2, y2, strokeColor=FAINT, strokeWidth=0.7, strokeDashArray=dashes))
    tip = 3.4 if down else -3.4
    drawing.add(Polygon([x2, y2, x2 - 1.8, y2 + tip, x2 + 1.8, y2 + tip], fillColor=FAINT, strokeColor=None))


class _Marks:
    """The boxes, with what is known of each component in its corner tags."""

    def __init__(self, material: Material, activity: str) -> None:
        self._material = material
        self._activity = activity
        self._single = set(material.assessment.single_points.get(activity, ()))
        below = {activity, *material.nearest_first(activity)}
        self._shared = {
            m.component
            for fate in material.assessment.shared_fate
            if fate.protects in below
            for m in fate.meetings
        }

    def box(self, drawing: Drawing, key: str, place: _Place) -> None:
        """One component: kind, name, and its tags."""
        material = self._material
        left = place.x - _BOX_W / 2
        top = key == self._activity
        heavy = key in self._single
        drawing.add(
            Rect(
                left,
                place.y,
                _BOX_W,
                _BOX_H,
                rx=2.5,
                ry=2.5,
                fillColor=ACCENT if top else PANEL if heavy else WHITE,
                strokeColor=ACCENT if top else INK if heavy else LINE,
                strokeWidth=1.5 if heavy else 0.7,
            )
        )
        component = material.plan.components[key]
        kind = shortened(kind_of(component, material.words), 5.6, _BOX_W - 8)
        drawing.add(
            text(place.x, place.y + _BOX_H - 8, kind, 5.6, colour=WHITE if top else MUTED, anchor="middle")
        )
        size, lines = fitting(material.name(key), _SIZES, _BOX_W - 5, 2)
        for n, line in enumerate(lines):
            y = place.y + _BOX_H - (16.5 if len(lines) > 1 else 19.5) - n * 7.6
            drawing.add(
                text(place.x, y, line, size, bold=True, colour=WHITE if top else INK, anchor="middle")
            )
        self._tags(drawing, key, left, place.y)

    def _tags(self, drawing: Drawing, key: str, left: float, y: float) -> None:
        _ = self._material.words
        tags = []
        if key in self._single:
            tags.append((_("alone"), TONES[Tone.BAD]))
        if key in self._shared:
            tags.append((_("shared"), TONES[Tone.WARN]))
        level = lowest_level(key, self._material)
        if level is not None and level < 1:
            tags.append((f"↓ {_.percent(level)}", INK))
        x = left + 3
        for words, colour in tags:
            width = width_of(words, 5.6, bold=True) + 5
            drawing.add(
                Rect(
                    x,
                    y - 3.6,
                    width,
                    7.6,
                    rx=1.5,
                    ry=1.5,
                    fillColor=WHITE,
                    strokeColor=colour,
                    strokeWidth=0.6,
                )
            )
            drawing.add(text(x + width / 2, y - 1.9, words, 5.6, bold=True, colour=colour, anchor="middle"))
            x += width + 2


def _legend(drawing: Drawing, material: Material, hidden: int) -> None:
    _ = material.words
    x = 0.0
    for dashes, label in ((None, _("needed")), ([4, 2], _("one of several")), ([1, 2], _("needed to start"))):
        drawing.add(Line(x, 4.2, x + 16, 4.2, strokeColor=MUTED, strokeWidth=0.8, strokeDashArray=dashes))
        drawing.add(text(x + 19, 2, label, 6.2, colour=MUTED))
        x += 19 + width_of(label, 6.2) + 10
    tags = _("alone: its loss alone stops the activity · shared: a fallback rests on it too")
    drawing.add(text(x, 2, tags, 6.2, colour=MUTED))
    if hidden:
        more = _.count("{n} more further down is not drawn", "{n} more further down are not drawn", hidden)
        drawing.add(text(WIDTH, 12, more, 6.2, bold=True, colour=MUTED, anchor="end"))
