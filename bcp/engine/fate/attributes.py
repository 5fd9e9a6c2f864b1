"""Attributes by which components may hang together although no component says so: operator, site, area, duct."""

from __future__ import annotations

from collections.abc import Mapping

from bcp.engine.fate.claims import operator_of
from bcp.model.component import Component, Kind
from bcp.model.plan import Plan

OPERATOR, SITE, AREA, DUCT = "operator:", "site:", "area:", "duct:"

_STANDS = frozenset(
    {
        Kind.PLATFORM,
        Kind.SUPPORT_SYSTEM,
        Kind.INTERCONNECT,
        Kind.TRUNK,
        Kind.ACCESS,
        Kind.SITE,
        Kind.POWER,
        Kind.SYSTEM,
    }
)
"""Kinds that stand somewhere. The area of a number or an activity is whom it serves."""

_NARROW = 3
"""Parts of an area path from which on it is narrow: country, region, municipality."""


def attributes(plan: Plan) -> Mapping[str, tuple[str, ...]]:
    """Every attribute that two components or more have, with those components; both sorted.

    An operator's or a site's own component has it too. Areas count for what stands in them, and only
    with a municipality or less: that two things are both in Sweden says nothing.
    """
    found: dict[str, list[str]] = {}
    for i in sorted(plan.components):
        for attribute in _of(plan, i, plan.components[i]):
            found.setdefault(attribute, []).append(i)
    return {attribute: tuple(found[attribute]) for attribute in sorted(found) if len(found[attribute]) > 1}


def _of(plan: Plan, i: str, c: Component) -> set[str]:
    found = {tag.strip() for tag in c.tags if tag.startswith(DUCT)}
    if operator := operator_of(plan, i):
        found.add(OPERATOR + operator)
    if site := site_of(plan, i):
        found.add(SITE + site)
    if c.kind in _STANDS and len(c.area.strip("/").split("/")) >= _NARROW:
        found.add(AREA + c.area.strip("/"))
    return found


def site_of(plan: Plan, component: str) -> str:
    """Where a component stands: its site, or the component itself where it is one; empty where nobody says."""
    found = plan.components[component]
    return component if found.kind == Kind.SITE else found.site
