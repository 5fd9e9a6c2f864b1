"""A scenario as it is run on a plan: what it leaves open is taken from the plan where only one thing there fits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bcp.engine.levels.selectors import Lineage
from bcp.engine.run.striking import only_fitting
from bcp.model.plan import Plan
from bcp.model.scenario import Scenario
from bcp.usecases import scenarios

if TYPE_CHECKING:
    from bcp.store.plans import PlanStore


def fitted(
    plan: Plan,
    reference: str,
    settings: Mapping[str, object] | None = None,
    *,
    store: PlanStore | None = None,
) -> dict[str, str]:
    """What is set by itself when a scenario is run on a plan, by parameter.

    It is what nobody has set, whose default strikes nothing there, and what one single thing in the plan
    fits, such as its only site. What happened in other countries is struck only where somebody says on what:
    a firm that alone fits there is seldom of the sort that failed. Raises as `scenario` does.
    """
    given = dict(settings or {})
    chosen = scenarios.scenario(reference, given, store=store)
    if chosen.countries and plan.organisation.country not in chosen.countries:
        return {}
    found = only_fitting(chosen, Lineage(plan))
    return {name: value for name, value in found.items() if name not in given}


def scenario_on(
    plan: Plan,
    reference: str,
    settings: Mapping[str, object] | None = None,
    *,
    store: PlanStore | None = None,
) -> Scenario:
    """A scenario with its parameters set for a plan: those given, then those that `fitted` finds, then its defaults.

    Raises as `scenario` does.
    """
    given = dict(settings or {})
    found = fitted(plan, reference, given, store=store)
    return scenarios.scenario(reference, given | found, store=store)


def outage_on(plan: Plan, reference: str, outage: Scenario) -> Scenario:
    """An outage of the library with what `fitted` finds; any other, or one that was set already, as it is."""
    if reference not in scenarios.library_ids() or outage != scenarios.scenario(reference):
        return outage
    return scenario_on(plan, reference)
