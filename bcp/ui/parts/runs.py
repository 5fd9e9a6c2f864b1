"""The run that is shown: remembered by revision, scenario and settings, computed from these when needed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from bcp.errors import BcpError
from bcp.model.plan import Plan
from bcp.model.run import Run
from bcp.model.scenario import Scenario
from bcp.store import Stored
from bcp.ui import cached, guard
from bcp.ui.state import RunKey, Session


@dataclass(frozen=True)
class Shown:
    """A run with the plan and scenario it came from, and the run before it where that can be compared."""

    key: RunKey
    plan: Plan
    scenario: Scenario
    run: Run
    before: Run | None


def run(session: Session, opened: Stored) -> None:
    """Run the chosen scenario on the open plan's newest revision."""
    key = RunKey(
        opened.name,
        opened.revision.number,
        session.scenario,
        tuple(sorted(session.settings.items())),
        session.trials,
    )
    last = session.ran
    if key.trials:
        session.before = replace(key, trials=())
    elif last is not None and last != key:
        session.before = last if _comparable(last, key) else None
    session.ran = key


def _comparable(last: RunKey, key: RunKey) -> bool:
    return (last.plan, last.scenario, last.settings) == (key.plan, key.scenario, key.settings)


def shown(session: Session) -> Shown | None:
    """The run to show; None where nothing has been run, or where it cannot be, which is then said."""
    key = session.ran
    if key is None:
        return None
    with guard.problems(session.words):
        plan = cached.tried(cached.stored(key.plan, key.revision).plan, key.trials)
        scenario = cached.scenario_on(plan, key.scenario, key.settings)
        return Shown(
            key, plan, scenario, cached.run(plan, key.scenario, key.settings), _before(session.before)
        )
    session.ran = session.before = None
    return None


def _before(key: RunKey | None) -> Run | None:
    if key is None:
        return None
    try:
        plan = cached.tried(cached.stored(key.plan, key.revision).plan, key.trials)
        return cached.run(plan, key.scenario, key.settings)
    except BcpError:
        return None


def age(session: Session, opened: Stored) -> None:
    """Say so where the plan has changed since the run."""
    ran = session.ran
    if ran is None or ran.revision == opened.revision.number:
        return
    if cached.stored(ran.plan, ran.revision).plan.content_hash != opened.plan.content_hash:
        text = session.words("The plan has changed since this run. Run again to see what the change does.")
        st.info(text, icon=":material/refresh:")
