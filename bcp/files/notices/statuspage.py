"""Statuspage's API version 2 (incidents.json, scheduled-maintenances.json, summary.json) as notices."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from bcp.errors import InvalidInputError
from bcp.files.notices.dates import iso_moment
from bcp.files.notices.entry import notice_of, read_each
from bcp.files.notices.json_text import json_problems
from bcp.files.notices.plain import html_text, one_line
from bcp.files.yaml_source import Source
from bcp.files.yaml_tree import refused
from bcp.model.notice import Notice, NoticeImpact, NoticeObject, Notices, NoticeStatus, Window, worst
from bcp.saying import said

_STATUS = {
    "scheduled": NoticeStatus.CONFIRMED,
    "in_progress": NoticeStatus.IN_PROCESS,
    "verifying": NoticeStatus.IN_PROCESS,
    "investigating": NoticeStatus.IN_PROCESS,
    "identified": NoticeStatus.IN_PROCESS,
    "monitoring": NoticeStatus.IN_PROCESS,
    "completed": NoticeStatus.COMPLETED,
    "resolved": NoticeStatus.COMPLETED,
    "postmortem": NoticeStatus.COMPLETED,
}
_OF_COMPONENT = {
    "operational": NoticeImpact.NO_IMPACT,
    "degraded_performance": NoticeImpact.DEGRADED,
    "partial_outage": NoticeImpact.DEGRADED,
    "major_outage": NoticeImpact.OUTAGE,
    "under_maintenance": NoticeImpact.OUTAGE,
}
_OF_INCIDENT = {"none": NoticeImpact.NO_IMPACT, "minor": NoticeImpact.DEGRADED}


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class _Component(_Part):
    name: str
    status: str = ""


class _Change(_Part):
    name: str
    old_status: str = ""
    new_status: str = ""


class _Update(_Part):
    body: str | None = None
    display_at: str | None = None
    affected_components: Annotated[list[_Change], BeforeValidator(lambda v: v or [])] = []


class _Incident(_Part):
    id: str
    name: str
    status: str
    impact: str = ""
    created_at: str
    updated_at: str | None = None
    started_at: str | None = None
    resolved_at: str | None = None
    scheduled_for: str | None = None
    scheduled_until: str | None = None
    incident_updates: list[_Update] = []
    components: Annotated[list[_Component], BeforeValidator(lambda v: v or [])] = []


class _Page(_Part):
    id: str = ""
    name: str
    url: str = ""


class _Status(_Part):
    page: _Page
    incidents: list[_Incident] = []
    scheduled_maintenances: list[_Incident] = []


def read_statuspage(source: Source, file_name: str) -> Notices:
    """The incidents and planned maintenances of a status page. Raises InvalidInputError with every problem.

    What the page does not say of a component is taken from the whole incident: none is no impact, minor
    degraded, all else an outage.
    """
    if not isinstance(source.data, dict) or not {"incidents", "scheduled_maintenances"} & source.data.keys():
        fix = said(
            "Read are incidents.json, scheduled-maintenances.json and summary.json of its API version 2."
        )
        raise refused(file_name, 1, said("this is no status page as Statuspage writes it."), fix)
    try:
        status = _Status.model_validate(source.data)
    except ValidationError as failed:
        raise InvalidInputError(sorted(json_problems(failed, source))) from None
    entries = [("incidents", n, i) for n, i in enumerate(status.incidents)]
    entries += [("scheduled_maintenances", n, i) for n, i in enumerate(status.scheduled_maintenances)]
    found = read_each(entries, lambda e: _notice(e[2], status.page, file_name, source.line(e[:2])), file_name)
    return Notices(notices=found)


def _notice(incident: _Incident, page: _Page, file_name: str, line: int) -> Notice:
    def moment(text: str) -> datetime:
        return iso_moment(text, incident.id, file_name, line)

    updates = sorted(incident.incident_updates, key=lambda u: u.display_at or "", reverse=True)
    fields: dict[str, Any] = {
        "format": "statuspage",
        "provider": page.name,
        "id": incident.id,
        "status": _status(incident, file_name, line),
        "stamp": moment(incident.updated_at or incident.created_at),
        "windows": _windows(incident, moment),
        "planned": incident.scheduled_for is not None,
        "objects": tuple(_objects(incident)),
        "organizer": page.url,
        "summary": incident.name,
        "text": "\n".join(html_text(u.body) for u in updates if u.body),
    }
    return notice_of(fields, file_name, line)


def _status(incident: _Incident, file_name: str, line: int) -> NoticeStatus:
    if incident.status not in _STATUS:
        message = said(
            "{status!r} is no status of an incident or maintenance.", status=one_line(incident.status)[:40]
        )
        raise refused(file_name, line, message, said("There are: {names}.", names=", ".join(_STATUS)))
    return _STATUS[incident.status]


def _windows(incident: _Incident, moment: Any) -> tuple[Window, ...]:
    """From its plan, else from when it began until it was resolved; one that took no time has none."""
    start = moment(incident.scheduled_for or incident.started_at or incident.created_at)
    ended = incident.scheduled_until if incident.scheduled_for else incident.resolved_at
    end = moment(ended) if ended else None
    return () if end is not None and end <= start else (Window(start=start, end=end),)


def _objects(incident: _Incident) -> list[NoticeObject]:
    told: dict[str, list[NoticeImpact]] = {}
    for component in incident.components:
        told.setdefault(component.name, []).append(_impact(component.status))
    for update in incident.incident_updates:
        for change in update.affected_components:
            told.setdefault(change.name, []).extend([_impact(change.old_status), _impact(change.new_status)])
    whole = _OF_INCIDENT.get(incident.impact, NoticeImpact.OUTAGE)
    found = []
    for name, impacts in told.items():
        impact = worst(impacts)
        line = one_line(name)
        if line:
            found.append(NoticeObject(id=line, impact=whole if impact == NoticeImpact.NO_IMPACT else impact))
    return found


def _impact(status: str) -> NoticeImpact:
    """What a component's status says of it; no status says nothing."""
    return _OF_COMPONENT.get(status, NoticeImpact.OUTAGE) if status else NoticeImpact.NO_IMPACT
