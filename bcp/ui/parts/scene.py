"""What of a plan is drawn: which boxes on their own, which as one box for a group, and what stays hidden."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bcp.model.component import Component
from bcp.model.edit_block import group_of
from bcp.model.plan import Plan
from bcp.ui.parts.links import Neighbours, around, neighbours
from bcp.ui.view import Grouping, View, Way

MOST = 80
"""Boxes in one picture: more than this nobody can read."""


@dataclass(frozen=True)
class Scene:
    """One picture's content. A folded group is one box; an unfolded one is a frame around its boxes."""

    boxes: tuple[str, ...]
    """Components with a box of their own, most important first."""
    groups: Mapping[str, tuple[str, ...]]
    """The members in the picture of every group that is drawn, by the group's name."""
    folded: frozenset[str]
    """The groups drawn as one box."""
    hidden: Mapping[tuple[str, Way], int]
    """How many neighbours of a box are not in the picture, where any."""
    filtered: int
    """Components that only the filters leave out."""
    crowded: int
    """Components left out because no more boxes can be read."""

    @property
    def drawn(self) -> int:
        """Boxes in the picture."""
        return len(self.boxes) + len(self.folded)

    @property
    def shown(self) -> int:
        """Components in the picture, on their own or in a folded group."""
        return len(self.boxes) + sum(len(self.groups[g]) for g in self.folded)


def scene(plan: Plan, view: View, remarks: Mapping[str, int], kept: Iterable[str] = ()) -> Scene:
    """What the view shows of the plan, and `kept` in any case."""
    beside = neighbours(plan)
    wanted = _wanted(plan, beside, view)
    extra = [i for i in dict.fromkeys((*kept, *view.beside)) if i in plan.components]
    always = {view.centre, *extra}
    passed = [i for i in wanted if i in always or _passes(plan.components[i], remarks.get(i, 0), view)]
    asked = _asked_for(plan, beside, view)
    candidates = list(dict.fromkeys([*passed[:1], *asked, *extra, *passed]))
    members = _groups(plan, candidates, view.by)
    folded = _folded(members, view.folded, len(candidates))
    group = {i: g for g, inside in members.items() for i in inside}
    boxes: list[str] = []
    seen: set[str] = set()
    for i in candidates:
        if len(boxes) + len(seen) >= MOST and group.get(i) not in seen:
            continue
        if group.get(i) in folded:
            seen.add(group[i])
        else:
            boxes.append(i)
    inside = {*boxes, *(i for g in seen for i in members[g])}
    groups = {g: tuple(i for i in ids if i in inside) for g, ids in members.items()}
    return Scene(
        boxes=tuple(boxes),
        groups={g: ids for g, ids in groups.items() if ids},
        folded=frozenset(seen),
        hidden=_hidden(boxes, inside, beside),
        filtered=len(wanted) - len(passed),
        crowded=len(candidates) - len(inside),
    )


def all_beside(plan: Plan, component: str, way: Way) -> tuple[str, ...]:
    """Every neighbour of a component in one direction, sorted by name."""
    found = neighbours(plan).beside(component, way)
    return tuple(sorted(found, key=lambda i: (plan.title(i).casefold(), i)))


def group_name(component: Component, by: Grouping) -> str:
    """The group that a component stands in; empty for none."""
    match by:
        case "operator":
            return component.operator
        case "site":
            return component.site
        case "area":
            return component.area
        case "group":
            return group_of(component)
        case "":
            return ""


def _wanted(plan: Plan, beside: Neighbours, view: View) -> list[str]:
    """Before filters: the centre first, then by distance, in the whole plan then what is not linked to it."""
    if not view.whole:
        return list(around(beside, view.centre, up=view.up, down=view.down))
    far = len(plan.components)
    near = around(beside, view.centre, up=far, down=far)
    return list(dict.fromkeys([*near, *plan.components]))


def _asked_for(plan: Plan, beside: Neighbours, view: View) -> list[str]:
    opened = sorted(view.opened)
    return [
        i for component, way in opened for i in sorted(beside.beside(component, way)) if i in plan.components
    ]


def _passes(component: Component, remarks: int, view: View) -> bool:
    return (
        (not view.kinds or component.kind in view.kinds)
        and (not view.operators or component.operator in view.operators)
        and (not view.areas or any(_lies_in(component.area, area) for area in view.areas))
        and (not view.remarked or remarks > 0)
    )


def _lies_in(area: str, wanted: str) -> bool:
    return area == wanted or area.startswith(f"{wanted}/")


def _groups(plan: Plan, ids: Sequence[str], by: Grouping) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for i in ids:
        if name := group_name(plan.components[i], by):
            found.setdefault(name, []).append(i)
    return found


def _folded(
    members: Mapping[str, Sequence[str]], chosen: frozenset[str] | None, candidates: int
) -> frozenset[str]:
    """The groups to fold: those that were chosen; until somebody chose, all where not everything fits."""
    if chosen is not None:
        return chosen & members.keys()
    return frozenset(members) if candidates > MOST else frozenset()


def _hidden(boxes: Iterable[str], inside: set[str], beside: Neighbours) -> dict[tuple[str, Way], int]:
    found: dict[tuple[str, Way], int] = {}
    ways: tuple[Way, ...] = ("up", "down")
    for i in boxes:
        for way in ways:
            if count := sum(j not in inside for j in beside.beside(i, way)):
                found[i, way] = count
    return found
