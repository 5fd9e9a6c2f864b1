"""What codes are called: verdicts, fates, states, severities, measures and changes, in a language's words."""

from __future__ import annotations

from bcp.model.comparison import Change, Figure
from bcp.model.fate import Fate
from bcp.model.finding import Severity
from bcp.model.route import Verdict
from bcp.model.run import FallbackState
from bcp.words import Words


def state_name(state: FallbackState, words: Words) -> str:
    """Where a fallback stands."""
    return {
        FallbackState.IDLE: words("Idle"),
        FallbackState.DETECTING: words("Not noticed yet"),
        FallbackState.ACTIVATING: words("Being activated"),
        FallbackState.BLOCKED: words("Blocked"),
        FallbackState.ACTIVE: words("Active"),
        FallbackState.FAILING_BACK: words("Going back"),
        FallbackState.EXHAUSTED: words("Used up"),
        FallbackState.WAITING: words("Waits for a decision"),
    }[state]


def verdict_name(verdict: Verdict, words: Words) -> str:
    """What a routing option is worth."""
    return {
        Verdict.USABLE: words("Usable"),
        Verdict.TOO_LATE: words("Too late"),
        Verdict.TOO_SMALL: words("Too small"),
        Verdict.BLOCKED: words("Blocked"),
        Verdict.SHARES: words("Shares the fault"),
        Verdict.UNKNOWN: words("Unknown"),
    }[verdict]


def fate_name(fate: Fate, words: Words) -> str:
    """What two things that are said to be independent have in common."""
    return {
        Fate.INDEPENDENT: words("Independent"),
        Fate.SHARES: words("Shares components"),
        Fate.SAME_OPERATOR: words("Same operator"),
        Fate.UNKNOWN: words("Not known"),
    }[fate]


def severity_name(severity: Severity, words: Words) -> str:
    """How much a finding matters."""
    return {
        Severity.ERROR: words("Error"),
        Severity.WARNING: words("Warning"),
        Severity.ADVICE: words("Advice"),
    }[severity]


def change_name(change: Change, words: Words) -> str:
    """What became of something."""
    return {
        Change.BETTER: words("better"),
        Change.WORSE: words("worse"),
        Change.MIXED: words("different"),
        Change.SAME: words("the same"),
        Change.ADDED: words("new"),
        Change.REMOVED: words("gone"),
    }[change]


CHANGE_SIGN = {
    Change.BETTER: "▲",
    Change.WORSE: "▼",
    Change.MIXED: "◆",
    Change.SAME: "=",
    Change.ADDED: "+",
    Change.REMOVED: "−",
}
"""A sign for each change, so that it is never told by colour alone."""


def measure_name(name: str, words: Words) -> str:
    """What a measure of a comparison is called; an impact keeps the name of its category."""
    if name.startswith("impact."):
        return words("Impact: {category}", category=name.removeprefix("impact."))
    return {
        "single_points": words("Single points of failure"),
        "rto_met": words("RTO kept"),
        "mtpd_met": words("MTPD kept"),
        "longest_s": words("Longest disruption"),
        "downtime_s": words("Total downtime"),
        "min_level": words("Lowest level"),
        "first_below_s": words("Down from"),
        "lost_contacts": words("Lost contacts"),
        "verdict": words("Verdict"),
        "active_from_s": words("Carries load after"),
        "capacity": words("Share carried"),
        "subject_level": words("Callers served"),
        "endurance_s": words("Can be kept up for"),
        "fate": words("Shared fate"),
    }[name]


_NO_TIME = {"first_below_s": "never", "endurance_s": "no limit"}


def figure_text(name: str, figure: Figure, words: Words) -> str:
    """A figure of a comparison as people read it."""
    match figure:
        case None:
            return words(_NO_TIME[name]) if name in _NO_TIME else "–"
        case bool():
            return words("yes") if figure else words("no")
        case str():
            code = Verdict(figure) if name == "verdict" else Fate(figure)
            return verdict_name(code, words) if isinstance(code, Verdict) else fate_name(code, words)
        case _:
            return _number_text(name, figure, words)


def _number_text(name: str, figure: float, words: Words) -> str:
    if name == "first_below_s":
        return words.clock(figure)
    if name.endswith("_s"):
        return words.length(figure)
    if name in ("min_level", "capacity", "subject_level"):
        return words.percent(round(figure, 3))
    return words.number(figure)
