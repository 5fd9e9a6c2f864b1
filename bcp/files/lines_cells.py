"""What may stand in each cell of a list of lines, and what to say where something else does."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from bcp.model.line import BETWEEN, ContactChannel
from bcp.model.plan import Plan
from bcp.model.spelling import Spelling, did_you_mean
from bcp.saying import said

T_co = TypeVar("T_co", covariant=True)

LONGEST = 1000
"""Characters of one cell."""

LONGEST_ID = 120
"""Characters of an id or a customer."""

_NUMBER = r"\+[1-9]([ \-]?[0-9]){5,14}"
_ADDRESS = r"[^\s@;:,\x00-\x20\x7f<>\"]+@[^\s@;:,\x00-\x20\x7f<>\"]+"
_CONTACT = (
    rf"\s*((sms|phone)(\s*:\s*{_NUMBER})?|email(\s*:\s*{_ADDRESS})?|(app|letter)(\s*:[^;\x00-\x1f\x7f]*)?)\s*"
)
CONTACTS = rf"^(?i:({_CONTACT}|\s*)(;({_CONTACT}|\s*))*)$"
"""Every cell of contacts that is right, as a pattern of RE2 and of Python."""

UNPRINTABLE = r"[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]"
"""Characters that no id, customer or contact has, as a pattern of RE2."""

_AREA = re.compile(r"[^/;\s]([^/;]*[^/;\s])?(/[^/;\s]([^/;]*[^/;\s])?)*")
_LANGUAGE = re.compile(r"([A-Za-z]{2})([-_][A-Za-z]{2,4})?")
_PRIORITY = re.compile(r"\w[\w \-]{0,39}")
_CHANNELS = ", ".join(ContactChannel)
_LONGEST_AREA = 200
_MOST_NAMED = 3

Said = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Cell(Generic[T_co]):
    """How the cells of one column are read: `read` raises ValueError, `explain` says why and what to do."""

    read: Callable[[str], T_co]
    explain: Callable[[str], Said]


def shown(text: str) -> str:
    """A cell inside a message."""
    return repr(text if len(text) <= 80 else f"{text[:77]}…")  # noqa: PLR2004 - a line's length


def _parts(cell: str) -> list[str]:
    return [part for part in (p.strip() for p in cell.split(BETWEEN)) if part]


def components_cell(plan: Plan) -> Cell[tuple[str, ...]]:
    """Ids of components of a plan: sorted, each once, at least one."""
    known, spelling = plan.components, Spelling(plan.components)

    def read(cell: str) -> tuple[str, ...]:
        parts = sorted(set(_parts(cell)))
        if not parts or not all(part in known for part in parts):
            raise ValueError(cell)
        return tuple(parts)

    def explain(cell: str) -> Said:
        unknown = [part for part in dict.fromkeys(_parts(cell)) if part not in known]
        if not unknown:
            return (
                said("the line hangs on nothing."),
                said("Name the plan's components that carry it, with ; between them."),
            )
        named = ", ".join(shown(part) for part in unknown[:_MOST_NAMED])
        more = said(" and {n} more", n=len(unknown) - _MOST_NAMED) if len(unknown) > _MOST_NAMED else ""
        fix = spelling.did_you_mean(
            unknown[0], said("Use the ids of the plan's components, with ; between several.")
        )
        return said("the plan has no component {named}{more}.", named=named, more=more), fix

    return Cell(read, explain)


def _read_area(cell: str) -> str:
    path = cell.strip()
    if path and not (_AREA.fullmatch(path) and path.isprintable() and len(path) <= _LONGEST_AREA):
        raise ValueError(cell)
    return path


def _explain_area(cell: str) -> Said:
    fix = said("Write it as SE/S/1784: country, region, municipality, with / only between them.")
    return said("{cell} is no area path.", cell=shown(cell)), fix


def _read_consent(cell: str) -> tuple[ContactChannel, ...]:
    return tuple(sorted({ContactChannel(part.casefold()) for part in _parts(cell)}))


def _explain_consent(cell: str) -> Said:
    channels = {channel.value for channel in ContactChannel}
    unknown = next(part for part in _parts(cell) if part.casefold() not in channels)
    fix = said(
        "Name the channels agreed to ({channels}), with ; between them; leave it empty where there is none.",
        channels=_CHANNELS,
    )
    return said("{unknown} is no channel that one can consent to.", unknown=shown(unknown)), did_you_mean(
        unknown, channels, fix
    )


def _read_language(cell: str) -> str:
    code = cell.strip()
    found = _LANGUAGE.fullmatch(code)
    if code and not found:
        raise ValueError(cell)
    return found[1].lower() if found else ""


def _explain_language(cell: str) -> Said:
    return said("{value} is no language code.", value=shown(cell)), said(
        'Write two letters such as "sv" (ISO 639), or nothing.'
    )


def _read_priority(cell: str) -> str:
    word = " ".join(cell.split()).casefold()
    if word and not _PRIORITY.fullmatch(word):
        raise ValueError(cell)
    return word


def _explain_priority(cell: str) -> Said:
    return (
        said("{cell} is no priority.", cell=shown(cell)),
        said("Write one short word such as alarm, health or business, or nothing."),
    )


AREA = Cell(_read_area, _explain_area)
CONSENT = Cell(_read_consent, _explain_consent)
LANGUAGE = Cell(_read_language, _explain_language)
PRIORITY = Cell(_read_priority, _explain_priority)

_HINTS: Mapping[str, str] = {
    "sms": said("Write sms:+46701234567, the number with its country code."),
    "phone": said("Write phone:+46701234567, the number with its country code."),
    "email": said("Write email:name@example.com."),
}


def explain_contacts(cell: str) -> Said:
    """What is wrong with a cell of contacts that does not match `CONTACTS`."""
    if len(cell) > LONGEST:
        return said("the text is longer than {most} characters.", most=LONGEST), said("Shorten it.")
    for part in _parts(cell):
        name, colon, _ = part.partition(":")
        channel = name.strip().casefold()
        if channel not in set(ContactChannel):
            fix = said(
                "Write the channel before the address, such as sms:+46701234567. Channels: {channels}.",
                channels=_CHANNELS,
            )
            near = did_you_mean(channel, {c.value for c in ContactChannel}, fix) if colon else fix
            return said("{part} is no contact.", part=shown(part)), near
        if not re.fullmatch(CONTACTS, part):
            return said("{part} is no contact.", part=shown(part)), _HINTS.get(
                channel, said("Take the odd characters out.")
            )
    return said("{cell} has characters that no contact has.", cell=shown(cell)), said("Take them out.")


def explain_name(cell: str, what: str) -> Said:
    """What is wrong with an id or a customer."""
    if not cell:
        return said("the {what} is missing.", what=what), said("Every line has an id of its own.")
    if len(cell) > LONGEST_ID:
        return said("the {what} is longer than {most} characters.", what=what, most=LONGEST_ID), said(
            "Shorten it."
        )
    return said(
        "the {what} {cell} has characters that cannot be printed.", what=what, cell=shown(cell)
    ), said("Take them out.")
