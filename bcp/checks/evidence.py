"""What the rules look at: a plan and what is computed from it, each thing when it is first asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from bcp.checks.reach import Reach
from bcp.engine.failure.singles import single_points_of
from bcp.engine.fate.claims import used_by
from bcp.engine.fate.shared_fate import shared_fate
from bcp.engine.levels.compile import System, compile_plan
from bcp.engine.levels.requirements import Floats
from bcp.engine.levels.steady import steady
from bcp.engine.recovery.restart import Restart, restart_order
from bcp.model.component import Component, Kind
from bcp.model.fallback import Fallback
from bcp.model.fate import SharedFate
from bcp.model.plan import Plan
from bcp.model.requirement import Needs
from bcp.words import Words

_NAMED = 4
"""More than this many names in one sentence are counted instead."""

YEAR = timedelta(days=365)
"""What was tested or verified longer ago counts as old."""


@dataclass(frozen=True, slots=True)
class Computed:
    """What a caller has computed of a plan already; None for what it has not.

    `single_points` are those of every activity, without fallbacks.
    """

    system: System | None = None
    single_points: Mapping[str, Sequence[str]] | None = None
    shared_fate: Sequence[SharedFate] | None = None
    restart: Restart | None = None


@dataclass(frozen=True)
class Evidence:
    """A plan and what was computed from it: all that the rules look at.

    `on` is the day of the check, None for no day. `found` gives what the findings of another rule are
    about, by its code; None for a code that no rule has.
    """

    plan: Plan
    on: date | None
    words: Words
    found: Callable[[str], Collection[str] | None]
    computed: Computed = Computed()

    @cached_property
    def reach(self) -> Reach:
        """What rests on what."""
        return Reach(self.plan)

    @cached_property
    def system(self) -> System:
        """The plan compiled, for rules that compute levels."""
        return self.computed.system or compile_plan(self.plan)

    @cached_property
    def single_points(self) -> Mapping[str, Sequence[str]]:
        """Per activity, the components whose loss alone takes it below its MBCO, without fallbacks."""
        known = self.computed.single_points
        return known if known is not None else single_points_of(self.plan, self.system, self.plan.activities)

    @cached_property
    def shared_fate(self) -> Sequence[SharedFate]:
        """The shared-fate verdict of every fallback."""
        known = self.computed.shared_fate
        return known if known is not None else shared_fate(self.plan)

    @cached_property
    def restart(self) -> Restart:
        """How the plan comes up when everything was down."""
        return self.computed.restart or restart_order(self.plan, self.system)

    @cached_property
    def taken_down_by(self) -> Mapping[str, Sequence[str]]:
        """By component, the activities that its loss alone takes below their MBCO, itself included; in the plan's order."""
        found: dict[str, list[str]] = defaultdict(list)
        for activity in self.plan.activities:
            for component in (activity, *self.single_points.get(activity, ())):
                found[component].append(activity)
        return found

    def strictest(self, component: str) -> tuple[float, str] | None:
        """The lowest RTO (seconds) of the activities that the loss of a component alone takes down, and whose it is."""
        limits = [
            (rto, a)
            for a in self.taken_down_by.get(component, ())
            if (rto := self.plan.components[a].analysis.rto) is not None
        ]
        return min(limits, default=None)

    def stand_ins(self, component: str, activity: str) -> Iterator[str]:
        """The fallbacks that bridge what lies from an activity down to a component without resting on that."""
        it = self.reach.mask([component])
        for i in self._bridging[activity]:
            protects = self.plan.fallbacks[i].protects
            if self.reach.below(protects) & it and not self._under_tools[i] & it:
                yield i

    @cached_property
    def _under_tools(self) -> Mapping[str, int]:
        """By fallback, a bit for each component that it uses or rests on through what it uses, its steps included."""
        found: dict[str, int] = {}
        for i, f in self.plan.fallbacks.items():
            found[i] = 0
            for used in (*used_by(f), *(need for step in f.steps for need in step.needs)):
                found[i] |= self.reach.below(used)
        return found

    def hard_below(self, component: str) -> set[str]:
        """A component and all that it needs in full, directly or not: whose failure takes it down."""
        found, row = {component}, [component]
        while row:
            for requirement in self.plan.components[row.pop()].requires:
                hard = isinstance(requirement, Needs) and requirement.impact == 1
                if hard and requirement.during == "run" and requirement.members[0] not in found:
                    found.add(requirement.members[0])
                    row.append(requirement.members[0])
        return found

    @cached_property
    def _bridging(self) -> Mapping[str, Sequence[str]]:
        """The fallbacks that protect an activity or something it rests on."""
        found: dict[str, list[str]] = {a: [] for a in self.plan.activities}
        for i, f in self.plan.fallbacks.items():
            for activity in self.reach.activities_on(f.protects):
                found[activity].append(i)
        return found

    def until_active(self, fallback: str) -> float:
        """Seconds from the failure until a fallback carries load, when nothing blocks it."""
        f, defaults = self.plan.fallbacks[fallback], self.plan.defaults
        own = self.plan.components[f.protects].detection
        detection = own if own is not None else defaults.detection
        decision = f.decision if f.decision is not None else defaults.decision
        return detection + (0 if f.automatic else decision) + (f.lead_time or 0)

    def levels(self, component: str, level: float) -> Floats:
        """Levels of all components, shape (n,), in steady state when one of them delivers at most `level`."""
        own = np.ones(self.system.n)
        own[self.system.index[component]] = level
        return steady(self.system, own).x

    def of_kind(self, *kinds: Kind) -> Iterator[tuple[str, Component]]:
        """The components of these kinds, in the order of the plan."""
        yield from self.plan.of_kind(*kinds).items()

    def fallbacks(self) -> Iterator[tuple[str, Fallback]]:
        """The fallbacks, in the order of the plan."""
        yield from self.plan.fallbacks.items()

    def names(self, ids: Sequence[str]) -> str:
        """The names of several things in one sentence, the fifth and following counted."""
        return self.listed([self.plan.title(i) for i in ids])

    def listed(self, texts: Sequence[str]) -> str:
        """Several texts in one sentence, the fifth and following counted."""
        shown = ", ".join(texts[:_NAMED])
        rest = len(texts) - _NAMED
        return self.words("{names} and {n} more", names=shown, n=rest) if rest > 0 else shown

    def is_old(self, day: date) -> bool:
        """More than a year before the day of the check; never where that is not given."""
        return self.on is not None and self.on - day > YEAR
