"""A first exercise, written by the computed timeline of a scenario."""

from __future__ import annotations

from collections.abc import Sequence

from bcp.engine.exercise.answer_key import MOST_CHOICES, answer_key
from bcp.engine.exercise.answers import answers
from bcp.engine.exercise.expecting import expectations
from bcp.engine.exercise.ground import Ground
from bcp.engine.exercise.hearing import (
    MOST_ACTIVITIES,
    alarms,
    back,
    callers,
    customers,
    missing,
    story,
    suppliers,
)
from bcp.engine.exercise.limits import limits
from bcp.engine.exercise.roles import seats
from bcp.engine.exercise.undecided import undecided
from bcp.engine.levels.compile import System
from bcp.engine.people.reachability import reachability
from bcp.model.duration import HOUR, MINUTE
from bcp.model.exercise import Exercise, ExerciseInject
from bcp.model.plan import Plan
from bcp.model.route import RoutingPlan
from bcp.model.scenario import Scenario
from bcp.words import Words


def exercise_of(
    plan: Plan,
    scenario: Scenario,
    words: Words,
    *,
    routes: Sequence[RoutingPlan],
    system: System | None = None,
) -> Exercise:
    """The exercise that a scenario gives on a plan, in a language.

    Injects, limits and reachability are those of the run in which nobody decides: what participants do
    against it comes live. `routes` are the routing plans of the same scenario. Raises as `run` does.
    """
    waiting = undecided(plan, scenario, system)
    ground = Ground(waiting, reachability(plan, waiting.run), seats(plan, words), words)
    key = answer_key(waiting, routes, ground.seated)
    parts = (story, alarms, callers, customers, suppliers, missing, limits, back)
    due = [inject for part in parts for inject in part(ground)]
    due += answers(ground, key)
    called = [f for f in plan.fallbacks if waiting.noticed(f) < scenario.horizon_s]
    return Exercise(
        plan=plan.organisation.name,
        plan_hash=plan.content_hash,
        scenario=scenario.id,
        title=scenario.titled(words.language),
        language=words.language,
        clock=scenario.clock,
        ends_s=_end(due, scenario),
        roles=ground.seated.roles,
        injects=tuple(sorted((i for i in due if i.at_s < scenario.horizon_s), key=_order)),
        expected=expectations(ground, key),
        key=key,
        left_out=max(0, len(ground.disrupted) - MOST_ACTIVITIES) + max(0, len(called) - MOST_CHOICES),
    )


def _order(inject: ExerciseInject) -> tuple[bool, float, str]:
    return bool(inject.upon), inject.at_s, inject.id


def _end(due: Sequence[ExerciseInject], scenario: Scenario) -> float:
    """Half an hour after the last message, at most the horizon."""
    last = max((i.at_s for i in due if not i.upon and i.at_s < scenario.horizon_s), default=HOUR)
    return min(last + 30 * MINUTE, scenario.horizon_s)
