"""How a level, a state and a verdict look: a sign and a text, and a colour beside them, never alone."""

from __future__ import annotations

from typing import Literal

from bcp.model.fate import Fate
from bcp.model.finding import Severity
from bcp.model.route import Verdict
from bcp.words import Words

Paint = Literal["green", "orange", "red", "blue", "violet", "gray"]

FULL = 0.9995
"""A level that is shown as 100 %."""

NONE = 0.0005
"""A level that is shown as 0 %."""


def level_class(level: float) -> str:
    """full, reduced or down."""
    if level >= FULL:
        return "full"
    return "down" if level <= NONE else "reduced"


def level_text(level: float, words: Words) -> str:
    """Sign and share: ● 100 %, ◐ 60 %, ✕ 0 %."""
    sign = {"full": "●", "reduced": "◐", "down": "✕"}[level_class(level)]
    return f"{sign} {words.percent(round(level, 3))}"


VERDICT_PAINT: dict[Verdict, Paint] = {
    Verdict.USABLE: "green",
    Verdict.TOO_LATE: "orange",
    Verdict.TOO_SMALL: "orange",
    Verdict.BLOCKED: "red",
    Verdict.SHARES: "red",
    Verdict.UNKNOWN: "gray",
}
VERDICT_SIGN: dict[Verdict, str] = {
    Verdict.USABLE: "✓",
    Verdict.TOO_LATE: "◷",
    Verdict.TOO_SMALL: "◐",
    Verdict.BLOCKED: "✕",
    Verdict.SHARES: "⇄",
    Verdict.UNKNOWN: "?",
}


FATE_PAINT: dict[Fate, Paint] = {
    Fate.INDEPENDENT: "green",
    Fate.SHARES: "red",
    Fate.SAME_OPERATOR: "orange",
    Fate.UNKNOWN: "gray",
}
FATE_SIGN: dict[Fate, str] = {
    Fate.INDEPENDENT: "✓",
    Fate.SHARES: "⇄",
    Fate.SAME_OPERATOR: "≈",
    Fate.UNKNOWN: "?",
}


def severity_name(severity: Severity, words: Words) -> str:
    """How much a finding matters, in words."""
    return {
        Severity.ERROR: words("Error"),
        Severity.WARNING: words("Warning"),
        Severity.ADVICE: words("Advice"),
    }[severity]
