"""How many segments an SMS takes: 160 or 153 septets in GSM-7 (3GPP TS 23.038), 70 or 67 units in UCS-2."""

from __future__ import annotations

from typing import Literal, NamedTuple

_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = "\f^{}\\[~]|€"
"""Each takes two septets, the first of them an escape."""

_SINGLE = {"GSM-7": 160, "UCS-2": 70}
_JOINED = {"GSM-7": 153, "UCS-2": 67}
"""Septets or units of one part among several: a header that joins them takes the rest."""

_WIDE = 0xFFFF
"""Characters above it take two units in UCS-2 (in fact UTF-16)."""


class Segments(NamedTuple):
    """The encoding that a text needs, its length in septets or units, and its number of segments."""

    encoding: Literal["GSM-7", "UCS-2"]
    units: int
    parts: int


def segments(text: str) -> Segments:
    """What sending `text` takes. A character is never split between two segments; no text takes none."""
    gsm = all(ch in _BASIC or ch in _EXTENDED for ch in text)
    encoding: Literal["GSM-7", "UCS-2"] = "GSM-7" if gsm else "UCS-2"
    sizes = [2 if (ch in _EXTENDED if gsm else ord(ch) > _WIDE) else 1 for ch in text]
    units = sum(sizes)
    if units <= _SINGLE[encoding]:
        return Segments(encoding, units, 1 if units else 0)
    count, filled = 1, 0
    for size in sizes:
        if filled + size > _JOINED[encoding]:
            count, filled = count + 1, 0
        filled += size
    return Segments(encoding, units, count)


def sms_text(text: str) -> str:
    """The text with the typographic signs that GSM-7 lacks written plainly: ’ as ', – as -, a hard blank as a blank."""
    return text.translate(_PLAIN)


_PLAIN = str.maketrans({
    "’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "»": '"', "«": '"', "–": "-", "—": "-", "−": "-",
    "‑": "-", "…": "...", "\xa0": " ", "\u202f": " ", "\u2009": " ",
})  # fmt: skip
