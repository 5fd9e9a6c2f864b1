"""What is computed from a plan: runs, causes, routes, weaknesses, findings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from bcp import checks
from bcp.content import location
from bcp.engine.causes import explained
from bcp.engine.compile import System, compile_plan
from bcp.engine.cutsets import cut_sets, single_points
from bcp.engine.fate import shared_fate
from bcp.engine.restart import restart_order
from bcp.engine.result import run as engine_run
from bcp.engine.routes import routing_plans
from bcp.engine.timeline import moment_at
from bcp.errors import NotFoundError
from bcp.files import plan_file, yaml_source
from bcp.model.assessment import Assessment
from bcp.model.finding import Finding
from bcp.model.plan import Plan
from bcp.model.route import RoutingPlan
from bcp.model.run import Run
from bcp.model.scenario import Scenario
from bcp.model.why import Why
from bcp.usecases.naming import did_you_mean
from bcp.words import Words, words


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
            f"the plan has no component {component}.", did_you_mean(component, tuple(system.index))
        )
    return explained(moment_at(plan, scenario, t_s, system=system), component)


def routes(
    plan: Plan, scenario: Scenario | None = None, *, happened: Run | None = None
) -> tuple[RoutingPlan, ...]:
    """The fallback routing plan of every activity and number, in a scenario or by plain failures.

    `happened` is the run of that scenario, where the caller has it already. Raises as `run` does.
    """
    return routing_plans(plan, scenario, of=happened, system=system_of(plan))


def assess(
    plan: Plan,
    *,
    target: str | None = None,
    order: int = 1,
    with_fallbacks: bool = False,
    on: date | None = None,
    language: str | None = None,
) -> Assessment:
    """The plan's weaknesses without any scenario: single points, cut sets, shared fate, restart order, findings.

    `target` limits single points and cut sets to one component; `on` is the day by which tests and
    accepted risks count as too old. Findings speak `language`, else the organisation's. Raises BcpError
    where the plan has problems.
    """
    system = system_of(plan)
    if target is not None and target not in system.index:
        raise NotFoundError(f"the plan has no component {target}.", did_you_mean(target, tuple(system.index)))
    targets = [target] if target else list(plan.activities)
    sets = cut_sets(plan, system, targets, order=max(1, order), with_fallbacks=with_fallbacks)
    restart = restart_order(plan, system)
    fates = shared_fate(plan)
    points = single_points(sets)
    found = checks.check(
        plan,
        single_points=points,
        shared_fate=fates,
        deadlocks=restart.deadlocks,
        on=on,
        words=words(language or plan.organisation.language),
    )
    return Assessment(
        plan=plan.organisation.name,
        plan_hash=plan.content_hash,
        single_points=points,
        cut_sets=sets,
        order=max(1, order),
        shared_fate=fates,
        findings=found,
        restart_order=restart.phases,
        restart_ready_s=restart.ready_s,
        deadlocks=restart.deadlocks,
    )


def check(plan: Plan, *, on: date | None = None, language: str | None = None) -> tuple[Finding, ...]:
    """Every rule that the plan breaks, said in `language`. Raises BcpError where the plan has problems."""
    return assess(plan, on=on, language=language).findings


def rules(_: Words) -> tuple[dict[str, str], ...]:
    """The catalogue of rules as plain data: code, severity, title, reason, remedy, clause."""
    return tuple(
        {
            "code": rule.code,
            "severity": str(rule.severity),
            "title": _(rule.title),
            "reason": _(rule.reason),
            "remedy": _(rule.remedy),
            "clause": rule.clause,
        }
        for rule in checks.RULES
    )


def finding_places(reference: str, findings: tuple[Finding, ...]) -> tuple[str, ...]:
    """Where each finding stands: `file:line` for a plan from a file, else the place inside the plan."""
    path = Path(reference)
    if reference.startswith("example:"):
        path = next(p for p in location.organisation_files() if p.stem == reference.removeprefix("example:"))
    elif reference.startswith("db:"):
        return tuple(f"{reference}: {finding.where}" for finding in findings)
    source = yaml_source.read_source(plan_file.read_file(path), str(path))
    shown = path.name if reference.startswith("example:") else str(path)
    return tuple(f"{shown}:{source.line_at(finding.where)}" for finding in findings)
