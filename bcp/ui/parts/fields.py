"""What a form's field is called, how people write its value, and what is wrong with what they wrote."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bcp.errors import InvalidInputError, Problem
from bcp.model.component import STAND_IN, Component, Kind
from bcp.model.duration import duration_text
from bcp.model.value_faults import value_fault
from bcp.words import Words

V = TypeVar("V", bound=BaseModel)

_SPOKEN = (
    (r"(?:minut(?:er|es?)?|min)", "m"),
    (r"(?:tim(?:mar|me)?|hours?)", "h"),
    (r"(?:sek(?:under|und)?|seconds?|sec)", "s"),
    (r"(?:dygn|dagar|dag|days?)", "d"),
    (r"(?:veckor|vecka|weeks?)", "w"),
    (r"(?:år|years?)", "y"),
)


def kind_name(kind: Kind, words: Words) -> str:
    """What a kind of component is called."""
    return {
        Kind.OPERATOR: words("Operator"),
        Kind.PLATFORM: words("Platform"),
        Kind.SUPPORT_SYSTEM: words("Support system"),
        Kind.INTERCONNECT: words("Interconnect"),
        Kind.TRUNK: words("Trunk"),
        Kind.ACCESS: words("Access line"),
        Kind.NUMBER_RANGE: words("Number range"),
        Kind.NUMBER: words("Number"),
        Kind.SITE: words("Site"),
        Kind.POWER: words("Power"),
        Kind.SYSTEM: words("System"),
        Kind.SUPPLIER: words("Supplier"),
        Kind.TEAM: words("Team"),
        Kind.CHANNEL: words("Notice channel"),
        Kind.ACTIVITY: words("Activity"),
        Kind.CUSTOMER_GROUP: words("Customer group"),
    }[kind]


def kind_of(component: Component, words: Words) -> str:
    """What a component is; unknown where it stands for something that nobody has named yet."""
    return words("Unknown") if STAND_IN in component.tags else kind_name(component.kind, words)


def field_name(field: str, words: Words) -> str:
    """What a field of a component, a BIA, a fallback or a contact is called; its own name where it has no other."""
    for group in (_component_fields, _bia_fields, _fallback_fields, _contact_fields):
        if field in (names := group(words)):
            return names[field]
    return field


def _component_fields(words: Words) -> dict[str, str]:
    return {
        "name": words("Name"),
        "kind": words("Kind"),
        "description": words("Description"),
        "operator": words("Operator"),
        "area": words("Area"),
        "site": words("Site"),
        "tags": words("Tags"),
        "e164": words("Telephone number"),
        "span": words("First and last number"),
        "first": words("First number"),
        "last": words("Last number"),
        "requires": words("Rests on"),
        "detection": words("Time until noticed"),
        "restart": words("Restart time"),
        "mtbf": words("Time between failures"),
        "mttr": words("Time to repair"),
        "unavailability": words("Unavailability"),
        "bia": words("Impact analysis"),
        "customers": words("Customers"),
        "members": words("Members"),
        "reach": words("Share of customers reached"),
        "form": words("Sort of channel"),
        "place": words("Place, as notices name it"),
        "owner": words("Responsible"),
        "contract": words("Contract or customer id"),
        "verified": words("Last verified"),
    }


def _bia_fields(words: Words) -> dict[str, str]:
    return {
        "mtpd": words("MTPD – longest tolerable disruption"),
        "rto": words("RTO – back within"),
        "rpo": words("RPO – tolerable loss of data"),
        "mbco": words("MBCO – lowest level that is enough"),
        "quality_floor": words("Quality floor"),
        "demand": words("Contacts per hour"),
        "impact": words("Impact over time"),
        "legal_duty": words("Legal duty"),
        "peaks": words("Peaks"),
    }


def _fallback_fields(words: Words) -> dict[str, str]:
    return {
        "protects": words("Stands in for"),
        "via": words("Carried by"),
        "needs": words("Needed to activate it"),
        "executes_at": words("Set up in"),
        "lead_time": words("Lead time"),
        "decision": words("Decision time"),
        "automatic": words("Activates by itself"),
        "capacity": words("Capacity"),
        "endurance": words("Can be kept up for"),
        "trigger_below": words("Called for below"),
        "trigger_quality_below": words("Called for below quality"),
        "stabilise": words("Primary must hold for"),
        "failback": words("Time to go back"),
        "steps": words("Steps"),
        "failback_steps": words("Steps to go back"),
        "last_tested": words("Last tested"),
    }


def _contact_fields(words: Words) -> dict[str, str]:
    return {
        "role": words("Role"),
        "organisation": words("Organisation"),
        "phone": words("Telephone"),
        "mobile": words("Mobile"),
        "email": words("E-mail"),
        "deputy": words("Deputy"),
        "ways": words("Other ways"),
        "note": words("Note"),
    }


def written_duration(text: str) -> str:
    """A length of time as the model reads it, from how people write it: `1 tim 30 min` → `1h30m`."""
    short = text.strip().casefold().replace(",", ".").replace("\xa0", " ")
    for spoken, unit in _SPOKEN:
        short = re.sub(rf"(?<=[\d\s]){spoken}\b", unit, short)
    return re.sub(r"\s+", "", short) if re.fullmatch(r"[\d.\sywdhms]+", short) else text.strip()


def shown_duration(value: float | None) -> str:
    """A length of time in seconds as a field shows it: `45m`; empty for none."""
    return "" if value is None else duration_text(value)


def shown_percent(share: float | None) -> float | None:
    """A share 0–1 as a field shows it, in per cent; None for none."""
    return None if share is None else round(share * 100, 6)


def typed_percent(value: float | None, held: float | None) -> float | None:
    """The share of what a field holds; exactly the one it was made from where nobody touched it."""
    if value is None or value == shown_percent(held):
        return None if value is None else held
    return value / 100


def tidy(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data without empty values, which stand for the field's default."""
    return {key: value for key, value in data.items() if value not in ("", None, [], {}, ())}


def checked(model: type[V], data: Mapping[str, Any], words: Words) -> V:
    """The value of the data. Raises InvalidInputError with everything that is wrong, by the fields' names."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise InvalidInputError([_problem(found, words) for found in error.errors()]) from error


def _problem(found: Any, words: Words) -> Problem:
    place = [field_name(str(part), words) for part in found["loc"][:1]]
    return Problem("", 0, " ".join(place), *value_fault(found))
