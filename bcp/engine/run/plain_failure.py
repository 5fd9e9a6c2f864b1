"""The plainest scenario: one component fails for good, everybody sees it, and nothing else happens."""

from __future__ import annotations

from bcp.model.scenario import Effect, Event, Scenario, Selector


def plain_failure(component: str) -> Scenario:
    """The component alone fails, for good, and monitoring sees it; 30 days long."""
    event = Event(at=0, select=Selector(id=(component,)), effect=Effect(level=0.0))
    return Scenario(id="plain-failure", title={"en": "Plain failure"}, horizon="30d", events=(event,))
