"""A supplier's notices put onto a plan: which scenarios they add, what the plan could learn, what is left over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bcp.engine.notices.match import CIRCUIT_TAG
from bcp.model.notice_match import MatchBy
from bcp.model.plan import Plan
from bcp.model.planned_work import PlannedWork
from bcp.model.scenario import Scenario
from bcp.usecases import notices_in, own_outages
from bcp.usecases.own_outages import reference_of

if TYPE_CHECKING:
    from bcp.store.plans import PlanStore


@dataclass(frozen=True, slots=True)
class Learnt:
    """A circuit that was found by its name, number or contract: with this tag it is found by what its supplier calls it."""

    component: str
    tag: str


@dataclass(frozen=True, slots=True)
class Onto:
    """What notices bring to a plan. Nothing is changed by it."""

    work: PlannedWork
    scenarios: tuple[Scenario, ...]
    learnt: tuple[Learnt, ...]

    @property
    def unmatched(self) -> tuple[tuple[str, str, str], ...]:
        """Provider, notice and circuit of everything that the plan does not have."""
        return tuple(
            (m.notice.provider, m.notice.id, o.id)
            for m in self.work.notices
            for o in m.objects
            if not o.component
        )


def onto(plan: Plan, files: Iterable[Path], *, provider: str | None = None) -> Onto:
    """What the notices of these files bring to a plan.

    Raises NotFoundError for a missing file, and InvalidInputError with the problems of all files: then
    nothing is read.
    """
    work = notices_in.planned_work(plan, notices_in.read_notices(files, plan, provider=provider))
    return Onto(work, notices_in.work_scenarios(plan, work), _learnt(work))


def keep(store: PlanStore, name: str, scenarios: Iterable[Scenario], author: str) -> tuple[str, ...]:
    """Keep scenarios of notices among the own outages of a saved plan; the references of those that are there now.

    One that is there already under its id gets a new edition where it differs, so that the same notice
    read twice is there once. Raises NotFoundError where there is no such plan.
    """
    held = {outage.name: outage for outage in store.outages.every(name)}
    kept = []
    for scenario in scenarios:
        text = own_outages.scenario_text(scenario)
        before = held.get(scenario.id)
        if before is not None and before.text == text:
            kept.append(reference_of(before))
            continue
        replaces = reference_of(before) if before is not None else ""
        kept.append(own_outages.save_outage(store, name, text, author=author, replaces=replaces))
    return tuple(kept)


def _learnt(work: PlannedWork) -> tuple[Learnt, ...]:
    found = {
        Learnt(match.component, f"{CIRCUIT_TAG}{match.id}")
        for one in work.notices
        for match in one.objects
        if match.component and not {MatchBy.TAG, MatchBy.ID} & {*match.by}
    }
    return tuple(sorted(found, key=lambda one: (one.component, one.tag)))
