"""Opening an exercise or an incident."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bcp.errors import BcpError
from bcp.model.log_entry import EVERYBODY
from bcp.model.plan import Plan
from bcp.model.scenario import Scenario, in_language
from bcp.model.sitting import (
    FACILITATOR,
    PlannedInject,
    Sitting,
    SittingKind,
    SittingSettings,
    injects_of,
)
from bcp.saying import said
from bcp.usecases.computing import run
from bcp.usecases.sittings.reading import live, read_again
from bcp.usecases.sittings.seats import Seat, new_join_code, new_key, seated_with, tidy_name

if TYPE_CHECKING:
    from bcp.store.plans import PlanStore

CODE_LASTS = timedelta(hours=12)

_TITLE = 300


def open_exercise(
    store: PlanStore,
    plan: str,
    scenario: Scenario,
    *,
    by: str,
    title: str = "",
    injects: Iterable[PlannedInject] | None = None,
    settings: SittingSettings | None = None,
    language: str = "en",
    revision: int | None = None,
    now: datetime | None = None,
) -> tuple[Sitting, Seat]:
    """Open an exercise over a saved plan; its clock stands until it is started. The seat is the facilitator's.

    Without `injects` those of the scenario are taken; roles that they are for and that the settings do not name
    are added. Raises BcpError where the scenario does not fit the plan, or nobody leads it.
    """
    name, moment = tidy_name(by), now or store.sittings.now()
    stored = store.load(plan, revision)
    _runs(stored.plan, scenario)
    kept = injects_of(scenario) if injects is None else tuple(injects)
    _distinct(kept)
    sitting = Sitting(
        id=secrets.token_hex(6),
        kind=SittingKind.EXERCISE,
        title=(title.strip() or in_language(scenario.title, language))[:_TITLE],
        plan=stored.name,
        revision=stored.revision.number,
        scenario=scenario,
        injects=kept,
        settings=_with_roles(settings or SittingSettings(), kept),
        language=language,
        code=_free_code(store),
        code_until=moment + CODE_LASTS,
        created=moment,
        created_by=name,
        begun=moment,
    )
    key = new_key()
    opened = store.sittings.open(sitting, key)
    return opened, seated_with(store, opened.id, name, FACILITATOR, key, facilitator=True, now=moment)


def open_incident(
    store: PlanStore,
    plan: str,
    *,
    by: str,
    title: str = "",
    scenario: Scenario | None = None,
    begun: datetime | None = None,
    language: str = "en",
    revision: int | None = None,
    now: datetime | None = None,
) -> tuple[Sitting, Seat]:
    """Open an incident over a saved plan, with the real clock. `scenario` is what is assumed, as from a notice.

    `begun` is when it began, where that is before now. Raises BcpError where the plan has problems, the scenario
    does not fit it, or nobody opens it.
    """
    name, moment = tidy_name(by), now or store.sittings.now()
    stored = store.load(plan, revision)
    _runs(stored.plan, scenario or Scenario(id="nothing-yet", title={"en": "Nothing yet"}))
    since = min(begun or moment, moment)
    if since < moment - timedelta(days=31):
        raise BcpError(
            said("the incident would have begun more than a month ago."), said("Check the day and the time.")
        )
    sitting = Sitting(
        id=secrets.token_hex(6),
        kind=SittingKind.INCIDENT,
        title=(title.strip() or (in_language(scenario.title, language) if scenario else stored.name))[
            :_TITLE
        ],
        plan=stored.name,
        revision=stored.revision.number,
        scenario=scenario,
        language=language,
        created=moment,
        created_by=name,
        begun=since,
    )
    opened = store.sittings.open(sitting)
    return opened, seated_with(store, opened.id, name, "", new_key(), facilitator=True, now=moment)


def new_code(store: PlanStore, seat: Seat, *, now: datetime | None = None) -> Sitting:
    """Give an exercise another code, valid for twelve hours; the old one leads nowhere. For the facilitator."""
    if not seat.facilitator or not live(store, seat.sitting).sitting.is_exercise:
        raise BcpError(
            said("this is for the facilitator of an exercise to do."), said("Ask the facilitator.")
        )
    until = (now or store.sittings.now()) + CODE_LASTS
    found = store.sittings.set_code(seat.sitting, _free_code(store), until)
    read_again(store, seat.sitting)
    return found


def _runs(plan: Plan, scenario: Scenario) -> None:
    run(plan, scenario)


def _free_code(store: PlanStore) -> str:
    code = new_join_code()
    while store.sittings.with_code(code) is not None:
        code = new_join_code()
    return code


def _distinct(injects: tuple[PlannedInject, ...]) -> None:
    ids = [inject.id for inject in injects]
    twice = sorted({i for i in ids if ids.count(i) > 1})
    if twice:
        raise BcpError(
            said("two injects have the id {id}.", id=twice[0]), said("Give each an id of its own.")
        )


def _with_roles(settings: SittingSettings, injects: tuple[PlannedInject, ...]) -> SittingSettings:
    """The settings with every role that an inject is for; nobody takes that of whoever leads."""
    named = dict.fromkeys(settings.roles)
    known = {role.strip().casefold() for role in named}
    for inject in injects:
        for role in (part.strip() for part in inject.to.split(",")):
            if role and role.casefold() not in {*known, EVERYBODY, FACILITATOR}:
                known.add(role.casefold())
                named[role] = None
    return settings.model_copy(update={"roles": tuple(named)})
