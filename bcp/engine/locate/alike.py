"""Suspects that the calls cannot tell apart, ranked as one: the cards of one operator where no call names its card."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from bcp.engine.levels.requirements import Floats
from bcp.engine.locate.names import Named, is_outside
from bcp.engine.locate.search import Belief, Groups
from bcp.model.located import Standing, SuspectGroup
from bcp.model.plan import Plan

MOST_GROUPS = 50
"""So many groups are told, the most probable first."""

MOST_MEMBERS = 50
"""So many members of a group are listed; all are counted."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Columns with the same exposure in every call, those most readily at fault first, and that one of them is."""

    columns: tuple[int, ...]
    probability: float


def alike(
    beliefs: Iterable[tuple[Groups, Belief]], each: Floats, names: Sequence[Named]
) -> tuple[Alike, ...]:
    """The groups of what failures of all kinds speak for, the most probable first.

    `each` (c,) is the probability of each column. Kinds taken apart have causes of their own, and a group
    is at fault where it is for any of them.
    """
    innocent: dict[tuple[int, ...], float] = {}
    for groups, belief in beliefs:
        for members, p in zip(groups.members, belief.of_groups(len(groups.members)).tolist(), strict=True):
            innocent[members] = innocent.get(members, 1.0) * (1.0 - p)
    found = [
        Alike(tuple(sorted(members, key=lambda j: (-round(float(each[j]), 9), names[j].name))), 1.0 - no)
        for members, no in innocent.items()
    ]
    return tuple(sorted(found, key=lambda a: (-round(a.probability, 9), names[a.columns[0]].name)))


def told(plan: Plan, group: Alike, names: Sequence[Named]) -> SuspectGroup:
    """A group as it is told."""
    sides = {is_outside(plan, names[j]) for j in group.columns}
    operators = {
        plan.components[names[j].name].operator if names[j].standing is Standing.COMPONENT else ""
        for j in group.columns
    }
    return SuspectGroup(
        members=tuple(names[j].name for j in group.columns[:MOST_MEMBERS]),
        size=len(group.columns),
        probability=float(np.clip(round(group.probability, 9), 0.0, 1.0)),
        outside=sides.pop() if len(sides) == 1 else None,
        operator=operators.pop() if len(operators) == 1 else "",
    )
