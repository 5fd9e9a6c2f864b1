from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from bcp.model.integrity import problems
from bcp.model.plan import Plan
from bcp.model.references import path_text, references
from bcp.model.scenario import Scenario
from bcp.model.spelling import Spelling, did_you_mean, nearest
from tests.strategies import plans, scenarios


@given(plans())
def test_a_plan_as_data_is_the_same_plan(plan: Plan) -> None:
    """What a plan writes of itself, as JSON too, makes an equal plan with the same hash."""
    again = Plan.model_validate(json.loads(json.dumps(plan.written())))
    assert again == plan
    assert again.content_hash == plan.content_hash


@given(plans())
def test_a_changed_copy_has_a_hash_of_its_own(plan: Plan) -> None:
    """A copy, shallow or deep, made after the hash was asked for has the hash of its own content; plans stay equal."""
    fresh = Plan.model_validate(plan.written())
    held = plan.content_hash
    renamed = plan.organisation.model_copy(update={"name": plan.organisation.name + "!"})
    for deep in (False, True):
        assert plan.model_copy(deep=deep).content_hash == held
        changed = plan.model_copy(update={"organisation": renamed}, deep=deep)
        assert changed.content_hash == Plan.model_validate(changed.written()).content_hash != held
    assert fresh == plan
    assert "content_hash" not in plan.written()


@given(plans(max_components=5), st.data())
def test_a_scenario_fits_its_plan_and_is_the_same_as_data(plan: Plan, data: st.DataObject) -> None:
    """Scenarios of the strategy name components of their plan only, end after they begin, and survive as data."""
    scenario = data.draw(scenarios(plan))
    assert all(set(event.select.id) <= set(plan.components) for event in scenario.events)
    assert all(event.end is None or event.end > event.at for event in scenario.events)
    again = Scenario.model_validate(
        json.loads(scenario.model_dump_json(by_alias=True, exclude_defaults=True))
    )
    assert again == scenario


@given(plans())
def test_every_reference_leads_somewhere(plan: Plan) -> None:
    """In a plan without faults each reference names a component, fallback or contact, and has a path in words."""
    known = {*plan.components, *plan.fallbacks, *plan.contacts}
    for reference in references(plan):
        assert reference.name in known
        assert path_text(reference.path)


def test_a_path_is_written_as_people_read_it() -> None:
    """Keys are joined by dots, positions stand in brackets."""
    assert path_text(("components", "n-0771", "requires", 0)) == "components.n-0771.requires[0]"
    assert path_text(()) == ""


def test_a_large_plan_of_misspellings_is_checked_quickly() -> None:
    """Ten thousand unknown names are all found, each misspelling compared once."""
    components = {f"c{n}": {"kind": "system", "name": "C", "requires": [f"x{n % 50}"]} for n in range(10_000)}
    plan = Plan.model_validate({"organisation": {"name": "X"}, "components": components})
    assert len(problems(plan)) == 10_000


def test_the_nearest_word_does_not_mind_capitals() -> None:
    """A misspelling finds its word; a word that is like none finds nothing."""
    assert nearest("Telia-IN", ["telia-in", "tele2"]) == "telia-in"
    assert did_you_mean("xyzzy", ["telia"], "Add it.") == "Add it."
    assert Spelling(["telia"]).did_you_mean("tela") == 'Did you mean "telia"?'
