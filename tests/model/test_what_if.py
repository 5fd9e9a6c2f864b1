"""Changes on trial."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp import usecases
from bcp.errors import BcpError
from bcp.model.fallback import Fallback
from bcp.model.plan import Plan
from bcp.model.what_if import Trial, applied, with_trial
from tests.strategies import plans

PLAN = usecases.open_plan("example:kommun").plan
ONE = next(iter(PLAN.fallbacks))


@given(plans())
def test_no_trial_changes_nothing(plan: Plan) -> None:
    """Without trials, and with one that says nothing different, the plan is the same."""
    assert applied(plan, ()) == plan
    for fallback in plan.fallbacks:
        assert applied(plan, [Trial(fallback=fallback)]) == plan


@given(plans(), st.data())
def test_a_trial_touches_its_fallback_alone(plan: Plan, data: st.DataObject) -> None:
    """Whatever is tried, every other fallback and every component stays as it was."""
    if not plan.fallbacks:
        return
    chosen = data.draw(st.sampled_from(sorted(plan.fallbacks)))
    trial = Trial(fallback=chosen, lead_time="7m", capacity=0.25, off=data.draw(st.booleans()))
    tried = applied(plan, [trial])
    assert tried.components == plan.components
    assert {i: f for i, f in tried.fallbacks.items() if i != chosen} == {
        i: f for i, f in plan.fallbacks.items() if i != chosen
    }
    assert (chosen in tried.fallbacks) is not trial.off


def test_a_decision_on_trial_is_waited_for() -> None:
    """A fallback that activates by itself no longer does where a decision time is tried."""
    automatic = PLAN.fallbacks[ONE].model_copy(update={"automatic": True})
    plan = Plan.model_validate(PLAN.model_dump() | {"fallbacks": {ONE: automatic.model_dump()}})
    assert applied(plan, [Trial(fallback=ONE, decision="5m")]).fallbacks[ONE].automatic is False


def test_one_more_fallback_is_put_in() -> None:
    """An extra fallback is in the plan under its id, and an id that is taken by a component is refused."""
    extra = Fallback(protects=PLAN.fallbacks[ONE].protects, name="New")
    assert applied(PLAN, [Trial(fallback="new", extra=extra)]).fallbacks["new"] == extra
    with pytest.raises(BcpError, match="taken"):
        applied(PLAN, [Trial(fallback="medborgarservice", extra=extra)])


def test_a_fallback_that_is_gone_is_said() -> None:
    """A trial on a fallback that the plan no longer has names it."""
    with pytest.raises(BcpError, match="gone"):
        applied(PLAN, [Trial(fallback="gone", lead_time="1m")])


def test_the_last_trial_of_a_fallback_counts() -> None:
    """A second trial of the same fallback takes the place of the first."""
    first, second = Trial(fallback="f", lead_time="1m"), Trial(fallback="f", off=True)
    other = Trial(fallback="g", off=True)
    assert with_trial((first, other), second) == (other, second)
