"""The one thing to do now in an incident."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bcp.engine.live.next_step import next_step as engine_next_step
from bcp.engine.live.next_step import not_told_of_the_end as engine_not_told
from bcp.model.next_step import NextStep
from bcp.model.situation import Situation
from bcp.model.to_tell import ToTell
from bcp.usecases.incidents import worths
from bcp.usecases.sittings import Live


def not_told_of_the_end(now: Situation) -> tuple[str, ...]:
    """The audiences, as the log names them, that have not been told that it works again."""
    return engine_not_told(now)


def next_step(live: Live, now: Situation, notices: Callable[[], Sequence[ToTell]]) -> NextStep:
    """What presses most at a moment. `notices` gives whom to tell what; it is asked only where nothing presses more."""

    def waiting() -> float | None:
        zero = now.zero
        if zero is None:
            return None
        return min(((told.due - zero).total_seconds() for told in notices() if told.open), default=None)

    return engine_next_step(live.plan, now, worths(live, now), waiting)
