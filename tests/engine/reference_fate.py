"""Shared fate from the words of the method page alone: sets, one claim after the other, nothing kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bcp.model.component import Component, Kind
from bcp.model.fallback import Fallback
from bcp.model.fate import Fate
from bcp.model.plan import Plan

RESTS_ALWAYS = {"number", "number_range", "trunk", "access", "interconnect", "channel"}
STANDS = {"platform", "support_system", "interconnect", "trunk", "access", "site", "power", "system"}


def direct(plan: Plan, component: str) -> set[str]:
    """What a component requires directly."""
    return {m for requirement in plan.components[component].requires for m in requirement.members}


def closure(plan: Plan, start: Iterable[str]) -> set[str]:
    """`start` and all below, by asking again until nothing is new."""
    found = set(start)
    while more := {m for i in found for m in direct(plan, i)} - found:
        found |= more
    return found


def uses(fallback: Fallback) -> set[str]:
    """What a fallback uses itself."""
    return {*fallback.via, *fallback.needs, *([fallback.executes_at] if fallback.executes_at else [])}


def common(plan: Plan, sides: Sequence[Iterable[str]]) -> set[str]:
    """Components on which two sides or more rest."""
    below = [closure(plan, side) for side in sides]
    return {i for i in plan.components if sum(i in side for side in below) > 1}


def same(plan: Plan, sides: Sequence[Iterable[str]]) -> set[str]:
    """Attributes that two sides or more have beside what they share."""
    shared = common(plan, sides)
    each = [
        {a for i in closure(plan, side) - shared for a in labels(i, plan.components[i])} for side in sides
    ]
    return {
        a
        for found in each
        for a in found
        if sum(a in other for other in each) > 1 and a.partition(":")[2] not in shared
    }


def labels(i: str, c: Component) -> set[str]:
    """The attributes of one component."""
    found = {tag for tag in c.tags if tag.startswith("duct:")}
    found |= {f"operator:{c.operator}"} if c.operator and c.kind != Kind.OPERATOR else set()
    found |= {f"operator:{i}"} if c.kind == Kind.OPERATOR else set()
    found |= {f"site:{c.site}"} if c.site and c.kind != Kind.SITE else set()
    found |= {f"site:{i}"} if c.kind == Kind.SITE else set()
    return found | ({f"area:{c.area}"} if c.kind in STANDS and c.area.count("/") >= 2 else set())


def open_ends(plan: Plan, sides: Sequence[Iterable[str]]) -> set[str]:
    """Components below any side that always rest on something, for which nothing is named."""
    below = set().union(*(closure(plan, side) for side in sides))
    return {i for i in below if plan.components[i].kind in RESTS_ALWAYS and not direct(plan, i)}


def verdict(plan: Plan, sides: Sequence[Iterable[str]], subject: str) -> Fate:
    """The verdict on sides; `subject` is what they serve, whose own site says nothing."""
    c = plan.components.get(subject)
    own = "" if c is None else f"site:{subject if c.kind == Kind.SITE else c.site}"
    if common(plan, sides):
        return Fate.SHARES
    attributes = same(plan, sides) - {own}
    if any(a.startswith("operator:") for a in attributes):
        return Fate.SAME_OPERATOR
    if any(a.startswith(("site:", "duct:")) for a in attributes) or open_ends(plan, sides):
        return Fate.UNKNOWN
    return Fate.INDEPENDENT if all(sides) else Fate.UNKNOWN
