"""A rule of the catalogue, what it looks at, and what it reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from bcp.checks.reach import Reach
from bcp.engine.compile import System, compile_plan
from bcp.model.component import Component, Kind
from bcp.model.fallback import Fallback
from bcp.model.finding import Severity
from bcp.model.plan import Plan
from bcp.model.references import Path
from bcp.model.route import SharedFate
from bcp.words import Words

_NAMED = 4
"""More than this many names in one sentence are counted instead."""

YEAR = timedelta(days=365)
"""What was tested or verified longer ago counts as old."""


@dataclass(frozen=True)
class Evidence:
    """A plan and what was computed from it: all that the rules look at."""

    plan: Plan
    single_points: Mapping[str, tuple[str, ...]]
    shared_fate: Sequence[SharedFate]
    deadlocks: Sequence[tuple[str, ...]]
    on: date | None
    words: Words
    codes: frozenset[str]

    @cached_property
    def reach(self) -> Reach:
        """What rests on what."""
        return Reach(self.plan)

    @cached_property
    def system(self) -> System:
        """The plan compiled, for rules that compute levels."""
        return compile_plan(self.plan)

    def of_kind(self, *kinds: Kind) -> Iterator[tuple[str, Component]]:
        """The components of these kinds, in the order of the plan."""
        yield from self.plan.of_kind(*kinds).items()

    def fallbacks(self) -> Iterator[tuple[str, Fallback]]:
        """The fallbacks, in the order of the plan."""
        yield from self.plan.fallbacks.items()

    def names(self, ids: Sequence[str]) -> str:
        """The names of several things in one sentence, the fifth and following counted."""
        shown = ", ".join(self.plan.title(i) for i in ids[:_NAMED])
        rest = len(ids) - _NAMED
        return self.words("{names} and {n} more", names=shown, n=rest) if rest > 0 else shown

    def is_old(self, day: date) -> bool:
        """More than a year before the day of the check; never where that is not given."""
        return self.on is not None and self.on - day > YEAR


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a rule is broken: what it is about, where it stands, and the figures of the message."""

    subject: str
    path: Path
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the catalogue. Texts are English, with `{name}` places in `message` that a hit fills.

    `clause` says which part of ISO 22301 asks for it.
    """

    code: str
    severity: Severity
    title: str
    message: str
    reason: str
    remedy: str
    clause: str
    broken_by: Callable[[Evidence], Iterator[Hit]]
