"""How a sitting unfolds: the run that people's decisions drive, up to now and on, as things stand or as planned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bcp.engine.levels.compile import System
from bcp.engine.live.clock import SittingClock, clock_of
from bcp.engine.live.played import Mark, as_things_stand, horizon_for, marks_of, played
from bcp.engine.run.causes import Moment
from bcp.engine.run.events import Happenings
from bcp.engine.run.result import as_run
from bcp.engine.run.timeline import moment_at, simulate
from bcp.model.decision import Decision
from bcp.model.log_entry import Corrected, Decided, Entry, Held, Released
from bcp.model.plan import Plan
from bcp.model.run import Run
from bcp.model.scenario import Scenario
from bcp.model.sitting import Sitting, standing
from bcp.model.situation import LoggedDecision


@dataclass(frozen=True, slots=True)
class Unfolding:
    """A scenario, the decisions that were made in it, and what comes of them."""

    scenario: Scenario
    decisions: tuple[Decision, ...]
    run: Run
    happenings: Happenings


@dataclass(frozen=True)
class Told:
    """What a sitting's log says, read once: its clock, marks and decisions."""

    plan: Plan
    system: System
    sitting: Sitting
    entries: tuple[Entry, ...]
    clock: SittingClock
    marks: dict[str, tuple[Mark, ...]]
    decisions: tuple[LoggedDecision, ...]

    def scenario(self, t_s: float, *, whole: bool) -> Scenario:
        """The scenario with every mark: with all that it has in store, or only with what is known at `t_s`."""
        horizon = horizon_for(self.plan, t_s)
        found = played(self.plan, self.sitting, self.marks, self.clock, horizon=horizon)
        return found if whole else as_things_stand(found, t_s)

    def unfolded(self, scenario: Scenario) -> Unfolding:
        """What comes of a scenario of this sitting with the decisions in its log."""
        made = self.driving
        went = simulate(self.plan, scenario, system=self.system, decisions=made)
        return Unfolding(scenario, made, as_run(self.plan, scenario, went), went.happenings)

    def moment(self, t_s: float) -> Moment:
        """The settled present, from which causes can be read."""
        known = self.scenario(t_s, whole=False)
        return moment_at(self.plan, known, t_s, system=self.system, decisions=self.driving)

    @cached_property
    def counting(self) -> tuple[Entry, ...]:
        """The entries that count: see `standing`."""
        return standing(self.entries)

    @cached_property
    def about_injects(self) -> tuple[Entry, ...]:
        """The entries on which it depends what has been let out."""
        return tuple(e for e in self.entries if isinstance(e.what, Released | Held | Corrected))

    @property
    def driving(self) -> tuple[Decision, ...]:
        """The decisions as a run takes them."""
        return tuple(Decision(at=d.t_s, fallback=d.fallback, act=d.act) for d in self.decisions)


def told(plan: Plan, system: System, sitting: Sitting, entries: Sequence[Entry]) -> Told:
    """What the log of a sitting says; its plan and the plan compiled are given."""
    clock = clock_of(sitting, entries)
    return Told(
        plan=plan,
        system=system,
        sitting=sitting,
        entries=tuple(entries),
        clock=clock,
        marks=dict(marks_of(entries, clock)),
        decisions=_decisions(entries, clock),
    )


def _decisions(entries: Sequence[Entry], clock: SittingClock) -> tuple[LoggedDecision, ...]:
    found = [
        LoggedDecision(
            entry=e.number,
            at=e.when,
            t_s=clock.t_of(e),
            who=e.who,
            fallback=e.what.fallback,
            act=e.what.act,
            reason=e.what.reason,
            owner=e.what.owner,
        )
        for e in standing(entries)
        if isinstance(e.what, Decided)
    ]
    return tuple(sorted(found, key=lambda d: (d.t_s, d.entry)))
