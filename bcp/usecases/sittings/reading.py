"""Reading a sitting: its log as far as it goes, and everything that follows from it, each computed once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from bcp.engine.levels.compile import System
from bcp.engine.live.played import as_things_stand, horizon_for, turns
from bcp.engine.live.situation import Unfoldings, as_seen_by
from bcp.engine.live.situation import situation as engine_situation
from bcp.engine.live.unfolding import Told, Unfolding, told
from bcp.engine.people.reachability import reachability_at
from bcp.engine.run.causes import explained
from bcp.engine.run.result import run as engine_run
from bcp.errors import NotFoundError
from bcp.model.log_entry import Corrected, Decided, Entry, Marked
from bcp.model.plan import Plan
from bcp.model.reachability import Reachability
from bcp.model.run import Run, at
from bcp.model.scenario import Scenario
from bcp.model.sitting import Sitting
from bcp.model.situation import Situation
from bcp.model.why import Why
from bcp.saying import said
from bcp.usecases.computing import system_of
from bcp.usecases.naming import did_you_mean

if TYPE_CHECKING:
    from bcp.store.plans import PlanStore
    from bcp.usecases.sittings.seats import Seat

_SITTINGS = 32
_RUNS = 48

V = TypeVar("V")


@dataclass(frozen=True)
class Live:
    """A sitting with its plan and its log, as far as it was read."""

    where: str
    sitting: Sitting
    plan: Plan
    system: System
    entries: tuple[Entry, ...]

    @property
    def number(self) -> int:
        """The number of the last entry."""
        return self.entries[-1].number if self.entries else 0

    @cached_property
    def told(self) -> Told:
        """What the log says."""
        return told(self.plan, self.system, self.sitting, self.entries)

    @cached_property
    def driven_by(self) -> int:
        """The number of the last entry that any run depends on."""
        return max(
            (e.number for e in self.entries if isinstance(e.what, Decided | Marked | Corrected)), default=0
        )


@dataclass(slots=True)
class _Slot:
    """Where one value is kept; whoever asks while it is being computed waits for it."""

    lock: Lock = field(default_factory=Lock)
    values: list[object] = field(default_factory=list)


class _Kept:
    """The last few values, by key; each computed once, also where many ask for it at the same time."""

    def __init__(self, most: int) -> None:
        self._slots: OrderedDict[Hashable, _Slot] = OrderedDict()
        self._most = most
        self._lock = Lock()

    def get(self, key: Hashable, compute: Callable[[], V]) -> V:
        """The value of this key, computed where it is not there yet; an error keeps nothing."""
        with self._lock:
            slot = self._slots.setdefault(key, _Slot())
            self._slots.move_to_end(key)
            while len(self._slots) > self._most:
                self._slots.popitem(last=False)
        with slot.lock:
            if not slot.values:
                slot.values.append(compute())
            return slot.values[0]  # type: ignore[return-value] # what this key's question computes

    def put(self, key: Hashable, value: object) -> None:
        """Keep a value in place of what there was."""
        with self._lock:
            self._slots[key] = _Slot(values=[value])

    def forget(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._slots.clear()


_LIVES = _Kept(_SITTINGS)
_UNFOLDED = _Kept(_RUNS)


def newest_number(store: PlanStore, sitting_id: str) -> int:
    """The number of the last entry of a log: the cheapest way to see whether there is anything new."""
    return store.sittings.newest_number(sitting_id)


def live(store: PlanStore, sitting_id: str) -> Live:
    """A sitting as it is now; only entries that were not read before are read. Raises NotFoundError."""
    where = str(store.path)
    key = (where, sitting_id)
    known = _LIVES.get(key, lambda: _opened(store, where, sitting_id))
    new = store.sittings.entries(sitting_id, after=known.number)
    if not new:
        return known
    found = Live(where, known.sitting, known.plan, known.system, (*known.entries, *new))
    _LIVES.put(key, found)
    return found


def read_again(store: PlanStore, sitting_id: str) -> None:
    """Forget what was agreed for a sitting, such as its code, after that has changed."""
    where = str(store.path)
    _LIVES.put((where, sitting_id), _opened(store, where, sitting_id))


def _opened(store: PlanStore, where: str, sitting_id: str) -> Live:
    sitting = store.sittings.sitting(sitting_id)
    plan = store.sittings.plan(sitting_id).plan
    return Live(where, sitting, plan, system_of(plan), store.sittings.entries(sitting_id))


def situation(found: Live, *, seat: Seat | None = None, now: datetime | None = None) -> Situation:
    """Everything that a screen shows at a moment; for a participant of an exercise only what they may see.

    Without a seat, or for whoever leads, it is everything.
    """
    moment = _moment(now)
    unfoldings = Unfoldings(known=_known(found, moment), whole=_whole(found, moment))
    whole = engine_situation(found.told, unfoldings, moment)
    if seat is None or seat.facilitator or not found.sitting.is_exercise:
        return whole
    return as_seen_by(whole, seat.role)


def course(found: Live, *, now: datetime | None = None) -> Run:
    """What has happened, and what comes as things stand: nothing repaired, nothing more decided."""
    return _known(found, _moment(now)).run


def whole_course(found: Live, *, now: datetime | None = None) -> Run:
    """What has happened, and what comes with all that the scenario has in store: for the facilitator."""
    return _whole(found, _moment(now)).run


def planned(found: Live, *, now: datetime | None = None) -> Run:
    """The same scenario with everything decided as the plan has it."""
    moment = _moment(now)

    def compute() -> Run:
        scenario = found.told.scenario(found.told.clock.at(moment).t_s, whole=True)
        return engine_run(found.plan, scenario, system=found.system)

    return _UNFOLDED.get(("planned", *_key(found, moment)), compute)


def scenario_now(found: Live, *, now: datetime | None = None) -> Scenario:
    """What is known of the scenario: what has begun, and every mark. Reports and notices take it as any other."""
    return _known(found, _moment(now)).scenario


def why_now(found: Live, component: str, *, now: datetime | None = None) -> Why:
    """Why a component has its level now. Raises NotFoundError for one that the plan does not have."""
    if component not in found.system.index:
        raise NotFoundError(
            said("the plan has no component {component}.", component=component),
            did_you_mean(component, tuple(found.system.index)),
        )
    return explained(found.told.moment(found.told.clock.at(_moment(now)).t_s), component)


def reach_now(found: Live, *, now: datetime | None = None) -> Reachability:
    """Who can be reached and told at the present levels, as things have turned out by now."""
    moment = _moment(now)
    run, t_s = course(found, now=moment), found.told.clock.at(moment).t_s
    return reachability_at(found.plan, {i: at(steps, t_s) for i, steps in run.levels.items()})


def _moment(now: datetime | None) -> datetime:
    return datetime.now(UTC) if now is None else now


def _known(found: Live, now: datetime) -> Unfolding:
    """How it unfolds as things stand; computed anew only when something has begun, ended or been decided."""
    t_s = found.told.clock.at(now).t_s
    whole = _whole(found, now)
    known = as_things_stand(whole.scenario, t_s)
    if known == whole.scenario:
        return whole
    key = ("known", *_key(found, now), turns(whole.scenario, t_s))
    return _UNFOLDED.get(key, lambda: found.told.unfolded(known))


def _whole(found: Live, now: datetime) -> Unfolding:
    t_s = found.told.clock.at(now).t_s
    key = ("whole", *_key(found, now))
    return _UNFOLDED.get(key, lambda: found.told.unfolded(found.told.scenario(t_s, whole=True)))


def _key(found: Live, now: datetime) -> tuple[Hashable, ...]:
    horizon = horizon_for(found.plan, found.told.clock.at(now).t_s)
    return (found.where, found.sitting.id, found.driven_by, horizon)
