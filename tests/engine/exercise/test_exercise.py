"""A first exercise out of a computed timeline: what it promises about decisions, roles and words."""

from __future__ import annotations

from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bcp import usecases
from bcp.engine.exercise.undecided import undecided
from bcp.engine.exercise.writing import exercise_of
from bcp.engine.fate.routes import routing_plans
from bcp.engine.levels.tolerance import LEVEL
from bcp.engine.run.result import run
from bcp.model.duration import MINUTE
from bcp.model.exercise import Choice, Exercise, InjectKind, Part
from bcp.model.plan import Plan
from bcp.model.run import Run
from bcp.model.scenario import Scenario
from bcp.usecases.exercises import exercise, planned_injects, written
from bcp.words import words
from tests.strategies import plans, scenarios

PAIRS = (
    ("kommun", "se-telia-020-0771"),
    ("kommun", "carrier-total"),
    ("stadsnat", "se-mittnat-upgrade"),
    ("voip-operator", "de-sipgate-billing"),
    ("telefonie-nl", "nl-kpn-card"),
    ("fibra", "it-pianetafibra-area"),
)


@lru_cache(maxsize=16)
def made(name: str, scenario: str) -> tuple[Plan, Scenario, Exercise]:
    """The exercise of a scenario on an example organisation, in English."""
    plan, chosen = usecases.open_plan(f"example:{name}").plan, usecases.scenario(scenario)
    return plan, chosen, exercise(plan, chosen, "en")


def decided_at(plan: Plan, scenario: Scenario, choice: Choice, t: float) -> Run:
    """The run in which this fallback alone is decided on, at scenario time t (seconds)."""
    never = scenario.horizon_s + 1.0
    fallbacks = {
        f: c.model_copy(
            update={
                "decision": t - choice.noticed_s
                if f == choice.fallback
                else c.decision
                if c.automatic
                else never
            }
        )
        for f, c in plan.fallbacks.items()
    }
    return run(plan.model_copy(update={"fallbacks": fallbacks}), scenario)


@pytest.mark.parametrize(("name", "scenario"), PAIRS)
def test_the_answer_key_names_the_last_minute(name: str, scenario: str) -> None:
    """Decided at the time that the key gives, the activity is back when its RTO ends; a minute later it is not."""
    plan, chosen, found = made(name, scenario)
    timed = [c for c in found.key if c.in_time and c.decide_by_s is not None]
    for choice in timed:
        by, limit = choice.decide_by_s or 0.0, choice.limit_s or 0.0
        enough = plan.components[choice.limit_of].analysis.mbco - LEVEL
        assert decided_at(plan, chosen, choice, by).level_at(choice.limit_of, limit) >= enough, choice
        late = decided_at(plan, chosen, choice, by + MINUTE)
        assert late.level_at(choice.limit_of, limit) < enough, choice


def test_the_key_of_the_telia_incident() -> None:
    """The reserve number holds the RTO if decided within three hours; the diversions on the platform never do."""
    _plan, _scenario, found = made("kommun", "se-telia-020-0771")
    key = {c.fallback: c for c in found.key}
    assert key["publicera-reservnumret"].decide_by_s == 180 * MINUTE
    assert key["publicera-reservnumret"].limit_of == "medborgarservice"
    assert key["styr-om-0771"].verdict == "blocked"
    assert key["styr-om-0771"].because == ("telia-in-1",)
    assert not key["styr-om-0771"].in_time
    assert key["publicera-vaxelnumret"].verdict == "shares"
    assert not key["tillsyn-i-stallet"].in_time


@pytest.mark.parametrize(("name", "scenario"), PAIRS)
def test_every_message_has_somebody_to_read_it(name: str, scenario: str) -> None:
    """Injects and expectations go to roles of the exercise; somebody manages, runs systems and informs."""
    _plan, chosen, found = made(name, scenario)
    roles = {role.id for role in found.roles}
    assert {r for i in found.injects for r in i.to} | {r for e in found.expected for r in e.to} <= roles
    for part in (Part.MANAGEMENT, Part.TECHNOLOGY, Part.COMMUNICATIONS):
        assert any(part in role.parts for role in found.roles), part
    assert len({role.name.casefold() for role in found.roles}) == len(found.roles)
    assert not any("," in role.name for role in found.roles)
    assert [i.text for i in found.injects if i.kind == InjectKind.STORY] == [
        i.text["en"] for i in sorted(chosen.injects, key=lambda i: i.at)
    ]
    assert all(role.contacts for role in found.roles)


