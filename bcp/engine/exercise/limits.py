"""Limits that draw near and break if nobody decides: somebody asks on the way, and says when they have passed."""

from __future__ import annotations

from collections.abc import Iterator

from bcp.engine.exercise.ground import Ground
from bcp.engine.exercise.hearing import MOST_ACTIVITIES
from bcp.model.exercise import ExerciseInject, InjectKind, Part

_RTO_ASKED, _MTPD_ASKED = 0.5, 0.75
"""Share of a limit that is gone when somebody asks how long it can go on."""


def limits(ground: Ground) -> Iterator[ExerciseInject]:
    """For every limit that is broken: a question on the way, and the moment itself."""
    for number, i in enumerate(ground.disrupted[:MOST_ACTIVITIES], 1):
        result, bia = ground.run.activities[i], ground.plan.components[i].analysis
        if bia.rto is not None and result.rto_breach_s is not None:
            yield from _limit(ground, i, number, "RTO", bia.rto, result.rto_breach_s, _RTO_ASKED)
        if bia.mtpd is not None and result.mtpd_breach_s is not None:
            yield from _limit(ground, i, number, "MTPD", bia.mtpd, result.mtpd_breach_s, _MTPD_ASKED)


def _limit(
    ground: Ground, activity: str, number: int, name: str, length: float, breach: float, asked: float
) -> Iterator[ExerciseInject]:
    """One limit of `length` seconds that is broken at `breach`; asked about when that share of it is gone."""
    _ = ground.words
    to = tuple(dict.fromkeys((*ground.seated.answering(activity), *ground.seated.part(Part.MANAGEMENT))))
    values = {"name": ground.plan.title(activity), "limit": name, "length": _.length(length)}
    left = length * (1.0 - asked)
    if length > 0:
        yield ExerciseInject(
            id=f"{name.lower()}-near-{number}",
            kind=InjectKind.LIMIT,
            at_s=breach - left,
            to=to,
            channel=_("telephone"),
            text=_(
                "The one who answers for {name} asks: “How long will this go on? In {left} the {limit} of {length} is used up.”",
                left=_.length(left),
                **values,
            ),
            about=activity,
            note=ground.behind(activity),
        )
    yield ExerciseInject(
        id=f"{name.lower()}-{number}",
        kind=InjectKind.BROKEN,
        at_s=breach,
        to=to,
        channel=_("telephone"),
        text=_(
            "The {limit} of {length} for {name} has now passed. What does that mean for people?", **values
        ),
        about=activity,
        note=ground.plan.components[activity].analysis.legal_duty,
    )
