"""The outages that can be chosen for a plan, wherever one is: its own, then those of the library."""

from __future__ import annotations

import streamlit as st

from bcp import usecases
from bcp.errors import NotFoundError
from bcp.model.scenario import Scenario
from bcp.store import Stored
from bcp.ui import cached, guard
from bcp.ui.parts import empty
from bcp.ui.state import Session
from bcp.usecases import own_outages
from bcp.usecases.scenarios import OWN
from bcp.words import Words


def known(plan: str) -> dict[str, Scenario]:
    """The outages by the reference under which each is run. `plan` is the stored plan's name.

    A plan that is no longer stored under that name, such as an incident's that was renamed, has the library's.
    """
    library = {scenario.id: scenario for scenario in cached.library()}
    try:
        return own_outages.own_outages(cached.store(), plan).outages | library
    except NotFoundError:
        return library


def is_own(reference: str) -> bool:
    """Whether somebody wrote it here."""
    return reference.startswith(OWN)


def title(reference: str, scenario: Scenario, words: Words) -> str:
    """What an outage is called in a list; one's own says so."""
    name = scenario.titled(words.language)
    return words("{name} (own)", name=name) if is_own(reference) else name


def first(session: Session, opened: Stored, known: dict[str, Scenario]) -> str:
    """The outage that a page shows first: the one that was run last, else one that strikes the plan.

    Where none does, the page ends with what to do about it.
    """
    last, settings = session.running
    if last in known:
        known = known | {last: cached.scenario_on(opened.plan, last, settings)}
    found = cached.first_choice(
        opened.plan, known, (*([last] if last else []), usecases.own_incident(opened.name))
    )
    if not found:
        empty.outage_that_strikes(session)
    return found


def current(reference: str, known: dict[str, Scenario]) -> str:
    """The reference of the same outage in the list: an own one's newest edition; empty where it is not there."""
    if reference in known or not is_own(reference):
        return reference if reference in known else ""
    before = reference.partition("@")[0]
    return next((r for r in known if is_own(r) and r.partition("@")[0] == before), "")


def unreadable(plan: str, words: Words) -> None:
    """Say which of a plan's own outages cannot be read, where there are any."""
    problems = own_outages.own_outages(cached.store(), plan).problems
    if problems:
        st.caption(words("Some of your own outages cannot be read:"))
        guard.show(problems, words)
