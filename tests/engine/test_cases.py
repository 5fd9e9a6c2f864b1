"""The cases shared with the reviewers: a plan, a scenario and the run expected of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from bcp.engine.run.result import run
from bcp.model.plan import Plan
from bcp.model.scenario import Scenario
from tests.engine.agreement import differences
from tests.engine.reference import reference_run

CASES = Path(__file__).parents[3] / "shared" / "cases" / "engine"
NAMES = sorted(path.name for path in CASES.iterdir()) if CASES.is_dir() else []

pytestmark = pytest.mark.skipif(not NAMES, reason="the shared cases are not beside this checkout")

Runner = Callable[[Plan, Scenario], dict[str, Any]]


def engine_run(plan: Plan, scenario: Scenario) -> dict[str, Any]:
    """What `bcp run --json` prints."""
    return run(plan, scenario).json_data()


@pytest.mark.parametrize("runner", [engine_run, reference_run])
@pytest.mark.parametrize("name", NAMES or ["none"])
def test_a_run_of_a_shared_case_is_the_expected_one(name: str, runner: Runner) -> None:
    """Levels, fallback states, activity figures and blockers are those of the expected run."""
    plan = Plan.model_validate(yaml.safe_load((CASES / name / "plan.yaml").read_text("utf-8")))
    scenario = Scenario.model_validate(yaml.safe_load((CASES / name / "scenario.yaml").read_text("utf-8")))
    expected = json.loads((CASES / name / "expected.json").read_text("utf-8"))
    found = runner(plan, scenario)
    assert differences(found, expected) == []
    for activity, figures in expected["activities"].items():
        assert set(figures) <= set(found["activities"][activity])
