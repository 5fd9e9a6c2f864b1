"""A first exercise out of a plan and a scenario."""

from __future__ import annotations

from dataclasses import dataclass

from bcp.engine.exercise.writing import exercise_of
from bcp.files.exercise_text import exercise_text, role_brief
from bcp.model.exercise import Exercise, ExerciseInject, InjectKind, Part
from bcp.model.log_entry import EVERYBODY
from bcp.model.plan import Plan
from bcp.model.scenario import Scenario
from bcp.model.sitting import PlannedInject
from bcp.model.situation import ActivityNow, FallbackNow, Situation
from bcp.usecases.computing import routes, system_of
from bcp.words import words


def exercise(plan: Plan, scenario: Scenario, language: str | None = None) -> Exercise:
    """The exercise that the scenario's computed timeline gives: roles, injects, what is expected, answer key.

    In `language`, or that of the plan. Raises as `run` does.
    """
    spoken = words(language or plan.organisation.language)
    return exercise_of(plan, scenario, spoken, routes=routes(plan, scenario), system=system_of(plan))


def written(found: Exercise, plan: Plan) -> str:
    """An exercise as Markdown, in its own language: script, answer key, and a sheet for each role."""
    return exercise_text(found, plan, words(found.language))


def brief(found: Exercise, plan: Plan, role: str) -> str:
    """What the role of this name has before it, as Markdown; empty for one that the exercise does not have."""
    seat = next((r for r in found.roles if r.name == role), None)
    return "" if seat is None else role_brief(seat, plan, words(found.language))


def planned_injects(found: Exercise) -> tuple[PlannedInject, ...]:
    """The injects of an exercise as a sitting has them: those that answer a decision are let out by hand."""
    names = found.names()
    return tuple(
        PlannedInject(
            id=inject.id,
            at_s=inject.at_s,
            to=", ".join(names[role] for role in inject.to) or EVERYBODY,
            channel=inject.channel,
            text={found.language: inject.text},
            by_hand=bool(inject.upon),
            expected={found.language: inject.note} if inject.note else {},
            fallbacks=(inject.upon,) if inject.upon else (),
        )
        for inject in found.injects
    )


def still_true(inject: ExerciseInject, now: Situation) -> bool:
    """False for a message that a decision has overtaken: its activity is up, and still will be when it is due."""
    if inject.kind not in _OF_DISRUPTION:
        return True
    return not any(
        a.activity == inject.about and a.enough and (a.falls_s is None or a.falls_s > inject.at_s)
        for a in now.activities
    )


_OF_DISRUPTION = (InjectKind.LIMIT, InjectKind.BROKEN, InjectKind.CALLERS)


@dataclass(frozen=True, slots=True)
class Known:
    """What a role may know of the present: its own activities, and the fallbacks that it can decide on."""

    activities: tuple[ActivityNow, ...]
    fallbacks: tuple[FallbackNow, ...]


def known_to(found: Exercise, role: str, now: Situation) -> Known:
    """What the role of this name knows, once it has heard anything; those who manage know it of all.

    Before that nobody has noticed anything. What stands in the way of a fallback is known to those who have
    tried it: after it was decided on.
    """
    seat = next((r for r in found.roles if r.name == role), None)
    everything = seat is None or Part.MANAGEMENT in seat.parts
    mine = [f for f in now.fallbacks if everything or f.fallback in (seat.fallbacks if seat else ())]
    heard = bool(now.injects)
    return Known(
        activities=tuple(
            a
            for a in now.activities
            if heard and (everything or a.activity in (seat.activities if seat else ()))
        ),
        fallbacks=tuple(f if f.decided_s is not None else _untried(f) for f in mine),
    )


def _untried(fallback: FallbackNow) -> FallbackNow:
    return fallback.model_copy(
        update={"stopped_by": (), "stopped_since_s": None, "carriers_down": (), "carries": 1.0}
    )
