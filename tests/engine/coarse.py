"""Small plans and scenarios with all times on a coarse grid, so that instants fall together and rules meet.

`tests/strategies.py` draws wide; this draws dense: few components, many rings, restarts, start-only
requirements, fallbacks with every parameter, and lengths that are all multiples of five minutes.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from bcp.model.plan import Plan
from bcp.model.scenario import Scenario

Raw = dict[str, Any]

SHORT = st.sampled_from(["0s", "0s", "5m", "10m", "20m"])
LASTING = st.sampled_from(["5m", "10m", "20m", "30m", "60m"])
LEVELS = st.sampled_from([0, 0, 0, 0, 0.25, 0.4, 0.5, 0.75])
IMPACTS = st.sampled_from([0.2, 0.5, 0.8])
CAPACITIES = st.sampled_from([0.3, 0.5, 0.5, 0.6, 1, 1])
SPLITS = {1: ([1.0],), 2: ([0.5, 0.5], [0.25, 0.75], [0.97, 0.03]), 3: ([0.25, 0.25, 0.5], [0.2, 0.3, 0.5])}


def _optional(fields: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Raw]:
    return st.fixed_dictionaries({}, optional=fields)


@st.composite
def requirements(draw: st.DrawFn, others: list[str]) -> Raw:
    """One requirement in any mode."""
    mode = draw(st.sampled_from(["needs", "needs", "needs", "soft", "pool", "split", "quorum"]))
    members = draw(st.lists(st.sampled_from(others), min_size=1, max_size=3, unique=True))
    n = len(members)
    found: Raw
    if mode in ("needs", "soft"):
        found = {"needs": members[0], "impact": draw(IMPACTS) if mode == "soft" else 1}
    elif mode == "pool":
        found = {"pool": {m: draw(CAPACITIES) for m in members}}
    elif mode == "split":
        found = {"split": dict(zip(members, draw(st.sampled_from(SPLITS[n])), strict=True))}
    else:
        found = {"quorum": draw(st.integers(1, n)), "of": members}
    return found | draw(st.sampled_from([{}, {}, {}, {"during": "start"}]))


@st.composite
def _components(draw: st.DrawFn, ids: list[str]) -> dict[str, Raw]:
    found: dict[str, Raw] = {}
    for i in ids:
        raw: Raw = {
            "name": i,
            "kind": draw(st.sampled_from(["system", "system", "activity", "customer_group"])),
        }
        raw["requires"] = draw(st.lists(requirements([o for o in ids if o != i]), max_size=2))
        raw |= draw(_optional({"restart": SHORT, "detection": SHORT}))
        if raw["kind"] == "activity":
            raw["bia"] = {
                "mbco": draw(st.sampled_from([0, 0.4, 0.5, 1])),
                "demand": draw(st.sampled_from(["0/h", "60/h", "600/h"])),
                **draw(st.sampled_from([{}, {"quality_floor": 0.5}, {"quality_floor": 1}])),
                **draw(st.sampled_from([{}, {"rto": "10m", "mtpd": "20m"}])),
                "impact": draw(st.sampled_from([{}, {"money": {"0s": 1, "10m": 5, "1h": 9}}])),
            }
        if raw["kind"] == "customer_group":
            raw["customers"] = 100
        found[i] = raw
    return found


@st.composite
def fallbacks(draw: st.DrawFn, ids: list[str]) -> Raw:
    """One fallback with any of its parameters."""
    protects = draw(st.sampled_from(ids))
    some = st.lists(st.sampled_from(ids), max_size=2, unique=True)
    optional = {
        "needs": some,
        "executes_at": st.sampled_from(ids),
        "lead_time": SHORT,
        "decision": SHORT,
        "automatic": st.just(True),
        "capacity": CAPACITIES,
        "endurance": LASTING,
        "trigger_below": st.sampled_from([0, 0.25, 0.5, 0.6, 1]),
        "trigger_quality_below": st.sampled_from([0, 0.5, 0.9, 1]),
    }
    via = [i for i in draw(some) if i != protects]
    going_back = {"stabilise": draw(SHORT), "failback": draw(SHORT)}
    return {"protects": protects, "via": via} | going_back | draw(_optional(optional))


@st.composite
def coarse_plans(draw: st.DrawFn, least_fallbacks: int = 0, max_fallbacks: int = 3) -> Plan:
    """Plans of two to seven components, ids c0, c1, … and f0, f1, …."""
    ids = [f"c{n}" for n in range(draw(st.integers(2, 7)))]
    defaults = {
        "detection": SHORT,
        "decision": SHORT,
        "stabilise": SHORT,
        "complaint_rate": st.sampled_from([0, 0.01, 1]),
        "complaints_to_notice": st.sampled_from([1, 5]),
    }
    raw: Raw = {
        "organisation": {"name": "Grid"},
        "defaults": draw(_optional(defaults)),
        "components": draw(_components(ids)),
        "fallbacks": {
            f"f{n}": draw(fallbacks(ids)) for n in range(draw(st.integers(least_fallbacks, max_fallbacks)))
        },
    }
    return Plan.model_validate(raw)


@st.composite
def _events(draw: st.DrawFn, ids: list[str], *, spoiling: bool) -> Raw:
    effects = st.one_of(
        LEVELS.map(lambda x: {"level": x}),
        LEVELS.map(lambda x: {"level": x}),
        LEVELS.map(lambda x: {"level": x}),
        st.builds(
            lambda x, over: {"ramp": {"to": x, "over": over}}, LEVELS, st.sampled_from(["20m", "100m"])
        ),
        st.just({"freeze": True}),
        st.just({"level": 0, "freeze": True}),
        st.sampled_from([{"surge": 2}, {"surge": 4}, {"surge": 0.5}]),
        *(
            [LEVELS.map(lambda x: {"quality": x}), st.just({"level": 0.5, "quality": 0.4})] * 3
            if spoiling
            else []
        ),
    )
    raw: Raw = {
        "at": f"{5 * draw(st.integers(0, 12))}m",
        "select": {"id": draw(st.lists(st.sampled_from(ids), min_size=1, max_size=2, unique=True))},
        "effect": draw(effects),
    }
    length = draw(st.one_of(LASTING, LASTING, LASTING, st.none()))
    if length is not None:
        raw["for"] = length
    heard = [{}, {}, {"silent": True}, {"silent": True}, {"detected_after": "0s"}, {"detected_after": "5m"}]
    return raw | draw(st.sampled_from(heard))


@st.composite
def coarse_scenarios(draw: st.DrawFn, plan: Plan, max_events: int = 6, *, spoiling: bool = False) -> Scenario:
    """Two to six events on components of `plan`, many of them on quality where `spoiling`; a short, a long or the default horizon."""
    raw: Raw = {
        "id": "grid",
        "title": "Grid",
        "events": draw(
            st.lists(_events(sorted(plan.components), spoiling=spoiling), min_size=2, max_size=max_events)
        ),
        **draw(st.sampled_from([{}, {"horizon": "90m"}, {"horizon": "4h"}])),
    }
    return Scenario.model_validate(raw)


@st.composite
def coarse_cases(
    draw: st.DrawFn, least_fallbacks: int = 0, max_fallbacks: int = 3, *, spoiling: bool = False
) -> tuple[Plan, Scenario]:
    """A plan and a scenario on it."""
    plan = draw(coarse_plans(least_fallbacks, max_fallbacks))
    return plan, draw(coarse_scenarios(plan, spoiling=spoiling))
