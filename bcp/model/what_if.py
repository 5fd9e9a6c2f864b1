"""Trying a change before anybody decides on it: other times or capacity of a fallback, one less, or one more."""

from __future__ import annotations

from collections.abc import Iterable

from bcp.model import edit
from bcp.model.duration import Duration
from bcp.model.fallback import Fallback
from bcp.model.plan import Plan
from bcp.model.value import Identifier, Share, Value


class Trial(Value):
    """One change on trial. What is none stays as the plan has it; lengths of time in seconds.

    `off` leaves the fallback out. `extra` is a fallback that the plan does not have, under the id.
    """

    fallback: Identifier
    off: bool = False
    lead_time: Duration | None = None
    decision: Duration | None = None
    capacity: Share | None = None
    endurance: Duration | None = None
    extra: Fallback | None = None

    @property
    def changes(self) -> dict[str, float]:
        """The fields that are tried with another value."""
        found = {name: getattr(self, name) for name in ("lead_time", "decision", "capacity", "endurance")}
        return {name: value for name, value in found.items() if value is not None}


def applied(plan: Plan, trials: Iterable[Trial]) -> Plan:
    """The plan with every trial made in turn. Raises BcpError where one does not fit it.

    A decision time tried on a fallback that activates by itself makes it wait for that decision.
    """
    for trial in trials:
        if trial.extra is not None:
            plan = edit.put_fallback(plan, trial.fallback, trial.extra)
        elif trial.off:
            plan = edit.remove(plan, trial.fallback)[0]
        elif trial.fallback in plan.fallbacks:
            changes: dict[str, object] = dict(trial.changes)
            if trial.decision is not None:
                changes["automatic"] = False
            changed = plan.fallbacks[trial.fallback].model_copy(update=changes)
            plan = edit.put_fallback(plan, trial.fallback, changed)
        else:
            edit.remove(plan, trial.fallback)  # says that there is none, and what comes near
    return plan


def with_trial(trials: Iterable[Trial], new: Trial) -> tuple[Trial, ...]:
    """The trials with another one, which takes the place of an earlier one of the same fallback."""
    return (*(t for t in trials if t.fallback != new.fallback), new)
