"""Every place of the app that somebody can be at: the pages of the menu, an open exercise from both sides, an open incident."""

from __future__ import annotations

from dataclasses import dataclass

from bcp import usecases
from bcp.model.log_entry import Clock
from bcp.store import PlanStore
from bcp.usecases import exercises, sittings
from tests.browser.conftest import Server
from tests.pages import PAGES, address

PLAN, SCENARIO = "kommun", "se-telia-020-0771"
_RUN = f"plan={PLAN}&scenario={SCENARIO}&t=30"
_VIEWS = {"model": "model-view", "overview": "overview-view", "weaknesses": "weakness-view"}


@dataclass(frozen=True)
class Place:
    """A page in a certain state. `views` is the key of the control that turns it to its other views, if it has one."""

    name: str
    address: str
    views: str = ""


def menu() -> list[Place]:
    """The pages of the menu with the example open and an outage run."""
    return [Place(page, f"{address(page)}?{_RUN}", _VIEWS.get(page, "")) for page in PAGES]


def sitting(server: Server) -> list[Place]:
    """An exercise that has begun, as its facilitator and a participant see it, and an incident; made in the server's store."""
    with PlanStore.open(server.folder / "plans.sqlite") as store:
        plan, chosen = store.load(PLAN).plan, usecases.scenario(SCENARIO)
        found = exercises.exercise(plan, chosen, "sv")
        made, leader = sittings.open_exercise(
            store, PLAN, chosen, by="Lena", injects=exercises.planned_injects(found), language="sv"
        )
        sittings.append(store, leader, Clock(running=False, jump_to=900))
        guest = sittings.join(store, made.code, "Tage", found.roles[0].name)
        incident, hand = sittings.open_incident(store, PLAN, by="Disa", scenario=chosen, language="sv")
    return [
        Place("exercise", f"workshop?{_RUN}&workshop={made.id}&workshop_key={leader.key}", "workshop-view"),
        Place("join", f"join?join={made.code}"),
        Place("table", f"join?join={made.code}&seat={made.id}&seat_key={guest.key}"),
        Place("open incident", f"incident?{_RUN}&incident={incident.id}&incident_key={hand.key}", "incident-view"),
    ]  # fmt: skip
