"""Building a first plan from blocks: the shelf of blocks, placing one, several from the command line, the first outage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from bcp.content import location
from bcp.errors import BcpError, NotFoundError, SelectorError
from bcp.files import block_file
from bcp.files.plan_file import read_file
from bcp.model import integrity
from bcp.model.block import OWN, UNKNOWN, Answers, Block, Role, read_answer
from bcp.model.component import Kind
from bcp.model.interview import possible
from bcp.model.placing import Placed, place
from bcp.model.plan import Organisation, Plan
from bcp.saying import said
from bcp.usecases.naming import did_you_mean
from bcp.usecases.scenarios import WORST_SCENARIO
from bcp.usecases.scenarios import scenario as scenario_with
from bcp.words import LANGUAGES

_PLACES = {
    "SE": ("sv", "Europe/Stockholm", "SEK"),
    "DE": ("de", "Europe/Berlin", "EUR"),
    "NL": ("nl", "Europe/Amsterdam", "EUR"),
    "IT": ("it", "Europe/Rome", "EUR"),
    "NO": ("no", "Europe/Oslo", "NOK"),
    "DK": ("da", "Europe/Copenhagen", "DKK"),
    "FI": ("fi", "Europe/Helsinki", "EUR"),
    "AT": ("de", "Europe/Vienna", "EUR"),
    "CH": ("de", "Europe/Zurich", "CHF"),
    "BE": ("nl", "Europe/Brussels", "EUR"),
    "FR": ("fr", "Europe/Paris", "EUR"),
    "ES": ("es", "Europe/Madrid", "EUR"),
    "GB": ("en", "Europe/London", "GBP"),
    "IE": ("en", "Europe/Dublin", "EUR"),
}

COUNTRIES = tuple(_PLACES)
"""The countries that a new plan can be for; a plan file may name any other."""


def likely_country(timezone: str, locale: str) -> str | None:
    """The country that a new plan is likely for, by the browser's language (`nl`, `de-AT`) and timezone (IANA).

    A language says where people are at home, with a region or without. English does not: it is the language of
    many browsers elsewhere, so the timezone counts before its region. None where neither tells.
    """
    language, _, region = locale.replace("_", "-").partition("-")
    region = region.rpartition("-")[2].upper()
    spoken = [code for code, (own, _, _) in _PLACES.items() if own == language.lower() != "en"]
    there = [code for code, (_, zone, _) in _PLACES.items() if zone == timezone]
    at_home = [region] if region in _PLACES else []
    found = (*at_home, *spoken, *there) if spoken else (*there, *at_home)
    return next(iter(found), None)


@lru_cache(maxsize=1)
def blocks() -> Mapping[str, Block]:
    """Every building block by its id, in the order in which they are offered. Raises InvalidInputError."""
    questions = location.block_questions_file()
    shared = block_file.read_questions(read_file(questions), questions.name)
    found = [block_file.read_block(read_file(p), p.name, shared) for p in location.block_files()]
    roles = list(Role)
    return {b.id: b for b in sorted(found, key=lambda b: (roles.index(b.role), b.order, b.id))}


def blocks_for(role: Role, country: str) -> tuple[Block, ...]:
    """The blocks of a role that fit a country, in the order in which they are offered."""
    return tuple(b for b in blocks().values() if b.role is role and b.fits(country))


def organisation(name: str, country: str, language: str = "") -> Organisation:
    """An organisation with what is usual in its country. `language` is the plan's; else the country's own.

    Raises BcpError where the country is not among COUNTRIES.
    """
    if country not in _PLACES:
        raise BcpError(
            said("{country!r} is no country that a new plan can be for.", country=country), _listed(COUNTRIES)
        )
    own, zone, currency = _PLACES[country]
    spoken = language or (own if own in LANGUAGES else "en")
    return Organisation(name=name, country=country, language=spoken, timezone=zone, currency=currency)


def placed(plan: Plan, block: Block, answers: Answers) -> Placed:
    """The plan with a block in it. Raises BcpError where the answers contradict each other."""
    done = place(plan, block, answers, blocks())
    faults = set(integrity.problems(done.plan)) - set(integrity.problems(plan))
    if faults:
        fault = min(faults, key=lambda f: f.path)
        raise BcpError(fault.message, fault.fix)
    return done


def new_plan(
    who: Organisation, patterns: Sequence[str], settings: Mapping[str, object]
) -> tuple[Plan, tuple[str, ...]]:
    """A plan made of blocks, in their own order, and the ids of what was added.

    A setting `key` answers every block that asks it, `block.key` one of them; a join takes ids between
    commas. Raises NotFoundError for an unknown block, BcpError for a setting that no block asks.
    """
    known = blocks()
    for name in patterns:
        if name not in known:
            raise NotFoundError(
                said("there is no building block {name!r}.", name=name), did_you_mean(name, tuple(known))
            )
    chosen = sorted((known[name] for name in patterns), key=lambda b: list(known).index(b.id))
    asked = {key for b in chosen for name in (*b.asks, *b.joins) for key in (name, f"{b.id}.{name}")}
    for key in settings:
        if key not in asked:
            listed = tuple(sorted(k for k in asked if "." not in k))
            raise BcpError(said("no block here asks {key!r}.", key=key), did_you_mean(key, listed))
    plan = Plan(organisation=who)
    added: list[str] = []
    for block in chosen:
        _has_its_place(plan, block)
        done = placed(plan, block, _answers(plan, block, settings))
        plan = done.plan
        added += done.added
    return plan, tuple(added)


def _has_its_place(plan: Plan, block: Block) -> None:
    """Raise BcpError where the plan has nothing that the block must be joined to."""
    if plan.components and not possible(plan, block):
        wanted = ", ".join(k for join in block.joins.values() if join.one for k in join.kinds)
        raise BcpError(
            said("{id!r} has nothing to stand in for.", id=block.id),
            said("Add a block with one of these first: {wanted}.", wanted=wanted),
        )


def _answers(plan: Plan, block: Block, settings: Mapping[str, object]) -> Answers:
    """What the settings answer to one block; those that name it count before those for all."""
    own = {
        k.removeprefix(f"{block.id}."): str(v) for k, v in settings.items() if k.startswith(f"{block.id}.")
    }
    given = {**{k: str(v) for k, v in settings.items()}, **own}
    values = {}
    for key, ask in block.asks.items():
        if key in given:
            try:
                values[key] = read_answer(ask, given[key], plan.organisation.country)
            except BcpError as error:
                raise BcpError(
                    said("--set {key}: {message}", key=key, message=error.message), error.fix
                ) from error
    joins = {
        key: tuple(i.strip() for i in given[key].split(",") if i.strip())
        for key in block.joins
        if given.get(key, UNKNOWN) not in (UNKNOWN, OWN)
    }
    for key, ids in joins.items():
        if missing := [i for i in ids if i not in plan.components]:
            fix = did_you_mean(missing[0], tuple(plan.components))
            raise NotFoundError(
                said("--set {key}: there is no component {component!r} yet.", key=key, component=missing[0]),
                fix,
            )
    return Answers(
        values=values,
        joins=joins,
        unknown_joins=tuple(key for key in block.joins if given.get(key) == UNKNOWN),
        own_joins=tuple(key for key in block.joins if given.get(key) == OWN),
    )


def _listed(known: Sequence[str]) -> str:
    return said("There are: {names}.", names=", ".join(known))


def first_outage(plan: Plan) -> tuple[str, Mapping[str, str]] | None:
    """The library's outage to run first on a plan, with its settings: one that hits the number that customers call.

    The failure of the service-number platform where the number is on one, else of the number's operator,
    else of the number itself; without a number of whatever an activity rests on. None for an empty plan.
    """
    from bcp.usecases.computing import run  # noqa: PLC0415 - the start page uses the rest without the engine

    for scenario, settings in _outages(plan):
        try:
            chosen = scenario_with(scenario, settings)
            run(plan, chosen)
        except SelectorError:
            continue  # it strikes nothing here: the next one is simpler
        return scenario, settings
    return None


def _outages(plan: Plan) -> Iterator[tuple[str, Mapping[str, str]]]:
    needed = {m for c in plan.activities.values() for r in c.requires for m in r.members}
    numbers = {i: c for i, c in plan.of_kind(Kind.NUMBER).items() if i in needed}
    for c in numbers.values():
        if c.operator and (c.e164 or "").startswith(("+4620", "+46771")):
            yield WORST_SCENARIO, {"operator": c.operator}
    for c in numbers.values():
        if c.operator:
            yield "carrier-total", {"operator": c.operator}
    for i in numbers:
        yield "single-number", {"number": i}
    for i in [*sorted(needed), *plan.components]:
        yield "component-out", {"component": i}
