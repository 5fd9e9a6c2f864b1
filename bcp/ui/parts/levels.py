"""How a level, a state and a verdict look: a sign and a text, and a colour beside them, never alone."""

from __future__ import annotations

from typing import Literal

from bcp.model.finding import Severity
from bcp.model.route import Fate, Verdict
from bcp.model.run import FallbackState
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


def state_name(state: FallbackState, words: Words) -> str:
    """A fallback's state in words."""
    return {
        FallbackState.IDLE: words("Idle"),
        FallbackState.DETECTING: words("Not noticed yet"),
        FallbackState.ACTIVATING: words("Being activated"),
        FallbackState.BLOCKED: words("Blocked"),
        FallbackState.ACTIVE: words("Active"),
        FallbackState.FAILING_BACK: words("Going back"),
        FallbackState.EXHAUSTED: words("Used up"),
    }[state]


def verdict_name(verdict: Verdict, words: Words) -> str:
    """A routing option's verdict in words."""
    return {
        Verdict.USABLE: words("Usable"),
        Verdict.TOO_LATE: words("Too late"),
        Verdict.TOO_SMALL: words("Too small"),
        Verdict.BLOCKED: words("Blocked"),
        Verdict.SHARES: words("Shares the fault"),
        Verdict.UNKNOWN: words("Unknown"),
    }[verdict]


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


def fate_name(fate: Fate, words: Words) -> str:
    """What a fallback has in common with what it protects, in words."""
    return {
        Fate.INDEPENDENT: words("Independent"),
        Fate.SHARES: words("Shares components"),
        Fate.SAME_OPERATOR: words("Same operator"),
        Fate.UNKNOWN: words("Not known"),
    }[fate]


def severity_name(severity: Severity, words: Words) -> str:
    """How much a finding matters, in words."""
    return {
        Severity.ERROR: words("Error"),
        Severity.WARNING: words("Warning"),
        Severity.ADVICE: words("Advice"),
    }[severity]
