"""A notice to everybody as an alert of the Common Alerting Protocol (OASIS CAP 1.2)."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import datetime

from bcp.files.notices_out.mail import is_address
from bcp.files.notices_out.plain_text import one_line, xml_safe
from bcp.model.announcement import BEFORE, Announcement, Audience, Form, Occasion, Wording

_CAP = "urn:oasis:names:tc:emergency:cap:1.2"
_OPEN_TO_ALL = frozenset({Audience.PUBLIC, Audience.VITAL})
_URGENCY = {
    Occasion.BEFORE_10_DAYS: "Future",
    Occasion.BEFORE_24_HOURS: "Future",
    Occasion.RESTORATION: "Past",
    Occasion.AFTER: "Past",
}
_BODY = "Alert", "Update"


def cap_alert(notice: Announcement, *, sender: str) -> bytes:
    """The alert, with an `info` for each language that has a page's text, English first.

    Status is Draft until two people have checked every number, Exercise in an exercise, else Actual. The
    scope is Public for everybody, else Restricted. Later revisions are Updates that name those before.
    """
    ET.register_namespace("", _CAP)
    alert = ET.Element(f"{{{_CAP}}}alert")
    name = _name(sender if is_address(sender) else notice.organisation)
    _add(alert, "identifier", _identifier(notice, notice.revision))
    _add(alert, "sender", name)
    _add(alert, "sent", _time(notice.at))
    _add(alert, "status", "Draft" if notice.draft else "Exercise" if notice.exercise else "Actual")
    _add(alert, "msgType", _BODY[notice.revision > 1])
    public = notice.audience in _OPEN_TO_ALL
    _add(alert, "scope", "Public" if public else "Restricted")
    if not public:
        _add(alert, "restriction", notice.audience.value)
    if notice.exercise:
        _add(alert, "note", "Exercise")
    if notice.history:
        earlier = (f"{name},{_identifier(notice, r.revision)},{_time(r.at)}" for r in notice.history)
        _add(alert, "references", " ".join(earlier))
    for wording in sorted(notice.wordings, key=lambda w: (w.language != "en", w.language)):
        if wording.form == Form.WEB:
            alert.append(_info(notice, wording))
    ET.indent(alert)
    return bytes(ET.tostring(alert, encoding="utf-8", xml_declaration=True)) + b"\n"


def _info(notice: Announcement, wording: Wording) -> ET.Element:
    info = ET.Element(f"{{{_CAP}}}info")
    _add(info, "language", wording.language)
    _add(info, "category", "Infra")
    _add(info, "event", "Telephone service")
    over = notice.occasion in (Occasion.RESTORATION, Occasion.AFTER)
    _add(info, "responseType", "AllClear" if over else "Assess" if notice.occasion in BEFORE else "Execute")
    _add(info, "urgency", _URGENCY.get(notice.occasion, "Immediate"))
    _add(info, "severity", "Minor" if over else "Severe" if notice.impact == "all" else "Moderate")
    _add(info, "certainty", "Likely" if notice.occasion in BEFORE else "Observed")
    _add(info, "onset", _time(notice.begins))
    expires = _expires(notice)
    if expires is not None:
        _add(info, "expires", _time(expires))
    _add(info, "senderName", notice.organisation)
    _add(info, "headline", wording.subject)
    description, instruction = _parts(wording.text)
    _add(info, "description", description, lines=True)
    if instruction:
        _add(info, "instruction", instruction, lines=True)
    if notice.contact:
        _add(info, "contact", notice.contact)
    for failing in notice.failing:
        parameter = ET.SubElement(info, f"{{{_CAP}}}parameter")
        _add(parameter, "valueName", "service")
        _add(parameter, "value", failing.number or failing.component)
    area = ET.SubElement(info, f"{{{_CAP}}}area")
    _add(area, "areaDesc", ", ".join(notice.places or notice.place) or notice.organisation)
    for path in notice.areas:
        code = ET.SubElement(area, f"{{{_CAP}}}geocode")
        _add(code, "valueName", "area")
        _add(code, "value", path)
    return info


def _expires(notice: Announcement) -> datetime | None:
    """When the information is superseded: at the next update, else at the end of planned work, later than its start."""
    told = notice.ended or notice.next_update or notice.expected_end
    return told if told is not None and told > notice.begins else None


def _parts(text: str) -> tuple[str, str]:
    """What is so, and what to do: a line that names 112 and those after it are advice."""
    lines = text.split("\n")
    first = next((k for k, line in enumerate(lines) if k and "112" in line), len(lines))
    return "\n".join(lines[:first]), "\n".join(lines[first:])


def _identifier(notice: Announcement, revision: int) -> str:
    return _name(f"{notice.id}.{revision}")


def _name(text: str) -> str:
    """A text without the blanks, commas and markup that an identifier or sender must not have."""
    return re.sub(r"[\s,<>&]+", "-", one_line(xml_safe(text))) or "-"


def _time(moment: datetime) -> str:
    """Date and time with an offset in figures, as CAP asks: never Z."""
    return moment.isoformat(timespec="seconds").replace("Z", "+00:00")


def _add(parent: ET.Element, name: str, text: str, *, lines: bool = False) -> None:
    kept = "\n".join(one_line(part) for part in text.split("\n")) if lines else one_line(text)
    ET.SubElement(parent, f"{{{_CAP}}}{name}").text = xml_safe(kept)
