"""What kinds of outages there are: what caused them, and the pattern in which they did their harm."""

from __future__ import annotations

from enum import StrEnum

from bcp.words import Words


class CauseKind(StrEnum):
    """What set an outage off. ENISA's four root causes (system, human, natural, malicious), told finer."""

    ATTACK = "attack"
    CABLE = "cable"
    CAPACITY = "capacity"
    CERTIFICATE = "certificate"
    CHANGE = "change"
    CONFIGURATION = "configuration"
    FIRE = "fire"
    HARDWARE = "hardware"
    NUMBERING = "numbering"
    POWER = "power"
    SOFTWARE = "software"
    SUPPLIER = "supplier"
    UNKNOWN = "unknown"
    WEATHER = "weather"


class Pattern(StrEnum):
    """How an outage did more harm than its cause suggests."""

    AREA = "area"
    BATTERIES = "batteries"
    CALLER_NETWORK = "caller-network"
    CHANGE_WINDOW = "change-window"
    COMMON_SOFTWARE = "common-software"
    CONTROL_LOST = "control-lost"
    EMERGENCY_CALLS = "emergency-calls"
    FALLBACK_INSIDE = "fallback-inside"
    FALLBACK_WEAK = "fallback-weak"
    GRADUAL = "gradual"
    HIDDEN_SUPPLIER = "hidden-supplier"
    NOTICE = "notice"
    PARTIAL = "partial"
    RESTART_STORM = "restart-storm"
    SHARED_PLATFORM = "shared-platform"
    SHARED_ROUTE = "shared-route"
    SILENT = "silent"
    SUPPORT_SYSTEM = "support-system"
    TOTAL = "total"


_CAUSES = {
    CauseKind.ATTACK: "attack",
    CauseKind.CABLE: "cut cable",
    CauseKind.CAPACITY: "too little capacity",
    CauseKind.CERTIFICATE: "expired certificate",
    CauseKind.CHANGE: "planned work",
    CauseKind.CONFIGURATION: "wrong configuration",
    CauseKind.FIRE: "fire",
    CauseKind.HARDWARE: "faulty hardware",
    CauseKind.NUMBERING: "numbering and porting data",
    CauseKind.POWER: "power",
    CauseKind.SOFTWARE: "faulty software",
    CauseKind.SUPPLIER: "supplier",
    CauseKind.UNKNOWN: "not known",
    CauseKind.WEATHER: "weather",
}

_PATTERNS = {
    Pattern.AREA: "only some places",
    Pattern.BATTERIES: "batteries run out",
    Pattern.CALLER_NETWORK: "depends on who calls",
    Pattern.CHANGE_WINDOW: "planned work overruns",
    Pattern.COMMON_SOFTWARE: "same fault in every redundant unit",
    Pattern.CONTROL_LOST: "control is lost with the network",
    Pattern.EMERGENCY_CALLS: "emergency calls fail",
    Pattern.FALLBACK_INSIDE: "the fallback lives in what failed",
    Pattern.FALLBACK_WEAK: "the reserve is too small or too slow",
    Pattern.GRADUAL: "slowly worse",
    Pattern.HIDDEN_SUPPLIER: "a supplier that nobody knew of",
    Pattern.NOTICE: "nobody was told, or told wrongly",
    Pattern.PARTIAL: "only part of the calls",
    Pattern.RESTART_STORM: "everybody comes back at once",
    Pattern.SHARED_PLATFORM: "one platform under many",
    Pattern.SHARED_ROUTE: "two lines on one route",
    Pattern.SILENT: "monitoring is green",
    Pattern.SUPPORT_SYSTEM: "a support system was needed",
    Pattern.TOTAL: "the whole operator",
}


def cause_name(cause: CauseKind, _: Words) -> str:
    """What people call a cause."""
    return _(_CAUSES[cause])


def pattern_name(pattern: Pattern, _: Words) -> str:
    """What people call a pattern."""
    return _(_PATTERNS[pattern])
