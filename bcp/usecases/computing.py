"""What happens in a scenario: runs, causes, routes."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from bcp.engine.fate.routes import routing_plans
from bcp.engine.levels.compile import System, compile_plan
from bcp.engine.run.causes import explained
from bcp.engine.run.result import run as engine_run
from bcp.engine.run.sensitivity import sensitivity as engine_sensitivity
from bcp.engine.run.timeline import moment_at
from bcp.errors import NotFoundError
from bcp.model.plan import Plan
from bcp.model.route import RoutingPlan
from bcp.model.run import Run
from bcp.model.scenario import Scenario
from bcp.model.sensitivity import Limit, Sensitivity, Varied
from bcp.model.why import Why
from bcp.saying import said
from bcp.usecases.naming import did_you_mean


@dataclass(frozen=True, slots=True)
class _Identity:
    """A plan as a key of a cache: equal where the content is."""

    content_hash: str
    plan: Plan = field(compare=False)


@lru_cache(maxsize=16)
def _compiled(plan: _Identity) -> System:
    return compile_plan(plan.plan)


def system_of(plan: Plan) -> System:
    """The plan compiled; kept for the next question about the same content. Raises BcpError."""
    return _compiled(_Identity(plan.content_hash, plan))


def run(plan: Plan, scenario: Scenario) -> Run:
    """What happens when a scenario strikes a plan.

    Raises BcpError where the plan has problems and SelectorError where the scenario does not fit it.
    """
    return engine_run(plan, scenario, system=system_of(plan))


def why(plan: Plan, scenario: Scenario, component: str, t_s: float) -> Why:
    """Why a component has its level at scenario time `t_s` (seconds). Raises as `run` does."""
    system = system_of(plan)
    if component not in system.index:
        raise NotFoundError(
            said("the plan has no component {component}.", component=component),
            did_you_mean(component, tuple(system.index)),
        )
    return explained(moment_at(plan, scenario, t_s, system=system), component)


def sensitivity(
    plan: Plan,
    scenario: Scenario,
    fallback: str,
    activity: str,
    *,
    varied: Varied = Varied.DECISION,
    limit: Limit = Limit.RTO,
) -> Sensitivity:
    """How long a fallback's decision or lead time may be before an activity's limit breaks in a scenario.

    Raises NotFoundError for a fallback or activity that the plan does not have, BcpError for an activity
    without that limit, and as `run` does.
    """
    return engine_sensitivity(
        plan, scenario, fallback, activity, varied=varied, limit=limit, system=system_of(plan)
    )


def routes(
    plan: Plan, scenario: Scenario | None = None, *, happened: Run | None = None
) -> tuple[RoutingPlan, ...]:
    """The fallback routing plan of every activity and number, in a scenario or by plain failures.

    `happened` is the run of that scenario, where the caller has it already. Raises as `run` does.
    """
    return routing_plans(plan, scenario, of=happened, system=system_of(plan))
