"""Where every fallback of a sitting stands now, what stands in its way, and what it would carry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bcp.engine.levels.standing import HALF
from bcp.engine.levels.tolerance import LEVEL, SECONDS, ZERO
from bcp.engine.live.unfolding import Unfolding
from bcp.model.decision import Act
from bcp.model.fallback import Fallback
from bcp.model.log_entry import Entry, StepTaken
from bcp.model.plan import Plan
from bcp.model.run import FallbackState, at
from bcp.model.situation import FallbackNow, LoggedDecision

CARRYING = (FallbackState.ACTIVE, FallbackState.FAILING_BACK)

_Steps = Sequence[tuple[float, FallbackState]]


def fallbacks_now(
    plan: Plan,
    unfolding: Unfolding,
    decisions: Sequence[LoggedDecision],
    entries: Sequence[Entry],
    t_s: float,
) -> tuple[FallbackNow, ...]:
    """Every fallback of the plan at second `t_s`, in the order of the plan; `entries` are those that count."""
    look = _Look(plan, unfolding, t_s)
    done = _steps_done(entries)
    return tuple(
        look.at(f, fallback, [d for d in decisions if d.fallback == f and d.t_s <= t_s + SECONDS], done)
        for f, fallback in plan.fallbacks.items()
    )


def _steps_done(entries: Sequence[Entry]) -> Mapping[tuple[str, bool], tuple[int, ...]]:
    found: dict[tuple[str, bool], set[int]] = {}
    for entry in entries:
        if isinstance(entry.what, StepTaken):
            steps = found.setdefault((entry.what.fallback, entry.what.failback), set())
            (steps.add if entry.what.done else steps.discard)(entry.what.step)
    return {key: tuple(sorted(steps)) for key, steps in found.items()}


@dataclass(frozen=True, slots=True)
class _Look:
    plan: Plan
    unfolding: Unfolding
    t_s: float

    def at(
        self,
        key: str,
        fallback: Fallback,
        decisions: Sequence[LoggedDecision],
        done: Mapping[tuple[str, bool], tuple[int, ...]],
    ) -> FallbackNow:
        steps = self.unfolding.run.fallbacks[key]
        place = max(k for k, (t, _) in enumerate(steps) if t <= self.t_s + SECONDS)
        state = steps[place][1]
        episode = _episode(steps, place)
        begun = episode[0][0]
        made = _made(decisions, begun)
        in_place = _in_place(steps, place)
        stopped = {} if state in CARRYING else self._stopped(fallback)
        return FallbackNow(
            fallback=key,
            protects=fallback.protects,
            state=state,
            since_s=steps[place][0],
            noticed_s=_noticed(episode),
            decided_s=made[0].t_s if made else None,
            reported=any(d.act == Act.IN_PLACE for d in made),
            in_place_s=in_place,
            ends_s=in_place + fallback.endurance
            if in_place is not None and fallback.endurance is not None
            else None,
            stopped_by=tuple(stopped),
            stopped_since_s=min(stopped.values(), default=None),
            carriers_down=tuple(sorted(i for i in fallback.via if self._level(i) <= ZERO)),
            carries=fallback.capacity * min((self._level(i) for i in fallback.via), default=1.0),
            steps_done=done.get((key, False), ()),
            failback_steps_done=done.get((key, True), ()),
        )

    def _level(self, component: str) -> float:
        return at(self.unfolding.run.levels[component], self.t_s)

    def _stopped(self, fallback: Fallback) -> dict[str, float]:
        """What stands in the way of an activation now, sorted, each with the second since when it does."""
        placed = [] if fallback.executes_at is None else [fallback.executes_at]
        since = {i: self._stops_since(i) for i in sorted({*fallback.needs, *placed})}
        return {i: t for i, t in since.items() if t is not None}

    def _stops_since(self, component: str) -> float | None:
        found = [
            item.event.at
            for item in self.unfolding.happenings.items
            if item.event.effect.freeze
            and item.active(self.t_s)
            and np.any(item.on == self.unfolding.happenings.system.index[component])
        ]
        low: float | None = None
        for t, level in self.unfolding.run.levels[component]:
            if t > self.t_s + SECONDS:
                break
            low = None if level >= HALF - LEVEL else (t if low is None else low)
        return min([*found, *([] if low is None else [low])], default=None)


def _episode(steps: _Steps, place: int) -> _Steps:
    """The steps since the fallback was last idle, up to the one at `place`."""
    first = place
    while first > 0 and steps[first][1] != FallbackState.IDLE and steps[first - 1][1] != FallbackState.IDLE:
        first -= 1
    return steps[first : place + 1]


def _noticed(episode: _Steps) -> float | None:
    """When somebody saw the need: the first state after it went unnoticed."""
    if episode[0][1] == FallbackState.WAITING:
        return episode[0][0]
    if episode[0][1] != FallbackState.DETECTING:
        return None
    return next((t for t, state in episode if state != FallbackState.DETECTING), None)


def _made(decisions: Sequence[LoggedDecision], begun: float) -> Sequence[LoggedDecision]:
    """The decisions that hold: made since the need arose, and since it was last stood down."""
    held: list[LoggedDecision] = []
    for decision in decisions:
        if decision.act == Act.STAND_DOWN:
            held = []
        elif decision.t_s >= begun - SECONDS:
            held.append(decision)
    return held


def _in_place(steps: _Steps, place: int) -> float | None:
    """Since when it carries load, where it does; else when it will next."""
    if steps[place][1] in CARRYING:
        first = place
        while first > 0 and steps[first - 1][1] in CARRYING:
            first -= 1
        return steps[first][0]
    return next((t for t, state in steps[place + 1 :] if state in CARRYING), None)
