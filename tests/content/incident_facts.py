"""Measures in terms of one example organisation: of what is its own, its customers, its fallbacks, its messages."""

from __future__ import annotations

from collections.abc import Callable

from bcp import usecases
from bcp.engine.levels.selectors import Lineage
from bcp.engine.run.striking import struck
from bcp.model.duration import HOUR, seconds
from bcp.model.scenario import Effect, Event, Scenario, Selector
from tests.content.observed import Observed, Value

_HALF = 0.5
_BEFOREHAND = ("before", "före", "vor ", "vóór", "prima")


def _tagged(seen: Observed, tag: str, level: str, time: str) -> Value:
    return sum(
        seen.run.level_at(i, seconds(time)) == float(level)
        for i, c in seen.plan.components.items()
        if tag in c.tags
    )


def _hit(seen: Observed) -> Value:
    return seen.hit()


def _hit_outside(seen: Observed, area: str) -> Value:
    return seen.hit() - seen.hit(area)


def _not_hit_inside(seen: Observed, area: str) -> Value:
    return sum(n for i, n in seen.customers.items() if seen.within(i, area)) - seen.hit(area)


def _hit_with_area(seen: Observed, area: str) -> Value:
    return seen.again(area=area).hit()


def _hit_elsewhere(seen: Observed, where: str, area: str) -> Value:
    return seen.again(area=area).hit(where)


def _ends_before(seen: Observed, number: str, time: str) -> Value:
    end = seen.scenario.events[int(number) - 1].end
    return end is not None and end <= seconds(time)


def _last_cause(seen: Observed, component: str, time: str) -> Value:
    why = usecases.why(seen.plan, seen.scenario, component, seconds(time))
    return why.steps[-1].component


def _alone(seen: Observed, component: str, gone: str) -> Value:
    event = Event(at="0s", select=Selector(id=(gone,)), effect=Effect(level=0.0), until="1h")
    only = Scenario(id="only", title={"en": "only"}, events=(event,))
    return seen.with_events(only).run.level_at(component, HOUR / 2)


def _served(seen: Observed, time: str) -> Value:
    return round(seen.served(seconds(time)), 9)


def _most_back(seen: Observed) -> Value:
    times = sorted({t for i in seen.customers for t, _ in seen.run.levels[i]})
    lost = next(t for t in times if seen.served(t) <= _HALF)
    return seen.clock(next(t for t in times if t > lost and seen.served(t) > _HALF))


def _told_before(seen: Observed) -> Value:
    return sum(m.when.casefold().startswith(_BEFOREHAND) for m in seen.plan.document.messages)


def _last_rollback(seen: Observed, window: str) -> Value:
    first = set(seen.struck(0))
    takes = [
        f.lead_time
        for f in seen.plan.fallbacks.values()
        if f.protects in first and not f.automatic and f.lead_time is not None
    ]
    return seen.clock(seconds(window) - max(takes))


def _blocked(seen: Observed, fallback: str, component: str) -> Value:
    return component in seen.run.blocked.get(fallback, ())


def _loses_more(seen: Observed, activity: str, hours: str) -> Value:
    demand = seen.plan.components[activity].analysis.demand
    return seen.run.activities[activity].lost_contacts > demand * float(hours)


def _level(seen: Observed, component: str, time: str) -> Value:
    return seen.run.level_at(component, seconds(time))


def _below_half(seen: Observed, component: str, time: str) -> Value:
    return seen.run.level_at(component, seconds(time)) < _HALF


def _gradual(seen: Observed, component: str, steps: str) -> Value:
    return seen.falls(component) > int(steps)


def _lowest(seen: Observed, components: str) -> Value:
    return min(seen.lowest(i) for i in components.split())


def _by_complaints(seen: Observed) -> Value:
    """True where nothing but complaints tells: were the same fault visible, it would be noticed sooner."""
    events = tuple(e.model_copy(update={"silent": False}) for e in seen.scenario.events)
    visible = seen.with_events(seen.scenario.model_copy(update={"events": events})).run.noticed_s
    noticed = seen.run.noticed_s
    return noticed is not None and visible is not None and visible < noticed


def _unnoticed(seen: Observed, time: str) -> Value:
    noticed = seen.run.noticed_s
    return noticed is not None and noticed - seen.first_below(seen.plan.activities) > seconds(time)


