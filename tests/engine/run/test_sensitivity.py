"""How late a decision may be, by hand and as a law."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bcp import usecases
from bcp.engine.run.result import run
from bcp.engine.run.sensitivity import sensitivity, with_time
from bcp.errors import BcpError, NotFoundError
from bcp.model.plan import Plan
from bcp.model.scenario import Scenario
from bcp.model.sensitivity import Limit, Sensitivity, Varied
from tests.engine.worked import MINUTE, event, plan_of
from tests.strategies import plans, scenarios


def _plan(**fallback: object) -> Plan:
    return plan_of(
        {"a": {"bia": {"rto": "1h", "mtpd": "3h"}, "requires": ["s"]}, "s": {}, "r": {}},
        {"f": {"protects": "s", "via": ["r"], "lead_time": "15m", "decision": "10m", **fallback}},
        {"detection": "5m"},
    )


def _scenario(minutes: float = 600) -> Scenario:
    return Scenario.model_validate({"id": "x", "title": "X", "events": [event("s", 0, minutes, 0)]})


def test_the_latest_decision_is_the_limit_less_all_else() -> None:
    """Of one hour, 5 minutes pass until it is noticed and 15 until it carries load: 40 are left to decide."""
    found = sensitivity(_plan(), _scenario(), "f", "a")
    assert found.latest_s == 40 * MINUTE
    assert found.spare_s == 30 * MINUTE
    assert not found.always
    assert not found.never


def test_the_lead_time_is_varied_likewise() -> None:
    """With 5 minutes to notice and 10 to decide, 45 are left for the lead time."""
    found = sensitivity(_plan(), _scenario(), "f", "a", varied=Varied.LEAD_TIME)
    assert (found.latest_s, found.planned_s) == (45 * MINUTE, 15 * MINUTE)


def test_the_mtpd_is_another_limit() -> None:
    """Three hours leave 160 minutes to decide."""
    assert sensitivity(_plan(), _scenario(), "f", "a", limit=Limit.MTPD).latest_s == 160 * MINUTE


def test_a_fallback_that_comes_too_late_anyhow_has_no_latest_moment() -> None:
    """Where the lead time alone breaks the limit, no decision is early enough."""
    found = sensitivity(_plan(lead_time="2h"), _scenario(), "f", "a")
    assert found.never
    assert found.latest_s is None


def test_an_outage_shorter_than_the_limit_needs_no_decision() -> None:
    """The limit holds however late the decision is."""
    found = sensitivity(_plan(), _scenario(30), "f", "a")
    assert found.always
    assert found.latest_s is None


def test_an_automatic_fallback_is_tried_with_a_decision() -> None:
    """What activates by itself has a planned decision of none, and could wait as long as another."""
    found = sensitivity(_plan(automatic=True), _scenario(), "f", "a")
    assert (found.planned_s, found.latest_s) == (0.0, 40 * MINUTE)


def test_what_is_not_there_is_said() -> None:
    """An unknown fallback or activity, and an activity without the limit, are errors in words."""
    with pytest.raises(NotFoundError, match="no fallback g"):
        sensitivity(_plan(), _scenario(), "g", "a")
    with pytest.raises(NotFoundError, match="no activity s"):
        sensitivity(_plan(), _scenario(), "f", "s")
    bare = plan_of({"a": {"bia": {}}, "s": {}}, {"f": {"protects": "s"}})
    with pytest.raises(BcpError, match="no RTO"):
        sensitivity(bare, _scenario(), "f", "a")


def test_on_the_example_the_late_fallback_has_no_time_to_decide() -> None:
    """The reserve mobile of the example is 10 minutes late: decided 10 minutes sooner than planned the RTO holds."""
    plan, telia = usecases.open_plan("example:kommun").plan, usecases.scenario("se-telia-020-0771")
    found = sensitivity(plan, telia, "socialjour-pa-reservmobil", "socialjour")
    assert found.latest_s is not None
    assert found.spare_s == -10 * MINUTE


def _limited(plan: Plan) -> Plan:
    """The plan with its first component an activity that has an RTO, and a fallback for it."""
    raw = plan.written()
    raw["components"]["c0"] = {**raw["components"]["c0"], "kind": "activity", "bia": {"rto": "2h"}}
    for key in ("e164", "customers", "members"):
        raw["components"]["c0"].pop(key, None)
    raw["fallbacks"] = {**raw.get("fallbacks", {}), "late": {"protects": "c0", "lead_time": "20m"}}
    return Plan.model_validate(raw)


def _held(plan: Plan, scenario: Scenario, found: Sensitivity, after: float) -> bool:
    changed = Plan.model_validate(with_time(plan, found.fallback, found.varied, after).written())
    result = run(changed, scenario).activities[found.activity]
    held = result.rto_met if found.limit is Limit.RTO else result.mtpd_met
    assert held is not None
    return held


@settings(max_examples=20)
@given(st.data())
def test_at_the_latest_moment_it_holds_and_a_second_later_it_breaks(data: st.DataObject) -> None:
    """On any plan: at the threshold the limit holds, one second after it is broken, as a run of its own finds."""
    plan = _limited(data.draw(plans(max_components=7)))
    limited = [i for i, a in plan.activities.items() if a.analysis.rto is not None]
    scenario = data.draw(scenarios(plan))
    fallback = data.draw(st.sampled_from(sorted(plan.fallbacks)))
    activity = data.draw(st.sampled_from(sorted(limited)))
    varied = data.draw(st.sampled_from(Varied))
    found = sensitivity(plan, scenario, fallback, activity, varied=varied)
    assert _held(plan, scenario, found, 0.0) is not found.never
    if found.latest_s is None:
        assert (
            found.always
            or found.never
            or all(not a.held or b.held for a, b in zip(found.samples, found.samples[1:], strict=False))
        )
        return
    assert _held(plan, scenario, found, found.latest_s)
    assert not _held(plan, scenario, found, found.latest_s + 1.0)
    assert all(s.held for s in found.samples if s.after_s <= found.latest_s)
