"""Who can be reached in a scenario, who can be told, and which steps can be done."""

from __future__ import annotations

from dataclasses import dataclass

from bcp.engine.people.control_path import control_paths
from bcp.engine.people.reachability import reachability
from bcp.model.control_path import ControlPath
from bcp.model.plan import Plan
from bcp.model.reachability import Reachability
from bcp.model.scenario import Scenario
from bcp.usecases.computing import run


@dataclass(frozen=True, slots=True)
class Reached:
    """Contacts, teams, call tree and notice channels over a run, and the steps of every fallback."""

    people: Reachability
    paths: tuple[ControlPath, ...]


def reach(plan: Plan, scenario: Scenario) -> Reached:
    """Who is reached in a scenario and which steps can be done. Raises as `run` does."""
    happened = run(plan, scenario)
    people = reachability(plan, happened)
    return Reached(people, control_paths(plan, happened, reach=people))
