"""Which components of a plan a scenario's selector means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property, lru_cache

from bcp.errors import SelectorError
from bcp.model.component import Component, Kind
from bcp.model.plan import Plan
from bcp.model.scenario import Selector
from bcp.model.telephone import normal
from bcp.saying import said


@dataclass(frozen=True)
class Lineage:
    """What rests on what in a plan, all requirements counted, those to start too."""

    plan: Plan
    _trees: dict[str, Mapping[str, str]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def below(self) -> Mapping[str, tuple[str, ...]]:
        """What each component requires directly, sorted."""
        return {
            i: tuple(sorted({m for requirement in c.requires for m in requirement.members}))
            for i, c in self.plan.components.items()
        }

    @cached_property
    def above(self) -> Mapping[str, tuple[str, ...]]:
        """What requires each component directly, sorted."""
        found: dict[str, list[str]] = defaultdict(list)
        for component in sorted(self.below):
            for member in self.below[component]:
                found[member].append(component)
        return {i: tuple(found[i]) for i in self.plan.components}

    def rests_on(self, start: Iterable[str]) -> frozenset[str]:
        """The requirement closure: `start` and everything they rest on, directly or not."""
        return _reached(start, self.below)

    def carried_by(self, start: Iterable[str]) -> frozenset[str]:
        """`start` and everything that rests on them, directly or not."""
        return _reached(start, self.above)

    def path(self, start: str, goal: str) -> tuple[str, ...]:
        """A shortest way down from `start` to `goal`, both included; empty where there is none."""
        came_from = self._came_from(start)
        if goal not in came_from:
            return ()
        way = [goal]
        while came_from[way[-1]]:
            way.append(came_from[way[-1]])
        return tuple(reversed(way))

    def _came_from(self, start: str) -> Mapping[str, str]:
        """What each component below `start` is first reached from, row by row; kept for the next goal."""
        if start not in self._trees:
            came_from: dict[str, str] = {start: ""}
            row = [start]
            while row:
                following = []
                for component in row:
                    for member in self.below[component]:
                        if member not in came_from:
                            came_from[member] = component
                            following.append(member)
                row = following
            self._trees[start] = came_from
        return self._trees[start]


def _reached(start: Iterable[str], neighbours: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    seen = set(start)
    row = list(seen)
    while row:
        component = row.pop()
        for other in neighbours[component]:
            if other not in seen:
                seen.add(other)
                row.append(other)
    return frozenset(seen)


def selected(selector: Selector, lineage: Lineage) -> tuple[str, ...]:
    """The ids of the components that a selector means, sorted; none where nothing fits.

    Raises SelectorError where `depends_on` names a component that the plan does not have.
    """
    return tuple(sorted(i for i in _matching(selector, lineage)))


def _matching(selector: Selector, lineage: Lineage) -> set[str]:
    components = lineage.plan.components
    candidates = [i for i in selector.id if i in components] if selector.id else list(components)
    found = {i for i in candidates if _fits(selector, i, components[i])}
    if selector.hosts_prefix:
        carried = [i for i, c in components.items() if has_prefix(c, selector.hosts_prefix)]
        found &= lineage.rests_on(carried) - set(carried)
    if selector.depends_on:
        _known(selector.depends_on, components)
        found &= lineage.carried_by(selector.depends_on) - set(selector.depends_on)
    for part in selector.all:
        found &= _matching(part, lineage)
    if selector.any:
        found &= set().union(*(_matching(part, lineage) for part in selector.any))
    if selector.exclude is not None:
        found -= _matching(selector.exclude, lineage)
    return found


def _fits(selector: Selector, i: str, c: Component) -> bool:
    """True where the component's own attributes meet every condition on them."""
    return (
        (not selector.kind or c.kind in selector.kind)
        and (
            not selector.operator
            or c.operator in selector.operator
            or _is(i, c, Kind.OPERATOR, selector.operator)
        )
        and (not selector.area or any(_within(c.area, area) for area in selector.area))
        and (not selector.site or c.site in selector.site or _is(i, c, Kind.SITE, selector.site))
        and (not selector.tag or bool(set(c.tags) & set(selector.tag)))
        and (not selector.prefix or has_prefix(c, selector.prefix))
    )


def _is(i: str, c: Component, kind: Kind, wanted: Iterable[str]) -> bool:
    return c.kind == kind and i in wanted


def _within(area: str, wanted: str) -> bool:
    return area == wanted or area.startswith(wanted.rstrip("/") + "/")


def _known(ids: Iterable[str], components: Mapping[str, Component]) -> None:
    for component in ids:
        if component not in components:
            near = get_close_matches(component, components, 1)
            hint = (
                said("Did you mean {near}?", near=near[0]) if near else said("Name a component of the plan.")
            )
            raise SelectorError(said("the plan has no component {component}.", component=component), hint)


def has_prefix(component: Component, prefixes: Iterable[str]) -> bool:
    """True for a number that begins with one of the prefixes, and for a range that holds such a number.

    Prefixes are written as E.164 (`+46771`); spaces and hyphens in them count for nothing.
    """
    bare = [_bare(p) for p in prefixes]
    if component.e164 is not None and any(component.e164.startswith(p) for p in bare):
        return True
    if component.span is None:
        return False
    first, last = component.span.first, component.span.last
    return any(first[: len(p)] <= p[: len(first)] <= last[: len(p)] for p in bare)


@lru_cache(maxsize=1024)  # a scenario asks every component about the same few
def _bare(prefix: str) -> str:
    try:
        return normal(prefix)
    except ValueError:
        return "".join(ch for ch in prefix if ch.isdigit() or ch == "+")


def described(selector: Selector) -> str:
    """A selector in one line, for messages."""
    parts = []
    for name in ("id", "kind", "operator", "area", "site", "tag", "prefix", "hosts_prefix", "depends_on"):
        values = getattr(selector, name)
        if values:
            parts.append(f"{name}: {', '.join(str(v) for v in values)}")
    for name in ("all", "any"):
        group = getattr(selector, name)
        if group:
            parts.append(f"{name} of [{'; '.join(described(g) for g in group)}]")
    if selector.exclude is not None:
        parts.append(f"not ({described(selector.exclude)})")
    return ", ".join(parts)
