"""Go or no-go for planned work: each variant run, and until when rolling back still keeps the limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bcp.engine.levels.compile import System, compile_plan
from bcp.engine.levels.selectors import Lineage
from bcp.engine.notices.scenario import events_until, longest_limit, own_states, planned_scenario, variants
from bcp.engine.run.result import run
from bcp.model.duration import DAY, MINUTE
from bcp.model.go_no_go import Deadline, GoNoGo, Outlook, RollBack, Variant
from bcp.model.notice import Window
from bcp.model.notice_match import MatchedNotice
from bcp.model.plan import Plan
from bcp.model.run import ActivityResult, FallbackState, Run
from bcp.model.scenario import Scenario

Table = Mapping[str, ActivityResult]


def go_no_go(
    plan: Plan,
    matched: MatchedNotice,
    window: Window,
    *,
    roll_back: float = 0.0,
    system: System | None = None,
) -> GoNoGo:
    """What each variant of one window does to each activity, and the last minute to decide to roll back.

    `roll_back` is how long rolling back takes, in seconds: the work strikes until then. Deadlines are whole
    minutes after the window begins, found by bisection on runs: a later roll back never helps. Raises
    BcpError where the plan contradicts itself.
    """
    compiled = system or compile_plan(plan)
    runs = {
        v: run(plan, planned_scenario(plan, matched, window, v), system=compiled, causes=False)
        for v in variants(matched, window)
    }
    hit = [
        a
        for a in sorted(plan.activities)
        if any(r.activities[a].first_below_s is not None for r in runs.values())
    ]
    lineage = Lineage(plan)
    below = {a: lineage.rests_on([a]) for a in hit}
    outlooks = [_outlook(plan, v, r, a, below[a], window) for v, r in runs.items() for a in hit]
    search = _Search(plan, matched, window, roll_back, compiled, runs[Variant.NEVER_BACK].activities)
    return GoNoGo(
        provider=matched.notice.provider,
        id=matched.notice.id,
        window=window,
        roll_back_s=roll_back,
        outlooks=tuple(outlooks),
        roll_backs=tuple(search.roll_back(a) for a in hit),
    )


def go_no_go_tables(
    plan: Plan, matched: MatchedNotice, *, roll_back: float = 0.0, system: System | None = None
) -> tuple[GoNoGo, ...]:
    """The table of every window of a notice; windows of the same length share their runs. See `go_no_go`."""
    compiled = system or compile_plan(plan)
    known: dict[float | None, GoNoGo] = {}
    found = []
    for window in matched.notice.windows:
        length = None if window.end is None else (window.end - window.start).total_seconds()
        if length not in known:
            known[length] = go_no_go(plan, matched, window, roll_back=roll_back, system=compiled)
        found.append(_moved(known[length], window))
    return tuple(found)


def _moved(table: GoNoGo, window: Window) -> GoNoGo:
    """The same table for a window of the same length that begins at another time."""
    later = window.start - table.window.start
    if not later:
        return table

    def moved(moment: datetime | None) -> datetime | None:
        return None if moment is None else moment + later

    times = ("first_below", "back", "rto_breaks", "mtpd_breaks")
    outlooks = [o.model_copy(update={t: moved(getattr(o, t)) for t in times}) for o in table.outlooks]
    roll_backs = [
        r.model_copy(
            update={
                limit: Deadline(needed=d.needed, by=moved(d.by))
                for limit in ("window", "rto", "mtpd")
                if (d := getattr(r, limit))
            }
        )
        for r in table.roll_backs
    ]
    return table.model_copy(
        update={"window": window, "outlooks": tuple(outlooks), "roll_backs": tuple(roll_backs)}
    )


def _outlook(
    plan: Plan, variant: Variant, happened: Run, activity: str, below: frozenset[str], window: Window
) -> Outlook:
    result = happened.activities[activity]

    def moment(t: float | None) -> datetime | None:
        return None if t is None else window.start + timedelta(seconds=t)

    last = result.disruptions[-1][1] if result.disruptions else None
    return Outlook(
        variant=variant,
        activity=activity,
        min_level=result.min_level,
        first_below=moment(result.first_below_s),
        back=moment(last) if last is not None and last < happened.horizon_s else None,
        rto_breaks=moment(result.rto_breach_s),
        mtpd_breaks=moment(result.mtpd_breach_s),
        carried_by=tuple(
            f
            for f, states in sorted(happened.fallbacks.items())
            if plan.fallbacks[f].protects in below and any(s == FallbackState.ACTIVE for _, s in states)
        ),
    )


class _Search:
    """Runs in which the work is rolled back at a minute, each run once for all activities."""

    def __init__(
        self, plan: Plan, matched: MatchedNotice, window: Window, takes: float, system: System, never: Table
    ) -> None:
        self._plan, self._system, self._window, self._takes, self._never = plan, system, window, takes, never
        self._levels = own_states(matched)
        self._limit = longest_limit(plan)
        self._runs: dict[int, Table] = {}

    def roll_back(self, activity: str) -> RollBack:
        """The deadlines of one activity."""
        never = self._never[activity]
        end = self._window.end
        length = None if end is None else (end - self._window.start).total_seconds()

        def in_time(result: ActivityResult) -> bool:
            return length is None or all(until <= length for _, until in result.disruptions)

        return RollBack(
            activity=activity,
            window=Deadline() if length is None or in_time(never) else self._last(length, in_time, activity),
            rto=self._limit_of(never.rto_breach_s, lambda r: r.rto_breach_s is None, activity),
            mtpd=self._limit_of(never.mtpd_breach_s, lambda r: r.mtpd_breach_s is None, activity),
        )

    def _limit_of(
        self, breach: float | None, holds: Callable[[ActivityResult], bool], activity: str
    ) -> Deadline:
        return Deadline() if breach is None else self._last(breach, holds, activity)

    def _last(self, most: float, holds: Callable[[ActivityResult], bool], activity: str) -> Deadline:
        """The last minute up to `most` seconds at which to roll back, so that it holds."""
        good, bad = -1, int(most // MINUTE) + 1
        while bad - good > 1:
            middle = (good + bad) // 2
            if holds(self._at(middle)[activity]):
                good = middle
            else:
                bad = middle
        by = self._window.start + timedelta(minutes=good)
        return Deadline(needed=True, by=by if good >= 0 else None)

    def _at(self, minute: int) -> Table:
        """What the activities go through when it is decided at this minute to roll back."""
        if minute not in self._runs:
            end = minute * MINUTE + self._takes
            events = events_until(self._levels, end) if end > 0 else ()
            scenario = Scenario(
                id="roll-back",
                title="Rolled back",
                horizon=f"{round(end + self._limit + DAY)}s",
                events=events,
            )
            self._runs[minute] = run(self._plan, scenario, system=self._system, causes=False).activities
        return self._runs[minute]
