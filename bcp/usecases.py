"""A person's verbs: open, check, run, explain, route, assess, report, save. CLI and UI call only these."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

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
from bcp.errors import BcpError, NotFoundError, Problem
from bcp.files import plan_file, scenario_file, yaml_source
from bcp.model import integrity
from bcp.model.assessment import Assessment
from bcp.model.finding import Finding
from bcp.model.plan import Plan
from bcp.model.references import path_text
from bcp.model.route import RoutingPlan
from bcp.model.run import Run
from bcp.model.scenario import Parameter, Scenario
from bcp.model.why import Why
from bcp.words import Words, words

if TYPE_CHECKING:
    from bcp.store.plans import PlanStore

WORST_SCENARIO = "se-telia-020-0771"
"""The scenario that the demonstration runs."""

DEMO_PLAN = "example:kommun"
"""The plan that the demonstration opens."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A plan and where it came from. A plan with `problems` can be edited and saved but not run."""

    name: str
    plan: Plan
    revision: int | None
    saved_at: datetime | None
    problems: tuple[Problem, ...]

    @property
    def edition(self) -> str:
        """What documents state as the plan's revision."""
        return "" if self.revision is None else str(self.revision)


# Opening and writing plans


def example_names() -> tuple[str, ...]:
    """The shipped example organisations, sorted."""
    return tuple(sorted(path.stem for path in location.organisation_files()))


def open_plan(reference: str, *, store: PlanStore | None = None) -> Opened:
    """The plan that a reference names: a file, `example:NAME` or `db:NAME`.

    Raises InvalidInputError with all problems of a file, and NotFoundError where there is no such plan.
    """
    if reference.startswith("example:"):
        return _opened(reference.removeprefix("example:"), _example(reference.removeprefix("example:")))
    if reference.startswith("db:"):
        stored = (store or default_store()).load(reference.removeprefix("db:"))
        return _opened(stored.name, stored.plan, stored.revision.number, stored.revision.saved_at)
    path = Path(reference)
    return _opened(path.stem, plan_file.load_plan(path))


def _opened(name: str, plan: Plan, revision: int | None = None, saved_at: datetime | None = None) -> Opened:
    return Opened(name, plan, revision, saved_at, problems(plan))


@lru_cache(maxsize=32)
def _example(name: str) -> Plan:
    files = {path.stem: path for path in location.organisation_files()}
    if name not in files:
        raise NotFoundError(
            f"there is no example organisation {name}.", _did_you_mean(name, tuple(sorted(files)))
        )
    return plan_file.load_plan(files[name])


def _did_you_mean(word: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(word, known, 1)
    return f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."


def read_plan_text(text: str, file_name: str) -> Plan:
    """A plan from the text of a YAML or JSON file. Raises InvalidInputError with all its problems."""
    return plan_file.read_plan(text, file_name)


def write_plan_text(plan: Plan) -> str:
    """The plan as a YAML file that reads back equal."""
    return plan_file.write_plan(plan)


def problems(plan: Plan) -> tuple[Problem, ...]:
    """What keeps a plan from being run: names that lead nowhere, figures that contradict each other."""
    return tuple(Problem("", 0, path_text(f.path), f.message, f.fix) for f in integrity.problems(plan))


def default_store() -> PlanStore:
    """The embedded store in the user's data folder (or where BCP_DATA says). Raises StoreError."""
    from bcp.store.plans import PlanStore  # noqa: PLC0415 - SQLAlchemy is slow to import and most commands need none

    return PlanStore.open()


# Scenarios


def library() -> tuple[Scenario, ...]:
    """The library's scenarios with their default parameters, by id."""
    return tuple(sorted((_library_scenario(i, ()) for i in library_ids()), key=lambda s: s.id))


def library_ids() -> tuple[str, ...]:
    """The ids of the library's scenarios, sorted."""
    return tuple(sorted(path.stem for path in location.library_files()))


def scenario(reference: str, settings: Mapping[str, object] | None = None) -> Scenario:
    """A scenario from the library (by id) or from a file, with its parameters set.

    Raises InvalidInputError with a file's problems, NotFoundError for an unknown id, and SelectorError
    for a parameter that the scenario does not have or that has no value.
    """
    if reference in library_ids():
        return _library_scenario(reference, tuple(sorted((settings or {}).items())))
    path = _scenario_path(reference)
    return scenario_file.read_scenario(_read(path), str(path), settings or {})


def scenario_parameters(reference: str) -> Mapping[str, Parameter]:
    """What may be set in a scenario, by name."""
    path = _scenario_path(reference)
    return scenario_file.scenario_parameters(_read(path), str(path))


@lru_cache(maxsize=256)
def _library_scenario(scenario_id: str, settings: tuple[tuple[str, object], ...]) -> Scenario:
    path = _scenario_path(scenario_id)
    return scenario_file.read_scenario(_read(path), str(path), dict(settings))


def _scenario_path(reference: str) -> Path:
    files = {path.stem: path for path in location.library_files()}
    if reference in files:
        return files[reference]
    path = Path(reference)
    if path.suffix in (".yaml", ".yml", ".json") and os.path.isfile(reference):  # noqa: PTH113 - says no to any text
        return path
    raise NotFoundError(f"there is no scenario {reference}.", _did_you_mean(reference, tuple(sorted(files))))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BcpError(
            f"the file cannot be read: {error}.", "Give a text file in UTF-8.", str(path)
        ) from error


# What is computed


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
            f"the plan has no component {component}.", _did_you_mean(component, tuple(system.index))
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
        raise NotFoundError(
            f"the plan has no component {target}.", _did_you_mean(target, tuple(system.index))
        )
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


# Documents


def document_names() -> tuple[str, ...]:
    """The documents that can be made, sorted."""
    return tuple(sorted(location.report_names()))


def report(
    plan: Plan,
    document: str,
    *,
    scenario: Scenario | None,
    language: str,
    revision: str = "",
    made_on: date | None = None,
    templates: Path | None = None,
) -> bytes:
    """A document as PDF. The same input gives the same bytes; `made_on` is printed where it is given.

    Raises BcpError where the plan or the scenario cannot be run or a template is wrong.
    """
    from bcp.render.pdf import render_pdf  # noqa: PLC0415 - ReportLab is slow to import and only documents need it

    if document not in document_names():
        raise NotFoundError(f"there is no document {document}.", _did_you_mean(document, document_names()))
    happened = run(plan, scenario) if scenario is not None else None
    return render_pdf(
        document,
        plan,
        run=happened,
        routes=routes(plan, scenario, happened=happened),
        assessment=assess(plan, on=made_on, language=language),
        scenario=scenario,
        language=language,
        revision=revision,
        made_on=made_on,
        templates=templates,
    )


# Findings


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
