"""A plan's weaknesses, found without any scenario."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from time import monotonic

from bcp import checks
from bcp.engine.failure.cutsets import Analysis, analyse
from bcp.engine.failure.diagrams import Ended, Limits, never
from bcp.engine.failure.failure_logic import plan_logic
from bcp.engine.failure.singles import single_points_of, taken_down
from bcp.engine.fate.overlaps import Ground
from bcp.engine.fate.redundancy import redundancies
from bcp.engine.fate.shared_fate import shared_fate
from bcp.engine.levels.compile import System
from bcp.engine.levels.selectors import Lineage
from bcp.engine.recovery.critical_path import recoveries
from bcp.engine.recovery.deadlock import deadlocks
from bcp.engine.recovery.demands import asked, demand_parts, demands
from bcp.engine.recovery.restart import restart_order
from bcp.engine.recovery.suppliers import supplier_demands
from bcp.errors import BcpError, NotFoundError
from bcp.model.assessment import Assessment
from bcp.model.contract import SupplierDemand
from bcp.model.fate import Fate, Redundancy, SharedFate
from bcp.model.plan import Plan
from bcp.model.recovery import Deadlock, Demand, Recovery
from bcp.saying import said
from bcp.usecases.computing import system_of
from bcp.usecases.naming import did_you_mean
from bcp.words import words

_LEAST = 0.5
"""Seconds that are left for cut sets at least, so that small ones are found even when time is over."""

_LISTED = 300_000
"""At most so many cut sets of one target are listed."""


def cut_sets(
    plan: Plan,
    targets: Sequence[str] = (),
    *,
    order: int | None = None,
    list_up_to: int = _LISTED,
    with_fallbacks: bool = False,
    limit: float = 60.0,
    ended: Ended = never,
    language: str | None = None,
) -> dict[str, Analysis]:
    """For each target (every activity, where none is named) its minimal cut sets, unavailability and importance.

    Sets are counted in all orders and listed up to `order`, at most `list_up_to` of them. `limit` is the
    time in seconds for all targets together; where it is over, or `ended` gives True, the result says what is
    known. Raises
    NotFoundError for a target that the plan does not have, and BcpError where the plan has problems.
    """
    system = _system(plan, targets)
    named = list(targets) or list(plan.activities)
    logic = plan_logic(plan, system, named, with_fallbacks=with_fallbacks)
    figures = {i: q for i, c in plan.components.items() if (q := c.share_down) is not None}
    found, until = {}, monotonic() + limit
    for n, target in enumerate(named):
        left = max(until - monotonic(), _LEAST) / (len(named) - n)
        found[target] = analyse(
            logic,
            target,
            order=order,
            list_up_to=list_up_to,
            unavailability=figures,
            limits=Limits(seconds=left, ended=ended),
            language=language or plan.organisation.language,
        )
    return found


def _system(plan: Plan, targets: Sequence[str]) -> System:
    """The plan compiled. Raises NotFoundError for a target that it does not have."""
    system = system_of(plan)
    for target in targets:
        if target not in system.index:
            raise NotFoundError(
                said("the plan has no component {component}.", component=target),
                did_you_mean(target, tuple(system.index)),
            )
    return system


def assess(
    plan: Plan,
    *,
    target: str | None = None,
    order: int = 1,
    with_fallbacks: bool = False,
    limit: float = 60.0,
    on: date | None = None,
    language: str | None = None,
) -> Assessment:
    """Everything that can be said of a plan without a scenario.

    Single points, cut sets, unavailability and importance; shared fate; the way up from black; what each
    component owes the activities; findings. `target` limits the first of these to one component; `limit`
    is the time in seconds for all cut sets; where they are refused, single points are told all the same. `on` is the day by which tests and accepted risks
    count as too old. Findings speak `language`, else the organisation's. Raises BcpError where the plan
    has problems.
    """
    system = _system(plan, [target] if target else ())
    depth = max(1, order)
    named = [target] if target else list(plan.activities)
    points = single_points_of(plan, system, named, with_fallbacks=with_fallbacks)
    whole = target is None and not with_fallbacks
    plain = points if whole else single_points_of(plan, system, list(plan.activities))
    found, refused = _cut_sets(
        plan, named, order=depth, with_fallbacks=with_fallbacks, limit=limit, language=language
    )
    restart = restart_order(plan, system)
    ground = Ground(Lineage(plan))
    fates = shared_fate(plan, system=system, ground=ground)
    alternatives = redundancies(plan, system, ground=ground)
    owed = demands(plan, system, plain)
    examined = checks.examine(
        plan,
        computed=checks.Computed(system=system, single_points=plain, shared_fate=fates, restart=restart),
        on=on,
        words=words(language or plan.organisation.language),
    )
    return Assessment(
        plan=plan.organisation.name,
        plan_hash=plan.content_hash,
        single_points=points,
        taken_down=taken_down(points),
        cut_sets={name: analysis.sets for name, analysis in found.items()}
        or {name: tuple((i,) for i in alone) for name, alone in points.items()},
        refused=refused,
        order=depth,
        listed_to={
            name: analysis.listed_to
            for name, analysis in found.items()
            if analysis.listed_to is not None and analysis.listed_to < depth
        },
        with_fallbacks=with_fallbacks,
        top_events={name: analysis.event for name, analysis in found.items()},
        unavailability={name: p for name, analysis in found.items() if (p := _figure(analysis)) is not None},
        shared_fate=fates,
        redundancy=alternatives,
        findings=examined.findings,
        restart_order=restart.phases,
        restart_ready_s=restart.ready_s,
        deadlocks=restart.deadlocks,
        recovery=recoveries(plan, system, restart.way_up),
        deadlock_breaks=deadlocks(plan, system, restart),
        demands=owed,
        suppliers=supplier_demands(plan, owed),
    )


def stand_ins(plan: Plan) -> tuple[tuple[SharedFate, ...], tuple[Redundancy, ...]]:
    """What an assessment says of shared fate: of the fallbacks, then of what stands in for each other."""
    system, ground = system_of(plan), Ground(Lineage(plan))
    return shared_fate(plan, system=system, ground=ground), redundancies(plan, system, ground=ground)


@dataclass(frozen=True, slots=True)
class WayUp:
    """What an assessment says of recovery from black: phases, the way to each activity, what to break."""

    phases: tuple[tuple[str, ...], ...]
    recoveries: tuple[Recovery, ...]
    deadlocks: tuple[Deadlock, ...]


def way_up(plan: Plan) -> WayUp:
    """How everything comes up again when all was down. Raises BcpError where the plan has problems."""
    system = system_of(plan)
    restart = restart_order(plan, system)
    return WayUp(restart.phases, recoveries(plan, system, restart.way_up), deadlocks(plan, system, restart))


def owed_parts(plan: Plan) -> tuple[int, Iterator[Demand]]:
    """How many components may owe the activities something, and one after the other what, the strictest first.

    Computed while one goes through them.
    """

    def parts() -> Iterator[Demand]:
        system = system_of(plan)
        yield from demand_parts(plan, system, single_points_of(plan, system, list(plan.activities)))

    return len(asked(plan)), parts()


def owed_by_suppliers(plan: Plan, found: Sequence[Demand]) -> tuple[SupplierDemand, ...]:
    """The same by supplier, with the contract clauses to seek."""
    return supplier_demands(plan, found)


def _cut_sets(
    plan: Plan,
    targets: Sequence[str],
    *,
    order: int,
    with_fallbacks: bool,
    limit: float,
    language: str | None,
) -> tuple[dict[str, Analysis], str]:
    """The cut sets of the targets, or nothing and why they are refused."""
    try:
        return cut_sets(
            plan, targets, order=order, with_fallbacks=with_fallbacks, limit=limit, language=language
        ), ""
    except BcpError as error:
        return {}, words(language or "en").say(str(error))


def _figure(analysis: Analysis) -> float | None:
    """The exact unavailability; none where no component of a cut set has a figure."""
    event = analysis.event
    known = any(i.unavailability is not None for i in event.importance)
    return event.unavailability if known or event.always or event.total == 0 else None


def unsure(plan: Plan) -> frozenset[str]:
    """The fallbacks of which the plan does not say enough to know whether they hold when they are needed."""
    untimed = (i for i, f in plan.fallbacks.items() if f.lead_time is None)
    fates = shared_fate(plan, system=system_of(plan), ground=Ground(Lineage(plan)))
    return frozenset((*untimed, *(fate.fallback for fate in fates if fate.verdict is Fate.UNKNOWN)))
