"""How late may the decision be before a limit breaks? Found by runs in which nothing else differs.

A longer wait is not always worse: a fallback with little endurance that comes later lasts longer into the
outage. So the limit is first tried on a grid from 0 on, and the first step of the grid in which it goes from
held to broken is then halved until the two sides are a second apart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from bcp.engine.levels.compile import System, compile_plan
from bcp.engine.levels.tolerance import LEVEL
from bcp.engine.run.metrics import disruptions
from bcp.engine.run.timeline import simulate
from bcp.errors import BcpError, NotFoundError
from bcp.model.duration import MINUTE
from bcp.model.fallback import Fallback
from bcp.model.plan import Plan
from bcp.model.scenario import Scenario
from bcp.model.sensitivity import Limit, Sample, Sensitivity, Varied
from bcp.saying import said

_STEPS = 24
_BEYOND = 2.0
"""The grid ends at so many times the limit: by then a disruption that waits for the fallback has broken it."""


def sensitivity(
    plan: Plan,
    scenario: Scenario,
    fallback: str,
    activity: str,
    *,
    varied: Varied = Varied.DECISION,
    limit: Limit = Limit.RTO,
    system: System | None = None,
) -> Sensitivity:
    """How long a fallback's decision or lead time may be before an activity's limit breaks in a scenario.

    `system` is the plan compiled, where the caller has it already. Raises NotFoundError for a fallback or
    activity that the plan does not have, BcpError for an activity without that limit, and as `run` does.
    """
    limit_s = _limit(plan, fallback, activity, limit)
    trial = _Trial(plan, scenario, fallback, activity, varied, limit_s, system or compile_plan(plan))
    samples = [trial(after) for after in _grid(limit_s, scenario.horizon_s)]
    latest = next(
        (
            _edge(before, after, trial)
            for before, after in pairwise(samples)
            if before.held and not after.held
        ),
        None,
    )
    if latest is not None:
        samples += [
            s for t in (latest, latest + 1.0) if (s := trial(t)).after_s not in {x.after_s for x in samples}
        ]
    return Sensitivity(
        fallback=fallback,
        activity=activity,
        varied=varied,
        limit=limit,
        limit_s=limit_s,
        planned_s=_planned(plan, fallback, varied),
        latest_s=latest if samples[0].held else None,
        samples=tuple(sorted(samples, key=lambda s: s.after_s)),
    )


def _limit(plan: Plan, fallback: str, activity: str, limit: Limit) -> float:
    if fallback not in plan.fallbacks:
        raise NotFoundError(
            said("the plan has no fallback {fallback}.", fallback=fallback), said("Name one that it has.")
        )
    if activity not in plan.activities:
        raise NotFoundError(
            said("the plan has no activity {activity}.", activity=activity), said("Name one that it has.")
        )
    bia = plan.activities[activity].analysis
    found = bia.rto if limit is Limit.RTO else bia.mtpd
    if found is None:
        raise BcpError(
            said("{name} has no {limit}.", name=plan.title(activity), limit=limit.upper()),
            said("Fill it in under Model."),
            activity,
        )
    return found


def _planned(plan: Plan, fallback: str, varied: Varied) -> float:
    held = plan.fallbacks[fallback]
    if varied is Varied.LEAD_TIME:
        return held.lead_time or 0.0
    if held.automatic:
        return 0.0
    return plan.defaults.decision if held.decision is None else held.decision


def _grid(limit_s: float, horizon_s: float) -> list[float]:
    """Whole seconds from 0 to beyond the limit, and the horizon."""
    end = min(max(limit_s * _BEYOND, MINUTE), horizon_s)
    return sorted({float(round(end * k / _STEPS)) for k in range(_STEPS + 1)} | {float(round(horizon_s))})


def _edge(held: Sample, broken: Sample, trial: Callable[[float], Sample]) -> float:
    """The last whole second at which the limit holds, between one at which it does and one at which it does not."""
    low, high = held.after_s, broken.after_s
    while high - low > 1.0:
        middle = float((low + high) // 2)
        if trial(middle).held:
            low = middle
        else:
            high = middle
    return low


@dataclass(frozen=True)
class _Trial:
    """Runs the scenario with one time of one fallback changed; all else, the compiled plan too, stays."""

    plan: Plan
    scenario: Scenario
    fallback: str
    activity: str
    varied: Varied
    limit_s: float
    system: System

    def __call__(self, after: float) -> Sample:
        plan = with_time(self.plan, self.fallback, self.varied, after)
        went = simulate(plan, self.scenario, system=self.system, causes=False)
        mbco = plan.components[self.activity].analysis.mbco
        found = disruptions(went.levels[self.activity], mbco, went.horizon)
        longest = max((until - since for since, until in found), default=0.0)
        return Sample(after_s=after, longest_s=longest, held=longest <= self.limit_s + LEVEL)


def with_time(plan: Plan, fallback: str, varied: Varied, after: float) -> Plan:
    """The plan in which a fallback's decision, or its lead time, takes `after` seconds.

    With a decision time of its own a fallback is no longer automatic.
    """
    changes = {"lead_time": after} if varied is Varied.LEAD_TIME else {"decision": after, "automatic": False}
    changed: Fallback = plan.fallbacks[fallback].model_copy(update=changes)
    fields = {name: getattr(plan, name) for name in Plan.model_fields}
    return Plan.model_construct(**fields | {"fallbacks": {**plan.fallbacks, fallback: changed}})
