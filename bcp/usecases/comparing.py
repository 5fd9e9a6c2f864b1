"""Two plans, two revisions of one, or one plan under two scenarios, side by side."""

from __future__ import annotations

from datetime import date

from bcp.engine.run.comparison import Side, compared
from bcp.model.comparison import Comparison
from bcp.model.plan import Plan
from bcp.model.scenario import Scenario
from bcp.usecases.computing import routes, run
from bcp.usecases.weaknesses import assess


def compare(
    before: tuple[str, Plan, Scenario | None],
    after: tuple[str, Plan, Scenario | None],
    *,
    on: date | None = None,
    language: str | None = None,
) -> Comparison:
    """What became better and what worse from one edition to another: each a label, a plan and a scenario.

    Without a scenario activities are compared by their single points and fallbacks by plain failures.
    Raises BcpError where one of the plans or scenarios cannot be run.
    """
    return compared(_side(*before, on=on, language=language), _side(*after, on=on, language=language))


def _side(
    label: str, plan: Plan, scenario: Scenario | None, *, on: date | None, language: str | None
) -> Side:
    happened = run(plan, scenario) if scenario is not None else None
    return Side(
        label=label,
        plan=plan,
        run=happened,
        routes=routes(plan, scenario, happened=happened),
        assessment=assess(plan, on=on, language=language),
    )
