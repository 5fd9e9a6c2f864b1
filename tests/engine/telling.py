"""Notices of a scenario without their texts, as the tests of the engine ask for them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bcp import usecases
from bcp.engine.notices.announcements import announcements
from bcp.engine.notices.facts import Facts
from bcp.engine.notices.times import windows
from bcp.engine.people.reachability import reachability
from bcp.engine.run.dialled import dialled_levels
from bcp.model.announcement import Announcement, Audience
from bcp.model.plan import Plan
from bcp.model.scenario import Scenario
from bcp.model.telling import Telling

BEGINS = datetime(2026, 3, 3, 7, 0, tzinfo=ZoneInfo("Europe/Stockholm"))


def facts_of(plan: Plan, scenario: Scenario) -> Facts:
    """What notices of a scenario can say."""
    happened = usecases.run(plan, scenario)
    return Facts(plan, happened, dialled_levels(plan, scenario, usecases.system_of(plan)))


def notices_of(plan: Plan, scenario: Scenario, **known: Any) -> tuple[Announcement, ...]:
    """All notices of a scenario, begun on 3 March 2026 at 07:00 in Sweden unless said."""
    facts = facts_of(plan, scenario)
    telling = Telling(**{"begins": BEGINS, "windows": windows(scenario), **known})
    return announcements(facts, scenario, reachability(plan, facts.run), telling)


def to(audience: Audience, notices: tuple[Announcement, ...]) -> list[Announcement]:
    """Those to one audience, in order of their time."""
    return [n for n in notices if n.audience == audience]


def plan_of(**parts: Any) -> Plan:
    """A small plan: a number on a platform, a reserve number at another operator, two channels, a group."""
    components: dict[str, Any] = {
        "core": {"kind": "platform", "name": "Core", "operator": "one", "detection": "10m"},
        "other": {"kind": "platform", "name": "Other", "operator": "two"},
        "n-main": {
            "kind": "number",
            "name": "Main",
            "e164": "+46980319200",
            "requires": "core",
            "detection": "10m",
        },
        "n-reserve": {"kind": "number", "name": "Reserve", "e164": "+46980319240", "requires": "other"},
        "desk": {
            "kind": "activity",
            "name": "Desk",
            "requires": "n-main",
            "bia": {"demand": "30/h", "mbco": 0.5},
        },
        "web": {"kind": "channel", "name": "Web page", "requires": "other", "reach": 0.4},
        "sms": {"kind": "channel", "name": "SMS list", "requires": "core", "reach": 0.7},
        "people": {
            "kind": "customer_group",
            "name": "Residents",
            "customers": 1000,
            "requires": "desk",
            "area": "SE/BD",
        },
    }
    fallbacks: dict[str, Any] = {
        "publish": {"protects": "n-main", "via": ["n-reserve", "web"], "lead_time": "30m", "decision": "10m"},
    }
    data = {
        "format": "bcp-plan/1",
        "organisation": {"name": "Testkommun", "country": "SE", "language": "sv"},
        "components": components,
        "fallbacks": fallbacks,
        **parts,
    }
    return Plan.model_validate(data)


def outage(*events: dict[str, Any], **rest: Any) -> Scenario:
    """A scenario of these events; by default the core fails for three hours."""
    told = events or ({"at": 0, "select": {"id": "core"}, "effect": {"level": 0}, "until": "3h"},)
    return Scenario.model_validate({"id": "case", "title": "Case", "events": told, **rest})
