"""What codes are called, and what a verdict or limit means in one sentence."""

from __future__ import annotations

from bcp.model.assumed import with_doubts
from bcp.model.component import STAND_IN, Component, Kind
from bcp.model.fate import Fate
from bcp.model.finding import Severity
from bcp.model.overview import NOTHING_TO_SPARE_S
from bcp.model.route import RouteOption, Verdict
from bcp.model.run import FallbackState
from bcp.model.telephone import display
from bcp.render.blocks import Tone
from bcp.render.context.material import Material
from bcp.render.marks import clean
from bcp.words import Words


def kind_name(kind: Kind, _: Words) -> str:
    """A kind of component."""
    return {
        Kind.OPERATOR: _("Operator"),
        Kind.PLATFORM: _("Platform"),
        Kind.SUPPORT_SYSTEM: _("Support system"),
        Kind.INTERCONNECT: _("Interconnect"),
        Kind.TRUNK: _("Trunk"),
        Kind.ACCESS: _("Access line"),
        Kind.NUMBER_RANGE: _("Number range"),
        Kind.NUMBER: _("Number"),
        Kind.SITE: _("Site"),
        Kind.POWER: _("Power"),
        Kind.SYSTEM: _("System"),
        Kind.SUPPLIER: _("Supplier"),
        Kind.TEAM: _("Team"),
        Kind.CHANNEL: _("Notice channel"),
        Kind.ACTIVITY: _("Activity"),
        Kind.CUSTOMER_GROUP: _("Customer group"),
    }[kind]


def kind_of(component: Component, _: Words) -> str:
    """What a component is; unknown where it stands for something that nobody has named yet."""
    return _("Unknown") if STAND_IN in component.tags else kind_name(component.kind, _)


def state_name(state: FallbackState, _: Words) -> str:
    """Where a fallback stands."""
    return {
        FallbackState.IDLE: _("Idle"),
        FallbackState.DETECTING: _("Not yet noticed"),
        FallbackState.ACTIVATING: _("Being activated"),
        FallbackState.BLOCKED: _("Blocked"),
        FallbackState.ACTIVE: _("Active"),
        FallbackState.FAILING_BACK: _("Going back"),
        FallbackState.EXHAUSTED: _("Exhausted"),
        FallbackState.WAITING: _("Waits for a decision"),
    }[state]


def category_name(category: str, _: Words) -> str:
    """A category of impact; one that is not known here keeps its own name."""
    names = {
        "economy": _("Economy"),
        "financial": _("Economy"),
        "trust": _("Trust"),
        "safety": _("Safety"),
        "health": _("Life and health"),
        "law": _("Law"),
        "legal": _("Law"),
        "environment": _("Environment"),
    }
    return names.get(category, clean(category))


def severity_name(severity: Severity, _: Words) -> str:
    """How much a finding matters."""
    return {
        Severity.ERROR: _("Serious"),
        Severity.WARNING: _("Warning"),
        Severity.ADVICE: _("Advice"),
    }[severity]


def severity_tone(severity: Severity) -> Tone:
    """The colour of a finding."""
    return {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.WARN, Severity.ADVICE: Tone.QUIET}[severity]


def fate_name(fate: Fate, _: Words) -> str:
    """What a fallback has in common with what it protects."""
    return {
        Fate.INDEPENDENT: _("Independent, as far as the plan knows"),
        Fate.SHARES: _("Shares parts with what it protects"),
        Fate.SAME_OPERATOR: _("Same operator on both sides"),
        Fate.UNKNOWN: _("Unknown"),
    }[fate]


def fate_tone(fate: Fate) -> Tone:
    """The colour of a shared-fate verdict."""
    tones = {Fate.INDEPENDENT: Tone.GOOD, Fate.SHARES: Tone.BAD, Fate.SAME_OPERATOR: Tone.WARN}
    return tones.get(fate, Tone.QUIET)


def verdict_tone(verdict: Verdict) -> Tone:
    """The colour of a verdict."""
    tones = {Verdict.USABLE: Tone.GOOD, Verdict.UNKNOWN: Tone.QUIET, Verdict.BLOCKED: Tone.BAD}
    return tones.get(verdict, Tone.WARN)


def option_tone(option: RouteOption) -> Tone:
    """The colour of an option: that of its verdict, but a warning where it is usable with nothing to spare."""
    if option.limit_s is None or option.active_from_s is None or option.verdict != Verdict.USABLE:
        return verdict_tone(option.verdict)
    return Tone.WARN if abs(option.limit_s - option.active_from_s) < NOTHING_TO_SPARE_S else Tone.GOOD


def verdict_name(option: RouteOption, material: Material) -> str:
    """A verdict in words with what is behind it, such as "Too late by 10 min"."""
    _ = material.words
    because = ", ".join(material.names(option.because))
    late = (
        None
        if option.active_from_s is None or option.limit_s is None
        else option.active_from_s - option.limit_s
    )
    share, needed = _.percent(option.capacity), _.percent(option.needed_capacity)
    shares = _("Shares {names}", names=because) if because else _("Shares parts")
    if because and not option.triggered:
        shares = _("Shares {names}: holds only while that works", names=because)
    name = {
        Verdict.USABLE: _("Usable"),
        Verdict.TOO_LATE: _("Too late") if late is None else _("Too late by {time}", time=_.length(late)),
        Verdict.TOO_SMALL: _("Too small: carries {share}, {needed} is needed", share=share, needed=needed),
        Verdict.BLOCKED: _("Blocked by {names}", names=because) if because else _("Blocked"),
        Verdict.SHARES: shares,
        Verdict.UNKNOWN: _("Unknown: not everything about it is in the plan"),
    }[option.verdict]
    return with_doubts(name, option.doubts, _)


def limit_name(option: RouteOption, subject: str, material: Material) -> str:
    """The limit that an option must keep, and whose it is."""
    _ = material.words
    if option.limit_s is None:
        return "–"
    if option.limit_of in ("", subject):
        return _.length(option.limit_s)
    return _("{time} ({activity})", time=_.length(option.limit_s), activity=material.name(option.limit_of))


def margin_name(option: RouteOption, material: Material) -> str:
    """How far before or after the limit it carries load."""
    _ = material.words
    if option.limit_s is None or option.active_from_s is None:
        return "–"
    left = option.limit_s - option.active_from_s
    limit = _.length(option.limit_s)
    if abs(left) < NOTHING_TO_SPARE_S:
        return _("exactly at {limit}: nothing to spare", limit=limit)
    if left < 0:
        return _("{time} too late for {limit}", time=_.length(-left), limit=limit)
    return _("{time} to spare of {limit}", time=_.length(left), limit=limit)


def phone(number: str, country: str) -> str:
    """A telephone number as people write it, never broken over two lines."""
    return display(number, country).replace(" ", "\xa0")


def duration(seconds: float | None, _: Words) -> str:
    """A length of time, 0 as "at once"; a dash for none."""
    return _("at once") if seconds == 0 else _.length(seconds)
