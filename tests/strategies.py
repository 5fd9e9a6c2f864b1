"""Random valid plans and scenarios for property tests: `plans()` has no fault, `scenarios(plan)` fits its plan."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from bcp.model.component import Kind
from bcp.model.duration import HOUR, MINUTE, duration_text
from bcp.model.plan import Plan
from bcp.model.scenario import Scenario

Raw = dict[str, Any]

SHARES = st.integers(0, 20).map(lambda n: n / 20)
"""Levels and shares in twentieths: sums stay exact enough to compare, and levels often meet a limit."""

LENGTHS = st.one_of(st.sampled_from([0, 1, 5, 15, 30, 60, 240]), st.integers(0, 600)).map(
    lambda n: n * MINUTE
)
"""Lengths of time in seconds, whole minutes to 10 h."""

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
"""Any text that a file may hold."""

NUMBERS = st.sampled_from(["+46771123456", "+4620123456", "+46313900612", "+46701740651", "112", "11414"])


def durations(least: float = 0.0) -> st.SearchStrategy[str]:
    """Lengths of time as a plan writes them, from `least` seconds."""
    return LENGTHS.map(lambda s: duration_text(max(s, least)))


def _optional(fields: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Raw]:
    return st.fixed_dictionaries({}, optional=fields)


_ANYTIME = durations()
_SOMETIME = durations(MINUTE)
_COMMON = _optional(
    {
        "detection": _ANYTIME,
        "restart": _ANYTIME,
        "operator": st.sampled_from(["alfa", "beta", "gamma"]),
        "area": st.sampled_from(["SE", "SE/S", "SE/S/1784", "SE/AB"]),
    }
)
_BIA = _optional(
    {
        "mbco": SHARES,
        "quality_floor": SHARES,
        "demand": st.integers(0, 500).map(lambda n: f"{n}/h"),
        "rpo": _ANYTIME,
        "impact": st.dictionaries(
            st.sampled_from(["financial", "trust"]),
            st.dictionaries(_ANYTIME, st.integers(0, 10**6), max_size=3),
        ),
    }
)
_FALLBACK = _optional(
    {
        "lead_time": _ANYTIME,
        "decision": _ANYTIME,
        "automatic": st.booleans(),
        "capacity": SHARES,
        "endurance": _SOMETIME,
        "trigger_below": SHARES,
        "trigger_quality_below": SHARES,
        "stabilise": _ANYTIME,
        "failback": _ANYTIME,
        "steps": st.lists(TEXTS, max_size=2),
        "last_tested": st.dates(date(2020, 1, 1), date(2026, 1, 1)).map(str),
    }
)
_DEFAULTS = _optional({"detection": _ANYTIME, "decision": _ANYTIME, "stabilise": _ANYTIME})
_NAMES = TEXTS.map(lambda text: text or "name")


@st.composite
def requirements(draw: st.DrawFn, others: list[str]) -> Any:
    """One requirement on some of `others`, in any mode and in each way of writing it."""
    members = draw(st.lists(st.sampled_from(others), min_size=1, max_size=4, unique=True))
    during = draw(st.sampled_from([{}, {}, {}, {"during": "start"}]))
    match draw(st.sampled_from(["needs", "needs", "soft", "any_of", "pool", "split", "quorum"])):
        case "needs":
            return members[0] if not during else {"needs": members[0], **during}
        case "soft":
            return {"needs": members[0], "impact": draw(SHARES), **during}
        case "any_of":
            return {"any_of": members, **during}
        case "pool":
            return {"pool": {m: draw(st.integers(1, 30)) / 20 for m in members}, **during}
        case "split":
            parts = [draw(st.integers(1, 9)) for _ in members]
            return {"split": {m: p / sum(parts) for m, p in zip(members, parts, strict=True)}, **during}
        case _:
            return {"quorum": draw(st.integers(1, len(members))), "of": members, **during}


@st.composite
def _components(draw: st.DrawFn, ids: list[str], contacts: list[str]) -> dict[str, Raw]:
    found: dict[str, Raw] = {}
    for i in ids:
        kind = draw(
            st.sampled_from(["activity", "activity", "number", "team", "customer_group", *map(str, Kind)])
        )
        raw: Raw = {"kind": kind, "name": draw(_NAMES)}
        others = [o for o in ids if o != i]
        if others:
            raw["requires"] = draw(st.lists(requirements(others), max_size=3))
        raw |= draw(_COMMON)
        raw |= draw(_attributes(kind, contacts))
        found[i] = raw
    return found


def _attributes(kind: str, contacts: list[str]) -> st.SearchStrategy[Raw]:
    match kind:
        case "activity":
            return _optional({"bia": _analyses()})
        case "number":
            return _optional({"e164": NUMBERS})
        case "customer_group":
            return _optional({"customers": st.integers(0, 50_000)})
        case "team" if contacts:
            return _optional({"members": st.lists(st.sampled_from(contacts), unique=True)})
        case _:
            return st.just({})


@st.composite
def _analyses(draw: st.DrawFn) -> Raw:
    raw = draw(_BIA)
    if draw(st.booleans()):
        rto = draw(LENGTHS)
        raw |= {"rto": duration_text(rto), "mtpd": duration_text(rto + draw(st.integers(1, 600)) * MINUTE)}
    return raw


@st.composite
def _fallbacks(draw: st.DrawFn, ids: list[str]) -> Raw:
    protects = draw(st.sampled_from(ids))
    some = st.lists(st.sampled_from(ids), max_size=2, unique=True)
    placed = _optional({"needs": some, "executes_at": st.sampled_from(ids)})
    via = [i for i in draw(some) if i != protects]
    return {"protects": protects, "via": via} | draw(placed) | draw(_FALLBACK)


@st.composite
def plans(draw: st.DrawFn, max_components: int = 12, max_fallbacks: int = 3) -> Plan:
    """Plans that can be run: every requirement mode, rings, fallbacks, contacts; ids c0, c1, …, f0, …, p0, …."""
    ids = [f"c{n}" for n in range(draw(st.integers(1, max_components)))]
    contacts = [f"p{n}" for n in range(draw(st.integers(0, 2)))]
    raw: Raw = {
        "organisation": {"name": draw(_NAMES)},
        "defaults": draw(_DEFAULTS),
        "contacts": {p: {"name": draw(TEXTS), "mobile": "+46701740651"} for p in contacts},
        "components": draw(_components(ids, contacts)),
        "fallbacks": {f"f{n}": draw(_fallbacks(ids)) for n in range(draw(st.integers(0, max_fallbacks)))},
    }
    return Plan.model_validate(raw)


@st.composite
def _events(draw: st.DrawFn, ids: list[str]) -> Raw:
    at = draw(LENGTHS)
    effect: Raw = draw(
        st.one_of(
            SHARES.map(lambda x: {"level": x}),
            SHARES.map(lambda x: {"level": x}),
            st.builds(lambda x, over: {"ramp": {"to": x, "over": over}}, SHARES, _SOMETIME),
            st.just({"freeze": True}),
            st.integers(1, 8).map(lambda n: {"surge": n / 2}),
            SHARES.map(lambda x: {"quality": x}),
        )
    )
    some = st.lists(st.sampled_from(ids), min_size=1, max_size=3, unique=True)
    raw: Raw = {"at": duration_text(at), "select": {"id": draw(some)}, "effect": effect}
    match draw(st.sampled_from(["until", "for", "horizon"])):
        case "until":
            raw["until"] = duration_text(at + draw(st.integers(1, 600)) * MINUTE)
        case "for":
            raw["for"] = draw(_SOMETIME)
        case _:
            pass
    return raw | draw(
        st.sampled_from([{}, {}, {}, {"silent": True}, {"detected_after": "5m"}, {"detected_after": "0s"}])
    )


@st.composite
def scenarios(draw: st.DrawFn, plan: Plan, max_events: int = 5) -> Scenario:
    """Scenarios on components of `plan`: level, ramp, freeze, surge, silent, detected_after; half with a horizon."""
    raw: Raw = {
        "id": "random",
        "title": "Random",
        "events": draw(st.lists(_events(sorted(plan.components)), max_size=max_events)),
    }
    if draw(st.booleans()):
        raw["horizon"] = duration_text(draw(st.integers(1, 72)) * HOUR)
    return Scenario.model_validate(raw)