def test_people_of_operators_have_no_seat() -> None:
    """Who works for another organisation is played by the facilitator."""
    plan, _scenario, found = made("kommun", "se-telia-020-0771")
    seated = {c for role in found.roles for c in role.contacts}
    assert "telia-drift" not in seated
    assert {plan.contacts[c].organisation for c in seated} == {"Älvåsa kommun"}


def test_a_blocked_fallback_answers_those_who_try_it() -> None:
    """Whoever decides on the diversion that lives on the failed platform hears that it does not respond."""
    _plan, _scenario, found = made("kommun", "se-telia-020-0771")
    answer = next(i for i in found.injects if i.upon == "styr-om-0771")
    assert answer.kind == InjectKind.HINDERED
    assert "Servicenummerplattform 1" in answer.text
    assert answer.to == ("it-drift",)


def test_a_silent_failure_is_told_by_people() -> None:
    """Where monitoring sees nothing no alarm comes, but complaints."""
    _plan, _scenario, found = made("voip-operator", "de-sipgate-billing")
    kinds = {i.kind for i in found.injects}
    assert InjectKind.COMPLAINTS in kinds
    assert InjectKind.ALARM not in kinds


def test_it_speaks_the_language_of_the_plan() -> None:
    """Without a language the exercise is in the plan's own."""
    plan, chosen, _found = made("kommun", "se-telia-020-0771")
    found = exercise(plan, chosen)
    assert found.language == "sv"
    assert any("Provsamtalet" in i.text for i in found.injects)
    assert "ÖVNING" in written(found, plan)


def test_a_sitting_gets_the_same_script() -> None:
    """Every inject becomes one of a sitting; those that answer a decision wait for the facilitator's hand."""
    _plan, _scenario, found = made("kommun", "se-telia-020-0771")
    injects = planned_injects(found)
    assert [i.id for i in injects] == [i.id for i in found.injects]
    assert {i.id for i in injects if i.by_hand} == {i.id for i in found.injects if i.upon}
    first = next(i for i in injects if i.id == "alarm-1")
    assert first.meant_for("It-driften")
    assert not first.meant_for("VA-jouren")


def test_nothing_a_name_holds_becomes_markup() -> None:
    """Names with Markdown, tables and HTML stand in the text as they are."""
    plan, chosen, _found = made("kommun", "se-telia-020-0771")
    nasty = "<b>*x*</b> | # y"
    components = dict(plan.components)
    components["medborgarservice"] = components["medborgarservice"].model_copy(update={"name": nasty})
    changed = plan.model_copy(update={"components": components})
    text = written(exercise(changed, chosen, "en"), changed)
    assert r"\<b\>\*x\*\</b\> \| \# y" in text
    assert nasty not in text


@settings(max_examples=40)
@given(data=st.data())
def test_any_plan_gives_an_exercise(data: st.DataObject) -> None:
    """Whatever the plan and the outage, there are roles, and injects in order within the horizon, each id once."""
    plan = data.draw(plans())
    chosen = data.draw(scenarios(plan))
    found = exercise_of(plan, chosen, words("en"), routes=routing_plans(plan, chosen))
    assert found.roles
    times = [i.at_s for i in found.injects if not i.upon]
    assert times == sorted(times)
    assert all(0 <= t < chosen.horizon_s for t in times)
    assert len({i.id for i in found.injects}) == len(found.injects)
    assert found.model_validate(found.json_data()) == found


@settings(max_examples=40)
@given(data=st.data())
def test_deciding_nothing_never_lifts_anything(data: st.DataObject) -> None:
    """With automatic fallbacks alone no level is above that of the plan's own run."""
    plan = data.draw(plans())
    chosen = data.draw(scenarios(plan))
    waiting, planned = undecided(plan, chosen).run, run(plan, chosen)
    for i in plan.components:
        for t in {t for steps in (waiting.levels[i], planned.levels[i]) for t, _ in steps}:
            assert waiting.level_at(i, t) <= planned.level_at(i, t) + LEVEL
