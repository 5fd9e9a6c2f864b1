"""What a notice can say at a minute: what fails, what works, which number to dial instead, who is hit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bcp.engine.levels.tolerance import LEVEL
from bcp.engine.run.dialled import INTERNAL, Steps, given_to_callers, given_to_everybody, published_by
from bcp.engine.run.serving import Serving, serving_in
from bcp.model.announcement import Failing, Instead
from bcp.model.answer import Answer
from bcp.model.component import Component, Kind
from bcp.model.plan import Plan
from bcp.model.run import FallbackState, Run, at
from bcp.model.telephone import display

_CARRYING = (FallbackState.ACTIVE, FallbackState.FAILING_BACK)
_COMING = (FallbackState.WAITING, FallbackState.ACTIVATING)
"""Noticed, and not carrying load yet: what it still takes is a decision and its steps."""


@dataclass(frozen=True)
class Facts:
    """A plan and a run as somebody sees them who may only tell what is known at that minute.

    `dialled` are the levels of numbers as those who dial them find them. `lines_on` are components on which
    customers' lines hang: they count as hit too where no group is.
    """

    plan: Plan
    run: Run
    dialled: Mapping[str, Steps]
    lines_on: tuple[str, ...] = ()
    _failing: dict[float, tuple[Failing, ...]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def serving(self) -> Serving:
        """What serves when."""
        return serving_in(self.run)

    @cached_property
    def published(self) -> tuple[str, ...]:
        """The numbers that the organisation gives to callers at all times."""
        return given_to_callers(self.plan)

    @cached_property
    def _weight(self) -> Mapping[str, float]:
        """Contacts per hour of the activities that rest on each number directly."""
        found: dict[str, float] = defaultdict(float)
        for activity in self.plan.activities.values():
            for i in {m for r in activity.requires for m in r.members if m in self.dialled}:
                found[i] += activity.analysis.demand
        return found

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The customer groups; the activities where the plan has none."""
        found = self.plan.of_kind(Kind.CUSTOMER_GROUP) or self.plan.activities
        return tuple(sorted(found))

    @cached_property
    def instants(self) -> tuple[float, ...]:
        """Every time (seconds) at which something that a notice says may change, from 0 on."""
        times = {0.0}
        for i in (*self.published, *self._instead_numbers):
            times.update(t for t, _ in (*self.dialled[i], *self.run.quality.get(i, ())))
        for i in (*self.groups, *self.lines_on):
            times.update(t for t, _ in (*self.run.levels[i], *self.run.quality.get(i, ())))
        for f in self._publishing:
            times.update(t for t, _ in self.run.fallbacks[f])
        return tuple(sorted(times))

    def failing(self, t: float) -> tuple[Failing, ...]:
        """Published numbers that do not all get through, those most called first, then customer groups, worst first."""
        if t not in self._failing:
            self._failing[t] = self._failing_now(t)
        return self._failing[t]

    def works(self, t: float) -> tuple[Failing, ...]:
        """The published numbers that all who dial them get through to."""
        numbers = (self._number(i, self._well(i, t)) for i in self.published)
        return tuple(
            sorted(
                (f for f in numbers if f.level >= 1.0 - LEVEL),
                key=lambda f: (-self._weight.get(f.component, 0.0), f.component),
            )
        )

    def instead(self, t: float) -> tuple[Instead, ...]:
        """The numbers that active fallbacks publish, those that themselves serve; one entry a number."""
        return self._published_in(_CARRYING, t)

    def opened_by_telling(self, t: float) -> tuple[Instead, ...]:
        """The numbers that answer and come into use by being told to everybody: all their fallbacks still wait for."""
        given = {i.component for i in self.instead(t)}
        return tuple(i for i in self._published_in(_COMING, t) if i.public and i.component not in given)

    def customers(self, t: float) -> int:
        """Customers without good service at t: of each group the share that is not served, or badly."""
        lost = (self.plan.components[i].customers * (1.0 - self.run.good_at(i, t)) for i in self.groups)
        return round(sum(lost))

    def hit_groups(self, t: float) -> tuple[str, ...]:
        """The customer groups that are not fully served, sorted."""
        return tuple(i for i in self.groups if self.run.good_at(i, t) < 1.0 - LEVEL)

    def number_answers(self, component: str, t: float) -> bool:
        """A number serves those who dial it: half of them or more."""
        return self._serves(component, t)

    def opened(self, component: str, t: float) -> bool:
        """A number is given to callers at t: always, or by a fallback that is active."""
        return component in self.published or any(i.component == component for i in self.instead(t))

    def _published_in(self, states: tuple[FallbackState, ...], t: float) -> tuple[Instead, ...]:
        found: dict[str, Instead] = {}
        for f in self._publishing:
            if at(self.run.fallbacks[f], t) not in states:
                continue
            public = given_to_everybody(self.plan, self.plan.fallbacks[f])
            for i in published_by(self.plan, self.plan.fallbacks[f]):
                if not self._serves(i, t):
                    continue
                earlier = found.get(i)
                told = earlier.instead_of if earlier else ()
                found[i] = Instead(
                    fallback=earlier.fallback if earlier else f,
                    component=i,
                    number=self._display(i),
                    instead_of=tuple(dict.fromkeys((*told, *self._protected(f, t)))),
                    public=i in public or (earlier is not None and earlier.public),
                    internal=INTERNAL in self.plan.components[i].tags,
                )
        return tuple(found[i] for i in sorted(found) if found[i].instead_of)

    @cached_property
    def _publishing(self) -> tuple[str, ...]:
        return tuple(f for f, c in sorted(self.plan.fallbacks.items()) if published_by(self.plan, c))

    @cached_property
    def _instead_numbers(self) -> tuple[str, ...]:
        return tuple(
            sorted({i for f in self._publishing for i in published_by(self.plan, self.plan.fallbacks[f])})
        )

    def _served(self, components: tuple[str, ...], t: float) -> Iterator[Failing]:
        for i in components:
            yield Failing(component=i, name=self.plan.title(i), level=self.run.good_at(i, t))

    def _failing_now(self, t: float) -> tuple[Failing, ...]:
        numbers = (self._number(i, self._well(i, t)) for i in self.published)
        hit = [f for f in (*numbers, *self._served(self.groups, t)) if f.level < 1.0 - LEVEL]
        hit = hit or [f for f in self._served(self.lines_on, t) if f.level < 1.0 - LEVEL]
        return tuple(
            sorted(
                hit, key=lambda f: (not f.number, -self._weight.get(f.component, 0.0), f.level, f.component)
            )
        )

    def _protected(self, f: str, t: float) -> tuple[str, ...]:
        """What the fallback stands in for that fails: a number, or the numbers of an activity, else its name."""
        protects = self.plan.fallbacks[f].protects
        component = self.plan.components[protects]
        if component.kind == Kind.NUMBER:
            return (self._display(protects),)
        own = (m for r in component.requires for m in r.members if m in self.published)
        failing = [self._display(m) for m in own if at(self.dialled[m], t) < 1.0 - LEVEL]
        return tuple(dict.fromkeys(failing)) or (self.plan.title(protects),)

    def _well(self, i: str, t: float) -> float:
        """The share of those who dial a number that get through and can be heard."""
        return at(self.dialled[i], t) * self.run.quality_at(i, t)

    def _serves(self, i: str, t: float) -> bool:
        return at(self.dialled[i], t) >= 0.5 - LEVEL and at(self.serving.course(i), t) == Answer.YES

    def _number(self, i: str, level: float) -> Failing:
        return Failing(component=i, name=self.plan.title(i), number=self._display(i), level=level)

    def _display(self, i: str) -> str:
        return number_text(self.plan.components[i], self.plan)


def number_text(component: Component, plan: Plan) -> str:
    """A number as people of the plan's country write it; its name where the plan has no digits."""
    return display(component.e164, plan.organisation.country) if component.e164 else component.name
