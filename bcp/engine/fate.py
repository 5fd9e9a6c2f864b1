"""Shared fate: what a fallback and the thing it protects both rest on, and where the two ways meet."""

from __future__ import annotations

from collections.abc import Iterable

from bcp.engine.selectors import Lineage
from bcp.model.component import Kind
from bcp.model.fallback import Fallback
from bcp.model.plan import Plan
from bcp.model.route import Fate, Meeting, SharedFate
from bcp.words import words

_NEVER_LAST = frozenset(
    {Kind.NUMBER, Kind.NUMBER_RANGE, Kind.TRUNK, Kind.ACCESS, Kind.INTERCONNECT, Kind.CHANNEL}
)
"""Kinds that always rest on something: where the plan names nothing below them, nobody has asked yet."""


def used_by(fallback: Fallback) -> tuple[str, ...]:
    """What a fallback uses itself: what it goes via, what it needs, and where it executes; sorted."""
    place = (fallback.executes_at,) if fallback.executes_at else ()
    return tuple(sorted({*fallback.via, *fallback.needs, *place}))


def shared_fate(plan: Plan, *, lineage: Lineage | None = None) -> tuple[SharedFate, ...]:
    """The shared-fate verdict of every fallback of the plan, by its id."""
    known = lineage or Lineage(plan)
    return tuple(fate_of(f, known) for f in sorted(plan.fallbacks))


def fate_of(fallback_id: str, lineage: Lineage) -> SharedFate:
    """The shared-fate verdict of one fallback.

    Shares: some component lies under both. Otherwise same operator: an operator stands on both sides,
    and what its boxes share is not in the plan. Otherwise unknown: something that always rests on
    something has nothing below it. Otherwise independent, as far as the plan knows.
    """
    plan = lineage.plan
    fallback = plan.fallbacks[fallback_id]
    used = used_by(fallback)
    ours, theirs = lineage.rests_on(used), lineage.rests_on([fallback.protects])
    shared = ours & theirs
    same = _same_attributes(plan, ours, theirs)
    if shared:
        verdict = Fate.SHARES
    elif any(attribute.startswith("operator:") for attribute in same):
        verdict = Fate.SAME_OPERATOR
    elif not used or _open_ends(lineage, ours | theirs):
        verdict = Fate.UNKNOWN
    else:
        verdict = Fate.INDEPENDENT
    return SharedFate(
        fallback=fallback_id,
        protects=fallback.protects,
        verdict=verdict,
        shared=tuple(sorted(shared)),
        meetings=tuple(
            _meeting(component, used, fallback, lineage)
            for component in _entries(used, ours, shared, lineage)
        ),
        same=same,
        question=_question(verdict, fallback_id, same, lineage, ours | theirs),
    )


def _same_attributes(plan: Plan, ours: Iterable[str], theirs: Iterable[str]) -> tuple[str, ...]:
    """Operators and sites that stand on both sides although no component does, such as `operator:telia`."""
    found = []
    for attribute in ("operator", "site"):
        here = {getattr(plan.components[i], attribute) for i in ours}
        there = {getattr(plan.components[i], attribute) for i in theirs}
        found += [f"{attribute}:{value}" for value in sorted((here & there) - {""})]
    return tuple(found)


def _open_ends(lineage: Lineage, components: Iterable[str]) -> tuple[str, ...]:
    """Components of kinds that always rest on something, for which the plan says on nothing; sorted."""
    return tuple(
        sorted(
            i for i in components if lineage.plan.components[i].kind in _NEVER_LAST and not lineage.below[i]
        )
    )


def _entries(
    used: Iterable[str], ours: frozenset[str], shared: frozenset[str], lineage: Lineage
) -> list[str]:
    """Shared components that the fallback's side reaches without passing another shared one."""
    reached = {i for i in used if i in shared}
    for component in ours - shared:
        reached.update(m for m in lineage.below[component] if m in shared)
    return sorted(reached)


def _meeting(component: str, used: Iterable[str], fallback: Fallback, lineage: Lineage) -> Meeting:
    ways = [way for start in used if (way := lineage.path(start, component))]
    return Meeting(
        component=component,
        from_fallback=min(ways, key=lambda way: (len(way), way)),
        from_protected=lineage.path(fallback.protects, component),
    )


def _question(
    verdict: Fate, fallback: str, same: tuple[str, ...], lineage: Lineage, components: Iterable[str]
) -> str:
    plan = lineage.plan
    _ = words(plan.organisation.language)
    protected = plan.title(plan.fallbacks[fallback].protects)
    if verdict == Fate.SAME_OPERATOR:
        operators = ", ".join(
            plan.title(a.removeprefix("operator:")) for a in same if a.startswith("operator:")
        )
        return _(
            "Ask {operators}: which of your platforms, cables, sites and power feeds carry both {fallback} and {protected}?",
            operators=operators,
            fallback=plan.title(fallback),
            protected=protected,
        )
    if verdict == Fate.UNKNOWN:
        ends = _open_ends(lineage, components)
        if not ends:
            return _("Say what {fallback} goes via and what it needs.", fallback=plan.title(fallback))
        named = ", ".join(plan.title(i) for i in ends)
        return _(
            "Ask whoever delivers {components}: what does it rest on, down to site and power?",
            components=named,
        )
    return ""