def _loses_between(seen: Observed, component: str, low: str, high: str, time: str) -> Value:
    lost = 100 * (1 - seen.run.level_at(component, seconds(time)))
    return float(low) < lost < float(high)


def _spoilt_between(seen: Observed, component: str, low: str, high: str, time: str) -> Value:
    spoilt = 100 * (1 - seen.run.quality_at(component, seconds(time)))
    return float(low) < spoilt < float(high)


def _spoils_more(seen: Observed, activity: str, contacts: str) -> Value:
    result = seen.run.activities[activity]
    spoilt = 0.0 if result.quality is None else result.quality.spoiled_contacts
    return result.lost_contacts == 0 and spoilt > float(contacts)


def _operator_struck(seen: Observed) -> Value:
    return ", ".join(sorted({seen.plan.components[i].operator for i in seen.struck(0)}))


def _own_struck(seen: Observed, operator: str) -> Value:
    hit = {i for number in range(len(seen.scenario.events)) for i in seen.struck(number)}
    return sum(seen.plan.components[i].operator == operator for i in hit)


def _same_without(seen: Observed, component: str, time: str, gone: str) -> Value:
    event = Event(at="0s", select=Selector(id=tuple(gone.split())), effect=Effect(level=0.0))
    assert struck(event, 0, seen.scenario, Lineage(seen.plan)) == tuple(sorted(gone.split()))
    less = seen.scenario.model_copy(update={"events": (*seen.scenario.events, event)})
    at, other = seconds(time), seen.with_events(less).run
    return (other.level_at(component, at), other.quality_at(component, at)) == (
        seen.run.level_at(component, at),
        seen.run.quality_at(component, at),
    )


def _states(seen: Observed, fallback: str) -> Value:
    return ", ".join(sorted({str(state) for _, state in seen.run.fallbacks[fallback]}))


def _strike_same(seen: Observed, one: str, other: str) -> Value:
    return seen.struck(int(one) - 1) == seen.struck(int(other) - 1)


def _not_all(seen: Observed, channel: str) -> Value:
    reach = seen.plan.components[channel].reach
    return reach is not None and reach < 1


MEASURES: tuple[tuple[str, Callable[..., Value]], ...] = (
    (r"components tagged (\S+) at (\S+) at (\w+)", _tagged),
    (r"customers hit", _hit),
    (r"customers hit outside (\S+)", _hit_outside),
    (r"customers in (\S+) not hit", _not_hit_inside),
    (r"customers hit with area (\S+)", _hit_with_area),
    (r"customers hit in (\S+) with area (\S+)", _hit_elsewhere),
    (r"event (\d+) ends before (\w+)", _ends_before),
    (r"last cause of (\S+) at (\w+)", _last_cause),
    (r"level of (\S+) when only (\S+) is gone", _alone),
    (r"share of customers served at (\w+)", _served),
    (r"more than half of the customers first served at", _most_back),
    (r"messages prepared for before the work", _told_before),
    (r"last time to roll back so that (\w+) holds", _last_rollback),
    (r"(\S+) is blocked by (\S+)", _blocked),
    (r"(\S+) loses more contacts than in (\d+) hours of normal demand", _loses_more),
    (r"level of (\S+) at (\w+)", _level),
    (r"level of (\S+) at (\w+) is below half", _below_half),
    (r"(?:level|quality) of (\S+) at (\w+) is the same without (.+)", _same_without),
    (r"(\S+) falls in more than (\d+) steps", _gradual),
    (r"lowest level of (.+)", _lowest),
    (r"noticed by complaints alone", _by_complaints),
    (r"more than (\w+) from the first lost call to detection", _unnoticed),
    (r"(\S+) loses between (\d+)% and (\d+)% at (\w+)", _loses_between),
    (r"(\S+) is spoilt between (\d+)% and (\d+)% at (\w+)", _spoilt_between),
    (r"(\S+) loses no contact and spoils more than (\d+)", _spoils_more),
    (r"operator of what is struck", _operator_struck),
    (r"components of (\S+) that an event strikes", _own_struck),
    (r"states of (\S+)", _states),
    (r"events (\d+) and (\d+) strike the same", _strike_same),
    (r"(\S+) reaches fewer than all", _not_all),
)
"""A measure as a fact writes it, and the function that reads it from a run; the first that fits the whole text counts."""
