"""One incident or maintenance of a status page as a JSON file of its own, as DatoCMS publishes them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from bcp.errors import InvalidInputError
from bcp.files.notices.dates import iso_moment
from bcp.files.notices.entry import notice_of
from bcp.files.notices.json_text import json_problems
from bcp.files.notices.plain import html_text, one_line
from bcp.files.yaml_source import Source
from bcp.files.yaml_tree import refused
from bcp.model.notice import UNNAMED, NoticeImpact, NoticeObject, Notices, NoticeStatus, Window
from bcp.saying import said

_STATUS = {
    "scheduled": NoticeStatus.CONFIRMED,
    "in-progress": NoticeStatus.IN_PROCESS,
    "verifying": NoticeStatus.IN_PROCESS,
    "investigating": NoticeStatus.IN_PROCESS,
    "identified": NoticeStatus.IN_PROCESS,
    "monitoring": NoticeStatus.IN_PROCESS,
    "completed": NoticeStatus.COMPLETED,
    "resolved": NoticeStatus.COMPLETED,
}
_IMPACT = {
    "none": NoticeImpact.NO_IMPACT,
    "minor": NoticeImpact.DEGRADED,
    "major": NoticeImpact.OUTAGE,
    "critical": NoticeImpact.OUTAGE,
    "": NoticeImpact.OUTAGE,
}
_MOST_MINUTES = 366 * 24 * 60
_AGAIN = said("Fetch the entry again.")


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class _Update(_Part):
    date: str
    status: str
    content: str = ""


class _Entry(_Part):
    name: str
    impact: str = ""
    updates: list[_Update] = []
    scheduledTime: str | None = None  # noqa: N815 - the form's own name
    minutes: str | int | None = None
    content: str = ""
    components: list[str] = []


def is_status_entry(data: object) -> bool:
    """Whether the data have this form: a name and updates, and no page around them."""
    return isinstance(data, dict) and {"name", "updates"} <= data.keys() and "page" not in data


def read_status_entry(source: Source, file_name: str, provider: str | None = None) -> Notices:
    """The entry as one notice; what took no time has no window. Raises InvalidInputError with every problem.

    A maintenance lasts its `minutes` from `scheduledTime`; an incident from its first update to the one that
    resolves it, without an end while none does. The form names no provider: it is `provider`, else the words
    "status page". An entry is known by the day it began and its name, since it has no id.
    """
    try:
        entry = _Entry.model_validate(source.data)
    except ValidationError as failed:
        raise InvalidInputError(sorted(json_problems(failed, source))) from None
    dated = [
        (iso_moment(u.date, "date", file_name, source.line(("updates", n))), u)
        for n, u in enumerate(entry.updates)
    ]
    updates = sorted(dated, key=lambda pair: pair[0])
    begins = _begins(entry, updates, source, file_name)
    impact = _impact(entry, source, file_name)
    fields: dict[str, Any] = {
        "format": "statuspage",
        "provider": provider or UNNAMED,
        "id": f"{begins:%Y-%m-%d} {entry.name}",
        "status": _status(updates, source, file_name),
        "stamp": updates[-1][0] if updates else None,
        "windows": _windows(entry, begins, updates, source, file_name),
        "planned": entry.scheduledTime is not None,
        "objects": tuple(
            NoticeObject(id=name, impact=impact)
            for name in dict.fromkeys(one_line(c)[:300] for c in entry.components)
            if name
        ),
        "summary": entry.name,
        "text": "\n".join(html_text(text) for text in (entry.content, *_texts(updates)) if text),
    }
    return Notices(notices=(notice_of(fields, file_name, 1),))


def _texts(updates: list[tuple[datetime, _Update]]) -> list[str]:
    """What the updates say, the newest first."""
    return [update.content for _, update in reversed(updates)]


def _status(updates: list[tuple[datetime, _Update]], source: Source, file_name: str) -> NoticeStatus:
    for _, update in updates:
        if update.status not in _STATUS:
            message = said(
                "{status!r} is no status of an incident or maintenance.", status=one_line(update.status)[:40]
            )
            raise refused(
                file_name,
                source.line(("updates",)),
                message,
                said("There are: {names}.", names=", ".join(_STATUS)),
            )
    return _STATUS[updates[-1][1].status] if updates else NoticeStatus.CONFIRMED


def _impact(entry: _Entry, source: Source, file_name: str) -> NoticeImpact:
    if entry.impact not in _IMPACT:
        message = said("{impact!r} is no impact.", impact=one_line(entry.impact)[:40])
        fix = said("There are: {names}.", names=", ".join(filter(None, _IMPACT)))
        raise refused(file_name, source.line(("impact",)), message, fix)
    return _IMPACT[entry.impact]


def _begins(
    entry: _Entry, updates: list[tuple[datetime, _Update]], source: Source, file_name: str
) -> datetime:
    if entry.scheduledTime is not None:
        line = source.line(("scheduledTime",))
        return iso_moment(entry.scheduledTime, "scheduledTime", file_name, line)
    if not updates:
        raise refused(file_name, 1, said("the entry says no time."), _AGAIN)
    return updates[0][0]


def _windows(
    entry: _Entry, start: datetime, updates: list[tuple[datetime, _Update]], source: Source, file_name: str
) -> tuple[Window, ...]:
    if entry.scheduledTime is not None:
        end = _end(entry, start, source, file_name)
    else:
        last, update = updates[-1]
        end = last if _STATUS.get(update.status) == NoticeStatus.COMPLETED else None
    return () if end == start else (Window(start=start, end=end),)


def _end(entry: _Entry, start: datetime, source: Source, file_name: str) -> datetime | None:
    if entry.minutes is None:
        return None
    text = str(entry.minutes).strip()
    if not (text.isascii() and text.isdecimal() and int(text[:12]) <= _MOST_MINUTES):
        message = said("minutes: {text!r} is no length of a maintenance.", text=one_line(text)[:40])
        raise refused(
            file_name, source.line(("minutes",)), message, said("Write whole minutes, up to a year.")
        )
    return start + timedelta(minutes=int(text))
