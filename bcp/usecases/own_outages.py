"""Outages that people write themselves: kept under their plan, chosen wherever those of the library are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bcp.engine.levels.selectors import Lineage, selected
from bcp.errors import BcpError, Problem
from bcp.files import scenario_file
from bcp.model.plan import Plan
from bcp.model.scenario import Scenario, Selector
from bcp.usecases.scenarios import OWN, own_parts

if TYPE_CHECKING:
    from bcp.store.outages import OwnOutage
    from bcp.store.plans import PlanStore


@dataclass(frozen=True, slots=True)
class Own:
    """A plan's own outages by the reference under which each is run, and what could not be read."""

    outages: dict[str, Scenario]
    problems: tuple[Problem, ...]


def reference_of(outage: OwnOutage) -> str:
    """The reference of exactly this edition: `own:PLAN/ID@EDITION`; it stays the same run after later edits."""
    return f"{OWN}{outage.plan}/{outage.name}@{outage.content_hash}"


def own_outages(store: PlanStore, plan: str) -> Own:
    """A plan's own outages at their newest edition, by title. One that cannot be read is told, not left out silently.

    Raises NotFoundError where there is no such plan.
    """
    found: dict[str, Scenario] = {}
    problems: list[Problem] = []
    for outage in store.outages.every(plan):
        try:
            found[reference_of(outage)] = scenario_file.read_scenario(outage.text, f"{outage.name}.yaml")
        except BcpError as error:
            problems += error.problems
    titles = sorted(found, key=lambda r: (found[r].titled("en").casefold(), r))
    return Own({reference: found[reference] for reference in titles}, tuple(problems))


def outage_text(store: PlanStore, reference: str) -> str:
    """The YAML of an own outage as it was saved, comments and all. Raises NotFoundError."""
    return store.outages.load(*own_parts(reference)).text


def scenario_text(scenario: Scenario) -> str:
    """A scenario as YAML."""
    return scenario_file.write_scenario(scenario)


def scenario_of(text: str, file_name: str) -> Scenario:
    """The scenario in the text of a YAML or JSON file. Raises InvalidInputError with all its problems."""
    return scenario_file.read_scenario(text, file_name)


def save_outage(store: PlanStore, plan: str, text: str, *, author: str, replaces: str = "") -> str:
    """Keep an outage, given as YAML, under a plan; the reference of what was saved.

    `replaces` is the reference of the edition that was edited; without it the outage is new and gets a
    number behind its id where that is taken. Raises InvalidInputError where the text is no scenario, and
    ConflictError where somebody else has saved the outage since.
    """
    scenario = scenario_file.read_scenario(text, "")
    if replaces:
        _, name, edition = own_parts(replaces)
        return reference_of(store.outages.save(plan, name, text, author=author, expected=edition))
    taken = {outage.name for outage in store.outages.every(plan)}
    name, number = scenario.id, 1
    while name in taken:
        number += 1
        name = f"{scenario.id[:74]}-{number}"
    return reference_of(store.outages.save(plan, name, text, author=author, expected=""))


def remove_outage(store: PlanStore, reference: str, author: str) -> None:
    """Take an own outage out of the list; its editions stay in the file."""
    plan, name, _ = own_parts(reference)
    store.outages.remove(plan, name, author)


def strikes(plan: Plan, selector: Selector) -> tuple[str, ...]:
    """The components of a plan that a selector means, sorted.

    Raises SelectorError where `depends_on` names a component that the plan does not have.
    """
    return selected(selector, Lineage(plan))
