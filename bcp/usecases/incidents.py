"""What is asked in the middle of an incident, and what is left of it afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bcp.engine.fate.shared_fate import shared_fate
from bcp.engine.live.worth import worths as engine_worths
from bcp.engine.run.result import run as engine_run
from bcp.model.duration import MINUTE
from bcp.model.fate import SharedFate
from bcp.model.plan import Plan
from bcp.model.situation import Situation
from bcp.model.worth import Worth
from bcp.render.context.incident import incident_facts
from bcp.render.context.material import Material
from bcp.usecases import own_outages, sittings
from bcp.usecases.computing import routes
from bcp.usecases.sittings import Live
from bcp.usecases.weaknesses import assess

if TYPE_CHECKING:
    from bcp.store.plans import PlanStore


def worths(live: Live, now: Situation) -> tuple[Worth, ...]:
    """What each fallback is worth now, those called for first, the best first."""
    return engine_worths(live.plan, now, _fates(_Known(live.plan.content_hash, live.plan)))


@dataclass(frozen=True, slots=True)
class _Known:
    """A plan that is known by its content, to keep what was computed of it."""

    content: str
    plan: Plan = field(compare=False)


@lru_cache(maxsize=16)
def _fates(of: _Known) -> tuple[SharedFate, ...]:
    return shared_fate(of.plan)


def incident_report(live: Live, *, language: str, made_at: datetime) -> bytes:
    """The report of an incident as PDF: what happened up to its end, or to `made_at` while it is open.

    Raises BcpError where the template is wrong.
    """
    from bcp.render.pdf import render_incident  # noqa: PLC0415 - ReportLab is slow to import

    after = sittings.after_action(live, now=made_at)
    scenario = sittings.scenario_now(live, now=made_at).model_copy(
        update={"horizon": max(after.until_s, MINUTE)}
    )
    day = made_at.astimezone(ZoneInfo(live.plan.organisation.timezone)).date()
    happened = engine_run(live.plan, scenario, system=live.system, decisions=live.told.driving)
    material = Material(
        live.plan,
        happened,
        routes(live.plan, scenario, happened=happened),
        assess(live.plan, on=day, language=language),
        scenario,
        language,
    )
    facts = incident_facts(after, live.entries, material)
    return render_incident(material, facts, revision=str(live.sitting.revision), made_on=day)


def scenario_text(live: Live) -> str:
    """The incident as a scenario of its own, a YAML file that `bcp run` takes, under an id from its day."""
    return own_outages.scenario_text(sittings.scenario_from(live, _outage_id(live)))


def keep_as_scenario(store: PlanStore, live: Live, author: str) -> bool:
    """Put the incident among the plan's own outages, to be run like those of the library; False where it is there."""
    plan = live.sitting.plan
    if any(outage.name == _outage_id(live) for outage in store.outages.every(plan)):
        return False
    own_outages.save_outage(store, plan, scenario_text(live), author=author)
    return True


def _outage_id(live: Live) -> str:
    """What the incident is called as an outage: by its day."""
    began = live.told.clock.zero.astimezone(ZoneInfo(live.plan.organisation.timezone))
    return f"incident-{began:%Y-%m-%d}-{live.sitting.id}"
