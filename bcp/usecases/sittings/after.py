"""What comes after a sitting: the report, measured times into the plan, an incident as a scenario."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bcp.engine.live.after import after_action as engine_after_action
from bcp.engine.live.played import played
from bcp.errors import BcpError, NotFoundError
from bcp.model import edit
from bcp.model.after_action import AfterAction, MeasuredFallback
from bcp.model.duration import duration_text
from bcp.model.fallback import Fallback
from bcp.model.log_entry import Noted, Parked, Released
from bcp.model.plan import Plan, TestRecord
from bcp.model.scenario import Event, Inject, Scenario
from bcp.model.sitting import standing
from bcp.saying import said
from bcp.usecases.sittings.reading import Live, planned, situation, whole_course

_MINUTE = 60.0


def after_action(found: Live, *, now: datetime | None = None) -> AfterAction:
    """What came of a sitting by now, or by when it was closed: planned against lived, decisions, open actions."""
    moment = datetime.now(UTC) if now is None else now
    return engine_after_action(
        found.told,
        planned(found, now=moment),
        whole_course(found, now=moment),
        situation(found, now=moment),
        moment,
    )


def with_measured(plan: Plan, report: AfterAction, chosen: Collection[str], *, result: str = "") -> Plan:
    """The plan with the measured times of the chosen fallbacks, the day they were tried, and a record of the test.

    Times are whole minutes, rounded up. A fallback that nobody reported in place keeps its lead time and its
    last test. Raises NotFoundError for a fallback that was not tried or is not in the plan any more, and BcpError
    where nothing of it was measured.
    """
    measured = {m.fallback: m for m in report.fallbacks}
    changed = plan
    for key in sorted(chosen):
        if key not in measured or key not in plan.fallbacks:
            raise NotFoundError(
                said("the fallback {key} was not tried, or is no longer in the plan.", key=key),
                said("Choose one of the report."),
            )
        changed = edit.put_fallback(changed, key, _with_times(plan.fallbacks[key], key, measured[key]))
    if not chosen:
        return plan
    return _with_record(changed, report, result)


def _with_times(fallback: Fallback, key: str, measured: MeasuredFallback) -> Fallback:
    changes: dict[str, object] = {}
    if measured.lead_s is not None:
        changes["lead_time"] = _whole_minutes(measured.lead_s)
    if measured.decision_s is not None and not fallback.automatic:
        changes["decision"] = _whole_minutes(measured.decision_s)
    if measured.reported:
        changes["last_tested"] = measured.held_on
    if not changes:
        raise BcpError(
            said(
                "nothing of the fallback {key} was measured: nobody decided on it, or reported it in place.",
                key=key,
            ),
            said("Leave it out."),
        )
    return fallback.model_copy(update=changes)


def _whole_minutes(seconds: float) -> float:
    return _MINUTE * -(-round(seconds, 3) // _MINUTE)


def _with_record(plan: Plan, report: AfterAction, result: str) -> Plan:
    agreed = "; ".join(
        " – ".join(part for part in (a.text, a.owner, a.due.isoformat() if a.due else "") if part)
        for a in report.open_actions
    )
    record = TestRecord(held=report.began.date(), what=report.title, result=result, actions=agreed)
    document = plan.document.model_copy(update={"tests": (*plan.document.tests, record)})
    kept = {name: getattr(plan, name) for name in Plan.model_fields}
    return Plan.model_validate({**kept, "document": document})


def scenario_from(found: Live, scenario_id: str, *, title: str = "", now: datetime | None = None) -> Scenario:
    """What was lived through as a scenario of its own: every mark as an event, what was heard as injects.

    It runs on any plan that has components of the same ids, and ends when the sitting ended, or now. Raises
    BcpError for an id that is none.
    """
    moment = datetime.now(UTC) if now is None else now
    told = found.told
    end = told.clock.at(moment).t_s
    base = played(found.plan, found.sitting, told.marks, told.clock)
    name = title.strip() or found.sitting.title
    began = told.clock.zero.astimezone(ZoneInfo(found.plan.organisation.timezone))
    data = {
        "id": scenario_id,
        "title": {found.sitting.language: name, "en": name},
        "source": found.sitting.title,
        "date": began.date().isoformat(),
        "clock": began.strftime("%H:%M"),
        "horizon": duration_text(max(end, _MINUTE)),
        "events": tuple(map(_without_places, base.events)),
        "injects": _heard(found, end),
    }
    try:
        return Scenario.model_validate(data)
    except ValueError as error:
        raise BcpError(
            said("{scenario_id!r} is no id of a scenario.", scenario_id=scenario_id),
            said(
                "Use up to 80 letters, digits, underscores, dots and hyphens; begin with a letter or digit."
            ),
        ) from error


def _without_places(event: Event) -> Event:
    """The event with round brackets in its note: in a file curly ones are places for parameters."""
    swap = str.maketrans("{}", "()")
    return event.model_copy(
        update={"note": {code: text.translate(swap) for code, text in event.note.items()}}
    )


def _heard(found: Live, end: float) -> tuple[Inject, ...]:
    """What people heard, noted or asked, as injects of a later exercise."""
    heard = []
    for entry in standing(found.entries):
        if isinstance(entry.what, Noted | Released | Parked) and entry.what.text.strip():
            t_s = min(max(0.0, found.told.clock.t_of(entry)), end)
            text = {found.sitting.language: entry.what.text, "en": entry.what.text}
            heard.append(Inject(at=duration_text(float(round(t_s))), text=text))
    return tuple(heard)
