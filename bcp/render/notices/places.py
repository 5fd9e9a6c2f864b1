"""Places that a prepared message leaves open, such as [TIME]: filled in where it is clear what is meant."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bcp.render.notices.told import Told

_OPEN = re.compile(r"\[([^\[\]\n]{1,60})\]( ?)")
_NEXT = re.compile(r"nästa besked|nästa uppdat|next|nächste|volgend|prossim", re.IGNORECASE)
_SINCE = re.compile(r"\b(since|sedan|seit|sinds|dal|from|began|började)\W*$", re.IGNORECASE)
_END = re.compile(
    r"(expected end|beräknas|until|till|voraussichtlich|verwacht|previst\w*)\W*\w*\W*$", re.IGNORECASE
)
_CAUSE = re.compile(r"(cause|orsak|ursache|oorzaak|causa)\W*$", re.IGNORECASE)
_NAMES = {
    "window": r"window|when|fönster|arbetstid|zeitraum|tijdvak|periodo",
    "window_start": r"start|från|von|van|inizio|date|datum|data",
    "window_end": r"end|slut|till|ende|einde|fine",
    "place": r"municipality|kommun|ort|orter|places?|gemeinde|gemeente|plaats|comune|comuni|luogo",
    "since": r"since|sedan|seit|sinds|dal",
    "next": r"next update|nästa besked|nächste meldung|volgend bericht|prossimo avviso",
    "cause": r"cause|orsak|ursache|oorzaak|causa",
    "expected_end": r"expected end|beräknat slut|voraussichtliches ende|verwacht einde|fine prevista",
    "fails": r"what fails|vad som inte fungerar|was nicht geht|wat niet werkt|che cosa non funziona",
    "instead": r"call instead|ring i stället|stattdessen anrufen|bel in plaats daarvan|chiamare invece",
    "works": r"what works|vad som fungerar|was geht|wat werkt|che cosa funziona",
}
"""What a place may be called, so that nothing has to be guessed from the words before it."""


def filled(
    text: str, told: Told, unknown: str, sentences: Mapping[str, str] | None = None
) -> tuple[str, tuple[str, ...]]:
    """The text with its places filled in, and those that somebody must still fill, as written.

    `sentences` are what stands in the places for what fails, what works and what to call instead; one that has
    nothing to say leaves nothing behind.

    Its name says what is meant, such as [NEXT UPDATE]; of a name that may mean several things, such as [TIME],
    what stands before it: the next update, since when, the expected end, the cause. `unknown` stands for an end or a cause that nobody knows yet.
    """
    left: list[str] = []

    def fill(match: re.Match[str]) -> str:
        kind = _kind(match[1])
        if sentences is not None and kind in sentences:
            return sentences[kind] + match[2] if sentences[kind] else ""
        value = _value(text[: match.start()], kind, told, unknown)
        if not value:
            left.append(f"[{match[1]}]")
        return (value or f"[{match[1]}]") + match[2]

    return _OPEN.sub(fill, text).rstrip(), tuple(dict.fromkeys(left))


def _kind(name: str) -> str:
    """What a place means by its name; empty where its name does not tell."""
    return next((k for k in _NAMES if re.fullmatch(_NAMES[k], name.strip(), re.IGNORECASE)), "")


def _value(before: str, kind: str, told: Told, unknown: str) -> str:
    if value := _named(told, unknown).get(kind):
        return value
    sentence = re.split(r"[.!?\n]", before)[-1]
    said = (
        (_NEXT, told.next_bare or unknown),
        (_CAUSE, told.cause or unknown),
        (_END, "" if told.planned else told.end or unknown),
        (_SINCE, told.since),
    )
    return next((value for pattern, value in said if value and pattern.search(sentence)), "")


def _named(told: Told, unknown: str) -> dict[str, str]:
    """What stands in a place, by what its name means; empty where there is nothing to say."""
    return {
        "window": told.window,
        "window_start": told.window_start,
        "window_end": told.window_end,
        "place": ", ".join(told.places or told.services),
        "since": told.since,
        "next": told.next_bare or unknown,
        "cause": told.cause or unknown,
        "expected_end": told.end or unknown,
    }
