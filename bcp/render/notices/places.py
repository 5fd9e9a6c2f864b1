"""Places that a prepared message leaves open, such as [TIME]: filled in where it is clear what is meant."""

from __future__ import annotations

import re

from bcp.render.notices.told import Told

_OPEN = re.compile(r"\[([^\[\]\n]{1,60})\]")
_NEXT = re.compile(r"nästa besked|nästa uppdat|next|nächste|volgend|prossim", re.IGNORECASE)
_SINCE = re.compile(r"\b(since|sedan|seit|sinds|dal|from|began|började)\W*$", re.IGNORECASE)
_END = re.compile(
    r"(expected end|beräknas|until|till|voraussichtlich|verwacht|previst\w*)\W*\w*\W*$", re.IGNORECASE
)
_CAUSE = re.compile(r"(cause|orsak|ursache|oorzaak|causa)\W*$", re.IGNORECASE)
_NAMES = {
    "window_start": r"start|från|von|van|inizio|date|datum|data",
    "window_end": r"end|slut|till|ende|einde|fine",
    "place": r"municipality|kommun|ort|place|ort|gemeinde|gemeente|plaats|comune|luogo",
}


def filled(text: str, told: Told, unknown: str) -> tuple[str, tuple[str, ...]]:
    """The text with its places filled in, and those that somebody must still fill, as written.

    What stands before a place says what is meant: the next update, since when, the expected end, the cause.
    `unknown` stands for an end or a cause that nobody knows yet.
    """
    left: list[str] = []

    def fill(match: re.Match[str]) -> str:
        value = _value(text[: match.start()], match[1], told, unknown)
        if not value:
            left.append(match[0])
        return value or match[0]

    return _OPEN.sub(fill, text), tuple(dict.fromkeys(left))


def _value(before: str, name: str, told: Told, unknown: str) -> str:
    sentence = re.split(r"[.!?\n]", before)[-1]
    said = (
        (_NEXT, told.next_bare or unknown),
        (_CAUSE, told.cause or unknown),
        (_END, "" if told.planned else told.end or unknown),
        (_SINCE, told.since),
    )
    for pattern, value in said:
        if value and pattern.search(sentence):
            return value
    named = {
        "place": ", ".join(told.services),
        "window_start": told.window_start,
        "window_end": told.window_end,
    }
    kind = next((k for k in named if re.fullmatch(_NAMES[k], name.strip(), re.IGNORECASE)), "")
    return named.get(kind, "")
