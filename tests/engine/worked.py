"""What hand-worked cases share: plans and events in few words, times in minutes."""

from __future__ import annotations

from typing import Any

from bcp.engine.run.result import run
from bcp.model.plan import Plan
from bcp.model.scenario import Scenario
from tests.engine.agreement import differences
from tests.engine.reference import reference_run

MINUTE = 60.0
HOUR = 60.0
"""Minutes of an hour and of a day, for times written in minutes."""
DAY = 24 * HOUR


def plan_of(
    components: dict[str, dict[str, Any]],
    fallbacks: dict[str, dict[str, Any]] | None = None,
    defaults: dict[str, Any] | None = None,
) -> Plan:
    """A plan; a component is a system unless it has a BIA, which makes it an activity."""
    filled = {
        i: {"kind": "activity" if "bia" in component else "system", "name": i, **component}
        for i, component in components.items()
    }
    return Plan.model_validate(
        {
            "organisation": {"name": "Worked by hand"},
            "components": filled,
            "fallbacks": fallbacks or {},
            "defaults": defaults or {},
        }
    )


def event(component: str, at: float, until: float | None, effect: Any, **rest: Any) -> dict[str, Any]:
    """An event on one component, times in minutes; a number as effect is a level."""
    found = {
        "at": f"{at}m" if at else 0,
        "select": {"id": component},
        "effect": {"level": effect} if isinstance(effect, int | float) else effect,
        **rest,
    }
    return found if until is None else {**found, "until": f"{until}m"}


def ran(plan: Plan, *events: dict[str, Any], horizon: str = "30h") -> dict[str, Any]:
    """The engine's run as JSON data, after seeing that the reference agrees with it."""
    scenario = Scenario.model_validate(
        {"id": "worked", "title": "Worked", "horizon": horizon, "events": list(events)}
    )
    found = run(plan, scenario).json_data()
    assert differences(found, reference_run(plan, scenario)) == []
    return found


def levels(found: dict[str, Any], component: str) -> list[tuple[float, float]]:
    """A component's level as (minute, level rounded to 9 decimals)."""
    return [(t / MINUTE, round(level, 9)) for t, level in found["levels"][component]]


def states(found: dict[str, Any], fallback: str = "f") -> list[tuple[float, str]]:
    """A fallback's states as (minute, state)."""
    return [(round(t / MINUTE, 6), state) for t, state in found["fallbacks"][fallback]]
