"""The reference's causes: the events at the root of a component's failure.

Agreed reading of 'the event at the root of i's causes': follow binding requirements down. What binds a
component that is not down is whatever holds its primary level where it is; one that is down is held by
its own state where that is zero and by its requirements of value zero, `during: start` ones too. Where
that leads to no event any more (it is restarting, or waits for others that wait for it after the event
is over) the roots are those from when it went down.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bcp.model.plan import Plan
from bcp.model.requirement import Needs, Quorum, Requirement
from tests.engine.reference_levels import ZERO, Levels, requirement_value
from tests.engine.reference_scenario import Happenings


@dataclass(frozen=True)
class Moment:
    """What causes are asked about."""

    plan: Plan
    happenings: Happenings
    t: float
    now: Levels
    down: frozenset[str]
    roots_of_fall: Mapping[str, frozenset[int]]


def roots(moment: Moment, i: str) -> frozenset[int]:
    """The numbers of the events at the root of i's level, counted from 0."""
    found: set[int] = set()
    for v in reached(moment, i):
        found |= live_causes(moment, v)
        if v in moment.down and not any(live_causes(moment, u) for u in reached(moment, v)):
            found |= moment.roots_of_fall.get(v, frozenset())
    return frozenset(found)


def reached(moment: Moment, i: str) -> list[str]:
    """Component i and all others on chains of binding requirements from it."""
    order = [i]
    for v in order:
        order += [u for u in followed(moment, v) if u not in order]
    return order


def live_causes(moment: Moment, v: str) -> frozenset[int]:
    """Events that hold v down now, or that took it down where it only restarts now."""
    own = own_causes(moment, v)
    restarting = v in moment.down and not own and not binding(moment, v)
    return moment.roots_of_fall.get(v, frozenset()) if restarting else own


def own_causes(moment: Moment, v: str) -> frozenset[int]:
    """The events on v itself, those of the lowest value, where its own state binds."""
    values = moment.happenings.own_values(v, moment.t)
    lowest = min(values.values(), default=1.0)
    limit = 0.0 if v in moment.down else moment.now.primary[v]
    if lowest >= 1 or lowest > limit + ZERO:
        return frozenset()
    return frozenset(e for e, value in values.items() if value <= lowest + ZERO)


def binding(moment: Moment, v: str) -> list[Requirement]:
    """The requirements that hold v where it is."""
    requires = moment.plan.components[v].requires
    x = moment.now.delivered
    if v not in moment.down:
        limit = moment.now.primary[v] + ZERO
        return [r for r in requires if r.during == "run" and requirement_value(r, x) <= limit]
    return [r for r in requires if requirement_value(r, x) <= ZERO]


def followed(moment: Moment, v: str) -> list[str]:
    """The components that the binding requirements of v lead to."""
    x = moment.now.delivered
    found: list[str] = []
    for r in binding(moment, v):
        if isinstance(r, Needs):
            found.append(r.needs)
        elif isinstance(r, Quorum):
            found += [j for j in r.of if x[j] <= requirement_value(r, x) + ZERO]
        else:
            weights = getattr(r, "pool", None) or r.split
            found += [j for j, weight in weights.items() if weight > 0 and x[j] < 1]
    return list(dict.fromkeys(found))
