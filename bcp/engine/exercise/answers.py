"""What the world answers those who count on a fallback that is blocked, carries nothing or wears out; by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from bcp.engine.exercise.ground import Ground
from bcp.engine.levels.tolerance import LEVEL
from bcp.model.exercise import Choice, ExerciseInject, InjectKind
from bcp.model.fallback import Fallback
from bcp.model.run import FallbackState, Run

_TIRED = 0.75
"""Share of its endurance after which those who keep a fallback up say how long they can go on."""


def answers(ground: Ground, key: Sequence[Choice]) -> Iterator[ExerciseInject]:
    """An answer for every fallback of the key that disappoints, be it from the start or after a while."""
    for number, choice in enumerate((c for c in key if not c.automatic), 1):
        tried = _Tried(ground, number, choice)
        if tried.blockers:
            yield tried.stuck()
        elif tried.since < inf and tried.lifts_nothing:
            yield tried.useless()
        if tried.wears_out:
            yield tried.wearing()


@dataclass(frozen=True)
class _Tried:
    """One fallback that somebody has decided on, alone and at once."""

    ground: Ground
    number: int
    choice: Choice

    @property
    def fallback(self) -> Fallback:
        return self.ground.plan.fallbacks[self.choice.fallback]

    @property
    def name(self) -> str:
        return self.ground.plan.title(self.choice.fallback)

    @property
    def run(self) -> Run:
        return self.ground.waiting.deciding(self.choice.fallback)

    @property
    def blockers(self) -> tuple[str, ...]:
        return self.run.blocked.get(self.choice.fallback, ())

    @property
    def since(self) -> float:
        """When it carries load (scenario time in seconds); infinity: never."""
        states = self.run.fallbacks[self.choice.fallback]
        return next((t for t, state in states if state == FallbackState.ACTIVE), inf)

    @property
    def lifts_nothing(self) -> bool:
        """What it protects is no better off while it carries load alone."""
        return self.choice.level <= self.ground.run.level_at(self.choice.protects, self.since) + LEVEL

    @property
    def wears_out(self) -> bool:
        states = self.run.fallbacks[self.choice.fallback]
        return self.since < inf and any(state == FallbackState.EXHAUSTED for _t, state in states)

    def stuck(self) -> ExerciseInject:
        """It cannot be activated."""
        _, plan = self.ground.words, self.ground.plan
        decision = plan.defaults.decision if self.fallback.decision is None else self.fallback.decision
        names = ", ".join(plan.title(b) for b in self.blockers)
        return self._inject(
            InjectKind.HINDERED,
            self.choice.noticed_s + decision,
            _(
                "You begin with “{name}” and get stuck: no response from {blockers}.",
                name=self.name,
                blockers=names,
            ),
            _("The clock of its lead time stands still until that serves again."),
        )

    def useless(self) -> ExerciseInject:
        """It is in place and carries nothing."""
        _ = self.ground.words
        weak = [v for v in self.fallback.via if self.ground.run.causes.get(v)]
        return self._inject(
            InjectKind.HINDERED,
            self.since,
            _("“{name}” is in place, but those who try it do not get through either.", name=self.name),
            "; ".join(self.ground.behind(v) for v in weak),
        )

    def wearing(self) -> ExerciseInject:
        """Its endurance comes to an end."""
        _ = self.ground.words
        endurance = self.fallback.endurance or 0.0
        return self._inject(
            InjectKind.WEARING,
            self.since + endurance * _TIRED,
            _(
                "Those who keep up “{name}” say that they can go on for {left} more, not longer.",
                name=self.name,
                left=_.length(endurance * (1.0 - _TIRED)),
            ),
            _("The plan says that it can be kept up for {length}.", length=_.length(endurance)),
        )

    def _inject(self, kind: InjectKind, at: float, text: str, note: str) -> ExerciseInject:
        return ExerciseInject(
            id=f"{kind}-{self.number}",
            kind=kind,
            at_s=at,
            to=(self.choice.role,) if self.choice.role else (),
            channel=self.ground.words("in person"),
            text=text,
            about=self.choice.fallback,
            upon=self.choice.fallback,
            note=note,
        )
