"""The picture that can be edited: boxes, folded groups, frames, and marks for what is hidden beside a box."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from bcp.model.plan import Plan
from bcp.model.requirement import Needs, Pool, Quorum, Requirement, Split
from bcp.ui.parts.fields import kind_of
from bcp.ui.parts.layout import COLUMN, ROW, Laid, Point
from bcp.ui.parts.links import Link, links
from bcp.ui.parts.picture import bends, box_classes, box_label
from bcp.ui.parts.scene import Scene
from bcp.ui.parts.steady import in_lanes, steady
from bcp.ui.view import View, Way
from bcp.words import Words

_TALLEST_PICTURE = 820
_LOWEST_PICTURE = 300
_MARK = 84
"""From the middle of a box to the middle of a mark beside it."""

_COLUMN = 204
"""Distance between columns here: wider than elsewhere, for marks and for what is written on arrows."""

_FRAME_MARK = 60


def scene_picture(
    plan: Plan,
    scene: Scene, view: View, words: Words, *,
    chosen: Sequence[str], remarks: Mapping[str, int],
) -> dict[str, Any]:  # fmt: skip
    """What the browser gets. Ids of groups and marks begin with a colon, which no component's does.

    Where the boxes stand is kept in the view, so that they stay there when the plan is edited.
    """
    inside = {i: i for i in scene.boxes} | {i: f":g:{g}" for g in scene.folded for i in scene.groups[g]}
    drawn = _merged(links(plan), inside)
    laid = _laid(scene, view, drawn)
    frames = {g: ids for g, ids in scene.groups.items() if g not in scene.folded}
    parents = {i: f":f:{g}" for g, ids in frames.items() for i in ids}
    rows = [y for _, y in laid.places.values()]
    tall = (max(rows) - min(rows) if rows else 0) + 2 * ROW
    return {
        "nodes": [
            *(_frame(g, frames[g], words) for g in sorted(frames)),
            *(_box(plan, i, laid, parents, view, words, remarks) for i in sorted(scene.boxes)),
            *(_folded(g, scene, laid, words) for g in sorted(scene.folded)),
            *_marks(scene, laid, parents, words),
            *_frame_marks(frames, laid),
        ],
        "edges": [_arrow(plan, link, n, laid, view, words) for link, n in sorted(drawn.items())],
        "selected": list(chosen),
        "focus": view.centre,
        "height": min(max(tall, _LOWEST_PICTURE), _TALLEST_PICTURE),
        "label": _described(scene, words),
        "words": _said(words),
        "view": json.dumps([view.up, view.down, view.whole, view.by, view.filters, sorted(scene.folded)]),
        "editing": True,
        "heard": view.heard,
    }  # fmt: skip


def _laid(scene: Scene, view: View, drawn: Counter[Link]) -> Laid:
    """Places for the boxes; the same as last time for those that stay, while the same is looked at."""
    ids = [*scene.boxes, *(f":g:{g}" for g in sorted(scene.folded))]
    frames = [g for g in scene.groups if g not in scene.folded]
    if frames:
        framed = {i for g in frames for i in scene.groups[g]}
        lanes = [[i for i in ids if i not in framed], *([*scene.groups[g]] for g in sorted(frames))]
        laid = in_lanes(ids, list(drawn), lanes)
    else:
        of = (view.centre, view.up, view.down, view.whole, view.by, view.kinds, view.operators, view.areas,
              view.remarked, scene.folded)  # fmt: skip
        laid = steady(ids, list(drawn), view.places if view.places_of == of else {})
        view.places_of = of
    view.places = dict(laid.places)
    return Laid(
        {i: _apart(at) for i, at in laid.places.items()},
        {pair: tuple(map(_apart, way)) for pair, way in laid.bends.items()},
    )


def _apart(at: Point) -> Point:
    return (at[0] * _COLUMN // COLUMN, at[1])


def _merged(every: Sequence[Link], inside: Mapping[str, str]) -> Counter[Link]:
    """The links between drawn boxes, each with how many links of the plan it stands for."""
    found: Counter[Link] = Counter()
    for link in every:
        source, target = inside.get(link.source), inside.get(link.target)
        if source and target and source != target:
            whole = source == link.source and target == link.target
            found[link if whole else Link(source, target, "needs")] += 1
    return found


def _box(
    plan: Plan, i: str, laid: Laid, parents: Mapping[str, str], view: View, words: Words,
    remarks: Mapping[str, int],
) -> dict[str, Any]:  # fmt: skip
    x, y = laid.places[i]
    flag = f"\n⚑ {remarks[i]}" if remarks.get(i) else ""
    return {
        "id": i,
        "label": box_label(plan, i, words) + flag,
        "name": plan.components[i].name,
        "kind": kind_of(plan.components[i], words),
        "x": x,
        "y": y,
        "parent": parents.get(i),
        "classes": "box " + box_classes(plan, i) + (" focus" if i == view.centre else ""),
    }


def _folded(group: str, scene: Scene, laid: Laid, words: Words) -> dict[str, Any]:
    x, y = laid.places[f":g:{group}"]
    count = words.count("{n} component", "{n} components", len(scene.groups[group]))
    return {
        "id": f":g:{group}", "label": f"▸ {group}\n{count}", "name": group, "kind": count, "x": x, "y": y,
        "classes": "folded plain", "group": group,
    }  # fmt: skip


def _frame(group: str, ids: Sequence[str], words: Words) -> dict[str, Any]:
    return {
        "id": f":f:{group}", "label": f"{group} · {len(ids)}", "name": group, "classes": "frame",
        "kind": words.count("{n} component", "{n} components", len(ids)), "group": group,
    }  # fmt: skip


def _marks(scene: Scene, laid: Laid, parents: Mapping[str, str], words: Words) -> list[dict[str, Any]]:
    """A small mark at the side of each box that has neighbours which are not drawn."""
    marks = []
    for (i, way), count in sorted(scene.hidden.items()):
        x, y = laid.places[i]
        text = hidden_text(way, count, words)
        marks.append(
            {
                "id": f":m:{way}:{i}",
                "label": f"+{count}",
                "name": text,
                "of": i,
                "way": way,
                "x": x - _MARK if way == "up" else x + _MARK,
                "y": y,
                "parent": parents.get(i),
                "classes": "mark",
            }
        )
    return marks


def hidden_text(way: Way, count: int, words: Words) -> str:
    """That so many neighbours are not drawn."""
    if way == "up":
        return words("+{n} more rest on this", n=count)
    return words("It rests on {n} more", n=count)


def _frame_marks(frames: Mapping[str, Sequence[str]], laid: Laid) -> list[dict[str, Any]]:
    """A mark at the corner of each frame that folds it."""
    marks = []
    for g, ids in sorted(frames.items()):
        x = min(laid.places[i][0] for i in ids)
        y = min(laid.places[i][1] for i in ids)
        marks.append(
            {
                "id": f":c:{g}",
                "label": "−",
                "name": g,
                "group": g,
                "parent": f":f:{g}",
                "x": x - _FRAME_MARK,
                "y": y - ROW // 2 - 4,
                "classes": "mark fold",
            }
        )
    return marks


def _arrow(plan: Plan, link: Link, count: int, laid: Laid, view: View, words: Words) -> dict[str, Any]:
    own = link.source in plan.components and link.target in plan.components
    classes: str = link.sort if own else "merged"
    if own and view.arrow == (link.source, link.target):
        classes += " chosen"
    label = _mode(plan, link, words) if own else (f"× {count}" if count > 1 else "")
    return {
        "id": json.dumps([link.source, link.target, link.sort]), "source": link.source,
        "target": link.target, "classes": classes, "bends": bends(laid, link.source, link.target),
        "label": label, "own": own and link.sort != "fallback",
    }  # fmt: skip


def _mode(plan: Plan, link: Link, words: Words) -> str:
    """How much of what is rested on counts, as short as it can be said; empty for a plain need."""
    for requirement in plan.components[link.source].requires:
        if link.target in requirement.members and link.sort != "fallback":
            return _short(requirement, link.target, words)
    return ""


def _short(requirement: Requirement, target: str, words: Words) -> str:
    match requirement:
        case Needs(impact=impact):
            return "" if impact == 1 else f"−{words.percent(impact)}"
        case Pool(pool=pool):
            return words("or") if all(c == 1 for c in pool.values()) else words.percent(pool[target])
        case Split(split=split):
            return f"= {words.percent(round(split[target], 3))}"
        case Quorum(quorum=k, of=members):
            return f"{k}/{len(members)}"


def _described(scene: Scene, words: Words) -> str:
    return (
        words("Picture of {n} components. The table holds the same.", n=scene.shown)
        + " "
        + words("Arrow keys move along the arrows, Enter looks around a box, Delete asks, Escape lets go.")
    )


def _said(words: Words) -> dict[str, str]:
    """The words of the picture's own buttons."""
    return {
        "zoom_in": words("Larger"),
        "zoom_out": words("Smaller"),
        "fit": words("Show all"),
        "rename": words("Rename"),
        "below": words("Needs a new one"),
        "above": words("Needed by a new one"),
        "connect": words("Connect: then choose what it needs"),
        "copy": words("Copy"),
        "remove": words("Remove"),
        "look": words("Look around it"),
        "several": words("Choose several"),
        "drag": words("Drag to what it needs"),
        "pick": words("Now choose what it needs. Escape lets go."),
        "none": words("Nothing is chosen."),
        "chosen": words("Chosen"),
    }
