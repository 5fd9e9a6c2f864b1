"""What an event strikes, and what a refusal tells to set."""

from __future__ import annotations

import pytest

from bcp.engine.levels.selectors import Lineage
from bcp.engine.run.result import run
from bcp.engine.run.striking import struck
from bcp.errors import SelectorError
from bcp.files.scenario_file import read_scenario
from bcp.model.plan import Plan
from bcp.model.scenario import Scenario

PLAN = Plan.model_validate(
    {
        "organisation": {"name": "x"},
        "components": {
            "core-a": {"kind": "platform", "name": "a", "operator": "alfa", "tags": ["core"], "area": "SE/S"},
            "core-b": {"kind": "platform", "name": "b", "operator": "beta", "tags": ["core"], "area": "SE/Z"},
            "line": {
                "kind": "access",
                "name": "l",
                "operator": "gamma",
                "site": "house",
                "requires": ["core-a"],
            },
            "house": {"kind": "site", "name": "h"},
            "n": {"kind": "number", "name": "n", "operator": "beta", "e164": "+46980319200"},
            "work": {"kind": "activity", "name": "w", "requires": ["line", "core-b", "n"]},
        },
    }
)


def scenario(select: str, parameters: str, *, optional: bool = False) -> Scenario:
    """A scenario of one event with that selector and those parameters, in YAML's flow style."""
    return read_scenario(
        f"""
        format: bcp-scenario/1
        id: s
        title: s
        parameters: {{{parameters}}}
        events:
          - {{at: 0, select: {{{select}}}, effect: {{level: 0}}, for: 1h, optional: {str(optional).lower()}}}
        """,
        "s.yaml",
    )


@pytest.mark.parametrize(
    ("select", "parameters", "remedy"),
    [
        ('kind: platform, operator: "{o}"', "o: {default: x, kind: operator}", "Set o to alfa, beta."),
        ('id: "{c}", kind: access', "c: {default: x, kind: component}", "Set c to line."),
        ('kind: platform, area: "{a}"', "a: {default: NO, kind: area}", "Set a to SE/S, SE/Z."),
        ('site: "{s}"', "s: {default: x, kind: site}", "Set s to house."),
        ('tag: ["{t}"]', "t: {default: x, kind: tag}", "Set t to core."),
        ('prefix: "{p}"', 'p: {default: "+47", kind: prefix}', "Set p to +46980."),
        (
            'kind: number, operator: "{o}", prefix: "{p}"',
            'o: {default: alfa, kind: operator}, p: {default: "+47", kind: prefix}',
            "Set o to beta and p to +46980.",
        ),
        (
            'any: [{id: "{c}"}, {tag: none}]',
            "c: {default: x, kind: component}",
            "Set c to core-a, core-b, house,",
        ),
        ('kind: trunk, operator: "{o}"', "o: {default: x, kind: operator}", "nothing that it could strike"),
        ("kind: trunk", "o: {default: x, kind: operator}", "nothing that it could strike"),
    ],
)
def test_a_refusal_names_the_values_that_would_do(select: str, parameters: str, remedy: str) -> None:
    """A selector that matches nothing is refused with the parameter to set and what the plan has for it."""
    with pytest.raises(SelectorError, match="event 1 of scenario s matches nothing") as refused:
        run(PLAN, scenario(select, parameters))
    assert remedy in refused.value.fix


def test_an_optional_event_strikes_nothing_and_is_told() -> None:
    """Where nothing matches and that is allowed, the run has the event with no components."""
    chosen = scenario("kind: trunk", "o: {default: x}", optional=True)
    assert struck(chosen.events[0], 0, chosen, Lineage(PLAN)) == ()
    assert [strike.components for strike in run(PLAN, chosen).strikes] == [()]


def test_a_long_list_is_cut() -> None:
    """Of many fitting values the first eight are named."""
    many = {f"p{n}": {"kind": "platform", "name": "p", "operator": f"op{n:02}"} for n in range(20)}
    plan = Plan.model_validate({"organisation": {"name": "x"}, "components": many})
    with pytest.raises(SelectorError) as refused:
        run(plan, scenario('operator: "{o}"', "o: {default: x, kind: operator}"))
    assert refused.value.fix.endswith("op06, op07, ….")
