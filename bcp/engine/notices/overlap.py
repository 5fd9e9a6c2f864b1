"""Windows of several notices that together take an activity below its minimum level, though none does alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations, pairwise

import numpy as np

from bcp.engine.levels.compile import System, compile_plan
from bcp.engine.levels.requirements import Floats
from bcp.engine.levels.selectors import Lineage
from bcp.engine.levels.steady import steady, steady_with_fallbacks
from bcp.engine.levels.tolerance import LEVEL as TOLERANCE
from bcp.engine.notices.scenario import LEVEL
from bcp.model.go_no_go import Overlap
from bcp.model.notice import OVER, NoticeImpact
from bcp.model.notice_match import MatchedNotice
from bcp.model.plan import Plan

_MOST_OPEN = {2: 300, 3: 40}
"""Sets of two are looked for where at most 300 windows that matter are open at once, sets of three up to 40."""

_SOFT = frozenset({NoticeImpact.DEGRADED, NoticeImpact.REDUCED_REDUNDANCY})


@dataclass(frozen=True, slots=True)
class _Spell:
    """A time in which the same windows are open; `open` are numbers of notices, `end` None: without end."""

    start: datetime
    end: datetime | None
    open: tuple[int, ...]


def overlaps(
    plan: Plan, matched: Sequence[MatchedNotice], *, system: System | None = None
) -> tuple[Overlap, ...]:
    """Every set of notices that together, and not with one of them less, take an activity below its MBCO.

    In the steady state without fallbacks, over each time in which the same windows are open; called-off and
    completed notices do not count. First as told; then, marked `if_worse`, as if whatever is told to be
    degraded or without redundancy were out. All sets of two and three are found (of two alone with more than
    40 windows open at once); where only more together do it, one of them. Sorted by start and activity.
    Raises BcpError where the plan contradicts itself.
    """
    search = _Search(plan, matched, system or compile_plan(plan))
    found: list[Overlap] = []
    for spell in _spells(matched):
        for activity in sorted(plan.activities):
            told = search.sets(activity, spell.open, worse=False)
            found += [search.overlap(activity, spell, notices, worse=False) for notices in told]
            for notices in search.sets(activity, spell.open, worse=True):
                if not any(set(one) <= set(notices) for one in told):
                    found.append(search.overlap(activity, spell, notices, worse=True))
    return tuple(sorted(_joined(found), key=lambda o: (o.start, o.activity, o.if_worse, o.notices)))


def _spells(matched: Sequence[MatchedNotice]) -> Iterable[_Spell]:
    """The times between any two moments at which a window opens or closes, where two or more are open."""
    windows = [
        (n, window)
        for n, one in enumerate(matched)
        if one.notice.status not in OVER and one.struck
        for window in one.notice.windows
    ]
    moments = sorted({w.start for _, w in windows} | {w.end for _, w in windows if w.end is not None})
    for start, end in pairwise([*moments, None]):
        if start is None:
            continue
        is_open = sorted({n for n, w in windows if w.start <= start and (w.end is None or start < w.end)})
        if len(is_open) > 1:
            yield _Spell(start, end, tuple(is_open))


class _Search:
    """Levels under sets of notices, each computed once."""

    def __init__(self, plan: Plan, matched: Sequence[MatchedNotice], system: System) -> None:
        self._plan, self._matched, self._system = plan, matched, system
        lineage = Lineage(plan)
        self._under = {a: lineage.rests_on([a]) for a in plan.activities}
        self._levels: dict[tuple[tuple[int, ...], bool], Floats] = {}
        self._sets: dict[tuple[str, tuple[int, ...], bool], list[tuple[int, ...]]] = {}

    def sets(self, activity: str, is_open: tuple[int, ...], *, worse: bool) -> list[tuple[int, ...]]:
        """The least sets of two and more notices that take the activity below its MBCO."""
        key = (activity, is_open, worse)
        if key not in self._sets:
            under = self._under[activity]
            matter = tuple(n for n in is_open if not under.isdisjoint(self._matched[n].struck))
            least = _least_sets(matter, lambda notices: self._below(activity, notices, worse=worse))
            self._sets[key] = [notices for notices in least if len(notices) > 1]
        return self._sets[key]

    def overlap(self, activity: str, spell: _Spell, notices: tuple[int, ...], *, worse: bool) -> Overlap:
        """A set of notices as a finding."""
        place = self._system.index[activity]
        chosen = [self._matched[n] for n in notices]
        carried = steady_with_fallbacks(self._system, self._own(notices, worse=worse))
        mbco = self._plan.activities[activity].analysis.mbco
        return Overlap(
            activity=activity,
            notices=tuple(one.notice.key for one in chosen),
            components=tuple(sorted({i for one in chosen for i in one.struck})),
            start=spell.start,
            end=spell.end,
            level=float(self._level(notices, worse=worse)[place]),
            mbco=mbco,
            held_by_fallbacks=bool(carried[place] >= mbco - TOLERANCE),
            if_worse=worse,
        )

    def _below(self, activity: str, notices: tuple[int, ...], *, worse: bool) -> bool:
        mbco = self._plan.activities[activity].analysis.mbco
        return bool(self._level(notices, worse=worse)[self._system.index[activity]] < mbco - TOLERANCE)

    def _level(self, notices: tuple[int, ...], *, worse: bool) -> Floats:
        if (notices, worse) not in self._levels:
            self._levels[notices, worse] = steady(self._system, self._own(notices, worse=worse)).x
        return self._levels[notices, worse]

    def _own(self, notices: tuple[int, ...], *, worse: bool) -> Floats:
        """Own states, shape (n,): the lowest of what the notices say."""
        own = np.ones(self._system.n)
        for n in notices:
            for component, impact in self._matched[n].struck.items():
                level = 0.0 if worse and impact in _SOFT else LEVEL[impact]
                place = self._system.index[component]
                own[place] = min(own[place], level)
        return own


def _least_sets(members: tuple[int, ...], below: Callable[[tuple[int, ...]], bool]) -> list[tuple[int, ...]]:
    """The least subsets for which `below` holds; it never stops holding when a subset grows."""
    if not below(members):
        return []
    found: list[tuple[int, ...]] = []
    for size in range(min(3, len(members)) + 1):
        if len(members) > _MOST_OPEN.get(size, len(members)):
            break
        for some in combinations(members, size):
            if not any(set(one) <= set(some) for one in found) and below(some):
                found.append(some)
    if not found:
        found.append(_reduced(members, below))
    return found


def _reduced(members: tuple[int, ...], below: Callable[[tuple[int, ...]], bool]) -> tuple[int, ...]:
    """What is left when one after the other is taken out that is not needed."""
    kept = list(members)
    for member in members:
        without = tuple(m for m in kept if m != member)
        if below(without):
            kept = list(without)
    return tuple(kept)


def _joined(found: Iterable[Overlap]) -> list[Overlap]:
    """The same finding in times that follow on each other, as one."""
    last: dict[tuple[object, ...], Overlap] = {}
    done: list[Overlap] = []
    for one in found:
        key = (one.activity, one.notices, one.if_worse)
        before = last.get(key)
        if before is not None and before.end == one.start:
            last[key] = before.model_copy(update={"end": one.end})
            continue
        if before is not None:
            done.append(before)
        last[key] = one
    return [*done, *last.values()]
