"""The Common Alerting Protocol (OASIS CAP 1.2) as notices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from bcp.files.notices.dates import iso_moment
from bcp.files.notices.entry import name_line, notice_of
from bcp.files.notices.plain import short_line
from bcp.files.xml_source import Element
from bcp.files.yaml_tree import refused
from bcp.model.notice import NoticeImpact, NoticeObject, Notices, NoticeStatus, NotUnderstood, Window
from bcp.saying import said

_IMPACT = {
    "Extreme": NoticeImpact.OUTAGE,
    "Severe": NoticeImpact.OUTAGE,
    "Moderate": NoticeImpact.DEGRADED,
    "Minor": NoticeImpact.REDUCED_REDUNDANCY,
    "Unknown": NoticeImpact.OUTAGE,
}
_NAMED = frozenset({"circuit", "service", "object-id"})
"""Names of parameters whose values are circuits or services."""

_ALERT = said("Check that the alert follows CAP 1.2.")


def read_alert(alert: Element, file_name: str) -> Notices:
    """An alert as one notice. Raises InvalidInputError.

    Exercises, tests, drafts and acknowledgements are kept as not understood: nothing really happens.
    The window is from `onset` (else `effective`, else `sent`) to `expires`, where that is told; what begins
    after it was sent is planned. Circuits are
    `parameter`s named circuit, service or object-id. An Update or Cancel goes on from what it `references`.
    """
    kind, status = _needed(alert, "msgType", file_name), _needed(alert, "status", file_name)
    if status != "Actual" or kind not in ("Alert", "Update", "Cancel"):
        text = short_line(f"{_text(alert, 'identifier')}: {status}, {kind}")
        aside = NotUnderstood(
            where=short_line(f"{file_name}:{alert.line}"), text=text, why=said("no alert of a real event")
        )
        return Notices(not_understood=(aside,))
    infos = list(alert.named("info"))
    sent = iso_moment(_needed(alert, "sent", file_name), "sent", file_name, alert.line)
    info = next(
        (i for i in infos if _text(i, "language").lower().startswith("en")), infos[0] if infos else None
    )
    references = _references(alert, file_name)
    if kind != "Alert" and not references:
        fix = said("Ask for the alert that it goes on from.")
        raise refused(file_name, alert.line, said("a CAP {kind} needs <references>.", kind=kind), fix)
    windows = _windows(infos, sent, file_name)
    fields = {
        "format": "cap",
        "provider": _needed(alert, "sender", file_name),
        "id": _needed(alert, "identifier", file_name),
        "status": NoticeStatus.CANCELLED if kind == "Cancel" else _status(infos),
        "stamp": sent,
        "windows": windows,
        "planned": windows[0].start > sent if windows else False,
        "objects": tuple(_objects(infos, file_name)),
        "areas": tuple(dict.fromkeys(_areas(infos))),
        "replaces": references,
        "organizer": _text(info, "senderName"),
        "summary": _text(info, "headline") or _text(info, "event"),
        "text": "\n".join(t for t in (_text(info, "description"), _text(info, "instruction")) if t),
    }
    return Notices(notices=(notice_of(fields, file_name, alert.line),))


def _text(element: Element | None, name: str) -> str:
    found = next(element.named(name), None) if element else None
    return found.text if found else ""


def _needed(alert: Element, name: str, file_name: str) -> str:
    text = _text(alert, name)
    if not text:
        raise refused(file_name, alert.line, said("the alert has no <{name}>.", name=name), _ALERT)
    return text


def _status(infos: list[Element]) -> NoticeStatus:
    """Completed where every language says all clear, or that it is past."""
    over = [_text(i, "responseType") == "AllClear" or _text(i, "urgency") == "Past" for i in infos]
    return NoticeStatus.COMPLETED if over and all(over) else NoticeStatus.CONFIRMED


def _references(alert: Element, file_name: str) -> tuple[str, ...]:
    """The identifiers of sender,identifier,sent triples, separated by white space."""
    found = []
    line = next((e.line for e in alert.named("references")), alert.line)
    for triple in _text(alert, "references").split():
        parts = triple.split(",")
        if len(parts) != 3 or not parts[1]:  # noqa: PLR2004 - sender, identifier, sent
            message = said(
                "{triple!r} is no reference: sender,identifier,sent.", triple=short_line(triple)[:60]
            )
            raise refused(file_name, line, message, _ALERT)
        found.append(name_line(parts[1], "references", file_name, line))
    return tuple(found)


def _windows(infos: list[Element], sent: datetime, file_name: str) -> tuple[Window, ...]:
    """One window for each distinct time told, in order."""
    found = set()
    for info in infos:
        begins = [t for name in ("onset", "effective") if (t := _text(info, name))]
        start = iso_moment(begins[0], "onset", file_name, info.line) if begins else sent
        expires = _text(info, "expires")
        end = iso_moment(expires, "expires", file_name, info.line) if expires else None
        if end is None or end > start:
            found.add((start, end))
    ordered = sorted(found, key=lambda w: (w[0], w[1] is None, w[1] or w[0]))
    return tuple(Window(start=start, end=end) for start, end in ordered)


def _objects(infos: list[Element], file_name: str) -> Iterator[NoticeObject]:
    """Each circuit or service once, in the order of the first language."""
    seen: set[str] = set()
    for info in infos:
        severity = _text(info, "severity")
        if severity not in _IMPACT:
            message = said("severity: {severity!r} is none that CAP has.", severity=short_line(severity)[:40])
            raise refused(file_name, info.line, message, _ALERT)
        for parameter in info.named("parameter"):
            name = re.sub(r"[\s_]+", "-", _text(parameter, "valueName").lower())
            value = name_line(_text(parameter, "value"), "parameter", file_name, parameter.line)
            if name in _NAMED and value and value not in seen:
                seen.add(value)
                yield NoticeObject(id=value, impact=_IMPACT[severity])


def _areas(infos: list[Element]) -> Iterator[str]:
    for info in infos:
        for area in info.named("area"):
            yield short_line(_text(area, "areaDesc"))
            for code in area.named("geocode"):
                yield short_line(f"{_text(code, 'valueName')}={_text(code, 'value')}")
