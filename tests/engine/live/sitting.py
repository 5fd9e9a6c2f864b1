"""Small sittings for the tests of the live engine: a number on a platform, its fallback, times in minutes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bcp.engine.levels.compile import compile_plan
from bcp.engine.live.situation import Unfoldings, situation
from bcp.engine.live.unfolding import Told, told
from bcp.model.log_entry import Entry, What
from bcp.model.plan import Plan
from bcp.model.scenario import Scenario
from bcp.model.sitting import Sitting
from bcp.model.situation import Situation
from tests.engine.worked import event, plan_of
from tests.store.make import START

PLAN = plan_of(
    {
        "in": {},
        "m": {},
        "portal": {},
        "n": {"detection": "5m", "requires": "in"},
        "service": {
            "requires": "n",
            "bia": {"rto": "1h", "mtpd": "4h", "mbco": 0.5, "demand": "60/h"},
        },
    },
    {
        "f": {
            "protects": "n", "via": "m", "needs": "portal", "lead_time": "20m", "capacity": 0.6,
            "endurance": "8h", "steps": ["Log in", "Divert"], "failback_steps": ["Take back"],
        }
    },
)  # fmt: skip

OUTAGE = Scenario.model_validate(
    {
        "id": "outage", "title": "Outage", "horizon": "24h",
        "events": [event("in", 10, 300, 0), event("portal", 400, 500, 0)],
    }
)  # fmt: skip


def at(minute: float) -> datetime:
    """The wall clock so many minutes after the sitting was opened."""
    return START + timedelta(minutes=minute)


def exercise(**fields: Any) -> Sitting:
    """An exercise on the outage."""
    filled = {
        "id": "x", "kind": "exercise", "title": "Prov", "plan": "A", "revision": 1, "scenario": OUTAGE,
        "created": START, "begun": START,
    }  # fmt: skip
    return Sitting.model_validate({**filled, **fields})


def incident(**fields: Any) -> Sitting:
    """An incident without any assumption."""
    return exercise(**{"kind": "incident", "scenario": None, **fields})


def log(*said: tuple[float, What], who: str = "Åsa", role: str = "it") -> list[Entry]:
    """Entries at these minutes."""
    return [
        Entry(number=n, at=at(minute), who=who, role=role, what=what)
        for n, (minute, what) in enumerate(said, 1)
    ]


def heard(sitting: Sitting, entries: list[Entry], plan: Plan = PLAN) -> Told:
    """What the log says."""
    return told(plan, compile_plan(plan), sitting, entries)


def seen(sitting: Sitting, entries: list[Entry], minute: float, plan: Plan = PLAN) -> Situation:
    """The situation at a minute of the wall clock."""
    heard_of = heard(sitting, [e for e in entries if e.at <= at(minute)], plan)
    t_s = heard_of.clock.at(at(minute)).t_s
    known = heard_of.unfolded(heard_of.scenario(t_s, whole=False))
    whole = heard_of.unfolded(heard_of.scenario(t_s, whole=True))
    return situation(heard_of, Unfoldings(known, whole), at(minute))
