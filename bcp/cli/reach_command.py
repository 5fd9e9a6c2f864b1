"""`bcp reach`: who can be reached and told in a scenario, and which steps can be done."""

from __future__ import annotations

from bcp import usecases
from bcp.cli.arguments import AsJson, Language, PlanArgument, ScenarioArgument, Settings
from bcp.cli.choosing import scenario_on
from bcp.cli.output import put_json, spoken
from bcp.cli.reach_tables import put_reach


def reach(
    plan: PlanArgument,
    scenario: ScenarioArgument,
    settings: Settings = None,
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """Who can be reached in a scenario: crisis team, call tree, notice channels, and each fallback step."""
    opened = usecases.open_plan(plan)
    chosen = scenario_on(opened.plan, scenario, settings, lang)
    found = usecases.reach(opened.plan, chosen)
    if as_json:
        paths = [path.model_dump(mode="json") for path in found.paths]
        put_json({**found.people.json_data(), "control_paths": paths})
    else:
        put_reach(opened.plan, chosen, found.people, found.paths, spoken(lang))
