"""What could be marked in an incident, and where that is known from: a scenario, a notice, calls that people tried."""

from __future__ import annotations

from bcp.engine.notices.match import matched
from bcp.engine.notices.scenario import own_states
from bcp.model.call import Calls
from bcp.model.located import Standing
from bcp.model.log_entry import Marked
from bcp.model.notice import Notices, NoticeStatus, newest
from bcp.model.plan import Plan
from bcp.model.scenario import Effect, Scenario
from bcp.model.situation import Situation
from bcp.usecases.computing import run
from bcp.usecases.locating import locate

_SUSPECTS = 5
"""At most so many suspects are offered."""

_LEAST = 0.1
"""A suspect less probable than this is not offered."""

_LINE = 300


def marks_of_scenario(plan: Plan, scenario: Scenario) -> tuple[Marked, ...]:
    """What a scenario takes down, degrades or freezes, each component once at its worst, in the plan's order.

    Raises as `run` does.
    """
    found: dict[str, Marked] = {}
    for event, strike in zip(scenario.events, run(plan, scenario).strikes, strict=True):
        level = _level(event.effect)
        if level is None:
            continue
        for i in strike.components:
            before = found.get(i)
            found[i] = Marked(
                component=i,
                level=level if before is None else min(level, before.level),
                frozen=event.effect.freeze or (before is not None and before.frozen),
                source=scenario.id[:_LINE],
            )
    return tuple(found[i] for i in plan.components if i in found)


def marks_of_notices(plan: Plan, notices: Notices) -> tuple[Marked, ...]:
    """What suppliers' notices say is down or degraded, each component once at its worst, in the plan's order."""
    current = [n for n in newest(notices.notices) if n.status != NoticeStatus.CANCELLED]
    found: dict[str, Marked] = {}
    for one in matched(plan, current):
        source = f"{one.notice.provider} {one.notice.id}".strip()[:_LINE]
        for i, level in own_states(one).items():
            if level < 1.0 and (i not in found or level < found[i].level):
                found[i] = Marked(component=i, level=level, source=source)
    return tuple(found[i] for i in plan.components if i in found)


def marks_of_calls(plan: Plan, calls: Calls, source: str) -> tuple[tuple[Marked, float], ...]:
    """The components under suspicion with their probability (0–1), the most probable first.

    A suspect's level is the share of the calls through it that came through. Raises as `locate` does.
    """
    found = [
        (Marked(component=s.component, level=1.0 - s.fails, source=source[:_LINE]), s.probability)
        for s in locate(plan, calls).suspects
        if s.standing == Standing.COMPONENT and s.component in plan.components and s.probability >= _LEAST
    ]
    return tuple(found[:_SUSPECTS])


def back_again(now: Situation) -> tuple[Marked, ...]:
    """A mark that it is back for everything that is marked down, degraded or frozen, in the order of the situation."""
    return tuple(Marked(component=m.component, level=1.0) for m in now.marks if m.level < 1.0 or m.frozen)


def _level(effect: Effect) -> float | None:
    """The own level that an effect leads to; none where it takes nothing away and freezes nothing."""
    if effect.ramp is not None:
        return effect.ramp.to
    if effect.level is not None:
        return effect.level
    return 1.0 if effect.freeze else None
